"""The findings on which the last chapter rests, each computed anew from its tables.

A finding carries the key of the number under which its own chapter prints it: a test holds
the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from govsocial import (
    decay,
    emergency,
    inequality,
    networks,
    ranking,
    rates,
    rhythm,
    survival,
    tables,
    tag_accuracy,
)
from govsocial.uncertainty import Estimate, bootstrap, share

STRONG, MODERATE, SUGGESTIVE = "strong", "moderate", "suggestive"

TABLES = (
    "ad_readings",
    "china_account_sizes",
    "congress_conversation",
    "congress_mention_members",
    "congress_mentions",
    "congress_retweet_classes",
    "congress_retweet_counts",
    "countries",
    "country_index_inputs",
    "covid_posting_weeks",
    "german_fediverse_months",
    "leader_first_months",
    "nyc_followers",
    "posting_accounts",
    "posting_seconds",
    "posting_weeks",
    "posting_zones",
    "shutdown_country_years",
    "swedish_bodies_x",
    "us_facebook_links_2017",
)
"""The tables that :func:`findings` reads."""


class Finding(NamedTuple):
    """An estimate and how far it carries."""

    item: str
    """The comparison to which it belongs."""
    grade: str
    """How strong the evidence is: ``strong``, ``moderate`` or ``suggestive``."""
    key: str
    """Key of the number in its own chapter."""
    estimate: Estimate


def findings() -> pd.DataFrame:
    """Return all findings, in the order of the book.

    Returns
    -------
    DataFrame
        Columns ``item``, ``grade``, ``key``, ``value``, ``low``, ``high``.
    """
    sources = (_arriving, _posting, _being_heard, _power, _leaving)
    rows = [(*found[:-1], *found.estimate) for source in sources for found in source()]
    return pd.DataFrame(rows, columns=[*Finding._fields[:-1], *Estimate._fields])


def _arriving() -> Iterator[Finding]:
    first = tables.load("leader_first_months")[["iso3", "first_any"]]
    use = tables.load("countries")[["iso3", "internet_use"]]
    seen = first.merge(use, "left", "iso3")
    quarters = pd.qcut(seen["internet_use"], 4, labels=["lowest", "second", "third", "highest"])
    for quarter in ("lowest", "highest"):
        absent = seen.loc[quarters == quarter, "first_any"].isna()
        estimate = share(absent.sum(), len(absent))
        yield Finding("absent", MODERATE, f"adoption-unseen-{quarter}", estimate)
    links = decay.dead_links(tables.load("us_facebook_links_2017"))
    for group in ("all", "in_2012"):
        estimate = Estimate(*links.loc[group, ["share", "low", "high"]])
        yield Finding("links", STRONG, f"official-dead-{group.replace('_', '-')}", estimate)


def _posting() -> Iterator[Finding]:
    survey = rhythm.clock_survey(tables.load("posting_seconds"))["share"]
    kinds = tables.load("posting_accounts").set_index("account")["kind"]
    health = survey[kinds.reindex(survey.index) == "health"]
    yield Finding("clockwork", STRONG, "clock-health-median", bootstrap(np.median, health))
    weeks = tables.load("posting_weeks").merge(tables.load("posting_zones"))
    groups = {"leaders": ["leader"], "ministries": ["health", "foreign"]}
    for name, kind in groups.items():
        estimate = rhythm.mean_share(weeks[weeks["kind"].isin(kind)])
        yield Finding("weekend", MODERATE, f"hours-{name}-weekend", estimate)
    yield Finding("second wave", MODERATE, "emergency-health-change", _second_wave())
    yield Finding("storm", SUGGESTIVE, "emergency-sandy-multiple", _sandy())


def _second_wave() -> Estimate:
    waves = {
        "first": emergency.Span("2020-02-24", "2020-05-25"),
        "second": emergency.Span("2020-09-28", "2020-12-28"),
    }
    year_before = emergency.Span("2019-01-21", "2020-01-13")
    ratios = emergency.wave_ratios(tables.load("covid_posting_weeks"), year_before, waves)
    health = (ratios["kind"] == "health") & (ratios["wave"] == "second/first")
    return bootstrap(np.median, ratios.loc[health, "value"])


def _sandy() -> Estimate:
    steps = emergency.intervals(tables.load("nyc_followers").set_index("date")["followers"])
    calm = (steps["start"] >= "2011-09-22") & (steps["end"] <= "2012-10-24")
    sandy = emergency.multiples(steps, calm).iloc[-2]
    return Estimate(sandy["multiple"], sandy["gain"] / sandy["high"], sandy["gain"] / sandy["low"])


def _being_heard() -> Iterator[Finding]:
    members = tables.load("congress_conversation")
    replies = inequality.pooled_ratio(members["replies"], members["posts"])
    yield Finding("replies", STRONG, "conversation-reply-share", replies)
    counts = tables.load("congress_retweet_counts")
    own = counts[counts["kind"] != "passed_on"].groupby("retweets")["posts"].sum()
    values, bundles = inequality.classed(tables.load("congress_retweet_classes"), own)
    top = inequality.clustered(inequality.top_share, values, bundles)
    yield Finding("attention", STRONG, "conversation-top-hundredth", top)
    members = tables.load("congress_mention_members").set_index("member")
    ties = networks.link_rates(tables.load("congress_mentions"), members, ["state", "party"])
    across = ties[~ties["state"] & ~ties["party"]].iloc[0]
    for key, stem in {"networks-strangers": "", "networks-strangers-back": "back_"}.items():
        estimate = Estimate(*across[[f"{stem}{part}" for part in Estimate._fields]])
        yield Finding("answers", MODERATE, key, estimate)
    sizes = tables.load("china_account_sizes").query("measure == 'followers'")
    followers = np.repeat(sizes["value"].to_numpy(), sizes["accounts"].to_numpy())
    tenth = bootstrap(partial(inequality.top_share, part=0.1), followers, resamples=1000)
    yield Finding("service", MODERATE, "diplomats-top-followers", tenth)


def _power() -> Iterator[Finding]:
    yield Finding("rank", STRONG, "ranking-14-place", _fourteenth())
    paid = tag_accuracy.by_report(tables.load("ad_readings").query("period == 2025")).set_index(
        "country"
    )
    for country in ("BR", "CH"):
        estimate = Estimate(*paid.loc[country, ["value", "low", "high"]])
        yield Finding("payers", MODERATE, f"amplification-paid-{country}", estimate)
    shutdowns = tables.load("shutdown_country_years").dropna(subset=["regime"])
    compared = rates.compare_rates(
        shutdowns.assign(hundreds=0.01),
        "regime",
        ("electoral autocracy", "electoral democracy"),
        events="nationwide",
        exposure="hundreds",
        clusters="code",
    )
    estimate = Estimate(compared["exact"].value, *compared["clustered"][1:])
    yield Finding("shutdowns", MODERATE, "control-ratio-democracy", estimate)


def _fourteenth() -> Estimate:
    inputs = tables.load("country_index_inputs").query("edition == 2022").set_index("iso3")
    scores = ranking.normalise(-inputs.drop(columns="edition").astype(float))
    weights = ranking.equal_weights(scores)
    place = ranking.places(ranking.composite(scores, weights))
    country = place.sort_values(kind="stable").index[13]
    ranges = ranking.place_intervals(ranking.places_over_weights(scores, weights))
    return Estimate(place[country], *ranges.loc[country, ["low", "high"]])


def _leaving() -> Iterator[Finding]:
    bodies = survival.follow(
        tables.load("swedish_bodies_x")["last_post"], "2018-01-01", "2026-02-07", 90
    )
    sold = (pd.Timestamp("2022-10-27") - pd.Timestamp("2018-01-01")).days / survival.YEAR
    spells = [
        survival.ends_and_years(bodies["time"], bodies["silent"], *span)
        for span in ((sold, bodies["time"].max()), (0, sold))
    ]
    ratio = rates.rate_ratio(*spells[0], *spells[1])
    yield Finding("silence", MODERATE, "exit-rate-ratio", ratio)
    months = tables.load("german_fediverse_months")
    latest = months["snapshot"] == months["snapshot"].max()
    autumn = months["month"].between("2022-10-01", "2022-12-01")
    wave = months[latest & autumn].groupby("kind")[["posting", "accounts"]].sum()
    for name, kind in {"public": "public body", "party": "party or politician"}.items():
        yield Finding("wave", MODERATE, f"exit-wave-{name}", share(*wave.loc[kind]))
