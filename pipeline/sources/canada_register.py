"""Canada's register of federal accounts in August 2026: the sites its addresses point to."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "gc-socials-canada"

# A spelling error of the register, and the former name of a platform.
_SPELLINGS = {"intagram": "Instagram", "twitter": "X"}
_NAMES = ("Facebook", "Flickr", "Instagram", "LinkedIn", "X", "YouTube")


def build(run: Run) -> list[Table]:
    """Return the table ``canada_register_sites``."""
    listed = pd.read_csv(run.raw(_SLUG, "sm.csv"), keep_default_na=False)
    names = {name.lower(): name for name in _NAMES} | _SPELLINGS
    site = listed["URL"].str.lower().str.extract(r"^(?:https?://)?(?:www\.|ca\.)?([^/]+)")[0]
    rows = pd.DataFrame(
        {"platform": listed["Platform"].str.strip().str.lower().map(names), "site": site}
    )
    keys = ["platform", "site"]
    frame = rows.groupby(keys, as_index=False, dropna=False).size()
    return [
        Table(
            name="canada_register_sites",
            title="Sites that Canada's register of federal accounts points to, August 2026",
            description=(
                "Accounts in the Government of Canada's list of its social media accounts on "
                "22 August 2026, in Pat Little's copy, by the platform named and by the site to "
                "which the address points."
            ),
            frame=frame.rename(columns={"size": "accounts"}).sort_values(keys),
            fields=(
                Field(
                    "platform",
                    "string",
                    "Platform, as the list says",
                    constraints={"required": True, "enum": list(_NAMES)},
                ),
                Field("site", "string", "Site in the address", constraints={"required": True}),
                Field("accounts", "integer", "Accounts listed", "accounts", {"minimum": 1}),
            ),
            key=tuple(keys),
            slugs=(_SLUG,),
        )
    ]
