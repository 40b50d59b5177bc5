"""Post ids beside the times their sources state, to check that ids tell the time."""

from __future__ import annotations

from typing import Any

import ibis

from pipeline.run import Run
from pipeline.sources.tweet_ids import FIRST_SNOWFLAKE, milliseconds
from pipeline.table import Field, Table

_TRUMP = "dslabs-trump"
_LEADERS = "world-leaders-tweets-2008-2017"
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def build(run: Run) -> list[Table]:
    """Return the table ``snowflake_check``."""
    trump = run.connection.read_csv(run.raw(_TRUMP, "prepared/trump_tweets.csv.gz"))
    leaders = run.connection.read_csv(run.raw(_LEADERS, "prepared/engagement_7_leaders.csv.gz"))
    pairs = ibis.union(
        trump.select(
            id=trump.id_str, stated=trump.created_at.cast("timestamp"), source=ibis.literal(_TRUMP)
        ),
        leaders.select("id", stated=_stated(leaders.created_at), source=ibis.literal(_LEADERS)),
    )
    dated = pairs.filter(pairs.id >= FIRST_SNOWFLAKE)
    difference = milliseconds(dated.id) // 1_000 - dated.stated.epoch_seconds()
    counts = (
        dated.select("source", year=dated.stated.year(), difference=difference.cast("int64"))
        .group_by(["source", "year", "difference"])
        .aggregate(posts=lambda posts: posts.count())
        .order_by(["source", "year", "difference"])
    )
    return [
        Table(
            name="snowflake_check",
            title="Time decoded from post ids less the time stated by the source, 2010–2018",
            description=(
                "Posts of eight leaders (one in the first source, seven in the second) by the "
                "difference between the second decoded from the post's id and the second stated "
                "by the source, read as UTC. Of all posts with a snowflake id in both sources."
            ),
            frame=counts.to_pyarrow().to_pandas(),
            fields=_FIELDS,
            key=("source", "year", "difference"),
            slugs=(_TRUMP, _LEADERS),
            caveats=(
                "917 posts before 6 November 2010 have sequential ids and are left out.",
                "The first source states no time zone. Its times equal the decoded ones in every "
                "year and season only if they are UTC: so they are.",
            ),
            # Its caveats are about the file of all 63 accounts.
            lenders=(_LEADERS,),
        )
    ]


_FIELDS = (
    Field(
        "source", "string", "Source of id and stated time", constraints={"enum": [_TRUMP, _LEADERS]}
    ),
    Field("year", "year", "Year of the stated time", constraints={"minimum": 2010}),
    Field(
        "difference",
        "integer",
        "Decoded less stated time; negative where the id is the earlier",
        "seconds",
        {"minimum": -60, "maximum": 60},
    ),
    Field("posts", "integer", "Posts with that difference", "posts", {"minimum": 1}),
)


def _stated(text: Any) -> Any:
    """Parse "Thu Feb 12 13:23:04 +0000 2015": the engines share no format for weekdays."""
    month = ibis.literal(_MONTHS).find(text[4:7]) // 3 + 1
    day = [text[26:30], month.cast("int64").cast("string").lpad(2, "0"), text[8:10]]
    return (ibis.literal("-").join(day) + " " + text[11:19]).cast("timestamp")
