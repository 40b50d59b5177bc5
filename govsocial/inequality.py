"""How unequally attention is shared out: Lorenz curve, Gini, top shares, and the tail."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import powerlaw
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from govsocial.once import once
from govsocial.uncertainty import (
    FEW,
    Estimate,
    Range,
    SignificanceResult,
    bootstrap,
    cluster_ratio,
    cluster_share,
    finite,
    resampled,
    share,
)

_EXPONENTS = (1.001, 10.0)
"""Bounds of the search for an exponent."""

Floats = NDArray[np.float64]
Measure = Callable[[Floats, Floats], float]
"""A number from values and from how many cases have each of them."""


class Tail(NamedTuple):
    """The upper tail of a distribution, and the laws fitted to it.

    ``start`` is the lowest value of the tail, ``cases`` the number of cases in it and
    ``exponent`` that of the power law. ``against`` compares the power law with each other law by
    a likelihood-ratio test, whose statistic is the normalised logarithm of the ratio: above zero
    where the power law fits better, below where the other does.
    ``curves`` has the columns ``value``, ``power_law`` and one for each other law: the share of
    the tail's cases that lie at or above the value by that law.
    """

    start: int
    cases: int
    exponent: float
    against: dict[str, SignificanceResult]
    curves: pd.DataFrame


def lorenz(values: ArrayLike, counts: ArrayLike | None = None) -> pd.DataFrame:
    """Return the Lorenz curve: the share of the total that the lowest cases hold together.

    Parameters
    ----------
    values
        What each case has; not negative.
    counts
        How many cases have each value; one each by default.

    Returns
    -------
    DataFrame
        ``cases`` and ``total``: cumulated shares from 0 to 1, from the lowest value up.

    Raises
    ------
    ValueError
        If there is no case, a value is negative or missing, or all are zero.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. *Publications of
    the American Statistical Association* 9(70).
    """
    cases, total = _shares(values, counts)
    return pd.DataFrame({"cases": cases, "total": total})


def gini(values: ArrayLike, counts: ArrayLike | None = None) -> float:
    """Return the Gini coefficient: 0 where all have the same, near 1 where one has all.

    Parameters
    ----------
    values, counts
        As for :func:`lorenz`.

    Raises
    ------
    ValueError
        As :func:`lorenz`.

    References
    ----------
    Gini, C. (1914). Sulla misura della concentrazione e della variabilità dei caratteri.
    *Atti del Reale Istituto Veneto* 73.
    """
    cases, total = _shares(values, counts)
    return float(1 - 2 * np.trapezoid(total, cases))


def top_share(values: ArrayLike, counts: ArrayLike | None = None, *, part: float = 0.01) -> float:
    """Return the share of the total that the highest part of the cases holds.

    Parameters
    ----------
    values, counts
        As for :func:`lorenz`.
    part
        Share of the cases, between 0 and 1: 0.01 for the top hundredth.

    Raises
    ------
    ValueError
        As :func:`lorenz`, or if the part is not between 0 and 1.
    """
    if not 0 <= part <= 1:
        raise ValueError(f"the part of the cases is between 0 and 1, not {part}")
    cases, total = _shares(values, counts)
    return float(1 - np.interp(1 - part, cases, total))


def ccdf(values: ArrayLike, counts: ArrayLike | None = None) -> pd.DataFrame:
    """Return the complementary cumulative distribution.

    Parameters
    ----------
    values, counts
        As for :func:`lorenz`.

    Returns
    -------
    DataFrame
        ``value`` (distinct, rising) and ``share``: the share of cases with that value or more.

    Raises
    ------
    ValueError
        As :func:`lorenz`.
    """
    value, count = _sorted(values, counts)
    distinct, first = np.unique(value, return_index=True)
    above = np.cumsum(count[::-1])[::-1]
    return pd.DataFrame({"value": distinct, "share": above[first] / above[0]})


def clustered(
    measure: Measure, values: ArrayLike, counts: ArrayLike, *, resamples: int = 2000
) -> Range:
    """Return a measure of pooled cases with its range when their owners are resampled.

    The posts of one account are alike; to resample posts one by one would treat them as
    independent and give a range that is too narrow. Here whole accounts are resampled.

    Parameters
    ----------
    measure
        Function of values and counts, such as :func:`gini`.
    values
        Shape ``(values,)``.
    counts
        Shape ``(owners, values)``: how many cases of each owner have each value.
    resamples
        Number of resamples of the bootstrap.

    Raises
    ------
    ValueError
        If there are fewer than two owners.

    References
    ----------
    Field, C. A. and Welsh, A. H. (2007). Bootstrapping clustered data. *Journal of the Royal
    Statistical Society B* 69(3).
    """
    value, count = np.asarray(values, dtype=float), np.asarray(counts, dtype=float)

    def pooled(owners: NDArray[np.intp]) -> float:
        return measure(value, np.bincount(owners, minlength=len(count)) @ count)

    return resampled(pooled, np.arange(len(count)), resamples=resamples)


def classed(classes: pd.DataFrame, counts: pd.Series[int]) -> tuple[Floats, Floats]:
    """Return values and counts for :func:`clustered` from classes of values.

    Parameters
    ----------
    classes
        ``account``, ``retweets_from`` (lower bound of a class) and ``posts``.
    counts
        Number of posts of all accounts by their retweets (the index).

    Returns
    -------
    tuple of arrays
        The mean number of retweets in each class, over all accounts, shape ``(classes,)``; and
        the posts of each account in it, shape ``(accounts, classes)``.
    """
    table = classes.pivot(index="account", columns="retweets_from", values="posts").fillna(0)
    place = np.searchsorted(table.columns.to_numpy(float), counts.index, side="right") - 1
    number = counts.to_numpy(float)
    total = np.bincount(place, counts.index * number)
    return total / np.bincount(place, number), table.to_numpy(float)


def exponent(values: ArrayLike, counts: ArrayLike | None = None, *, start: int) -> float:
    """Return the maximum-likelihood exponent of a discrete power law from a value up.

    Parameters
    ----------
    values, counts
        As for :func:`lorenz`.
    start
        Lowest value of the tail, at least 1.

    Raises
    ------
    ValueError
        If no case lies above the start, or the exponent is outside its bounds, 1 to 10.

    References
    ----------
    Clauset, A., Shalizi, C. R. and Newman, M. E. J. (2009). Power-law distributions in
    empirical data. *SIAM Review* 51(4), equation 3.5.
    """
    value, count = _sorted(values, counts)
    inside = value >= start
    cases = count[inside].sum()
    logs = (count[inside] * np.log(value[inside])).sum()
    if logs <= cases * np.log(start):
        raise ValueError(f"no case lies above {start}, where the tail starts")

    def loss(alpha: float) -> float:
        return float(cases * np.log(special.zeta(alpha, start)) + alpha * logs)

    best = float(optimize.minimize_scalar(loss, bounds=_EXPONENTS, method="bounded").x)
    if not _EXPONENTS[0] + 0.001 < best < _EXPONENTS[1] - 0.001:
        raise ValueError(f"the exponent of such a tail is not between 1 and {_EXPONENTS[1]}")
    return best


@once
def tail(
    values: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    start: int | None = None,
    laws: Sequence[str] = ("lognormal", "cutoff"),
) -> Tail:
    """Fit a power law and other laws to the same tail, and compare them.

    Parameters
    ----------
    values, counts
        As for :func:`lorenz`; whole numbers. Zeros are left out.
    start
        Lowest value of the tail; by default the one from which the power law comes closest to
        the cases (smallest Kolmogorov–Smirnov distance).
    laws
        ``lognormal``, and ``cutoff`` for a power law with an exponential cut-off.

    Raises
    ------
    ValueError
        As :func:`lorenz`, or if the values are not whole numbers.

    References
    ----------
    Clauset, A., Shalizi, C. R. and Newman, M. E. J. (2009). Power-law distributions in
    empirical data. *SIAM Review* 51(4).
    Alstott, J., Bullmore, E. and Plenz, D. (2014). powerlaw: a Python package for analysis of
    heavy-tailed distributions. *PLoS ONE* 9(1).
    Vuong, Q. H. (1989). Likelihood ratio tests for model selection and non-nested hypotheses.
    *Econometrica* 57(2).
    """
    value, count = _sorted(values, counts)
    if (value % 1 != 0).any() or (count % 1 != 0).any():
        raise ValueError("the tail of a discrete distribution needs whole numbers")
    cases = np.repeat(value, count.astype(int))
    with warnings.catch_warnings():
        # The package warns of its own deprecated names, and where a law nears another's limit:
        # that is the very case in which the comparison says that the two cannot be told apart.
        warnings.simplefilter("ignore")
        fit = powerlaw.Fit(cases[cases > 0], xmin=start, discrete=True, verbose=False)
        inside = cases[cases >= fit.power_law.xmin]
        place = np.unique(inside)
        return Tail(
            start=int(fit.power_law.xmin),
            cases=len(inside),
            exponent=float(fit.power_law.alpha),
            against={law: _comparison(fit, law) for law in laws},
            curves=pd.DataFrame(
                {"value": place, "power_law": fit.power_law.ccdf(place)}
                | {law: getattr(fit, _LAWS[law]).ccdf(place) for law in laws}
            ),
        )


_LAWS = {"lognormal": "lognormal", "cutoff": "truncated_power_law"}
"""Our names of the laws, and the package's."""


