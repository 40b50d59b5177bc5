"""Members of Germany's parliaments and governments on the platforms, by party."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources.german_agencies import PLATFORMS, SLUG
from pipeline.table import Field, Table

_PARTIES = {
    "AfD": "AfD",
    "B90/GRÜNE": "Greens",
    "GRÜNE": "Greens",
    "BSW": "BSW",
    "CDU": "CDU",
    "CSU": "CSU",
    "FDP": "FDP",
    "LINKE": "Left",
    "SPD": "SPD",
}
_OTHERS = "others and none"


def build(run: Run) -> list[Table]:
    """Return the table ``german_members``."""
    raw = pd.read_csv(run.raw(SLUG, "prepared/members_by_party.csv"))
    frame = raw.assign(
        house=raw["parliament"],
        kind=raw["parliament"].map(_kind),
        party=raw["party"].str.strip().map(_PARTIES).fillna(_OTHERS),
        listed=raw["with_account"],
    )
    key = ["edition", "kind", "house", "party", "platform"]
    return [
        Table(
            name="german_members",
            title="Members of German parliaments and governments on five platforms, 2023–2026",
            description=(
                "Members of the Bundestag, sixteen parliaments of states, the German seats of the "
                "European Parliament and the governments of the federation and the states, with "
                "those for whom the Leibniz Institute for Media Research found an account, by "
                "party: 2,811, 2,807 and 2,700 people in three editions."
            ),
            frame=frame.groupby(key)[["members", "listed"]].sum().reset_index(),
            fields=_FIELDS,
            key=tuple(key),
            slugs=(SLUG,),
            caveats=(
                "The Bundestag of March 2026 is the one elected in 2025, those before are that "
                "elected in 2021; the list holds 615 of its 630 members.",
                "A member who sits in a government is listed with the government.",
                "Parties outside the eight named ones, and members of none, are one group.",
            ),
        )
    ]


def _kind(house: str) -> str:
    return "government" if house.startswith("Kabinett ") else "parliament"


_COUNT = {"required": True, "minimum": 0}
_FIELDS = (
    Field(
        "edition",
        "string",
        "Edition of the list",
        constraints={"required": True, "enum": ["2023-04", "2024-12", "2026-03"]},
    ),
    Field(
        "kind",
        "string",
        "Parliament or government",
        constraints={"enum": ["government", "parliament"]},
    ),
    Field("house", "string", "Parliament or government, in German", constraints={"required": True}),
    Field(
        "party",
        "string",
        "Party of the members",
        constraints={"enum": [*dict.fromkeys(_PARTIES.values()), _OTHERS]},
    ),
    Field("platform", "string", "Name of the platform", constraints={"enum": [*PLATFORMS]}),
    Field("members", "integer", "Members of that party in that house", "people", _COUNT),
    Field("listed", "integer", "Of these, members with an account", "people", _COUNT),
)
