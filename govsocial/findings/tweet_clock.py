"""Whether a clock presses *send*: the first five seconds of the minute."""

from __future__ import annotations

import pandas as pd

from govsocial import rhythm
from govsocial.uncertainty import ALPHA, Estimate, median

KINDS = {
    "health": ("health",),
    "executive": ("executive",),
    "foreign": ("foreign",),
    "leader": ("leader", "leader_office"),
}
"""Groups of accounts, each with the kinds of the table ``posting_accounts`` in it."""


def shares(seconds: pd.DataFrame, accounts: pd.DataFrame, group: str) -> pd.Series[float]:
    """Return the share of posts in the first five seconds of each account of a group.

    Parameters
    ----------
    seconds
        The table ``posting_seconds``.
    accounts
        The table ``posting_accounts``.
    group
        A key of :data:`KINDS`.
    """
    chosen = accounts.loc[accounts["kind"].isin(KINDS[group]), "account"]
    return rhythm.clock_survey(seconds)["share"].loc[chosen]


def median_share(seconds: pd.DataFrame, accounts: pd.DataFrame, group: str = "health") -> Estimate:
    """Return the median of :func:`shares`."""
    return median(shares(seconds, accounts, group))


def versus_chance(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share of posts in the first five seconds of each account, against chance.

    Parameters
    ----------
    months
        The table ``posting_months``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.rhythm.versus_even`.
    """
    return rhythm.versus_even(months)


def above_chance(months: pd.DataFrame) -> int:
    """Return how many accounts post in the first five seconds more often than chance allows.

    Parameters
    ----------
    months
        The table ``posting_months``.
    """
    found = versus_chance(months)
    return int(((found["pvalue"] < ALPHA) & (found["share"] > rhythm.EVEN)).sum())


def below_chance(months: pd.DataFrame) -> int:
    """Return how many do so less often than chance allows, as in :func:`above_chance`."""
    found = versus_chance(months)
    return int(((found["pvalue"] < ALPHA) & (found["share"] < rhythm.EVEN)).sum())