def _comparison(fit: Any, law: str) -> SignificanceResult:
    # A power law is a special case of one with a cut-off: another null distribution applies.
    statistic, pvalue = fit.distribution_compare(
        "power_law", _LAWS[law], normalized_ratio=True, nested=law == "cutoff"
    )
    return SignificanceResult(float(statistic), float(pvalue))


def pooled_shares(frame: pd.DataFrame, by: Sequence[str], part: str, whole: str) -> pd.DataFrame:
    """Return the share of a part in a whole, pooled over the accounts of each group.

    Parameters
    ----------
    frame
        One row per account.
    by
        Columns that name the groups.
    part, whole
        Columns of counts; the part is contained in the whole.

    Returns
    -------
    DataFrame
        The columns of ``by``, ``accounts``, ``share``, its 95% interval from resampling the
        accounts (``low``, ``high``), and for comparison Wilson's interval, which takes all posts
        for independent (``post_low``, ``post_high``).

    Raises
    ------
    ValueError
        If a group has no interval: see :func:`govsocial.uncertainty.cluster_ratio`.
    """
    rows = []
    for names, group in frame.groupby(list(by)):
        parts, wholes = group[part].to_numpy(float), group[whole].to_numpy(float)
        drawn = cluster_ratio(parts, wholes)
        posts = share(parts.sum(), wholes.sum())
        rows.append((*names, len(group), *drawn, posts.low, posts.high))
    columns = [*by, "accounts", "share", "low", "high", "post_low", "post_high"]
    return pd.DataFrame(rows, columns=columns)


