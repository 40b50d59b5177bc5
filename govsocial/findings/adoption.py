"""When governments came to Twitter and Facebook, and which of them were never seen there."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govsocial import adoption
from govsocial.labels import country
from govsocial.uncertainty import Estimate

QUARTERS = ("lowest", "second", "third", "highest")
"""Names of the four groups of countries, by a value that rises."""

TYPES = ("closed autocracy", "electoral autocracy", "electoral democracy", "liberal democracy")
"""Names of V-Dem's four types of regime, by rising freedom."""

UNRATED = "not rated"
"""The group of the countries to which V-Dem gives no type: most of them are very small."""

REGIMES_OF = 2014
"""The year of the regime types: the panel holds those in office on its first day."""

PAGES_SINCE = "2007-11-01"
"""Since then organisations can have pages on Facebook; first months before it are doubtful."""

PRINTED = {
    "lowest": ("internet_use", "lowest"),
    "highest": ("internet_use", "highest"),
    "smallest": ("population", "lowest"),
    "third": ("population", "third"),
    "largest": ("population", "highest"),
    "liberal": ("regime", "liberal democracy"),
    "democracy": ("regime", "electoral democracy"),
    "electoral": ("regime", "electoral autocracy"),
}
"""The groups whose shares the chapter prints: grouping and group."""

FORECAST_AT = ["2009-12-01"] + [
    f"{year}-{month}-01" for year in range(2010, 2014) for month in ("06", "12")
]
"""The months at whose end the future is foretold, half a year apart."""

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


def groups(profiles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the countries of the groups that the chapter counts or names.

    Parameters
    ----------
    profiles
        What :func:`profiles` returns.

    Returns
    -------
    dict
        The rows of ``profiles`` by group: ``unseen`` on either platform and those of them in
        Africa, with no type of regime, and above the median of internet use; the liberal
        democracies; those above the median; and those whose type of regime, internet use or
        population is not known.
    """
    unseen = profiles["first_any"].isna()
    unrated = profiles["regime"].isna()
    connected = profiles["internet_use"] > profiles["internet_use"].median()
    masks = {
        "unseen": unseen,
        "unseen-africa": unseen & (profiles["region"] == "Sub-Saharan Africa"),
        "unrated-unseen": unseen & unrated,
        "connected-unseen": unseen & connected,
        "liberal": profiles["regime"] == TYPES[-1],
        "connected": connected,
        "no-regime": unrated,
        "no-internet": profiles["internet_use"].isna(),
        "no-people": profiles["population"].isna(),
    }
    return {name: profiles[mask] for name, mask in masks.items()}


def names(countries: pd.DataFrame) -> str:
    """Return the names of countries in a row, by their column ``iso3``."""
    return ", ".join(sorted(map(country, countries["iso3"])))


def printed(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`unseen` that the chapter prints, named as in ``PRINTED``."""
    rows = shares.set_index(["grouping", "group"]).loc[list(PRINTED.values())]
    return rows.set_index(pd.Index(PRINTED))


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
    regimes = profiles["regime"].fillna(UNRATED).astype(pd.CategoricalDtype([*TYPES, UNRATED]))
    groupings: dict[str, pd.Series] = {
        "internet_use": quarters(profiles["internet_use"]),
        "population": quarters(profiles["population"]),
        "regime": regimes,
    }
    return pd.concat(
        adoption.unseen(profiles["first_any"], groups).assign(grouping=grouping)
        for grouping, groups in groupings.items()
    )


def kinds(first: pd.DataFrame) -> pd.Series[int]:
    """Return how many countries had an account of the leader, of the office, or of both.

    Parameters
    ----------
    first
        The table ``leader_first_months``.

    Returns
    -------
    Series
        ``both``, ``person`` (only), ``office`` (only) and ``neither``, on Twitter or Facebook.
    """
    person, office = (months.notna() for months in _first_of_each_kind(first))
    names = {"both": person & office, "person": person & ~office, "office": office & ~person}
    counts = {name: int(mask.sum()) for name, mask in names.items()}
    return pd.Series(counts | {"neither": len(first) - sum(counts.values())})


def who_came(first: pd.DataFrame) -> dict[str, Any]:
    """Return which kinds of account were seen, and which of two first, by the chapter's keys.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    """
    person, office = _first_of_each_kind(first)
    counts = kinds(first)
    return {
        "both": counts["both"],
        "only-person": counts["person"],
        "only-office": counts["office"],
        "person-first": (person < office).sum(),
        "office-first": (office < person).sum(),
    }


def _first_of_each_kind(first: pd.DataFrame) -> list[pd.Series]:
    """Return the first month, on either platform, of the leader's account and of the office's."""
    names = ("first_twitter_{}", "first_facebook_{}")
    kinds = ("personal", "institution")
    return [first[[name.format(kind) for name in names]].min(axis=1) for kind in kinds]


def undoubted(first: pd.DataFrame) -> pd.Series:
    """Return the first months on Facebook without the countries whose first month is doubtful.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    """
    on_facebook = first["first_facebook"]
    return on_facebook[~(on_facebook < PAGES_SINCE)]


def forecasts(first: pd.DataFrame, months: pd.DatetimeIndex) -> pd.DataFrame:
    """Return what the Bass model would have foretold for the last month, by what was known.

    Parameters
    ----------
    first
        The table ``leader_first_months``.
    months
        The months of the panel.

    Returns
    -------
    DataFrame
        By ``series`` (``twitter``, ``facebook``, and ``undoubted``: Facebook without the countries
        of doubtful first month) and ``known`` (last month that the model knows): the share that
        was there ``then``, the share foretold (``value``) with the bounds ``low`` and ``high`` of
        its prediction interval (see :func:`govsocial.adoption.forecast`), and what ``came``.
    """
    series = {
        "twitter": first["first_twitter"],
        "facebook": first["first_facebook"],
        "undoubted": undoubted(first),
    }
    rows = [
        {
            "series": name,
            "known": pd.Timestamp(until),
            "then": (dates <= until).mean(),
            **adoption.forecast(dates, months, "bass", until)._asdict(),
            "came": dates.notna().mean(),
        }
        for name, dates in series.items()
        for until in FORECAST_AT
    ]
    return pd.DataFrame(rows)


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
    return {name: Estimate.of_row(table.loc[name]) for name in QUARTERS}


def counted(series: pd.DataFrame) -> dict[str, Any]:
    """Return what the two published series counted, by the keys of the chapter.

    Parameters
    ----------
    series
        What :func:`published` returns.
    """
    rows = series.set_index("id")
    columns = {
        "countries": {
            "twiplomacy-2012": "F008",
            "twiplomacy-2013": "F021",
            "twiplomacy-2018": "F045",
            "council-2011": "F001",
            "council-2012": "F019",
        },
        "of": {"twiplomacy-of": "F021", "council-of-2012": "F019", "council-of-2013": "F023"},
        "share": {"council-share-2011": "F001", "council-share": "F019"},
    }
    return {key: rows.loc[i, name] for name, ids in columns.items() for key, i in ids.items()}


def by_the_end(shares: pd.Series[float]) -> dict[str, Any]:
    """Return the shares of countries seen by the last month, by the keys of the chapter.

    Parameters
    ----------
    shares
        Share of countries by platform, kind of account and month, sorted.
    """
    last = shares.groupby(["platform", "kind"]).last()
    lines = {
        "twitter": ("twitter", "any"),
        "facebook": ("facebook", "any"),
        "personal": ("any", "personal"),
        "institution": ("any", "institution"),
    }
    return {f"{key}-share": last[line] for key, line in lines.items()}
