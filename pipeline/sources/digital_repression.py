"""Disinformation by governments and parties in 179 countries, 2021."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources.vdem import REGIMES
from pipeline.table import Field, Table

_REGIME = dict(zip(("CA", "EA", "ED", "LD"), REGIMES, strict=True))
_REGIONS = {
    "AFR": "Africa",
    "EAP": "East Asia and Pacific",
    "EUR": "Europe and Eurasia",
    "MENA": "Middle East and North Africa",
    "SCA": "South and Central Asia",
    "WHA": "Western Hemisphere",
}
_COLUMNS = {
    "Country": "country",
    "Region": "region",
    "v2x_regime": "regime",
    "v2x_polyarchy": "polyarchy",
    "Gov disinfo v2smgovdom": "government_disinformation",
    "Pol party disinfo v2smpardom": "party_disinformation",
    "Gov internet shutdowns v2smgovshut": "internet_shutdowns",
    "Digital Repression Index 2021": "digital_repression",
}


def build(run: Run) -> list[Table]:
    """Return the table ``digital_repression``."""
    rows = pd.read_csv(run.raw("digital-repression-2021", "src/data/DR_DI.csv"))
    frame = rows.rename(columns=_COLUMNS)[list(_COLUMNS.values())].sort_values("country")
    return [
        Table(
            name="digital_repression",
            title="Democracy and disinformation at home, 2021",
            description=(
                "V-Dem's electoral democracy index and regime type of 179 countries in 2021, "
                "beside answers of the Digital Society Project's experts, as Steven Feldstein "
                "compiled them for his Digital Repression Index."
            ),
            frame=frame.assign(
                regime=frame["regime"].map(_REGIME), region=frame["region"].map(_REGIONS)
            ),
            fields=_FIELDS,
            key=("country",),
            # The columns are V-Dem's: its licence holds.
            slugs=("digital-repression-2021", "vdem"),
            caveats=("Here a higher value means more: V-Dem itself publishes the reverse.",),
        )
    ]


def _expert(name: str, description: str) -> Field:
    limits = {"required": True, "minimum": -5, "maximum": 5}
    return Field(name, "number", description, "points, about standard deviations", limits)


_FIELDS = (
    Field("country", "string", "Country, as the compiler names it", constraints={"required": True}),
    Field("region", "string", "The compiler's region", constraints={"enum": [*_REGIONS.values()]}),
    Field("regime", "string", "V-Dem's regime type in 2021", constraints={"enum": [*REGIMES]}),
    Field(
        "polyarchy",
        "number",
        "V-Dem's electoral democracy index: 0 none, 1 full",
        "index",
        {"required": True, "minimum": 0, "maximum": 1},
    ),
    _expert(
        "government_disinformation",
        "How often the government spreads false information on social media at home (v2smgovdom)",
    ),
    _expert(
        "party_disinformation",
        "How often major parties spread false information on social media at home (v2smpardom)",
    ),
    _expert("internet_shutdowns", "How often the government shuts down the internet (v2smgovshut)"),
    _expert("digital_repression", "Digital Repression Index: higher means more repression"),
)
