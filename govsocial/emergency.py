"""Measure what changes in an emergency: posts against a baseline, audiences against a trend.

Weekly counts vary more than a Poisson count would, and a busy week is followed by another busy
week. The intervals of this module allow for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from govsocial.once import once
from govsocial.uncertainty import (
    LEVEL,
    Estimate,
    adjusted,
    finite,
    median,
    pvalue,
    satterthwaite,
)

_HIGHEST = 0.9
"""Serial correlation is never taken for higher: the variance would have no bound."""

_LEAST_WEEKS = 8
"""Fewest weeks from which a serial correlation can be estimated."""

_FEWEST = 6
"""Fewest accounts of a kind whose median has a 95% interval."""


class Span(NamedTuple):
    """A phase of weeks, by the first days of its first and its last week."""

    first: str
    last: str


def serial_correlation(phases: Sequence[ArrayLike]) -> float:
    """Return how alike neighbouring weeks are, within phases of different level and spread.

    Parameters
    ----------
    phases
        Consecutive series of weekly counts, each of one level.

    Returns
    -------
    float
        Correlation of each week with the next one, corrected for the bias that comes from few
        weeks (Marriott and Pope's, with a mean for each phase); between 0 and 0.9. Of fewer than
        eight weeks nothing can be learnt: 0.

    References
    ----------
    Marriott, F. H. C. and Pope, J. A. (1954). Bias in the estimation of autocorrelations.
    *Biometrika* 41(3/4).
    """
    counts = [finite("counts by week", phase) for phase in phases]
    varied = [phase for phase in counts if len(phase) > 2 and phase.std() > 0]
    weeks = sum(len(phase) for phase in varied)
    if weeks < _LEAST_WEEKS:
        return 0.0
    scores = [(phase - phase.mean()) / phase.std(ddof=1) for phase in varied]
    pairs = [np.column_stack([score[:-1], score[1:]]) for score in scores]
    found = float(np.corrcoef(np.concatenate(pairs).T)[0, 1])
    unbiased = (weeks * found + len(varied)) / (weeks - 2 - len(varied))
    return float(np.clip(unbiased, 0, _HIGHEST))


class _Ratio(NamedTuple):
    """A ratio of levels, with the standard error of its logarithm and the degrees of freedom."""

    value: float
    error: float
    freedom: float

    def estimate(self, level: float = LEVEL) -> Estimate:
        """Return the ratio with Student's interval on the log scale."""
        reach = stats.t.ppf((1 + level) / 2, self.freedom) * self.error
        return Estimate(
            self.value, float(self.value * np.exp(-reach)), float(self.value * np.exp(reach))
        )

    def pvalue(self) -> float:
        """Return the p-value of a ratio of one; without scatter, it is one or it is not."""
        if self.error == 0:
            return float(self.value == 1)
        return pvalue(self.estimate(), 1, freedom=self.freedom, log=True)


def level_ratio(
    during: ArrayLike, before: ArrayLike, correlation: float = 0.0, level: float = LEVEL
) -> Estimate:
    """Return the mean of one phase over that of another, with an interval.

    The variance of each mean is estimated from the spread of its own weeks (not assumed to be
    Poisson's), widened by ``(1 + r) / (1 - r)`` for the correlation *r* of neighbouring weeks;
    the interval is Student's on the log scale, with Welch's degrees of freedom.

    Parameters
    ----------
    during, before
        Counts by week, at least two of each.
    correlation
        Correlation of neighbouring weeks, from 0 to below 1.
    level
        Coverage of the interval.

    Raises
    ------
    ValueError
        If there are fewer than two weeks in a phase, or no posts, or the correlation is out of
        its range.

    References
    ----------
    Wedderburn, R. W. M. (1974). Quasi-likelihood functions… *Biometrika* 61(3); Bence, J. R.
    (1995). Analysis of short time series: correcting for autocorrelation. *Ecology* 76(2);
    Welch, B. L. (1947). The generalization of "Student's" problem… *Biometrika* 34(1/2).
    """
    return _ratio(during, before, correlation).estimate(level)


def _ratio(during: ArrayLike, before: ArrayLike, correlation: float) -> _Ratio:
    if not 0 <= correlation < 1:
        raise ValueError(f"the correlation of weeks is from 0 to below 1, not {correlation}")
    widening = (1 + correlation) / (1 - correlation)
    counts = [finite("counts by week", phase) for phase in (during, before)]
    if any(len(phase) < 2 or phase.mean() <= 0 for phase in counts):
        raise ValueError("a ratio of levels needs two weeks or more and some posts in each phase")
    means = np.array([phase.mean() for phase in counts])
    weeks = np.array([len(phase) for phase in counts])
    variances = widening * np.array([phase.var(ddof=1) for phase in counts]) / weeks / means**2
    freedom = satterthwaite(variances, np.maximum(weeks / widening - 1, 1))
    return _Ratio(float(means[0] / means[1]), float(np.sqrt(variances.sum())), freedom)


def wave_ratios(
    weeks: pd.DataFrame,
    baseline: Span,
    waves: Mapping[str, Span],
    least_weeks: int = 26,
    least_mean: float = 1.0,
) -> pd.DataFrame:
    """Return each account's posts per week in the waves, against its own baseline.

    Parameters
    ----------
    weeks
        Columns ``account``, ``kind``, ``week`` and ``posts``.
    baseline
        The weeks before the emergency; an account enters with those it has.
    waves
        Names and weeks of the waves, in order of time. The last wave is compared with the first
        one too, under the name ``LAST/FIRST``.
    least_weeks, least_mean
        Accounts with fewer baseline weeks, fewer baseline posts per week, or without all weeks of
        all waves are left out.

    Returns
    -------
    DataFrame
        One row per account and comparison: ``account``, ``kind``, ``wave``, ``baseline`` (mean
        posts per week), ``value``, ``low``, ``high``, and ``pvalue`` of a ratio of one, adjusted
        for the number of accounts of the kind in that comparison.

    Raises
    ------
    ValueError
        If an account that is not left out has no post in one of the waves.
    """
    names = list(waves)
    rows = []
    for (account, kind), group in weeks.groupby(["account", "kind"], sort=True):
        posts = group.set_index("week")["posts"].astype(float).sort_index()
        before = _within(posts, baseline)
        found = {name: _within(posts, span) for name, span in waves.items()}
        whole = all(len(found[name]) == _length(span) for name, span in waves.items())
        if len(before) < least_weeks or before.mean() < least_mean or not whole:
            continue
        correlation = serial_correlation([before, *found.values()])
        pairs = {name: (found[name], before) for name in names}
        pairs[f"{names[-1]}/{names[0]}"] = (found[names[-1]], found[names[0]])
        for name, (during, against) in pairs.items():
            ratio = _ratio(during, against, correlation)
            rows.append((account, kind, name, before.mean(), *ratio.estimate(), ratio.pvalue()))
    columns = ["account", "kind", "wave", "baseline", "value", "low", "high", "pvalue"]
    table = pd.DataFrame(rows, columns=columns)
    table["pvalue"] = table.groupby(["kind", "wave"])["pvalue"].transform(adjusted)
    return table


def _within(posts: pd.Series[float], span: Span) -> pd.Series[float]:
    return posts.loc[span.first : span.last]


def _length(span: Span) -> int:
    return len(pd.date_range(span.first, span.last, freq="7D"))


@once
def course(weeks: pd.DataFrame, ratios: pd.DataFrame) -> pd.DataFrame:
    """Return the median course of each kind of account, in multiples of each one's baseline.

    Parameters
    ----------
    weeks
        Columns ``account``, ``week`` and ``posts``.
    ratios
        What :func:`wave_ratios` returns; its accounts are taken, with their baselines.

    Returns
    -------
    DataFrame
        Columns ``kind``, ``week``, ``accounts``, ``median``, ``low`` and ``high`` (see
        :func:`govsocial.uncertainty.median`), in the weeks in which all accounts of the kind have
        a count. Kinds of fewer than six accounts are left out.
    """
    base = ratios.drop_duplicates("account")[["account", "kind", "baseline"]]
    joined = weeks[["account", "week", "posts"]].merge(base, on="account")
    joined["multiple"] = joined["posts"].astype(float) / joined["baseline"]
    columns = ["kind", "week", "accounts", "median", "low", "high"]
    bands = []
    for kind, group in joined.groupby("kind"):
        wide = group.pivot(index="week", columns="account", values="multiple").dropna()
        if wide.shape[1] < _FEWEST:
            continue
        found = [median(row) for row in wide.to_numpy()]
        band = pd.DataFrame(found, index=wide.index, columns=["median", "low", "high"])
        bands.append(band.assign(kind=kind, accounts=wide.shape[1]).reset_index())
    if not bands:
        return pd.DataFrame(columns=columns)
    return pd.concat(bands, ignore_index=True)[columns]


def intervals(samples: pd.Series[int]) -> pd.DataFrame:
    """Return the gain between each two neighbouring samples of a growing number.

    Parameters
    ----------
    samples
        Followers, indexed by the day of the sample, in order of time.

    Returns
    -------
    DataFrame
        Columns ``start``, ``end``, ``days``, ``gain`` and ``per_day``.

    Raises
    ------
    ValueError
        If the days are not in order, or two samples are of one day, or one is missing.
    """
    days = pd.DatetimeIndex(samples.index)
    length = (days[1:] - days[:-1]).days.to_numpy()
    if not (length > 0).all():
        raise ValueError("samples of a growing number need one day each, in order of time")
    gain = np.diff(finite("samples", samples))
    return pd.DataFrame(
        {
            "start": days[:-1],
            "end": days[1:],
            "days": length,
            "gain": gain,
            "per_day": gain / length,
        }
    )


def expected_gain(
    before: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp, level: float = LEVEL
) -> Estimate:
    """Return the gain that the trend before lets expect in an interval: an interrupted trend.

    The gain per day is a straight line in time, fitted by least squares with the length of each
    interval as its weight (a longer interval averages over more days).

    Parameters
    ----------
    before
        Intervals without the emergency, at least three: columns of :func:`intervals`.
    start, end
        The interval to expect.
    level
        Coverage of the interval.

    Returns
    -------
    Estimate
        Expected gain and the prediction interval for *one* new interval of this length: it holds
        the uncertainty of the line and the scatter of single intervals about it.

    Raises
    ------
    ValueError
        If there are fewer than three intervals.

    References
    ----------
    Bernal, J. L., Cummins, S. and Gasparrini, A. (2017). Interrupted time series regression for
    the evaluation of public health interventions. *International Journal of Epidemiology* 46(1).
    """
    if len(before) < 3:
        raise ValueError(f"a trend needs three intervals or more: {len(before)}")
    origin = before["start"].min()
    middle = _middle(before["start"], before["end"], origin)
    line = sm.WLS(
        before["per_day"].to_numpy(float),
        sm.add_constant(middle, has_constant="add"),
        weights=before["days"].to_numpy(float),
    ).fit()
    days = (end - start).days
    at = _middle(pd.Series([start]), pd.Series([end]), origin)
    new = line.get_prediction(np.column_stack([np.ones(1), at]), weights=days)
    low, high = new.conf_int(obs=True, alpha=1 - level)[0]
    return Estimate(float(new.predicted_mean[0] * days), float(low * days), float(high * days))


def _middle(
    start: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp], origin: pd.Timestamp
) -> NDArray[np.float64]:
    half = (end - start) / 2
    days = (start + half - origin) / pd.Timedelta(days=1)
    return np.asarray(days, dtype=np.float64)


