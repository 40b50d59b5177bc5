"""Lowy Global Diplomacy Index 2024: countries by the number of their missions."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources import egdi
from pipeline.table import Field, Table

_SLUG = "lowy-gdi"

# Names other than the United Nations'.
_CODES = {
    "Russia": "RUS",
    "South Korea": "KOR",
    "Taiwan": "TWN",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
    "United States": "USA",
    "Vietnam": "VNM",
}


def build(run: Run) -> list[Table]:
    """Return the table ``diplomatic_post_places``."""
    rows = pd.read_csv(run.raw(_SLUG, "prepared/lowy_gdi_2024_top50_transcribed.csv"))
    # The European Union has posts but no place.
    rows = rows.dropna(subset=["rank"])
    frame = pd.DataFrame(
        {
            "iso3": rows["country"].map(egdi.codes(run) | _CODES),
            "place": rows["rank"],
            "tied": rows.groupby("total_posts")["rank"].transform("size"),
        }
    )
    return [
        Table(
            name="diplomatic_post_places",
            title="Places by diplomatic missions, 2024",
            description=(
                "The first 50 of 66 countries and territories in the Lowy Global Diplomacy Index "
                "2024, by embassies, consulates and missions abroad."
            ),
            frame=frame.sort_values("place"),
            fields=(
                Field("iso3", "string", "ISO 3166-1 alpha-3 code", "", {"pattern": "[A-Z]{3}"}),
                Field("place", "integer", "Place by missions abroad", "place of 66", _PLACE),
                Field(
                    "tied",
                    "integer",
                    "Countries among the 50 with as many missions, this one counted",
                    "countries",
                    {"required": True, "minimum": 1},
                ),
            ),
            key=("iso3",),
            slugs=(_SLUG, "egdi"),
            lenders=("egdi",),
            caveats=(
                "The places are the index's own, which puts one of two with as many missions "
                "first.",
            ),
        )
    ]


_PLACE = {"required": True, "minimum": 1, "maximum": 50}
