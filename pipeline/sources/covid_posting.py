"""Weekly posts of institutions and leaders around the epidemic, and one ministry's hours."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.run import Run
from pipeline.sources.tweet_ids import FIRST_SNOWFLAKE, milliseconds, read
from pipeline.table import Field, Table

_SLUG = "covid-institutions-tweet-ids"
_TAGS = "prepared/account_tags.csv"

_FIRST_WEEK = pd.Timestamp("2019-01-21")
"""Monday a year before the week in which Chinese authorities confirmed spread between people."""

_MINISTRY = "MinisteroSalute"
_DAY_MS = 86_400_000


def build(run: Run) -> list[Table]:
    """Return the posts per account and week, and those of the Italian ministry by hour."""
    tags = pd.read_csv(run.raw(_SLUG, _TAGS), keep_default_na=False)
    with tempfile.TemporaryDirectory() as folder:
        ids = read(run, Path(folder))
        posts = ids.filter(ids.id >= FIRST_SNOWFLAKE)
        zone = tags.set_index("account")["time_zone"][_MINISTRY]
        return [_weeks(weekly(posts), tags), _hours(posts, zone)]


def weekly(posts: Any) -> pd.DataFrame:
    """Count the posts of each account by week, from Monday to Sunday (UTC).

    Parameters
    ----------
    posts
        Ibis table with the columns ``account`` and ``id``.

    Returns
    -------
    DataFrame
        Columns ``account``, ``week`` (in weeks since that of 29 December 1969) and ``posts``.
    """
    # 1 January 1970 was a Thursday: three days after a Monday.
    week = (milliseconds(posts.id) + 3 * _DAY_MS) // (7 * _DAY_MS)
    dated = posts.mutate(week=week.cast("int64"))
    counts = dated.group_by(["account", "week"]).aggregate(posts=dated.count())
    frame: pd.DataFrame = counts.to_pyarrow().to_pandas()
    return frame.sort_values(["account", "week"], ignore_index=True)


def _weeks(counts: pd.DataFrame, tags: pd.DataFrame) -> Table:
    whole = pd.concat([_filled(account, rows) for account, rows in counts.groupby("account")])
    frame = whole.merge(tags[["account", "country", "kind"]], on="account")
    frame["week"] = _monday(frame["week"])
    frame = frame[frame["week"] >= _FIRST_WEEK].sort_values(["account", "week"])
    return Table(
        name="covid_posting_weeks",
        title="Posts of 52 institutions and leaders by week, 2019–2021",
        description=(
            "Posts, retweets included, of 52 accounts of governments, ministries, health agencies "
            "and leaders by week from Monday to Sunday (UTC), counted by post ids that were "
            "collected weekly from April 2020 to February 2021 (the first time back to the latest "
            "3,200 posts). Each series holds the whole weeks between its first and its last post; "
            "a week without posts counts zero."
        ),
        frame=frame[["account", "country", "kind", "week", "posts"]],
        fields=(
            Field("account", "string", "Account on Twitter", constraints={"required": True}),
            Field(
                "country",
                "string",
                "ISO 3166-1 alpha-2 code; EU and INT (the World Health Organization) besides",
                constraints={"pattern": "[A-Z]{2,3}"},
            ),
            Field("kind", "string", "Kind of account, by hand", constraints={"enum": _KINDS}),
            Field(
                "week",
                "date",
                "Monday of the week",
                constraints={"required": True, "minimum": "2019-01-21", "maximum": "2021-02-08"},
            ),
            Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 0}),
        ),
        key=("account", "week"),
        slugs=(_SLUG,),
        caveats=(
            "Posts deleted before the collection are missing: a year's worth in early 2019, at "
            "most a week's from April 2020 on.",
            "A zero can be silence or a failed collection; the ids do not tell which.",
        ),
    )


def _filled(account: Any, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the whole weeks between the first and the last post, with zeros."""
    between = range(rows["week"].min() + 1, rows["week"].max())
    counts = rows.set_index("week")["posts"].reindex(between, fill_value=0)
    return counts.rename_axis("week").reset_index().assign(account=account)


def _hours(posts: Any, zone: str) -> Table:
    own = posts.filter(posts.account == _MINISTRY)
    moments = own.select(time=milliseconds(own.id)).to_pyarrow().to_pandas()["time"]
    local = pd.to_datetime(moments, unit="ms", utc=True).dt.tz_convert(zone).dt.tz_localize(None)
    month = local.dt.to_period("M").dt.start_time
    frame = pd.DataFrame({"month": month, "hour": local.dt.hour})
    frame = frame[frame["month"] >= "2019-01-01"]
    return Table(
        name="covid_ministry_hours",
        title="Posts of Italy's ministry of health by month and hour, 2019–2021",
        description=(
            "Posts, retweets included, of the account of Italy's ministry of health on Twitter by "
            "month and local hour of the day, from their ids; hours without posts have no row."
        ),
        frame=frame.groupby(["month", "hour"]).size().rename("posts").reset_index(),
        fields=(
            Field("month", "date", "First day of the month", constraints={"required": True}),
            Field(
                "hour",
                "integer",
                "Hour of the day in Rome: 17 is from 17:00 to 17:59",
                "hour",
                {"minimum": 0, "maximum": 23},
            ),
            Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 1}),
        ),
        key=("month", "hour"),
        slugs=(_SLUG,),
        caveats=("The last month, February 2021, ends on the 17th.",),
    )


def _monday(weeks: pd.Series[int]) -> NDArray[np.datetime64]:
    days = weeks.to_numpy(dtype="int64") * 7 - 3
    return days.astype("datetime64[D]").astype("datetime64[s]")


_KINDS = ["executive", "foreign", "health", "leader", "leader_office"]
