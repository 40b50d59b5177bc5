"""How many countries the book's wide tables hold, and which of them are in few."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govsocial.labels import country


def held(topics: Mapping[str, pd.Series[str]]) -> pd.DataFrame:
    """Return which country is in which table.

    Parameters
    ----------
    topics
        By topic, the codes of the countries of a table (ISO 3166-1, two or three letters); codes
        of what is no country, such as XK of Kosovo or those of territories, stay what they are.

    Returns
    -------
    DataFrame
        One row per code of a country that any table holds, named as in :mod:`govsocial.labels`;
        one Boolean column per topic.
    """
    present = {topic: {_name(code) for code in codes.dropna()} for topic, codes in topics.items()}
    names = sorted(set().union(*present.values()))
    columns = {topic: [name in some for name in names] for topic, some in present.items()}
    return pd.DataFrame(columns, index=pd.Index(names, name="country"))


def by_region(times: pd.Series[int], countries: pd.DataFrame) -> pd.Series[float]:
    """Return in how many tables a country of each region is, on average.

    Parameters
    ----------
    times
        Number of tables by country, as :func:`held` names it; a country without a region is left
        out.
    countries
        The table ``countries``: ``iso3`` and ``region``.
    """
    regions = countries.set_index("iso3")["region"].rename(index=_name)
    inside = times[times.index.isin(regions.index)].astype(float)
    return inside.groupby(regions[inside.index]).mean()


def _name(code: str) -> str:
    try:
        return country(code)
    except KeyError:
        return code
