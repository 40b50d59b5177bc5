"""The rhythm of posting: the second of the minute, and the hour of the week.

A person presses *send* at any second of the minute. A program that was told "at 9:30" publishes
at 9:30:00 and a few seconds: posts pile up at the start of the minute.

A week has 168 hours, 40 of them office hours and 48 at the weekend. Posts of one week are alike,
and so are neighbouring weeks, so that intervals for one account come from resampling stretches of
whole weeks; accounts vary, too, so that intervals for a group of them are Student's over accounts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from govsocial import uncertainty
from govsocial.emergency import level_ratio
from govsocial.uncertainty import Estimate, SignificanceResult, add_shares

FIRST = 5
"""Length of the start of the minute, in seconds."""

EVEN = FIRST / 60
"""Share of posts in the first seconds if every second is as likely as any other."""

WEEKEND_EVEN = 2 / 7
"""Share of posts at the weekend if every day is as likely as any other."""

OFFICE_EVEN = 40 / 168
"""Share of posts in office hours (Monday to Friday, nine to five) if all hours are alike."""

STRETCH = 8
"""Neighbouring weeks of an account that vary together, as they are alike."""

DAWN = 4
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
    return timed(first_seconds(count, total))


def timed(first: Estimate) -> Estimate:
    """Return the least share timed to the full minute, as :func:`clockwork`, of another interval.

    Parameters
    ----------
    first
        Share of posts in seconds 0 to 4 of a minute, with its interval.
    """
    return Estimate(*(max(0.0, (x - EVEN) / (1 - EVEN)) for x in first))


def evenness(counts: ArrayLike) -> SignificanceResult:
    """Test whether posts fall evenly over the seconds of the minute: Pearson's chi-squared.

    Parameters
    ----------
    counts
        Posts by second, one value per second.

    Raises
    ------
    ValueError
        If there are no posts, or one second only, or a count is missing.

    References
    ----------
    Pearson, K. (1900). On the criterion that a given system of deviations… *Philosophical
    Magazine* 50(302).
    """
    observed = uncertainty.finite("posts by second", counts)
    if len(observed) < 2 or not observed.sum() > 0:
        raise ValueError("a test of evenness needs at least one post, and two seconds")
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
        interval; ``pvalue`` of :func:`evenness`, adjusted for the number of accounts (false
        discovery rate).

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the
    Royal Statistical Society B* 57(1).
    """
    wide = seconds.pivot(index=by, columns="second", values="posts").astype("int64")
    first = wide.loc[:, : FIRST - 1].sum(axis=1)
    frame = add_shares(pd.DataFrame({"posts": wide.sum(axis=1), "first": first}), "first", "posts")
    frame["pvalue"] = uncertainty.adjusted([evenness(row).pvalue for row in wide.values])
    return frame.sort_values("share", ascending=False)


