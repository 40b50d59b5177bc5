"""Estimates and their intervals.

One rule: what varies is what is resampled. Members of a body vary, and the posts of a member are
alike; days and weeks vary, and the posts of a week are alike; a link has two ends, and both vary;
countries are alike within their region. Where fewer than :data:`FEW` such units vary, an exact
interval or Student's takes the place of the bootstrap, which would be too narrow; medians have
intervals from order statistics. A few huge values leave no 95% interval that deserves the name:
:class:`Range` says so.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

Floats = NDArray[np.float64]

LEVEL = 0.95
ALPHA = 0.05
"""Level of a test, after the p-values of all cases are adjusted for their number."""

RESAMPLES = 2000
"""Number of resamples of a bootstrap."""

SEED = 2012
"""Seed of the random numbers: the same samples give the same interval."""

FEW = 20
"""With fewer units than these, an interval is Student's or exact, not a bootstrap's."""

_AT_ONCE = 4_000_000  # resampled values held in memory


class Estimate(NamedTuple):
    """A value with the bounds of its interval (95% unless the maker says otherwise)."""

    value: float
    low: float
    high: float

    @classmethod
    def of_row(cls, row: Any, stem: str = "") -> Self:
        """Return the estimate in a row of a table.

        Parameters
        ----------
        row
            Has the three columns.
        stem
            What their names begin with.
        """
        return cls(*row[[stem + part for part in cls._fields]])


class Range(Estimate):
    """A value with the middle 95% of what resamples give, which is *not* a 95% interval.

    Where a few cases hold most of a total, as followers and retweets, the next sample may hold a
    case larger than any in this one. Resamples never do, so that they lie too low and too close
    together. In print it is the "range when members are resampled".
    """

    __slots__ = ()


class SignificanceResult(NamedTuple):
    """Result of a test, named as in SciPy."""

    statistic: float
    pvalue: float
    df: int | None = None
    """Degrees of freedom, where the test has them."""


def finite(name: str, values: ArrayLike) -> Floats:
    """Return values as an array; refuse missing and infinite ones.

    Parameters
    ----------
    name
        What the values are, for the message.
    values
        Numbers of any shape.

    Raises
    ------
    ValueError
        If one is missing or infinite.
    """
    array = np.asarray(values, dtype=float)
    if unknown := int((~np.isfinite(array)).sum()):
        raise ValueError(f"{name}: {unknown} of {array.size} values are missing or infinite")
    return array


def share(count: float, total: float, level: float = LEVEL) -> Estimate:
    """Return a share with Wilson's score interval.

    Parameters
    ----------
    count, total
        Successes and trials; ``0 <= count <= total`` and ``total > 0``.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If the counts are not of that order.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
    inference. *Journal of the American Statistical Association* 22(158).
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"a share needs 0 <= count <= total and total > 0: {count} of {total}")
    low, high = proportion_confint(count, total, alpha=1 - level, method="wilson")
    value = count / total  # which the bounds reach where it is 0 or 1, but for their rounding
    return Estimate(value, min(float(low), value), max(float(high), value))


def add_shares(frame: pd.DataFrame, count: str, total: str, name: str = "share") -> pd.DataFrame:
    """Add to a table the share of one column in another, with Wilson's interval.

    Parameters
    ----------
    frame
        A table with the columns named by ``count`` and ``total``.
    count, total
        Names of the columns of successes and trials.
    name
        Name of the column of shares.

    Returns
    -------
    DataFrame
        The table with the column named by ``name``, and ``low`` and ``high``.

    Raises
    ------
    ValueError
        If a total is zero or a count exceeds it.
    """
    pairs = zip(frame[count], frame[total], strict=True)
    estimates = np.array([share(*pair) for pair in pairs]).reshape(-1, 3)
    columns = dict(zip((name, "low", "high"), estimates.T, strict=True))
    return frame.assign(**columns)


def rate(count: int, exposure: float, level: float = LEVEL) -> Estimate:
    """Return events per unit of exposure with the exact Poisson interval.

    Parameters
    ----------
    count, exposure
        Events, and the units (such as country-years) in which they were counted.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If the count is negative or missing, or the exposure is not positive.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4).
    """
    if not (count >= 0 and exposure > 0):
        raise ValueError(f"a rate needs count >= 0 and exposure > 0: {count} in {exposure}")
    low, high = confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    return Estimate(count / exposure, float(np.nan_to_num(low)), float(high))


