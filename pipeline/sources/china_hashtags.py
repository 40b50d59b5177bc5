"""What Chinese diplomats wrote about: volumes and most used hashtags in two periods."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources.china_twiplomacy import PERIODS, SLUG, read
from pipeline.table import Field, Table

_ALL_DIPLOMATS = 4
_TOP = 15
_DAY = (
    "Over all handles the two periods hold some 200 posts and retweets fewer than the whole, "
    "about as many as on an average day: their counts seem to leave out 28 February 2021."
)


def build(run: Run) -> list[Table]:
    """Return the tables ``china_periods`` and ``china_hashtags``."""
    lists = pd.read_csv(run.raw(SLUG, "prepared/hashtags_by_period.csv"))
    chosen = lists[lists["table"] == _ALL_DIPLOMATS]
    wide = chosen.pivot(index="hashtag", columns="period", values="n").rename(
        columns={span: name for name, span in PERIODS.items()}
    )
    return [_periods(read(run)), _hashtags(wide)]


def _periods(rows: pd.DataFrame) -> Table:
    sums = rows.groupby("period")[["posts", "english", "retweets", "hashtags"]].sum()
    spans = pd.Series(PERIODS).str.extract(r"(?P<start>.+)\.\.(?P<end>.+)").apply(pd.to_datetime)
    frame = spans.join(sums).rename_axis("period").reset_index()
    return Table(
        name="china_periods",
        title="Posts, retweets and hashtags of Chinese diplomats in two periods",
        description=(
            "Sums over the 65 diplomatic handles that a team at Aarhus University chose, "
            "from 1 November 2019 to 30 April 2022 and in two parts of that time."
        ),
        frame=frame,
        fields=(
            Field(
                "period",
                "string",
                "The whole time or a part of it",
                constraints={"required": True, "enum": [*PERIODS]},
            ),
            Field("start", "date", "First day of the period", constraints={"required": True}),
            Field("end", "date", "Last day of the period", constraints={"required": True}),
            Field("posts", "integer", "Posts without retweets", "posts", {"minimum": 1}),
            Field("english", "integer", "Of these, posts in English", "posts", {"minimum": 1}),
            Field("retweets", "integer", "Retweets made", "retweets", {"minimum": 1}),
            Field("hashtags", "integer", "Hashtags in both", "hashtags", {"minimum": 1}),
        ),
        key=("period",),
        slugs=(SLUG,),
        caveats=(
            "Two of the 65 handles seem to be one account; it counts twice here up to February "
            "2021, as in the team's lists of hashtags.",
            _DAY,
        ),
    )


def _hashtags(wide: pd.DataFrame) -> Table:
    halves = ["first", "second"]
    top = (wide[halves].rank(ascending=False, method="min") <= _TOP).any(axis=1)
    uses = wide.loc[top, halves]
    # What is not in the list of 30 has at most as many uses as the last of it, and at most what
    # the other half leaves of the whole.
    left = pd.DataFrame({half: wide["whole"] - wide[other] for half, other in _others(halves)})
    cut = wide[halves].min()
    most = uses.fillna(left.loc[uses.index].clip(upper=cut, axis=1).fillna(cut))
    frame = pd.concat(
        [uses.stack(future_stack=True), most.stack()], axis=1, keys=["uses", "at_most"]
    )
    return Table(
        name="china_hashtags",
        title="Most used hashtags of Chinese diplomats in two periods",
        description=(
            "How often 65 diplomatic handles, chosen by a team at Aarhus University, "
            f"used the hashtags that were among the first {_TOP} in either of two periods, in "
            "posts and retweets. From the team's lists of the 30 most used."
        ),
        frame=frame.rename_axis(["hashtag", "period"]).reset_index(),
        fields=(
            Field(
                "hashtag",
                "string",
                "Hashtag in lower case",
                constraints={"required": True, "pattern": "#.+"},
            ),
            Field(
                "period",
                "string",
                "First (to February 2021) or second (from March 2021) period",
                constraints={"required": True, "enum": halves},
            ),
            Field(
                "uses",
                "integer",
                "Uses; empty where the hashtag is not among the 30 most used of the period",
                "uses",
                {"minimum": 1},
            ),
            Field(
                "at_most",
                "integer",
                "Uses, or what they cannot exceed",
                "uses",
                {"required": True, "minimum": 0},
            ),
        ),
        key=("hashtag", "period"),
        slugs=(SLUG,),
        caveats=(
            "Spellings are not merged: #covid19, #coronavirus and #covid_19 are three hashtags.",
            _DAY,
        ),
    )


def _others(halves: list[str]) -> list[tuple[str, str]]:
    return list(zip(halves, reversed(halves), strict=True))
