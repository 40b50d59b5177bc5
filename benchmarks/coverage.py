"""Measure how often the book's intervals hold the truth: ``python -m benchmarks.coverage``.

An interval that is called a 95% interval should hold the true value in 95 of 100 samples. Here the
true value is known, because the samples are drawn from the book's own tables, taken as a whole
population, or from a model with the spread and the likeness of those tables. Each line runs the
function that a page calls. Prints a Markdown table; an interval that holds the truth in less than
92% is called *rough* in the book, with its coverage, or is not called an interval.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from govsocial import (
    adoption,
    coordination,
    emergency,
    inequality,
    networks,
    ranking,
    rates,
    rhythm,
    survival,
    tables,
    wording,
)
from govsocial.coverage import ENOUGH
from govsocial.findings import conversation as talk
from govsocial.findings import emergency as storm
from govsocial.findings import office_hours as clocks
from govsocial.uncertainty import (
    FEW,
    Estimate,
    cluster_ratio,
    mean,
    median,
    rate,
    resampled,
    share,
)

Random = np.random.Generator
Draw = Callable[[Random], bool]
Network = Callable[[Random], "pd.Series[float]"]

LEAST = 500
"""As many simulations has every line, unless fewer are asked for: its error is about one point."""
CLOSE = 0.93
"""What holds the truth in no more may be rough, within an error of the limit, and goes on."""


class Line(NamedTuple):
    """An interval of the book: what it is of, and whether a new sample's holds the truth."""

    what: str
    data: str
    covers: Draw
    slow: bool = False
    """Takes a tenth of the simulations, if that is not less than ``LEAST``."""


