"""How posts are written: means and shares by week, changes, and the spread of single posts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from govsocial.rhythm import STRETCH
from govsocial.uncertainty import (
    LEVEL,
    Estimate,
    Floats,
    cluster_share,
    finite,
    ratio_error,
    satterthwaite,
)

_STRETCHES = 6  # at least
_LEAST = 2 * _STRETCHES


class _Ratio(NamedTuple):
    """A ratio of sums with its standard error and degrees of freedom."""

    value: float
    error: float
    freedom: float


def mean_over(weeks: pd.DataFrame, measure: str) -> Estimate:
    """Return the mean of a measure over the posts of some weeks, with a t interval.

    The weeks of one writer or one topic hang together: what varies is taken to be stretches of
    eight weeks, or the sixths of a shorter time.

    Parameters
    ----------
    weeks
        One row per week, in order: ``texts`` (posts with a text) and the mean of the measure.
    measure
        Column with the means.

    Raises
    ------
    ValueError
        If fewer than twelve weeks have a text, or a value is missing.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, section 6.3 (ratios).

    Ibragimov, R. and Müller, U. K. (2010). t-statistic based correlation and heterogeneity robust
    inference. *Journal of Business & Economic Statistics* 28(4).
    """
    return _estimate(_ratio(*_sums(weeks, measure)))


def share_over(weeks: pd.DataFrame, count: str) -> Estimate:
    """Return the share of posts of a kind over some weeks.

    What varies is stretches of weeks, as in :func:`mean_over`.

    Parameters
    ----------
    weeks
        One row per week, in order: ``posts`` and the number of those of the kind.
    count
        Column with the numbers.

    Returns
    -------
    Estimate
        See :func:`govsocial.uncertainty.cluster_share`.

    Raises
    ------
    ValueError
        If there are fewer than twelve weeks, or no post, or a value is missing, or a week has more
        posts of the kind than posts.
    """
    part, whole = _by_stretch(weeks[count].to_numpy(float), weeks["posts"].to_numpy(float))
    if (weeks[count] > weeks["posts"]).any() or (weeks[count] < 0).any():
        raise ValueError(f"a week needs 0 <= {count} <= posts")
    return cluster_share(part, whole)


def change(before: pd.DataFrame, after: pd.DataFrame, measure: str) -> Estimate:
    """Return the mean of a measure after less that before, as in :func:`mean_over`.

    Parameters
    ----------
    before, after
        Weeks as in :func:`mean_over`.
    measure
        Column with the means.

    Raises
    ------
    ValueError
        If fewer than twelve weeks of one of them have a text, or a value is missing.

    References
    ----------
    Welch, B. L. (1947). The generalization of 'Student's' problem when several different
    population variances are involved. *Biometrika* 34(1/2).
    """
    new, old = _ratio(*_sums(after, measure)), _ratio(*_sums(before, measure))
    variances = [new.error**2, old.error**2]
    freedom = satterthwaite(variances, [new.freedom, old.freedom])
    return _estimate(_Ratio(new.value - old.value, sum(variances) ** 0.5, freedom))


def around(weeks: pd.DataFrame, day: str, number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the whole weeks before a day and those after it, without the week of the day.

    Parameters
    ----------
    weeks
        Column ``week``, the Monday of each.
    day
        The day, as ISO 8601 writes it.
    number
        How many calendar weeks on each side.
    """
    moment = pd.Timestamp(day)
    monday = moment - pd.Timedelta(days=moment.day_of_week)
    distance = (weeks["week"] - monday).dt.days / 7
    return weeks[distance.between(-number, -1)], weeks[distance.between(1, number)]


def spread(bands: pd.DataFrame, width: float = 10) -> Estimate:
    """Return the mean of a measure over posts with the range of the middle half of them.

    Parameters
    ----------
    bands
        ``low`` (lower end of a band) and ``posts``; within a band posts lie evenly.
    width
        Width of the bands, in the unit of the measure.

    Returns
    -------
    Estimate
        Mean, lower and upper quartile: no interval of the mean, but where single posts lie.

    Raises
    ------
    ValueError
        If there is no post.
    """
    counts = bands.groupby("low")["posts"].sum().sort_index()
    total = int(counts.sum())
    if total == 0:
        raise ValueError("a spread needs at least one post")
    lows = counts.index.to_numpy(dtype=float)
    sizes = counts.to_numpy(dtype=float)
    mean = float(((lows + width / 2) * sizes).sum() / total)
    low, high = (_quantile(lows, sizes, part, width) for part in (0.25, 0.75))
    return Estimate(mean, low, high)


def _quantile(lows: Floats, sizes: Floats, part: float, width: float) -> float:
    wanted, below = part * sizes.sum(), np.concatenate([[0.0], np.cumsum(sizes)])
    place = int(np.searchsorted(below[1:], wanted))
    return float(lows[place] + width * (wanted - below[place]) / sizes[place])


def _sums(weeks: pd.DataFrame, measure: str) -> tuple[Floats, Floats]:
    some = weeks[weeks["texts"] > 0]
    texts = some["texts"].to_numpy(float)
    return some[measure].to_numpy(float) * texts, texts


def _by_stretch(*columns: Floats) -> list[Floats]:
    """Return the sums of columns by week, posts the last, over stretches of weeks."""
    weeks = len(columns[-1])
    if weeks < _LEAST:
        raise ValueError(f"means by week need at least {_LEAST} weeks, not {weeks}")
    if not finite("values by week", columns)[-1].sum() > 0:
        raise ValueError("means by week need a post")
    number = max(_STRETCHES, weeks // STRETCH)
    return [
        np.array([stretch.sum() for stretch in np.array_split(column, number)])
        for column in columns
    ]


def _ratio(part: Floats, whole: Floats) -> _Ratio:
    """Return a ratio of sums over weeks, its error from the scatter of stretches of weeks."""
    parts, wholes = _by_stretch(part, whole)
    return _Ratio(float(parts.sum() / wholes.sum()), ratio_error(parts, wholes), len(parts) - 1)


def _estimate(ratio: _Ratio) -> Estimate:
    reach = float(stats.t.ppf((1 + LEVEL) / 2, ratio.freedom)) * ratio.error
    return Estimate(ratio.value, ratio.value - reach, ratio.value + reach)
