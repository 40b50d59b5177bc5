"""How firm a fourteenth place is."""

from __future__ import annotations

import pandas as pd

from govsocial import ranking
from govsocial.uncertainty import Estimate

EDITION = 2022
"""Edition of the open index."""

LINE = 14
"""The place in line of the country whose range is told."""


def chambers(accounts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return how far the three criteria agree, by chamber of Congress.

    Parameters
    ----------
    accounts
        The table ``congress_criteria``.
    """
    return {
        str(chamber): ranking.agreement(ranking.criteria(members))
        for chamber, members in accounts.groupby("chamber")
    }


def positions(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the place of each country by each of the seven indicators of the open index.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    edition = inputs[inputs["edition"] == EDITION].set_index("iso3")
    return edition.drop(columns="edition").astype(float)


def scores(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the seven indicators of the open index on one scale, by country.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    return ranking.normalise(-positions(inputs))


def over_weights(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return each country's place by equal weights, and its range over random weights.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.

    Returns
    -------
    DataFrame
        By country: ``low``, ``high`` and ``place``.
    """
    indicators = scores(inputs)
    weights = ranking.equal_weights(indicators)
    drawn = ranking.places_over_weights(indicators, weights)
    place = ranking.places(ranking.composite(indicators, weights))
    return ranking.place_intervals(drawn).assign(place=place)


def in_line(places: pd.Series[int], line: int = LINE) -> str:
    """Return the country that stands at a place in line; tied ones stand in order of their code.

    Parameters
    ----------
    places
        Place of each country, ordered by its code.
    line
        The place in line; the first is 1.
    """
    return str(places.sort_values(kind="stable").index[line - 1])


def fourteenth(inputs: pd.DataFrame) -> Estimate:
    """Return the place of the country fourteenth in line, with its range over random weights.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    ranges = over_weights(inputs)
    return Estimate(*ranges.loc[in_line(ranges["place"]), ["place", "low", "high"]])
