"""The place in a ranking with which the book begins: of how many, and by which rule."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from govsocial import labels
from govsocial.ranking import share_of_field, tie_rules

LEFT, APP = "2012-05-01", "2010-09-01"
"""The month in which Medvedev left office, and that from which the iPad had an app."""

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


def medvedev(posts: pd.DataFrame) -> dict[str, Any]:
    """Return how much the president posted, when, and by which program.

    Parameters
    ----------
    posts
        The table ``leader_posts``.

    Returns
    -------
    dict
        By the keys of the chapter: posts per month in three stretches, posts in one month, in
        office, since the app appeared, from the iPad, and the share from the web.
    """
    own = posts[posts["account"] == "MedvedevRussiaE"]
    monthly = own.groupby("month")["posts"].sum().asfreq("MS", fill_value=0)
    in_office = own[own["month"] < LEFT]
    ipad = posts[posts["client"] == "Twitter for iPad"]
    total = in_office["posts"].sum()
    web = in_office.loc[in_office["client"] == "Twitter Web Client", "posts"].sum()
    return {
        "posts-start": monthly["2010-07":"2010-10"].mean(),
        "posts-last": monthly["2011-05":"2012-04"].mean(),
        "posts-after": monthly["2012-05":"2012-10"].mean(),
        "posts-peak": monthly["2010-07-01"],
        "posts-president": total,
        "posts-since-app": in_office.loc[in_office["month"] >= APP, "posts"].sum(),
        "posts-ipad": ipad.loc[ipad["account"] == "MedvedevRussiaE", "posts"].sum(),
        "ipad-others": ipad["posts"].sum(),
        "ipad-before": ipad.loc[ipad["month"] < LEFT, "posts"].sum(),
        "ipad-accounts": ipad["account"].nunique(),
        "web-share": web / total,
    }


def russian_arrivals(first: pd.DataFrame) -> dict[str, Any]:
    """Return when Russia's leader and office came to a platform, and how many of all earlier.

    Parameters
    ----------
    first
        The table ``leader_first_months``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    rows = first.set_index("iso3")
    leader, office = rows["first_twitter_personal"], rows["first_twitter_institution"]
    return {
        "panel": len(rows),
        "leader-twitter-month": leader["RUS"],
        "office-twitter-month": office["RUS"],
        "office-facebook-month": rows["first_facebook_institution"]["RUS"],
        "leader-twitter-seen": leader.notna().sum(),
        "leader-twitter-earlier": (leader < leader["RUS"]).sum(),
        "office-twitter-seen": office.notna().sum(),
        "office-twitter-earlier": (office < office["RUS"]).sum(),
    }


def audiences(facts: pd.DataFrame) -> dict[str, Any]:
    """Return the audiences that were printed, and how much of each one account made up.

    Parameters
    ----------
    facts
        The table ``facts``.

    Returns
    -------
    dict
        By the keys of the chapter; readers and followers in millions, but for ``diplomats``.
    """
    value = facts.set_index("id")["value"]
    russia, medvedev = value["F009"], value["F017"]
    america, obama = value["F010"], value["F234"]
    return {
        "audience-russia": russia,
        "audience-us": america,
        "obama": obama,
        "diplomats": value["F236"] * 1e6,
        "medvedev-share": labels.more_than(medvedev / russia, 2),
        "obama-share": labels.more_than(obama / america, 2),
        "audience-ratio": audience_ratio(facts),
        "ratio-without": (america - obama) / (russia - medvedev),
    }


def russia_in(editions: pd.DataFrame) -> dict[str, Any]:
    """Return Russia's places in three editions of the UN's survey, and in 2012 by other rules.

    Parameters
    ----------
    editions
        The table ``egdi_ranks``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    russia = editions[editions["iso3"] == "RUS"].set_index("edition")
    places = places_in_2012(editions)
    ties = places.loc["RUS"]
    return {
        f"{key}-{year}": russia[column][year]
        for key, column in {"egov": "egdi_rank", "epart": "epi_rank"}.items()
        for year in (2010, 2012, 2024)
    } | {
        "epart-2012-worst": ties["worst"],
        "epart-2012-dense": ties["dense"],
        "epart-2012-last": places["dense"].max(),
        "un-editions": editions["edition"].nunique(),
    }
