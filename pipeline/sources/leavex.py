"""Members of the European Parliament on X, Bluesky and Mastodon, by group and by country."""

from __future__ import annotations

import json

import pandas as pd

from pipeline.run import Run
from pipeline.sources import politix_france
from pipeline.table import Field, Table

SLUG = "leavex-eu"
_SLUGS = (SLUG, politix_france.SLUG)
X_READ, SEARCHED = pd.Timestamp("2026-02-04"), pd.Timestamp("2026-05-23")

_GROUPS = {
    "Group of the European People's Party (Christian Democrats)": "EPP",
    "Group of the Progressive Alliance of Socialists and Democrats in the European Parliament": (
        "S&D"
    ),
    "Patriots for Europe Group": "Patriots",
    "European Conservatives and Reformists Group": "ECR",
    "Renew Europe Group": "Renew",
    "Group of the Greens/European Free Alliance": "Greens/EFA",
    "The Left group in the European Parliament - GUE/NGL": "The Left",
    "Europe of Sovereign Nations Group": "ESN",
    "Non-attached Members": "Non-attached",
}
# The short names of Politix, which writes French.
_SHORT = {
    "PPE": "EPP",
    "CRE": "ECR",
    "RE": "Renew",
    "Verts/ALE": "Greens/EFA",
    "GUE/NGL": "The Left",
    "ENS": "ESN",
    "NI": "Non-attached",
}
_SMALLEST_DELEGATION = 10


def build(run: Run) -> list[Table]:
    """Return the tables ``mep_accounts`` and ``mep_x_bluesky``."""
    linked, found = x_links(run), _searched(run)
    return [_accounts(linked, found), _both(linked, found)]


def x_links(run: Run) -> pd.DataFrame:
    """Return group, country and X link of each member, by the Parliament's number."""
    entries = json.loads(run.raw(SLUG, "prepared/eu-meps.json").read_text("utf-8"))
    frame = pd.DataFrame(entries)
    return pd.DataFrame(
        {
            "group": frame["party"].map(_GROUPS),
            "country": frame["countryCode"],
            "listed": frame["usesX"],
        }
    ).set_index(frame["id"].str.removeprefix("mep_"))


def _searched(run: Run) -> pd.DataFrame:
    entries = politix_france.load(run, "data/europe-data.json")
    frame = pd.DataFrame.from_dict(entries, orient="index")
    return pd.DataFrame(
        {
            "group": frame["groupeAbrev"].replace(_SHORT),
            "in_french": frame["country"],
            "Bluesky": frame["bsky"].notna(),
            "Mastodon": frame["masto"].notna(),
            # The lists hold posts of the last seven days only.
            "Bluesky week": frame["activité_bsky"].str.len().gt(0),
            "Mastodon week": frame["activité_masto"].str.len().gt(0),
        }
    )


def _accounts(linked: pd.DataFrame, found: pd.DataFrame) -> Table:
    searched = found.assign(country=found["in_french"].map(_codes(linked, found)))
    parts = [linked.assign(platform="X", week=None, checked=X_READ)]
    for platform in ("Bluesky", "Mastodon"):
        part = searched[["group", "country"]].assign(
            platform=platform,
            listed=searched[platform],
            week=searched[f"{platform} week"],
            checked=SEARCHED,
        )
        parts.append(part)
    rows = pd.concat([part.astype({"week": "Int64"}) for part in parts])
    rows["delegation"] = rows["country"] + " " + rows["group"]
    counted = [_counted(rows, by) for by in ("group", "country", "delegation")]
    return Table(
        name="mep_accounts",
        title="Members of the European Parliament on X, Bluesky and Mastodon, 2026",
        description=(
            "Of the 719 members in each of two lists, by political group, by country and by "
            "national delegation of a group with at least ten members in each: how many show a "
            "link to X on their profile at the European Parliament (read by the campaign project "
            "leavex.eu, January 2026, with 41 entries set by hand), and for how many a search by "
            "name found an account on Bluesky or Mastodon (volunteer project Politix, 23 May "
            "2026) and a post of the last 7 days."
        ),
        frame=pd.concat(counted, ignore_index=True)[[field.name for field in _ACCOUNTS]],
        fields=_ACCOUNTS,
        key=("by", "name", "platform"),
        slugs=_SLUGS,
        caveats=(
            "A link to X on the profile is not activity, and its absence is not absence from X.",
            "The first account of that name can belong to a namesake, and an account under another "
            "name is missed.",
            "The two lists share 713 members: six in the list of Bluesky and Mastodon are not in "
            "that of X, which has six others of the same countries.",
        ),
    )


