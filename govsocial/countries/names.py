"""What the places of the book are called, and whose every code and name of the tables is.

Short names are those of Unicode's CLDR in the language of the edition, official names those of ISO
3166-1 (through pycountry). Where these would be misread, the tables below hold another one, with
the reason; their words are translated with the rest of the module's.

References
----------
Unicode Consortium, *Common Locale Data Repository*, territories.
ISO 3166-1, *Codes for the representation of names of countries and their subdivisions*, part 1.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from functools import cache
from typing import Any

import pycountry
from babel.core import Locale

from govsocial.countries.places import ADDRESSES
from govsocial.language import SOURCE, language, locale, translation

_ = translation(__name__)

_APART = ";"


class UnknownPlaceError(KeyError):
    """A table names a place that this module does not know."""


def _short() -> dict[str, str]:
    """Return short names that differ from CLDR's, by code."""
    return {
        # CLDR tells the two by their capitals, which readers would have to know.
        "COD": _("Democratic Republic of the Congo"),
        "COG": _("Republic of the Congo"),
        # CLDR puts the former name behind the present one; it is among the other names here.
        "MMR": _("Myanmar"),
        # The observer of the United Nations is the State of Palestine, not its territories.
        "PSE": _("Palestine"),
        # The sources count the Holy See, which speaks and is spoken to, not the city.
        "VAT": _("Holy See"),
    }


def _official() -> dict[str, str]:
    """Return official names that differ from ISO's as packed, by code; empty: none."""
    return {
        # Out of date in ISO's list, or never the name of the state.
        "BIH": "",
        "ERI": _("State of Eritrea"),
        "HUN": "",
        "KIR": "",
        "LBY": _("State of Libya"),
        "MMR": _("Republic of the Union of Myanmar"),
        "MNE": "",
        "NPL": "",
        "PSE": _("State of Palestine"),
        "RUS": _("Russian Federation"),
        "RWA": _("Republic of Rwanda"),
        "URY": _("Oriental Republic of Uruguay"),
        # Their Italian, as packed, is wrong.
        "BRA": _("Federative Republic of Brazil"),
        "SSD": _("Republic of South Sudan"),
        # ISO's entry takes a side in a dispute.
        "TWN": "",
    }


def _others() -> dict[str, str]:
    """Return other and former names, parted by semicolons, by code."""
    return {
        # Translators: other and former names of a country, as readers would look for it; parted
        # by "; ". Leave out what your language does not have, add what it has.
        "ARE": _("Emirates; UAE"),
        "BEN": _("Dahomey"),
        "BFA": _("Upper Volta"),
        "BHS": _("The Bahamas"),
        "BIH": _("Bosnia"),
        "BLR": _("Byelorussia; White Russia"),
        "BRN": _("Brunei Darussalam"),
        "CAF": _("Central Africa"),
        "CHN": _("PRC"),
        "CIV": _("Ivory Coast"),
        "COD": _("Congo-Kinshasa; DR Congo; DRC; Zaire"),
        "COG": _("Congo-Brazzaville"),
        "CPV": _("Cabo Verde"),
        "CZE": _("Czech Republic"),
        "ETH": _("Abyssinia"),
        "FSM": _("Federated States of Micronesia"),
        "GBR": _("Britain; Great Britain; UK"),
        "GMB": _("The Gambia"),
        "IRL": _("Republic of Ireland"),
        "IRN": _("Persia"),
        "KGZ": _("Kirghizia"),
        "KHM": _("Kampuchea"),
        "KNA": _("Saint Kitts and Nevis"),
        "KOR": _("Korea, South; Republic of Korea"),
        "LAO": _("Lao People's Democratic Republic"),
        "LCA": _("Saint Lucia"),
        "LKA": _("Ceylon"),
        "MKD": _("Macedonia"),
        "MMR": _("Burma"),
        "NLD": _("Holland"),
        "PRK": _("DPRK; Korea, North"),
        "PSE": _("Palestinian Territories"),
        "RUS": _("Russian Federation"),
        "SWZ": _("Swaziland"),
        "SYR": _("Syrian Arab Republic"),
        "THA": _("Siam"),
        "TLS": _("East Timor"),
        "TUR": _("Turkey"),
        "TWN": _("Chinese Taipei; Formosa"),
        "USA": _("America; US; USA"),
        "VAT": _("Vatican; Vatican City"),
        "VCT": _("Saint Vincent and the Grenadines"),
        "VNM": _("Viet Nam"),
        "WSM": _("Western Samoa"),
        "ZMB": _("Northern Rhodesia"),
        "ZWE": _("Rhodesia"),
    }


