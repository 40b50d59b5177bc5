"""Two countries since 2012: the one that a blog post was about, and its author's."""

from __future__ import annotations

import pandas as pd

COUNTRIES = ("RUS", "ITA")
"""The country of the post, and its author's."""

_GOOGLE = {"RUS": "RU", "ITA": "IT"}


def places(editions: pd.DataFrame) -> pd.DataFrame:
    """Return the places of both countries in e-participation, by edition.

    Parameters
    ----------
    editions
        The table ``egdi_ranks``.
    """
    chosen = editions[editions["iso3"].isin(COUNTRIES)]
    return chosen.pivot(index="edition", columns="iso3", values="epi_rank")[list(COUNTRIES)]


def requests(removals: pd.DataFrame) -> pd.DataFrame:
    """Return how many requests to remove content Google counted from both countries, by year.

    Parameters
    ----------
    removals
        The table ``google_removals``.
    """
    yearly = removals.groupby([removals["half"].dt.year.rename("year"), "code"])["requests"].sum()
    wide = yearly.unstack(fill_value=0)
    return wide[list(_GOOGLE.values())].set_axis(list(COUNTRIES), axis=1)
