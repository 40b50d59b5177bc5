"""A volunteers' list of the official accounts of the US Congress, quarter by quarter, 2012–2026."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pandas as pd
import yaml

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "us-congress-legislators"
_PLATFORMS = {
    "Facebook": ["facebook"],
    "Instagram": ["instagram"],
    "Mastodon": ["mastodon"],
    "Twitter": ["twitter"],
    "YouTube": ["youtube", "youtube_id"],
}


def build(run: Run) -> list[Table]:
    """Return the panel, the list's revisions, and what became of copies of the list."""
    panel = pd.read_csv(
        run.raw(_SLUG, "prepared/congress_social_panel_quarterly.csv.gz"),
        dtype="string",
        parse_dates=["date"],
    )
    history = run.raw(_SLUG, "prepared/social_media_yaml_history.tar.xz")
    panel["facebook"] = panel["facebook"].fillna(_early_facebook(history, panel))
    return [_quarter_table(panel), _revision_table(history), _ageing_table(panel)]


def _early_facebook(history: Path, panel: pd.DataFrame) -> pd.Series[str]:
    """Return the Facebook addresses that stood under another key when the list was new."""
    days = panel["date"].unique()[:2]
    with tarfile.open(history) as archive:
        names = archive.getnames()
        known = {
            (day, entry["id"]["bioguide"]): str(entry["social"].get("facebook_graph", ""))
            for day in days
            for entry in yaml.load(
                archive.extractfile(_in_force(names, day)),  # type: ignore[arg-type]
                Loader=yaml.CSafeLoader,
            )
        }
    rows = zip(panel["date"], panel["bioguide"], strict=True)
    return pd.Series([known.get(row) or pd.NA for row in rows], panel.index, dtype="string")


def _in_force(names: list[str], day: pd.Timestamp) -> str:
    """Return the last version made before a day; the names begin with the time of the version."""
    return max(name for name in names if name < day.strftime("%Y-%m-%d"))


def _quarter_table(panel: pd.DataFrame) -> Table:
    keys = ["quarter", "new", "platform"]
    rows = panel.assign(quarter=panel["date"], new=_new(panel))
    parts = [
        rows.assign(platform=platform, filled=rows[columns].notna().any(axis=1))
        for platform, columns in _PLATFORMS.items()
    ]
    frame = (
        pd.concat(parts)
        .groupby(keys, as_index=False)
        .agg(members=("filled", "size"), listed=("filled", "sum"))
    )
    return Table(
        name="congress_list_quarters",
        title="Members of the US Congress in a list of official accounts, 2012–2026",
        description=(
            "Sitting members of the US Congress on the 15th of January, April, July and October, "
            "and how many of them had an official account on a platform in the list that "
            "volunteers keep in the repository congress-legislators."
        ),
        frame=frame.sort_values(keys),
        fields=(
            Field("quarter", "date", "Day of the count", constraints={"required": True}),
            Field(
                "new",
                "boolean",
                "Member seen for the first time in this Congress; false for all members of the "
                "Congress in which the panel begins",
                constraints={"required": True},
            ),
            Field(
                "platform",
                "string",
                "Platform of the account",
                constraints={"required": True, "enum": list(_PLATFORMS)},
            ),
            Field("members", "integer", "Sitting members", "members", {"maximum": 541}),
            Field("listed", "integer", "Members with an account in the list", "members"),
        ),
        key=tuple(keys),
        slugs=(_SLUG,),
        caveats=(
            "Facebook in the first two quarters is taken from the key facebook_graph; YouTube is "
            "a name or an identifier.",
        ),
    )


def _new(panel: pd.DataFrame) -> pd.Series[bool]:
    congress = panel["date"].dt.year.sub(1).floordiv(2)
    first = congress.groupby(panel["bioguide"]).transform("min")
    new: pd.Series[bool] = (congress == first) & (first > congress.min())
    return new


def _revision_table(history: Path) -> Table:
    with tarfile.open(history) as archive:
        days = [name[:10] for name in archive.getnames()]
    counts = pd.Series(1, pd.to_datetime(days)).resample("QS").sum()
    frame = counts.rename_axis("quarter").reset_index(name="revisions")
    return Table(
        name="congress_list_revisions",
        title="Revisions of a list of the US Congress's accounts, 2012–2026",
        description=(
            "Versions of the file of social media accounts in the repository congress-legislators "
            "by calendar quarter, from its first version on 28 September 2012 to June 2026."
        ),
        frame=frame,
        fields=(
            Field("quarter", "date", "First day of the quarter", constraints={"required": True}),
            Field("revisions", "integer", "Versions of the file", "versions", {"minimum": 0}),
        ),
        key=("quarter",),
        slugs=(_SLUG,),
        caveats=("A version can change one entry or hundreds.",),
    )


def _ageing_table(panel: pd.DataFrame) -> Table:
    seats = panel[["bioguide", "date", "chamber"]].assign(name=panel["twitter"].str.lower())
    copies = seats[seats["name"].notna()].rename(columns={"date": "copied"})
    entries = copies.groupby("copied").size()
    both = copies.merge(seats.rename(columns={"date": "checked"}), on="bioguide")
    both = both[both["checked"] >= both["copied"]]
    named = both["name_y"].notna()
    same = (both["name_x"] == both["name_y"]).fillna(False)
    fates = pd.DataFrame(
        {
            "same": same,
            "changed": named & ~same,
            "unlisted": ~named,
            "moved": named & ~same & (both["chamber_x"] != both["chamber_y"]),
        }
    )
    frame = fates.groupby([both["copied"], both["checked"]]).sum().reset_index()
    frame.insert(2, "entries", frame["copied"].map(entries))
    sitting = frame[["same", "changed", "unlisted"]].sum(axis=1)
    frame.insert(6, "left", frame["entries"] - sitting)
    return Table(
        name="congress_list_ageing",
        title="What becomes of a copied list of Twitter accounts of the US Congress",
        description=(
            "For a copy of the list of official Twitter accounts of the US Congress made on one "
            "day and checked against the list on a later day: entries that are still the same, "
            "and why the others are not. Names are compared without regard to case."
        ),
        frame=frame,
        fields=(
            Field("copied", "date", "Day of the copy", constraints={"required": True}),
            Field("checked", "date", "Day of the check", constraints={"required": True}),
            Field("entries", "integer", "Entries copied", "entries", {"minimum": 1}),
            Field("same", "integer", "Member sits, same name", "entries", {"minimum": 0}),
            Field("changed", "integer", "Member sits, other name", "entries", {"minimum": 0}),
            Field("unlisted", "integer", "Member sits, no name listed", "entries", {"minimum": 0}),
            Field("left", "integer", "Member no longer sits", "entries", {"minimum": 0}),
            Field(
                "moved",
                "integer",
                "Entries with another name whose member sits in the other chamber",
                "entries",
                {"minimum": 0},
            ),
        ),
        key=("copied", "checked"),
        slugs=(_SLUG,),
        caveats=(
            "The later list is taken as true; where it was not kept up, so is the result. An "
            "account whose owner has left may still exist.",
        ),
    )
