"""Posts of seven heads of state or government by month and by the software that sent them."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "world-leaders-tweets-2008-2017"
_FILE = "prepared/engagement_7_leaders.csv.gz"


def build(run: Run) -> list[Table]:
    """Return the table ``leader_posts``."""
    keys = [field.name for field in _FIELDS[:3]]
    frame = counted(run)
    month = pd.to_datetime(frame["year"] + frame["month"], format="%Y%b")
    frame = frame.assign(month=month).sort_values(keys)
    return [
        Table(
            name="leader_posts",
            title="Posts of seven leaders by month and sending software, 2009–2017",
            description=(
                "Posts on Twitter of seven accounts of present or former heads of state or "
                "government that could still be read in October 2017, retweets included, counted "
                "by month (UTC) and by the software that Twitter names as their sender."
            ),
            frame=frame[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=tuple(keys),
            slugs=(_SLUG,),
            caveats=(
                "Deleted posts are missing. None of the seven accounts comes near the collection's "
                "limit of some 3,200 posts, so nothing else was cut off.",
                "A web client can run on any device, a tablet included.",
            ),
            # Its caveats are about the file of all 63 accounts.
            lenders=(_SLUG,),
        )
    ]


_FIELDS = (
    Field("account", "string", "Name of the account", constraints={"required": True}),
    Field("month", "date", "First day of the month (UTC)", constraints={"required": True}),
    Field("client", "string", "Software that sent the post", constraints={"required": True}),
    Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 1}),
    Field("retweets", "integer", "Retweets among them", "posts", {"minimum": 0}),
)


def counted(run: Run) -> pd.DataFrame:
    """Count the posts on the run's engine.

    Twitter writes its times as ``Mon Oct 02 14:15:43 +0000 2017``; the engines' own patterns
    for that form differ, so its parts are taken by position.
    """
    posts = run.connection.read_csv(str(run.raw(_SLUG, _FILE)))
    parts = posts.mutate(
        account=posts.user,
        year=posts.created_at.right(4),
        month=posts.created_at.substr(4, 3),
        client=posts.source,
    )
    frame: pd.DataFrame = (
        parts.group_by("account", "year", "month", "client")
        .aggregate(posts=parts.count(), retweets=parts.is_rt.cast("int64").sum())
        .order_by("account", "year", "month", "client")
        .to_pyarrow()
        .to_pandas()
    )
    return frame
