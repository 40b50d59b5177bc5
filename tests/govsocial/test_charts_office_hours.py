"""Figures and findings of the chapter on office hours: what is drawn is what the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import rhythm, tables
from govsocial.charts import office_hours as charts
from govsocial.charts import style
from govsocial.findings import office_hours as findings
from govsocial.uncertainty import share
from tests.govsocial.drawn import bars, xs

ZONES = tables.load("posting_zones")
HOURS = tables.load("posting_hours").merge(ZONES)
WEEKS = tables.load("posting_weeks").merge(ZONES)


def test_clocks_are_compared_where_they_change_and_where_they_do_not() -> None:
    unchanged = findings.by_clock(HOURS)
    assert "BR" not in set(unchanged["country"])
    assert set(unchanged.loc[unchanged["panel"] == "kept", "country"]) == {"CN", "TR"}
    drawn = charts.clocks(unchanged).drawn
    assert drawn.groupby(["panel", "season"])["share"].sum().tolist() == pytest.approx([1] * 4)


def test_minutes_earlier_are_the_mean_over_accounts() -> None:
    rows = [
        ("a", "changed", "winter", 10, 1),
        ("a", "changed", "summer", 9, 1),
        ("b", "changed", "winter", 12, 5),
        ("b", "changed", "summer", 12, 1),
    ]
    made = pd.DataFrame(rows, columns=["account", "panel", "season", "hour", "posts"])
    found = findings.earlier_in_summer(made).loc["changed"]
    assert (found["accounts"], found["value"]) == (2, 30)
    assert found["low"] == pytest.approx(30 - 12.7062 * 30, rel=1e-4)


def test_kinds_peak_at_the_hours_that_the_text_names() -> None:
    peaks = {}
    for kind, rows in HOURS.groupby("kind"):
        week = rhythm.hours_of_week(rows)
        peaks[kind] = week[week["weekday"] <= 5].groupby("hour")["share"].sum().idxmax()
    assert peaks["health"] == 11
    assert peaks["executive"] == peaks["foreign"] == 16


def test_each_hour_of_each_panel_is_drawn() -> None:
    week = rhythm.hours_of_week(HOURS[HOURS["kind"] == "health"])
    chart = charts.maps({"health": week, "leader": week.assign(ratio=0.0)})
    assert chart.drawn.groupby("group").size().to_dict() == {"health": 168, "leader": 168}
    assert chart.figure.axes[0].get_title("left") == "Health"


def test_every_account_has_its_weekend() -> None:
    week = rhythm.working_week(WEEKS).join(ZONES.set_index("account")["kind"])
    chart = charts.weekends(week)
    words = {text.get_text() for axes in chart.figure.axes for text in axes.texts}
    assert set(ZONES["account"]) <= words
    kept = findings.weekends_kept(week)
    assert set(week[~kept]["kind"]) == {"leader"}


def test_a_weekend_is_kept_if_the_share_is_clearly_below_two_in_seven() -> None:
    made = pd.DataFrame({"weekend": [0.1, 0.5, 0.1], "pvalue": [0.01, 0.01, 0.06]}, list("abc"))
    assert findings.weekends_kept(made).tolist() == [True, False, False]


def test_leaders_and_ministries_are_compared_within_countries() -> None:
    countries = findings.by_country(WEEKS)
    british = findings.group(WEEKS, "leaders").query("country == 'GB'")
    expected = british["weekend"].sum() / british["posts"].sum()
    assert countries.loc["GB", "leaders"] == pytest.approx(expected)
    assert (countries["more"] > 0).all()
    chart = charts.leaders(countries)
    marks = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert xs(marks[0]) == sorted(countries["leaders"], reverse=True)


def test_differences_are_points_between_the_means_of_groups() -> None:
    found = findings.differences(WEEKS)
    assert list(found.index) == list(findings.PERIODS)
    assert (found["low"] > 0).all()
    means = [rhythm.mean_share(findings.group(WEEKS, name)).value for name in findings.GROUPS]
    assert found.loc["all", "value"] == pytest.approx(100 * (means[1] - means[0]))


def test_the_evening_begins_at_six() -> None:
    rows = [(1, 17, 0.3), (2, 18, 0.1), (5, 23, 0.1), (6, 20, 0.5)]
    week = pd.DataFrame(rows, columns=["weekday", "hour", "share"])
    assert findings.evening_share(week) == pytest.approx(0.4)


def test_an_average_day_is_drawn_for_both_groups() -> None:
    shape = rhythm.typical_days(rhythm.hours_of_week(HOURS))
    days = pd.concat([shape.assign(group=name) for name in ("members", "institutions")])
    chart = charts.parliament(days)
    assert [len(axes.lines) for axes in chart.figure.axes] == [2, 2]
    assert len(chart.drawn) == 96


def test_members_are_counted_by_the_difference_between_their_devices() -> None:
    rows = [
        ("a", "site", 20, 1),
        ("a", "mobile", 20, 6),
        ("b", "site", 40, 4),
        ("b", "mobile", 25, 1),
        ("c", "site", 90, 1),
        ("c", "mobile", 19, 9),
    ]
    made = pd.DataFrame(rows, columns=["member", "program", "posts", "weekend"])
    both = findings.two_programs(made)
    assert both["gap"].to_dict() == pytest.approx({"a": 0.25, "b": -0.06})
    chart = charts.two_programs(both)
    counted = chart.drawn[chart.drawn["members"] > 0]
    assert counted["members"].tolist() == [1, 1]
    assert (counted["from"] <= [-0.06, 0.25]).all() and (counted["to"] >= [-0.06, 0.25]).all()


def test_no_member_falls_out_of_the_figure() -> None:
    both = findings.two_programs(tables.load("congress_member_programs"))
    chart = charts.two_programs(both)
    assert chart.drawn["members"].sum() == len(both)
    left = chart.drawn.loc[chart.drawn["from"] < 0, "members"].sum()
    assert left == (both["gap"] < 0).sum()
    grey = [bar for bar in bars(chart.figure.axes[0]) if bar.get_facecolor()[:3] != _blue()]
    assert sum(bar.get_height() for bar in grey) == left


def _blue() -> tuple[float, ...]:
    return tuple(int(style.BLUE[place : place + 2], 16) / 255 for place in (1, 3, 5))


def test_a_president_has_a_weekend_in_each_phase() -> None:
    weeks = tables.load("truth_social_weeks")
    found = findings.president(weeks)
    office = weeks[weeks["phase"] == "in office"]
    expected = office["weekend"].sum() / office["posts"].sum()
    assert found.loc[("in office", "weekend"), "value"] == pytest.approx(expected)
    assert (found["low"] < found["value"]).all() and (found["value"] < found["high"]).all()


def test_the_interval_of_weeks_is_far_wider_than_that_of_posts() -> None:
    own = WEEKS[WEEKS["account"] == "MFA_China"]
    posts = share(own["weekend"].sum(), own["posts"].sum())
    assert (round(posts.low, 2), round(posts.high, 2)) == (0.09, 0.11)
    weeks = rhythm.weekend_share(own)
    assert (round(weeks.low, 2), round(weeks.high, 2)) == (0.05, 0.17)


def test_brazil_has_no_common_shift() -> None:
    brazil = HOURS[(HOURS["weekday"] <= 5) & (HOURS["country"] == "BR")]
    means = rhythm.mean_hours(rhythm.winter_clock(brazil), ["account", "season"]).unstack()
    earlier = means["winter"] - means["summer"]
    assert ((earlier > 0).sum(), (earlier < 0).sum()) == (2, 4)
