"""The figures of the chapter on amplification draw what their tables say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govsocial import tables, tag_accuracy
from govsocial.charts import amplification as figures
from govsocial.coordination import coincidences
from govsocial.findings import amplification as findings
from tests.govsocial.drawn import segments

ROOT = Path(__file__).resolve().parents[2]


def test_both_series_are_drawn_where_both_are_known() -> None:
    drawn = figures.births(tables.load("liker_creation_days"), tables.load("war_tweet_days")).drawn
    assert drawn["accounts"].sum() == 196_087
    both = drawn.dropna()
    assert both["day"].min().strftime("%Y-%m-%d") == "2022-02-23"
    assert not drawn["day"].duplicated().any()


def test_the_expected_are_the_pairs_of_one_thing_by_chance() -> None:
    windows, sets = tables.load("sharing_windows"), tables.load("sharing_sets")
    drawn = figures.windows(windows, sets).drawn.set_index(["set", "window"])
    size = sets.set_index("set")["pairs"]["russia"]
    chance = windows.set_index(["set", "window"])["chance"]["russia", 60]
    assert drawn["expected"]["russia", 60] == pytest.approx(size * chance)
    assert len(drawn) == len(windows)


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


def test_both_baselines_stand_beside_the_count() -> None:
    rows = pd.DataFrame(
        {
            "set": ["russia", "germany"],
            "least": [3, 5],
            "window": [600, 10],
            "observed": [150, 430],
            "shuffled": [25.0, 120.0],
            "low": [14, 96],
            "high": [36, 144],
        }
    )
    slower = rows.assign(shuffled=[40.0, 300.0], low=[30, 280], high=[55, 330])
    meetings = findings.meetings(rows, slower)
    assert meetings.loc[("russia", 3, 600), "range_of_speed"] == "30 to 55"
    chart = figures.pairs(meetings)
    axes = chart.figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Russia: 3 things\nwithin 10 min",
        "Germany: 5 things\nwithin 10 s",
    ]
    low, high = segments(axes.collections[1])[1][:, 0]
    assert (low, high) == (280, 330)


def test_the_largest_payers_come_first_and_foreign_ones_are_told() -> None:
    payers = pd.DataFrame(
        {
            "period": [2025] * 4,
            "country": ["AA", "BR", "BR", "BR"],
            "payer": ["x", "small", "large", "smallest"],
            "seat": ["abroad", "home", "home", "home"],
            "spent": [50, 20, 60, 5],
        }
    )
    readings = pd.DataFrame(
        {
            "period": [2025] * 4,
            "country": ["AA", "BR", "BR", "CC"],
            "public_spent": [200, 60, 40, 0],
            "elsewhere_spent": [50, 10, 0, 0],
        }
    )
    first = findings.largest(payers, readings)
    assert first["payer"].tolist() == ["large", "small", "x"]
    assert first["part"].tolist() == [0.6, 0.2, 0.25]
    assert findings.abroad(readings).to_dict() == {(2025, "AA"): 0.25, (2025, "BR"): 0.1}
    axes = figures.named(tables_with_countries(first)).figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["60% large", "20% small", "25% x"]


def tables_with_countries(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.replace({"country": {"AA": "AR"}})


def test_ordinary_days_go_together_and_the_interval_that_ignores_it_says_so() -> None:
    days = tables.load("liker_creation_days").set_index("day")["exact"].astype(float)
    calm = days.loc[slice(*findings.CALM)]
    assert calm.corr(calm.shift()) > 0.4
    chapter = (ROOT / "chapters" / "amplification.md").read_text("utf-8")
    interval = "{glue:text}`amplification-ordinary-interval`"
    assert f"{interval}, taking days, which go together, for independent." in chapter


def test_days_from_the_invasion_until_half() -> None:
    days = pd.date_range("2022-02-23", periods=7)
    assert findings.halved(pd.Series([99.0, 10, 40, 30, 20, 19, 5], index=days)) == 4


def test_the_crowd_halves_after_its_largest_week() -> None:
    days = pd.date_range("2022-03-01", periods=27)
    posts = pd.DataFrame({"day": days, "tweets": [70] * 7 + [0] * 20})
    assert findings.crowd(posts) == (70, 4, 7)


def test_every_failed_spell_is_shaded() -> None:
    days = tables.load("war_tweet_days")
    failed = days["tweets"] < findings.FAILED
    chart = figures.war(days, failed)
    starts = failed & ~failed.shift(fill_value=False)
    assert len(chart.figure.axes[0].patches) == starts.sum()
    assert chart.drawn["failed"].sum() == failed.sum()


def test_german_pairs_that_meet_often_are_of_several_groups_that_do_not_touch() -> None:
    shares = tables.load("germany_link_times")
    near = coincidences(shares["thing"], shares["after"], 10)
    accounts = shares["account"].to_numpy()
    ends = np.sort(np.column_stack([accounts[near.first], accounts[near.second]]))
    pairs, met = np.unique(ends, axis=0, return_counts=True)
    often = pairs[met >= 5]
    group = {account: account for account in often.ravel()}
    for one, other in often:
        old, new = group[one], group[other]
        group = {account: new if its == old else its for account, its in group.items()}
    sizes = sorted(Counter(group.values()).values(), reverse=True)
    assert (len(often), len(group), len(sizes), sizes[0]) == (428, 98, 19, 35)
    chapter = (ROOT / "chapters" / "amplification.md").read_text(encoding="utf-8")
    assert "Several groups of accounts share link after link" in chapter


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("amplification", "in Belgium, those of the European Union included, {glue"),
        ("lessons", "in Belgium, those of the European Union included, {glue"),
        ("moscow-rome-2026", "Public bodies, those of the European Union among them, paid {glue"),
    ],
)
def test_bodies_of_the_union_are_named_where_a_country_s_share_holds_them(
    page: str, before: str
) -> None:
    spent = tables.load("ad_readings").groupby("country")[["elsewhere_spent", "public_spent"]].sum()
    abroad = spent["elsewhere_spent"] / spent["public_spent"]
    assert abroad["BE"] > 0.3 and abroad["IT"] > 0.4 and abroad["BR"] == 0
    assert before in (ROOT / "chapters" / f"{page}.md").read_text(encoding="utf-8")
