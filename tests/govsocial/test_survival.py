"""Survival curves against published results, and what must hold of any of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import survival

# Weeks of remission of leukaemia patients under 6-mercaptopurine and under placebo: Freireich et
# al. (1963), the example of Kalbfleisch and Prentice (2002). False: still in remission.
TREATED = [
    *((time, True) for time in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *((time, False) for time in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

# Survival and log-log bounds as Stata prints them (sts list) for the treated.
PUBLISHED = {
    6: (0.8571, 0.6197, 0.9516),
    7: (0.8067, 0.5631, 0.9228),
    10: (0.7529, 0.5032, 0.8894),
    13: (0.6902, 0.4316, 0.8491),
    16: (0.6275, 0.3675, 0.8049),
    22: (0.5378, 0.2678, 0.7468),
    23: (0.4482, 0.1881, 0.6801),
}

cases = st.lists(
    st.tuples(st.integers(0, 40), st.booleans(), st.integers(1, 4)), min_size=1, max_size=30
)


def curve(rows: list[tuple[int, bool]]) -> pd.DataFrame:
    times, ended = zip(*rows, strict=True)
    return survival.kaplan_meier(times, ended)


def test_the_curve_and_its_bounds_are_the_published_ones() -> None:
    found = curve(TREATED).set_index("time")
    assert found.index.tolist() == [0, *PUBLISHED]
    for time, expected in PUBLISHED.items():
        row = list(found.loc[time, ["survival", "low", "high"]])
        assert row == pytest.approx(expected, abs=5e-5)


def test_the_log_rank_test_is_the_published_one() -> None:
    times = [time for time, _ended in TREATED] + PLACEBO
    ended = [end for _time, end in TREATED] + [True] * len(PLACEBO)
    group = ["treated"] * len(TREATED) + ["placebo"] * len(PLACEBO)
    test = survival.log_rank(times, ended, group)
    assert test.statistic == pytest.approx(16.79, abs=0.005)
    assert test.df == 1
    assert test.pvalue == pytest.approx(4.17e-5, abs=5e-8)


def test_the_curve_is_read_between_its_steps() -> None:
    found = curve(TREATED)
    assert survival.at(found, 0) == (1, 1, 1)
    assert survival.at(found, 9.9).value == pytest.approx(0.8067, abs=5e-5)
    assert survival.at(found, 1000).value == found["survival"].iloc[-1]


def test_without_censoring_the_curve_is_the_share_that_is_left() -> None:
    found = survival.kaplan_meier(PLACEBO, [True] * len(PLACEBO))
    left = [np.mean(np.array(PLACEBO) > time) for time in found["time"]]
    assert found["survival"].tolist() == pytest.approx(left)
    assert found["survival"].iloc[-1] == 0
    # R's survfit has no bound either where nobody is left; nobody is certain of a zero.
    assert found[["low", "high"]].isna().any(axis=1).tolist() == [False] * 12 + [True]


def test_a_curve_without_an_end_has_no_bounds() -> None:
    found = survival.kaplan_meier([3, 4], [False, False])
    assert found["survival"].tolist() == [1] and found["at_risk"].tolist() == [2]
    assert found[["low", "high"]].isna().all(axis=None)


@given(cases)
def test_weights_are_repeated_cases(rows: list[tuple[int, bool, int]]) -> None:
    times, ended, weights = map(np.array, zip(*rows, strict=True))
    weighted = survival.kaplan_meier(times, ended, weights)
    repeated = survival.kaplan_meier(times.repeat(weights), ended.repeat(weights))
    pd.testing.assert_frame_equal(weighted, repeated)


@given(cases)
def test_a_curve_falls_within_its_bounds(rows: list[tuple[int, bool, int]]) -> None:
    times, ended, weights = zip(*rows, strict=True)
    found = survival.kaplan_meier(times, ended, weights)
    assert found["survival"].is_monotonic_decreasing
    assert found["ended"].sum() == sum(w for end, w in zip(ended, weights, strict=True) if end)
    if any(ended):
        missing = found[["low", "high"]].isna()
        assert missing.eq(found["survival"].eq(0), axis=0).all(axis=None)
        some = found.dropna()
        assert (some["low"] <= some["survival"] + 1e-12).all()
        assert (some["survival"] <= some["high"] + 1e-12).all()


@pytest.mark.parametrize(("times", "ended"), [([], []), ([-1, 2], [True, True])])
def test_nothing_can_be_said_of_no_case_or_of_negative_time(
    times: list[int], ended: list[bool]
) -> None:
    with pytest.raises(ValueError, match="at least one case"):
        survival.kaplan_meier(times, ended)


@pytest.mark.parametrize("weights", [[1.9, 2], [-1, 2], [1, np.nan], [0, 0]])
def test_weights_are_whole_numbers_of_cases(weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"whole numbers|missing or infinite|at least one case"):
        survival.kaplan_meier([1, 2], [True, False], weights)


def test_one_group_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="at least two groups"):
        survival.log_rank([1, 2], [True, True], ["a", "a"])


LAST = pd.to_datetime(pd.Series(["2017-12-31", "2018-01-01", "2019-01-01", "2025-12-30", None]))


def test_accounts_are_followed_from_the_start_to_their_silence() -> None:
    found = survival.follow(LAST, "2018-01-01", "2026-01-01")
    assert found.index.tolist() == [1, 2, 3]
    assert found["silent"].tolist() == [True, True, False]
    days = [0, 365, (pd.Timestamp("2025-10-03") - pd.Timestamp("2018-01-01")).days]
    assert (found["time"] * survival.YEAR).tolist() == pytest.approx(days)


def test_the_last_quiet_day_still_counts_as_going_on() -> None:
    last = pd.to_datetime(pd.Series(["2025-10-02", "2025-10-03"]))
    assert survival.follow(last, "2018-01-01", "2026-01-01")["silent"].tolist() == [True, False]


def test_the_clock_cannot_start_in_the_quiet_days() -> None:
    with pytest.raises(ValueError, match="after the quiet days"):
        survival.follow(LAST, "2025-12-01", "2026-01-01")


@given(cases, st.integers(1, 39))
def test_two_stretches_hold_all_ends_and_all_time(
    rows: list[tuple[int, bool, int]], middle: int
) -> None:
    times, ended, _weights = zip(*rows, strict=True)
    first = survival.ends_and_years(times, ended, 0, middle)
    second = survival.ends_and_years(times, ended, middle, 41)
    assert first[0] + second[0] == sum(ended)
    assert first[1] + second[1] == pytest.approx(sum(times))


def test_what_no_curve_can_tell_is_refused_in_words() -> None:
    for call in (survival.kaplan_meier, lambda t, e: survival.log_rank(t, e, ["a", "b"])):
        with pytest.raises(ValueError, match="times of survival: 1 of 2 values are missing"):
            call([1, float("nan")], [True, True])
    with pytest.raises(ValueError, match="ends: 1 of 2 values are missing"):
        survival.kaplan_meier([1, 2], [True, float("nan")])
    with pytest.raises(ValueError, match="2 times of survival, but 3 ends"):
        survival.kaplan_meier([1, 2], [True, False, True])
    with pytest.raises(ValueError, match="each case needs its group"):
        survival.log_rank([1, 2], [True, False], np.array(["a", None]))
    with pytest.raises(ValueError, match="somebody who ended"):
        survival.log_rank([1, 2], [False, False], ["a", "b"])
    with pytest.raises(ValueError, match="no time -1"):
        survival.at(survival.kaplan_meier([1, 2], [True, False]), -1)
