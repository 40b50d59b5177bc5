"""What captions and alternative texts claim is true of the data that their figures draw.

Each claim quotes the words it holds, so that a caption that changes asks for its check again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pytest

from tests.editions import tree

Frame: TypeAlias = Any  # a DataFrame; its columns differ from figure to figure
Check: TypeAlias = Callable[[Frame], object]
CHAPTERS, POSTS = "chapters", "blog/2026"
DRAWN = ("img", "svg", "object")
# Words that rank or count: a first sentence with one of them needs a claim.
RANKING = re.compile(
    r"\b(all|almost|always|any|best|both|ever[ty]?|every|few|fewer|first|half|hardly|highest|least"
    r"|longest|lowest|many|more|most|mostly|much|nearly|never|no|none|nothing|only|same|seldom|several|single"
    r"|third|times|together|twice|\w+est|two|three|four|five|eight|ten|twelve|thirteen|\d+)\b",
    re.IGNORECASE,
)


def by(frame: Frame, *keys: str, value: str = "value") -> Any:
    """Return a column under the names of others."""
    return frame.set_index(list(keys))[value]


def ordered(values: Any, *names: object) -> bool:
    """Return whether these have the largest values, in this order."""
    return list(values.nlargest(len(names), keep="all").index) == list(names)


def kind(frame: Frame, name: str, of: str = "kind") -> Frame:
    return frame[frame[of] == name]


def _adoption_curves(d: Frame) -> bool:
    wide = d.pivot_table("share", "month", ["platform", "kind"])
    lead = wide["facebook", "any"] - wide["twitter", "any"]
    persons = wide["any", "personal"] - wide["any", "institution"]
    return bool(
        (lead["2009-06-01":"2010-12-01"] > 0).all()
        and (lead["2012-01-01":] <= 0.02).all()
        and abs(persons["2012-01-01":"2012-12-01"]).min() < 0.02
        and persons.iloc[-1] > 0.02
    )


def _never(d: Frame) -> bool:
    share = by(d, "grouping", "group")
    net, people, regime = share["internet_use"], share["population"], share["regime"]
    return bool(
        net.idxmax() == "lowest"
        and people.idxmin() == "highest"
        and regime["liberal democracy"] == 0
    )


def _regions(d: Frame) -> bool:
    last = d[d["month"] == d["month"].max()].set_index("region")["share"]
    half = d[d["share"] >= 0.5].groupby("region")["month"].min()
    return bool(
        last.idxmin() == "Sub-Saharan Africa"
        and half["Sub-Saharan Africa"] == half.max()
        and half[["Latin America & Caribbean", "Europe & Central Asia"]].max() < "2011-06-01"
    )


def _forecasts(d: Frame) -> bool:
    below = d["value"] < d["came"]
    share = below.groupby(d["series"]).mean()
    return bool(
        share["twitter"] == 1 and 0.2 < share["facebook"] < 0.8 and 0.6 < share["undoubted"] < 1
    )


def _apart_from_both(d: Frame) -> set[str]:
    """Return the accounts whose interval of 2017 meets neither of the other years'."""
    years = {year: rows.set_index("account") for year, rows in d.groupby("year")}
    now = years[2017]
    alone = [
        (now["low"] > years[y]["high"]) | (now["high"] < years[y]["low"]) for y in (2016, 2018)
    ]
    return set(now.index[alone[0] & alone[1]])


def _part(d: Frame, month: str) -> float:
    """Return how far the last values of the series up to a month lie apart."""
    last = d[d["date"].str[:7] <= month].sort_values("date").groupby("series")
    recent = last.tail(1)
    recent = recent[recent["date"] >= f"{int(month[:4])}-01"]
    return float(recent["share"].max() - recent["share"].min())


def _fell(d: Frame, part: float) -> list[str]:
    """Return the accounts whose value of the second span is less than a part of the calm one."""
    spans = by(d, "account", "span").unstack()
    return list(spans.index[spans.drop(columns="calm").iloc[:, 0] < part * spans["calm"]])


def _ecologists(d: Frame) -> Any:
    """Return the share of the ecologists that still post, by day since the start."""
    return by(d[(d["part"] == "stops") & (d["camp"] == "ecologist")], "time", value="survival")


