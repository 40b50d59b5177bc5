"""What others measured of effects: studies counted by outcome and design."""

from __future__ import annotations

import pandas as pd


def counts(studies: pd.DataFrame) -> pd.Series[int]:
    """Return how many studies there are, by what they measured.

    Parameters
    ----------
    studies
        The table ``effect_studies``.

    Returns
    -------
    Series
        ``studies``, ``countries`` (those that are stated), ``trust``, ``trust-experiments``,
        ``trust-positive``.
    """
    trust = studies["outcome"] == "trust"
    stated = studies.loc[studies["country"] != "not stated", "country"]
    found = {
        "studies": len(studies),
        "countries": stated.nunique(),
        "trust": trust.sum(),
        "trust-experiments": (trust & (studies["design"] == "experiment")).sum(),
        "trust-positive": (trust & (studies["direction"] == "positive")).sum(),
    }
    return pd.Series(found)