def versus_even(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share of posts in the first five seconds of each account, held against chance.

    The counts of an account vary more from month to month than if each post fell alone: its
    interval is widened by that dispersion, if it is above one, and the p-value is Student's, as
    the dispersion is estimated. With no post in the first seconds, or every one, it is one.

    Parameters
    ----------
    months
        Columns ``account``, ``posts`` and ``first_five``, one row per account and month with
        posts; at least two months each.

    Returns
    -------
    DataFrame
        One row per account, indexed by its name: ``posts``, ``share``, ``low``, ``high``,
        ``dispersion``, and ``pvalue`` of an even fall, adjusted for the number of accounts.

    Raises
    ------
    ValueError
        If an account has one month only, or one without posts, or counts are not of that kind.

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989). *Generalized Linear Models*, section 4.5.
    """
    rows = []
    for account, group in months.groupby("account"):
        first, posts = uncertainty.cluster_sums(
            None, first=group["first_five"], posts=group["posts"]
        )
        if not posts.all():
            raise ValueError(f"{account}: a month without posts")
        dispersion = _dispersion(first, posts)
        found = first_seconds(first.sum() / dispersion, posts.sum() / dispersion)
        freedom = len(posts) - 1 if dispersion > 1 else np.inf
        even = uncertainty.pvalue(found, EVEN, freedom=freedom)
        rows.append((account, int(posts.sum()), *found, dispersion, even))
    columns = ["account", "posts", "share", "low", "high", "dispersion", "pvalue"]
    frame = pd.DataFrame(rows, columns=columns).set_index("account")
    return frame.assign(pvalue=uncertainty.adjusted(frame["pvalue"]))


def _dispersion(part: uncertainty.Floats, whole: uncertainty.Floats) -> float:
    """Return how many times more shares vary than chance alone (Pearson), and not less than 1."""
    share = part.sum() / whole.sum()
    if share in {0, 1}:
        return 1.0
    pearson = ((part - whole * share) ** 2 / (whole * share * (1 - share))).sum()
    return max(1.0, float(pearson / (len(whole) - 1)))


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


def weekend_share(units: pd.DataFrame, clusters: ArrayLike | None = None) -> Estimate:
    """Return the share of posts at the weekend; what varies is whole units.

    Parameters
    ----------
    units
        Columns ``posts`` and ``weekend``, one row per week, or per other unit whose posts are
        alike, such as a member of a parliament.
    clusters
        What the units belong to, if several are alike: :func:`stretches` of the weeks of an
        account.

    Returns
    -------
    Estimate
        See :func:`govsocial.uncertainty.cluster_ratio`.

    Raises
    ------
    ValueError
        If there are fewer than two units or stretches, or the columns are not counts of such
        posts; or if no post is of the weekend, or every one.
    """
    return uncertainty.cluster_ratio(_parts(units, "weekend"), units["posts"], clusters)


def office_hours_share(units: pd.DataFrame, clusters: ArrayLike | None = None) -> Estimate:
    """Return the share of posts from Monday to Friday, nine to five, as in :func:`weekend_share`.

    Parameters
    ----------
    units
        Columns ``posts`` and ``office``, one row per unit.
    clusters
        As in :func:`weekend_share`.

    Raises
    ------
    ValueError
        As in :func:`weekend_share`.
    """
    return uncertainty.cluster_ratio(_parts(units, "office"), units["posts"], clusters)


def stretches(weeks: pd.DataFrame) -> pd.Series[int]:
    """Return to which stretch of :data:`STRETCH` weeks each week belongs, from the first one.

    Parameters
    ----------
    weeks
        Column ``week`` (its Monday).
    """
    days: pd.Series[int] = (weeks["week"] - weeks["week"].min()).dt.days
    return days // (7 * STRETCH)


def working_week(weeks: pd.DataFrame, by: str = "account") -> pd.DataFrame:
    """Return the weekend and the office hours of every account.

    Parameters
    ----------
    weeks
        Columns ``week``, ``posts``, ``weekend``, ``office`` and the one named by ``by``; one row
        per account and week.
    by
        Column that names the account or the kind.

    Returns
    -------
    DataFrame
        One row per account, indexed by its name, the highest weekend share first: ``posts``,
        ``weeks``, ``weekend``, ``weekend_low``, ``weekend_high``, ``office``, ``office_low``,
        ``office_high``; and ``pvalue`` of an even week for the weekend share, adjusted for the
        number of accounts (:func:`govsocial.uncertainty.adjusted`).

    Raises
    ------
    ValueError
        If an account has no interval: see :func:`weekend_share`.
    """
    rows = []
    for name, group in weeks.groupby(by):
        alike = stretches(group)
        weekend, office = weekend_share(group, alike), office_hours_share(group, alike)
        even = uncertainty.pvalue(weekend, WEEKEND_EVEN, freedom=alike.nunique() - 1)
        rows.append((name, group["posts"].sum(), len(group), *weekend, *office, even))
    columns = [by, "posts", "weeks"] + [
        part + bound for part in ("weekend", "office") for bound in ("", "_low", "_high")
    ]
    frame = pd.DataFrame(rows, columns=[*columns, "pvalue"]).set_index(by)
    frame["pvalue"] = uncertainty.adjusted(frame["pvalue"])
    return frame.sort_values("weekend", ascending=False)


def account_shares(weeks: pd.DataFrame, count: str = "weekend") -> pd.Series[float]:
    """Return the share of its posts that each account made at the weekend, or in office hours.

    Parameters
    ----------
    weeks
        Columns ``account``, ``posts`` and the one named by ``count``, one row per account and
        week.
    count
        ``weekend`` or ``office``.

    Raises
    ------
    ValueError
        If the columns are not counts of such posts.
    """
    sums = weeks.assign(part=_parts(weeks, count)).groupby("account")[["part", "posts"]].sum()
    return (sums["part"] / sums["posts"]).astype(float)


def mean_share(weeks: pd.DataFrame, count: str = "weekend", *, fixed: bool = False) -> Estimate:
    """Return the mean of the accounts' shares, with Student's interval over the accounts.

    Every account counts alike, however much it posts. That the weeks of an account vary too is in
    the differences between the accounts.

    Parameters
    ----------
    weeks
        As in :func:`account_shares`, with the column ``week`` if the accounts are fixed.
    count
        ``weekend`` or ``office``.
    fixed
        The accounts are all there are, not a sample of others like them: only :func:`stretches`
        of weeks within them vary.

    Raises
    ------
    ValueError
        If there are fewer than two accounts; or, if they are fixed, if one has weeks of one
        stretch only.
    """
    shares = account_shares(weeks, count)
    if not fixed:
        return uncertainty.mean(shares)
    value = float(shares.mean())
    variances, freedom = np.array(
        [_variance(group, count) for _name, group in weeks.groupby("account")]
    ).T
    degrees = uncertainty.satterthwaite(variances, freedom)
    reach = stats.t.ppf((1 + uncertainty.LEVEL) / 2, degrees) * np.sqrt(variances.sum())
    return Estimate(value, value - reach / len(shares), value + reach / len(shares))


def _variance(weeks: pd.DataFrame, count: str) -> tuple[float, int]:
    """Return the variance of an account's share over stretches of weeks, and its freedom."""
    part, posts = uncertainty.cluster_sums(
        stretches(weeks), part=_parts(weeks, count), posts=weeks["posts"]
    )
    return uncertainty.ratio_error(part, posts) ** 2, len(part) - 1


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

    The interval is Welch's for the ratio of the mean weekend day to the mean working day (see
    :func:`govsocial.emergency.level_ratio`), carried over to the share.

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
    ratio = level_ratio(days[day >= 5], days[day < 5])
    return Estimate(*(2 * value / (2 * value + 5) for value in ratio))