def _sought() -> dict[str, str]:
    """Return what readers type who look for a place, though it is not its name, by code."""
    return {
        # Translators: parts of a country, and ways to type its name; parted by "; ".
        "GBR": _("England; Northern Ireland; Scotland; Wales"),
        "STP": _("Sao Tome"),
    }


# What tables call a place, where it is no code of ISO's.
_CODES = {
    "XKK": "XKX",  # the World Bank's code of Kosovo
    "XK": "XKX",
    "XPS": "PSE",  # the shutdowns' code of Palestine as one place
}

_SPELLINGS = {
    "Burma/Myanmar": "MMR",
    "Congo": "COG",
    "Cote d'Ivoire": "CIV",
    "Czech Republic": "CZE",
    "Democratic Republic of the Congo": "COD",
    "Ivory Coast": "CIV",
    "Korea": "KOR",
    "Macedonia": "MKD",
    "Palestine": "PSE",
    "Republic of the Congo": "COG",
    "Swaziland": "SWZ",
    "The Bahamas": "BHS",
    "The Gambia": "GMB",
    "Turkey": "TUR",
    "United States of America": "USA",
}

# Codes and names of the tables that are no page's, and the place that governs them, if one does.
_PARTS = {
    "Abkhazia GE-AB": "",
    "Alderney GG-ALD": "GBR",
    "Northern Cyprus CY-TRNC": "",
    "Northern Ireland GB-NIR": "GBR",
    "Nagorno-Karabakh AZ--NK": "",
    "Sark GG-SRK": "GBR",
    "Scotland GB-SCT": "GBR",
    "South Ossetia X-SO": "",
    "Somaliland SML SO-SOM": "SOM",
    "Transnistria MD-PMR": "",
    "Wales GB-WLS": "GBR",
    "Zanzibar ZZB": "TZA",
    # V-Dem rates the two apart: PSE is its West Bank, not Palestine (see facts).
    "Palestine/Gaza PSG": "PSE",
    "Palestine/West Bank": "PSE",
    "Channel Islands CHI": "GBR",
}
_TERRITORIES = {
    "AUS": "CC HM NF",
    "CHN": "HK MO",
    "DNK": "FO GL",
    "FIN": "AX",
    "FRA": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GBR": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NLD": "AW BQ CW SX",
    "NOR": "BV SJ",
    "NZL": "CK NU TK",
    "USA": "AS GU MP PR UM VI",
    "": "AQ EH",
}
NO_PLACES = {
    "EU",
    "EUROPOL",
    "INT",
    "INTERPOL",
    "NATO",
    "ZZ",
    "not stated",
    "others",
}
"""Codes of tables that are no country's or territory's: of bodies, and where none is named."""


def _entry(**code: Any) -> Any:
    """Return what ISO 3166-1 says of a code that is in it."""
    return pycountry.countries.get(**code)


@cache
def _parts() -> dict[str, str]:
    """Return the place that governs what has no page, by all its codes and names."""
    found: dict[str, str] = {}
    for words, place in _PARTS.items():
        name, *codes = re.split(r" (?=[A-Z]{2,}(?:-|$| ))| (?=X-SO)", words)
        found |= dict.fromkeys([name, *codes], place)
    for place, codes_of in _TERRITORIES.items():
        for alpha2 in codes_of.split():
            entry = _entry(alpha_2=alpha2)
            found |= dict.fromkeys([alpha2, entry.alpha_3, entry.name], place)
    return found


@cache
def _known() -> dict[str, str]:
    """Return the places by their codes of two letters in use, and by their English names.

    Aliases of former codes, which CLDR has as well, would make the Soviet Union of Russia.
    """
    english = Locale.parse(locale(SOURCE)).territories
    found: dict[str, str] = {}
    for code in ADDRESSES:
        two = alpha2(code)
        found |= dict.fromkeys([two, english[two], english[two].replace(" & ", " and ")], code)
        if code != "XKX":
            found[_entry(alpha_3=code).name] = code
    return found


