"""Rate ratios, clustered rates, rank correlations and parts against known values."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsocial.rates import (
    clustered_rate_ratio,
    compare_rates,
    composition,
    quartiles,
    rate_ratio,
    rates,
    spearman,
)
from govsocial.uncertainty import rate


def test_a_rate_ratio_matches_the_example_of_r() -> None:
    # The manual of R's poisson.test: lung cancer in Fredericia and three other cities.
    ratio = rate_ratio(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert ratio == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)


def test_its_interval_is_that_of_clopper_and_pearson() -> None:
    low, high = stats.beta.ppf(0.025, 11, 22), stats.beta.ppf(0.975, 12, 21)
    assert rate_ratio(11, 1, 21, 1)[1:] == pytest.approx((low / (1 - low), high / (1 - high)))


@given(st.integers(1, 200), st.floats(0.5, 500), st.integers(1, 200), st.floats(0.5, 500))
def test_a_rate_ratio_turned_round_is_its_inverse(
    count: int, exposure: float, other_count: int, other_exposure: float
) -> None:
    there = rate_ratio(count, exposure, other_count, other_exposure)
    back = rate_ratio(other_count, other_exposure, count, exposure)
    assert there == pytest.approx((1 / back.value, 1 / back.high, 1 / back.low), rel=1e-6)
    assert there.low <= there.value <= there.high


def test_a_rate_ratio_without_events_in_the_first_group_starts_at_zero() -> None:
    ratio = rate_ratio(0, 10, 5, 10)
    assert (ratio.value, ratio.low) == (0, 0)
    assert 0 < ratio.high < 2


@pytest.mark.parametrize("counts", [(-1, 1, 1, 1), (1, 1, 0, 1), (1, 0, 1, 1), (1, 1, 1, 0)])
def test_a_rate_ratio_without_a_denominator_is_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a rate ratio needs"):
        rate_ratio(*counts)


def test_a_clustered_rate_ratio_knows_clusters_with_rows_in_both_groups() -> None:
    # 4 in 2 years against 1 in 5, in each cluster: 2 over 0.2.
    events, years = [4, 1] * 3, [2, 5] * 3
    ratio = clustered_rate_ratio(events, years, list("aabbcc"), [True, False] * 3, resamples=200)
    assert ratio == pytest.approx((10, 10, 10))


def test_a_clustered_rate_ratio_may_have_no_upper_bound() -> None:
    # Every cluster has both groups, but only one of five an event of the rest.
    events = [3, 1, *[3, 0] * 4]
    ratio = clustered_rate_ratio(
        events, [1] * 10, list("aabbccddee"), [True, False] * 5, resamples=500
    )
    assert ratio.value == 15
    assert math.isinf(ratio.high)


def test_a_clustered_rate_ratio_needs_an_event_to_compare_with() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        clustered_rate_ratio([1, 0], [1, 1], ["a", "b"], [True, False])


def shutdowns() -> pd.DataFrame:
    rows = {"kind": list("xxxyyy"), "events": [3, 1, 2, 1, 1, 0], "who": list("abcabd")}
    return pd.DataFrame(rows).assign(years=[1.0, 2, 3, 2, 3, 4])


def test_rates_of_groups_have_both_intervals() -> None:
    found = rates(shutdowns(), "kind", "events", "years", "who")
    assert found[["kind", "interval"]].to_numpy().tolist() == [
        ["x", "exact"],
        ["x", "clustered"],
        ["y", "exact"],
        ["y", "clustered"],
    ]
    assert tuple(found.loc[0, ["value", "low", "high"]]) == rate(6, 6)
    assert found["value"].tolist() == pytest.approx([1, 1, 2 / 9, 2 / 9])


def test_two_groups_are_compared_in_the_order_given() -> None:
    columns = {"events": "events", "exposure": "years", "clusters": "who"}
    copies = [shutdowns().assign(who=shutdowns()["who"] + number) for number in "123456"]
    frame = pd.concat(copies)
    there = compare_rates(frame, "kind", ("x", "y"), **columns)
    assert there["exact"] == rate_ratio(36, 36, 12, 54)
    assert there["clustered"].low < there["clustered"].value == pytest.approx(4.5)
    back = compare_rates(frame, "kind", ("y", "x"), **columns)
    assert back["exact"].value == pytest.approx(2 / 9)


def test_the_rank_correlation_is_that_of_scipy_also_with_ties() -> None:
    rng = np.random.default_rng(1)
    x = rng.integers(0, 8, 60)
    y = x + rng.integers(0, 8, 60)
    estimate = spearman(x, y, resamples=200)
    assert estimate.value == pytest.approx(stats.spearmanr(x, y).statistic)
    assert estimate.low < estimate.value < estimate.high


def test_a_perfect_order_has_no_doubt() -> None:
    assert spearman(range(20), [x**3 for x in range(20)], resamples=200) == pytest.approx((1, 1, 1))


def test_a_missing_value_and_a_constant_are_refused() -> None:
    for unknown in (np.nan, np.inf):
        with pytest.raises(ValueError, match="1 of 3 values are missing or infinite"):
            spearman([1, 2, 3], [1, 2, unknown])
    with pytest.raises(ValueError, match="too few different cases"):
        spearman([1, 1, 1, 2], [1, 2, 3, 4], resamples=200)


def test_quartiles_leave_out_missing_values_and_count_the_rest() -> None:
    frame = pd.DataFrame({"kind": list("aaaaab"), "value": [1.0, 2, 3, 4, 5, np.nan]})
    found = quartiles(frame, ["kind"], "value")
    assert found.to_dict("records") == [{"kind": "a", "low": 2, "median": 3, "high": 4, "cases": 5}]


def test_parts_sum_to_one_and_the_largest_group_comes_first() -> None:
    frame = pd.DataFrame(
        {"who": ["x", "y", "y", "y"], "why": ["p", "p", "q", "r"], "n": [4, 2, 3, 5]}
    )
    found = composition(frame, "who", "why", "n", keep=["p", "q"])
    assert found["who"].tolist() == ["y", "y", "y", "x"]
    assert found.set_index(["who", "why"])["share"].to_dict() == {
        ("y", ""): 0.5,
        ("y", "p"): 0.2,
        ("y", "q"): 0.3,
        ("x", "p"): 1.0,
    }
    assert composition(frame, "who", "why", "n")["why"].tolist() == ["p", "q", "r", "p"]


def test_a_missing_number_is_no_rate() -> None:
    nan = float("nan")
    for counts in ((nan, 1, 1, 1), (1, nan, 1, 1), (1, 1, nan, 1), (1, 1, 1, nan)):
        with pytest.raises(ValueError, match="a rate ratio needs"):
            rate_ratio(*counts)
    with pytest.raises(ValueError, match="events: 1 of 2"):
        clustered_rate_ratio([1, nan], [1, 1], ["a", "b"], [True, False])


def test_groups_that_do_not_occur_have_no_quartiles() -> None:
    kinds = pd.Categorical(["a", "a"], categories=["a", "b"])
    frame = pd.DataFrame({"kind": kinds, "value": [1.0, 3.0]})
    assert quartiles(frame, ["kind"], "value")["kind"].tolist() == ["a"]


def test_a_rank_correlation_with_its_regions_whole() -> None:
    # Within each of thirty regions all cases are alike: the interval must see thirty, not 300.
    random = np.random.default_rng(8)
    region = np.arange(300) // 10
    x, y = random.normal(size=(2, 30))[:, region] + random.normal(0, 0.01, (2, 300))
    alone, whole = spearman(x, y, 500), spearman(x, y, 500, clusters=region)
    assert whole.value == alone.value
    assert (whole.high - whole.low) / (alone.high - alone.low) == pytest.approx(10**0.5, rel=0.25)
