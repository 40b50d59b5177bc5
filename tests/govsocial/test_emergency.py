"""Ratios of busy to quiet weeks and interrupted trends, against simulated truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from govsocial import emergency, tables
from govsocial.emergency import Span
from govsocial.findings import emergency as findings

ROOT = Path(__file__).resolve().parents[2]
WEEKS = (52, 14, 14)
RATIOS = (1.0, 3.0, 1.5)


def simulated(rng: np.random.Generator, correlation: float) -> list[NDArray[np.int64]]:
    """Weekly counts about 20 with 30% more scatter than Poisson's, of correlated neighbours."""
    innovations = rng.normal(size=sum(WEEKS))
    state = np.zeros(sum(WEEKS))
    state[0] = innovations[0]
    for week in range(1, len(state)):
        fresh = np.sqrt(1 - correlation**2) * innovations[week]
        state[week] = correlation * state[week - 1] + fresh
    levels = 20 * np.repeat(RATIOS, WEEKS)
    counts = rng.poisson(levels * np.exp(0.3 * state))
    return np.split(counts, np.cumsum(WEEKS)[:-1])


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_the_interval_covers_the_true_ratio_about_as_often_as_it_says(correlation: float) -> None:
    rng = np.random.default_rng(7)
    covered = []
    for _ in range(400):
        before, first, second = simulated(rng, correlation)
        alike = emergency.serial_correlation([before, first, second])
        for during, truth in ((first, 3.0), (second, 1.5)):
            ratio = emergency.level_ratio(during, before, alike)
            covered.append(ratio.low <= truth <= ratio.high)
    assert 0.92 <= np.mean(covered) <= 0.98


def test_ignoring_the_likeness_of_neighbours_makes_the_interval_too_narrow() -> None:
    rng = np.random.default_rng(7)
    covered = []
    for _ in range(400):
        before, first, _second = simulated(rng, 0.6)
        ratio = emergency.level_ratio(first, before)
        covered.append(ratio.low <= 3.0 <= ratio.high)
    assert np.mean(covered) < 0.85


def test_serial_correlation_is_recovered() -> None:
    rng = np.random.default_rng(1)
    found = [emergency.serial_correlation(simulated(rng, 0.6)) for _ in range(200)]
    # Poisson noise dilutes the 0.6 of the state a little.
    assert 0.35 < np.mean(found) < 0.6


def test_serial_correlation_has_the_bias_of_marriott_and_pope_taken_off() -> None:
    # Seven pairs with means of 16/7 and 19/7: 4/7 over 52/7, or 1/13. E r = a - (2a + k(1 + a)) / n
    # for k means taken off n values: a = (n r + k) / (n - 2 - k).
    once = [1, 2, 3, 4, 1, 2, 3, 4]
    assert emergency.serial_correlation([once]) == pytest.approx((8 / 13 + 1) / 5)
    # Two phases of one shape, the second at ten times the level: the same pairs twice.
    twice = [once, [10 * count for count in once]]
    assert emergency.serial_correlation(twice) == pytest.approx((16 / 13 + 2) / 12)


def test_serial_correlation_without_variation_is_none() -> None:
    assert emergency.serial_correlation([[3, 3, 3], [7, 7, 7, 7]]) == 0


def test_without_correlation_the_interval_is_welchs() -> None:
    during, before = np.array([9.0, 11, 13]), np.array([4.0, 6, 5, 5])
    ratio = emergency.level_ratio(during, before)
    parts = [during.var(ddof=1) / 3 / 11**2, before.var(ddof=1) / 4 / 5**2]
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 3)
    reach = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts))
    assert ratio == pytest.approx((2.2, 2.2 * np.exp(-reach), 2.2 * np.exp(reach)))


@given(st.lists(st.integers(1, 60), min_size=3, max_size=20), st.integers(2, 9))
def test_scaling_all_weeks_scales_the_ratio(counts: list[int], factor: int) -> None:
    ratio = emergency.level_ratio(np.array(counts) * factor, counts)
    assert ratio.value == pytest.approx(factor)
    assert ratio.low <= ratio.value <= ratio.high


@pytest.mark.parametrize(("during", "before"), [([1], [1, 2]), ([1, 2], [0, 0])])
def test_too_little_for_a_ratio_is_refused(during: list[int], before: list[int]) -> None:
    with pytest.raises(ValueError, match="two weeks or more"):
        emergency.level_ratio(during, before)


def account(name: str, first: str, last: str, posts: int) -> pd.DataFrame:
    weeks = pd.date_range(first, last, freq="7D")
    return pd.DataFrame({"account": name, "kind": "health", "week": weeks, "posts": posts})