def resolve(word: str) -> str | None:
    """Return the place that a code or name of a table stands for.

    Parameters
    ----------
    word
        ISO 3166-1 code of two or three letters, or what the tables have in its place.

    Returns
    -------
    str or None
        Code of a place with a page; None for parts of such places, for organisations and for what
        stands for nobody in particular.

    Raises
    ------
    UnknownPlaceError
        If the word is none of these.

    >>> resolve("RU"), resolve("Burma/Myanmar"), resolve("HKG")
    ('RUS', 'MMR', None)
    """
    if word in ADDRESSES:
        return word
    if code := _CODES.get(word) or _SPELLINGS.get(word):
        return code
    if word in NO_PLACES or word in _parts():
        return None
    if code := _known().get(word):
        return code
    raise UnknownPlaceError(
        f"no place is called '{word}'; if it has a page, add the word to _CODES or _SPELLINGS "
        f"in {__name__}, else to _PARTS or NO_PLACES"
    )


def governed_by(word: str) -> str:
    """Return the place that governs one without a page, empty if none does.

    >>> governed_by("HKG")
    'CHN'
    """
    return _parts().get(word, "")


def counted_apart(code: str) -> list[str]:
    """Return the parts of a place that the book's sources count by themselves.

    >>> counted_apart("CHN")
    ['Hong Kong', 'Macao']
    """
    return {
        "CHN": [_("Hong Kong"), _("Macao")],
        "FIN": [_("Åland")],
        "FRA": [_("New Caledonia"), _("French Guiana"), _("Guadeloupe"), _("Réunion")],
        "GBR": [_("Bermuda"), _("Gibraltar"), _("Isle of Man")],
        "NLD": [_("Curaçao")],
        "NZL": [_("Cook Islands"), _("Tokelau")],
        "SOM": [_("Somaliland")],
        "TZA": [_("Zanzibar")],
        "USA": [_("Guam"), _("Puerto Rico"), _("US Virgin Islands")],
    }.get(code, [])


@cache
def alpha2(code: str) -> str:
    """Return the code of two letters that CLDR uses for a place."""
    return "XK" if code == "XKX" else str(_entry(alpha_3=code).alpha_2)


def short(code: str) -> str:
    """Return the short name of a place in the language of the edition.

    >>> short("MMR"), short("ATG")
    ('Myanmar', 'Antigua and Barbuda')
    """
    name = _short().get(code) or str(Locale.parse(locale()).territories[alpha2(code)])
    return name.replace(" & ", " and ") if language() == SOURCE else name


def official(code: str) -> str:
    """Return the official name of a place, empty where the short name is all there is.

    >>> official("ITA"), official("HUN")
    ('Italian Republic', '')
    """
    own = _official()
    name = own[code] if code in own else _iso(code)
    return "" if sort_key(name) == sort_key(short(code)) else name


def _iso(code: str) -> str:
    """Return the official name of ISO 3166-1 in the language of the edition, if there is one."""
    name = getattr(_entry(alpha_3=code), "official_name", "")
    if not name or language() == SOURCE:
        return str(name)
    words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language()], fallback=True)
    return words.gettext(name).replace("'", "’")


def others(code: str) -> list[str]:
    """Return other and former names of a place.

    >>> others("NLD")
    ['Holland']
    """
    said = {sort_key(short(code)), sort_key(official(code)), ""}
    found: dict[str, str] = {}
    for name in _others().get(code, "").split(_APART):
        # A language may use one of them as the short name, or the official one.
        if (key := sort_key(name.strip())) not in said:
            found.setdefault(key, name.strip())
    return list(found.values())


def sought(code: str) -> list[str]:
    """Return what a search finds a place by, and its page does not call it.

    >>> sought("GBR")
    ['England', 'Northern Ireland', 'Scotland', 'Wales']
    """
    return [name.strip() for name in _sought().get(code, "").split(_APART) if name.strip()]


def sort_key(name: str) -> str:
    """Return what sorts a name as a dictionary does: without accents, signs and capitals.

    >>> sorted(["Zambia", "Åland", "Côte d’Ivoire", "Costa Rica"], key=sort_key)
    ['Åland', 'Costa Rica', 'Côte d’Ivoire', 'Zambia']
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z ]", "", plain)


def in_order() -> list[str]:
    """Return the codes of all places by the alphabet of the edition's language."""
    return sorted(ADDRESSES, key=lambda code: sort_key(short(code)))
