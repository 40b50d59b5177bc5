"""How the audience of a diplomatic service is spread over its accounts."""

from __future__ import annotations

from functools import partial

import pandas as pd

from govsocial.inequality import gini, top_share
from govsocial.uncertainty import Range, resampled

READ, QUIET = "2026-02-07", 90
"""Day on which the Swedish accounts were read, and days without a post that count as silence."""


def sizes(table: pd.DataFrame, measure: str) -> pd.Series[float]:
    """Return a measure of each Chinese diplomatic account.

    Parameters
    ----------
    table
        The table ``china_account_sizes``.
    measure
        One of its measures, such as ``followers``.
    """
    rows = table[table["measure"] == measure]
    return rows["value"].loc[rows.index.repeat(rows["accounts"])]


def concentration(table: pd.DataFrame, measure: str) -> tuple[Range, Range]:
    """Return the Gini coefficient of a measure, and the share that the top tenth holds.

    Parameters
    ----------
    table, measure
        As in :func:`sizes`.
    """
    values = sizes(table, measure)
    tenth = partial(top_share, part=0.1)
    return resampled(gini, values), resampled(tenth, values)


def top_tenth_followers(table: pd.DataFrame) -> Range:
    """Return the share of all followers that the top tenth of the accounts holds.

    Parameters
    ----------
    table
        The table ``china_account_sizes``.
    """
    return concentration(table, "followers")[1]
