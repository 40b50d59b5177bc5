"""Figures and findings of the chapter on emergencies: what is drawn is what the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import emergency as charts
from govsocial.emergency import course, level_ratio, serial_correlation
from govsocial.findings import emergency as findings
from tests.govsocial.drawn import bars, ys


def test_the_hospitals_are_drawn_above_the_posts() -> None:
    posts = pd.Series([3, 5], index=pd.to_datetime(["2020-02-24", "2020-03-02"]))
    epidemic = tables.load("covid_italy_weeks")
    chart = charts.italy(posts, epidemic, 4.0, findings.WAVES)
    assert chart.drawn["posts"].tolist() == [3, 5]
    assert chart.drawn["wards"].tolist() == epidemic["wards"].tolist()[:2]
    above, below = chart.figure.axes
    legend = above.get_legend()
    assert legend and [text.get_text() for text in legend.get_texts()] == [
        "in wards",
        "intensive care",
    ]
    assert [bar.get_height() for bar in bars(below)] == [3, 5]


def test_wards_and_intensive_care_were_fuller_in_the_second_wave() -> None:
    found = findings.hospitals(tables.load("covid_italy_weeks"))
    assert (found.loc["second", ["wards", "intensive_care"]] > found.loc["first"].iloc[:2]).all()
    assert found["intensive_care_most"]["first"] > found["intensive_care_most"]["second"]


def test_a_wave_is_counted_by_its_weeks_alone() -> None:
    weeks = pd.to_datetime(["2020-02-17", "2020-02-24", "2020-05-25", "2020-06-01", "2020-10-05"])
    made = pd.DataFrame(
        {
            "week": weeks,
            "wards": [9.0, 2.0, 4.0, 9.0, 5.0],
            "intensive_care": [9.0, 1.0, 2.0, 9.0, 3.0],
            "deaths": [100, 1, 2, 100, 7],
        }
    )
    first = findings.hospitals(made).loc["first"]
    assert first.to_dict() == {
        "wards": 3,
        "intensive_care": 1.5,
        "wards_most": 4,
        "intensive_care_most": 2,
        "deaths": 3,
    }


def test_the_bulletin_is_counted_per_week() -> None:
    months = [start for start, _end in findings.MONTHS.values()]
    made = pd.DataFrame(
        [(pd.Timestamp(m), hour, n) for m in months for hour, n in ((16, 92), (17, 184), (18, 46))],
        columns=["month", "hour", "posts"],
    )
    found = findings.bulletin(made)
    assert list(found.loc["spring"]) == pytest.approx([230 / 92 * 7, 7, 230 / 322])
    assert found.loc["before", "outside"] == pytest.approx(92 / 365 * 7)


def test_what_the_second_wave_added_came_with_the_bulletin() -> None:
    found = findings.bulletin(tables.load("covid_ministry_hours"))
    assert found["outside"]["autumn"] < found["outside"]["before"]
    assert found["within"]["autumn"] > 4 * found["within"]["before"]


def test_clear_changes_are_counted_by_adjusted_p_values() -> None:
    rows = [(1.5, 0.01), (1.5, 0.2), (0.5, 0.04), (0.9, 0.6), (0.8, 0.7)]
    made = pd.DataFrame(rows, columns=["value", "pvalue"]).assign(kind="health", wave="first")
    other = made.assign(kind="leader", pvalue=0.001)
    found = findings.clear(pd.concat([made, other]), "health", "first")
    assert found.to_dict() == {"accounts": 5, "more": 1, "less": 1, "lower": 3}


def test_kinds_of_few_accounts_have_no_median() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0]
    made = pd.DataFrame({"value": values, "kind": "health", "wave": "first"})
    few = pd.DataFrame({"value": values[:5], "kind": "leader", "wave": "first"})
    found = findings.first_wave(pd.concat([made, few, made.assign(wave="second", value=0.0)]))
    assert found.index.tolist() == ["health"]
    assert list(found.loc["health"]) == [6, 3.5, 1, 9]


def test_each_health_account_has_both_waves() -> None:
    weeks = tables.load("covid_posting_weeks")
    ratios = findings.waves(weeks)
    nations = weeks[["account", "country"]].drop_duplicates()
    health = ratios[(ratios["kind"] == "health") & ratios["wave"].isin(list(findings.WAVES))]
    chart = charts.ratios(health.merge(nations, on="account"))
    names = [text.get_text() for text in chart.figure.axes[0].get_yticklabels()]
    assert len(names) == health["account"].nunique() == len(chart.drawn) / 2
    assert any(name.endswith("MinisteroSalute") for name in names)


def test_two_accounts_end_before_the_second_wave() -> None:
    weeks = tables.load("covid_posting_weeks")
    found = findings.ended(weeks)
    french = weeks[weeks["account"] == "French_Gov"].set_index("week")["posts"].astype(float)
    before, wave = french["2019-01-21":"2020-01-13"].mean(), french["2020-02-24":"2020-05-25"]
    assert set(found.index) == {"French_Gov", "foreignoffice"}
    assert found["French_Gov"] == pytest.approx(wave.mean() / before)


def test_the_course_is_drawn_for_four_kinds() -> None:
    weeks = tables.load("covid_posting_weeks")
    ratios = findings.waves(weeks)
    chart = charts.course(course(weeks, ratios), findings.WAVES)
    assert set(chart.drawn["kind"]) == {"health", "executive", "foreign", "leader"}
    assert len(chart.figure.axes) == 4


def test_followers_and_their_gain_are_drawn() -> None:
    sums = tables.load("nyc_followers")
    steps = findings.steps(sums)
    chart = charts.followers(sums.set_index("date")["followers"], steps)
    assert chart.drawn["gain"].sum() == sums["followers"].iloc[-1] - sums["followers"].iloc[0]
    words = {text.get_text() for text in chart.figure.axes[1].texts}
    assert words == {"Irene: 1,722", "Sandy: 11,796"}


def test_every_account_gained_and_is_drawn() -> None:
    gains = tables.load("nyc_follower_gains").sort_values("sandy", ascending=False)
    assert (gains["sandy"] > 0).all()
    assert gains["sandy"].iloc[3] > 2 * gains["sandy"].iloc[4]
    chart = charts.gains(gains.head(18))
    names = [text.get_text() for text in chart.figure.axes[0].get_yticklabels()]
    assert names == gains["account"].head(18).tolist()
    assert names[:4] == [findings.MAYOR, "FDNY", "NotifyNYC", "nycgov"]


def test_a_pace_leaves_out_the_advertised_account() -> None:
    made = pd.DataFrame(
        {"account": [findings.MAYOR, "a", "b"], "before": [1, 2, 3], "sandy": [90, 12, 8]}
    )
    assert findings.times_former_pace(made, findings.MAYOR) == 4
    assert findings.times_former_pace(made) == 110 / 6


def test_an_evening_is_held_against_the_other_working_days() -> None:
    days = pd.date_range("2021-01-01", "2021-01-08")
    made = pd.DataFrame(
        [(day, hour, 10 * day.day + hour) for day in days for hour in (19, 20, 21)],
        columns=["day", "hour", "posts"],
    )
    found = findings.evening(made, 20, 21)
    assert (found["capitol"], found["lockdown"], found["days"]) == (161, 121, 3)
    assert found["ordinary"].value == pytest.approx((141 * 181 * 201) ** (1 / 3))
    assert not findings.working_days(made)["day"].isin(pd.to_datetime(["2021-01-01"])).any()


def test_the_two_evenings_are_drawn_over_the_others() -> None:
    working = findings.working_days(tables.load("uk_mp_post_hours"))
    chart = charts.evening(working, findings.LOCKDOWN, findings.CAPITOL)
    lines = chart.figure.axes[0].lines
    assert len(lines) == working["day"].nunique() + 1
    capitol = working[working["day"] == findings.CAPITOL].sort_values("hour")["posts"]
    assert ys(lines[-1]) == capitol.tolist()


def test_against_the_season_the_second_wave_can_hardly_be_seen() -> None:
    """Exercise 1: the printed ratio, and an interval with one in it."""
    weeks = tables.load("covid_posting_weeks").query("account == 'MinisteroSalute'")
    posts = weeks.set_index("week")["posts"].astype(float)
    before, during = posts["2019-09-30":"2019-12-30"], posts["2020-09-28":"2020-12-28"]
    found = level_ratio(during, before, serial_correlation([before, during]))
    assert round(found.value, 1) == 1.3
    assert found.low < 1 < found.high


def test_two_samples_are_out_of_line() -> None:
    """Exercise 2."""
    dates = tables.load("nyc_sampling_dates")
    out = dates[dates["misplaced"] > dates["accounts"] / 2]
    assert out["labelled"].dt.strftime("%Y-%m-%d").tolist() == ["2012-05-09", "2012-12-12"]
    assert (out["labelled"] == out["read_as"]).all()


def test_other_busy_hours_of_january_are_those_of_the_solution() -> None:
    """Exercise 3: after the two evenings, a Monday, two Wednesdays."""
    posts = tables.load("uk_mp_post_hours")
    working = posts[posts["day"].dt.day_of_week < 5].query("8 <= hour <= 22")
    times = working["posts"] / working.groupby("hour")["posts"].transform("median")
    first = working.loc[times.nlargest(10).index]
    others = first[~first["day"].isin([findings.LOCKDOWN, findings.CAPITOL])]
    found = {(day.day, hour) for day, hour in zip(others["day"], others["hour"], strict=True)}
    assert found == {(27, 20), (18, 20), (18, 19), (13, 12), (27, 12)}


def test_a_trend_that_may_fall_gives_no_multiple() -> None:
    followers = tables.load("nyc_followers")
    uneven = followers["followers"] + 100_000 * (followers.index % 2)
    with pytest.raises(ValueError, match="no gain is sure to be expected until 2012-11-02"):
        findings.gain(followers.assign(followers=uneven))