def multiples(steps: pd.DataFrame, calm: ArrayLike, level: float = LEVEL) -> pd.DataFrame:
    """Return each interval's gain as a multiple of what the calm intervals let expect.

    A calm interval is held against the trend of the *other* calm ones: a placebo, which shows
    how large a multiple turns up without any emergency.

    Parameters
    ----------
    steps
        What :func:`intervals` returns.
    calm
        Whether each interval is free of the emergency: one truth value per row.
    level
        Coverage of the interval.

    Returns
    -------
    DataFrame
        The intervals with ``calm``, ``expected``, ``low`` and ``high`` (gain within the
        interval, with its prediction interval) and ``multiple`` (gain over expected).

    Raises
    ------
    ValueError
        If an interval has fewer than three calm ones beside it.
    """
    quiet = pd.Series(np.asarray(calm, dtype=bool), index=steps.index)
    rows = []
    for index, step in steps.iterrows():
        others = steps[quiet & (steps.index != index)]
        rows.append(expected_gain(others, step["start"], step["end"], level))
    expected = pd.DataFrame(rows, columns=["expected", "low", "high"], index=steps.index)
    multiple = steps["gain"] / expected["expected"]
    return steps.assign(calm=quiet).join(expected).assign(multiple=multiple)


def ordinary(counts: ArrayLike, level: float = LEVEL) -> Estimate:
    """Return the typical count and the range in which one more ordinary count should lie.

    Parameters
    ----------
    counts
        Counts of ordinary days, all above zero, at least two.
    level
        Coverage of the interval.

    Returns
    -------
    Estimate
        Geometric mean and Student's prediction interval on the log scale.

    Raises
    ------
    ValueError
        If there are fewer than two counts, or one is missing or not above zero.
    """
    known = finite("counts of ordinary days", counts)
    if len(known) < 2 or (known <= 0).any():
        raise ValueError("an ordinary range needs two counts or more, all above zero")
    logs = np.log(known)
    spread = logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))
    reach = stats.t.ppf((1 + level) / 2, len(logs) - 1) * spread
    middle = logs.mean()
    return Estimate(*(float(np.exp(middle + side * reach)) for side in (0, -1, 1)))
