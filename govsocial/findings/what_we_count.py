"""How many countries the book's wide tables hold, and which of them are in few."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pandas as pd
import pycountry

from govsocial.countries.names import NO_PLACES, UnknownPlaceError, resolve


def held(topics: Mapping[str, pd.Series[str]]) -> pd.DataFrame:
    """Return which country is in which table.

    Parameters
    ----------
    topics
        By topic, the codes of the countries of a table (ISO 3166-1, two or three letters); codes
        of what is no country, such as XK of Kosovo or those of territories, stay what they are,
        and those in ``NO_PLACES`` are left out.

    Returns
    -------
    DataFrame
        One row per country that any table holds, by its code of three letters; one Boolean column
        per topic.
    """
    present = {
        topic: {_code(code) for code in codes.dropna() if code not in NO_PLACES}
        for topic, codes in topics.items()
    }
    every = sorted(set().union(*present.values()))
    columns = {topic: [code in some for code in every] for topic, some in present.items()}
    return pd.DataFrame(columns, index=pd.Index(every, name="country"))


def by_region(times: pd.Series[int], countries: pd.DataFrame) -> pd.Series[float]:
    """Return in how many tables a country of each region is, on average.

    Parameters
    ----------
    times
        Number of tables by country, by its code of three letters; a country without a region is
        left out.
    countries
        The table ``countries``: ``iso3`` and ``region``.
    """
    regions = countries.set_index("iso3")["region"]
    inside = times[times.index.isin(regions.index)].astype(float)
    return inside.groupby(regions[inside.index]).mean()


def _code(code: str) -> str:
    """Return the code of three letters of a country, or what there is."""
    with suppress(UnknownPlaceError):
        if place := resolve(code):
            return place
    part = pycountry.countries.get(alpha_2=code) if len(code) == 2 else None  # Hong Kong
    return part.alpha_3 if part else code
