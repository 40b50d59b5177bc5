"""Inputs of the open country index: places by seven indicators, by edition."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources import egdi, gtmi
from pipeline.table import Field, Table

_UN = {
    "epi": ("e_participation", "offers to be informed, consulted and involved on line"),
    "osi": ("online_services", "features of the national portals"),
    "tii": ("infrastructure", "telephones, internet users and broadband per head"),
    "hci": ("human_capital", "literacy and schooling"),
}
_BANK = {
    "engagement": ("engagement", "digital ways to consult and involve citizens"),
    "portals": ("service_portals", "public services for citizens on line"),
    "openness": ("openness", "portals for open government and open data"),
}
_EDITION_OF_BANK = 2022


def build(run: Run) -> list[Table]:
    """Return the table ``country_index_inputs``."""
    frame = egdi.editions(run).merge(_bank(run), on=["edition", "iso3"], how="left")
    names = {code: name for code, (name, _words) in (_UN | _BANK).items()}
    places = frame.groupby("edition")[list(names)].rank(ascending=False)
    return [
        Table(
            name="country_index_inputs",
            title="Places of 193 countries by seven indicators of digital government, 2003–2024",
            description=(
                "Where each UN member state stands among the 193 by four scores of the UN "
                "E-Government Survey (twelve editions) and three of the World Bank's GovTech "
                f"survey ({_EDITION_OF_BANK} only). The scores are those organisations'; places "
                "are counted here."
            ),
            frame=frame[["edition", "iso3"]].join(places.rename(columns=names)),
            fields=_FIELDS,
            key=("edition", "iso3"),
            slugs=("egdi", "gtmi"),
            caveats=(
                "Tied countries share the mean of their places: 20.5 stands for 20th and 21st.",
                "In early editions many countries share a score of 0, which can also mean no data; "
                "Montenegro and South Sudan have it before they were members.",
            ),
        )
    ]


def _bank(run: Run) -> pd.DataFrame:
    return gtmi.scores(run)[list(_BANK)].reset_index().assign(edition=_EDITION_OF_BANK)


def _place(name: str, words: str, house: str) -> Field:
    bounds = {"minimum": 1, "maximum": 193}
    return Field(name, "number", f"Place by {words} ({house})", "place of 193", bounds)


_FIELDS = (
    Field("edition", "year", "Year of the survey's edition", constraints={"required": True}),
    Field("iso3", "string", "ISO 3166-1 alpha-3 code", constraints={"pattern": "[A-Z]{3}"}),
    *(_place(name, words, "UN survey") for name, words in _UN.values()),
    *(_place(name, words, "World Bank") for name, words in _BANK.values()),
)
