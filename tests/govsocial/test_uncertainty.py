"""Intervals against SciPy, textbook values and the edges of their domains."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsocial import uncertainty
from govsocial.uncertainty import (
    Estimate,
    Range,
    add_shares,
    adjusted,
    bootstrap,
    cluster_ratio,
    cluster_share,
    mean,
    mean_difference,
    median,
    percentiles,
    pvalue,
    rate,
    resampled,
    resampled_units,
    satterthwaite,
    share,
)


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


def test_the_shares_of_a_table_are_named() -> None:
    frame = pd.DataFrame({"all": [263, 4], "some": [81, 0]}, index=["a", "b"])
    found = add_shares(frame, "some", "all", "value")
    assert list(found) == ["all", "some", "value", "low", "high"]
    assert tuple(found.loc["a"])[2:] == share(81, 263) and tuple(found.loc["b"])[2:] == share(0, 4)


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


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1.0), (3, 0.0), (np.nan, 1), (3, np.nan)])
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


def test_a_skewed_sample_has_the_percentile_interval() -> None:
    # The largest of five is in a resample 0 times with a chance of .33, 1 of .41, 2 of .20, 3 of
    # .05, 4 of .006. Expanded for five units, a level of 50% leaves 20% outside on either side, one
    # of 80% leaves 4.3%. The basic interval would be -20 to 40 in the second case.
    assert bootstrap(np.mean, [0, 0, 0, 0, 100], level=0.5) == (20, 0, 40)
    assert bootstrap(np.mean, [0, 0, 0, 0, 100], level=0.8) == (20, 0, 60)


def test_percentiles_are_expanded_for_few_units() -> None:
    # Hesterberg (2015), section 5: for n = 10, 2.5% on either side becomes
    # pnorm(-sqrt(10/9) * qt(0.975, 9)) = 0.0086; for n = 1000, 0.0248.
    draws = np.arange(100_001)
    low, high = percentiles(draws, 10)
    assert low == pytest.approx(855, abs=10) and high == pytest.approx(100_000 - low)
    assert percentiles(draws, 1000)[0] == pytest.approx(2482, abs=10)
    assert percentiles(np.column_stack([draws, 2 * draws]), 10)[1].tolist() == [high, 2 * high]


def test_two_values_are_enough_for_a_bootstrap_and_samples_are_not_paired() -> None:
    assert bootstrap(np.mean, [3, 5]) == (4, 3, 5)
    apart = bootstrap(lambda a, b: a.mean() - b.mean(), [0.0, 10.0], [0.0, 10.0])
    assert apart == (0, -10, 10)  # paired, the difference would always be 0


@pytest.mark.parametrize("sample", [[1, np.nan, 2], [1, np.inf, 2]])
def test_a_missing_value_is_refused_in_words(sample: list[float]) -> None:
    for statistic in (mean, median, lambda x: bootstrap(np.mean, x), lambda x: cluster_ratio(x, x)):
        with pytest.raises(ValueError, match="1 of 3 values are missing or infinite"):
            statistic(sample)


def test_the_mean_of_student_s_own_data() -> None:
    # Student (1908), hours of sleep gained: R, t.test(sleep$extra[11:20] - sleep$extra[1:10]).
    gains = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    assert mean(gains) == pytest.approx((1.58, 0.7001142, 2.4598858), abs=1e-6)
    assert mean([4, 4, 4]) == (4, 4, 4)
    with pytest.raises(ValueError, match="two values or more: 1"):
        mean([4])


def test_the_difference_of_student_s_groups() -> None:
    # R's documentation of t.test: t.test(extra ~ group, data = sleep), Welch: -3.365 to 0.205.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = mean_difference(first, second)
    assert found == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=1e-6)
    with pytest.raises(ValueError, match="two values each: 2 and 1"):
        mean_difference([1, 2], [3])


def test_the_degrees_of_freedom_of_student_s_groups() -> None:
    # R's documentation of t.test: t.test(extra ~ group, data = sleep) has 17.776.
    variances = [1.789010**2 / 10, 2.002249**2 / 10]
    assert satterthwaite(variances, [9, 9]) == pytest.approx(17.776, abs=5e-4)
    # By hand, of unlike groups: 4² / (1/2 + 3²/6) = 8.
    assert satterthwaite([1, 3], [2, 6]) == pytest.approx(8)
    assert satterthwaite([0, 0], [2, 6]) == np.inf


def test_a_median_lies_between_order_statistics() -> None:
    # Table of the sign test: for n = 10 the second and ninth value (97.9%), for n = 17 the fifth
    # and thirteenth (95.1%), for n = 6 the whole range (96.9%), for n = 5 none (93.8%).
    assert median([3, 1, 4, 15, 9, 2, 6, 5, 35, 8]) == (5.5, 2, 15)
    assert median(np.arange(1, 18) ** 2) == (81, 25, 169)
    assert median([1, 2, 3, 4, 5, 60]) == (3.5, 1, 60)
    with pytest.raises(ValueError, match="5 values are too few"):
        median([1, 2, 3, 4, 5])


def test_a_ratio_of_few_sums_is_student_s() -> None:
    # Rates 2 and 4 of ten: log 0.3; residuals of 0.3: 1 and 1, so that the standard error of the
    # sum is 2, of the logarithm 1/3; on the logit scale 1/3 / 0.7. Student's of one degree.
    t = np.tan(np.pi * 0.475)
    assert t == pytest.approx(12.7062, abs=1e-4)
    value, low, high = cluster_ratio([2, 4], [10, 10])
    odds = 3 / 7
    bounds = [odds * np.exp(side * t / 2.1) for side in (-1, 1)]
    assert (value, low, high) == pytest.approx((0.3, *(odd / (1 + odd) for odd in bounds)))
    # No share: 20 and 40 of ten, on the logarithmic scale.
    found = cluster_ratio([20, 40], [10, 10])
    assert found == pytest.approx((3, 3 * np.exp(-t / 3), 3 * np.exp(t / 3)))


def test_a_ratio_of_many_sums_is_resampled_by_cluster() -> None:
    rng = np.random.default_rng(5)
    wholes = rng.integers(1, 50, 400)
    parts = rng.binomial(wholes, 0.3)
    members = np.arange(400) // 10
    alone, together = cluster_ratio(parts, wholes), cluster_ratio(parts, wholes, members)
    assert alone.value == together.value == pytest.approx(parts.sum() / wholes.sum())
    by_member = [np.bincount(members, column) for column in (parts, wholes)]
    assert together == pytest.approx(cluster_ratio(*by_member))
    # Cochran's linearised standard error (equation 6.13).
    residual = parts - alone.value * wholes
    spread = residual.std(ddof=1) / np.sqrt(400) / wholes.mean()
    assert (alone.high - alone.low) / 2 == pytest.approx(1.96 * spread, rel=0.05)


def test_a_ratio_without_ground_is_refused() -> None:
    for parts, wholes, message in (
        ([1, 2], [0, 0], "denominator"),
        ([1, -2], [3, 4], "not negative: parts"),
        ([0, 0], [3, 4], "a ratio of 0 in all of 2 units"),
        ([3, 4], [3, 4], "a ratio of 1 in all of 2 units"),
        ([0] * 20, [1] * 20, "a ratio of 0 in all of 20 units"),
        ([1] * 20, [1] * 20, "a ratio of 1 in all of 20 units"),
        ([1], [2], "at least two units"),
        ([1] * 30, [0] * 29 + [5], "too few different units"),
    ):
        with pytest.raises(ValueError, match=message):
            cluster_ratio(parts, wholes)
    with pytest.raises(ValueError, match="1 rows belong to no cluster"):
        cluster_ratio([1, 2], [3, 4], np.array(["a", None]))


@pytest.mark.parametrize("number", [3, 25])
def test_a_share_of_none_or_of_all_has_wilsons_interval(number: int) -> None:
    wholes = np.arange(1, number + 1)
    total = int(wholes.sum())
    assert cluster_share(0 * wholes, wholes) == share(0, total)
    assert cluster_share(wholes, wholes, np.arange(number) // 2) == share(total, total)
    assert cluster_share(wholes // 2, wholes) == cluster_ratio(wholes // 2, wholes)
    with pytest.raises(ValueError, match="a share needs"):
        cluster_share(wholes + 1, wholes)
    with pytest.raises(ValueError, match="in each unit"):
        cluster_share(np.array([wholes[0] + 1, *(0 * wholes[1:])]), wholes)


def test_each_resample_holds_as_many_units() -> None:
    chosen = resampled_units(5, resamples=300)
    assert chosen.shape == (300, 5) and set(chosen.ravel()) == set(range(5))
    assert (resampled_units(5, resamples=300) == chosen).all()


def test_values_of_a_cluster_are_resampled_together() -> None:
    # Two clusters, of one and of three values: each resample holds 1, 2 or none of them.
    values, clusters = [1.0, 7, 8, 9], ["a", "b", "b", "b"]
    found = bootstrap(np.median, values, clusters=clusters)
    assert found == (7.5, 1, 8)
    with pytest.raises(ValueError, match="each value needs its cluster"):
        bootstrap(np.median, values, clusters=["a", "b"])
    with pytest.raises(ValueError, match="1 values belong to no cluster"):
        bootstrap(np.median, values, clusters=np.array(["a", "b", "b", None]))


def test_a_range_is_an_estimate_that_knows_that_it_is_no_interval() -> None:
    found = resampled(np.mean, [1, 2, 9.0])
    assert isinstance(found, Range) and isinstance(found, Estimate)
    assert found == bootstrap(np.mean, [1, 2, 9.0])
    assert not isinstance(bootstrap(np.mean, [1, 2, 9.0]), Range)


def test_p_values_of_published_intervals() -> None:
    # Altman and Bland (2011): 0.81 (0.70 to 0.94) gives P = 0.005; on the plain scale, a
    # difference of 5 with an interval of 0.1 to 9.9 stands at twice its standard error.
    assert pvalue(Estimate(0.81, 0.70, 0.94), 1, log=True) == pytest.approx(0.0055, abs=0.001)
    assert pvalue(Estimate(5, 0.1, 9.9), 0) == pytest.approx(2 * stats.norm.sf(2), abs=2e-4)
    # The side of the null value counts.
    lopsided = Estimate(5, 3, 12)
    assert pvalue(lopsided, 0) < pvalue(lopsided, 10)
    with pytest.raises(ValueError, match="without a width"):
        pvalue(Estimate(1, 1, 1), 0)
    with pytest.raises(ValueError, match="missing or infinite"):
        pvalue(Estimate(1, np.nan, 2), 0)


@pytest.mark.parametrize(("errors", "freedom"), [(2.570582, 5), (4, 5), (5, 13), (4, np.inf)])
def test_the_p_value_of_a_students_interval_is_students(errors: float, freedom: float) -> None:
    reach = stats.t.ppf(0.975, freedom)
    found = pvalue(Estimate(errors, errors - reach, errors + reach), 0, freedom=freedom)
    assert found == pytest.approx(2 * stats.t.sf(errors, freedom))


def test_adjusted_p_values_of_benjamini_and_hochberg() -> None:
    # Benjamini and Hochberg (1995), section 4: of fifteen, four stand at 5%.
    published = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
    found = adjusted(published[::-1])[::-1]
    assert (found < 0.05).sum() == 4
    assert found[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    with pytest.raises(ValueError, match="p-values: 1 of 2"):
        adjusted([0.1, np.nan])


def test_an_estimate_is_read_from_a_row_whatever_the_order_of_its_columns() -> None:
    row = pd.Series({"high": 3.0, "n": 9, "low": 1.0, "value": 2.5, "back_value": 7.0})
    row["back_low"], row["back_high"] = 6.0, 8.0
    assert Estimate.of_row(row) == (2.5, 1.0, 3.0)
    assert Estimate.of_row(row, "back_") == (7.0, 6.0, 8.0)
