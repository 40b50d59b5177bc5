"""Followers of New York City's agencies on Twitter, 2011–2012, through two hurricanes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "nyc-social-media-2011-2012"

_NO_TWITTER = pd.Timestamp("2011-10-04")
_SCRAMBLED = pd.Timestamp("2012-05-09")
_MISDATED = pd.Timestamp("2012-12-12")
_MEANT = pd.Timestamp("2011-12-12")
_LEFT_OUT = (_NO_TWITTER, _SCRAMBLED, _MISDATED)

_AFTER_IRENE = pd.Timestamp("2011-09-22")
_BEFORE_SANDY = pd.Timestamp("2012-10-24")
_AFTER_SANDY = pd.Timestamp("2012-11-02")
_WEEK_LATER = pd.Timestamp("2012-11-09")
_DAY = pd.Timedelta(days=1)

_TOLERANCE = 0.1
"""How far, as a share, a value may lie outside its neighbours' before it counts as misplaced."""


def build(run: Run) -> list[Table]:
    """Return the sums of the same accounts, each account's gains, and a check of the dates."""
    wide = _twitter(run)
    same = wide.drop(columns=list(_LEFT_OUT)).dropna()
    return [_sums(same), _gains(same), _dates(wide)]


def _twitter(run: Run) -> pd.DataFrame:
    """Return followers by agency, account and date; missing where not read."""
    lines = pd.read_csv(run.raw(_SLUG, "NYC_Social_Media_Usage.csv"))
    lines.columns = pd.Index(["agency", "platform", "url", "date", "followers"])
    # Other platforms come in two spellings (YouTube, Youtube); Twitter in one. No row of TOTAL.
    rows = lines[lines["platform"] == "Twitter"]
    rows = rows.assign(
        account=rows["url"].str.rsplit("/", n=1).str[-1],
        date=pd.to_datetime(rows["date"], format="%m/%d/%Y %I:%M:%S %p"),
    )
    return rows.pivot(index=["agency", "account"], columns="date", values="followers")


def _sums(same: pd.DataFrame) -> Table:
    total = same.sum()
    frame = pd.DataFrame(
        {"date": total.index, "accounts": len(same), "followers": total.to_numpy()}
    )
    return Table(
        name="nyc_followers",
        title="Followers of the same Twitter accounts of New York City's agencies, 2011–2012",
        description=(
            "Followers on Twitter, summed over those accounts of New York City's agencies that "
            "have a value on every date used, as the city sampled them from August 2011 to "
            "November 2012. An account that follows two agencies counts twice."
        ),
        frame=frame,
        fields=(
            Field("date", "date", "Day of the sample", constraints={"required": True}),
            Field("accounts", "integer", "Accounts summed: the same on each date", "accounts"),
            Field("followers", "integer", "Followers of these accounts", "followers"),
        ),
        key=("date",),
        slugs=(_SLUG,),
        caveats=(_DROPPED,),
    )


def _gains(same: pd.DataFrame) -> Table:
    speed = _per_day(same)
    calm = speed.loc[_AFTER_IRENE + _DAY : _BEFORE_SANDY].agg(["min", "max"]).T
    before = (same[_BEFORE_SANDY] - same[_AFTER_IRENE]) / (_BEFORE_SANDY - _AFTER_IRENE).days
    frame = pd.DataFrame(
        {
            "before": before,
            "slowest": calm["min"],
            "fastest": calm["max"],
            "sandy": speed.loc[_AFTER_SANDY],
            "week_after": speed.loc[_WEEK_LATER],
        }
    )
    return Table(
        name="nyc_follower_gains",
        title="Followers gained per day by Twitter accounts of New York City's agencies",
        description=(
            "Mean gain of followers per day of each Twitter account of the table nyc_followers: "
            "between the two hurricanes (22 September 2011 to 24 October 2012), with the slowest "
            "and the fastest of the intervals between two samples in that time; through Hurricane "
            "Sandy (24 October to 2 November 2012); and in the week after (to 9 November)."
        ),
        frame=frame.round(2).reset_index().sort_values(["agency", "account"]),
        fields=(
            Field("agency", "string", "Agency, as the city abbreviates it"),
            Field("account", "string", "Account on Twitter", constraints={"required": True}),
            Field("before", "number", "Mean gain between the hurricanes", _UNIT),
            Field("slowest", "number", "Gain in the slowest interval of that time", _UNIT),
            Field("fastest", "number", "Gain in the fastest interval of that time", _UNIT),
            Field("sandy", "number", "Gain through Hurricane Sandy", _UNIT),
            Field("week_after", "number", "Gain in the week after", _UNIT),
        ),
        key=("account",),
        slugs=(_SLUG,),
        caveats=(
            _DROPPED,
            "The account NYCOEM was started anew in June 2012 (from 142 followers to 2).",
        ),
    )


