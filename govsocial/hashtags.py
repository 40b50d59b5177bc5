"""How the use of hashtags rises and falls: newcomers told from change in the same accounts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govsocial.uncertainty import mean


def tagged_shares(years: pd.DataFrame, least: int = 20) -> pd.DataFrame:
    """Return the share of an account's own posts that hold a hashtag, by account and year.

    Parameters
    ----------
    years
        Columns ``account``, ``year``, ``own_posts`` and ``tagged``.
    least
        Own posts that an account needs in a year to count.

    Returns
    -------
    pandas.DataFrame
        One row per account, one column per year, missing where the account has too few posts.
    """
    enough = years[years["own_posts"] >= least]
    return (
        enough.assign(share=enough["tagged"] / enough["own_posts"])
        .pivot(index="account", columns="year", values="share")
        .sort_index()
    )


def by_year(table: pd.DataFrame, least: int = 5) -> pd.DataFrame:
    """Return the mean share by year, and its change within the same accounts.

    Parameters
    ----------
    table
        Shares by account (rows) and year (columns), see :func:`tagged_shares`.
    least
        Accounts that a year needs, and accounts in both years that a change needs.

    Returns
    -------
    pandas.DataFrame
        ``year``; ``accounts``, ``value``, ``low``, ``high``: the mean over the accounts of the
        year with Student's interval; ``both``, ``step``, ``step_low``, ``step_high``: the
        mean change since the year before over the accounts of both years, missing where they are
        fewer than ``least``.
    """
    rows = []
    for year in map(int, table.columns):
        present = table[year].dropna()
        if len(present) < least:
            continue
        row = {"year": year, "accounts": len(present)}
        row |= mean(present)._asdict()
        change = (table[year] - table.get(year - 1, np.nan)).dropna()
        row["both"] = len(change)
        if len(change) >= least:
            step = mean(change)._asdict()
            row |= {f"step_{name}": bound for name, bound in step.items()}
        rows.append(row)
    return pd.DataFrame(rows).rename(columns={"step_value": "step"})


def change(table: pd.DataFrame, first: int, last: int) -> pd.Series[float]:
    """Return the change of share between two years for the accounts that have both."""
    return (table[last] - table[first]).dropna()
