"""Russian missions in a list of government accounts on Twitter of March 2022."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "russia-gov-likers-2022"

# Ministries, a president, a parliament, and a page for the country.
_HOME = ["kremlinrussia", "mid_rf", "mod_russia", "russia", "sovfedinfo"]
_MISSIONS = ["mission_russian", "natomission_ru", "russiaun"]

# What is added to a name for a second account in another language.
_LANGUAGES = r"(?:_ru|eng|r)$"
_KINDS = ("embassy", "permanent mission", "at home")


def build(run: Run) -> list[Table]:
    """Return the table ``russian_accounts_2022``."""
    handles = pd.read_csv(run.raw(_SLUG, "prepared/russian_gov_accounts_75.csv"))["handle"]
    stem = handles.str.replace(_LANGUAGES, "", regex=True)
    kind = pd.Series("embassy", handles.index).mask(handles.isin(_HOME), "at home")
    frame = pd.DataFrame(
        {
            "kind": kind.mask(handles.isin(_MISSIONS), "permanent mission"),
            "pattern": handles.str.startswith("rusemb"),
            "bodies": ~stem.isin(handles) | (stem == handles),
        }
    )
    counts = frame.groupby(["kind", "pattern"], as_index=False).agg(
        accounts=("bodies", "size"), bodies=("bodies", "sum")
    )
    return [
        Table(
            name="russian_accounts_2022",
            title="Russian government accounts on Twitter in a list of March 2022",
            description=(
                "The 75 accounts of Russian embassies, missions and bodies at home whose posts "
                "Timothy Graham looked at in March 2022, counted by kind and by whether "
                "the name begins with rusemb."
            ),
            frame=counts,
            fields=_FIELDS,
            key=("kind", "pattern"),
            slugs=(_SLUG,),
            caveats=(
                "The kind is read here from the name of the account. Two accounts whose names "
                "differ by a language only count as one body; a few names tell no place, so "
                "there may be fewer bodies.",
            ),
        )
    ]


_FIELDS = (
    Field("kind", "string", "Kind of body", constraints={"required": True, "enum": [*_KINDS]}),
    Field(
        "pattern",
        "boolean",
        "Whether the name of the account begins with rusemb",
        constraints={"required": True},
    ),
    Field("accounts", "integer", "Accounts in the list", "accounts", {"minimum": 1}),
    Field("bodies", "integer", "Bodies they belong to, at most", "bodies", {"minimum": 1}),
)
