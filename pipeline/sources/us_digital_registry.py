"""The US federal register of accounts in 2012 and 2017: its size, its dates, its dead links."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

from pipeline.run import Run
from pipeline.sources import us_gov_registry
from pipeline.table import Field, Table

_SLUG, _SEED = "us-digital-registry-2017", "us-gov-registry-2012"

_PLATFORMS = {
    "facebook.com": "Facebook",
    "twitter.com": "Twitter",
    "youtube.com": "YouTube",
    "flickr.com": "Flickr",
}
_OTHER = "other"

# What a name tells of its owner; the first that fits counts.
_KINDS = {
    "study and exchange": "educationusa|edusa|fulbright",
    "embassy or consulate": "embas|usemb|consul|congen|botschaft|ambassade|usmission",
    "park or refuge": "nps|park|refuge|nwr|usfws|monument|wildlife|hatchery|forest",
}


def build(run: Run) -> list[Table]:
    """Return four tables: the register of 2012, and agencies, links and dates of 2017."""
    seed = us_gov_registry.read(run).drop_duplicates("address")
    checked = _checked(run)
    return [
        _seed_table(seed, checked, _agency_names(run)),
        _agency_table(_decoded(run, "USDR_agencies.txt")),
        _link_table(seed, checked),
        _commerce_table(_decoded(run, "DOC_accts.txt")),
    ]


def _decoded(run: Run, name: str) -> Any:
    return json.loads(run.raw(_SLUG, f"data/{name}").read_text("utf-8"))


def _checked(run: Run) -> pd.DataFrame:
    """Return the Facebook addresses of 2017: their name and whether Facebook knew a page."""
    # The file is a JSON string that itself holds JSON.
    frame = pd.DataFrame(json.loads(_decoded(run, "Facebook_API_Results_by_URL.json")))
    return pd.DataFrame(
        {
            "written": frame["url"].str.removeprefix("https://www.facebook.com/"),
            "name": frame["url"].map(_name),
            "available": frame["is_valid"].astype(bool),
        }
    )


def _name(address: str) -> str:
    """Return what identifies a Facebook page in its address: its number, else its name.

    Facebook does not mind dots in a name; a number can follow the page's title.
    """
    last = address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    number = re.search(r"(?:^|-)(\d{6,})$", last)
    return number[1] if number else last.replace(".", "")


def _agency_names(run: Run) -> dict[str, str]:
    path = run.raw(_SEED, "db/raw_data/agencies.csv")
    agencies = pd.read_csv(path, names=["agency", "address", "code"])
    return dict(zip(agencies["code"], agencies["agency"].str.strip(), strict=True))


def _seed_table(seed: pd.DataFrame, checked: pd.DataFrame, names: dict[str, str]) -> Table:
    platform = seed["address"].str.split("/").str[0].map(_PLATFORMS).fillna(_OTHER)
    facebook = seed["address"].map(_name).where(platform == "Facebook")
    available = set(checked.loc[checked["available"], "name"])
    rows = pd.DataFrame(
        {
            "agency": seed["agency"].map(names).fillna("several agencies"),
            "platform": platform,
            "listed_2017": facebook.isin(set(checked["name"])),
            "available_2017": facebook.isin(available),
        }
    )
    keys = ["agency", "platform"]
    frame = rows.groupby(keys).agg(
        accounts=("listed_2017", "size"),
        listed_2017=("listed_2017", "sum"),
        available_2017=("available_2017", "sum"),
    )
    frame = frame.astype("Int64").reset_index()
    # Of the other platforms no list of 2017 is known.
    frame.loc[frame["platform"] != "Facebook", ["listed_2017", "available_2017"]] = pd.NA
    return Table(
        name="us_registry_2012",
        title="US federal accounts by agency and platform, seed list of April 2012",
        description=(
            "Distinct addresses of accounts of US federal agencies, at home and abroad, as the "
            "General Services Administration and its contractors listed them to start the federal "
            "Social Media Registry; for Facebook also how many of them were still in the register "
            "in June 2017, and how many of these Facebook then knew. From a list under the MIT "
            "licence, copyright 2012 Captura Group."
        ),
        frame=frame.sort_values(keys),
        fields=(
            Field("agency", "string", "Agency, as the list names it", "", {"required": True}),
            Field(
                "platform",
                "string",
                "Platform of the accounts",
                constraints={"required": True, "enum": [*_PLATFORMS.values(), _OTHER]},
            ),
            Field("accounts", "integer", "Distinct addresses", "accounts", {"minimum": 1}),
            Field(
                "listed_2017",
                "integer",
                "Facebook addresses that the register still held in June 2017",
                "accounts",
                {"minimum": 0},
            ),
            Field(
                "available_2017",
                "integer",
                "Facebook addresses still held, and known to Facebook, in June 2017",
                "accounts",
                {"minimum": 0},
            ),
        ),
        key=tuple(keys),
        slugs=(_SEED, _SLUG),
        caveats=(
            "Addresses of 2012 and 2017 are matched by the page's number or name, dots ignored; "
            "a page that changed its name in between counts as no longer listed.",
            _GATED,
        ),
    )


def _agency_table(agencies: list[dict[str, Any]]) -> Table:
    frame = pd.DataFrame(
        {
            "agency": [agency["name"].strip() for agency in agencies],
            "accounts": [agency["social_media_count"] for agency in agencies],
        }
    )
    return Table(
        name="us_registry_agencies_2017",
        title="US federal accounts by agency, US Digital Registry, June 2017",
        description=(
            "Accounts that each of the agencies in the US Digital Registry had registered, as its "
            "programming interface counted them in June 2017."
        ),
        frame=frame.sort_values("agency"),
        fields=(
            Field("agency", "string", "Agency, as the register names it", "", {"required": True}),
            Field("accounts", "integer", "Accounts registered", "accounts", {"minimum": 0}),
        ),
        key=("agency",),
        slugs=(_SLUG,),
        caveats=(
            "A department's count need not contain its bureaus'. One office can stand twice under "
            "two spellings (the patent office).",
            _SEVERAL,
        ),
    )


def _link_table(seed: pd.DataFrame, checked: pd.DataFrame) -> Table:
    twitter = seed["address"].str.extract(r"^twitter\.com/(?:#!/)?@?([^/?]+)")[0].dropna()
    facebook = seed.loc[seed["address"].str.startswith("facebook.com/"), "address"]
    keys = ["kind", "in_2012", "underscore", "twitter_name"]
    rows = pd.DataFrame(
        {
            "kind": _kind(checked["written"]),
            "in_2012": checked["name"].isin(set(facebook.map(_name))),
            "underscore": checked["name"].str.contains("_"),
            "twitter_name": checked["written"].isin(set(twitter)),
            "unavailable": ~checked["available"],
        }
    )
    frame = rows.groupby(keys, as_index=False).agg(
        addresses=("unavailable", "size"), unavailable=("unavailable", "sum")
    )
    return Table(
        name="us_facebook_links_2017",
        title="Facebook addresses in the US Digital Registry, checked in June 2017",
        description=(
            "Facebook addresses that the US Digital Registry held in June 2017, and how many of "
            "them Facebook's programming interface did not know when Abigail Bowman asked."
        ),
        frame=frame.sort_values(keys),
        fields=(
            Field(
                "kind",
                "string",
                "What a word in the address tells of its owner",
                constraints={"required": True, "enum": [*_KINDS, _OTHER]},
            ),
            Field("in_2012", "boolean", "The seed list of April 2012 holds the page, too"),
            Field(
                "underscore",
                "boolean",
                "The page's name has an underscore, which Facebook's names cannot have; an address "
                "that ends in the page's number has no name here",
            ),
            Field(
                "twitter_name",
                "boolean",
                "The page's name is that of a Twitter account in the seed list of April 2012",
            ),
            Field("addresses", "integer", "Addresses", "addresses", {"minimum": 1}),
            Field(
                "unavailable",
                "integer",
                "Addresses of which Facebook said that the page is not available",
                "addresses",
                {"minimum": 0},
            ),
        ),
        key=tuple(keys),
        slugs=(_SLUG, _SEED),
        caveats=(
            "The kind is guessed from words in the address; most addresses have none of them.",
            "A few addresses lost their end when the list was made (profile.php, group.php) and "
            "count as not available.",
            _GATED,
        ),
    )


_GATED = "A page that was 'not available' can also be closed to the asker's age or country."
_SEVERAL = "One account can count for several agencies, so that sums are not numbers of accounts."


def _kind(written: pd.Series[str]) -> pd.Series[str]:
    kind = pd.Series(_OTHER, index=written.index)
    for name, words in reversed(_KINDS.items()):
        kind = kind.mask(written.str.contains(words), name)
    return kind


def _commerce_table(accounts: list[dict[str, Any]]) -> Table:
    keys = ["platform", "registered", "updated", "agencies"]
    rows = pd.DataFrame(
        {
            "platform": [account["service_display_name"] for account in accounts],
            "registered": pd.to_datetime([account["created_at"][:7] for account in accounts]),
            "updated": pd.to_datetime([account["updated_at"][:7] for account in accounts]),
            "agencies": [len(account["agencies"]) for account in accounts],
        }
    )
    frame = rows.groupby(keys, as_index=False).size().rename(columns={"size": "accounts"})
    return Table(
        name="us_commerce_accounts_2017",
        title="Accounts of the US Department of Commerce in the register, June 2017",
        description=(
            "Accounts of the Department of Commerce and its bureaus in the US Digital Registry in "
            "June 2017, by platform, by the months in which their entries were made and last "
            "updated, and by the number of agencies that an account counts for."
        ),
        frame=frame.sort_values(keys),
        fields=(
            Field("platform", "string", "Platform of the accounts", constraints={"required": True}),
            Field("registered", "date", "First day of the month in which the entry was made"),
            Field("updated", "date", "First day of the month of the entry's last update"),
            Field(
                "agencies", "integer", "Agencies the account counts for", "agencies", {"minimum": 1}
            ),
            Field("accounts", "integer", "Accounts listed", "accounts", {"minimum": 1}),
        ),
        key=tuple(keys),
        slugs=(_SLUG,),
        caveats=("The dates are those of the entry, not of the account.", _SEVERAL),
    )
