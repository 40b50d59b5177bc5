"""Figures quoted in published prose: one number per row, with its text's address and citation."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.bibliography import fact_keys
from pipeline.run import Run
from pipeline.table import Field, Table

# Read while the book was written; the same columns as the registered file.
_ADDED = Path(__file__).resolve().parents[1] / "facts_added.csv"

# Days that another text knows better than the one quoted, and which text that is.
_DATES = {"F001": "2011-08"}
_DATED_BY = {
    "F001": "Counted in August 2011, by fact-breakinggov-2013; by the Council's release, in the "
    "third quarter."
}


def build(run: Run) -> list[Table]:
    """Return the table ``facts``.

    Raises
    ------
    ValueError
        If a text quoted in the facts has no entry in ``fact_sources.yml``.
    """
    # The values stay as they are written: 2.64 beside 105733356.
    files = (run.raw("facts", "facts.csv"), _ADDED)
    frame = pd.concat([pd.read_csv(path, dtype={"value": "str"}) for path in files])
    frame["date"] = frame["id"].map(_DATES).fillna(frame["date"])
    frame["note"] = frame["note"].str.cat(frame["id"].map(_DATED_BY), " ").fillna(frame["note"])
    frame = frame.assign(citation=_citations(frame["source_url"])).rename(
        columns={"source_url": "url"}
    )
    return [
        Table(
            name="facts",
            title="Figures on governments and social media quoted in published prose",
            description=(
                "Numbers that news agencies, ministries, companies and scholars published on "
                "governments, platforms and audiences, 2010–2025: one number per row, with a short "
                "quotation and the address of its text. What was counted, and of how many, is "
                "the publisher's choice and differs from row to row."
            ),
            frame=frame[[field.name for field in _FIELDS]].sort_values("id"),
            fields=_FIELDS,
            key=("id",),
            slugs=("facts",),
            caveats=("An empty value means that the text states no number.",),
        )
    ]


_FIELDS = (
    Field("id", "string", "Number of the fact", constraints={"pattern": "F[0-9]{3}"}),
    Field(
        "date",
        "string",
        "Day, month or year the number is for or was published; first/last year of a span",
        constraints={"pattern": r"\d{4}(-\d{2}(-\d{2})?|/\d{4})?", "required": True},
    ),
    Field("topic", "string", "What is counted, as a short name", constraints={"required": True}),
    Field(
        "subject",
        "string",
        "Country, person or group the number is about",
        constraints={"required": True},
    ),
    Field("value", "number", "The number", "as in the column unit", {"minimum": 0}),
    Field(
        "qualifier",
        "string",
        "Whether the text gives the number as exact or as a bound",
        constraints={
            "required": True,
            "enum": ["exact", "about", "more than", "almost", "at most", "all but one"],
        },
    ),
    Field("unit", "string", "What the value counts", constraints={"required": True}),
    Field(
        "denominator",
        "integer",
        "Of how many, where the text says so",
        "same things as the value or the rank",
        {"minimum": 1},
    ),
    Field("as_stated", "string", "Short quotation", constraints={"required": True}),
    Field("note", "string", "What a reader of the number has to know"),
    Field("citation", "string", "BibTeX key of the text", constraints={"pattern": "fact-.+"}),
    Field("url", "string", "Address of the text", constraints={"required": True}),
)


def _citations(urls: pd.Series[str]) -> pd.Series[str]:
    keys = fact_keys()
    if missing := sorted(set(urls) - set(keys)):
        raise ValueError(f"pipeline/fact_sources.yml has no entry for {', '.join(missing)}")
    return urls.map(keys)
