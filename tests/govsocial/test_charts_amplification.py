"""The figures of the chapter on amplification draw what their tables say."""

from __future__ import annotations

import pytest

from govsocial import coordination, tables, tag_accuracy
from govsocial.charts import amplification as figures


def test_both_series_are_drawn_where_both_are_known() -> None:
    drawn = figures.births(tables.load("liker_creation_days"), tables.load("war_tweet_days")).drawn
    assert drawn["accounts"].sum() == 196_087
    both = drawn.dropna()
    assert both["day"].min().strftime("%Y-%m-%d") == "2022-02-23"
    assert not drawn["day"].duplicated().any()


def test_the_expected_are_the_pairs_of_one_thing_by_chance() -> None:
    windows, sets = tables.load("sharing_windows"), tables.load("sharing_sets")
    drawn = figures.windows(windows, sets).drawn.set_index(["set", "window"])
    size = sets.set_index("set").loc["russia", "pairs"]
    chance = windows.set_index(["set", "window"]).loc[("russia", 60), "chance"]
    assert drawn.loc[("russia", 60), "expected"] == pytest.approx(size * chance)
    assert len(drawn) == len(windows)


def test_pairs_are_drawn_for_both_sets() -> None:
    frame = tables.load("germany_link_times").head(2_000)
    found = coordination.widening(frame, [1, 10, 60], (3, 5), shuffles=3)
    drawn = figures.pairs({"russia": found, "germany": found}).drawn
    assert len(drawn) == 12 and set(drawn["set"]) == {"russia", "germany"}


def test_every_archive_has_its_dot() -> None:
    chart = figures.releases(tables.load("io_releases"))
    assert chart.drawn["archives"].sum() == 22
    assert len(chart.figure.axes[0].lines) == len(chart.drawn)
    names = [label.get_text() for label in chart.figure.axes[0].get_yticklabels()]
    assert "United Arab Emirates and Egypt" in names


def test_every_report_has_its_row() -> None:
    survey = tag_accuracy.by_report(tables.load("ad_readings"))
    drawn = figures.payers(survey).drawn
    assert len(drawn) == len(survey)
    assert (drawn["low"] <= drawn["value"]).all() and (drawn["value"] <= drawn["high"]).all()


def test_reports_without_a_tag_have_no_errors() -> None:
    survey = tag_accuracy.by_report(tables.load("ad_readings"))
    drawn = figures.errors(survey).drawn
    assert set(survey["country"]) - set(drawn["country"]) == {"BD"}
    assert (drawn["precision_value"] == drawn["hits"] / drawn["rows"]).all()


def test_the_three_panels_of_the_war() -> None:
    names = ("war_tweet_days", "war_tweet_languages", "war_tweet_hours")
    drawn = figures.war(*(tables.load(name) for name in names)).drawn
    assert drawn["share"].sum() == pytest.approx(1)
    assert drawn["multiple"].mean() == pytest.approx(1)
    assert drawn["tweets"].notna().sum() == 486
