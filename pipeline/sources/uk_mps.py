"""Posts of British members of parliament by hour, January 2021."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadr

from pipeline.run import Run
from pipeline.sources.tweet_ids import milliseconds
from pipeline.table import Field, Table

_SLUG = "uk-mps-2021-01"
_HOUR_MS = 3_600_000


def build(run: Run) -> list[Table]:
    """Return the posts of all members together by day and hour."""
    ids = pyreadr.read_r(str(run.raw(_SLUG, "data/status_ids.rds")))[None]["status_id"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ids.parquet"
        pd.DataFrame({"id": ids.astype("int64")}).to_parquet(path)
        counts = hourly(run.connection.read_parquet(path))
    return [
        Table(
            name="uk_mp_post_hours",
            title="Posts of British members of parliament by hour, January 2021",
            description=(
                "Posts, retweets included, of all members of the House of Commons on Twitter "
                "together, by day and hour of January 2021, counted by post ids. In January "
                "British time is universal time. Every hour has a row."
            ),
            frame=_every_hour(counts),
            fields=(
                Field(
                    "day",
                    "date",
                    "Day of the posts, in British time",
                    constraints={
                        "required": True,
                        "minimum": "2021-01-01",
                        "maximum": "2021-01-31",
                    },
                ),
                Field(
                    "hour",
                    "integer",
                    "Hour of the day: 20 is from 20:00 to 20:59",
                    "hour",
                    {"minimum": 0, "maximum": 23},
                ),
                Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 0}),
            ),
            key=("day", "hour"),
            slugs=(_SLUG,),
        )
    ]


def hourly(posts: Any) -> pd.DataFrame:
    """Count posts by the hour that their ids hold.

    Parameters
    ----------
    posts
        Ibis table with the column ``id``.

    Returns
    -------
    DataFrame
        Columns ``elapsed`` (whole hours since 1 January 1970, UTC) and ``posts``.
    """
    dated = posts.mutate(elapsed=(milliseconds(posts.id) // _HOUR_MS).cast("int64"))
    counts = dated.group_by("elapsed").aggregate(posts=dated.count())
    frame: pd.DataFrame = counts.to_pyarrow().to_pandas()
    return frame.sort_values("elapsed", ignore_index=True)


def _every_hour(counts: pd.DataFrame) -> pd.DataFrame:
    hours = counts["elapsed"].to_numpy(dtype="int64").astype("datetime64[h]")
    month = pd.date_range("2021-01-01", "2021-01-31 23:00", freq="h")
    posts = pd.Series(counts["posts"].to_numpy(), index=hours).reindex(month, fill_value=0)
    return pd.DataFrame(
        {"day": month.normalize(), "hour": month.hour, "posts": posts.to_numpy(dtype="int64")}
    )
