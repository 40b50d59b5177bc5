"""Post ids of 52 government, agency and leader accounts: when each account posted."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pipeline import raw
from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "covid-institutions-tweet-ids"
_TAGS = "prepared/account_tags.csv"

_EPOCH_MS = 1_288_834_974_657
"""First millisecond a snowflake id can hold, in Unix time (4 November 2010)."""

FIRST_SNOWFLAKE = 30_000_000_000
"""Ids below were handed out one after the other and hold no time."""

_FIRST_SECONDS = 5
_LATE_SECOND = 20


def build(run: Run) -> list[Table]:
    """Return the tables of posts per account, second, minute and month."""
    tags = pd.read_csv(run.raw(_SLUG, _TAGS), keep_default_na=False)
    with tempfile.TemporaryDirectory() as folder:
        ids = read(run, Path(folder))
        posts = clock(ids.filter(ids.id >= FIRST_SNOWFLAKE))
        return [_accounts(posts, ids, tags), _seconds(posts), _minutes(posts), _months(posts)]


def read(run: Run, folder: Path) -> Any:
    """Return the distinct ids of each account, kept in a folder while they are worked on."""
    lines = run.connection.read_parquet(_stack(run, folder))
    distinct = folder / "distinct"
    _ids(lines).to_parquet(distinct)
    return run.connection.read_parquet(distinct)


def milliseconds(number: Any) -> Any:
    """Return the Unix time in milliseconds that a snowflake id holds: of a column or an array."""
    return (number >> 22) + _EPOCH_MS


def clock(posts: Any) -> Any:
    """Add to posts, by their ids, the second of the minute, the minute of the hour and the day."""
    time = milliseconds(posts.id)
    return posts.mutate(
        second=((time % 60_000) // 1_000).cast("int64"),
        minute=((time % 3_600_000) // 60_000).cast("int64"),
        day=(time // 86_400_000).cast("int64"),
    )


def _stack(run: Run, folder: Path) -> Path:
    """Write the lines of all id files into one Parquet file, with the account of each."""
    lines: list[str] = []
    accounts: list[str] = []
    for path in raw.paths(_SLUG):
        if path.endswith("_id.txt"):
            found = run.raw(_SLUG, path).read_text("utf-8").split()
            lines += found
            accounts += [Path(path).name.removesuffix("_id.txt")] * len(found)
    target = folder / "lines.parquet"
    pq.write_table(pa.table({"account": accounts, "line": lines}), target)
    return target


def _ids(lines: Any) -> Any:
    """Return the distinct ids of each account; lines rounded to 1.23e+18 name no post."""
    whole = lines.filter(lines.line.re_search("^[0-9]+$"))
    return whole.select("account", id=whole.line.cast("int64")).distinct()


def _prompt(posts: Any) -> Any:
    return posts.second < _FIRST_SECONDS


def _round(posts: Any) -> Any:
    return posts.minute % 5 == 0


def _accounts(posts: Any, ids: Any, tags: pd.DataFrame) -> Table:
    counts = posts.group_by("account").aggregate(
        posts=posts.count(),
        first_five=posts.count(where=_prompt(posts)),
        first_five_round=posts.count(where=_round(posts) & _prompt(posts)),
        later_round=posts.count(where=_round(posts) & ~_prompt(posts)),
        first_month=posts.day.min(),
        last_month=posts.day.max(),
    )
    undated = ids.group_by("account").aggregate(undated=(ids.id < FIRST_SNOWFLAKE).sum())
    frame = tags.merge(counts.to_pyarrow().to_pandas(), "left").merge(
        undated.to_pyarrow().to_pandas(), "left"
    )
    for bound in ("first_month", "last_month"):
        frame[bound] = _month(frame[bound])
    return Table(
        name="posting_accounts",
        title="Posts of 52 institutions and leaders by what the post ids tell, 2010–2021",
        description=(
            "Distinct ids of posts, retweets included, of 52 accounts of governments, ministries, "
            "health agencies and leaders, collected weekly from April 2020 to February 2021 "
            "(the first time back to the latest 3,200 posts), and how many of them were published "
            "in the first five seconds of a minute and on minutes divisible by five."
        ),
        frame=frame[[field.name for field in _ACCOUNT_FIELDS]].sort_values("account"),
        fields=_ACCOUNT_FIELDS,
        key=("account",),
        slugs=(_SLUG,),
        caveats=(_PROGRAM, _ROUNDED),
    )


def _seconds(posts: Any) -> Table:
    every = pd.MultiIndex.from_product(
        [_names(posts), range(60)], names=["account", "second"]
    ).to_frame(index=False)
    counts = (
        posts.group_by(["account", "second"])
        .aggregate(posts=posts.count())
        .to_pyarrow()
        .to_pandas()
    )
    return Table(
        name="posting_seconds",
        title="Posts of 52 institutions and leaders by second of the minute, 2010–2021",
        description=(
            "Posts of each of the 52 accounts of the table posting_accounts by the second of the "
            "minute (UTC) that the post's id holds; every second has a row."
        ),
        frame=every.merge(counts, "left").fillna({"posts": 0}),
        fields=(_ACCOUNT, _SECOND, _POSTS),
        key=("account", "second"),
        slugs=(_SLUG,),
        caveats=(_PROGRAM, _ROUNDED),
    )


def _minutes(posts: Any) -> Table:
    counts = posts.group_by("minute").aggregate(
        first_five=posts.count(where=_prompt(posts)),
        later=posts.count(where=posts.second >= _LATE_SECOND),
    )
    return Table(
        name="posting_minutes",
        title="Posts of 52 institutions and leaders by minute of the hour, 2010–2021",
        description=(
            "Posts of all 52 accounts of the table posting_accounts together by the minute of the "
            "hour: those published in the first five seconds of a minute, and those published "
            "from its twentieth second on."
        ),
        frame=counts.order_by("minute").to_pyarrow().to_pandas(),
        fields=(
            Field(
                "minute", "integer", "Minute of the hour", "minute", {"minimum": 0, "maximum": 59}
            ),
            Field("first_five", "integer", "Posts in seconds 0 to 4 of the minute", "posts"),
            Field("later", "integer", "Posts in seconds 20 to 59 of the minute", "posts"),
        ),
        key=("minute",),
        slugs=(_SLUG,),
        caveats=(_PROGRAM, _ROUNDED),
    )


def _months(posts: Any) -> Table:
    days = posts.group_by(["account", "day"]).aggregate(
        posts=posts.count(), first_five=posts.count(where=_prompt(posts))
    )
    frame = days.to_pyarrow().to_pandas()
    frame["month"] = _month(frame["day"])
    counts = frame.groupby(["account", "month"], as_index=False)[["posts", "first_five"]].sum()
    return Table(
        name="posting_months",
        title="Posts of 52 institutions and leaders by month, 2010–2021",
        description=(
            "Posts of each of the 52 accounts of the table posting_accounts by month (UTC), and "
            "how many of them were published in the first five seconds of a minute; months "
            "without posts have no row."
        ),
        frame=counts,
        fields=(
            _ACCOUNT,
            Field("month", "date", "First day of the month", constraints={"required": True}),
            Field("posts", "integer", "Posts of the month", "posts", {"minimum": 1}),
            _FIRST_FIVE,
        ),
        key=("account", "month"),
        slugs=(_SLUG,),
        caveats=(
            "First and last month of an account are seldom whole; before the weekly collection a "
            "month is there only as far as the latest 3,200 posts reach.",
            _PROGRAM,
            _ROUNDED,
        ),
    )


def _names(posts: Any) -> list[str]:
    return sorted(posts.select("account").distinct().to_pyarrow().to_pandas()["account"])


def _month(days: pd.Series[int]) -> NDArray[np.datetime64]:
    """Return the first day of the month of days counted from 1 January 1970."""
    months = days.to_numpy(dtype="int64").astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[s]")


_ROUNDED = (
    "Left out: 553 posts of 18 accounts, because the source rounds their ids, which then name no "
    "post."
)
_PROGRAM = (
    "More posts in the first five seconds of a minute than a twelfth point to a program that "
    "publishes, not to one that writes; a single post there points to nothing."
)
_KINDS = ["executive", "foreign", "health", "leader", "leader_office"]
_ACCOUNT = Field("account", "string", "Account on Twitter", constraints={"required": True})
_CLOCK = {"minimum": 0, "maximum": 59}
_SECOND = Field("second", "integer", "Second of the minute", "second", _CLOCK)
_POSTS = Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 0})
_FIRST_FIVE = Field(
    "first_five", "integer", "Posts in seconds 0 to 4 of a minute", "posts", {"minimum": 0}
)
_ACCOUNT_FIELDS = (
    _ACCOUNT,
    Field(
        "country",
        "string",
        "ISO 3166-1 alpha-2 code; EU and INT (the World Health Organization) besides",
        constraints={"pattern": "[A-Z]{2,3}"},
    ),
    Field("kind", "string", "Kind of account, by hand", constraints={"enum": _KINDS}),
    Field("posts", "integer", "Posts with a time in their id", "posts", {"minimum": 1}),
    _FIRST_FIVE,
    Field(
        "first_five_round",
        "integer",
        "Posts in seconds 0 to 4 of a minute divisible by five",
        "posts",
        {"minimum": 0},
    ),
    Field(
        "later_round",
        "integer",
        "Posts in seconds 5 to 59 of a minute divisible by five",
        "posts",
        {"minimum": 0},
    ),
    Field("first_month", "date", "First day of the month of the earliest post"),
    Field("last_month", "date", "First day of the month of the latest post"),
    Field(
        "undated", "integer", "Posts with an older id, which holds no time", "posts", {"minimum": 0}
    ),
)
