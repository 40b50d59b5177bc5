"""V-Dem: censorship of the internet by country and year, and democracy with its errors."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadr

from pipeline.run import Run
from pipeline.table import Field, Table

REGIMES = (
    "closed autocracy",
    "electoral autocracy",
    "electoral democracy",
    "liberal democracy",
)
"""V-Dem's regime types, in the order of its codes 0 to 3."""

_REGIONS = {
    1: "Eastern Europe and Central Asia",
    2: "Latin America and the Caribbean",
    3: "Middle East and North Africa",
    4: "Sub-Saharan Africa",
    5: "Western Europe and North America",
    6: "Asia and Pacific",
}
_COLUMNS = {
    "country_text_id": "vdem_code",
    "country_name": "country",
    "e_regionpol_6C": "region",
    "v2x_regime": "regime",
    "v2mecenefi": "censorship_effort",
}


def build(run: Run) -> list[Table]:
    """Return the tables ``internet_censorship`` and ``democracy_scores``."""
    frame = country_years(run.raw("vdem", "data/vdemlite.rda")).rename(columns=_COLUMNS)
    frame["region"] = frame["region"].map(_REGIONS)
    frame["regime"] = frame["regime"].map(dict(enumerate(REGIMES)))
    frame = frame.dropna(subset=["censorship_effort"]).sort_values(["year", "vdem_code"])
    return [
        Table(
            name="internet_censorship",
            title="Government effort to censor the internet, 1993–2023",
            description=(
                "V-Dem's estimate of whether the government tries to censor information on the "
                "internet, made from the answers of country experts; every country that had the "
                "internet in that year."
            ),
            frame=frame[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("year", "vdem_code"),
            slugs=("vdem",),
            caveats=(
                "A country enters when it has the internet: 104 in 1993, 179 from 2011.",
                "One estimate for each country and year, without an interval.",
                "V-Dem's countries are not states only: Gaza, Hong Kong and Zanzibar have rows.",
            ),
        ),
        Table(
            name="democracy_scores",
            title="Electoral democracy with its published error, 2003–2024",
            description=(
                "V-Dem's index of electoral democracy and its standard deviation, in the years in "
                "which the United Nations ranked e-government."
            ),
            frame=_democracy(run.raw("vdem", "data/vdem_simple.rda")),
            fields=_DEMOCRACY,
            key=("year", "vdem_code"),
            slugs=("vdem",),
            caveats=(
                "V-Dem's codes are those of ISO 3166-1 for states; some of its countries are none.",
                "The standard deviation is of the measurement model: it knows how far the experts "
                "differ, not what all of them may have wrong.",
            ),
        ),
    ]


def _democracy(path: Path) -> pd.DataFrame:
    names = {
        "country_text_id": "vdem_code",
        "v2x_polyarchy": "polyarchy",
        "v2x_polyarchy_sd": "error",
    }
    frame: pd.DataFrame = pyreadr.read_r(str(path))["vdem_simple"]
    frame = frame[frame["year"].isin(EDITIONS)].rename(columns=names)
    frame = frame.dropna(subset=["polyarchy", "error"]).astype({"year": int})
    columns = [field.name for field in _DEMOCRACY]
    return frame[columns].sort_values(["year", "vdem_code"], ignore_index=True)


def country_years(path: Path) -> pd.DataFrame:
    """Return the country-years of ``vdemlite``, with whole years."""
    frame: pd.DataFrame = pyreadr.read_r(str(path))["vdemlite"]
    return frame.astype({"year": int})


EDITIONS = (2003, 2004, 2005, 2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024)
"""Years of the UN's rankings of e-government."""

_NEEDED = {"required": True}
_DEMOCRACY = (
    Field("year", "year", "Calendar year", constraints={"enum": [*EDITIONS]}),
    Field("vdem_code", "string", "V-Dem's code of the country", constraints=_NEEDED),
    Field(
        "polyarchy",
        "number",
        "Point estimate of v2x_polyarchy: higher means more democratic",
        constraints={"required": True, "minimum": 0, "maximum": 1},
    ),
    Field(
        "error",
        "number",
        "Standard deviation of the estimate, as V-Dem states it",
        constraints={"required": True, "minimum": 0, "maximum": 1},
    ),
)
_FIELDS = (
    Field("year", "year", "Calendar year", constraints={"minimum": 1993, "maximum": 2023}),
    Field("vdem_code", "string", "V-Dem's code of the country", constraints=_NEEDED),
    Field("country", "string", "Country, as V-Dem names it", constraints=_NEEDED),
    Field(
        "region",
        "string",
        "V-Dem's politico-geographic region",
        constraints={"enum": list(_REGIONS.values()), "required": True},
    ),
    Field("regime", "string", "V-Dem's regime type in that year", constraints={"enum": [*REGIMES]}),
    Field(
        "censorship_effort",
        "number",
        "Point estimate of v2mecenefi: lower means more censorship",
        "points of V-Dem's measurement model, about standard deviations",
        {"required": True, "minimum": -5, "maximum": 5},
    ),
)
