"""Whether a clock presses *send*: the first five seconds of the minute."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govsocial.rhythm import EVEN, clock_survey
from govsocial.uncertainty import Estimate, bootstrap

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
    return clock_survey(seconds)["share"].loc[chosen]


def median_share(seconds: pd.DataFrame, accounts: pd.DataFrame, group: str = "health") -> Estimate:
    """Return the median of :func:`shares`."""
    return bootstrap(np.median, shares(seconds, accounts, group))


def above_chance(survey: pd.DataFrame) -> int:
    """Return how many accounts have an interval above the even share.

    Parameters
    ----------
    survey
        What :func:`govsocial.rhythm.clock_survey` returns for the table ``posting_seconds``.
    """
    return int((survey["low"] > EVEN).sum())


def below_chance(survey: pd.DataFrame) -> int:
    """Return how many accounts have an interval below the even share, as :func:`above_chance`."""
    return int((survey["high"] < EVEN).sum())
