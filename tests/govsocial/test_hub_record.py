"""What the hub shows, against the tables by a second route: rows read by hand, no pandas."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govsocial.countries import facts, hub
from govsocial.countries.places import ADDRESSES
from govsocial.uncertainty import share

DATA = Path(__file__).parents[2] / "data"
LARGEST = 20 * 1024
"""Bytes that the data for the script may take, packed."""


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return hub.record(facts.world())


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def abroad() -> Iterator[dict[str, str]]:
    return (row for row in rows("leader_mentions") if row["source_home"] != row["target_home"])


def expanded(text: str) -> set[int]:
    """Return the years of a text such as ``2010, 2012–2014``."""
    found: set[int] = set()
    for part in text.split(", "):
        first, _dash, last = part.partition("–")
        found.update(range(int(first), int(last or first) + 1))
    return found


def test_every_home_names_and_is_named_as_in_the_table(record: dict[str, Any]) -> None:
    homes = record["data"]["homes"]
    assert set(homes) == {row["home"] for row in rows("leader_account_years")}
    for which, own, other in (
        ("names", "source_home", "target_home"),
        ("named_by", "target_home", "source_home"),
    ):
        posts: dict[str, Counter[str]] = defaultdict(Counter)
        years: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row in abroad():
            posts[row[own]][row[other]] += int(row["mentions"])
            years[row[own], row[other]].add(int(row["year"]))
        for home, found in homes.items():
            assert {code: n for code, n, _years in found[which]} == dict(posts[home]), home
            numbers = [n for _code, n, _years in found[which]]
            assert numbers == sorted(numbers, reverse=True)
            for code, _n, text in found[which]:
                assert expanded(text) == years[home, code]


def test_accounts_have_their_stored_posts(record: dict[str, Any]) -> None:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("leader_account_years"):
        sums[row["home"]][row["account"]] += int(row["posts"])
    for home, found in record["data"]["homes"].items():
        assert {account: n for account, n, _years in found["accounts"]} == dict(sums[home])
    assert sum(len(found["accounts"]) for found in record["data"]["homes"].values()) >= 63


def test_the_six_measures_are_those_of_the_tables(record: dict[str, Any]) -> None:
    measures = {each["id"]: each for each in record["data"]["measures"]}
    assert len(measures) == 6
    drawn = random.Random(16).sample(sorted(ADDRESSES), 20)
    for code in {*drawn, *hub.SHOWN, "VAT", "NRU", "PRK"}:
        places = {
            int(row["edition"]): int(row["epi_rank"])
            for row in rows("egdi_ranks")
            if row["iso3"] == code
        }
        assert series(measures["participation"], code) == places
    for code in ("RUS", "ITA", "KEN"):
        two = {"RUS": "RU", "ITA": "IT", "KEN": "KE"}[code]
        asked: Counter[int] = Counter()
        for row in rows("google_removals"):
            if row["code"] == two:
                asked[int(row["half"][:4])] += int(row["requests"])
        found = series(measures["google"], code)
        assert {year: n for year, n in found.items() if n} == dict(asked)
        shut = {
            int(row["year"]): int(row["nationwide"])
            for row in rows("shutdown_country_years")
            if row["code"] == code and row["nationwide"]
        }
        assert series(measures["shutdowns"], code) == shut
        tried = {
            int(row["year"]): float(row["censorship_effort"])
            for row in rows("internet_censorship")
            if row["vdem_code"] == code and int(row["year"]) >= 2003
        }
        effort = series(measures["censorship"], code)
        assert effort.keys() == tried.keys()
        assert all(abs(value - tried[year]) <= 0.0501 for year, value in effort.items())


def series(measure: dict[str, Any], code: str) -> dict[int, Any]:
    """Return the values of a place by year."""
    values = measure["values"].get(code, [])
    return {y: v for y, v in zip(measure["years"], values, strict=False) if v is not None}


def test_what_nobody_counted_is_not_zero(record: dict[str, Any]) -> None:
    measures = {each["id"]: each for each in record["data"]["measures"]}
    assert "VAT" not in measures["participation"]["values"]
    assert "KEN" not in measures["named"]["values"]
    assert "TUV" not in measures["twitter"]["values"]
    assert None in measures["twitter"]["values"]["KEN"]
    assert "NRU" not in measures["shutdowns"]["values"]
    # Google counts for all: none is a count.
    assert set(measures["google"]["values"]) == set(ADDRESSES)
    assert measures["google"]["values"]["TUV"] == [0] * len(measures["google"]["years"])


def test_the_share_of_foreign_accounts_is_counted_anew(record: dict[str, Any]) -> None:
    measure = next(each for each in record["data"]["measures"] if each["id"] == "named")
    for home in ("USA", "FRA", "RUS", "NATO"):
        for year, (n, of) in series(measure, home).items():
            others = {
                row["account"]
                for row in rows("leader_account_years")
                if int(row["year"]) == year and row["home"] != home
            }
            naming = {
                row["source"]
                for row in abroad()
                if int(row["year"]) == year and row["target_home"] == home
            }
            assert (n, of) == (len(naming), len(others)), (home, year)


def test_who_has_no_account_in_a_year_is_not_named_by_none(record: dict[str, Any]) -> None:
    measure = next(each for each in record["data"]["measures"] if each["id"] == "named")
    # The prime minister of Norway went to NATO in 2014, that of Latvia to the EU.
    assert set(series(measure, "NOR")) == {2011, 2012, 2013}
    assert set(series(measure, "LVA")) == {2011, 2012, 2013}
    assert set(series(measure, "NATO")) == {2014, 2015, 2016, 2017}
    assert set(series(measure, "EU")) == set(measure["years"])


def test_an_only_account_is_no_other_of_its_home(record: dict[str, Any]) -> None:
    _followers, cited = record["countries"]
    said = {name: text for _place, name, text in cited["rows"]}
    assert said["NATO"].startswith("11 of 62 ")
    assert said["European Union"].split()[2] == "61"  # two of its accounts can name each other


def test_no_value_is_off_the_scale(record: dict[str, Any]) -> None:
    measures = {each["id"]: each for each in record["data"]["measures"]}
    low, high = measures["censorship"]["ends"]
    values = [v for vs in measures["censorship"]["values"].values() for v in vs if v is not None]
    assert low < min(values) < -4 and max(values) < high
    places = [v for vs in measures["participation"]["values"].values() for v in vs if v]
    assert min(places) == 1 and max(places) <= 193


def test_every_measure_says_why_a_place_is_not_in_it(record: dict[str, Any]) -> None:
    assert all(each["none"] for each in record["data"]["measures"])


def test_a_ranking_has_ranges_and_equal_shares_an_equal_place(record: dict[str, Any]) -> None:
    _followers, cited = record["countries"]
    by: dict[str, set[str]] = defaultdict(set)
    for row in abroad():
        by[row["target_home"]].add(row["source"])
    most = max(by, key=lambda home: len(by[home]))
    assert most == "USA"
    place, name, said = cited["rows"][0]
    assert (place, name, said.split()[0]) == ("1", "United States", str(len(by["USA"])))
    n, of = int(said.split()[0]), int(said.split()[2])
    _value, low, high = share(n, of)
    assert said.endswith(f"({100 * low:.0f}% to {100 * high:.0f}%)")
    _followers, people, congress = record["people"]
    assert [row[0] for row in people["rows"][:3]] == ["1", "1", "3"]  # two are named as often
    assert len(congress["rows"]) >= hub.TOP
    for row in congress["rows"]:
        low, high = (int(bound) for bound in row[2].split(" to "))
        assert 1 <= low <= high <= 518
        assert high - low >= 20  # other weights move even the first


def test_hashtags_are_those_of_the_table_and_only_whole_years(record: dict[str, Any]) -> None:
    by_year: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows("leader_hashtags"):
        if int(row["accounts"]) >= hub.SHARED:
            by_year[row["year"]].append((int(row["accounts"]), int(row["uses"]), row["hashtag"]))
    assert [row[0] for row in record["hashtags"]["rows"]] == sorted(by_year)
    for year, _active, said in record["hashtags"]["rows"]:
        first = sorted(by_year[year], reverse=True)[:5]
        assert [text.split(" ")[0] for text in said.split("; ")] == [f"#{t[2]}" for t in first]


def test_the_data_for_the_script_stay_small(record: dict[str, Any]) -> None:
    packed = gzip.compress(json.dumps(record["data"], ensure_ascii=False).encode(), 9)
    assert len(packed) <= LARGEST


def test_the_script_stays_small() -> None:
    script = (DATA.parent / "_static" / "hub.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 6 * 1024


def test_no_word_stands_in_the_script() -> None:
    """What readers read is the page's: the script's own texts are names of elements."""
    text = (DATA.parent / "_static" / "hub.js").read_text("utf-8")
    code = "\n".join(
        line for line in text.splitlines() if not line.lstrip().startswith(("//", "/*"))
    )
    strings = [part for line in code.splitlines() for part in line.split('"')[1::2]]
    assert not [one for one in strings if " " in one.strip() and one.strip()[0].isupper()]


def test_the_hub_says_how_many_shutdowns_may_be_listed_twice(record: dict[str, Any]) -> None:
    said = json.dumps(record)
    assert "Of all, 5 repeat another in all that the list tells; 6 more begin on the day" in said
