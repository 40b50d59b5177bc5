"""How posts are written: means and shares by week, changes, and the spread of single posts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govsocial.uncertainty import Estimate, bootstrap


def mean_over(weeks: pd.DataFrame, measure: str) -> Estimate:
    """Return the mean of a measure over the posts of some weeks; whole weeks are resampled.

    Parameters
    ----------
    weeks
        One row per week: ``texts`` (posts with a text) and the mean of the measure over them.
    measure
        Column with the means.

    Raises
    ------
    ValueError
        If fewer than two weeks have a text.
    """
    return _ratio(*_sums(weeks, measure))


def share_over(weeks: pd.DataFrame, count: str) -> Estimate:
    """Return the share of posts of a kind over some weeks; whole weeks are resampled.

    Parameters
    ----------
    weeks
        One row per week: ``posts`` and the number of those of the kind.
    count
        Column with the numbers.

    Raises
    ------
    ValueError
        If there are fewer than two weeks.
    """
    return _ratio(weeks[count].to_numpy(float), weeks["posts"].to_numpy(float))


def change(before: pd.DataFrame, after: pd.DataFrame, measure: str) -> Estimate:
    """Return the mean of a measure after less that before; weeks of both are resampled.

    Parameters
    ----------
    before, after
        Weeks as in :func:`mean_over`.
    measure
        Column with the means.

    Raises
    ------
    ValueError
        If fewer than two weeks of one of them have a text.
    """
    later, earlier = _sums(after, measure), _sums(before, measure)

    def difference(
        chosen_later: NDArray[np.int64], chosen_earlier: NDArray[np.int64], axis: int = -1
    ) -> NDArray[np.float64]:
        new = _ratio_of_sums(later[0][chosen_later], later[1][chosen_later], axis)
        old = _ratio_of_sums(earlier[0][chosen_earlier], earlier[1][chosen_earlier], axis)
        return np.subtract(new, old)

    return bootstrap(difference, *(np.arange(len(rows[1])) for rows in (later, earlier)))


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


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> Estimate:
    return bootstrap(_ratio_of_sums, part, whole, paired=True)


def _ratio_of_sums(
    part: NDArray[np.float64], whole: NDArray[np.float64], axis: int = -1
) -> NDArray[np.float64]:
    quotient: NDArray[np.float64] = part.sum(axis=axis) / whole.sum(axis=axis)
    return quotient
