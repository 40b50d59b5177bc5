"""What the interactive ranking needs: places, names and words, handed to the page as one record.

The site's script works on this record alone, so that a page stays a set of static files.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from IPython.display import display

from govsocial import labels
from govsocial.charts.ranking import indicators
from govsocial.contract import GLUE, REWEIGH
from govsocial.language import translation
from govsocial.ranking import DRAWS

_ = translation(__name__)

_MIDDLE = 5
"""Weight of the chosen indicators; the sliders go from 0 to 10."""


def reweigh(inputs: pd.DataFrame) -> None:
    """Hand the inputs of the open index to the page, for readers to weigh anew.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    """
    display(
        {GLUE + REWEIGH: record(inputs)},
        metadata={"scrapbook": {"name": "reweigh", "mime_prefix": GLUE}},
        raw=True,
    )


def record(inputs: pd.DataFrame) -> dict[str, Any]:
    """Return the record: countries, indicators, places by edition and indicator, and words."""
    codes = sorted(inputs["iso3"].unique())
    return {
        "countries": [[code, labels.country(code)] for code in codes],
        "indicators": list(indicators().values()),
        "places": {
            str(edition): _places(frame.set_index("iso3").loc[codes])
            for edition, frame in inputs.groupby("edition")
        },
        "presets": _presets(),
        "draws": DRAWS // 2,
        "shown": ["RUS", "ITA", "USA", "KOR"],
        "words": _words(),
    }


def _places(edition: pd.DataFrame) -> list[list[float] | None]:
    """Return the places by indicator, countries in their order; none if nobody counted."""
    return [
        None if edition[name].isna().any() else edition[name].astype(float).tolist()
        for name in indicators()
    ]


def _presets() -> list[dict[str, Any]]:
    """Return named sets of weights, from 0 to 10, in the order of the indicators."""
    chosen = {
        _("Equal weights"): set(indicators()),
        _("Like the UN's index"): {"online_services", "infrastructure", "human_capital"},
        _("Listening only"): {"e_participation", "engagement"},
        _("World Bank only"): {"engagement", "service_portals", "openness"},
    }
    return [
        {"name": name, "weights": [_MIDDLE * (indicator in those) for indicator in indicators()]}
        for name, those in chosen.items()
    ]


def _words() -> dict[str, str]:
    return {
        "title": _("Weights, edition and countries"),
        "weights": _("Weights"),
        "edition": _("Edition"),
        "presets": _("Ready-made weights"),
        "not_counted": _("not counted in this edition"),
        "no_weight": _("Give at least one indicator a weight that is counted in this edition."),
        "compare": _("Compare up to four countries"),
        "country_n": _("Country {n}"),
        "mine": _("My country"),
        "none": _("none"),
        "mine_note": _(
            "Kept in this browser only; marked in the figures of this page, and chosen in the hub."
        ),
        "place": _("Place"),
        "country": _("Country"),
        "range": _("Range over random weights"),
        "range_text": _("{low} to {high}"),
        "first_ten": _("The first ten and the countries you chose"),
        "all": _("All {n} countries"),
        "ranking": _(
            "Ranking of {edition}: place by these weights, and the middle 95% of its "
            "places when weights are drawn at random around them. The range is over weights "
            "only: errors of measurement come on top"
        ),
        "over_editions": _("Places over the editions"),
        "over_note": _(
            "By the UN's four indicators, in the proportions set above; the World "
            "Bank's three were counted in 2022 only."
        ),
        "no_line": _("The UN's indicators have no weight: there is nothing to compare over time."),
        "table": _("The same places as a table"),
        "summary": _("{edition}: in first place {first}. {countries}"),
        "summary_country": _("{country}: {place} ({low} to {high})."),
        "copy": _("Copy a link to this view"),
        "copied": _("The link is copied."),
        "not_copied": _("The browser does not let us copy. The address is:"),
        "choose": _("Choose your country in the ranking of this page to see it here."),
    }
