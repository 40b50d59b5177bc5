"""Places in a ranking: of how many, and by which rule for ties."""

from __future__ import annotations

import pandas as pd


def top_share(place: int, countries: int) -> float:
    """Return the share of a field that stands at a place or above it.

    Parameters
    ----------
    place
        Place in the ranking; the first is 1.
    countries
        How many countries were ranked.

    Returns
    -------
    float
        Above 0, at most 1: a 14th place of 140 belongs to the top 0.1.

    Raises
    ------
    ValueError
        If there is no such place in a field of that size.
    """
    if not 1 <= place <= countries:
        raise ValueError(f"there is no place {place} among {countries}")
    return place / countries


def tie_rules(ranks: pd.Series[int]) -> pd.DataFrame:
    """Return the places that a whole ranking gives under three rules for ties.

    Parameters
    ----------
    ranks
        One place per country, the smaller the better, equal where countries are tied.

    Returns
    -------
    DataFrame
        On the index of ``ranks``, whole numbers: ``best`` (tied countries all take the first of
        their places, as in sports: 1, 2, 2, 4), ``worst`` (the last of them: 1, 3, 3, 4) and
        ``dense`` (they take one place together: 1, 2, 2, 3).

    References
    ----------
    Virtanen, P. and others (2020). SciPy 1.0. *Nature Methods* 17: ``scipy.stats.rankdata``,
    methods ``min``, ``max`` and ``dense``.
    """
    rules = {
        "best": ranks.rank(method="min"),
        "worst": ranks.rank(method="max"),
        "dense": ranks.rank(method="dense"),
    }
    return pd.DataFrame(rules).astype("Int64")
