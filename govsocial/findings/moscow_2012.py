"""The place in a ranking with which the book begins: of how many, and by which rule."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from govsocial.ranking import share_of_field, tie_rules

PLACE = "F012"
"""The fact that holds the place, with the newspaper's field as its denominator."""

AGENCY, MAGAZINE = "F005", "F006"
"""The facts that hold the field as the agency and as a magazine printed it."""

AUDIENCE_RUSSIA, AUDIENCE_FIRST = "F009", "F010"
"""The facts that hold the audiences of Russia and of the first, in millions."""


class Field(NamedTuple):
    """A place in a ranking, the sizes that were printed for its field, and its share of two."""

    place: int
    of_agency: int
    of_paper: int
    of_magazine: int
    top_of_agency: float
    top_of_paper: float


def field(facts: pd.DataFrame) -> Field:
    """Return the place of July 2012 and how large the field was, as printed.

    Parameters
    ----------
    facts
        The table ``facts``.
    """
    stated = facts.set_index("id")
    place, paper = (int(stated[name][PLACE]) for name in ("value", "denominator"))
    agency, magazine = (int(stated["value"][fact]) for fact in (AGENCY, MAGAZINE))
    shares = (share_of_field(place, countries) for countries in (agency, paper))
    return Field(place, agency, paper, magazine, *shares)


def audience_ratio(facts: pd.DataFrame) -> float:
    """Return the largest printed audience of the first in the ranking over Russia's.

    Parameters
    ----------
    facts
        The table ``facts``.
    """
    value = facts.set_index("id")["value"]
    return float(value[AUDIENCE_FIRST] / value[AUDIENCE_RUSSIA])


def places_in_2012(editions: pd.DataFrame) -> pd.DataFrame:
    """Return the places of the UN's e-participation ranking of 2012 under three rules for ties.

    Parameters
    ----------
    editions
        The table ``egdi_ranks``.

    Returns
    -------
    DataFrame
        By country: ``best``, ``worst`` and ``dense`` (see :func:`govsocial.ranking.tie_rules`).
    """
    return tie_rules(editions[editions["edition"] == 2012].set_index("iso3")["epi_rank"])