CLAIMS: dict[str, list[tuple[str, Check]]] = {
    "fig-moscow-posts": [
        (
            "became few once a second account carried the news",
            lambda d: (
                by(d, "month", value="posts")["2010-12-01":"2012-04-01"].mean()
                < by(d, "month", value="posts")["2010-07-01":"2010-10-01"].mean() / 4
            ),
        ),
        ("They peak in July 2010", lambda d: d.loc[d["posts"].idxmax(), "month"] == "2010-07-01"),
    ],
    "fig-moscow-arrivals": [
        (
            "The leader came first, in 2010",
            lambda d: (
                d.sort_values("first").head(2)["channel"].str.startswith("Leader").all()
                and (d["first"].str[:4] == "2010").sum() == 2
            ),
        ),
        (
            "four more channels of institutions opened or were announced in the summer of 2012",
            lambda d: d["first"].between("2012-06-01", "2012-09-01").sum() == 4,
        ),
        ("A timeline of seven channels", lambda d: len(d) == 7),
    ],
    "fig-moscow-missions": [
        (
            "US missions abroad had far more accounts on Twitter, and more still on Facebook",
            lambda d: (
                (s := d.groupby(["country", "platform"])["accounts"].sum())["US", "Facebook"]
                > s["US", "Twitter"]
                > 2 * s["Russia"].max()
            ),
        ),
    ],
    "fig-moscow-audiences": [
        (
            "come to more than a third of it",
            lambda d: (
                (s := by(d.drop_duplicates("subject"), "subject"))["Barack Obama"]
                / s["United States"]
                > 1 / 3
                and s["Dmitry Medvedev"] / s["Russia"] > 1 / 3
            ),
        ),
        (
            "many times the audience",
            lambda d: d["value"].iloc[0] > 10 * d["value"].iloc[2],
        ),
    ],
    "fig-moscow-ranks": [
        (
            "best year in the UN's e-participation ranking was 2012",
            lambda d: d.loc[d["best"].idxmin(), "edition"] == 2012,
        ),
        ("twelve editions", lambda d: len(d) == 12),
    ],
    "fig-adoption-curves": [
        (
            "Facebook led until 2011, then Twitter caught up; offices caught up with persons "
            "in 2012 and then fell behind",
            _adoption_curves,
        )
    ],
    "fig-adoption-fits": [
        (
            "only the Bass model starts from zero",
            lambda d: (s := d.groupby("model")["share"].first())["bass"] < 0.002 < s["logistic"],
        ),
    ],
    "fig-adoption-forecasts": [
        (
            "On Twitter the model foretold too little; on Facebook it erred both ways, and without "
            "a few first months that we doubt mostly too little as well",
            _forecasts,
        )
    ],
    "fig-adoption-regions": [
        (
            "Latin America and Europe rose together; Sub-Saharan Africa came years later and lower",
            _regions,
        )
    ],
    "fig-adoption-map": [
        (
            "China and the Pacific",
            lambda d: (
                (n := set(d.loc[d["first_any"].isna(), "iso3"]))
                >= {"CHN", "TKM", "TJK", "NER", "SDN", "CMR"}
                and len(n & {"NRU", "TUV", "KIR", "MHL", "FSM", "PLW", "SLB", "VUT"}) >= 3
            ),
        ),
    ],
    "fig-adoption-never": [
        (
            "Governments were missing most often where few people use the internet, seldom in "
            "the largest countries, and in no liberal democracy",
            _never,
        )
    ],
    "fig-adoption-series": [
        (
            "Two of the counts agree as shares in 2011 and part in 2012",
            lambda d: _part(d, "2011-08") < 0.03 and _part(d, "2012-12") > 0.15,
        ),
    ],
    "fig-adoption-audiences": [
        (
            "One account had more followers than all those outside the first ten together",
            lambda d: d["followers"].iloc[0] > d["followers"].iloc[-1] and len(d) == 11,
        ),
    ],
    "fig-official-posts": [
        (
            "Facebook leads in every region; YouTube differs most",
            lambda d: (
                (w := d.pivot_table("accounts", "region", "platform"))
                .idxmax(axis=1)
                .eq("Facebook")
                .all()
                and (w["YouTube"] / w["Facebook"]).std() > (w["Twitter"] / w["Facebook"]).std()
            ),
        ),
        (
            "Africa, second on Facebook, is last on YouTube",
            lambda d: (
                (w := d.pivot_table("accounts", "region", "platform"))["YouTube"].idxmin()
                == "Africa"
                and w["Facebook"].nlargest(2).index[1] == "Africa"
            ),
        ),
    ],
    "fig-official-growth": [
        (
            "Every agency shown had more registered accounts in June 2017 than in April 2012, "
            "most of them at least three times as many",
            lambda d: (
                (r := d["accounts_2017"] / d["accounts_2012"]).gt(1).all()
                and r.ge(3).mean() > 0.5
                and len(d) == 12
            ),
        ),
    ],
    "fig-official-links": [
        (
            "Addresses added after 2012 were dead more often than older ones, and those that "
            "look like another platform's (orange) most of all",
            lambda d: (
                (s := by(d, "group", value="share"))["later"] > s["in_2012"]
                and s[["twitter_name", "underscore"]].min()
                > s.drop(["twitter_name", "underscore"]).max()
            ),
        ),
    ],
    "fig-official-panel": [
        (
            "dips each January of an odd year",
            lambda d: (
                (t := by(kind(d, "Twitter", "platform"), "quarter"))["2023-01-15"] < t["2022-10-15"]
                and t["2025-01-15"] < t["2024-10-15"]
                and t["2017-01-15"] < t["2016-10-15"]
            ),
        ),
    ],
    "fig-official-newcomers": [
        (
            "The dips come from the new members, whom the list does not yet know",
            lambda d: (
                (
                    s := by(
                        d[
                            d["quarter"].isin(
                                ["2015-01-15", "2017-01-15", "2023-01-15", "2025-01-15"]
                            )
                        ],
                        "quarter",
                        "new",
                        value="share",
                    ).unstack()
                )[True].max()
                < 0.1
                and s[False].min() > 0.85
            ),
        ),
    ],
    "fig-official-ageing": [
        (
            "wrong mainly because members leave",
            lambda d: d["left"].iloc[-1] > 5 * d["changed"].iloc[-1],
        ),
        (
            "passes one half after about seven years",
            lambda d: 6.5 <= d.loc[d["same"] < 0.5, "years"].min() <= 8,
        ),
    ],
    "fig-official-blanks": [
        (
            "Most legislatures lie in the corner with no entry at all",
            lambda d: ((d["twitter_share"] == 0) & (d["facebook_share"] == 0)).mean() > 0.5,
        ),
    ],
    "fig-clock-anatomy": [
        (
            "The largest part of an ID is a time",
            lambda d: d.loc[d["bits"].idxmax(), "part"] == "time" and d["bits"].sum() == 64,
        ),
    ],
    "fig-clock-agreement": [
        (
            "Since 2015 every ID names the second",
            lambda d: (
                (d.loc[d["year"] >= 2015, "share"] == 1).all()
                and (d.loc[d["year"] < 2015, "share"] < 1).any()
            ),
        ),
        ("years with at least 50 posts", lambda d: d["posts"].min() >= 50),
    ],
    "fig-clock-dating": [
        (
            "to within a day for nearly all accounts tested",
            lambda d: d.loc[d["error"] <= 1, "share"].max() > 0.9,
        ),
    ],
    "fig-clock-seconds": [
        (
            "Two health departments publish many of their posts at the start of the minute, "
            "WHO and a president no more than at any other second",
            lambda d: (
                (s := d[d["second"] < 5].groupby("account")["share"].sum())[
                    ["HHSGov", "DHSCgovuk"]
                ].min()
                > 0.4
                and abs(s[["WHO", "realDonaldTrump"]] - 1 / 12).max() < 0.01
            ),
        ),
    ],
    "fig-clock-programs": [
        (
            "Two programs without a scheduler publish evenly; each of four other tools leaves "
            "a trace of its own",
            lambda d: (
                (s := d.groupby("client")["share"].agg(lambda x: x.max() / x.mean()))
                .nsmallest(2)
                .max()
                < 1.3
                < s.nlargest(4).min()
                and len(s) == 6
            ),
        ),
    ],
    "fig-clock-minutes": [
        (
            "Posts of the first five seconds prefer full and half hours, other posts hardly",
            lambda d: (
                (s := d[d["minute"].isin([0, 30])].groupby("part")["share"].sum())["first_five"]
                > 3 * s.drop("first_five").max()
                and s.drop("first_five").max() < 0.06
            ),
        ),
    ],
    "fig-clock-accounts": [
        (
            "More than half of the accounts show a scheduler, a few to a great extent",
            lambda d: (
                ((d["value"] > 1 / 12) & (d["pvalue"] < 0.05)).mean() > 0.5
                and 0 < (d["value"] > 0.25).mean() < 0.25
            ),
        ),
    ],
    "fig-clock-hands": [
        (
            "few posts in the first seconds, many on round minutes",
            lambda d: ((d["value"] < 0.2) & (d["value_round"] > 0.35)).sum() >= 3,
        ),
        (
            "Three lie far above, anvisa_oficial, CDCemergency and CDCGlobal",
            lambda d: (
                set(d.nlargest(3, "value_round")["account"])
                == {"anvisa_oficial", "CDCemergency", "CDCGlobal"}
            ),
        ),
    ],
    "fig-clock-habits": [
        ("the six accounts that moved most", lambda d: d["account"].nunique() == 6),
        (
            "Months from January 2019 with at least 30 posts",
            lambda d: d["posts"].min() >= 30 and d["month"].min() >= "2019-01",
        ),
        (
            "BorisJohnson rises in November 2019 to a peak in December and is back near the dashed "
            "line by March 2020",
            lambda d: (
                (s := kind(d, "BorisJohnson", "account").set_index("month")["share"])
                .nlargest(2)
                .index.tolist()
                == ["2019-12-01", "2019-11-01"]
                and s["2020-03-01":].max() < 0.15
            ),
        ),
    ],
    "fig-hours-clocks": [
        (
            "Where clocks go forward in summer, posts come about an hour earlier",
            lambda d: (
                (s := d[d["hour"] <= 8].groupby(["panel", "season"])["share"].sum())[
                    "changed", "summer"
                ]
                > 1.5 * s["changed", "winter"]
                and 0.8 < s["kept", "summer"] / s["kept", "winter"] < 1.25
            ),
        ),
    ],
    "fig-hours-week": [
        (
            "Institutions keep office hours, leaders much less",
            lambda d: (
                (
                    s := d[d["weekday"].between(1, 5) & d["hour"].between(9, 16)]
                    .groupby("group")["share"]
                    .sum()
                )["leader"]
                == s.min()
                and s.drop("leader").min() - s["leader"] > 0.05
            ),
        ),
    ],
    "fig-hours-weekends": [
        (
            "Almost every account posts less at weekends",
            lambda d: 0.9 < (d["weekend"] < 2 / 7).mean() < 1,
        ),
    ],
    "fig-hours-leaders": [
        (
            "In every country compared, the leader's share of weekend posts is the higher one",
            lambda d: (d["more"] > 0).all() and len(d) == 8,
        ),
        (
            "widest in Brazil, and small in the United Kingdom and France",
            lambda d: (
                ordered(by(d, "country", value="more"), "BR")
                and set(d.nsmallest(2, "more")["country"]) == {"GB", "FR"}
            ),
        ),
    ],
    "fig-hours-parliament": [
        (
            "Members post on through the evening and at weekends; institutions slow down "
            "after five",
            lambda d: (
                (s := d[~d["weekend"] & d["hour"].between(18, 22)].groupby("group")["share"].sum())[
                    "members"
                ]
                > 1.5 * s.drop("members").max()
            ),
        ),
    ],
    "fig-hours-programs": [
        (
            "Posts from the web site keep office hours, those from phones do not",
            lambda d: (
                (s := d[d["weekday"] >= 6].groupby("group")["share"].sum())["mobile"]
                > 2 * s["site"]
            ),
        ),
    ],
    "fig-hours-pairs": [
        (
            "Nearly every member's weekend share is larger from a phone or tablet",
            lambda d: d.loc[d["from"] >= -0.001, "members"].sum() / d["members"].sum() > 0.9,
        ),
    ],
    "fig-words-ease": [
        (
            "The Scottish Government became much easier to read, the European Central Bank "
            "ended where it had begun",
            lambda d: (
                (w := d.pivot_table("value", "year", "account"))["scotgov"].iloc[-1]
                - w["scotgov"].iloc[0]
                > 15
                and abs(w["ecb"].dropna().iloc[-3:].mean() - w["ecb"].dropna().iloc[:3].mean()) < 3
            ),
        ),
        (
            "The Scottish Government's begins lowest, dips in 2017 and ends highest",
            lambda d: (
                (w := d.pivot_table("value", "year", "account")).iloc[0].idxmin() == "scotgov"
                and w.iloc[-1].idxmax() == "scotgov"
            ),
        ),
    ],
    "fig-words-spread": [
        (
            "A single post tells little: the middle half of posts lies further apart than ten "
            "years of change",
            lambda d: (d["high"] - d["low"]).min() > 20,
        ),
    ],
    "fig-words-limit": [
        (
            "Posts became longer when they could, clearly more than in the years beside it in "
            "Downing Street and the Council; only the Council's sentences, and no institution's "
            "reading ease, stand apart from both other years",
            lambda d: (
                (d.loc[(d["measure"] == "characters") & (d["year"] == 2017), "low"] > 0).all()
                and {m: _apart_from_both(d[d["measure"] == m]) for m in d["measure"].unique()}
                == {
                    "characters": {"10DowningStreet", "EUCouncil"},
                    "sentences": {"EUCouncil"},
                    "reading_ease": set(),
                }
            ),
        ),
        (
            "in reading ease the line of 2017 overlaps both others in all five",
            lambda d: (
                (
                    e := d[d["measure"] == "reading_ease"].pivot(
                        index="account", columns="year", values=["low", "high"]
                    )
                ).shape[0]
                == 5
                and all(
                    (e["low", 2017] <= e["high", y]).all()
                    and (e["low", y] <= e["high", 2017]).all()
                    for y in (2016, 2018)
                )
            ),
        ),
    ],
    "fig-words-emoji": [
        (
            "Emoji went from hardly any post to nearly every one at the OECD and the Council, "
            "and stayed rare at the central bank until 2020",
            lambda d: (
                (w := d.pivot_table("value", "year", "account"))
                .loc[2020, ["OECD", "EUCouncil"]]
                .min()
                > 0.9
                and w.loc[2015, ["OECD", "EUCouncil"]].max() < 0.05
                and w.loc[:2020, "ecb"].max() < 0.05
            ),
        ),
    ],
    "fig-words-tone": [
        (
            "In the spring of 2020 the two governments and the OECD sounded less positive",
            lambda d: (
                set(_fell(d[d["tone"] == "positive"], 0.7))
                == {"10DowningStreet", "scotgov", "OECD"}
            ),
        ),
    ],
    "fig-words-languages": [
        (
            "about as many English as French accounts on X and Facebook; on LinkedIn most are "
            "in both languages",
            lambda d: (
                (w := d.pivot_table("accounts", "platform", "language")).loc["X", "English"]
                / w.loc["X", "French"]
                < 1.1
                and w.loc["LinkedIn"].idxmax() == "both"
                and w.loc["LinkedIn", "both"] / w.loc["LinkedIn"].sum() > 0.5
            ),
        ),
        (
            "On X and Facebook a small rest is in both languages, on YouTube and Instagram a "
            "larger one, on LinkedIn and Flickr most accounts",
            lambda d: (
                (
                    b := (w := d.pivot_table("accounts", "platform", "language"))["both"]
                    / w.sum(axis=1)
                )[["X", "Facebook"]].max()
                < 0.1
                < b[["YouTube", "Instagram"]].min()
                and b[["YouTube", "Instagram"]].max() < 0.5 < b[["LinkedIn", "Flickr"]].min()
            ),
        ),
    ],
    "fig-emergency-italy": [
        (
            "The hospitals filled twice, the ministry posted much more only once",
            lambda d: (
                (w := d.set_index("week"))["wards"]["2020-10-01":"2020-12-31"].max()
                > w["wards"]["2020-03-01":"2020-05-31"].max()
                and w["posts"]["2020-03-01":"2020-05-31"].mean()
                > 2 * w["posts"]["2020-10-01":"2020-12-31"].mean()
            ),
        ),
    ],
    "fig-emergency-ratios": [
        (
            "Most health accounts rose in the first wave, and most posted less in the second",
            lambda d: (
                (w := by(d, "account", "wave").unstack())["first"].gt(1).mean() > 0.5
                and (w["second"] < w["first"]).mean() > 0.5
            ),
        ),
    ],
    "fig-emergency-course": [
        (
            "The rise is clearest among the health accounts",
            lambda d: ordered(
                d[d["week"].between("2020-03-02", "2020-04-06")]
                .assign(clear=lambda x: x["low"] > 1)
                .groupby("kind")["clear"]
                .mean(),
                "health",
            ),
        ),
    ],
    "fig-emergency-followers": [
        (
            "Followers leapt with Sandy after a year of even growth",
            lambda d: (
                d.loc[d["calm"], "multiple"].between(0.6, 1.4).all()
                and d.loc[d["multiple"].idxmax(), "start"] == "2012-10-24"
                and d["multiple"].max() > 10
            ),
        ),
        (
            "within a band for a year, but for one stretch just below it",
            lambda d: (
                (c := d[d["calm"]])
                .loc[~c["gain"].between(c["low"], c["high"])]
                .eval("gain < low and gain > 0.9 * low")
                .tolist()
                == [True]
            ),
        ),
        (
            "above this band in the stretch with Hurricane Irene, very far above it through "
            "Sandy, and still far above it in the week after",
            lambda d: (
                (d.loc[~d["calm"], "multiple"] > 1.5).all()
                and d.loc[d["multiple"].idxmax(), "start"] == "2012-10-24"
            ),
        ),
    ],
    "fig-emergency-gains": [
        (
            "Every account gained followers through Sandy, four of them far more than all others",
            lambda d: (
                (d["sandy"] > 0).all()
                and d["sandy"].nlargest(5).iloc[3] > 2 * d["sandy"].nlargest(5).iloc[4]
            ),
        ),
    ],
    "fig-emergency-evening": [
        (
            "Two evenings of one week stand out",
            lambda d: (
                set(d[d["hour"].between(20, 22)].groupby("day")["posts"].sum().nlargest(2).index)
                == {"2021-01-04", "2021-01-06"}
            ),
        ),
    ],
    "fig-conversation-members": [
        (
            "Most members of Congress hardly ever reply to others",
            lambda d: (s := by(d, "hundredths", value="members")).loc[:3].sum() / s.sum() > 0.5,
        ),
        (
            "most of it are members without any reply",
            lambda d: d["none"].iloc[0] / d["members"].iloc[0] > 0.5,
        ),
    ],
    "fig-conversation-champions": [
        (
            "More than half of the accounts that seem to reply most answer themselves: the twelve",
            lambda d: len(d) == 12 and (d["threads"] > d["replies"]).mean() > 0.5,
        ),
        (
            "Three accounts, led by Jeff Duncan's, have only replies that name somebody",
            lambda d: (
                (n := d[d["threads"] == 0]).shape[0] == 3
                and n.loc[n["replies"].idxmax(), "account"] == "RepJeffDuncan"
            ),
        ),
        (
            "Seven, the three longest among them, consist mostly of replies that name nobody, two "
            "more in part",
            lambda d: (
                (mostly := d["threads"] > d["replies"]).sum() == 7
                and mostly[(d["replies"] + d["threads"]).nlargest(3).index].all()
                and (d["threads"].gt(0) & ~mostly).sum() == 2
            ),
        ),
    ],
    "fig-conversation-groups": [
        (
            "The parties cannot be told apart",
            lambda d: all(g["low"].max() < g["high"].min() for _, g in d.groupby("chamber")),
        ),
        (
            "those of the Senate lower, the Republicans lowest",
            lambda d: d.loc[d["share"].idxmin(), ["chamber", "party"]].tolist() == ["Senate", "R"],
        ),
    ],
    "fig-conversation-lorenz": [
        (
            "A few posts and members hold most of the retweets",
            lambda d: (
                (d[(d["cases"] < 0.9)].groupby("curve")["total"].max()).drop("followers").max()
                < 0.5
            ),
        ),
    ],
    "fig-conversation-tail": [
        (
            "Three laws fit the middle of the retweet counts and none the end",
            lambda d: (
                (e := d.tail(3)) is not None
                and (e[["power_law", "lognormal", "cutoff"]].gt(1.2 * e["observed"], axis=0))
                .all()
                .all()
            ),
        ),
    ],
    "fig-conversation-withdrawal": [
        (
            "Replies rise from the end of 2012 and nearly vanish in 2014, while other posts go on "
            "naming accounts",
            lambda d: (
                (
                    y := d.assign(year=d["quarter"].str[:4])
                    .groupby("year")[["reply_share", "naming_share"]]
                    .mean()
                )["reply_share"]["2013"]
                > 0.2
                > 0.1
                > y["reply_share"]["2014"]
                and y["naming_share"]["2014":"2016"].min() > 0.1
            ),
        ),
        (
            "climb more than a hundredfold between 2014 and 2017",
            lambda d: (
                (m := by(d, "quarter", value="retweets_median"))["2017-01-01"]
                > 100 * m["2014-01-01":"2014-10-01"].min()
            ),
        ),
    ],
    "fig-conversation-ratio": [
        (
            "In office, one president drew as many replies as retweets, the other far fewer",
            lambda d: (
                (by(kind(d, "BarackObama", "account"), "month", value="ratio"))[:"2017-01-01"].max()
                < 0.8
                and (by(kind(d, "realDonaldTrump", "account"), "month", value="ratio"))[
                    "2017-02-01":
                ].median()
                > 0.8
            ),
        ),
        ("at least ten posts", lambda d: d["posts"].min() >= 10),
    ],
    "fig-conversation-notes": [
        (
            "A note under a post of Congress was shown less often than one under other posts",
            lambda d: (s := by(d, "group", value="share"))["congress"] < s["others"] / 2,
        ),
        (
            "personal accounts of present or former office-holders have the shortest bar, official "
            "accounts a longer one, all others the longest",
            lambda d: list(d["share"].iloc[2:].sort_values().index) == [3, 2, 4],
        ),
    ],
    "fig-conversation-pages": [
        (
            "In this list the prime minister's page is far ahead; how much governments' and "
            "premiers' pages grew depends on a few pages",
            lambda d: (
                (s := d.set_index("kind"))["after"].idxmax() == "prime minister"
                and s["pages"]["premier"] < 20
                and s["high"]["government"] > 4 * s["low"]["government"]
            ),
        ),
    ],
    "fig-town-hall-platforms": [
        (
            "Town halls are listed more often on Facebook, Instagram, YouTube and TikTok, "
            "authorities more often on X",
            lambda d: (
                set(
                    (w := by(d, "platform", "group").unstack()).index[
                        w["town halls"] > w.drop(columns="town halls").iloc[:, 0]
                    ]
                )
                == {"Facebook", "Instagram", "YouTube", "TikTok"}
            ),
        ),
    ],
    "fig-town-hall-sizes": [
        (
            "Cities have X more often the larger they are; on Facebook size hardly matters",
            lambda d: (
                (
                    d[(d["kind"] == "city") & (d["platform"] == "X")].sort_values(
                        "median_population"
                    )
                )["value"].is_monotonic_increasing
                and d.loc[d["platform"] == "Facebook", "value"].min() > 0.8
            ),
        ),
    ],
    "fig-town-hall-lists": [
        (
            "Most accounts that only the later list has stand beside a question mark",
            lambda d: d["newer_unknown"].sum() / d["only_newer"].sum() > 0.5,
        ),
        ("Eight stacked bars", lambda d: len(d) == 8),
    ],
    "fig-town-hall-editions": [
        (
            "Instagram drew level with X among German authorities; the list shows no exit from X",
            lambda d: (
                (w := by(d, "edition", "platform").unstack())["Instagram"].iloc[-1]
                >= w["X"].iloc[-1]
                and abs(w["X"].iloc[-1] - w["X"].iloc[0]) < 0.02
            ),
        ),
    ],
    "fig-town-hall-doors": [
        (
            "Few requests came by Twitter, and in San Francisco fewer still in the years in "
            "which the app's share rose",
            lambda d: (
                d.loc[d["channel"] == "Twitter", "value"].max() < 0.05
                and (w := by(kind(d, "San Francisco", "city"), "year", "channel").unstack())["app"]
                .loc[2012:]
                .is_monotonic_increasing
                and w["Twitter"].loc[2013:].is_monotonic_decreasing
            ),
        ),
    ],
    "fig-town-hall-closing": [
        (
            "No channel is clearly the fastest for every kind of work",
            lambda d: d.loc[d.groupby("category")["median"].idxmin(), "channel"].nunique() > 1,
        ),
        (
            "For illegal posters the web form comes first and the app last, with intervals that "
            "overlap",
            lambda d: (
                (p := kind(d, "Illegal Postings", "category").set_index("channel"))
                .sort_values("median")
                .index.tolist()
                == ["web", "phone", "app"]
                and p["low"].max() < p["high"].min()
            ),
        ),
    ],
    "fig-networks-matrix": [
        (
            "Many name the United States and France; Montenegro names others and is not named",
            lambda d: (
                (d[d["source"] != d["target"]].groupby("target")["mentions"].sum())["MNE"] == 0
                and set(
                    (d[d["source"] != d["target"]].query("mentions > 0").groupby("target").size())
                    .nlargest(2)
                    .index
                )
                == {"USA", "FRA"}
            ),
        ),
        (
            "The strongest cell is that of Montenegro naming NATO",
            lambda d: (
                d.loc[d["mentions"].idxmax(), ["source", "target"]].tolist() == ["MNE", "NATO"]
            ),
        ),
    ],
    "fig-networks-people": [
        (
            "The four who are named most name hardly anybody: the thirteen accounts",
            lambda d: len(d) == 13 and d["mentions"].head(4).max() <= 3,
        ),
    ],
    "fig-networks-countries": [
        (
            "India and Russia are named by few in every year, the United States from 2012 and "
            "France from 2014 on by more",
            lambda d: (
                (w := by(d, "year", "home").unstack())[["IND", "RUS"]].max().max() < 0.2
                and w["USA"].loc[2012:].gt(w[["IND", "RUS"]].loc[2012:].max(axis=1)).all()
                and w["FRA"].loc[2014:].gt(w[["IND", "RUS"]].loc[2014:].max(axis=1)).all()
            ),
        ),
    ],
    "fig-networks-hashtags": [
        (
            "Some hashtags come and go with an event, others return every year",
            lambda d: (
                (n := d[d["share"] > 0.05].groupby("hashtag").size()).min() <= 2 and n.max() >= 5
            ),
        ),
        (
            "The thirteen with the largest share in any one year (three share the last place)",
            lambda d: (
                len(s := d.groupby("hashtag")["share"].max().sort_values()) == 13
                and s.iloc[0] == s.iloc[2] < s.iloc[3]
            ),
        ),
        (
            "The strongest cell is cop21 in 2015, next rio2016 in 2016",
            lambda d: d.nlargest(2, "share")["hashtag"].tolist() == ["cop21", "rio2016"],
        ),
    ],
    "fig-networks-delegations": [
        (
            "In small delegations a neighbour of the other party is named far more often than "
            "a partisan from elsewhere, in the largest no more often",
            lambda d: (
                (w := by(d, "least", "kind").unstack())["neighbours"].iloc[0]
                > 5 * w["partisans"].iloc[0]
                and (d[d["least"] == d["least"].max()]).set_index("kind")["low"]["neighbours"]
                < w["partisans"].iloc[-1]
            ),
        ),
    ],
    "fig-networks-home": [
        (
            "A member is far likelier to name a colleague who names the member, across parties too",
            lambda d: (d["back_low"] > d["high"]).all(),
        ),
    ],
    "fig-diplomats-coverage": [
        ("No list names all embassies", lambda d: d.loc[d["kind"] == "embassy", "share"].max() < 1),
        ("Russia none", lambda d: by(d, "iso3", "kind", value="listed")["RUS", "consulate"] == 0),
    ],
    "fig-diplomats-openings": [
        (
            "Offices came in great number around the turn of 2020; of the accounts opened since "
            "July 2021 most bear the name of a person",
            lambda d: (
                (kind(d, "office", "holder").set_index("quarter")["accounts"]).idxmax()
                in {"2019-10-01", "2020-01-01"}
                and (s := d[d["quarter"] >= "2021-07-01"].groupby("holder")["accounts"].sum())[
                    "person"
                ]
                > s["office"]
            ),
        ),
    ],
    "fig-diplomats-concentration": [
        (
            "Own posts are spread unevenly over the accounts, followers far more unevenly",
            lambda d: (
                (g := d.groupby("measure")["gini"].first())["followers"] == g.max()
                and g.min() > 0.3
            ),
        ),
    ],
    "fig-diplomats-heads": [
        (
            "Some heads are ahead of their mission, more are behind, and in London the "
            "predecessor was far ahead of both",
            lambda d: (
                0
                < (d.loc[d["head"] == "in office", "ratio"] > 1).sum()
                < (d.loc[d["head"] == "in office", "ratio"] < 1).sum()
            ),
        ),
    ],
    "fig-diplomats-languages": [
        (
            "seldom to most of the other hosts in the list",
            lambda d: (
                (
                    d.loc[
                        d["hosts"].isin(
                            ["Japan", "France", "Russia and Ukraine", "Germany", "Italy"]
                        ),
                        "english",
                    ]
                    < 0.1
                ).all()
                and len(d) == 9
            ),
        ),
    ],
    "fig-diplomats-hashtags": [
        ("Eight hashtags", lambda d: d["hashtag"].nunique() == 8),
        (
            "China and Xinjiang stay level; Hong Kong falls",
            lambda d: (
                (w := by(d, "hashtag", "period", value="rate").unstack()) is not None
                and all(
                    0.7 < w.loc[h, "second"] / w.loc[h, "first"] < 1.4
                    for h in ("#china", "#xinjiang")
                )
                and w.loc["#hongkong", "second"] < w.loc["#hongkong", "first"] / 2
            ),
        ),
    ],
    "fig-diplomats-silence": [
        (
            "Sweden's silent embassies stopped at different times, from 2019 to 2025",
            lambda d: (
                (s := d.dropna(subset=["last_post"]))["last_post"].min()[:4] == "2019"
                and s["last_post"].max()[:4] == "2025"
            ),
        ),
        (
            "for more than 90 days before 7 February 2026, all of them embassies",
            lambda d: (
                (s := d.dropna(subset=["days"]))["days"].min() > 90
                and (s["kind"] == "embassy").all()
            ),
        ),
    ],
    "fig-ranking-criteria": [
        (
            "Popularity and trust agree a little, engagement with neither",
            lambda d: (
                (d.loc[d["first"].eq("popularity") & d["second"].eq("trust"), "low"] > 0).all()
                and (
                    (e := d[d["second"].eq("engagement") | d["first"].eq("engagement")])["low"] < 0
                ).all()
                and (e["high"] > 0).all()
            ),
        ),
    ],
    "fig-ranking-accounts": [
        (
            "Other weights move even the first accounts by dozens of places",
            lambda d: (d["high"] - d["low"]).min() > 24 and len(d) == 12,
        ),
    ],
    "fig-ranking-russia": [
        (
            "Russia stood in the first quarter in each of these rankings",
            lambda d: d["share"].max() <= 0.25,
        )
    ],
    "fig-ranking-index": [
        (
            "None of the first fifteen countries leads by every indicator",
            lambda d: (
                len(d) >= 15
                and not (
                    d.drop(columns=["iso3", "index_place"]).eq(
                        d.drop(columns=["iso3", "index_place"]).min()
                    )
                )
                .all(axis=1)
                .any()
            ),
        ),
    ],
    "fig-ranking-weights": [
        (
            "In the middle of the table other weights move a country by dozens of places",
            lambda d: (
                (
                    d.loc[d["place"].between(60, 130), "high"]
                    - d.loc[d["place"].between(60, 130), "low"]
                ).median()
                > 24
                and len(d) == 193
            ),
        ),
    ],
    "fig-ranking-houses": [
        (
            "mostly agree on services on line, and for some countries not at all",
            lambda d: (
                d["online_services"].corr(d["service_portals"], method="spearman") > 0.75
                and abs(d["online_services"] - d["service_portals"]).max() > 80
            ),
        ),
        (
            "the four countries furthest from it are named",
            lambda d: (
                set(
                    (abs(d["online_services"] - d["service_portals"]))
                    .nlargest(4)
                    .index.map(d["iso3"])
                )
                == {"IRN", "AUS", "NLD", "LIE"}
            ),
        ),
    ],
    "fig-ranking-error": [
        (
            "Errors of measurement leave most countries a range of dozens of places",
            lambda d: ((d["high"] - d["low"]) >= 24).mean() > 0.5,
        ),
    ],
    "fig-ranking-published": [
        (
            "half of the countries have a range of dozens of places",
            lambda d: (d["high"] - d["low"]).median() >= 24,
        ),
    ],
    "fig-ranking-firm": [
        (
            "Only countries more than forty places apart are nearly always in a firm order",
            lambda d: (
                (s := d[d["apart"] <= 100].groupby("apart")["firm"].min())[50] > 0.75
                and s[40] < 0.75
            ),
        ),
    ],
    "fig-ranking-left-out": [
        (
            "No single indicator carries the ranking, but the organisation that scores it does",
            lambda d: (
                (w := d.set_index("left_out").eval("high - low")).nlargest(2).min()
                > 1.5 * w.nsmallest(7).max()
            ),
        ),
        ("Nine bars around zero", lambda d: len(d) == 9),
    ],
    "fig-ranking-editions": [
        (
            "Four countries over twelve editions",
            lambda d: d["iso3"].nunique() == 4 and d["edition"].nunique() == 12,
        ),
    ],
    "fig-amplification-births": [
        (
            "the other falls on the day of the invasion",
            lambda d: ordered(by(d, "day", value="accounts")["2021-01-01":], "2022-02-24"),
        ),
        (
            "a needle in July 2015",
            lambda d: by(d, "day", value="accounts").idxmax() == "2015-07-15",
        ),
    ],
    "fig-amplification-war": [
        (
            "Posts with the hashtags of the war had mostly gone by the summer",
            lambda d: (
                (s := by(d, "day", value="tweets"))["2022-06-01":"2022-08-31"].median()
                < 0.2 * s["2022-02-24":"2022-03-10"].median()
            ),
        ),
    ],
    "fig-amplification-windows": [
        (
            "Shares of one thing lie far nearer in time than if all times were dealt anew",
            lambda d: (d["coincidences"] > 5 * d["expected"]).all(),
        ),
    ],
    "fig-amplification-pairs": [
        (
            "In three of four rows far more pairs of accounts coincide than in shuffled crowds",
            lambda d: len(d) == 4 and (d["observed"] > 1.5 * d["high"]).sum() == 3,
        ),
        (
            "the distance is smaller where the shuffle keeps each account's speed",
            lambda d: (d["shuffled_of_speed"] > d["shuffled"]).all(),
        ),
    ],
    "fig-amplification-payers": [
        (
            "ranges from nothing to three tenths",
            lambda d: d["value"].min() == 0 and 0.25 < d["value"].max() < 0.35,
        ),
    ],
    "fig-amplification-named": [
        (
            "In several countries one public body pays about half of what all public bodies pay",
            lambda d: d.groupby(["period", "country"])["part"].max().between(0.4, 0.65).sum() >= 3,
        ),
        ("some are not of the country", lambda d: (d["seat"] != "home").any()),
    ],
    "fig-amplification-errors": [
        (
            "Words find public bodies well in Brazil and Argentina, badly in Switzerland and "
            "Ukraine",
            lambda d: (
                (s := d.groupby("country")["precision_value"].max())[["BR", "AR"]].min() > 0.8
                and s[["CH", "UA"]].max() < 0.1
            ),
        ),
    ],
    "fig-control-google": [
        (
            "Russia alone sent Google more requests to remove than all other countries together",
            lambda d: (
                (s := d.fillna({"code": "all"}).groupby("code")["requests"].sum())["RU"]
                > s["all"] / 2
            ),
        ),
        ("Nine small line charts", lambda d: d.fillna({"code": "all"})["code"].nunique() == 9),
    ],
    "fig-control-bodies": [
        (
            "In many countries one kind of office makes most requests",
            lambda d: (d.groupby("code")["share"].max() > 0.5).mean() > 0.5,
        ),
    ],
    "fig-control-published": [
        (
            "Most printed totals are in the file unchanged",
            lambda d: (d["difference"] == 0).mean() > 0.5,
        ),
        ("Ten rows of boxes", lambda d: d["citation"].nunique() == 10),
    ],
    "fig-control-reasons": [
        (
            "those of Vietnam and Thailand are alike",
            lambda d: (
                (
                    w := by(d.fillna({"reason": "none"}), "code", "reason", value="share")
                    .unstack()
                    .fillna(0)
                )
                .loc["VN"]
                .idxmax()
                == w.loc["TH"].idxmax()
                == "Government criticism"
            ),
        ),
    ],
    "fig-control-outcomes": [
        (
            "Google removes most of what most of these countries ask it to remove, but little "
            "for Bangladesh",
            lambda d: (
                (d["items_removed"] > 0.5).mean() > 0.5
                and by(d, "code", value="items_removed")["BD"] < 0.1
            ),
        ),
    ],
    "fig-control-criticism": [
        (
            "it removes in few countries",
            lambda d: (
                (d["removed_share"] > 0.5).sum() == 3 and (d["removed_share"] < 0.15).sum() == 5
            ),
        ),
        ("at least 300 items", lambda d: d["items"].min() >= 300),
    ],
    "fig-control-twitter": [
        (
            "Türkiye asked most in every year from 2014",
            lambda d: (s := d[d["year"] >= 2014])["TR"].gt(s[["RU", "FR"]].max(axis=1)).all(),
        ),
    ],
    "fig-control-dsa": [
        (
            "Most of these platforms are ordered to give information on users more often than "
            "to act against content",
            lambda d: (
                (d["to_provide"] > d["to_act"]).mean() > 0.5
                and set(d.loc[d["to_provide"] < d["to_act"], "service"]) == {"Pinterest", "YouTube"}
            ),
        ),
    ],
    "fig-control-states": [
        (
            "Germany and Austria ask TikTok about its users most, Romania and Denmark order "
            "it to act most",
            lambda d: (
                ordered(by(d, "state", value="provide_per_million"), "DE", "AT")
                and ordered(by(d, "state", value="act_per_million"), "RO", "DK")
            ),
        ),
    ],
    "fig-control-places": [
        (
            "India leads by far if all shutdowns are counted, Iran if only nationwide ones are",
            lambda d: (
                (s := by(d, "code", value="any_size").nlargest(2)).index[0] == "IND"
                and s.iloc[0] > 5 * s.iloc[1]
                and ordered(by(d, "code", value="nationwide"), "IRN")
            ),
        ),
    ],
    "fig-control-causes": [
        (
            "In war and protest mostly the whole network is switched off; to control "
            "information, nearly always single services",
            lambda d: (
                (s := d.set_index("cause"))
                .loc[["conflict", "protests"]]
                .eval("network / (network + both + services)")
                .min()
                > 0.5
                and s.loc["control of information", "services"]
                / s.loc["control of information"].sum()
                > 0.9
            ),
        ),
    ],
    "fig-control-shutdowns": [
        (
            "Autocracies switch off several times as often as democracies",
            lambda d: (
                (s := kind(d, "exact", "interval").set_index("regime")["value"])[
                    ["closed autocracy", "electoral autocracy"]
                ].min()
                > 3 * s.drop(["closed autocracy", "electoral autocracy"]).max()
            ),
        ),
    ],
    "fig-control-censorship": [
        (
            "In electoral autocracies experts see more censorship of the internet than in 2003",
            lambda d: (
                (s := by(d, "regime", "year", value="median")["electoral autocracy"])[2023]
                < s[2003]
            ),
        ),
    ],
    "fig-control-disinformation": [
        (
            "the more false information they see its government spread at home",
            lambda d: d["polyarchy"].corr(d["government_disinformation"], method="spearman") < -0.7,
        ),
    ],
    "fig-exit-crossing": [
        (
            "Facebook passed X on Canada's federal list at the end of 2025, by one step down "
            "and many steps up",
            lambda d: (
                (w := by(d, "date", "platform", value="accounts").unstack())["X"].diff().min() < -20
                and (w.index[(w["Facebook"] > w["X"])])[0][:7] == "2025-12"
            ),
        ),
    ],
    "fig-exit-states": [
        (
            "No Swedish municipality and no university whose account could be read had posted "
            "on X for 90 days; most missions and ministries with a readable account had",
            lambda d: (
                (s := d.set_index("kind")).loc[["municipality", "university"], "posting"].sum() == 0
                and (s["posting"] > s["silent"])[["mission", "ministry"]].all()
            ),
        ),
    ],
    "fig-exit-survival": [
        (
            "Regions and municipalities fall steadily from 2018 and had lost more than half "
            "by the sale",
            lambda d: all(
                kind(d, name)[kind(d, name)["time"] < 4.82]["survival"].min() < 0.5
                for name in ("region", "municipality")
            ),
        ),
        (
            "agencies and universities after the company was sold",
            lambda d: all(
                kind(d, name)[kind(d, name)["time"] < 4.82]["survival"].min() > 0.75
                for name in ("agency", "university")
            ),
        ),
    ],
    "fig-exit-groups": [
        (
            "In several groups about as many members were found on Bluesky as link to X",
            lambda d: (
                (abs((w := by(d, "name", "platform").unstack())["X"] - w["Bluesky"]) < 0.1).sum()
                >= 3
            ),
        ),
        (
            "only among the Greens did half post on Bluesky in a week",
            lambda d: (
                (b := kind(d, "Bluesky", "platform"))
                .loc[b["week"] >= 0.5 * b["members"], "name"]
                .tolist()
                in (["Greens/EFA"], ["Greens"], ["G/EFA"], ["Verts/ALE"])
            ),
        ),
    ],
    "fig-exit-countries": [
        (
            "In the larger delegations more members link to X than were found on Bluesky, "
            "but for the Netherlands and Portugal",
            lambda d: (
                set((w := by(d, "name", "platform").unstack()).index[w["X"] <= w["Bluesky"]])
                == {"NL", "PT"}
            ),
        ),
    ],
    "fig-exit-deputies": [
        (
            "nearly half of the ecologists who could be followed",
            lambda d: 0.5 < _ecologists(d).loc[40:60].min() < 0.6,
        ),
        (
            "Below, X leads in every camp except the ecologists, of whom more than half posted",
            lambda d: (
                (w := by(d[d["part"] != "stops"], "camp", "platform", value="week").unstack())
                .drop("ecologist")
                .idxmax(axis=1)
                .eq("X")
                .all()
                and w.loc["ecologist"].idxmax() == "Bluesky"
            ),
        ),
    ],
    "fig-exit-wave": [
        (
            "and still listed, a larger share of the public bodies' than of the parties' and "
            "politicians' still posts",
            lambda d: (
                (s := d.dropna(subset=["value"]).groupby("kind")["value"].min())["public body"]
                > s["party or politician"]
            ),
        ),
    ],
    "fig-exit-parliaments": [
        (
            "The Swedish Riksdag has two shares on X, from two lists",
            lambda d: kind(d, "Riksdag", "body").shape[0] == 2,
        ),
        ("Dots for eleven lists", lambda d: len(d) == 11),
    ],
    "fig-lessons-evidence": [
        (
            "for some rows the evidence is strong, and one is a single case",
            lambda d: (
                set(d["grade"]) == {"strong", "moderate", "suggestive"}
                and d.loc[d["grade"] == "suggestive", "item"].nunique() == 1
            ),
        ),
        (
            "but for three rows: the place, where the line holds 95 of 100 random sets of weights, "
            "and attention and followers",
            lambda d: d["item"].isin(["rank", "attention", "service"]).sum() == 3,
        ),
    ],
    "fig-rome-since": [
        (
            "in requests to Google Russia has been far above Italy since 2014",
            lambda d: (
                (by(d[d["part"] != "places"], "year", "iso3").unstack())
                .loc[2014:]
                .eval("RUS / ITA")
                .min()
                > 2
            ),
        ),
        (
            "Italy and Russia have passed each other several times and ended close together",
            lambda d: (
                (w := by(d[d["part"] == "places"], "year", "iso3").unstack()) is not None
                and (w["RUS"] < w["ITA"]).diff().fillna(False).astype(bool).sum() >= 2
                and abs(w.iloc[-1].diff().iloc[-1]) < 10
            ),
        ),
    ],
    "fig-count-coverage": [
        (
            "Four questions are answered for more than a hundred countries, the others for "
            "some dozens or a few",
            lambda d: (d["countries"] > 100).sum() == 4 and d["countries"].nsmallest(6).max() < 100,
        ),
        (
            "requests to Twitter a bar less than half as long",
            lambda d: (s := by(d, "topic", value="countries"))["twitter"] < s["google"] / 2,
        ),
    ],
    "fig-post-links-fates": [
        (
            "had no page twice as often as older ones",
            lambda d: (
                (s := (1 - by(d, "in_2012", value="works") / d.set_index("in_2012").sum(axis=1)))[
                    False
                ]
                / s[True]
                > 1.9
            ),
        ),
        (
            "between seven and eight times as long",
            lambda d: 7 < (s := d.set_index("in_2012").sum(axis=1))[False] / s[True] < 8,
        ),
    ],
    "fig-post-google-printed": [
        (
            "Most totals that were printed are in the file unchanged",
            lambda d: (d["difference"] == 0).mean() > 0.5,
        )
    ],
    "fig-post-sandy-thousands": [
        (
            "Far more followers came than the year before would have led one to expect",
            lambda d: d["followers"].iloc[1:].sum() > 5 * d["followers"].iloc[0],
        ),
        (
            "Nearly half are those of the mayor's office",
            lambda d: (
                0.4
                < by(d, "part", value="followers")["nycmayorsoffice"]
                / d["followers"].iloc[1:].sum()
                < 0.5
            ),
        ),
    ],
    "fig-post-fourteenth-places": [
        ("far fewer places than countries", lambda d: (d["places"] < d["countries"] / 2).any()),
        (
            "in 2012 (orange) there were fewer different places than in any other year",
            lambda d: (
                d.loc[d["places"].idxmin(), "edition"] == 2012
                and (d["places"] == d["places"].min()).sum() == 1
            ),
        ),
    ],
    "fig-post-seconds-faces": [
        (
            "One health account publishes at the start of the minute, one a little later, one "
            "at any second",
            lambda d: (
                (w := by(d, "second", "account", value="share").unstack())["HHSGov"].idxmax()
                < 5
                <= w["CDCGlobal"].idxmax()
                < 10
                and w["WHO"].max() < 0.03
            ),
        ),
    ],
    "fig-post-town-farewells": [
        (
            "Most Swedish municipalities whose last post could be read wrote it before the "
            "company was sold",
            lambda d: by(d, "year", value="accounts").loc[:2022].sum() / d["accounts"].sum() > 0.5,
        ),
        ("highest in 2023", lambda d: by(d, "year", value="accounts").idxmax() == 2023),
    ],
    "fig-post-italy-halves": [
        (
            "In the second half of 2025 Italy sent Google more than four times as many requests to "
            "remove content as in any half-year before, most of them in Google's class for "
            "communications authorities",
            lambda d: (
                (s := d[["communications", "others"]].sum(axis=1)).iloc[-1] > 4 * s.iloc[:-1].max()
                and d["half"].iloc[-1] == "2025-07-01"
                and d["communications"].iloc[-1] > s.iloc[-1] / 2
            ),
        ),
        (
            "more than two thirds of it belong to the class of the communications authority",
            lambda d: d["communications"].iloc[-1] > 2 * d["others"].iloc[-1],
        ),
    ],
    "fig-post-august": [
        (
            "Most accounts post less in August than in the months around it, and the Italian ones "
            "(orange) least: their median is the lowest",
            lambda d: (
                (d["ratio"] < 1).mean() > 0.5
                and d.groupby("country")["ratio"].median().idxmin() == "IT"
            ),
        ),
        (
            "with three of four points below one half",
            lambda d: (
                (s := d.loc[d["country"] == "IT", "ratio"]).lt(0.5).sum() == 3 and len(s) == 4
            ),
        ),
        (
            "Most points of the other rows lie between one half and one",
            lambda d: d.loc[d["country"] != "IT", "ratio"].between(0.5, 1).mean() > 0.5,
        ),
        (
            "the last rows, of China, the United States and world bodies",
            lambda d: (
                set(d.groupby("country")["ratio"].median().nlargest(3).index) == {"CN", "US", "INT"}
            ),
        ),
    ],
    "fig-post-payers-kinds": [
        (
            "Most of the stated money came from pages that belong to no candidate, party or "
            "public body",
            lambda d: (s := d.set_index("kind").sum(axis=1))["other"] > s.sum() / 2,
        ),
        (
            "That of all others is about three times as long as that of candidates and lists, and "
            "more than half of it was spent by the largest class",
            lambda d: (
                2.7
                < (w := d.set_index("kind")).sum(axis=1)["other"] / w.loc["candidates"].sum()
                < 3.3
                and w.loc["other", "10000"] > w.loc["other"].sum() / 2
            ),
        ),
    ],
    "fig-post-bet": [
        (
            "close in a ranking of portals in 2024, far apart in most editions before",
            lambda d: (
                (
                    gap := by(d[d["part"] == "places"], "year", "iso3")
                    .unstack()
                    .eval("abs(RUS - ITA)")
                )[2024]
                < 10
                and (gap.loc[:2022] > 10).mean() > 0.5
            ),
        ),
        (
            "that requests to Google tell apart",
            lambda d: (
                by(d[d["part"] != "places"], "year", "iso3")
                .unstack()
                .loc[2014:]
                .eval("RUS / ITA")
                .min()
                > 2
            ),
        ),
    ],
}