def test_accounts_without_enough_past_or_without_a_whole_wave_are_left_out() -> None:
    baseline = Span("2019-01-21", "2020-01-13")
    waves = {"first": Span("2020-02-24", "2020-05-25"), "second": Span("2020-09-28", "2020-12-28")}
    frame = pd.concat(
        [
            account("whole", "2019-01-21", "2021-01-25", 10),
            account("young", "2019-12-02", "2021-01-25", 10),
            account("ended", "2019-01-21", "2020-11-30", 10),
            account("silent", "2019-01-21", "2021-01-25", 0),
        ]
    )
    ratios = emergency.wave_ratios(frame, baseline, waves)
    assert set(ratios["account"]) == {"whole"}
    assert list(ratios["wave"]) == ["first", "second", "second/first"]
    assert (ratios[["value", "low", "high"]] == 1).all(axis=None)


BASELINE = Span("2019-01-21", "2019-12-30")
WAVE = {"first": Span("2020-01-06", "2020-03-30")}


def test_an_account_that_doubles_without_scatter_has_not_stayed_the_same() -> None:
    weeks = account("a", "2019-01-21", "2020-03-30", 5)
    weeks.loc[weeks["week"] >= "2020-01-06", "posts"] = 10
    row = emergency.wave_ratios(weeks, BASELINE, WAVE).iloc[0]
    assert list(row[["value", "low", "high", "pvalue"]]) == [2, 2, 2, 0]


def test_the_p_value_of_a_wave_is_students() -> None:
    weeks = account("a", "2019-01-21", "2020-03-30", 0).assign(posts=lambda w: w.index % 5 + 3)
    weeks.loc[weeks["week"] >= "2020-01-06", "posts"] += 3
    before, during = np.split(weeks["posts"].to_numpy(float), [50])
    alike = emergency.serial_correlation([before, during])
    ratio = emergency.level_ratio(during, before, alike)
    wider = (1 + alike) / (1 - alike)
    parts = [wider * x.var(ddof=1) / len(x) / x.mean() ** 2 for x in (during, before)]
    rows = [max(len(x) / wider - 1, 1) for x in (during, before)]
    freedom = sum(parts) ** 2 / sum(part**2 / n for part, n in zip(parts, rows, strict=True))
    expected = 2 * stats.t.sf(np.log(ratio.value) / np.sqrt(sum(parts)), freedom)
    found = emergency.wave_ratios(weeks, BASELINE, WAVE).iloc[0]
    assert found["pvalue"] == pytest.approx(expected) and tuple(found[["low", "high"]]) == ratio[1:]


def test_an_account_without_a_post_in_a_wave_is_refused() -> None:
    weeks = account("a", "2019-01-21", "2020-03-30", 5)
    weeks.loc[weeks["week"] >= "2020-01-06", "posts"] = 0
    with pytest.raises(ValueError, match="some posts in each phase"):
        emergency.wave_ratios(weeks, BASELINE, WAVE)


def samples(per_day: NDArray[np.float64], days: NDArray[np.int64]) -> pd.Series[Any]:
    dates = pd.Timestamp("2011-09-22") + pd.to_timedelta(np.append(0, days.cumsum()), unit="D")
    return pd.Series(np.append(1000, 1000 + (per_day * days).cumsum()), index=dates)


def test_a_straight_trend_is_prolonged_exactly() -> None:
    days = np.array([20, 30, 20, 40, 10])
    middle = days.cumsum() - days / 2
    steps = emergency.intervals(samples(100 + 2 * middle, days))
    last = steps.iloc[-1]
    expected = emergency.expected_gain(steps.iloc[:-1], last["start"], last["end"])
    assert expected.value == pytest.approx(last["gain"])
    assert expected.low == pytest.approx(expected.high)


def test_the_prediction_interval_covers_a_new_calm_interval() -> None:
    rng = np.random.default_rng(3)
    days = np.array([35, 21, 43, 21, 28, 26, 26, 21, 44, 22, 28, 50, 33, 9])
    covered = []
    for _ in range(400):
        noise = rng.normal(size=len(days)) * 300 / np.sqrt(days)
        steps = emergency.intervals(samples(600 + noise, days))
        last = steps.iloc[-1]
        expected = emergency.expected_gain(steps.iloc[:-1], last["start"], last["end"])
        covered.append(expected.low <= last["gain"] <= expected.high)
    assert 0.92 <= np.mean(covered) <= 0.98


def test_a_jump_of_known_size_is_found_and_placebos_stay_near_one() -> None:
    days = np.full(12, 25)
    per_day = 600 + 40 * np.cos(np.arange(12))
    per_day[-1] = 6_000
    steps = emergency.intervals(samples(per_day, days))
    found = emergency.multiples(steps, [True] * 11 + [False])
    assert found["multiple"].iloc[-1] == pytest.approx(10, rel=0.1)
    assert found["multiple"].iloc[:-1].between(0.8, 1.25).all()


def test_two_intervals_make_no_trend() -> None:
    steps = emergency.intervals(samples(np.array([5.0, 6.0]), np.array([10, 10])))
    with pytest.raises(ValueError, match="three intervals"):
        emergency.expected_gain(steps, pd.Timestamp("2012-01-01"), pd.Timestamp("2012-01-10"))


