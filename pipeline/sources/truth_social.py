"""When a president posts on Truth Social, who answers, and the clock in the posts' ids."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "trump-truth-social"
_FILE = "prepared/truth_posts_metadata.csv.gz"
_ZONE = "America/New_York"
_SWORN_IN = pd.Timestamp("2025-01-20 12:00", tz=_ZONE)
_PHASES = ("before office", "in office")
# Mastodon's ids: milliseconds since 1970 in the upper 48 bits, 16 bits of sequence.
_SEQUENCE_BITS = 16
_OFFICE = (9, 17)
_SOON = 60
_WITHIN = (0, 1, 5, 10, 100, 1000)


def build(run: Run) -> list[Table]:
    """Return the tables of rhythm, answers and clock."""
    posts = _posts(run)
    own = posts[~posts["repost"]]
    return [_weeks(posts), _hours(own), _seconds(own), _clock(posts)]


def _posts(run: Run) -> pd.DataFrame:
    raw = pd.read_csv(run.raw(_SLUG, _FILE), dtype={"id": "int64"})
    time = pd.to_datetime(raw["created_at"], utc=True)
    local = time.dt.tz_convert(_ZONE)
    stated = time.dt.tz_localize(None).to_numpy("datetime64[ms]").astype("int64")
    decoded = raw["id"].to_numpy() >> _SEQUENCE_BITS
    reactions = raw[["reblogs_count", "favourites_count"]].sum(axis=1)
    days = local.dt.tz_localize(None).dt.normalize()
    return raw.assign(
        phase=np.where(local >= _SWORN_IN, _PHASES[1], _PHASES[0]),
        local=local,
        week=days - pd.to_timedelta(local.dt.day_of_week, unit="D"),
        repost=reactions == 0,
        difference=decoded - stated,
    ).sort_values("created_at", ignore_index=True)


def _weeks(posts: pd.DataFrame) -> Table:
    own = posts[~posts["repost"]]
    local = own["local"]
    gap = local.diff().dt.total_seconds()
    weekend = local.dt.day_of_week >= 5
    counted = own.assign(
        posts=1,
        weekend=weekend,
        office=~weekend & local.dt.hour.between(_OFFICE[0], _OFFICE[1] - 1),
        soon=gap <= _SOON,
        more_replies=own["replies_count"] > own["reblogs_count"],
    )
    key = ["phase", "week"]
    sums = counted.groupby(key)[["posts", "weekend", "office", "soon", "more_replies"]].sum()
    frame = posts.groupby(key)["repost"].sum().rename("reposts").to_frame().join(sums).fillna(0)
    return Table(
        name="truth_social_weeks",
        title="A president's posts on Truth Social by week, 2022–2026",
        description=(
            "The 32,433 posts of Donald Trump's account on Truth Social from 14 February 2022 to "
            "9 April 2026 that the authors of a replication package collected, by week of "
            "Washington time and by whether he was in office (from noon of 20 January 2025): own "
            "posts, and posts without any reaction, which are most likely re-posts of others."
        ),
        frame=frame.reset_index()[[field.name for field in _WEEKS]].sort_values(["week", "phase"]),
        fields=_WEEKS,
        key=("phase", "week"),
        slugs=(_SLUG,),
        caveats=(
            "Weeks without a post in the file are no rows.",
            "The week of the oath is split in two, the first and the last week are not whole.",
        ),
    )


def _hours(own: pd.DataFrame) -> Table:
    frame = own.assign(weekday=own["local"].dt.day_of_week + 1, hour=own["local"].dt.hour)
    key = ["phase", "weekday", "hour"]
    return Table(
        name="truth_social_hours",
        title="A president's posts on Truth Social by weekday and hour, 2022–2026",
        description=(
            "Own posts of Donald Trump's account on Truth Social by weekday and hour of Washington "
            "time, before and in office; posts without any reaction, most likely re-posts, are "
            "left out."
        ),
        frame=frame.groupby(key).size().reset_index(name="posts"),
        fields=_HOURS,
        key=tuple(key),
        slugs=(_SLUG,),
        caveats=(
            "The account's owner travels: Washington time need not be his.",
            "Hours without a post are no rows.",
        ),
    )


def _seconds(own: pd.DataFrame) -> Table:
    frame = own.assign(second=own["local"].dt.second)
    key = ["phase", "second"]
    return Table(
        name="truth_social_seconds",
        title="A president's posts on Truth Social by second of the minute, 2022–2026",
        description=(
            "Own posts of Donald Trump's account on Truth Social by the second of the minute, "
            "before and in office: a program that posts at full minutes would show here."
        ),
        frame=frame.groupby(key).size().reset_index(name="posts"),
        fields=_SECONDS,
        key=tuple(key),
        slugs=(_SLUG,),
    )


def _clock(posts: pd.DataFrame) -> Table:
    gap = posts["difference"].abs()
    if gap.max() > _WITHIN[-1]:
        raise ValueError(f"{_SLUG}: an id is {gap.max()} ms from the stated time; widen _WITHIN")
    within = np.array(_WITHIN)[np.searchsorted(_WITHIN, gap)]
    frame = posts.assign(within=within).groupby("within").size().reset_index(name="posts")
    return Table(
        name="truth_social_clock",
        title="Time decoded from ids of Truth Social less the time stated, 2022–2026",
        description=(
            "The 32,433 posts of Donald Trump's account on Truth Social by the milliseconds "
            "between the time in the upper 48 bits of the id (since 1970, as Mastodon makes its "
            "ids) and the stated time."
        ),
        frame=frame,
        fields=_CLOCK,
        key=("within",),
        slugs=(_SLUG,),
    )


_COUNT = {"required": True, "minimum": 0}
_PHASE = Field(
    "phase",
    "string",
    "Before or in office (from noon of 20 January 2025)",
    constraints={"required": True, "enum": [*_PHASES]},
)
_POSTS = Field("posts", "integer", "Own posts", "posts", _COUNT)
_WEEKS = (
    _PHASE,
    Field("week", "date", "Monday of the week", constraints={"required": True}),
    _POSTS,
    Field("reposts", "integer", "Posts without a reaction, most likely re-posts", "posts", _COUNT),
    Field("weekend", "integer", "Own posts on Saturday and Sunday", "posts", _COUNT),
    Field(
        "office",
        "integer",
        "Own posts from Monday to Friday between nine and five",
        "posts",
        _COUNT,
    ),
    Field("soon", "integer", "Own posts within 60 seconds of the one before", "posts", _COUNT),
    Field("more_replies", "integer", "Own posts with more replies than re-posts", "posts", _COUNT),
)
_HOURS = (
    _PHASE,
    Field(
        "weekday",
        "integer",
        "1 for Monday to 7 for Sunday",
        constraints={"minimum": 1, "maximum": 7},
    ),
    Field("hour", "integer", "Hour of Washington time", constraints={"minimum": 0, "maximum": 23}),
    _POSTS,
)
_SECONDS = (
    _PHASE,
    Field("second", "integer", "Second of the minute", constraints={"minimum": 0, "maximum": 59}),
    _POSTS,
)
_CLOCK = (
    Field(
        "within",
        "integer",
        "The two times differ by at most so much, and by more than the next smaller number",
        "milliseconds",
        {"enum": [*_WITHIN]},
    ),
    Field("posts", "integer", "Posts with such a difference", "posts", _COUNT),
)