def simulated(line: Line, simulations: int) -> tuple[float, int]:
    """Return how often a line's interval holds the truth, and in how many simulations.

    What may be rough is simulated ten times as often as the rest, a slow line twice as often.
    """
    few = max(simulations // 10, min(simulations, LEAST))
    number = few if line.slow else simulations
    random = np.random.default_rng(2012)
    held = sum(line.covers(random) for _ in range(number))
    # A slow line goes on only where it lies below.
    if held <= CLOSE * number - line.slow and "range when" not in line.what:
        more = number if line.slow else 9 * number
        held += sum(line.covers(random) for _ in range(more))
        number += more
    return held / number, number


def holds(found: Estimate, truth: float) -> bool:
    """Return whether an interval holds the truth."""
    return bool(found.low <= truth <= found.high)


def covers(interval: Callable[[], Estimate], truth: float) -> bool:
    """Return whether an interval holds the truth; a sample that has none does not."""
    try:
        return holds(interval(), truth)
    except ValueError:
        return False


def some(frame: pd.DataFrame, random: Random, size: int | None = None) -> pd.DataFrame:
    """Return rows drawn with replacement, as many as there are by default."""
    return frame.iloc[random.integers(len(frame), size=size or len(frame))]


def smooth(values: NDArray[np.float64], random: Random, size: int) -> NDArray[np.float64]:
    """Return values drawn from a smooth version of positive ones, on the logarithmic scale."""
    logs = np.log(values)
    width = 0.5 * logs.std() * len(logs) ** -0.2
    return np.exp(random.choice(logs, size) + random.normal(0, width, size))


def correlated(random: Random, size: int, correlation: float) -> NDArray[np.float64]:
    """Return a series of standard normal values of which neighbours are alike."""
    values = random.normal(size=size)
    for place in range(1, size):
        step = np.sqrt(1 - correlation**2) * values[place]
        values[place] = correlation * values[place - 1] + step
    return values


def counts() -> Iterator[Line]:
    """Yield the intervals of shares and rates."""
    yield Line(
        "share, Wilson", "49 countries, 18%", lambda r: holds(share(r.binomial(49, 0.18), 49), 0.18)
    )
    yield Line(
        "share, Wilson",
        "10 posts abroad, 40%",
        lambda r: holds(share(r.binomial(10, 0.4), 10), 0.4),
    )
    labelled = tables.load("shutdown_country_years").dropna(subset=["regime"])
    for regime in ("electoral autocracy", "closed autocracy", "electoral democracy"):
        rows = labelled[labelled["regime"] == regime]
        by_country = rows.groupby("code")["nationwide"].agg(["sum", "size"])
        truth = by_country["sum"].sum() / by_country["size"].sum()

        def exact(r: Random, frame: pd.DataFrame = by_country, truth: float = truth) -> bool:
            sums = some(frame, r).sum()
            return holds(rate(int(sums["sum"]), float(sums["size"])), truth)

        def whole(r: Random, frame: pd.DataFrame = by_country, truth: float = truth) -> bool:
            drawn = some(frame, r)
            return covers(lambda: cluster_ratio(drawn["sum"], drawn["size"]), truth)

        yield Line("rate of shutdowns, exact", regime, exact)
        yield Line("rate of shutdowns, countries resampled", regime, whole)
    names = ("electoral autocracy", "electoral democracy")
    pair = labelled[labelled["regime"].isin(names)]
    wide = pair.pivot_table("nationwide", "code", "regime", "sum", fill_value=0)
    years = pair.pivot_table("nationwide", "code", "regime", "count", fill_value=0)
    sums = wide.sum() / years.sum()
    truth = float(sums[names[0]] / sums[names[1]])

    def ratio(r: Random) -> bool:
        chosen = r.integers(len(wide), size=len(wide))
        events = np.concatenate([wide[name].to_numpy()[chosen] for name in names])
        time = np.concatenate([years[name].to_numpy()[chosen] for name in names])
        who, first = np.tile(np.arange(len(wide)), 2), np.repeat([True, False], len(wide))
        return covers(
            lambda: rates.clustered_rate_ratio(events, time, who, first, resamples=1000), truth
        )

    def ratio_exact(r: Random) -> bool:
        chosen = r.integers(len(wide), size=len(wide))
        autocracy, democracy = (
            (int(wide[name].to_numpy()[chosen].sum()), float(years[name].to_numpy()[chosen].sum()))
            for name in names
        )
        return holds(rates.rate_ratio(*autocracy, *democracy), truth)

    yield Line("ratio of rates, countries resampled", "autocracies to democracies", ratio)
    yield Line("ratio of rates, exact", "autocracies to democracies", ratio_exact)
    yield Line(
        "ratio of rates, exact",
        "accounts that fell silent, independent",
        lambda r: holds(
            rates.rate_ratio(r.poisson(45), 200, max(1, r.poisson(40)), 900), 45 / 200 / (40 / 900)
        ),
    )


def few() -> Iterator[Line]:
    """Yield the intervals of means and medians of few units."""
    zones = tables.load("posting_zones")
    hours = tables.load("posting_hours").merge(zones)
    values = {}
    for panel, posts in clocks.by_clock(hours).groupby("panel"):
        means = rhythm.mean_hours(posts, ["account", "season"]).unstack()
        shift = 60 * (means["winter"] - means["summer"]).to_numpy()
        values[f"{len(shift)} accounts, minutes earlier in summer, clocks {panel}"] = shift
    more = clocks.by_country(tables.load("posting_weeks").merge(zones))["more"].to_numpy()
    values[f"{len(more)} countries, leaders' weekend share less ministries'"] = more
    for data, units in values.items():

        def again(r: Random, units: NDArray[np.float64] = units) -> bool:
            return holds(mean(r.choice(units, len(units))), units.mean())

        yield Line("mean, Student", data, again)
    ratios = storm.waves(tables.load("covid_posting_weeks"))
    change = ratios.loc[ratios["wave"] == "second/first", "value"].to_numpy()
    large = smooth(change, np.random.default_rng(1), 400_000)
    for size in (6, 8, 17):

        def between(r: Random, size: int = size) -> bool:
            return holds(median(smooth(change, r, size)), float(np.median(large)))

        yield Line("median, order statistics", f"{size} accounts, second wave to first", between)


def weeks_of_posts() -> Iterator[Line]:
    """Yield the intervals of the hours of the week."""
    weeks = tables.load("posting_weeks").merge(tables.load("posting_zones"))
    parts = {name: rows.sort_values("week") for name, rows in weeks.groupby("account")}
    groups = {"leader": ["leader"], "ministries": ["health", "foreign"]}
    by_group = {
        group: [parts[name] for name in weeks.loc[weeks["kind"].isin(kinds), "account"].unique()]
        for group, kinds in groups.items()
    }
    truth = {
        group: float(np.mean([rhythm.account_shares(rows).iloc[0] for rows in members]))
        for group, members in by_group.items()
    }

    def accounts(r: Random, group: str) -> pd.DataFrame:
        members = by_group[group]
        chosen = r.integers(len(members), size=len(members))
        named = [members[place].assign(account=str(n)) for n, place in enumerate(chosen)]
        found: pd.DataFrame = pd.concat(named)
        return found

    for group, members in by_group.items():

        def weekend(r: Random, group: str = group) -> bool:
            return holds(rhythm.mean_share(accounts(r, group)), truth[group])

        yield Line("weekend share, mean of accounts, Student", f"{len(members)} {group}", weekend)
    yield Line(
        "difference of two such means, Welch",
        "leaders and ministries",
        lambda r: holds(
            rhythm.share_difference(accounts(r, "leader"), accounts(r, "ministries")),
            truth["leader"] - truth["ministries"],
        ),
    )

    def account(r: Random) -> bool:
        rows = list(parts.values())[r.integers(len(parts))]
        drawn = _half_years(rows, r)
        truth = rows["weekend"].sum() / rows["posts"].sum()
        return holds(rhythm.weekend_share(drawn, rhythm.stretches(drawn)), truth)

    yield Line(
        "weekend share of an account, stretches of weeks",
        "52 accounts, half-years resampled",
        account,
    )
    yield from _fixed_accounts(weeks)
    for correlation, size in ((0.3, 60), (0.6, 60), (0.3, 200), (0.6, 200)):

        def series(r: Random, correlation: float = correlation, size: int = size) -> bool:
            posts = r.poisson(60, size) + 1
            odds = -1.2 + 0.4 * correlated(r, size, correlation)
            frame = pd.DataFrame(
                {"posts": posts, "weekend": r.binomial(posts, 1 / (1 + np.exp(-odds)))}
            )
            frame["week"] = pd.date_range("2018-01-01", periods=size, freq="7D")
            return holds(rhythm.weekend_share(frame, rhythm.stretches(frame)), _SHARE)

        yield Line(
            "weekend share of an account, stretches of weeks",
            f"model: {size} weeks, neighbours correlate {correlation}",
            series,
        )

    def days(r: Random) -> bool:
        level = np.where(np.arange(28) % 7 < 5, 1000, 700) * np.exp(r.normal(0, 0.15, 28))
        found = rhythm.weekend_share_of_days(
            pd.Series(level, pd.date_range("2021-01-04", periods=28))
        )
        return holds(found, 1400 / 6400)

    yield Line("weekend share of all posts, Welch", "28 days", days)
    yield from _means_of_posts()
    months = tables.load("posting_months")

    def first_five(r: Random) -> bool:
        name = r.choice(months["account"].unique())
        rows = months[months["account"] == name]
        drawn = some(rows, r)
        part = rows["first_five"].sum() / rows["posts"].sum()
        found = rhythm.versus_even(pd.concat([drawn, months[months["account"] == "WHO"]]))
        return (
            holds(Estimate(*found.loc[name, ["share", "low", "high"]]), part)
            if name != "WHO"
            else True
        )

    yield Line("first five seconds, months' own scatter", "52 accounts", first_five)


def _mean_share(odds: float) -> float:
    """Return the share of a model: the mean over normal log odds of the mean that is given."""
    spread = odds + 0.4 * stats.norm.ppf((np.arange(2000) + 0.5) / 2000)
    return float((1 / (1 + np.exp(-spread))).mean())


_SHARE = _mean_share(-1.2)
"""The weekend share of the model."""


def _half_years(weeks: pd.DataFrame, random: Random) -> pd.DataFrame:
    """Return as many weeks of an account, drawn in stretches of 24 that stay whole."""
    starts = random.integers(len(weeks), size=-(-len(weeks) // 24))
    chosen = ((starts[:, None] + np.arange(24)) % len(weeks)).ravel()[: len(weeks)]
    return weeks.iloc[chosen].assign(week=weeks["week"].to_numpy())


def _fixed_accounts(weeks: pd.DataFrame) -> Iterator[Line]:
    """Yield the intervals of means of the accounts of a country, which are all there are."""
    compared = clocks.by_country(weeks).index
    ministries = clocks.group(weeks, "ministries")
    british = weeks[(weeks["country"] == "GB") & (weeks["kind"] != "leader")]
    groups = {
        f"{british['account'].nunique()} British institutions": [british],
        f"ministries of one of {len(compared)} countries": [
            rows for country, rows in ministries.groupby("country") if country in compared
        ],
    }
    for data, several in groups.items():
        sets = [
            [rows.sort_values("week") for _name, rows in each.groupby("account")]
            for each in several
        ]

        def covers(r: Random, sets: list[list[pd.DataFrame]] = sets) -> bool:
            accounts = sets[r.integers(len(sets))]
            drawn = pd.concat([_half_years(rows, r) for rows in accounts])
            truth = float(rhythm.account_shares(pd.concat(accounts)).mean())
            return holds(rhythm.mean_share(drawn, fixed=True), truth)

        yield Line("weekend share, mean of fixed accounts, stretches of weeks", data, covers)


def _means_of_posts() -> Iterator[Line]:
    """Yield the intervals of how posts are written; neighbouring weeks are as alike as there."""

    def written(r: Random, size: int) -> pd.DataFrame:
        texts = r.poisson(20, size) + 1
        level = 60 + 4 * correlated(r, size, 0.3) + r.normal(0, 20 / np.sqrt(texts))
        return pd.DataFrame({"texts": texts, "reading_ease": level})

    for size in (17, 52, 150):

        def ease(r: Random, size: int = size) -> bool:
            return holds(wording.mean_over(written(r, size), "reading_ease"), 60)

        data = f"model: {size} weeks, neighbours correlate 0.3"
        yield Line("mean of posts, stretches of weeks", data, ease)
    yield Line(
        "change of such a mean, Welch",
        "model: two half-years, neighbours correlate 0.3",
        lambda r: holds(wording.change(written(r, 26), written(r, 26), "reading_ease"), 0),
    )
    for size, odds in ((17, -1.2), (52, -1.2), (52, -4.6), (180, -4.6)):

        def kind(r: Random, size: int = size, odds: float = odds) -> bool:
            posts = r.poisson(20, size) + 1
            chance = 1 / (1 + np.exp(-odds - 0.4 * correlated(r, size, 0.3)))
            frame = pd.DataFrame({"posts": posts, "of_kind": r.binomial(posts, chance)})
            return holds(wording.share_over(frame, "of_kind"), _mean_share(odds))

        data = f"model: {size} weeks, {100 * _mean_share(odds):.0f}%, neighbours correlate 0.3"
        yield Line("share of posts, stretches of weeks", data, kind)


def members() -> Iterator[Line]:
    """Yield the intervals over members, pages and posts."""
    table = tables.load("congress_conversation")
    groups = {"518 members of Congress": table} | {
        f"{len(rows)} members, {chamber} {party}": rows
        for (chamber, party), rows in table[table["party"] != "I"].groupby(["chamber", "party"])
    }
    for name, rows in groups.items():
        truth = rows["replies"].sum() / rows["posts"].sum()

        def replies(r: Random, rows: pd.DataFrame = rows, truth: float = truth) -> bool:
            drawn = some(rows, r)
            return holds(cluster_ratio(drawn["replies"], drawn["posts"]), truth)

        yield Line("share of replies, members resampled", name, replies)
    pages = tables.load("canada_public_pages")
    for kind, rows in pages.groupby("kind"):
        if len(rows) < FEW:
            continue
        old, new = rows["interactions_2018_2019"], rows["interactions_2020"]
        truth = new.sum() / old.sum()

        def growth(r: Random, rows: pd.DataFrame = rows, truth: float = truth) -> bool:
            drawn = some(rows, r)
            found = cluster_ratio(drawn["interactions_2020"], drawn["interactions_2018_2019"])
            return holds(found, truth)

        yield Line("growth, pages resampled", f"{len(rows)} pages, {kind}", growth)
    posts = tables.load("president_posts")
    posts["ratio"] = posts["replies"] / posts["retweets"]
    begin = np.searchsorted(pd.to_datetime(["2016-11-09", "2017-01-20"]), posts["day"], "right")
    names = ["candidate", "elect", "president"]
    posts["who"] = np.where(posts["account"] == "BarackObama", "Obama", np.take(names, begin))
    for who, rows in posts.groupby("who"):
        spell = _Spell(rows)
        data = f"{len(rows)} posts, {who}"
        yield Line("replies per retweet, median, weeks resampled", data, spell.median, slow=True)
        if who == "president":
            what = "share of posts with more replies, weeks resampled"
            yield Line(what, data, spell.over, slow=True)

        def month(r: Random, rows: pd.DataFrame = rows) -> bool:
            # The population is the whole spell; a month is made of its days.
            year = rows
            by_day = [part for _day, part in year.groupby("day")]
            chosen = r.integers(len(by_day), size=30)
            drawn = pd.concat(
                by_day[place].assign(day=pd.Timestamp("2017-05-01") + pd.Timedelta(days=n))
                for n, place in enumerate(chosen)
            )
            found = inequality.reply_ratios(drawn).iloc[0]
            return holds(Estimate(*found[["ratio", "low", "high"]]), float(year["ratio"].median()))

        if who == "president":
            yield Line(
                "replies per retweet by month, median, days resampled",
                "30 days, president",
                month,
                slow=True,
            )


class _Spell:
    """Posts of a spell of time, from which new spells are drawn in stretches of about a week."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows.sort_values("day").reset_index(drop=True)
        self.together = max(1, 7 * len(rows) // (rows["day"].max() - rows["day"].min()).days)

    def draw(self, random: Random) -> pd.Series:
        size = len(self.rows)
        starts = random.integers(size, size=-(-size // self.together))
        chosen = ((starts[:, None] + np.arange(self.together)) % size).ravel()[:size]
        drawn = self.rows.iloc[chosen].assign(day=self.rows["day"].to_numpy())
        if not (drawn["ratio"] > 1).any():
            # No spell of the book is without a post that drew more replies than retweets.
            return self.draw(random)
        return inequality.reply_ratio_spells(drawn, []).iloc[0]

    def median(self, random: Random) -> bool:
        return holds(self.draw(random)["ratio"], float(self.rows["ratio"].median()))

    def over(self, random: Random) -> bool:
        return holds(self.draw(random)["over"], float((self.rows["ratio"] > 1).mean()))


def heavy() -> Iterator[Line]:
    """Yield the ranges of concentration, which are no intervals."""
    sizes = tables.load("china_account_sizes")
    followers = sizes[sizes["measure"] == "followers"]
    values = np.repeat(followers["value"].to_numpy(float), followers["accounts"])
    members = tables.load("congress_conversation")["retweets"].to_numpy(float)
    measures: dict[str, Callable[..., float]] = {
        "Gini coefficient": inequality.gini,
        "top tenth": lambda v: inequality.top_share(v, part=0.1),
    }
    for name, data in {
        "64 Chinese accounts, followers": values,
        "518 members, retweets": members,
    }.items():
        positive = data[data > 0]
        large = smooth(positive, np.random.default_rng(1), 400_000)
        for label, measure in measures.items():
            truth = float(measure(large))

            def spread(
                r: Random,
                measure: Callable[..., float] = measure,
                data: NDArray[np.float64] = positive,
                truth: float = truth,
            ) -> bool:
                drawn = smooth(data, r, len(data))
                return holds(resampled(measure, drawn, resamples=500), truth)

            yield Line(f"{label}, range when accounts are resampled", name, spread, slow=True)
    counts = tables.load("congress_retweet_counts")
    values, bundles = inequality.classed(
        tables.load("congress_retweet_classes"), talk.own_posts(counts)
    )
    measures_of: dict[str, inequality.Measure] = {
        "Gini coefficient of posts": inequality.gini,
        "top hundredth of posts": inequality.top_share,
        "exponent": lambda v, c: inequality.exponent(v, c, start=21),
    }
    for label, measure_of in measures_of.items():
        truth = measure_of(values, bundles.sum(axis=0))

        def pooled(
            r: Random, measure: inequality.Measure = measure_of, truth: float = truth
        ) -> bool:
            drawn = bundles[r.integers(len(bundles), size=len(bundles))]
            return holds(inequality.clustered(measure, values, drawn, resamples=300), truth)

        yield Line(f"{label}, range when members are resampled", "518 members", pooled, slow=True)


def pairs() -> Iterator[Line]:
    """Yield the intervals of links and of rank correlations."""
    level = -2.5
    for size, spread in ((61, 1.0), (150, 0.5), (150, 1.0)):
        names = np.arange(size)
        frame = pd.DataFrame({"of": 1}, index=names)
        large = np.random.default_rng(1)
        # The chance of a link, and of one that is returned, over all senders and receivers.
        ends = large.normal(0, spread, (4, 2_000_000))
        ends[2:] = 0.5 * ends[:2] + np.sqrt(0.75) * ends[2:]
        there = 1 / (1 + np.exp(-(level + ends[0] + ends[3])))
        back = 1 / (1 + np.exp(-(level + ends[1] + ends[2])))
        truths = {"value": float(there.mean()), "back": float((there * back).mean() / there.mean())}

        def network(
            r: Random, size: int = size, spread: float = spread, frame: pd.DataFrame = frame
        ) -> pd.Series:
            sends, heard = r.normal(0, spread, (2, size))
            heard = 0.5 * sends + np.sqrt(0.75) * heard
            chance = 1 / (1 + np.exp(-(level + sends[:, None] + heard[None, :])))
            linked = r.random((size, size)) < chance
            np.fill_diagonal(linked, False)
            source, target = np.nonzero(linked)
            links = pd.DataFrame({"source": source, "target": target})
            return networks.link_rates(links, frame, ["of"], resamples=500).iloc[0]

        def linked(r: Random, draw: Network = network, truth: float = truths["value"]) -> bool:
            return holds(Estimate(*draw(r)[["value", "low", "high"]]), truth)

        def returned(r: Random, draw: Network = network, truth: float = truths["back"]) -> bool:
            return holds(Estimate(*draw(r)[["back_value", "back_low", "back_high"]]), truth)

        data = f"model: {size} members, deviation {spread} of either end"
        yield Line("chance of a link, both ends resampled", data, linked, slow=True)
        yield Line("chance of a return, both ends resampled", data, returned, slow=True)
    for size, correlation in ((26, 0.4), (46, 0.7), (179, -0.8), (193, 0.8)):
        truth = 6 / np.pi * np.arcsin(correlation / 2)

        def ranks(
            r: Random, size: int = size, rho: float = correlation, truth: float = truth
        ) -> bool:
            x, noise = r.normal(size=(2, size))
            y = rho * x + np.sqrt(1 - rho**2) * noise
            return holds(rates.spearman(x, y, resamples=500), truth)

        yield Line(
            "rank correlation, cases resampled", f"{size} independent cases, {correlation}", ranks
        )

    def regional(r: Random, clusters: bool) -> bool:
        region = np.arange(179) % 10
        x, y = (np.sqrt(0.5) * r.normal(size=(2, 10))[:, region]) + np.sqrt(0.5) * r.normal(
            size=(2, 179)
        )
        return holds(rates.spearman(x, y, 500, clusters=region if clusters else None), 0)

    yield Line(
        "rank correlation, countries as strangers",
        "179 countries in 10 regions, half of the variance",
        lambda r: regional(r, False),
    )
    yield Line(
        "rank correlation, regions resampled",
        "179 countries in 10 regions, half of the variance",
        lambda r: regional(r, True),
    )


def time_series() -> Iterator[Line]:
    """Yield the intervals of levels, trends, survival and forecasts."""
    for correlation in (0.0, 0.3, 0.6, 0.8):

        def level(r: Random, correlation: float = correlation) -> bool:
            phases = [
                r.poisson(30 * np.exp(0.4 * correlated(r, size, correlation) - 0.08))
                for size in (52, 14, 14)
            ]
            found = emergency.level_ratio(
                phases[1], phases[0], emergency.serial_correlation(phases)
            )
            return holds(found, 1)

        yield Line(
            "posts per week in a wave to the year before",
            f"model: 14 and 52 weeks, neighbours correlate {correlation}",
            level,
        )

    def trend(r: Random) -> bool:
        steps = emergency.intervals(
            pd.Series(
                np.cumsum(np.r_[50_000, 21 * (500 + 8 * np.arange(19) + r.normal(0, 60, 19))]),
                pd.date_range("2011-09-22", periods=20, freq="21D"),
            )
        )
        last = steps.iloc[-1]
        found = emergency.expected_gain(steps.iloc[:-1], last["start"], last["end"])
        return holds(found, float(last["gain"]))

    yield Line("gain of an interval from the trend, prediction", "18 intervals", trend)
    yield Line(
        "one more ordinary day, prediction",
        "18 days",
        lambda r: holds(
            emergency.ordinary(np.exp(r.normal(6, 0.2, 18))), float(np.exp(r.normal(6, 0.2)))
        ),
    )
    for size in (21, 81):

        def curve(r: Random, size: int = size) -> bool:
            times, cut = r.exponential(6, size), r.uniform(3, 8, size)
            found = survival.kaplan_meier(np.minimum(times, cut), times < cut)
            return holds(survival.at(found, 4.0), float(np.exp(-4 / 6)))

        yield Line("survival, log-log", f"{size} accounts", curve)
    months = pd.date_range("2007-01-01", "2015-08-01", freq="MS")
    shares = 0.767 * adoption.bass(np.arange(1, len(months) + 1) / 12, 0.0181, 0.826)
    chances = np.diff(shares, prepend=0.0, append=1.0)

    def countries(r: Random) -> pd.Series:
        place = r.choice(len(chances), 195, p=chances)
        return pd.Series([months[x] if x < len(months) else pd.NaT for x in place])

    yield Line(
        "ceiling of adoption, countries resampled",
        "model: 195 independent countries",
        lambda r: holds(adoption.fit(countries(r), months, "bass", resamples=100).ceiling, 0.767),
        slow=True,
    )
    for year in (2010, 2012):

        def foretold(r: Random, year: int = year) -> bool:
            first = countries(r)
            found = adoption.forecast(first, months, "bass", f"{year}-12-01", resamples=100)
            return holds(found, float(first.notna().mean()))

        yield Line(
            "forecast of August 2015, conditional prediction",
            f"model true: known to {year}",
            foretold,
            slow=True,
        )


def places() -> Iterator[Line]:
    """Yield the ranges of places over errors of measurement."""
    scores = pd.DataFrame({"index": stats.norm.ppf((np.arange(193) + 0.5) / 193)})

    def place(r: Random, where: slice) -> bool:
        error = r.normal(0, np.sqrt(0.1 / 0.9), 193)
        seen = pd.DataFrame({"index": scores["index"] + error})
        weights, known = pd.Series({"index": 1.0}), pd.Series({"index": 0.9})
        drawn = ranking.places_over_error(seen, weights, known, draws=400)
        ranges = ranking.place_intervals(drawn)
        truth = ranking.places(scores["index"])
        order = ranking.places(seen["index"]).sort_values().index[where]
        chosen = order[int(r.integers(len(order)))]
        return bool(ranges.loc[chosen, "low"] <= truth[chosen] <= ranges.loc[chosen, "high"])

    yield Line("place over errors", "193 countries, all", lambda r: place(r, slice(None)))
    yield Line("place over errors", "the 14th of 193", lambda r: place(r, slice(13, 14)))


GROUPS = (counts, few, weeks_of_posts, members, heavy, pairs, time_series, places)


def crowds(simulations: int) -> Iterator[tuple[float, int, float]]:
    """Yield how often a crowd without coordination lies above the envelope of its shuffles."""
    for spread in (0.0, 0.5, 1.0):
        for classes in (1, 3, 10):
            random, above = np.random.default_rng(2012), 0
            for _ in range(simulations):
                speed = np.exp(random.normal(0, spread, 400))
                rows = []
                for thing in range(150):
                    who = random.choice(400, 20, replace=False)
                    rows.append(
                        (np.full(20, thing), who, random.exponential(3600, 20) / speed[who])
                    )
                shares = pd.DataFrame(
                    {
                        name: np.concatenate(column)
                        for name, column in zip(
                            ("thing", "account", "after"), zip(*rows, strict=True), strict=True
                        )
                    }
                ).astype(int)
                found = coordination.widening(shares, [600], (2,), classes=classes).iloc[0]
                above += bool(found["observed"] > found["high"])
            yield spread, classes, above / simulations


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Run all simulations and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=1000)
    parser.add_argument("--only", default="", help="part of the name of a line")
    options = parser.parse_args()
    warnings.simplefilter("ignore", RuntimeWarning)
    start = time.perf_counter()
    _say("| interval | data | coverage | simulations | in print |\n|---|---|--:|--:|---|")
    for line in (line for group in GROUPS for line in group()):
        if options.only not in line.what:
            continue
        part, number = simulated(line, options.simulations)
        word = "range" if "range when" in line.what else "95%" if part >= ENOUGH else "rough"
        _say(f"| {line.what} | {line.data} | {100 * part:.1f} | {number} | {word} |")
    _say("\n| deviation of log speed | classes | above the envelope, % |\n|--:|--:|--:|")
    for spread, classes, part in crowds(max(options.simulations // 10, 20)):
        _say(f"| {spread} | {classes} | {100 * part:.0f} |")
    sys.stderr.write(f"{time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
