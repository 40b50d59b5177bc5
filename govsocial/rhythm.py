"""The second hand of posting: how many posts come right after a full minute.

A person presses *send* at any second of the minute. A program that was told "at 9:30" publishes
at 9:30:00 and a few seconds: posts pile up at the start of the minute.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from govsocial import uncertainty
from govsocial.uncertainty import Estimate

FIRST = 5
"""Length of the start of the minute, in seconds."""

EVEN = FIRST / 60
"""Share of posts in the first seconds if every second is as likely as any other."""


class Evenness(NamedTuple):
    """Chi-squared of posts against an even fall over the minute, and its p-value."""

    statistic: float
    p_value: float


def first_seconds(count: float, total: float) -> Estimate:
    """Return the share of posts in the first five seconds, with Wilson's interval.

    Parameters
    ----------
    count, total
        Posts in seconds 0 to 4 of a minute, and all posts.

    Raises
    ------
    ValueError
        If there are no posts, or fewer than in the first seconds.
    """
    return uncertainty.share(count, total)


def clockwork(count: float, total: float) -> Estimate:
    """Return the share of posts that must have been timed to the full minute, at least.

    If a share ``c`` of posts comes in the first five seconds by a clock and the rest falls
    evenly, the first five seconds hold ``c + (1 - c) * 5/60`` of all posts; solved for ``c``.
    It is a lower bound: a program that publishes later in the minute adds to the even rest.

    Parameters
    ----------
    count, total
        Posts in seconds 0 to 4 of a minute, and all posts.

    Returns
    -------
    Estimate
        Not below zero; the interval is Wilson's, carried through the same formula.

    Raises
    ------
    ValueError
        If there are no posts, or fewer than in the first seconds.
    """
    value, low, high = (max(0.0, (x - EVEN) / (1 - EVEN)) for x in first_seconds(count, total))
    return Estimate(value, low, high)


def evenness(counts: ArrayLike) -> Evenness:
    """Test whether posts fall evenly over the seconds of the minute: Pearson's chi-squared.

    Parameters
    ----------
    counts
        Posts by second, one value per second.

    Raises
    ------
    ValueError
        If there are no posts.

    References
    ----------
    Pearson, K. (1900). On the criterion that a given system of deviations… *Philosophical
    Magazine* 50(302).
    """
    observed = np.asarray(counts, dtype=float)
    if observed.sum() <= 0:
        raise ValueError("a test of evenness needs at least one post")
    result = stats.chisquare(observed)
    return Evenness(float(result.statistic), float(result.pvalue))


def shares(frame: pd.DataFrame, count: str, total: str) -> pd.DataFrame:
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
    estimates = np.array([uncertainty.share(*pair) for pair in pairs]).reshape(-1, 3)
    return frame.assign(share=estimates[:, 0], low=estimates[:, 1], high=estimates[:, 2])


def survey(seconds: pd.DataFrame, by: str = "account") -> pd.DataFrame:
    """Return the second hand of every account.

    Parameters
    ----------
    seconds
        Columns ``second`` (0 to 59), ``posts`` and the one named by ``by``; one row per account
        and second.
    by
        Column that names the account or the program.

    Returns
    -------
    DataFrame
        One row per account, indexed by its name, the highest share first: ``posts``; ``first``,
        posts in the first five seconds; ``share``, ``low``, ``high``, their share with Wilson's
        interval; ``clockwork``, the least share timed to the full minute; ``p_value`` of
        :func:`evenness`, adjusted for the number of accounts (false discovery rate).

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the
    Royal Statistical Society B* 57(1).
    """
    wide = seconds.pivot(index=by, columns="second", values="posts").astype("int64")
    first = wide.loc[:, : FIRST - 1].sum(axis=1)
    frame = shares(pd.DataFrame({"posts": wide.sum(axis=1), "first": first}), "first", "posts")
    pairs = zip(frame["first"], frame["posts"], strict=True)
    frame["clockwork"] = [clockwork(*pair).value for pair in pairs]
    frame["p_value"] = stats.false_discovery_control([evenness(row).p_value for row in wide.values])
    return frame.sort_values("share", ascending=False)


def swings(monthly: pd.DataFrame) -> pd.Series[float]:
    """Return how far each account's share moved, beyond what its intervals allow.

    Parameters
    ----------
    monthly
        Columns ``account``, ``low`` and ``high``, one row per account and month.

    Returns
    -------
    Series
        By account, the largest first: the highest lower bound of a month less the lowest upper
        bound of another. Below zero, all months may have had one share.
    """
    bounds = monthly.groupby("account").agg(low=("low", "max"), high=("high", "min"))
    return (bounds["low"] - bounds["high"]).sort_values(ascending=False)