@once
def reply_ratios(posts: pd.DataFrame, least: int = 10) -> pd.DataFrame:
    """Return the median ratio of replies to retweets, by account and month.

    The posts of a day are alike, so that whole days are resampled.

    Parameters
    ----------
    posts
        One row per post: ``account``, ``day``, ``replies``, ``retweets`` (above zero).
    least
        Months with fewer posts, or with posts on one day only, are left out.

    Returns
    -------
    DataFrame
        ``account``, ``month``, ``posts``, ``ratio`` (median), ``low``, ``high`` (its interval).
    """
    frame = posts.assign(
        ratio=posts["replies"] / posts["retweets"],
        month=posts["day"].dt.to_period("M").dt.to_timestamp(),
    )
    rows = [
        (account, month, len(group), *_median_of_posts(group, group["day"]))
        for (account, month), group in frame.groupby(["account", "month"])
        if len(group) >= least and group["day"].nunique() > 1
    ]
    return pd.DataFrame(rows, columns=["account", "month", "posts", "ratio", "low", "high"])


def reply_ratio_spells(posts: pd.DataFrame, breaks: Sequence[str]) -> pd.DataFrame:
    """Return how posts were answered in spells of time between given days.

    The posts of a week are alike, so that whole weeks are resampled.

    Parameters
    ----------
    posts
        As for :func:`reply_ratios`.
    breaks
        First days of all spells but the first.

    Returns
    -------
    DataFrame
        Indexed by ``account`` and ``spell`` (0, 1, …): ``posts``, ``ratio`` (median of replies
        per retweet) and ``over`` (share of posts with more replies than retweets), both as
        :class:`~govsocial.uncertainty.Estimate`. A spell of a single week is left out.
    """
    spell = np.searchsorted(pd.to_datetime(list(breaks)), posts["day"], side="right")
    week = posts["day"].dt.to_period("W").dt.start_time
    frame = posts.assign(spell=spell, week=week, ratio=posts["replies"] / posts["retweets"])
    rows = {
        names: (
            len(group),
            _median_of_posts(group, group["week"]),
            cluster_share(group["ratio"] > 1, np.ones(len(group)), group["week"]),
        )
        for names, group in frame.groupby(["account", "spell"])
        if group["week"].nunique() > 1
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["posts", "ratio", "over"])
    table.index = pd.MultiIndex.from_tuples(rows, names=["account", "spell"])
    return table


