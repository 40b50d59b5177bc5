"""The rhythm of posting: the second of the minute, and the hour of the week.

A person presses *send* at any second of the minute. A program that was told "at 9:30" publishes
at 9:30:00 and a few seconds: posts pile up at the start of the minute.

A week has 168 hours, 40 of them office hours and 48 at the weekend. Posts of one week hang
together, so that intervals here come from drawing whole weeks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from govsocial import uncertainty
from govsocial.uncertainty import Estimate, SignificanceResult, add_shares

FIRST = 5
"""Length of the start of the minute, in seconds."""

EVEN = FIRST / 60
"""Share of posts in the first seconds if every second is as likely as any other."""


WEEKEND_EVEN = 2 / 7
"""Share of posts at the weekend if every day is as likely as any other."""

OFFICE_EVEN = 40 / 168
"""Share of posts in office hours (Monday to Friday, nine to five) if all hours are alike."""

RESAMPLES = 1000
"""Number of resamples behind an interval of this module's shares of the week."""

_DAWN = 4
"""Hour at which a day of posting ends: a post at one in the morning belongs to the evening."""


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


def evenness(counts: ArrayLike) -> SignificanceResult:
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
    return SignificanceResult(float(result.statistic), float(result.pvalue), len(observed) - 1)


def clock_survey(seconds: pd.DataFrame, by: str = "account") -> pd.DataFrame:
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
        interval; ``clockwork``, the least share timed to the full minute; ``pvalue`` of
        :func:`evenness`, adjusted for the number of accounts (false discovery rate).

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the
    Royal Statistical Society B* 57(1).
    """
    wide = seconds.pivot(index=by, columns="second", values="posts").astype("int64")
    first = wide.loc[:, : FIRST - 1].sum(axis=1)
    frame = add_shares(pd.DataFrame({"posts": wide.sum(axis=1), "first": first}), "first", "posts")
    pairs = zip(frame["first"], frame["posts"], strict=True)
    frame["clockwork"] = [clockwork(*pair).value for pair in pairs]
    frame["pvalue"] = stats.false_discovery_control([evenness(row).pvalue for row in wide.values])
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


def weekend_share(weeks: pd.DataFrame) -> Estimate:
    """Return the share of posts at the weekend, with an interval from drawing whole weeks.

    Parameters
    ----------
    weeks
        Columns ``posts`` and ``weekend``, one row per week, or per other unit whose posts hang
        together, such as a member of a parliament.

    Raises
    ------
    ValueError
        If there are fewer than two weeks, or the columns are not counts of such posts.

    References
    ----------
    Field, C. A. and Welsh, A. H. (2007). Bootstrapping clustered data. *Journal of the Royal
    Statistical Society B* 69(3).
    """
    return _clustered(weeks, "weekend")


def office_hours_share(weeks: pd.DataFrame) -> Estimate:
    """Return the share of posts from Monday to Friday, nine to five, as in :func:`weekend_share`.

    Parameters
    ----------
    weeks
        Columns ``posts`` and ``office``, one row per week.

    Raises
    ------
    ValueError
        If there are fewer than two weeks, or the columns are not counts of such posts.
    """
    return _clustered(weeks, "office")


def working_week(weeks: pd.DataFrame, by: str = "account") -> pd.DataFrame:
    """Return the weekend and the office hours of every account.

    Parameters
    ----------
    weeks
        Columns ``posts``, ``weekend``, ``office`` and the one named by ``by``; one row per
        account and week.
    by
        Column that names the account or the kind.

    Returns
    -------
    DataFrame
        One row per account, indexed by its name, the highest weekend share first: ``posts``,
        ``weeks``, ``weekend``, ``weekend_low``, ``weekend_high``, ``office``, ``office_low`` and
        ``office_high``.
    """
    rows = {
        name: (
            rows["posts"].sum(),
            len(rows),
            *weekend_share(rows),
            *office_hours_share(rows),
        )
        for name, rows in weeks.groupby(by)
    }
    columns = ["posts", "weeks"] + [
        part + bound for part in ("weekend", "office") for bound in ("", "_low", "_high")
    ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(by)
    return frame.sort_values("weekend", ascending=False)


def mean_share(weeks: pd.DataFrame, count: str = "weekend", *, fixed: bool = False) -> Estimate:
    """Return the mean of the accounts' shares; the interval draws accounts, then their weeks.

    Every account counts alike, however much it posts.

    Parameters
    ----------
    weeks
        Columns ``account``, ``posts`` and the one named by ``count``, one row per account and
        week.
    count
        ``weekend`` or ``office``.
    fixed
        Draw weeks only: the accounts are all there are, not a sample of others like them.

    Raises
    ------
    ValueError
        If accounts are to be drawn and there are fewer than two.

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their Application*,
    section 3.8.
    """
    value, draws = _nested(weeks, count, _random(), fixed=fixed)
    return _estimate(value, draws)


def mean_shares(weeks: pd.DataFrame, by: str, count: str = "weekend") -> pd.DataFrame:
    """Return :func:`mean_share` of the accounts of every group, the accounts taken as fixed.

    Parameters
    ----------
    weeks
        As in :func:`mean_share`, with the column named by ``by``.
    by
        Column that names the group.
    count
        ``weekend`` or ``office``.

    Returns
    -------
    DataFrame
        One row per group, indexed by its name: ``share``, ``low`` and ``high``.
    """
    rows = {name: mean_share(rows, count, fixed=True) for name, rows in weeks.groupby(by)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["share", "low", "high"])


def weekend_share_of_days(days: pd.Series[int]) -> Estimate:
    """Return the share of posts at the weekend in whole weeks, from posts by day.

    The interval draws days: those of the weekend and the others apart, so that a drawn week
    keeps its two days in seven.

    Parameters
    ----------
    days
        Posts by day, indexed by date; whole weeks.

    Raises
    ------
    ValueError
        If the days are not whole weeks, or there are fewer than two weekend days.
    """
    day = pd.DatetimeIndex(days.index).day_of_week
    if (np.bincount(day, minlength=7) != len(days) / 7).any():
        raise ValueError("a weekend share needs whole weeks")
    weekend, working = days[day >= 5].to_numpy(float), days[day < 5].to_numpy(float)
    return uncertainty.bootstrap(_two_in_seven, weekend, working, resamples=RESAMPLES)


def _two_in_seven(weekend: NDArray[np.float64], working: NDArray[np.float64]) -> float:
    """Return the weekend's share of a week of two such and five such days."""
    two, five = 2 * float(weekend.mean()), 5 * float(working.mean())
    return two / (two + five)


