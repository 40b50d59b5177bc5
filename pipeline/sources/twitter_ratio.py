"""What two presidents' posts drew, and how often one of them replied before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.run import Run
from pipeline.sources.tweet_ids import milliseconds
from pipeline.table import Field, Table

_RATIO = "fivethirtyeight-twitter-ratio"
_FILES = ("prepared/BarackObama.csv", "prepared/realDonaldTrump.csv")
_TRUMP = "dslabs-trump"
_TRUMP_FILE = "prepared/trump_tweets.csv.gz"

_DAY_MS = 86_400_000


def build(run: Run) -> list[Table]:
    """Return the tables ``president_posts`` and ``trump_quarters``."""
    return [_presidents(run), _quarters(run)]


def responses(posts: Any) -> Any:
    """Return the own posts with their day and what they drew, as an Ibis expression.

    The day is read from the post's id: the file's own time states no time zone.
    """
    own = posts.filter(~posts.is_rt)
    return own.select(
        account=own.user,
        id=own.tweet_id.cast("int64"),
        day=milliseconds(own.tweet_id.cast("int64")) // _DAY_MS,
        replies=own.replies.cast("int64"),
        retweets=own.retweets.cast("int64"),
        likes=own.favorites.cast("int64"),
    ).order_by("id")


def counted(posts: Any) -> Any:
    """Count posts by quarter, kind and number of retweets, as an Ibis expression."""
    keys = ["year", "quarter", "is_reply", "named", "retweets"]
    rows = posts.mutate(
        year=posts.created_at.year().cast("int64"),
        quarter=posts.created_at.quarter().cast("int64"),
        named=posts.n_mentions > 0,
        retweets=posts.retweet_count.cast("int64"),
    )
    return rows.group_by(keys).aggregate(posts=rows.count()).order_by(keys)


def _presidents(run: Run) -> Table:
    files = (run.connection.read_csv(str(run.raw(_RATIO, path))) for path in _FILES)
    frame = pd.concat(
        [responses(posts).to_pyarrow().to_pandas() for posts in files], ignore_index=True
    )
    frame["number"] = frame.groupby("account").cumcount() + 1
    frame["day"] = pd.to_datetime(frame["day"], unit="D")
    return Table(
        name="president_posts",
        title="Replies, retweets and likes of the posts of two US presidents, 2014–2017",
        description=(
            "What 5,734 posts of the accounts BarackObama (August 2014 to October 2017) and "
            "realDonaldTrump (August 2016 to October 2017) had drawn on Twitter by 20 and 23 "
            "October 2017; posts that begin with RT are left out."
        ),
        frame=frame[[field.name for field in _RESPONSE_FIELDS]],
        fields=_RESPONSE_FIELDS,
        key=("account", "number"),
        slugs=(_RATIO,),
        caveats=("Neither account was the office's own, which was POTUS from May 2015.",),
    )


def _quarters(run: Run) -> Table:
    rows = (
        counted(run.connection.read_csv(str(run.raw(_TRUMP, _TRUMP_FILE)))).to_pyarrow().to_pandas()
    )
    rows["quarter"] = pd.to_datetime(
        {"year": rows["year"], "month": 3 * rows["quarter"] - 2, "day": 1}
    )
    # The file ends on the first morning of 2018.
    frame = pd.DataFrame(
        [_quarter(*group) for group in rows[rows["year"] < 2018].groupby("quarter")]
    )
    return Table(
        name="trump_quarters",
        title="Posts and replies of realDonaldTrump by quarter, 2009–2017",
        description=(
            "Posts of the account realDonaldTrump on Twitter from May 2009 to December 2017 by "
            "quarter, how many of them were replies or named an account, and the quartiles of "
            "their retweets."
        ),
        frame=frame[[field.name for field in _QUARTER_FIELDS]],
        fields=_QUARTER_FIELDS,
        key=("quarter",),
        slugs=(_TRUMP,),
        caveats=(
            "The account was a private citizen's until June 2015, a candidate's until January "
            "2017, then a president's.",
        ),
    )


def _quarter(quarter: Any, rows: pd.DataFrame) -> dict[str, Any]:
    retweets = np.repeat(rows["retweets"].to_numpy(), rows["posts"])
    low, middle, high = np.quantile(retweets, [0.25, 0.5, 0.75])
    replies = rows[rows["is_reply"]]
    return {
        "quarter": quarter,
        "posts": rows["posts"].sum(),
        "replies": replies["posts"].sum(),
        "threads": replies.loc[~replies["named"], "posts"].sum(),
        "naming": rows.loc[rows["named"] & ~rows["is_reply"], "posts"].sum(),
        "retweets_q1": low,
        "retweets_median": middle,
        "retweets_q3": high,
    }


_COUNT = {"minimum": 0}
_RESPONSE_FIELDS = (
    Field(
        "account",
        "string",
        "Account on Twitter",
        constraints={"enum": ["BarackObama", "realDonaldTrump"]},
    ),
    Field(
        "number", "integer", "Place of the post in the account's order of time", "", {"minimum": 1}
    ),
    Field("day", "date", "Day of the post (UTC), read from its id", constraints={"required": True}),
    Field("replies", "integer", "Replies of others to the post", "replies", _COUNT),
    Field("retweets", "integer", "Retweets of the post", "retweets", _COUNT),
    Field("likes", "integer", "Likes of the post", "likes", _COUNT),
)
_QUARTER_FIELDS = (
    Field("quarter", "date", "First day of the quarter", constraints={"required": True}),
    Field("posts", "integer", "Posts that the source kept", "posts", {"minimum": 1}),
    Field("replies", "integer", "Replies among them, threads included", "posts", _COUNT),
    Field("threads", "integer", "Replies that name no account", "posts", _COUNT),
    Field("naming", "integer", "Posts that name an account, no replies", "posts", _COUNT),
    Field("retweets_q1", "number", "Lower quartile of the retweets of a post", "retweets", _COUNT),
    Field("retweets_median", "number", "Median of the retweets of a post", "retweets", _COUNT),
    Field("retweets_q3", "number", "Upper quartile of the retweets of a post", "retweets", _COUNT),
)