def _codes(linked: pd.DataFrame, found: pd.DataFrame) -> dict[str, str]:
    """Return the code of each country by its French name, from the members in both lists."""
    pairs = found[["in_french"]].join(linked["country"], how="inner").drop_duplicates()
    if pairs["in_french"].duplicated().any() or set(found["in_french"]) - set(pairs["in_french"]):
        raise ValueError(f"{SLUG}: the countries of the two lists do not fit")
    return dict(zip(pairs["in_french"], pairs["country"], strict=True))


def _counted(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    counted = rows.groupby([by, "platform"]).agg(
        members=("listed", "size"),
        listed=("listed", "sum"),
        week=("week", lambda column: column.sum(min_count=1)),
        checked=("checked", "first"),
    )
    counted = counted.reset_index(names=["name", "platform"]).assign(by=by)
    fewest = counted.groupby("name")["members"].transform("min")
    return counted[fewest >= _SMALLEST_DELEGATION] if by == "delegation" else counted


def _both(linked: pd.DataFrame, found: pd.DataFrame) -> Table:
    rows = linked.join(found[["Bluesky", "Bluesky week"]], how="inner")
    rows = rows.rename(
        columns={"listed": "x_link", "Bluesky": "bluesky", "Bluesky week": "bluesky_week"}
    )
    keys = [field.name for field in _BOTH[:-1]]
    return Table(
        name="mep_x_bluesky",
        title="Members of the European Parliament with and without X and Bluesky, 2026",
        description=(
            "The 713 members in both readings (January and May 2026), counted by group, by the "
            "link to X on their profile and by the account that a search by name found on Bluesky."
        ),
        frame=rows.groupby(keys).size().reset_index(name="members"),
        fields=_BOTH,
        key=tuple(keys),
        slugs=_SLUGS,
        caveats=("The two readings lie four months apart.",),
    )


_COUNT = {"required": True, "minimum": 0, "maximum": 719}
_ACCOUNTS = (
    Field(
        "by",
        "string",
        "What is counted by",
        constraints={"enum": ["group", "country", "delegation"]},
    ),
    Field(
        "name",
        "string",
        "Short name of the group, ISO 3166-1 alpha-2 code of the country, or both",
        constraints={"required": True},
    ),
    Field(
        "platform",
        "string",
        "Name of the platform",
        constraints={"enum": ["X", "Bluesky", "Mastodon"]},
    ),
    Field("members", "integer", "Members counted", "members", _COUNT),
    Field("listed", "integer", "Of these, with a link (X) or an account found", "members", _COUNT),
    Field(
        "week",
        "integer",
        "Of these, with a post in the last seven days; not known for X",
        "members",
        {"minimum": 0, "maximum": 719},
    ),
    Field(
        "checked",
        "date",
        "Day of the reading (X: of the published list)",
        constraints={"required": True},
    ),
)
_BOTH = (
    Field(
        "group",
        "string",
        "Political group in January 2026",
        constraints={"enum": [*_GROUPS.values()]},
    ),
    Field("x_link", "boolean", "A link to X on the profile", constraints={"required": True}),
    Field("bluesky", "boolean", "An account found on Bluesky", constraints={"required": True}),
    Field(
        "bluesky_week",
        "boolean",
        "A post there in the last seven days",
        constraints={"required": True},
    ),
    Field("members", "integer", "Members counted", "members", {"minimum": 1, "maximum": 719}),
)