def mean(values: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return a mean with Student's interval, which also holds for few values.

    Parameters
    ----------
    values
        One per unit (account, country), at least two.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If there are fewer than two values, or one is missing.

    References
    ----------
    "Student" (1908). The probable error of a mean. *Biometrika* 6(1).
    """
    sample = finite("a mean", values)
    if sample.size < 2:
        raise ValueError(f"Student's interval needs two values or more: {sample.size}")
    interval = stats.ttest_1samp(sample, 0).confidence_interval(level) if np.ptp(sample) else None
    value = float(sample.mean())
    low, high = interval or (value, value)
    return Estimate(value, float(low), float(high))


def mean_difference(first: ArrayLike, second: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return how much one mean exceeds another, with Welch's interval.

    Parameters
    ----------
    first, second
        One value per unit, at least two of each.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If there are fewer than two values in a group, or one is missing.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different
    population variances are involved. *Biometrika* 34(1/2).
    """
    one, other = finite("the first group", first), finite("the second group", second)
    if min(one.size, other.size) < 2:
        raise ValueError(f"Welch's interval needs two values each: {one.size} and {other.size}")
    found = stats.ttest_ind(one, other, equal_var=False).confidence_interval(level)
    return Estimate(float(one.mean() - other.mean()), float(found.low), float(found.high))


def median(values: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return a median with the exact interval between two of the values (order statistics).

    Parameters
    ----------
    values
        One per unit, at least six: the range of five covers the median in 94% only.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If there are too few values for the level, or one is missing.

    References
    ----------
    Thompson, W. R. (1936). On confidence ranges for the median and other expectation
    distributions for populations of unknown distribution form. *Annals of Mathematical
    Statistics* 7(3).
    """
    sample = finite("a median", values)
    test: Any = stats.quantile_test(sample, p=0.5)
    interval = test.confidence_interval(level)
    if np.isnan([interval.low, interval.high]).any():
        raise ValueError(f"{sample.size} values are too few for an interval of their median")
    return Estimate(float(np.median(sample)), float(interval.low), float(interval.high))


def percentiles(draws: ArrayLike, units: int, level: float = LEVEL) -> Floats:
    """Return the bounds of the middle part of resampled values: the expanded percentile interval.

    The plain one is too narrow for few units, as a normal interval is beside Student's; this one
    takes in as much more of the resamples as Student's is wider.

    Parameters
    ----------
    draws
        Shape ``(resamples, ...)``.
    units
        How many units were resampled.
    level
        Coverage of the interval.

    Returns
    -------
    array
        Shape ``(2, ...)``: lower and upper bounds.

    References
    ----------
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap. *The American
    Statistician* 69(4), section 5.
    """
    reach = stats.t.ppf((1 + level) / 2, units - 1) * np.sqrt(units / (units - 1))
    outside = float(stats.norm.sf(reach))
    values = np.asarray(draws, dtype=float)
    # Without a mean of two neighbours, of which one may be infinite.
    return np.asarray(np.quantile(values, [outside, 1 - outside], axis=0, method="nearest"))


def resampled_units(units: int, resamples: int = RESAMPLES) -> NDArray[np.intp]:
    """Return which units each resample holds: whole numbers of shape ``(resamples, units)``."""
    return np.random.default_rng(SEED).integers(units, size=(resamples, units))


def cluster_ratio(
    parts: ArrayLike,
    wholes: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Estimate:
    """Return the ratio of two sums, with an interval from resampling whole clusters.

    The posts of a member, or the shutdowns of a country, are alike. To take them for independent
    would give an interval that is too narrow, so that whole clusters are resampled. Of fewer than
    :data:`FEW` clusters the interval is Student's for the logarithm of the ratio, or
    for the logarithm of its odds where no part exceeds its whole.

    Parameters
    ----------
    parts, wholes
        One value of each per row; not negative, and the wholes do not sum to zero.
    clusters
        What each row belongs to (member, country, week); by default each row is its own.
    resamples
        Number of resamples.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If there are fewer than two clusters, or a value is missing or negative, or the wholes
        sum to zero, be it in a resample; or if no part is there, or, of a share, every one: what
        does not vary among the clusters says nothing of its error.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, chapter 6. Field, C. A. and Welsh, A. H.
    (2007). Bootstrapping clustered data. *Journal of the Royal Statistical Society B* 69(3).
    """
    part, whole = cluster_sums(clusters, parts=parts, wholes=wholes)
    if whole.sum() <= 0:
        raise ValueError("a ratio of sums needs something in its denominator")
    value = float(part.sum() / whole.sum())
    if value == 0 or (value == 1 and (part <= whole).all()):
        raise ValueError(f"a ratio of {value:.0f} in all of {len(part)} units has no such interval")
    if len(part) < FEW:
        return Estimate(value, *_student(part, whole, level))
    chosen = resampled_units(len(part), resamples)
    drawn = whole[chosen].sum(axis=1)
    if not drawn.all():
        raise ValueError("too few different units for an interval")
    low, high = percentiles(part[chosen].sum(axis=1) / drawn, len(part), level)
    return Estimate(value, float(low), float(high))


def cluster_share(
    parts: ArrayLike, wholes: ArrayLike, clusters: ArrayLike | None = None
) -> Estimate:
    """Return the share of one sum in another, as :func:`cluster_ratio`, also of none and of all.

    Where no part is there, or every one, clusters do not vary: the interval is then Wilson's,
    which takes the parts for independent.

    Parameters
    ----------
    parts, wholes, clusters
        As in :func:`cluster_ratio`; no part exceeds its whole.

    Raises
    ------
    ValueError
        If there are fewer than two clusters, or a value is missing or negative, or the wholes sum
        to zero, or a part exceeds its whole.
    """
    part, whole = cluster_sums(clusters, parts=parts, wholes=wholes)
    if (part > whole).any():
        raise ValueError("a share needs 0 <= part <= whole in each unit")
    alike = share(float(part.sum()), float(whole.sum()))
    return alike if alike.value in {0, 1} else cluster_ratio(parts, wholes, clusters)


def cluster_sums(clusters: ArrayLike | None, **columns: ArrayLike) -> list[Floats]:
    """Return the sums of columns over clusters, ordered by cluster.

    Parameters
    ----------
    clusters
        What each row belongs to; by default each row is its own cluster.
    **columns
        Values by row, known and not negative.

    Raises
    ------
    ValueError
        If there are fewer than two clusters, or a value is missing or negative.
    """
    values = {name: finite(name, column) for name, column in columns.items()}
    if negative := [name for name, column in values.items() if (column < 0).any()]:
        raise ValueError(f"not negative: {', '.join(negative)}")
    frame = pd.DataFrame(values)
    if clusters is not None:
        labels = pd.Series(np.asarray(clusters))
        if labels.isna().any():
            raise ValueError(f"{labels.isna().sum()} rows belong to no cluster")
        frame = frame.groupby(labels.to_numpy()).sum()
    if len(frame) < 2:
        raise ValueError("resampling needs at least two units")
    return [frame[name].to_numpy() for name in columns]


def ratio_error(part: Floats, whole: Floats) -> float:
    """Return the standard error of the ratio of two sums over units that vary.

    Parameters
    ----------
    part, whole
        One value of each per unit, of two units or more.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, equation 6.13.
    """
    units, value = len(part), part.sum() / whole.sum()
    squares = ((part - value * whole) ** 2).sum() * units / (units - 1)
    return float(np.sqrt(squares) / whole.sum())


def satterthwaite(variances: ArrayLike, freedom: ArrayLike) -> float:
    """Return the degrees of freedom of a sum of estimated variances; infinite without variance.

    Parameters
    ----------
    variances
        Variances of independent terms.
    freedom
        Degrees of freedom of each.

    References
    ----------
    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components.
    *Biometrics Bulletin* 2(6).
    """
    parts, degrees = np.asarray(variances, dtype=float), np.asarray(freedom, dtype=float)
    return float(parts.sum() ** 2 / (parts**2 / degrees).sum()) if parts.any() else np.inf


def _student(part: Floats, whole: Floats, level: float) -> tuple[float, float]:
    """Return Student's bounds for a ratio of sums on the logit scale if it is a share, else log."""
    value, units = part.sum() / whole.sum(), len(part)
    reach = stats.t.ppf((1 + level) / 2, units - 1) * ratio_error(part, whole) / value
    if (part <= whole).all():
        odds = special.logit(value) + np.array([-1, 1]) * reach / (1 - value)
        return tuple(special.expit(odds).tolist())
    return float(value * np.exp(-reach)), float(value * np.exp(reach))


def bootstrap(
    statistic: Callable[..., Any],
    *samples: ArrayLike,
    clusters: ArrayLike | None = None,
    paired: bool = False,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = SEED,
) -> Estimate:
    """Return a statistic with its bootstrap interval (see :func:`percentiles`).

    Parameters
    ----------
    statistic
        Function of the samples that returns one number; much faster if it also takes an ``axis``.
    *samples
        One-dimensional arrays.
    clusters
        What each value belongs to (such as its day): whole clusters are then resampled, and the
        samples together.
    paired
        Whether the samples are resampled together, case by case, instead of one by one.
    resamples
        Number of resamples.
    level
        Coverage of the interval.
    seed
        Seed of the random numbers: the same samples give the same interval.

    Raises
    ------
    ValueError
        If a sample has fewer than two values, or one is missing, or there are too few different
        ones for an interval.

    References
    ----------
    Efron, B. and Tibshirani, R. (1993). *An Introduction to the Bootstrap*, chapter 13.
    """
    data: list[NDArray[Any]] = [np.asarray(sample) for sample in samples]
    for sample in data:
        finite("a sample", sample)
    if clusters is not None:
        statistic, data = _whole(statistic, data, clusters), [np.unique(_codes(clusters))]
    if any(len(sample) < 2 for sample in data):
        raise ValueError("a bootstrap needs at least two values in each sample")
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        result = stats.bootstrap(
            data,
            statistic,
            paired=paired,
            n_resamples=resamples,
            batch=max(1, _AT_ONCE // max(map(len, data))),
            method="percentile",
            rng=np.random.default_rng(seed),
        )
    draws = result.bootstrap_distribution
    if np.isnan(draws).any():
        raise ValueError("too few different cases for an interval")
    low, high = percentiles(draws, min(map(len, data)), level)
    return Estimate(float(statistic(*data)), float(low), float(high))


def resampled(statistic: Callable[..., Any], *samples: ArrayLike, **options: Any) -> Range:
    """Return a statistic with its range when cases are resampled, which is no 95% interval.

    For what a few huge cases decide: Gini coefficients and top shares of followers or retweets.

    Parameters
    ----------
    statistic, *samples, **options
        As in :func:`bootstrap`.
    """
    return Range(*bootstrap(statistic, *samples, **options))


def pvalue(estimate: Estimate, null: float, *, freedom: float = np.inf, log: bool = False) -> float:
    """Return the two-sided p-value of a null value, from a 95% interval.

    Parameters
    ----------
    estimate
        A value with its 95% interval, taken as Student's on the side of the null value.
    null
        The value it is held against.
    freedom
        Degrees of freedom of the interval; without, it is normal.
    log
        Take the interval as one of the logarithms: for ratios.

    Raises
    ------
    ValueError
        If the estimate or its interval is unknown or has no width.

    References
    ----------
    Altman, D. G. and Bland, J. M. (2011). How to obtain the P value from a confidence interval.
    *BMJ* 343, d2304; for normal intervals.
    """
    points = finite("an estimate and the value it is held against", [*estimate, null])
    value, low, high, other = np.log(points) if log else points
    reach = (high - value) if other > value else (value - low)
    if not reach > 0:
        raise ValueError(f"no p-value from an interval without a width: {estimate}")
    errors = abs(value - other) / reach * stats.t.ppf((1 + LEVEL) / 2, freedom)
    return float(2 * stats.t.sf(errors, freedom))


def adjusted(pvalues: ArrayLike) -> Floats:
    """Return p-values adjusted for their number: the false discovery rate.

    Of the cases whose adjusted value lies below 0.05, about one in twenty is there by chance.

    Parameters
    ----------
    pvalues
        One per case.

    Raises
    ------
    ValueError
        If one is missing.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the
    Royal Statistical Society B* 57(1).
    """
    return np.asarray(multipletests(finite("p-values", pvalues), method="fdr_bh")[1])


def _codes(clusters: ArrayLike) -> NDArray[np.intp]:
    codes = pd.factorize(pd.Series(np.asarray(clusters)))[0]
    if (codes < 0).any():
        raise ValueError(f"{(codes < 0).sum()} values belong to no cluster")
    return codes


def _whole(
    statistic: Callable[..., Any], data: list[NDArray[Any]], clusters: ArrayLike
) -> Callable[..., Any]:
    """Return the statistic as a function of the clusters that a resample holds."""
    codes = _codes(clusters)
    if any(len(sample) != len(codes) for sample in data):
        raise ValueError("each value needs its cluster")

    def of(chosen: NDArray[np.intp]) -> Any:
        times = np.bincount(chosen, minlength=codes.max() + 1)[codes]
        return statistic(*(np.repeat(sample, times) for sample in data))

    return of
