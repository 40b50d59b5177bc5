"""The US register of 2012 and 2017, counted a second way: without pandas, from the raw files."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources.us_digital_registry import _name

needs_raw = pytest.mark.skipif(
    raw.directory() is None, reason="the raw files are not on this machine"
)
LINKS = tables.load("us_facebook_links_2017")
SEED = tables.load("us_registry_2012")


def upstream(name: str) -> Path:
    return Run().raw("us-digital-registry-2017", f"data/{name}")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.facebook.com/us.embassy.seoul", "usembassyseoul"),
        ("facebook.com/pages/irc-santo-domingo/101032454198", "101032454198"),
        ("facebook.com/great-falls-park", "great-falls-park"),
        ("facebook.com/flight-93-national-memorial-140713145969140", "140713145969140"),
        ("facebook.com/usembassy?ref=ts", "usembassy"),
    ],
)
def test_a_page_has_one_name_however_it_is_written(address: str, name: str) -> None:
    assert _name(address) == name


@needs_raw
def test_the_links_are_those_of_the_file_that_is_decoded_twice() -> None:
    columns = json.loads(json.loads(upstream("Facebook_API_Results_by_URL.json").read_text()))
    assert LINKS["addresses"].sum() == len(columns["url"]) == 4097
    refused = [key for key, message in columns["error"].items() if message]
    assert LINKS["unavailable"].sum() == len(refused) == 1031
    underscores = [
        columns["is_valid"][key]
        for key, address in columns["url"].items()
        if "_" in address and not address[-6:].isdigit()
    ]
    chosen = LINKS[LINKS["underscore"]]
    assert chosen["addresses"].sum() == len(underscores) == 73
    assert chosen["unavailable"].sum() == 73 and not any(underscores)


@needs_raw
def test_the_departments_accounts_add_up_to_the_registers_own_counts() -> None:
    accounts: list[dict[str, Any]] = json.loads(upstream("DOC_accts.txt").read_text())
    named = Counter(agency["name"] for account in accounts for agency in account["agencies"])
    agencies = tables.load("us_registry_agencies_2017").set_index("agency")["accounts"]
    assert {name: int(agencies[name]) for name in named} == dict(named)
    commerce = tables.load("us_commerce_accounts_2017")
    assert commerce["accounts"].sum() == len(accounts) == 410
    assert (commerce["accounts"] * commerce["agencies"]).sum() == named.total() == 573


@needs_raw
def test_the_seed_lists_accounts_are_its_distinct_addresses() -> None:
    path = Run().raw("us-gov-registry-2012", "db/raw_data/accounts.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row[3], row[2]) for row in csv.reader(file)]
    owners: dict[str, str] = {}
    for address, agency in rows:
        plain = address.strip().lower().split("//")[-1].removeprefix("www.").rstrip("/")
        owners.setdefault(plain, agency)
    assert SEED["accounts"].sum() == len(owners)
    state = SEED.loc[SEED["agency"] == "Department of State", "accounts"].sum()
    assert state == sum(agency == "state" for agency in owners.values())
    facebook = SEED[SEED["platform"] == "Facebook"]
    assert facebook["accounts"].sum() == sum(a.startswith("facebook.com") for a in owners)


def test_what_is_available_is_listed_and_what_is_listed_was_counted() -> None:
    facebook = SEED[SEED["platform"] == "Facebook"]
    assert (facebook["available_2017"] <= facebook["listed_2017"]).all()
    assert (facebook["listed_2017"] <= facebook["accounts"]).all()
    assert SEED.loc[SEED["platform"] != "Facebook", "listed_2017"].isna().all()


def test_the_chapters_coincidence_holds() -> None:
    abroad = tables.load("us_diplomatic_accounts_2012")["accounts"].sum()
    assert abroad == SEED.loc[SEED["platform"] == "Facebook", "accounts"].sum()
