"""What others measured: studies of trust, answers and participation, one row per study."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_ROWS = Path(__file__).resolve().parents[1] / "effect_studies.csv"
_OUTCOMES = ["trust", "answers", "participation"]
_CHANNELS = ["social media", "web forum", "e-mail", "text message", "app", "complaints"]
_DESIGNS = ["survey", "panel", "time series", "experiment"]
_DIRECTIONS = ["positive", "negative", "mixed", "none"]


def build(_run: Run) -> list[Table]:
    """Return the table ``effect_studies``."""
    frame = pd.read_csv(_ROWS, dtype={"sample": "Int64"})
    return [
        Table(
            name="effect_studies",
            title="Studies of what official communication does to trust, answers and participation",
            description=(
                "Published studies that measured whether citizens trust an office more, are "
                "answered, or take part: where, of how many, by which design, and what was found."
            ),
            frame=frame.sort_values("citation")[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("citation",),
            slugs=("effect-studies",),
            caveats=(
                "The direction is that of the abstract's main sentence: positive, where more "
                "contact or a better invitation goes with more trust, answers or taking part.",
                "An empty sample means that the abstract does not state it.",
            ),
        )
    ]


def _words(name: str, description: str, allowed: list[str]) -> Field:
    return Field(name, "string", description, "", {"required": True, "enum": allowed})


_FIELDS = (
    Field("citation", "string", "Key of the work in the bibliography", "", {"required": True}),
    Field("year", "integer", "Year of publication", "year", {"minimum": 2009}),
    Field("country", "string", "Country of those who were studied", "", {"required": True}),
    _words("outcome", "What was measured", _OUTCOMES),
    _words("channel", "How citizens and office met", _CHANNELS),
    _words("design", "How the study was made", _DESIGNS),
    Field("sample", "integer", "How many were studied", "as in the column unit", {"minimum": 1}),
    Field("unit", "string", "What the sample counts"),
    _words("direction", "Direction of the main finding", _DIRECTIONS),
    Field("finding", "string", "What was found, in one sentence of ours", "", {"required": True}),
)
