"""Canada's federal list of social media accounts, counted every day by a volunteer's script."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

SLUG = "gc-socials-canada"

# Days on which the script counted the list twice, several times or by half.
_MISCOUNTED = (
    "2024-10-24",
    "2024-10-25",
    "2025-09-26",
    "2025-09-27",
    "2025-11-02",
    "2026-02-15",
    "2026-03-28",
    "2026-06-01",
)
# On that day half the list was missing; the script took it for deletions.
_FALSE_BURST = "2026-06-01"

PLATFORMS = {
    "x": "X",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "intagram": "Instagram",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "flickr": "Flickr",
}

# The list names each body in the language of the account.
_DEPARTMENTS = {
    "Affaires mondiales Canada": "Global Affairs Canada",
    "Agence canadienne d'inspection des aliments": "Canadian Food Inspection Agency",
    "Agence des services frontaliers du Canada": "Canada Border Services Agency",
    "Bureau du Conseil privé": "Privy Council Office",
    "Commission d'examen des plaintes concernant la police militaire du Canada": (
        "Military Police Complaints Commission of Canada"
    ),
    "Emploi et Développement social Canada": "Employment and Social Development Canada",
    "Environnement et Changement climatique Canada": "Environment and Climate Change Canada",
    "Environnement et Changement Climatique Canada": "Environment and Climate Change Canada",
    "Environnement et changement climatique Canada": "Environment and Climate Change Canada",
    "Femmes et Égalité des genres Canada": "Women and Gender Equality Canada",
    "Patrimoine canadien": "Canadian Heritage",
    "Pêches et Océans Canada": "Fisheries and Oceans Canada",
    "Secrétariat du Conseil du Trésor du Canada": "Treasury Board of Canada Secretariat",
    "Services partagés Canada": "Shared Services Canada",
    "Treasury Board Secretariat": "Treasury Board of Canada Secretariat",
    "École de la fonction publique du Canada": "Canada School of Public Service",
}


def build(run: Run) -> list[Table]:
    """Return the tables ``canada_accounts`` and ``canada_x_removals``."""
    return [_accounts(run), _removals(run)]


def _accounts(run: Run) -> Table:
    counts = pd.read_csv(run.raw(SLUG, "platform_counts.csv"))
    platform = counts["Platform"].str.strip().str.casefold().map(PLATFORMS)
    counts = counts.assign(platform=platform.fillna("other"), date=counts["Date"])
    counts = counts[~counts["date"].isin(_MISCOUNTED)]
    frame = counts.groupby(["date", "platform"])["Count"].sum().reset_index(name="accounts")
    return Table(
        name="canada_accounts",
        title="Accounts on the Canadian government's list by day and platform, 2024–2026",
        description=(
            "Entries of the federal government's public list of its social media accounts, "
            "counted by platform on 660 days from 26 October 2024 to 22 August 2026 by a script "
            "in the repository of Pat Little. English and French accounts are separate entries."
        ),
        frame=frame,
        fields=_ACCOUNTS,
        key=("date", "platform"),
        slugs=(SLUG,),
        caveats=(
            "An entry of the list, not activity: a listed account can be silent.",
            "Eight days that the script counted twice, several times or by half are left out.",
        ),
    )


def _removals(run: Run) -> Table:
    removed = pd.read_csv(run.raw(SLUG, "deleted_rows.csv"))
    real = (removed["Date Deleted"] != _FALSE_BURST) & (removed["Platform"].str.casefold() == "x")
    frame = removed[real].assign(
        date=removed["Date Deleted"], department=removed["Department"].replace(_DEPARTMENTS)
    )
    return Table(
        name="canada_x_removals",
        title="X accounts taken off the Canadian government's list, by day and department",
        description=(
            "Entries for X that were in the federal list on one day and not on the next, from "
            "15 November 2024 to 13 August 2026, counted by department."
        ),
        frame=frame.groupby(["date", "department"]).size().reset_index(name="removed"),
        fields=_REMOVALS,
        key=("date", "department"),
        slugs=(SLUG,),
        caveats=(
            "The false burst of 1 June 2026 is left out: all 814 entries were back a day later.",
            "An entry whose address was corrected counts as removed: five of the 87 accounts are "
            "in the list of 22 August 2026 again.",
        ),
    )


_ACCOUNTS = (
    Field("date", "date", "Day of the count", constraints={"required": True}),
    Field(
        "platform",
        "string",
        "Platform, its spellings folded; other is Snapchat and Reddit",
        constraints={"enum": [*dict.fromkeys(PLATFORMS.values()), "other"]},
    ),
    # A day counted twice would exceed the maximum.
    Field("accounts", "integer", "Entries of the list", "accounts", {"minimum": 1, "maximum": 800}),
)
_REMOVALS = (
    Field("date", "date", "First day without the entry", constraints={"required": True}),
    Field("department", "string", "Department, in English", constraints={"required": True}),
    Field("removed", "integer", "Entries removed", "accounts", {"minimum": 1, "maximum": 40}),
)