@cache
def captions(site: Path) -> dict[str, tuple[str, str]]:
    """Return the caption and the alternative text of each figure that a cell draws."""
    found = {}
    for folder in (CHAPTERS, POSTS):
        for page in sorted((site / folder).glob("*.html")):
            for figure in tree(page).iter("figure"):
                caption, image = figure.find(".//figcaption"), next(figure.iter(*DRAWN), None)
                name = figure.get("id")
                data = site / "figures" / f"{name}.csv"
                if caption is not None and image is not None and data.is_file():
                    alt = image.get("alt") or image.get("aria-label") or ""
                    found[name] = (_plain(" ".join(caption.itertext())), _plain(alt))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


def test_every_figure_has_a_claim(site: Path) -> None:
    assert set(captions(site)) == set(CLAIMS)


def test_a_first_sentence_that_ranks_or_counts_is_held(site: Path) -> None:
    free = []
    for name, (caption, _alt) in captions(site).items():
        first = re.split(r"(?<=[.:]) (?=[A-Z])", re.sub(r"^Fig\. [\d.]+ ", "", caption))[0]
        quoted = [words for words, _check in CLAIMS.get(name, ()) if words in first]
        if RANKING.search(first) and not quoted:
            free.append(f"{name}: {first}")
    assert free == []


@pytest.mark.parametrize(
    ("name", "words", "check"),
    [(name, *claim) for name, claims in CLAIMS.items() for claim in claims],
)
def test_a_claim_stands_in_the_figure_and_is_true_of_it(
    site: Path, name: str, words: str, check: Check
) -> None:
    assert words in " | ".join(captions(site)[name]), f"{name} no longer says: {words}"
    assert bool(check(pd.read_csv(site / "figures" / f"{name}.csv"))), f"{name}: {words}"
