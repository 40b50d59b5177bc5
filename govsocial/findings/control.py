"""Who asks platforms to remove, and who switches the network off."""

from __future__ import annotations

import pandas as pd

from govsocial.rates import compare_rates
from govsocial.uncertainty import Estimate

COLUMNS = {"events": "nationwide", "exposure": "hundreds", "clusters": "code"}
"""Columns of :func:`labelled` for :func:`govsocial.rates.rates`."""

REASONS = [
    "National security",
    "Copyright",
    "Regulated goods and services",
    "Privacy and security",
    "Defamation",
    "Fraud",
    "Religious offense",
    "Obscenity/Nudity",
    "Government criticism",
]
"""Reasons of requests that are told apart; the others are taken together."""


def as_printed(totals: pd.DataFrame) -> pd.Series[bool]:
    """Return which totals in print are exactly those of the company's file.

    Parameters
    ----------
    totals
        The table ``google_published_totals``.
    """
    return totals["published"] == totals["computed"]


def labelled(shutdowns: pd.DataFrame) -> pd.DataFrame:
    """Return the country-years whose regime is known, with their exposure in hundreds of years.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.
    """
    return shutdowns.dropna(subset=["regime"]).assign(hundreds=0.01)


def versus(shutdowns: pd.DataFrame, other: str) -> dict[str, Estimate]:
    """Return how often electoral autocracies switch the network off, as to another regime.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.
    other
        The regime compared with, such as ``electoral democracy``.

    Returns
    -------
    dict
        As :func:`govsocial.rates.compare_rates`.
    """
    return compare_rates(labelled(shutdowns), "regime", ("electoral autocracy", other), **COLUMNS)


def autocracies(shutdowns: pd.DataFrame) -> Estimate:
    """Return the ratio of electoral autocracies to electoral democracies; whole countries vary.

    Parameters
    ----------
    shutdowns
        The table ``shutdown_country_years``.
    """
    found = versus(shutdowns, "electoral democracy")
    return Estimate(found["exact"].value, *found["clustered"][1:])
