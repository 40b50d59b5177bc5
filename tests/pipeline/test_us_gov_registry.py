"""The US seed list of April 2012, counted a second way: line by line, without pandas."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

ACCOUNTS = tables.load("us_diplomatic_accounts_2012")


def test_a_place_is_counted_once_per_platform_and_kind() -> None:
    assert not ACCOUNTS.duplicated(["platform", "region", "city", "kind"]).any()
    assert ACCOUNTS.loc[ACCOUNTS["country"].isna(), "city"].unique().tolist() == ["Jerusalem"]
    places = ACCOUNTS.set_index("city")["country"]
    assert set(places["Belfast"]) == {"United Kingdom"} and set(places["Dublin"]) == {"Ireland"}
    assert set(places["Hong Kong"]) == {"Hong Kong"}


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_the_counts_are_those_of_the_lines_of_the_list() -> None:
    path = Run().raw("us-gov-registry-2012", "db/raw_data/accounts.csv")
    seen: set[str] = set()
    platforms: Counter[str] = Counter()
    twitter: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            tags = row[5] if len(row) > 5 else ""
            address = row[3].strip().lower().split("//")[-1].removeprefix("www.")
            if row[2] != "state" or " - " not in tags or address in seen:
                continue
            seen.add(address)
            platforms[address.split(".")[0]] += 1
            if address.startswith("twitter"):
                twitter[tags.rsplit(", ", 1)[1].strip()] += 1
    totals = ACCOUNTS.groupby("platform")["accounts"].sum()
    assert dict(platforms) == {str(name).lower(): total for name, total in totals.items()}
    kinds = ACCOUNTS[ACCOUNTS["platform"] == "Twitter"].groupby("kind")["accounts"].sum()
    for kind in ("embassy", "consulate", "mission"):
        assert kinds[kind] == twitter[kind]