def _median_of_posts(posts: pd.DataFrame, clusters: pd.Series[pd.Timestamp]) -> Estimate:
    return bootstrap(np.median, posts["ratio"], clusters=clusters)


def monthly_growth(
    pages: pd.DataFrame, before: str, after: str, months: tuple[int, int]
) -> pd.DataFrame:
    """Return what the pages of each kind drew per month in two periods, and how it grew.

    Parameters
    ----------
    pages
        One row per page: ``kind``, and what it drew in each period.
    before, after
        Names of the two columns.
    months
        Length of the two periods.

    Returns
    -------
    DataFrame
        ``kind``, ``pages``, ``before`` and ``after`` (sums per month), ``growth`` (after divided
        by before) and its 95% interval from resampling the pages (``low``, ``high``; missing
        for fewer than twenty pages, of which one may hold most).
    """
    rows = []
    for kind, group in pages.groupby("kind"):
        old, new = group[before] / months[0], group[after] / months[1]
        growth = (
            cluster_ratio(new, old)
            if len(group) >= FEW
            else Estimate(new.sum() / old.sum(), np.nan, np.nan)
        )
        rows.append((kind, len(group), old.sum(), new.sum(), *growth))
    columns = ["kind", "pages", "before", "after", "growth", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _sorted(values: ArrayLike, counts: ArrayLike | None) -> tuple[Floats, Floats]:
    value = np.asarray(values, dtype=float)
    count = np.ones_like(value) if counts is None else np.asarray(counts, dtype=float)
    if value.shape != count.shape or value.ndim != 1:
        raise ValueError(f"values {value.shape} and counts {count.shape} are not of one length")
    if not ((finite("values", value) >= 0).all() and (finite("counts", count) >= 0).all()):
        raise ValueError("values and counts must be known and not negative")
    if not (value * count).sum() > 0:
        raise ValueError("nothing to share: there are no cases, or all have zero")
    order = np.argsort(value, kind="stable")
    return value[order], count[order]


def _shares(values: ArrayLike, counts: ArrayLike | None) -> tuple[Floats, Floats]:
    """Return the two coordinates of a Lorenz curve."""
    value, count = _sorted(values, counts)
    cases, total = np.cumsum(count), np.cumsum(value * count)
    return np.r_[0, cases / cases[-1]], np.r_[0, total / total[-1]]
