"""Intervals against SciPy, textbook values and the edges of their domains."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsocial import uncertainty
from govsocial.uncertainty import Estimate, bootstrap, rate, share


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_has_the_wilson_interval_of_scipy(pair: tuple[int, int]) -> None:
    count, total = pair
    interval = stats.binomtest(count, total).proportion_ci(method="wilson")
    # SciPy keeps the bounds within [0, 1] by force, the formula up to rounding.
    assert share(count, total) == pytest.approx(
        Estimate(count / total, interval.low, interval.high), abs=1e-9
    )


def test_a_share_matches_the_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, score method.
    assert share(81, 263) == pytest.approx(Estimate(0.3080, 0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 5), (6, 5)])
def test_a_share_of_nothing_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="a share needs"):
        share(count, total)


def test_a_rate_matches_the_published_example() -> None:
    # Garwood (1936): 0 events give an upper bound of 3.689, 10 events 4.795 to 18.390.
    assert rate(0, 1) == pytest.approx(Estimate(0, 0, 3.689), abs=5e-4)
    assert rate(10, 1) == pytest.approx(Estimate(10, 4.795, 18.390), abs=5e-4)


@given(st.integers(0, 300), st.floats(0.1, 1e4))
def test_a_rate_has_the_exact_interval(count: int, exposure: float) -> None:
    value, low, high = rate(count, exposure)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2 / exposure if count else 0)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2 / exposure)
    assert low <= value <= high


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1.0), (3, 0.0)])
def test_a_rate_of_nothing_is_refused(count: int, exposure: float) -> None:
    with pytest.raises(ValueError, match="a rate needs"):
        rate(count, exposure)


def test_the_bootstrap_finds_the_standard_error_of_a_mean() -> None:
    sample = np.random.default_rng(1).normal(10, 2, 400)
    value, low, high = bootstrap(np.mean, sample)
    assert value == pytest.approx(sample.mean())
    assert (high - low) / 2 == pytest.approx(1.96 * sample.std() / 20, rel=0.1)


def test_the_bootstrap_repeats_itself_and_keeps_pairs_together() -> None:
    x = np.arange(30.0)
    assert bootstrap(np.median, x) == bootstrap(np.median, x)
    correlation = bootstrap(lambda a, b: float(np.corrcoef(a, b)[0, 1]), x, 2 * x, paired=True)
    assert correlation == pytest.approx(Estimate(1, 1, 1))


def test_resamples_taken_at_once_or_in_parts_give_the_same_interval(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = np.random.default_rng(3).lognormal(size=31)
    at_once = bootstrap(np.median, sample)
    assert bootstrap(lambda values: np.median(values), sample) == at_once  # one by one
    monkeypatch.setattr(uncertainty, "_AT_ONCE", 500)
    assert bootstrap(np.median, sample) == at_once


def test_the_bootstrap_refuses_a_single_value() -> None:
    with pytest.raises(ValueError, match="at least two"):
        bootstrap(np.mean, [1.0])
