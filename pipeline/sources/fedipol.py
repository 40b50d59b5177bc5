"""German politics and public bodies in the Fediverse: accounts opened, and still posting."""

from __future__ import annotations

import json

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "fedipol-germany"

_SNAPSHOTS = {
    "2025-02-21": "at-bda09a789c07/fedipol_data.json",
    "2025-10-27": "fedipol_data.json",
}
# Servers whose owner opened accounts for others: the first copied the X accounts of members of the
# European Parliament, the second opened 31 accounts of members of the Bundestag in two days.
_BULK = ("respublicae.eu", "social.linksfraktion.de")
# Persons and branches carry their party in brackets, institutions of a server the word Instanz;
# the other categories named here are not public bodies either.
_NOT_PUBLIC = r"\((?!Instanz)|politische Partei|^Mensch$|^Gruppe$|Position|Verein|Gewerbebetrieb"

_KINDS = ("bulk", "public body", "party or politician")


def build(run: Run) -> list[Table]:
    """Return the tables ``german_fediverse_months`` and ``german_fediverse_followed``."""
    snapshots = {day: _snapshot(run, path) for day, path in _SNAPSHOTS.items()}
    return [_months(snapshots), _followed(*snapshots.values())]


def _snapshot(run: Run, path: str) -> pd.DataFrame:
    """Return kind, month of opening and activity of each account, by its address."""
    entries = json.loads(run.raw(_SLUG, path).read_text("utf-8"))["data"]
    frame = pd.DataFrame.from_dict(entries, orient="index")
    frame.index = frame.index.str.casefold().str.rstrip("/")
    category = pd.Series([one["category"] for one in frame["account"]], frame.index)
    kind = category.str.contains(_NOT_PUBLIC).map({True: _KINDS[2], False: _KINDS[1]})
    kind = kind.mask(frame.index.str.contains("|".join(_BULK)), _KINDS[0])
    opened = pd.to_datetime(frame["created_at"]).dt.tz_localize(None)
    frame = pd.DataFrame(
        {
            "kind": kind,
            "month": opened.dt.to_period("M").dt.to_timestamp(),
            "posting": frame["recent_posts_count"] > 0,
        }
    )
    return frame[~frame.index.duplicated()]


def _months(snapshots: dict[str, pd.DataFrame]) -> Table:
    frames = [frame.assign(snapshot=day) for day, frame in snapshots.items()]
    rows = pd.concat(frames).groupby(["snapshot", "kind", "month"], as_index=False)
    return Table(
        name="german_fediverse_months",
        title="German political accounts in the Fediverse by month of opening",
        description=(
            "Accounts of German public bodies, parties and politicians on Mastodon and kindred "
            "servers that answered a volunteer's script (Fedipol), in two published versions of "
            "its list: 573 accounts in February 2025, 1,091 in October 2025. Counted by the month "
            "in which they were opened, with those that posted in the last 60 days."
        ),
        frame=rows.agg(accounts=("posting", "size"), posting=("posting", "sum")),
        fields=_MONTHS,
        key=("snapshot", "kind", "month"),
        slugs=(_SLUG,),
        caveats=(
            "An account that was opened and then deleted is in neither version.",
            "Accounts whose address stands twice in one version are counted once.",
            "Of the 138 public bodies in the version of October 2025, 91 stand in the list as "
            "institutions with a server of their own (Instanz), 41 of the 60 opened from October "
            "to December 2022 among them: that they last may be due to the server.",
            _BULK_NOTE,
        ),
    )


def _followed(first: pd.DataFrame, second: pd.DataFrame) -> Table:
    rows = first.join(second["posting"].rename("later"), how="left")
    rows["state"] = rows["later"].map({True: "posting", False: "silent"}).fillna("gone")
    wave = rows["month"].between("2022-10-01", "2022-12-01")
    rows["opened"] = wave.map({True: "October to December 2022", False: "other months"})
    keys = [field.name for field in _FOLLOWED[:-1]]
    return Table(
        name="german_fediverse_followed",
        title="German political accounts in the Fediverse in February and in October 2025",
        description=(
            "The 573 accounts of the first version of the list, by what they did in the 60 days "
            "before it and what became of them in the second version, eight months later."
        ),
        frame=rows.groupby(keys).size().reset_index(name="accounts"),
        fields=_FOLLOWED,
        key=tuple(keys),
        slugs=(_SLUG,),
        caveats=(
            "Gone from the list: deleted, moved to another server, or its owner left office.",
            _BULK_NOTE,
        ),
    )


_BULK_NOTE = (
    "Bulk: opened by the owner of a server for others, on respublicae.eu (copies of X accounts of "
    "members of the European Parliament) and on social.linksfraktion.de (31 accounts of members of "
    "the Bundestag in two days of May 2022)."
)
_KIND = Field(
    "kind",
    "string",
    "Kind of account, by its category and its server",
    constraints={"required": True, "enum": [*_KINDS]},
)
_MONTHS = (
    Field("snapshot", "date", "Day on which the version was published"),
    _KIND,
    Field(
        "month",
        "date",
        "First day of the month of opening",
        constraints={"minimum": "2016-04-01", "maximum": "2025-10-01"},
    ),
    Field("accounts", "integer", "Accounts in the list", "accounts", {"minimum": 1}),
    Field("posting", "integer", "Of these, with a post in 60 days", "accounts", {"minimum": 0}),
)
_FOLLOWED = (
    _KIND,
    Field(
        "opened",
        "string",
        "When the account was opened",
        constraints={"enum": ["October to December 2022", "other months"]},
    ),
    Field("posting", "boolean", "A post in the 60 days before February 2025"),
    Field(
        "state",
        "string",
        "In October 2025: posting in the last 60 days, silent, or gone from the list",
        constraints={"enum": ["posting", "silent", "gone"]},
    ),
    Field("accounts", "integer", "Accounts counted", "accounts", {"minimum": 1}),
)
