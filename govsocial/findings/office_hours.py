"""When ministries and leaders post."""

from __future__ import annotations

import pandas as pd

from govsocial import rhythm
from govsocial.uncertainty import Estimate

GROUPS = {"ministries": ("health", "foreign"), "leaders": ("leader",)}
"""Groups of accounts, each with the kinds of the table ``posting_zones`` in it."""


def group(weeks: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the weeks of one of the :data:`GROUPS`.

    Parameters
    ----------
    weeks
        The table ``posting_weeks`` joined with ``posting_zones``.
    name
        A key of :data:`GROUPS`.
    """
    return weeks[weeks["kind"].isin(GROUPS[name])]


def mean_shares(
    weeks: pd.DataFrame, zones: pd.DataFrame, count: str = "weekend"
) -> dict[str, Estimate]:
    """Return the mean share of posts at the weekend, or in office hours, by group of accounts.

    Parameters
    ----------
    weeks, zones
        The tables ``posting_weeks`` and ``posting_zones``.
    count
        ``weekend`` or ``office``.
    """
    joined = weeks.merge(zones)
    return {name: rhythm.mean_share(group(joined, name), count) for name in GROUPS}
