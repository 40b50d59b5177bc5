"""Sweden's missions abroad: where they are, and the last post of their accounts on X."""

from __future__ import annotations

import re

from pipeline.run import Run
from pipeline.sources import politix_sweden
from pipeline.table import Field, Table

# The first pattern that fits names the kind.
_KINDS = {
    "embassy": "ambassad",
    "consulate": "[Gg]eneralkonsulat|konsulat",
    "permanent mission": "representation|delegation",
}

# Host country, by the end of the Swedish name of the post.
_HOSTS = {
    "ARE": "Abu Dhabi",
    "NGA": "Abuja",
    "ETH": "Addis Abeba",
    "DZA": "Alger",
    "JOR": "Amman",
    "TUR": "Ankara|Istanbul",
    "KAZ": "Astana",
    "GRC": "Aten",
    "IRQ": "Bagdad",
    "AZE": "Baku",
    "MLI": "Bamako",
    "THA": "Bangkok",
    "LBN": "Beirut",
    "SRB": "Belgrad",
    "DEU": "Berlin",
    "CHE": "Bern|Genève",
    "COL": "Bogotá",
    "BRA": "Brasília",
    "BEL": "Bryssel|EU-representation|Nato",
    "HUN": "Budapest",
    "ARG": "Buenos Aires",
    "ROU": "Bukarest",
    "AUS": "Canberra",
    "MDA": "Chișinău",
    "SYR": "Damaskus",
    "TZA": "Dar es-Salaam",
    "BGD": "Dhaka",
    "QAT": "Doha",
    "GTM": "Guatemala City",
    "NLD": "Haag",
    "VNM": "Hanoi",
    "ZWE": "Harare",
    "CUB": "Havanna",
    "FIN": "Helsingfors|Mariehamn",
    "HKG": "Hongkong",
    "PAK": "Islamabad",
    "IDN": "Jakarta",
    "ARM": "Jerevan",
    "AFG": "Kabul",
    "EGY": "Kairo",
    "UGA": "Kampala",
    "SDN": "Khartoum",
    "UKR": "Kiev",
    "RWA": "Kigali",
    "COD": "Kinshasa",
    "MYS": "Kuala Lumpur",
    "DNK": "Köpenhamn",
    "BOL": "La Paz",
    "PRT": "Lissabon",
    "GBR": "London",
    "ZMB": "Lusaka",
    "ESP": "Madrid",
    "PHL": "Manila",
    "MOZ": "Maputo",
    "MEX": "Mexico City",
    "BLR": "Minsk",
    "LBR": "Monrovia",
    "RUS": "Moskva|Sankt Petersburg",
    "IND": "Mumbai|New Delhi",
    "KEN": "Nairobi",
    "CYP": "Nicosia",
    "NOR": "Oslo",
    "CAN": "Ottawa",
    "BFA": "Ouagadougou",
    "FRA": "Paris|Europarådet|\\(Unesco\\)",
    "CHN": "Peking|Shanghai",
    "CZE": "Prag",
    "ZAF": "Pretoria",
    "XKX": "Pristina",
    "PRK": "Pyongyang",
    "MAR": "Rabat",
    "ISL": "Reykjavik",
    "LVA": "Riga",
    "SAU": "Riyadh",
    "ITA": "Rom",
    "CHL": "Santiago de Chile",
    "BIH": "Sarajevo",
    "KOR": "Seoul",
    "SGP": "Singapore",
    "MKD": "Skopje",
    "SWZ": "Eswatini",
    "EST": "Tallinn",
    "GEO": "Tbilisi",
    "IRN": "Teheran",
    "ISR": "Tel Aviv",
    "ALB": "Tirana",
    "JPN": "Tokyo",
    "TUN": "Tunis",
    "LTU": "Vilnius",
    "POL": "Warszawa",
    "USA": "Washington|New York|FN-representation",
    "AUT": "Wien|samarbete i Europa",
    "HRV": "Zagreb",
}


def build(run: Run) -> list[Table]:
    """Return the table ``swedish_missions``."""
    bodies = politix_sweden.build(run)[0].frame
    missions = bodies[bodies["kind"] == "mission"]
    frame = missions.assign(
        kind=missions["body"].map(lambda body: _first(_KINDS, body)),
        host=missions["body"].map(lambda body: _first(_HOSTS, body, end="$")),
    )
    return [
        Table(
            name="swedish_missions",
            title="Sweden's missions on X and their last post, February 2026",
            description=(
                "The 107 Swedish embassies, consulates and permanent missions that Wikidata "
                "held on 7 February 2026, with the state of the X account that Wikidata names for "
                "them and the day (UTC) of its last post or reply, read that morning by a script "
                "in the repository of Pierre Mesure."
            ),
            frame=frame[[field.name for field in _FIELDS]].sort_values("body"),
            fields=_FIELDS,
            key=("body",),
            slugs=(politix_sweden.SLUG,),
            caveats=(
                "Kind and host country are derived here from the Swedish name. Wikidata may hold "
                "missions that are closed, and lack others.",
                "A post passed on counts as a post. Unread is an account without posts, or one "
                "whose reading failed.",
                "A closed account is gone or ended according to Wikidata: when is not known.",
            ),
        )
    ]


def _first(forms: dict[str, str], name: str, end: str = "") -> str | None:
    found = (key for key, form in forms.items() if re.search(f"(?:{form}){end}", name))
    return next(found, None)


_FIELDS = (
    Field("body", "string", "Name of the post, in Swedish", constraints={"unique": True}),
    Field(
        "kind",
        "string",
        "Kind of mission, by its name",
        constraints={"required": True, "enum": [*_KINDS]},
    ),
    Field(
        "host",
        "string",
        "ISO 3166-1 alpha-3 code of the country where the post is; XKX Kosovo; empty for Jerusalem",
        constraints={"pattern": "[A-Z]{3}"},
    ),
    Field(
        "state",
        "string",
        "dated: the last post has a date; closed; protected: hidden; unread: a handle, but no "
        "post was read; unlisted: Wikidata names no handle",
        constraints={"required": True, "enum": [*politix_sweden.STATES]},
    ),
    Field(
        "last_post",
        "date",
        "Day of the last post or reply (UTC)",
        constraints={"minimum": "2010-01-01", "maximum": "2026-02-07"},
    ),
)
