"""The hour of the week, in local time, of posts of institutions, leaders and US lawmakers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.run import Run
from pipeline.sources.tweet_ids import FIRST_SNOWFLAKE, milliseconds, read
from pipeline.table import Field, Table

_IDS = "covid-institutions-tweet-ids"
_CONGRESS = "us-congress-2016"

_HOUR_MS = 3_600_000
_OFFICE = range(9, 17)
_SATURDAY_SUNDAY = (6, 7)
_WASHINGTON = "America/New_York"

_ADDRESS = pd.Timestamp("2016-01-12 21:00")
"""State of the Union address, Washington time."""

# Programs with at least 300 posts, by where they run: "site" in a web browser, most often at a
# desk; "mobile" on a phone or tablet; "tool" for teams, with a scheduler; "bridge" passes on
# what was posted on another platform.
_PROGRAMS = {
    "Twitter Web Client": "site",
    "Twitter for iPhone": "mobile",
    "Twitter for iPad": "mobile",
    "Twitter for Android": "mobile",
    "Mobile Web (M5)": "mobile",
    "iOS": "mobile",
    "TweetDeck": "tool",
    "Hootsuite": "tool",
    "Buffer": "tool",
    "Facebook": "bridge",
    "Instagram": "bridge",
}

# States that lie wholly, or but for a few counties, in one time zone at either end of the country.
_EASTERN = "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV"
_PACIFIC = "CA NV OR WA"


def build(run: Run) -> list[Table]:
    """Return the posts of accounts by hour and by week, and those of Congress by program."""
    tags = pd.read_csv(run.raw(_IDS, "prepared/account_tags.csv"), keep_default_na=False)
    with tempfile.TemporaryDirectory() as folder:
        ids = read(run, Path(folder))
        counts = hourly(ids.filter(ids.id >= FIRST_SNOWFLAKE))
    zones = counts["account"].map(tags.set_index("account")["time_zone"])
    posts = localised(counts, zones)
    posts["season"] = season(posts)
    path = run.raw(_CONGRESS, "prepared/posts_metadata.csv.gz")
    lawmakers = localised(congress(run.connection.read_csv(path)), _WASHINGTON)
    return [
        _zones(tags),
        _hours(posts),
        _weeks(posts),
        _congress_hours(lawmakers),
        _congress_members(lawmakers),
    ]


def hourly(posts: Any) -> pd.DataFrame:
    """Count the posts of each account by the hour (UTC) that their ids hold.

    Parameters
    ----------
    posts
        Ibis table with the columns ``account`` and ``id``.

    Returns
    -------
    DataFrame
        Columns ``account``, ``elapsed`` (whole hours since 1 January 1970, UTC) and ``posts``.
    """
    dated = posts.mutate(elapsed=(milliseconds(posts.id) // _HOUR_MS).cast("int64"))
    counts = dated.group_by(["account", "elapsed"]).aggregate(posts=dated.count())
    frame: pd.DataFrame = counts.to_pyarrow().to_pandas()
    return frame.sort_values(["account", "elapsed"], ignore_index=True)


def congress(posts: Any) -> pd.DataFrame:
    """Count the posts of members of Congress by member, kind of program and hour (UTC).

    Parameters
    ----------
    posts
        Ibis table with the columns ``user``, ``state``, ``source``, ``isrt`` and ``t``.

    Returns
    -------
    DataFrame
        Columns ``account``, ``state``, ``client``, ``elapsed``, ``posts`` and ``retweets``.
    """
    known = posts.filter(posts.source.isin(list(_PROGRAMS)))
    dated = known.select(
        "state",
        "isrt",
        account=known.user,
        client=known.source,
        elapsed=(known.t.epoch_seconds() // 3600).cast("int64"),
    )
    keys = ["account", "state", "client", "elapsed"]
    counts = dated.group_by(keys).aggregate(
        posts=dated.count(), retweets=dated.count(where=dated.isrt)
    )
    frame: pd.DataFrame = counts.to_pyarrow().to_pandas()
    return frame.sort_values(keys, ignore_index=True)


def localised(counts: pd.DataFrame, zones: pd.Series[str] | str) -> pd.DataFrame:
    """Add to counts by universal hour the local week, weekday, hour and offset.

    Clocks go forward and back as the tz database says. An hour can be moved whole only where
    local time differs from universal time by whole hours, as in every zone of these sources.

    Parameters
    ----------
    counts
        Column ``elapsed``: whole hours since 1 January 1970, UTC.
    zones
        Name in the tz database of the time zone of each row, or of all rows.

    Returns
    -------
    DataFrame
        The counts with ``week`` (Monday of the local week), ``weekday`` (Monday is 1),
        ``hour`` (0 to 23) and ``offset`` (local less universal time, in hours).

    Raises
    ------
    ValueError
        If a zone was not a whole number of hours from universal time.
    """
    zones = pd.Series(zones, index=counts.index) if isinstance(zones, str) else zones
    moments = _moments(counts)
    wall = pd.concat(
        [rows.dt.tz_convert(zone).dt.tz_localize(None) for zone, rows in moments.groupby(zones)]
    ).reindex(counts.index)
    offset = (wall - moments.dt.tz_localize(None)).dt.total_seconds() / 3600
    if (offset % 1 != 0).any():
        raise ValueError("a time zone is not a whole number of hours from universal time")
    day = wall.dt.normalize()
    return counts.assign(
        week=day - pd.to_timedelta(day.dt.day_of_week, unit="D"),
        weekday=day.dt.day_of_week + 1,
        hour=wall.dt.hour,
        offset=offset.astype("int64"),
    )


def season(posts: pd.DataFrame) -> pd.Series[str]:
    """Return for each row the half of the year by European clocks: ``summer`` or ``winter``."""
    offset = localised(posts[["elapsed"]], "Europe/Brussels")["offset"]
    return offset.map({1: "winter", 2: "summer"}).astype("str")


def _moments(counts: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    hours = counts["elapsed"].to_numpy(dtype="int64").astype("datetime64[h]")
    return pd.Series(hours.astype("datetime64[s]"), index=counts.index).dt.tz_localize("UTC")


def _zones(tags: pd.DataFrame) -> Table:
    return Table(
        name="posting_zones",
        title="Kind, country and time zone of 52 institutions and leaders on Twitter",
        description=(
            "The 52 accounts of the tables posting_hours and posting_weeks, with the kind, the "
            "country and the time zone by which their hours are counted; all assigned by hand."
        ),
        frame=_columns(tags, _ZONE_FIELDS).sort_values("account"),
        fields=_ZONE_FIELDS,
        key=("account",),
        slugs=(_IDS,),
        caveats=(_ONE_ZONE, "POTUS and realDonaldTrump are two accounts of one person."),
    )


def _hours(posts: pd.DataFrame) -> Table:
    keys = ["account", "season", "offset", "weekday", "hour"]
    counts = posts.groupby(keys)["posts"].sum().reset_index()
    return Table(
        name="posting_hours",
        title="Posts of 52 institutions and leaders by hour of the local week, 2010–2021",
        description=(
            "Distinct ids of posts, retweets included, of 52 accounts of governments, ministries, "
            "health agencies and leaders by day of the week and hour of the day in the time zone "
            "of the account, daylight saving applied; apart by half of the year and by the "
            "difference from universal time. Hours without posts have no row."
        ),
        frame=_columns(counts, _HOUR_FIELDS).sort_values(keys),
        fields=_HOUR_FIELDS,
        key=tuple(keys),
        slugs=(_IDS,),
        caveats=(_ONE_ZONE, _ROUNDED),
    )


def _weeks(posts: pd.DataFrame) -> Table:
    counts = _parts(posts).groupby(["account", "week"])[_PARTS].sum().reset_index()
    return Table(
        name="posting_weeks",
        title="Posts of 52 institutions and leaders by local week, 2010–2021",
        description=(
            "Posts of the table posting_hours by local week from Monday to Sunday, and how many "
            "of them were published at the weekend and in office hours. Weeks without posts "
            "have no row."
        ),
        frame=_columns(counts, _WEEK_FIELDS).sort_values(["account", "week"]),
        fields=_WEEK_FIELDS,
        key=("account", "week"),
        slugs=(_IDS,),
        caveats=(
            "First and last week of an account are seldom whole.",
            "Public holidays count as the day of the week on which they fall.",
            _ONE_ZONE,
            _ROUNDED,
        ),
    )


def _congress_hours(posts: pd.DataFrame) -> Table:
    coasts = dict.fromkeys(_EASTERN.split(), "east") | dict.fromkeys(_PACIFIC.split(), "west")
    evening = (posts["weekday"] == _ADDRESS.isoweekday()) & (posts["hour"] >= _ADDRESS.hour)
    counts = posts.assign(
        program=posts["client"].map(_PROGRAMS),
        coast=posts["state"].map(coasts).fillna("between"),
        address=evening & (posts["week"] == _monday(_ADDRESS)),
    )
    keys = ["program", "coast", "address", "weekday", "hour"]
    return Table(
        name="congress_hours",
        title="Posts of members of the US Congress by program and hour of the week, to May 2016",
        description=(
            "The latest posts (200 at most, retweets included) of 518 members of Congress on "
            "4 May 2016 by kind of program, place of the member's state and hour of the week in "
            "Washington, daylight saving applied; for the eleven programs with at least 300 "
            "posts. Hours without posts have no row."
        ),
        frame=counts.groupby(keys)["posts"].sum().reset_index(),
        fields=(
            _PROGRAM,
            Field(
                "coast",
                "string",
                "east, west: the member's state lies in the Eastern or the Pacific time zone, "
                "wholly or but for a few counties; between: any other",
                constraints={"enum": ["east", "west", "between"]},
            ),
            Field(
                "address",
                "boolean",
                "Posts of the evening of the State of the Union address, 12 January 2016, "
                "from nine",
            ),
            _WEEKDAY,
            _HOUR,
            _AT_LEAST_ONE,
        ),
        key=tuple(keys),
        slugs=(_CONGRESS,),
        caveats=(_IN_WASHINGTON, _BY_HAND),
    )


def _congress_members(posts: pd.DataFrame) -> Table:
    counts = _parts(posts).assign(
        program=posts["client"].map(_PROGRAMS),
        weekend_retweets=posts["retweets"].where(posts["weekday"].isin(_SATURDAY_SUNDAY), 0),
    )
    sums = [*_PARTS, "retweets", "weekend_retweets"]
    frame = counts.groupby(["account", "program"])[sums].sum().reset_index()
    frame = frame.rename(columns={"account": "member"})
    return Table(
        name="congress_member_programs",
        title="Weekend and office hours of members of the US Congress by program, to May 2016",
        description=(
            "The posts of the table congress_hours by member and kind of program, and how many "
            "of them were published at the weekend and in office hours."
        ),
        frame=_columns(frame, _MEMBER_FIELDS),
        fields=_MEMBER_FIELDS,
        key=("member", "program"),
        slugs=(_CONGRESS,),
        caveats=(_IN_WASHINGTON, _BY_HAND),
    )


def _monday(day: pd.Timestamp) -> pd.Timestamp:
    return day.normalize() - pd.Timedelta(days=day.day_of_week)


def _parts(posts: pd.DataFrame) -> pd.DataFrame:
    """Add how many of the posts fall on a weekend, and how many into office hours."""
    weekend = posts["weekday"].isin(_SATURDAY_SUNDAY)
    return posts.assign(
        weekend=posts["posts"].where(weekend, 0),
        office=posts["posts"].where(~weekend & posts["hour"].isin(_OFFICE), 0),
    )


def _columns(frame: pd.DataFrame, fields: tuple[Field, ...]) -> pd.DataFrame:
    return frame.loc[:, [field.name for field in fields]]


_ONE_ZONE = (
    "One time zone per account, assigned by hand: a leader who travels, or a staff abroad, posts "
    "by other clocks."
)
_ROUNDED = (
    "Left out: 553 posts of 18 accounts, because the source rounds their ids, which then name no "
    "post."
)
_IN_WASHINGTON = (
    "Hours are those of Washington; members are also at home, up to six hours behind it (Guam is "
    "ahead by fourteen or fifteen)."
)
_BY_HAND = "The kinds of programs were assigned by hand."
_PARTS = ["posts", "weekend", "office"]
_KINDS = ["executive", "foreign", "health", "leader", "leader_office"]
_COUNT = {"minimum": 0}
_ACCOUNT = Field("account", "string", "Account on Twitter", constraints={"required": True})
_WEEKDAY = Field(
    "weekday", "integer", "Day of the week, Monday is 1", "day", {"minimum": 1, "maximum": 7}
)
_HOUR = Field(
    "hour",
    "integer",
    "Hour of the day: 17 is from 17:00 to 17:59",
    "hour",
    {"minimum": 0, "maximum": 23},
)
_AT_LEAST_ONE = Field("posts", "integer", "Posts, retweets included", "posts", {"minimum": 1})
_WEEKEND = Field("weekend", "integer", "Posts on Saturday or Sunday", "posts", _COUNT)
_OFFICE_HOURS = Field(
    "office", "integer", "Posts from Monday to Friday, 09:00 to 16:59", "posts", _COUNT
)
_ZONE_FIELDS = (
    _ACCOUNT,
    Field(
        "country",
        "string",
        "ISO 3166-1 alpha-2 code; EU and INT (the World Health Organization) besides",
        constraints={"pattern": "[A-Z]{2,3}"},
    ),
    Field("kind", "string", "Kind of account, by hand", constraints={"enum": _KINDS}),
    Field(
        "time_zone",
        "string",
        "Name in the tz database, by hand",
        constraints={"pattern": "[A-Z][a-z]+/[A-Z][A-Za-z_]+"},
    ),
)
_HOUR_FIELDS = (
    _ACCOUNT,
    Field(
        "season",
        "string",
        "Half of the year by European clocks",
        constraints={"enum": ["summer", "winter"]},
    ),
    Field(
        "offset",
        "integer",
        "Local less universal time",
        "hours",
        {"minimum": -5, "maximum": 8},
    ),
    _WEEKDAY,
    _HOUR,
    _AT_LEAST_ONE,
)
_WEEK_FIELDS = (
    _ACCOUNT,
    Field("week", "date", "Monday of the week", constraints={"required": True}),
    _AT_LEAST_ONE,
    _WEEKEND,
    _OFFICE_HOURS,
)
_PROGRAM = Field(
    "program",
    "string",
    "site: in a web browser; mobile: on a phone or tablet; tool: for teams, with a scheduler; "
    "bridge: from another platform",
    constraints={"enum": ["site", "mobile", "tool", "bridge"]},
)
_MEMBER_FIELDS = (
    Field("member", "string", "Account of the member on Twitter", constraints={"required": True}),
    _PROGRAM,
    _AT_LEAST_ONE,
    _WEEKEND,
    _OFFICE_HOURS,
    Field("retweets", "integer", "Posts that are retweets", "posts", _COUNT),
    Field("weekend_retweets", "integer", "Retweets on Saturday or Sunday", "posts", _COUNT),
)
