"""Missions of four diplomatic services by kind, from the Lowy Global Diplomacy Index 2024."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "lowy-gdi"
_SERVICES = {"China": "CHN", "Russia": "RUS", "Sweden": "SWE", "United States": "USA"}
_KINDS = {
    "embassies_high_commissions": "embassy",
    "consulates": "consulate",
    "permanent_missions": "permanent mission",
    "other": "other",
}


def build(run: Run) -> list[Table]:
    """Return the table ``diplomatic_missions``."""
    rows = pd.read_csv(run.raw(_SLUG, "prepared/lowy_gdi_2024_top50_transcribed.csv"))
    frame = (
        rows.assign(iso3=rows["country"].map(_SERVICES))
        .dropna(subset=["iso3"])
        .rename(columns=_KINDS)
        .melt("iso3", [*_KINDS.values()], var_name="kind", value_name="missions")
    )
    return [
        Table(
            name="diplomatic_missions",
            title="Missions of four diplomatic services, 2024",
            description=(
                "Embassies and high commissions, consulates, permanent missions and other "
                "missions of China, Russia, Sweden and the United States, as the Lowy Global "
                "Diplomacy Index of 2024 counts them."
            ),
            frame=frame.sort_values(["iso3", "kind"]),
            fields=_FIELDS,
            key=("iso3", "kind"),
            slugs=(_SLUG,),
        )
    ]


_FIELDS = (
    Field(
        "iso3",
        "string",
        "ISO 3166-1 alpha-3 code of the sending country",
        constraints={"required": True, "enum": [*_SERVICES.values()]},
    ),
    Field(
        "kind",
        "string",
        "Kind of mission",
        constraints={"required": True, "enum": [*_KINDS.values()]},
    ),
    Field("missions", "integer", "Missions abroad", "missions", {"minimum": 0, "maximum": 200}),
)
