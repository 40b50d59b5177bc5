"""Estimates and their intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

LEVEL = 0.95
_AT_ONCE = 4_000_000  # resampled values held in memory


class Estimate(NamedTuple):
    """A value with the bounds of its interval (95% unless the maker says otherwise)."""

    value: float
    low: float
    high: float


class SignificanceResult(NamedTuple):
    """Result of a test, named as in SciPy."""

    statistic: float
    pvalue: float
    df: int | None = None
    """Degrees of freedom, where the test has them."""


def share(count: float, total: float, level: float = LEVEL) -> Estimate:
    """Return a share with Wilson's score interval.

    Parameters
    ----------
    count, total
        Successes and trials; ``0 <= count <= total`` and ``total > 0``.

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


def add_shares(frame: pd.DataFrame, count: str, total: str) -> pd.DataFrame:
    """Add to a table the share of one column in another, with Wilson's interval.

    Parameters
    ----------
    frame
        A table with the columns named by ``count`` and ``total``.

    Returns
    -------
    DataFrame
        The table with the columns ``share``, ``low`` and ``high``.

    Raises
    ------
    ValueError
        If a total is zero or a count exceeds it.
    """
    pairs = zip(frame[count], frame[total], strict=True)
    estimates = np.array([share(*pair) for pair in pairs]).reshape(-1, 3)
    return frame.assign(share=estimates[:, 0], low=estimates[:, 1], high=estimates[:, 2])


def rate(count: int, exposure: float, level: float = LEVEL) -> Estimate:
    """Return events per unit of exposure with the exact Poisson interval.

    Raises
    ------
    ValueError
        If the count is negative or the exposure is not positive.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4).
    """
    if count < 0 or exposure <= 0:
        raise ValueError(f"a rate needs count >= 0 and exposure > 0: {count} in {exposure}")
    low, high = confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    return Estimate(count / exposure, float(np.nan_to_num(low)), float(high))


def bootstrap(
    statistic: Callable[..., Any],
    *samples: ArrayLike,
    paired: bool = False,
    resamples: int = 2000,
    level: float = LEVEL,
    seed: int = 2012,
) -> Estimate:
    """Return a statistic with its percentile bootstrap interval.

    Parameters
    ----------
    statistic
        Function of the samples that returns one number; much faster if it also takes an ``axis``.
    *samples
        One-dimensional arrays; resampled together if ``paired``, else one by one.
    resamples
        Number of resamples.
    seed
        Seed of the random numbers: the same samples give the same interval.

    Raises
    ------
    ValueError
        If a sample has fewer than two values.

    References
    ----------
    Efron, B. and Tibshirani, R. (1993). *An Introduction to the Bootstrap*, chapter 13.
    """
    data: list[NDArray[Any]] = [np.asarray(sample) for sample in samples]
    if any(len(sample) < 2 for sample in data):
        raise ValueError("a bootstrap needs at least two values in each sample")
    result = stats.bootstrap(
        data,
        statistic,
        paired=paired,
        n_resamples=resamples,
        batch=max(1, _AT_ONCE // max(map(len, data))),
        confidence_level=level,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    interval = result.confidence_interval
    return Estimate(float(statistic(*data)), float(interval.low), float(interval.high))
