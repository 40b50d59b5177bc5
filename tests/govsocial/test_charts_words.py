"""Words: spans, years without a change beside the one with it, and figures that draw them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsocial import tables, wording
from govsocial.charts import words as charts
from govsocial.findings import words
from tests.govsocial.drawn import bars, ys


def weeks(account: str, first: str, number: int, ease: float) -> pd.DataFrame:
    days = pd.date_range(first, periods=number, freq="W-MON")
    return pd.DataFrame({"account": account, "week": days, "texts": 2, "reading_ease": ease})


def test_a_span_holds_the_weeks_that_begin_in_it() -> None:
    posts = weeks("a", "2020-02-24", 3, 50.0)
    found = words.between(posts, ("2020-03-02", "2020-03-08"))
    assert found["week"].dt.strftime("%Y-%m-%d").tolist() == ["2020-03-02"]


def test_an_account_with_too_few_weeks_has_no_value() -> None:
    posts = pd.concat([weeks("a", "2020-01-06", 20, 60.0), weeks("b", "2020-01-06", 11, 70.0)])
    found = words.ease(posts)
    assert found.index.tolist() == ["a"]
    assert found.loc["a", "value"] == pytest.approx(60)


def test_only_the_year_of_the_limit_changes_when_only_it_does() -> None:
    posts = weeks("a", "2015-01-05", 260, 50.0)
    posts.loc[posts["week"] > words.LIMIT, "reading_ease"] = 57.0
    found = words.around_limit(posts, "reading_ease").set_index("year")["value"]
    assert found.to_dict() == pytest.approx({2016: 0, 2017: 7, 2018: 0})


def test_the_council_wrote_longer_posts_after_the_limit() -> None:
    posts = tables.load("institution_posts")
    council = posts[posts["account"] == "EUCouncil"]
    before, after = wording.around(council, words.LIMIT, words.HALF_YEAR)
    mean = [
        float(np.average(side["characters"], weights=side["texts"])) for side in (before, after)
    ]
    found = words.around_limit(posts, "characters").set_index(["year", "account"])
    assert found.loc[(2017, "EUCouncil"), "value"] == pytest.approx(mean[1] - mean[0])
    assert found["low"][2017, "EUCouncil"] > 0


def test_by_sentences_the_council_stands_apart_and_the_oecd_nearly() -> None:
    found = words.around_limit(tables.load("institution_posts"), "sentences")
    wide = found.pivot_table(["value", "low", "high"], "account", "year")
    low, high, value = wide["low"], wide["high"], wide["value"]
    apart = pd.concat([low[2017] > high[year] for year in (2016, 2018)], axis=1).all(axis=1)
    assert apart[apart].index.tolist() == ["EUCouncil"]
    # An interval may overlap another one while their difference is clear.
    half = ((high - low) / 2).loc["OECD"]
    for year in (2016, 2018):
        gap = value.loc["OECD", 2017] - value.loc["OECD", year]
        assert -0.05 < gap - np.hypot(half[2017], half[year]) < 0.2


def test_figures_draw_what_they_are_given() -> None:
    posts = tables.load("institution_posts")
    yearly = words.by_year(posts, words.ease)
    axes = charts.ease(yearly).figure.axes[0]
    scots = yearly[yearly["account"] == "scotgov"]["value"].tolist()
    assert scots in [ys(line) for line in axes.lines]
    bands = tables.load("institution_reading_ease")
    quartiles = words.spreads(bands[bands["year"] >= 2020])
    boxes = bars(charts.spread(quartiles).figure.axes[0])
    width = quartiles["high"] - quartiles["low"]
    assert sorted(bar.get_width() for bar in boxes) == pytest.approx(sorted(width))
    counted = tables.load("canada_languages")
    parts = bars(charts.languages(counted).figure.axes[0])
    assert sum(bar.get_width() for bar in parts) == pytest.approx(counted["platform"].nunique())
