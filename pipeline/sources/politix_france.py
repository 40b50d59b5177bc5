"""Deputies of the French National Assembly on X, Bluesky and Mastodon, and when they stopped."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

SLUG = "politix-france-eu"
WEEK = pd.Timedelta(days=7)
QUIET = pd.Timedelta(days=90)

# The inauguration in Washington, which a campaign had named as the day to leave X.
_NAMED_DAY = pd.Timestamp("2025-01-20")

# The cohort: accounts with a post in the last weeks before the two readings of that winter.
_FROM, _UNTIL = "2024-12-01", "2025-01-12"

_CAMPS = {
    "ECOS": "ecologist",
    "LFI-NFP": "other left",
    "SOC": "other left",
    "GDR": "other left",
    "DEM": "centre",
    "EPR": "centre",
    "HOR": "centre",
    "LIOT": "centre",
    "DR": "right",
    "UDR": "right",
    "RN": "right",
    "NI": "not attached",
}
CAMPS = tuple(dict.fromkeys(_CAMPS.values()))
_FILES = {
    "X": ("data/x-data.json", "@"),
    "Bluesky": ("data/bluesky-data.json", "bsky"),
    "Mastodon": ("data/mastodon-data.json", "masto"),
}


def build(run: Run) -> list[Table]:
    """Return the tables ``french_deputies_accounts`` and ``french_deputies_stops``."""
    return [_accounts(run), _stops(run)]


def load(run: Run, path: str) -> dict[str, Any]:
    """Return the content of a JSON file of the source."""
    content: dict[str, Any] = json.loads(run.raw(SLUG, path).read_text("utf-8"))
    return content


def deputies(run: Run) -> pd.DataFrame:
    """Return one row per deputy and platform: camp, listed, last post, day of the reading."""
    # Only the file of Bluesky holds all deputies.
    everyone = load(run, _FILES["Bluesky"][0])
    rows = []
    for platform, (path, handle) in _FILES.items():
        found = load(run, path)
        checked = max(entry["analyseDate"] for entry in found.values())
        for deputy, entry in everyone.items():
            own = found.get(deputy, {})
            last = max(own.get("activité") or [None])
            rows.append(
                (_CAMPS[entry["groupeAbrev"]], platform, bool(own.get(handle)), last, checked)
            )
    frame = pd.DataFrame(rows, columns=["camp", "platform", "listed", "last", "checked"])
    return frame.astype({"last": "datetime64[s]", "checked": "datetime64[s]"})


def _accounts(run: Run) -> Table:
    rows = deputies(run)
    rows["week"] = rows["last"] > rows["checked"] - WEEK
    frame = rows.groupby(["camp", "platform"], as_index=False).agg(
        members=("listed", "size"),
        listed=("listed", "sum"),
        week=("week", "sum"),
        checked=("checked", "first"),
    )
    return Table(
        name="french_deputies_accounts",
        title="French deputies on X, Bluesky and Mastodon by political camp, May 2026",
        description=(
            "Of the 576 deputies in the list of the volunteer project Politix, those with an "
            "account on each platform and those whose account showed a post of the last seven "
            "days: X read on 12 and 13 May 2026, Bluesky and Mastodon on 23 May 2026."
        ),
        frame=frame,
        fields=_ACCOUNTS,
        key=("camp", "platform"),
        slugs=(SLUG,),
        caveats=(
            "On X the handle comes from a list of deputies; on Bluesky and Mastodon the account is "
            "the first hit of a search by name, corrected by hand where volunteers saw an error. "
            "It can belong to a namesake.",
            "The camps are formed here from the groups of the Assembly.",
        ),
    )


def _stops(run: Run) -> Table:
    now = load(run, _FILES["X"][0])
    first = _first_seen(run)
    rows = [
        (_CAMPS[entry["groupeAbrev"]], max(entry["activité"] or [None]), entry["analyseDate"])
        for entry in now.values()
        if _FROM <= first.get(entry["@"].casefold(), "") <= _UNTIL
    ]
    frame = pd.DataFrame(rows, columns=["camp", "last", "checked"])
    last = frame["last"].astype("datetime64[s]")
    quiet = frame["checked"].astype("datetime64[s]") - QUIET
    silent = last < quiet
    frame["state"] = "posting"
    frame.loc[silent, "state"] = "silent"
    frame.loc[last.isna(), "state"] = "unread"
    ends = _week_ends(last.where(silent))
    frame["last_post"] = ends.mask(ends > quiet.min(), quiet.min())
    counted = frame.groupby(["camp", "state", "last_post"], dropna=False).size()
    return Table(
        name="french_deputies_stops",
        title="French deputies who posted on X at the end of 2024, and who has fallen silent since",
        description=(
            "The deputies whose X account showed a post between 1 December 2024 and 12 January "
            "2025 in one of two readings by the volunteer project Politix, followed to its "
            "reading of 12 and 13 May 2026: still posting, silent for at least 90 days (with the "
            "week of the last post, and 20 January 2025 as a day), or unread."
        ),
        frame=counted.reset_index(name="deputies"),
        fields=_STOPS,
        key=("camp", "state", "last_post"),
        slugs=(SLUG,),
        caveats=(
            "The script reads the newest few dates that a profile page shows; the last post can be "
            "a little younger than the date.",
            "Unread: the page showed no post in May 2026, because there are none or because it did "
            "not load.",
        ),
    )


def _week_ends(days: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    """Return the Sunday of each day's week, and the named day as it is: no date is one person's."""
    sunday = days + pd.to_timedelta(6 - days.dt.day_of_week, unit="D")
    return sunday.where(days != _NAMED_DAY, days)


def _first_seen(run: Run) -> dict[str, str]:
    """Return the newest post (ISO date) of each handle in the two readings of the winter."""
    december = load(run, "data/data-2024-12-26.json")
    january = load(run, "data/data-pre-2025-01-12.json")
    shown = [*december.items(), *((one.get("@"), one.get("activité")) for one in january.values())]
    newest: dict[str, str] = {}
    for handle, days in shown:
        # Words stand in place of the list for the file's own date and for closed accounts.
        if days and isinstance(days, list):
            newest[handle.casefold()] = max(*days, newest.get(handle.casefold(), ""))
    return newest


_CAMP = Field("camp", "string", "Political camp", constraints={"required": True, "enum": [*CAMPS]})
_COUNT = {"required": True, "minimum": 0, "maximum": 576}
_ACCOUNTS = (
    _CAMP,
    Field("platform", "string", "Name of the platform", constraints={"enum": [*_FILES]}),
    Field("members", "integer", "Deputies of the camp", "deputies", _COUNT),
    Field("listed", "integer", "Of these, with an account", "deputies", _COUNT),
    Field("week", "integer", "Of these, with a post in the last seven days", "deputies", _COUNT),
    Field("checked", "date", "Last day of the reading", constraints={"required": True}),
)
_STOPS = (
    _CAMP,
    Field(
        "state",
        "string",
        "posting: a post in the 90 days before the reading; silent: none; unread: no post shown",
        constraints={"required": True, "enum": ["posting", "silent", "unread"]},
    ),
    Field(
        "last_post",
        "date",
        "Sunday of the week of the last post, of the silent only; 20 January 2025 as a day",
        constraints={"minimum": "2024-12-01", "maximum": "2026-02-12"},
    ),
    Field("deputies", "integer", "Deputies counted", "deputies", {"minimum": 1}),
)
