"""The languages of the accounts on Canada's federal list, by platform and body."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources.gc_socials import PLATFORMS, SLUG
from pipeline.table import Field, Table

_LANGUAGES = {
    "english": "English",
    "français": "French",
    "bilingual": "both",
    "bilingue": "both",
}


def build(run: Run) -> list[Table]:
    """Return the table ``canada_languages``."""
    rows = pd.read_csv(run.raw(SLUG, "sm.csv"))
    frame = pd.DataFrame(
        {
            "platform": rows["Platform"].str.strip().str.casefold().map(PLATFORMS),
            "language": rows["Language"].str.strip().str.casefold().map(_LANGUAGES),
        }
    )
    counts = frame.fillna({"platform": "other"}).groupby(["platform", "language"]).size()
    return [
        Table(
            name="canada_languages",
            title="Languages of the accounts on the Canadian government's list, August 2026",
            description=(
                "The 1,865 entries of the federal government's public list of its social media "
                "accounts, as a script in the repository of Pat Little last read it, by platform "
                "and by the language that the list states."
            ),
            frame=counts.reset_index(name="accounts"),
            fields=_FIELDS,
            key=("platform", "language"),
            slugs=(SLUG,),
            caveats=(
                "The language is what the list says of the account; nobody read the posts.",
                "Federal bodies must serve the public in both languages: two accounts, one in "
                "each language, are the rule on some platforms, one in both on others.",
            ),
        )
    ]


_FIELDS = (
    Field(
        "platform",
        "string",
        "Platform, its spellings folded",
        constraints={"required": True, "enum": [*dict.fromkeys(PLATFORMS.values()), "other"]},
    ),
    Field(
        "language",
        "string",
        "Language that the list states",
        constraints={"required": True, "enum": ["English", "French", "both"]},
    ),
    Field("accounts", "integer", "Entries of the list", "accounts", {"minimum": 1}),
)
