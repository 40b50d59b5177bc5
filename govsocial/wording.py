"""How posts are written: means and shares by week, changes, and the spread of single posts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from govsocial.uncertainty import LEVEL, Estimate

_WEEKS = 8  # of a stretch, where there are enough of them
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
        If fewer than twelve weeks have a text.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, section 6.3 (ratios).

    Ibragimov, R. and Müller, U. K. (2010). t-statistic based correlation and heterogeneity robust
    inference. *Journal of Business & Economic Statistics* 28(4).
    """
    return _estimate(_ratio(*_sums(weeks, measure)))


def share_over(weeks: pd.DataFrame, count: str) -> Estimate:
    """Return the share of posts of a kind over some weeks, as in :func:`mean_over`.

    Parameters
    ----------
    weeks
        One row per week, in order: ``posts`` and the number of those of the kind.
    count
        Column with the numbers.

    Raises
    ------
    ValueError
        If there are fewer than twelve weeks, or a week has more posts of the kind than posts.
    """
    part, whole = weeks[count].to_numpy(float), weeks["posts"].to_numpy(float)
    if (part > whole).any() or (part < 0).any():
        raise ValueError(f"a week needs 0 <= {count} <= posts")
    found = _estimate(_ratio(part, whole))
    return Estimate(found.value, max(found.low, 0.0), min(found.high, 1.0))


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
        If fewer than twelve weeks of one of them have a text.

    References
    ----------
    Welch, B. L. (1947). The generalization of 'Student's' problem when several different
    population variances are involved. *Biometrika* 34(1/2).
    """
    new, old = _ratio(*_sums(after, measure)), _ratio(*_sums(before, measure))
    variances = np.array([new.error**2, old.error**2])
    freedom = np.array([new.freedom, old.freedom])
    total = float(variances.sum())
    joint = total**2 / float((variances**2 / freedom).sum()) if total else float(freedom.sum())
    return _estimate(_Ratio(new.value - old.value, total**0.5, joint))


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


def _quantile(
    lows: NDArray[np.float64], sizes: NDArray[np.float64], part: float, width: float
) -> float:
    wanted, below = part * sizes.sum(), np.concatenate([[0.0], np.cumsum(sizes)])
    place = int(np.searchsorted(below[1:], wanted))
    return float(lows[place] + width * (wanted - below[place]) / sizes[place])


def _sums(weeks: pd.DataFrame, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    some = weeks[weeks["texts"] > 0]
    texts = some["texts"].to_numpy(float)
    return some[measure].to_numpy(float) * texts, texts


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> _Ratio:
    """Return a ratio of sums over weeks, its error from the scatter of stretches of weeks."""
    if len(whole) < _LEAST:
        raise ValueError(f"means by week need at least {_LEAST} weeks, not {len(whole)}")
    number = max(_STRETCHES, len(whole) // _WEEKS)
    parts, wholes = (
        np.array([stretch.sum() for stretch in np.array_split(column, number)])
        for column in (part, whole)
    )
    value = float(parts.sum() / wholes.sum())
    scatter = parts - value * wholes
    variance = float((scatter**2).sum()) * number / (number - 1)
    return _Ratio(value, variance**0.5 / float(wholes.sum()), number - 1)


def _estimate(ratio: _Ratio) -> Estimate:
    reach = float(stats.t.ppf((1 + LEVEL) / 2, ratio.freedom)) * ratio.error
    return Estimate(ratio.value, ratio.value - reach, ratio.value + reach)