def _per_day(same: pd.DataFrame) -> pd.DataFrame:
    """Return the gain per day of each account (column) in each interval, named by its end."""
    days = pd.DatetimeIndex(same.columns).to_series().diff().dt.days
    return same.T.diff().div(days, axis=0).iloc[1:]


def _dates(wide: pd.DataFrame) -> Table:
    dates = [pd.Timestamp(date) for date in wide.columns]
    good = [date for date in dates if date not in _LEFT_OUT]
    rows = [_checked(wide, date, date, good) for date in dates]
    rows.append(_checked(wide, _MISDATED, _MEANT, good))
    frame = pd.DataFrame(rows, columns=["labelled", "read_as", "accounts", "misplaced", "used"])
    return Table(
        name="nyc_sampling_dates",
        title="Do the samples of New York City's Twitter accounts fit the dates they carry?",
        description=(
            "For each date of the city's samples: accounts with a value on Twitter, and how many "
            "of these values lie more than a tenth outside the values of the nearest dates used "
            "(before the first one: above it; after the last one: below it). The sample labelled "
            "12 December 2012 has two rows: read as labelled, and as 12 December 2011."
        ),
        frame=frame.sort_values(["labelled", "read_as"], ignore_index=True),
        fields=(
            Field("labelled", "date", "Date in the file", constraints={"required": True}),
            Field("read_as", "date", "Date the values are compared as"),
            Field("accounts", "integer", "Accounts compared", "accounts", {"minimum": 0}),
            Field("misplaced", "integer", "Accounts out of line", "accounts", {"minimum": 0}),
            Field("used", "boolean", "Whether the book's other tables use the sample"),
        ),
        key=("labelled", "read_as"),
        slugs=(_SLUG,),
    )


def _checked(
    wide: pd.DataFrame, labelled: pd.Timestamp, read_as: pd.Timestamp, good: Sequence[pd.Timestamp]
) -> tuple[pd.Timestamp, pd.Timestamp, int, int, bool]:
    """Count the accounts whose value does not lie between those of the neighbouring dates."""
    near = [*[date for date in good if date < read_as][-1:], *_next(good, read_as)]
    both = wide[[*near, labelled]].dropna()
    value, around = both[labelled], both[near]
    # Accounts grow: before the first date a low value is in line, after the last a high one.
    low = (value < around.min(axis=1) * (1 - _TOLERANCE)) & (read_as > good[0])
    high = (value > around.max(axis=1) * (1 + _TOLERANCE)) & (read_as < good[-1])
    used = labelled == read_as and labelled in good
    return labelled, read_as, len(both), int((low | high).sum()), used


def _next(good: Sequence[pd.Timestamp], date: pd.Timestamp) -> list[pd.Timestamp]:
    return [later for later in good if later > date][:1]


_UNIT = "followers per day"
_DROPPED = (
    "Left out: 12 December 2012 (the values are those of December 2011), 9 May 2012 (most values "
    "stand beside the wrong account) and 4 October 2011 (no value on Twitter)."
)