def test_the_ordinary_range_is_students_on_the_log_scale() -> None:
    usual = emergency.ordinary([100, 200, 400])
    reach = stats.t.ppf(0.975, 2) * np.log(2) * np.sqrt(4 / 3)
    assert usual == pytest.approx((200, 200 * np.exp(-reach), 200 * np.exp(reach)))
    with pytest.raises(ValueError, match="above zero"):
        emergency.ordinary([5, 0, 3])
    with pytest.raises(ValueError, match="counts of ordinary days: 1 of 3 values are missing"):
        emergency.ordinary([5, np.nan, 3])


def test_the_course_is_one_where_all_accounts_keep_their_baseline() -> None:
    frame = pd.concat(
        [account(name, "2019-01-21", "2019-06-03", 4 + n) for n, name in enumerate("abcdef")]
    )
    base = frame.groupby(["account", "kind"], as_index=False).agg(baseline=("posts", "mean"))
    band = emergency.course(frame, base)
    assert (band[["median", "low", "high"]] == 1).all(axis=None)
    assert set(band["accounts"]) == {6}
    few = base[base["account"] < "f"].rename(columns={"posts": "baseline"})
    assert emergency.course(frame, few).empty


def test_the_hurricane_stands_out_of_a_calm_year() -> None:
    followers = tables.load("nyc_followers").set_index("date")["followers"]
    steps = emergency.intervals(followers)
    calm = (steps["start"] >= "2011-09-22") & (steps["end"] <= "2012-10-24")
    found = emergency.multiples(steps, calm)
    assert found.loc[calm, "multiple"].between(0.6, 1.3).all()
    # By hand: 106,165 in nine days, against 241,137 in the 398 days between the hurricanes.
    by_hand = 106_165 / 9 / ((followers["2012-10-24"] - followers["2011-09-22"]) / 398)
    assert found["multiple"].iloc[-2] == pytest.approx(by_hand, rel=0.15)


def test_series_that_say_nothing_of_neighbours_are_not_alike() -> None:
    assert emergency.serial_correlation([[1, 2, 9]]) == 0
    assert emergency.serial_correlation([range(1, 8)]) == 0
    assert emergency.serial_correlation([range(1, 9)]) == pytest.approx(0.9)  # eight are enough
    assert emergency.serial_correlation([[1, 2, 9, 4], [3, 1, 2]]) == 0
    with pytest.raises(ValueError, match="missing or infinite"):
        emergency.serial_correlation([[1, np.nan, 2, 3, 4, 5, 6, 7]])


def test_levels_and_samples_that_cannot_be_are_refused() -> None:
    for correlation in (1.0, -0.1, float("nan")):
        with pytest.raises(ValueError, match="from 0 to below 1"):
            emergency.level_ratio([1, 2], [1, 2], correlation)
    day = pd.to_datetime(["2012-01-01", "2012-01-01", "2012-01-05"])
    for index in (day, day[::-1]):
        with pytest.raises(ValueError, match="one day each, in order"):
            emergency.intervals(pd.Series([1, 2, 3], index=index))


def test_p_values_of_waves_are_adjusted_within_the_kind() -> None:
    random = np.random.default_rng(4)
    span = pd.date_range("2019-01-07", "2020-12-28", freq="7D")
    rows = []
    for name, factor in {"a": 1.0, "b": 1.0, "c": 3.0}.items():
        level = np.where(span < pd.Timestamp("2020-03-02"), 20, 20 * factor)
        rows.append(
            pd.DataFrame(
                {"account": name, "kind": "k", "week": span, "posts": random.poisson(level)}
            )
        )
    waves = {"first": emergency.Span("2020-03-02", "2020-06-01")}
    past = emergency.Span("2019-01-07", "2020-01-06")
    found = emergency.wave_ratios(pd.concat(rows), past, waves)
    first = found[found["wave"] == "first"].set_index("account")
    assert first["pvalue"]["c"] < 1e-4 and (first.loc[["a", "b"], "pvalue"] > 0.05).all()
    alone = emergency.wave_ratios(rows[2], past, waves).iloc[0]
    assert first.loc["c", "pvalue"] == pytest.approx(3 * alone["pvalue"])


def test_a_pace_faster_than_any_stretch_is_told_with_the_length_of_the_stretches() -> None:
    steps = findings.steps(tables.load("nyc_followers"))
    told = findings.placebos(steps)
    assert (told["calm-shortest"], told["calm-longest"]) == (21, 50)
    for page, key in {
        "chapters/emergency.md": "emergency",
        "blog/2026/followers-in-nine-days.md": "post-sandy",
    }.items():
        said = next(
            line
            for line in (ROOT / page).read_text("utf-8").splitlines()
            if f"`{key}-faster`" in line
        )
        assert f"`{key}-calm-shortest` to {{glue:text}}`{key}-calm-longest` days" in said
