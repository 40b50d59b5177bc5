"""Posts on the war in Ukraine that a hashtag search caught: by day, language and hour."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "ukraine-war-tweets"

_LANGUAGES = ("en", "fr", "de", "it", "es", "ja", "ru", "pl", "uk", "tr")
_NO_LANGUAGE = ("und", "qme", "qht", "qam", "qst", "qct", "zxx", "art")
"""Twitter's codes for posts of links, hashtags or pictures only, and for unknown languages."""

_COMPLETE = 0.97
"""Share of a day's posts whose numbers must be at hand before its hours are counted."""


def build(run: Run) -> list[Table]:
    """Return the tables ``war_tweet_days``, ``war_tweet_languages`` and ``war_tweet_hours``."""
    days = pd.read_csv(run.raw(_SLUG, "analysis_data/daily_stats.csv"), parse_dates=["day"])
    days = days.set_axis(["day", "users", "tweets"], axis="columns").sort_values("day")
    words = pd.read_csv(run.raw(_SLUG, "analysis_data/daily_lang.csv"), parse_dates=["date"])
    hours = pd.read_csv(run.raw(_SLUG, "prepared/hourly_from_available_ids.csv"), parse_dates=["h"])
    return [_days(days), _languages(words.set_index("date")), _hours(hours, days)]


def _days(days: pd.DataFrame) -> Table:
    return Table(
        name="war_tweet_days",
        title="Posts on the war in Ukraine by day, February 2022 to June 2023",
        description=(
            "Posts on Twitter that a search for hashtags of the war caught, and the users who "
            "wrote them, by day (UTC). Every day from 23 February 2022 to 23 June 2023 has a row."
        ),
        frame=days.reset_index(drop=True),
        fields=(
            Field(
                "day",
                "date",
                "Day (UTC) of the posts",
                constraints={"required": True, "minimum": "2022-02-23", "maximum": "2023-06-23"},
            ),
            Field("users", "integer", "Users who posted on the day", "users", {"minimum": 1}),
            Field("tweets", "integer", "Posts, retweets included", "posts", {"minimum": 1}),
        ),
        key=("day",),
        slugs=(_SLUG,),
        caveats=(
            "The search began during 23 February 2022.",
            "In spells of December 2022 to January 2023, of March to April and of June 2023 it "
            "caught a few hundredths or less of what it caught before and after, from one day to "
            "the next: the search failed, not the crowd.",
        ),
    )


def _languages(daily: pd.DataFrame) -> Table:
    named = daily[list(_LANGUAGES)].assign(none=daily[list(_NO_LANGUAGE)].sum(axis=1))
    named["other"] = daily.sum(axis=1) - named.sum(axis=1)
    monthly = named.resample("MS").sum()
    frame = monthly.rename_axis("month").reset_index().melt("month", var_name="language")
    frame = frame.rename(columns={"value": "tweets"}).sort_values(["month", "language"])
    return Table(
        name="war_tweet_languages",
        title="Posts on the war in Ukraine by language and month, February 2022 to May 2023",
        description=(
            "Posts of the table war_tweet_days by month and by the language that Twitter's "
            "software recognised: the ten most frequent, other, and none for posts of links, "
            "pictures and hashtags only or of unknown language. February 2022 has six days, May "
            "2023 three."
        ),
        frame=frame.reset_index(drop=True),
        fields=(
            Field(
                "month",
                "date",
                "First day of the month",
                constraints={"required": True, "minimum": "2022-02-01", "maximum": "2023-05-01"},
            ),
            Field(
                "language",
                "string",
                "ISO 639-1 code of the language, other, or none",
                constraints={"enum": sorted([*_LANGUAGES, "other", "none"])},
            ),
            Field("tweets", "integer", "Posts, retweets included", "posts", {"minimum": 0}),
        ),
        key=("month", "language"),
        slugs=(_SLUG,),
        caveats=("On some days fewer posts have a language than were caught.",),
    )


def _hours(hours: pd.DataFrame, days: pd.DataFrame) -> Table:
    hours = hours.assign(day=hours["h"].dt.floor("D"), hour=hours["h"].dt.hour)
    found = hours.groupby("day")["n"].agg(["sum", "size"])
    caught = days.set_index("day")["tweets"].reindex(found.index)
    complete = found.index[(found["sum"] >= _COMPLETE * caught) & (found["size"] == 24)]
    counted = hours[hours["day"].isin(complete)]
    frame = counted.groupby("hour")["n"].agg(tweets="sum", days="size").reset_index()
    return Table(
        name="war_tweet_hours",
        title="Posts on the war in Ukraine by hour of the day, 2022–2023",
        description=(
            "Posts of the table war_tweet_days by the hour (UTC) that their numbers hold, summed "
            "over the days of which at least 97% of the posts' numbers are at hand. The first "
            "weeks of the war, the busiest, are not among them."
        ),
        frame=frame,
        fields=(
            Field(
                "hour",
                "integer",
                "Hour of the day (UTC): 20 is from 20:00 to 20:59",
                "hour",
                {"minimum": 0, "maximum": 23},
            ),
            Field("tweets", "integer", "Posts, retweets included", "posts", {"minimum": 1}),
            Field("days", "integer", "Days counted, the same for every hour", "days"),
        ),
        key=("hour",),
        slugs=(_SLUG,),
    )
