"""List of the US federal Social Media Registry, April 2012: the accounts of missions abroad."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_COLUMNS = ["info_url", "organisation", "agency", "service_url", "language", "tags"]

# Posts abroad carry three tags: "City - Country, region, kind".
_TAGS = r"^(?P<city>.+) - (?P<country>.*), (?P<region>.*), (?P<kind>.*)$"
_UNKNOWN = "not stated"

_REGIONS = {
    "af": "Africa",
    "eap": "East Asia and Pacific",
    "eur": "Europe and Eurasia",
    "nea": "Near East",
    "sca": "South and Central Asia",
    "wha": "Western Hemisphere",
    "other": "other",
    "": _UNKNOWN,
}
_KINDS = {
    "embassy": "embassy",
    "consulate": "consulate",
    "mission": "mission",
    "american-corner": "cultural centre",
    "irc": "information centre",
    "foreign-other": "other",
    "personal": "ambassador",
    "": _UNKNOWN,
}
_PLATFORMS = {"facebook.com": "Facebook", "twitter.com": "Twitter", "youtube.com": "YouTube"}

# Consulates general that the list tags as embassies: the embassies are in the capitals.
_NO_EMBASSY = ("Istanbul", "Monterrey")

# One city is spelled in two ways.
_CITIES = {"Ha Noi": "Hanoi"}

# Two cities stand under a country that does not govern them, or from which other sources of the
# book count them apart.
_COUNTRIES = {"Belfast": "United Kingdom", "Hong Kong": "Hong Kong"}


def build(run: Run) -> list[Table]:
    """Return the table ``us_diplomatic_accounts_2012``."""
    listed = read(run)
    keys = [field.name for field in _FIELDS[:-1]]
    frame = (
        _abroad(listed).groupby(keys, as_index=False, dropna=False).size().sort_values(keys)
    ).rename(columns={"size": "accounts"})
    return [
        Table(
            name="us_diplomatic_accounts_2012",
            title="Accounts of US diplomatic missions, list of April 2012",
            description=(
                "Accounts of US embassies, consulates, missions and their information and cultural "
                "centres abroad, as the General Services Administration and its contractors "
                "listed them to start the federal Social Media Registry: counts by platform and "
                "place. The accounts of the State Department's offices at home are left out. "
                "From a list under the MIT licence, copyright 2012 Captura Group."
            ),
            frame=frame,
            fields=_FIELDS,
            key=("platform", "region", "city", "kind"),
            slugs=("us-gov-registry-2012",),
            caveats=(
                "Places, regions and kinds are the list's own, but for the consulates general in "
                "Istanbul and Monterrey, which it calls embassies, and for those in Belfast, which "
                "it puts in Ireland, and in Hong Kong, which is counted apart from China here.",
                "An address that stands twice (case, www and http ignored) counts once.",
            ),
        )
    ]


_FIELDS = (
    Field(
        "platform",
        "string",
        "Platform of the accounts",
        constraints={"required": True, "enum": list(_PLATFORMS.values())},
    ),
    Field(
        "region",
        "string",
        "Region, in the State Department's division of the world",
        constraints={"required": True, "enum": list(_REGIONS.values())},
    ),
    Field(
        "country",
        "string",
        "Country of the city, as the list names it; empty for Jerusalem",
    ),
    Field("city", "string", "City, as the list names it", constraints={"required": True}),
    Field(
        "kind",
        "string",
        "Kind of mission",
        constraints={"required": True, "enum": list(_KINDS.values())},
    ),
    Field("accounts", "integer", "Accounts listed", "accounts", {"minimum": 1, "maximum": 10}),
)


def read(run: Run) -> pd.DataFrame:
    """Return the list with a column ``address``: no case, scheme, ``www`` or final slash."""
    path = run.raw("us-gov-registry-2012", "db/raw_data/accounts.csv")
    listed = pd.read_csv(path, names=_COLUMNS, keep_default_na=False)
    address = (
        listed["service_url"]
        .str.strip()
        .str.lower()
        .str.replace(r"^(https?://)?(www\.)?", "", regex=True)
        .str.rstrip("/")
    )
    return listed.assign(address=address)


def _abroad(listed: pd.DataFrame) -> pd.DataFrame:
    """Return one row per distinct address of a mission."""
    address = listed["address"]
    place = listed["tags"].str.extract(_TAGS).apply(lambda column: column.str.strip())
    abroad = (listed["agency"] == "state") & place["city"].notna()
    posts = pd.DataFrame(
        {
            "platform": address.str.split("/").str[0].map(_PLATFORMS),
            "region": place["region"].map(_REGIONS),
            "country": place["country"].replace("", None),
            "city": place["city"].replace(_CITIES),
            "kind": place["kind"].map(_KINDS),
        }
    )
    wrong = posts["city"].isin(_NO_EMBASSY) & (posts["kind"] == "embassy")
    posts["kind"] = posts["kind"].mask(wrong, "consulate")
    posts["country"] = posts["city"].map(_COUNTRIES).fillna(posts["country"])
    chosen: pd.DataFrame = posts[abroad & ~address.where(abroad).duplicated()]
    return chosen
