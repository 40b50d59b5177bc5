"""What institutions write: reading ease, the day of 280 characters, tone in an emergency."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from govsocial import wording
from govsocial.uncertainty import Estimate

LIMIT = "2017-11-07"
"""Day on which Twitter doubled the length of a post for all, from 140 to 280 characters."""

HALF_YEAR = 26
"""Weeks that are compared on each side of that day."""

COMPARED = (2016, 2017, 2018)
"""Years whose same weeks are compared; the limit changed in the second only."""

PERIODS = {"early": ("2011-01-01", "2013-12-31"), "late": ("2020-01-01", "2022-12-31")}
"""First and last years of the posts."""

CALM, EMERGENCY = ("2019-01-01", "2019-12-31"), ("2020-03-01", "2020-06-30")
"""The year before the epidemic, and its first months."""

_LEAST = 12  # weeks of a year, or of a period


def between(posts: pd.DataFrame, span: tuple[str, str]) -> pd.DataFrame:
    """Return the weeks that begin on the days of a span or between them."""
    first, last = (pd.Timestamp(day) for day in span)
    return posts[posts["week"].between(first, last)]


def by_account(
    posts: pd.DataFrame, measure: Callable[[pd.DataFrame], Estimate], least: int = _LEAST
) -> pd.DataFrame:
    """Return an estimate for each account that has enough weeks.

    Parameters
    ----------
    posts
        Weeks of the table ``institution_posts``.
    measure
        From the weeks of one account to an estimate.
    least
        Weeks with a post that an account needs.

    Returns
    -------
    DataFrame
        Index ``account``; columns ``value``, ``low``, ``high``.
    """
    groups = [(name, weeks) for name, weeks in posts.groupby("account") if len(weeks) >= least]
    rows = np.array([measure(weeks) for _name, weeks in groups], float).reshape(-1, 3)
    names = pd.Index([name for name, _weeks in groups], name="account")
    return pd.DataFrame(rows, names, columns=list(Estimate._fields))


def ease(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the mean reading ease of each account over the weeks given, with its interval."""
    return by_account(posts, lambda weeks: wording.mean_over(weeks, "reading_ease"))


def with_a(kind: str, posts: pd.DataFrame) -> pd.DataFrame:
    """Return each account's share of posts of a kind, such as ``emoji`` or ``positive``."""
    return by_account(posts, lambda weeks: wording.share_over(weeks, kind))


def by_year(posts: pd.DataFrame, measure: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """Return a measure of each account and year: ``account``, ``year``, and the estimate."""
    years = posts["week"].dt.year
    parts = {int(year): measure(posts[years == year]) for year in sorted(years.unique())}
    return pd.concat(parts, names=["year"]).reset_index()


def around_limit(posts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return how a mean changed around 7 November, in the year of the limit and beside it.

    Parameters
    ----------
    posts
        The table ``institution_posts``.
    measure
        Column with a mean, such as ``characters``.

    Returns
    -------
    DataFrame
        ``account``, ``year`` (one of ``COMPARED``), ``value``, ``low``, ``high``: the half-year
        after less the half-year before.
    """

    def changed(year: int, weeks: pd.DataFrame) -> Estimate:
        sides = wording.around(weeks, LIMIT.replace("2017", str(year)), HALF_YEAR)
        return wording.change(*sides, measure)

    parts = {year: by_account(posts, partial(changed, year)) for year in COMPARED}
    return pd.concat(parts, names=["year"]).reset_index()


def spreads(bands: pd.DataFrame) -> pd.DataFrame:
    """Return where the middle half of single posts lies, by account: quartiles, no interval.

    Parameters
    ----------
    bands
        Rows of the table ``institution_reading_ease``.
    """
    return by_account(bands, wording.spread, least=1)