def share_difference(first: pd.DataFrame, second: pd.DataFrame, count: str = "weekend") -> Estimate:
    """Return how much the mean share of one group of accounts exceeds that of another.

    Parameters
    ----------
    first, second
        The weeks of the two groups, as in :func:`mean_share`.
    count
        ``weekend`` or ``office``.

    Raises
    ------
    ValueError
        If a group has fewer than two accounts.
    """
    random = _random()
    one, other = _nested(first, count, random), _nested(second, count, random)
    return _estimate(one[0] - other[0], one[1] - other[1])


def during(weeks: pd.DataFrame, first: str, last: str, least: int = 20) -> pd.DataFrame:
    """Return the weeks of a span, of the accounts that have enough of them.

    Parameters
    ----------
    weeks
        Columns ``account`` and ``week`` (its Monday).
    first, last
        Mondays of the first and the last week of the span.
    least
        Weeks that an account must have in the span.
    """
    rows = weeks[weeks["week"].between(pd.Timestamp(first), pd.Timestamp(last))]
    return rows[rows.groupby("account")["week"].transform("size") >= least]


def hours_of_week(hours: pd.DataFrame, by: str | None = "account") -> pd.DataFrame:
    """Return how many times as many posts each hour of the week holds as if all were alike.

    Parameters
    ----------
    hours
        Columns ``weekday`` (Monday is 1), ``hour``, ``posts`` and the one named by ``by``.
    by
        Column that names the account: the mean over accounts is taken, each counting alike.
        None takes all posts together.

    Returns
    -------
    DataFrame
        168 rows with the columns ``weekday``, ``hour``, ``share`` (of the posts of a week) and
        ``ratio`` (1 where the hour holds a 168th of the posts).
    """
    keys = pd.MultiIndex.from_product([range(1, 8), range(24)], names=["weekday", "hour"])
    names = hours[by] if by else pd.Series("all", index=hours.index)
    wide = hours.pivot_table("posts", ["weekday", "hour"], names, "sum", fill_value=0)
    share = (wide / wide.sum()).mean(axis=1).reindex(keys, fill_value=0).astype(float)
    return pd.DataFrame({"share": share, "ratio": share * len(keys)}).reset_index()


