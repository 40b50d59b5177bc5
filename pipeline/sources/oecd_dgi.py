"""OECD Digital Government Index 2023: who is ahead of whom among 38 countries."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "oecd-dgi"


def build(run: Run) -> list[Table]:
    """Return the table ``oecd_digital_places``."""
    rows = pd.read_csv(run.raw(_SLUG, "data_raw/OECD_DGI_2023/oecd_dgi_2023.csv"))
    index = rows[rows["variable"] == "composite_index"].sort_values("cc_iso3c")
    frame = pd.DataFrame(
        {"iso3": index["cc_iso3c"], "place": index["value"].rank(method="min", ascending=False)}
    )
    return [
        Table(
            name="oecd_digital_places",
            title="Places in the OECD Digital Government Index 2023",
            description=(
                "Places of 38 countries by the composite of the OECD Digital Government Index "
                "2023, which rests on governments' answers about 2020–2022: 33 members of the "
                "OECD, 4 accession countries and 1 partner, counted together here."
            ),
            frame=frame,
            fields=(
                Field("iso3", "string", "ISO 3166-1 alpha-3 code", "", {"pattern": "[A-Z]{3}"}),
                Field("place", "integer", "Place by the composite index", "place of 38", _PLACE),
            ),
            key=("iso3",),
            slugs=(_SLUG,),
            caveats=(
                "The OECD ranks only the 33 of the 38 that are its members; here the other five "
                "take places too.",
            ),
        )
    ]


_PLACE = {"required": True, "minimum": 1, "maximum": 38}
