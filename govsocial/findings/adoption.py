"""When governments came to Twitter and Facebook, and which of them were never seen there."""

from __future__ import annotations

import pandas as pd

from govsocial import adoption
from govsocial.uncertainty import Estimate

QUARTERS = ("lowest", "second", "third", "highest")
"""Names of the four groups of countries, by a value that rises."""


def quarters(values: pd.Series[float]) -> pd.Series[str]:
    """Return in which quarter of the countries each value lies."""
    return pd.qcut(values, len(QUARTERS), labels=list(QUARTERS))


def unseen_by_internet_use(first: pd.DataFrame, countries: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of governments not seen by August 2015, by quarter of internet use.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    countries
        The table ``countries``.
    """
    seen = first[["iso3", "first_any"]].merge(countries[["iso3", "internet_use"]], "left", "iso3")
    table = adoption.unseen(seen["first_any"], quarters(seen["internet_use"])).set_index("group")
    return {name: Estimate(*table.loc[name, [*Estimate._fields]]) for name in QUARTERS}