def share_difference(first: pd.DataFrame, second: pd.DataFrame, count: str = "weekend") -> Estimate:
    """Return how much the mean share of one group of accounts exceeds that of another.

    Parameters
    ----------
    first, second
        The weeks of the two groups, as in :func:`account_shares`.
    count
        ``weekend`` or ``office``.

    Raises
    ------
    ValueError
        If a group has fewer than two accounts.
    """
    return uncertainty.mean_difference(account_shares(first, count), account_shares(second, count))


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
        account posted most in winter; missing for an account that posted nothing in winter.
    """
    winter = hours[hours["season"] == "winter"]
    used = winter.pivot_table("posts", "account", "offset", "sum", fill_value=0).idxmax(axis=1)
    return hours.assign(hour=(hours["hour"] - hours["offset"] + hours["account"].map(used)) % 24)


def mean_hours(hours: pd.DataFrame, by: Sequence[str], dawn: int = DAWN) -> pd.Series[float]:
    """Return the mean hour of the day at which posts appear; a day ends where the next begins.

    Parameters
    ----------
    hours
        Columns ``hour`` (0 to 23), ``posts`` and those named by ``by``.
    by
        Columns whose values make a group.
    dawn
        Hour at which a day begins and the one before ends.

    Returns
    -------
    Series
        By group: half past nine is 9.5, half past midnight 24.5. Posts of an hour count as of
        its middle.
    """
    hour = (hours["hour"] - dawn) % 24 + dawn + 0.5
    weighed = hours.assign(weighed=hour * hours["posts"]).groupby(list(by))
    return (weighed["weighed"].sum() / weighed["posts"].sum()).astype(float)


def _parts(units: pd.DataFrame, count: str) -> pd.Series[int]:
    part, posts = units[count], units["posts"]
    if not ((posts > 0) & (part >= 0) & (part <= posts)).all():
        raise ValueError(f"a week needs 0 <= {count} <= posts and posts > 0")
    return part
