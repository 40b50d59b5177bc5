"""How long something lasts when part of it is still going on: accounts until their last post."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.duration.survfunc import survdiff

from govsocial.uncertainty import LEVEL, Estimate, Floats, SignificanceResult, finite

YEAR = 365.25
"""Days in a year."""


def follow(last: pd.Series[pd.Timestamp], start: str, read: str, quiet: int = 90) -> pd.DataFrame:
    """Return how long accounts were followed, and whether they fell silent.

    An account whose last post lies more than ``quiet`` days before the reading has fallen silent
    on the day of that post. Any other may just be pausing: it is censored where the last
    ``quiet`` days begin, because up to there it is known to have gone on.

    Parameters
    ----------
    last
        Day of the last post of each account; missing ones, and those before ``start``, are left
        out, as they were not going on when the clock started.
    start, read
        Days on which the clock starts and the accounts were read.
    quiet
        Days without a post that count as silence.

    Returns
    -------
    DataFrame
        Columns ``time`` (years since ``start``) and ``silent`` (boolean), with the index of
        ``last``.

    Raises
    ------
    ValueError
        If the clock would start in the quiet days.
    """
    begin, cut = pd.Timestamp(start), pd.Timestamp(read) - pd.Timedelta(days=quiet)
    if begin >= cut:
        raise ValueError(f"the clock starts on {start}, after the quiet days before {read} begin")
    going = last[last >= begin]
    time = (going.where(going < cut, cut) - begin).dt.days / YEAR
    return pd.DataFrame({"time": time, "silent": going < cut})


def kaplan_meier(
    time: ArrayLike, ended: ArrayLike, weight: ArrayLike | None = None, level: float = LEVEL
) -> pd.DataFrame:
    """Return the Kaplan–Meier curve with log-log intervals from Greenwood's variance.

    Parameters
    ----------
    time
        Time until the end, or until the case was last seen.
    ended
        Whether the end was seen (else the case is censored).
    weight
        Whole number of cases in each row; one each by default.
    level
        Confidence level of each point of the curve.

    Returns
    -------
    DataFrame
        One row for the start and one for each time at which a case ended, with columns ``time``,
        ``at_risk``, ``ended``, ``survival``, ``low`` and ``high``. Without an end, and where
        nobody is left, the bounds are missing: the method has no interval there.

    Raises
    ------
    ValueError
        If there is no case, or a time is negative or missing, or a weight is no whole number.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
    *Journal of the American Statistical Association* 53(282); for the interval Kalbfleisch, J. D.
    and Prentice, R. L. (2002). *The Statistical Analysis of Failure Time Data*, section 1.4.
    """
    repeats = finite("weights", 1 if weight is None else weight)
    if (repeats < 0).any() or (repeats % 1).any():
        raise ValueError("the weights of a survival curve are whole numbers")
    times, ends = _cases(
        *(np.repeat(np.asarray(values), repeats.astype(int)) for values in (time, ended))
    )
    start = pd.DataFrame({"time": [0.0], "at_risk": [len(times)], "ended": [0]})
    start = start.assign(survival=1.0, low=1.0, high=1.0)
    if not ends.any():
        return start.assign(low=np.nan, high=np.nan)
    curve = stats.ecdf(stats.CensoredData(times[ends], right=times[~ends])).sf
    with warnings.catch_warnings():
        # Where nothing is left there is no logarithm, and so no bound.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval: Any = curve.confidence_interval(level, method="log-log")
    steps = pd.DataFrame(
        {
            "time": curve.quantiles,
            "at_risk": [(times >= step).sum() for step in curve.quantiles],
            "ended": [(ends & (times == step)).sum() for step in curve.quantiles],
            "survival": curve.probabilities,
            "low": interval.low.probabilities,
            "high": interval.high.probabilities,
        }
    )
    return pd.concat([start, steps[steps["ended"] > 0]], ignore_index=True)


def _cases(time: ArrayLike, ended: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    times, ends = finite("times of survival", time), finite("ends", ended).astype(bool)
    if len(times) != len(ends):
        raise ValueError(f"{len(times)} times of survival, but {len(ends)} ends")
    if not len(times) or times.min() < 0:
        raise ValueError("a survival curve needs at least one case, and no time before the start")
    return times, ends


def at(curve: pd.DataFrame, time: float) -> Estimate:
    """Return the survival at a time, read off a curve of :func:`kaplan_meier`.

    Parameters
    ----------
    curve
        The curve.
    time
        Time in the curve's unit; not negative.

    Raises
    ------
    ValueError
        If the time lies before the start.
    """
    if not time >= 0:
        raise ValueError(f"a curve of survival starts at 0: there is no time {time}")
    row = curve[curve["time"] <= time].iloc[-1]
    return Estimate(float(row["survival"]), float(row["low"]), float(row["high"]))


def log_rank(time: ArrayLike, ended: ArrayLike, group: ArrayLike) -> SignificanceResult:
    """Test whether groups end at the same rate over the whole time.

    Parameters
    ----------
    time, ended
        As in :func:`kaplan_meier`, one row per case.
    group
        Name of the group of each case; at least two groups.

    Raises
    ------
    ValueError
        If a case has no group, there are fewer than two, or nobody ended.

    References
    ----------
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in
    its consideration. *Cancer Chemotherapy Reports* 50(3).
    """
    if pd.isna(np.asarray(group, dtype=object)).any():
        raise ValueError("each case needs its group")
    names, codes = np.unique(np.asarray(group), return_inverse=True)
    if len(names) < 2:
        raise ValueError("a log-rank test compares at least two groups")
    times, ends = _cases(time, ended)
    if not ends.any():
        raise ValueError("a log-rank test needs somebody who ended")
    statistic, pvalue = survdiff(times, ends.astype(int), codes)
    return SignificanceResult(float(statistic), float(pvalue), len(names) - 1)


def ends_and_years(
    time: ArrayLike, ended: ArrayLike, since: float, until: float
) -> tuple[int, float]:
    """Return how many cases ended in a stretch of time, and the time all cases spent in it.

    Parameters
    ----------
    time, ended
        As in :func:`kaplan_meier`, one row per case.
    since, until
        Bounds of the stretch, ``since <= time < until``.

    Returns
    -------
    tuple
        Ends, and the exposure in the unit of ``time``.
    """
    times, ends = _cases(time, ended)
    inside = ends & (times >= since) & (times < until)
    return int(inside.sum()), float((times.clip(since, until) - since).sum())