def typical_days(week: pd.DataFrame) -> pd.DataFrame:
    """Return the shape of an average working day and of an average day of the weekend.

    Parameters
    ----------
    week
        What :func:`hours_of_week` returns.

    Returns
    -------
    DataFrame
        Columns ``weekend``, ``hour`` and ``share``: of the posts of a week, in that hour of one
        such day.
    """
    days = week.assign(weekend=week["weekday"] >= 6).groupby(["weekend", "hour"])
    return days["share"].mean().reset_index()


def winter_clock(hours: pd.DataFrame) -> pd.DataFrame:
    """Return posts by the hour that clocks would show if none were put forward in summer.

    Parameters
    ----------
    hours
        The table ``posting_hours``: ``account``, ``season``, ``offset``, ``hour`` and ``posts``.

    Returns
    -------
    DataFrame
        The same rows with ``hour`` by the difference from universal time under which the
        account posted most in winter.
    """
    winter = hours[hours["season"] == "winter"]
    used = winter.pivot_table("posts", "account", "offset", "sum", fill_value=0).idxmax(axis=1)
    return hours.assign(hour=(hours["hour"] - hours["offset"] + hours["account"].map(used)) % 24)


def mean_hours(hours: pd.DataFrame, by: Sequence[str]) -> pd.Series[float]:
    """Return the mean hour of the day at which posts appear, days ending at four in the morning.

    Parameters
    ----------
    hours
        Columns ``hour`` (0 to 23), ``posts`` and those named by ``by``.
    by
        Columns whose values make a group.

    Returns
    -------
    Series
        By group: half past nine is 9.5, half past midnight 24.5. Posts of an hour count as of
        its middle.
    """
    hour = (hours["hour"] - _DAWN) % 24 + _DAWN + 0.5
    weighed = hours.assign(weighed=hour * hours["posts"]).groupby(list(by))
    return (weighed["weighed"].sum() / weighed["posts"].sum()).astype(float)


def _clustered(weeks: pd.DataFrame, count: str) -> Estimate:
    value, draws = _draws(weeks, count, _random())
    return _estimate(value, draws)


def _draws(
    weeks: pd.DataFrame, count: str, random: np.random.Generator
) -> tuple[float, NDArray[np.float64]]:
    """Return a share of posts, and the shares found when whole weeks are drawn anew."""
    some = weeks[count].to_numpy(dtype=float)
    every = weeks["posts"].to_numpy(dtype=float)
    if len(weeks) < 2:
        raise ValueError("drawing weeks needs at least two of them")
    if (every <= 0).any() or (some < 0).any() or (some > every).any():
        raise ValueError(f"a week needs 0 <= {count} <= posts and posts > 0")
    chosen = random.integers(len(weeks), size=(RESAMPLES, len(weeks)))
    return some.sum() / every.sum(), some[chosen].sum(axis=1) / every[chosen].sum(axis=1)


def _nested(
    weeks: pd.DataFrame, count: str, random: np.random.Generator, *, fixed: bool = False
) -> tuple[float, NDArray[np.float64]]:
    """Return the mean share of accounts, and the means when accounts and weeks are drawn anew."""
    found = [_draws(rows, count, random) for _name, rows in weeks.groupby("account")]
    value = float(np.mean([share for share, _shares in found]))
    draws = np.array([shares for _share, shares in found])
    if fixed:
        return value, draws.mean(axis=0)
    if len(found) < 2:
        raise ValueError("drawing accounts needs at least two of them")
    size = (RESAMPLES, len(found))
    chosen = draws[random.integers(len(found), size=size), random.integers(RESAMPLES, size=size)]
    return value, chosen.mean(axis=1)


def _random() -> np.random.Generator:
    return np.random.default_rng(2012)


def _estimate(value: float, draws: NDArray[np.float64]) -> Estimate:
    outside = (1 - uncertainty.LEVEL) / 2
    low, high = np.quantile(draws, [outside, 1 - outside])
    return Estimate(float(value), float(low), float(high))
