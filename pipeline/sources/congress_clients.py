"""Posts of members of the US Congress by the program that sent them: when in the minute."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "us-congress-2016"

# Programs with at least 300 posts. Their kinds were assigned by hand: "hand" is an application
# without a scheduling function at the time, "tool" one with, "bridge" passes on posts made on
# another platform.
_KINDS = {
    "Twitter Web Client": "hand",
    "Twitter for iPhone": "hand",
    "Twitter for iPad": "hand",
    "Twitter for Android": "hand",
    "Mobile Web (M5)": "hand",
    "iOS": "hand",
    "TweetDeck": "tool",
    "Hootsuite": "tool",
    "Buffer": "tool",
    "Facebook": "bridge",
    "Instagram": "bridge",
}


def build(run: Run) -> list[Table]:
    """Return the tables ``congress_clients`` and ``congress_client_seconds``."""
    posts = run.connection.read_csv(run.raw(_SLUG, "prepared/posts_metadata.csv.gz"))
    posts = posts.filter(posts.source.isin(list(_KINDS))).select(
        "uid",
        client=posts.source,
        second=posts.t.second().cast("int64"),
        # The same in every time zone: all are whole quarters of an hour apart.
        round_minute=posts.t.minute() % 5 == 0,
    )
    return [_clients(posts), _seconds(posts)]


def _clients(posts: Any) -> Table:
    counts = posts.group_by("client").aggregate(
        members=posts.uid.nunique(),
        posts=posts.count(),
        first_five=posts.count(where=posts.second < 5),
        round_minute=posts.count(where=posts.round_minute),
    )
    frame = counts.order_by("client").to_pyarrow().to_pandas()
    frame.insert(1, "kind", frame["client"].map(_KINDS))
    return Table(
        name="congress_clients",
        title="Programs from which members of the US Congress posted, to May 2016",
        description=(
            "The latest posts (200 at most) of 518 members of Congress on 4 May 2016 by the "
            "program that sent them, for the eleven programs with at least 300 posts."
        ),
        frame=frame,
        fields=_FIELDS,
        key=("client",),
        slugs=(_SLUG,),
        caveats=(_BY_HAND,),
    )


def _seconds(posts: Any) -> Table:
    every = pd.MultiIndex.from_product(
        [sorted(_KINDS), range(60)], names=["client", "second"]
    ).to_frame(index=False)
    counts = (
        posts.group_by(["client", "second"]).aggregate(posts=posts.count()).to_pyarrow().to_pandas()
    )
    return Table(
        name="congress_client_seconds",
        title="Posts of members of the US Congress by program and second of the minute",
        description=(
            "Posts of the table congress_clients by the second of the minute of the time stated "
            "by the platform; every second has a row."
        ),
        frame=every.merge(counts, "left").fillna({"posts": 0}),
        fields=(
            _CLIENT,
            Field("second", "integer", "Second of the minute", "second", _BOUNDS),
            Field(
                "posts",
                "integer",
                "Posts from the program, retweets included",
                "posts",
                {"minimum": 0},
            ),
        ),
        key=("client", "second"),
        slugs=(_SLUG,),
        caveats=(_BY_HAND,),
    )


_BOUNDS = {"minimum": 0, "maximum": 59}
_BY_HAND = "The kinds of programs were assigned by hand from what they could do in 2016."
_CLIENT = Field(
    "client", "string", "Program, as Twitter names it", constraints={"enum": sorted(_KINDS)}
)
_FIELDS = (
    _CLIENT,
    Field(
        "kind",
        "string",
        "hand: without scheduling; tool: with scheduling; bridge: from another platform",
        constraints={"enum": ["hand", "tool", "bridge"]},
    ),
    Field("members", "integer", "Members who posted from it", "members", {"maximum": 518}),
    Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 300}),
    Field("first_five", "integer", "Posts in seconds 0 to 4 of a minute", "posts"),
    Field("round_minute", "integer", "Posts on minutes divisible by five", "posts"),
)
