"""When governments came to Twitter and Facebook, and which of them were never seen there."""

from __future__ import annotations

import pandas as pd

from govsocial import adoption
from govsocial.uncertainty import Estimate

QUARTERS = ("lowest", "second", "third", "highest")
"""Names of the four groups of countries, by a value that rises."""

TYPES = ("closed autocracy", "electoral autocracy", "electoral democracy", "liberal democracy")
"""Names of V-Dem's four types of regime, by rising freedom."""

REGIMES_OF = 2014
"""The year of the regime types: the panel holds those in office on its first day."""

SERIES = {
    "twiplomacy_countries_twitter": "Twiplomacy",
    "dpc_leaders_twitter": "Digital Policy Council",
}
"""The two published series, by topic of the facts. A year stands for its December."""


def quarters(values: pd.Series[float]) -> pd.Series[str]:
    """Return in which quarter of the countries each value lies."""
    return pd.qcut(values, len(QUARTERS), labels=list(QUARTERS))


def profiles(
    first: pd.DataFrame, countries: pd.DataFrame, censorship: pd.DataFrame
) -> pd.DataFrame:
    """Return the countries of the panel with their people, internet use and regime.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    countries
        The table ``countries``.
    censorship
        The table ``internet_censorship``, from which the regime types of 2014 are taken.

    Returns
    -------
    DataFrame
        The rows of ``first`` with ``population``, ``internet_use`` and ``regime``; a value that
        its source does not give is missing.
    """
    known = countries[["iso3", "population", "internet_use"]]
    regimes = censorship[censorship["year"] == REGIMES_OF].rename(columns={"vdem_code": "iso3"})
    return first.merge(known, "left", "iso3").merge(regimes[["iso3", "regime"]], "left", "iso3")


def unseen(profiles: pd.DataFrame) -> pd.DataFrame:
    """Return the share of governments not seen, by internet use, people and regime.

    Parameters
    ----------
    profiles
        What :func:`profiles` returns.

    Returns
    -------
    DataFrame
        The columns of :func:`govsocial.adoption.unseen`, and ``grouping``: ``internet_use``,
        ``population`` (both in quarters of the countries) or ``regime``.
    """
    groupings: dict[str, pd.Series] = {
        "internet_use": quarters(profiles["internet_use"]),
        "population": quarters(profiles["population"]),
        "regime": profiles["regime"].astype(pd.CategoricalDtype(list(TYPES))),
    }
    return pd.concat(
        adoption.unseen(profiles["first_any"], groups).assign(grouping=grouping)
        for grouping, groups in groupings.items()
    )


def published(facts: pd.DataFrame) -> pd.DataFrame:
    """Return how many governments two organisations counted on Twitter, and when.

    Parameters
    ----------
    facts
        The table ``facts``.

    Returns
    -------
    DataFrame
        ``id`` of the fact, ``series``, ``date``, ``countries`` active, ``of`` all countries that
        were counted, and their ``share``.
    """
    rows = facts[facts["topic"].isin(SERIES)]
    day = rows["date"].where(rows["date"].str.len() > len("2012"), rows["date"] + "-12")
    rows = rows.assign(
        series=rows["topic"].map(SERIES),
        date=pd.to_datetime(day, format="mixed"),
        share=rows["value"] / rows["denominator"],
    )
    rows = rows.rename(columns={"value": "countries", "denominator": "of"})
    return rows[["id", "series", "date", "countries", "of", "share"]]


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
