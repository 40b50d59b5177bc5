"""World Bank's GovTech survey of 2022: seven scores of 198 economies."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "gtmi"

# The most points that an economy can get, and what they are given for.
_SCORES = {
    "admin": (10, "systems for the administration's own work"),
    "backend": (4, "technology shared across government"),
    "engagement": (3, "digital ways to consult and involve citizens"),
    "innovation": (4, "strategies and policies for innovation"),
    "openness": (6.75, "portals for open government and open data"),
    "policy": (10, "strategies and institutions for digital government"),
    "portals": (8, "public services for citizens on line"),
}


def scores(run: Run) -> pd.DataFrame:
    """Return the scores by economy (ISO 3166-1 alpha-3 code; XKK is Kosovo), one per column."""
    rows = pd.read_csv(run.raw(_SLUG, "data_out/gtmi_2022.csv"), keep_default_na=False)
    frame = rows.pivot(index="cc_iso3c", columns="variable", values="value")
    return frame.rename_axis("iso3").rename(columns=lambda name: name.removeprefix("gtmi_"))


def build(run: Run) -> list[Table]:
    """Return the table ``govtech_scores``."""
    return [
        Table(
            name="govtech_scores",
            title="World Bank GovTech scores, 2022",
            description=(
                "Points of 198 economies in the World Bank's GovTech survey of 2022, answered by "
                "officials (or by the Bank's staff where none answered), in the seven groups into "
                "which the Blavatnik Index of Public Administration sorts its questions."
            ),
            frame=scores(run).reset_index()[["iso3", *_SCORES]],
            fields=(
                Field("iso3", "string", "ISO 3166-1 alpha-3 code; XKK is Kosovo", "", _CODE),
                *(
                    Field(name, "number", f"Points for {words}", "points", _upto(most))
                    for name, (most, words) in _SCORES.items()
                ),
            ),
            key=("iso3",),
            slugs=(_SLUG,),
        )
    ]


_CODE = {"pattern": "[A-Z]{3}"}


def _upto(most: float) -> dict[str, float]:
    return {"minimum": 0, "maximum": most}
