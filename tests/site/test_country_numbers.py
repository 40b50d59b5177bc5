"""Numbers on the built pages of places, each derived anew from the tables, row by row.

Twenty drawn places, and whoever is first or last by one of the counts. Nothing of the library that
counts is used: only the files, and the codes under which they name a place.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from govsocial.countries import names
from govsocial.countries.places import ADDRESSES, FOLDER
from tests.editions import tree

DATA = Path(__file__).parents[2] / "data"
DRAWN = random.Random(2012).sample(sorted(ADDRESSES), 20)
MONTHS = "January February March April May June July August September October November December"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(name: str, column: str, code: str) -> list[dict[str, str]]:
    """Return the rows of a table that are a place's."""
    return [row for row in rows(name) if row[column] and place_of(row[column]) == code]


@cache
def place_of(word: str) -> str | None:
    return names.resolve(word)


@cache
def requests() -> Counter[str]:
    found: Counter[str] = Counter(dict.fromkeys(ADDRESSES, 0))
    for row in rows("google_removals"):
        if code := place_of(row["code"]):
            found[code] += int(row["requests"])
    return found


@cache
def shutdowns() -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows("shutdown_country_years"):
        code = place_of(row["code"]) if row["regime"] else None
        if code and row["code"] != "PSE":
            found[code] += int(row["nationwide"] or 0)
    return found


@cache
def latest(name: str, year: str, code: str, value: str) -> dict[str, float]:
    """Return the values of the last year of a table by place; the West Bank is no place."""
    last = max(row[year] for row in rows(name))
    return {
        place: float(row[value])
        for row in rows(name)
        if row[year] == last and row[code] != "PSE"
        if (place := place_of(row[code]))
    }


def ends(values: dict[str, float] | Counter[str]) -> set[str]:
    return {min(values, key=lambda code: values[code]), max(values, key=lambda code: values[code])}


def chosen() -> list[str]:
    """Return the drawn places and the extremes."""
    extremes = ends(requests()) | ends(shutdowns())
    extremes |= ends(latest("egdi_ranks", "edition", "iso3", "epi_rank"))
    extremes |= ends(latest("internet_censorship", "year", "vdem_code", "censorship_effort"))
    followers = {row["iso3"]: float(row["place"]) for row in rows("leader_follower_places")}
    return sorted({*DRAWN, *extremes, *ends(followers), "VAT", "XKX", "TWN", "PSE"})


@cache
def section(path: Path, name: str) -> str:
    """Return the text of a section, blanks made one; empty if the page has none."""
    part = tree(path).find(f".//section[@id='{name}']")
    return "" if part is None else re.sub(r"\s+", " ", " ".join(part.itertext()))


@pytest.fixture(params=chosen())
def code(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def page(site: Path, code: str) -> Path:
    return site / FOLDER / f"{ADDRESSES[code]}.html"


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_un_places(page: Path, code: str) -> None:
    ranked = [row for row in of("egdi_ranks", "iso3", code) if row["egdi_rank"]]
    mine = {row["edition"]: row for row in ranked}
    text = section(page, "listening")
    if not mine:
        assert not text
        return
    last = mine[max(mine)]
    found = re.search(r"at place (\d+) of 193 in 2024(?:, with (\d+) others?)?", text)
    assert found
    same = [row for row in rows("egdi_ranks") if row["edition"] == "2024"]
    tied = sum(row["epi_rank"] == last["epi_rank"] for row in same) - 1
    assert (int(found[1]), int(found[2] or 0)) == (int(last["epi_rank"]), tied)
    places = [int(row["epi_rank"]) for row in mine.values()]
    if min(places) < max(places):
        span = re.search(r"best place was (\d+) .*?, its lowest (\d+)", text)
        assert span and (int(span[1]), int(span[2])) == (min(places), max(places))
    whole = re.search(r"By e-government as a whole it had place (\d+)", text)
    assert whole and whole[1] == last["egdi_rank"]


def test_the_requests(page: Path, code: str) -> None:
    text, mine = section(page, "removals"), requests()[code]
    if not mine:
        others = sum(not n for other, n in requests().items() if other != code)
        assert (
            f"Google counted no request to take content down from 2011 to 2025, as for {others}"
            in text
        )
        return
    found = re.search(
        r"Google counted ([\d,]+) requests? .*?more than from (any|\d+)(?: of 196)? other place",
        text,
    )
    assert found
    fewer = sum(n < mine for n in requests().values())
    assert number(found[1]) == mine
    assert (196 if found[2] == "any" else int(found[2])) == fewer
    years: Counter[str] = Counter()
    for row in of("google_removals", "code", code):
        years[row["half"][:4]] += int(row["requests"])
    if most := re.search(r"The most in one year: ([\d,]+) \((\d{4})\)", text):
        assert number(most[1]) == max(years.values()) == years[most[2]]


def test_the_shutdowns(page: Path, code: str) -> None:
    text = section(page, "shutdowns")
    events = of("shutdown_events", "iso3", code)
    total = sum(int(row["events"]) for row in events)
    found = re.search(r"of any size from 2016 to 2025, has (none|[\d,]+)", text)
    assert found and (0 if found[1] == "none" else number(found[1])) == total
    services = re.search(r"In ([\d,]+) events? of this list single services were cut", text)
    assert (number(services[1]) if services else 0) == sum(int(row["services"]) for row in events)
    if code not in shutdowns():
        assert "are counted for 179 places, and not for this one" in text
        return
    nationwide = re.search(r"coalition confirmed (no|\d+) nationwide shutdown", text)
    assert nationwide
    assert (0 if nationwide[1] == "no" else int(nationwide[1])) == shutdowns()[code]


def test_the_order_by_censorship(page: Path, code: str) -> None:
    values = latest("internet_censorship", "year", "vdem_code", "censorship_effort")
    text = section(page, "freedom")
    if code not in values:
        assert not text
        return
    # Lower is more effort.
    more = sum(value < values[code] for value in values.values())
    less = sum(value > values[code] for value in values.values())
    found = re.search(r"in 2023 higher in (\d+) of (\d+) other places, and lower in (\d+)", text)
    assert found
    assert [int(n) for n in found.groups()] == [more, len(values) - 1, less]


def test_the_first_months(page: Path, code: str) -> None:
    mine, text = of("leader_first_months", "iso3", code), section(page, "arriving")
    if not mine:
        assert not text
        return
    for platform in ("twitter", "facebook"):
        if first := mine[0][f"first_{platform}"]:
            year, month = first.split("-")[:2]
            assert f"{MONTHS.split()[int(month) - 1]} {year}" in text
    if not mine[0]["first_any"]:
        assert text.count("No account of the head of government") == 1


@pytest.mark.parametrize("code", ["CAN", "GBR", "ITA", "MEX", "TGO", "USA", *DRAWN])
def test_the_order_of_arrival(site: Path, code: str) -> None:
    text = section(site / FOLDER / f"{ADDRESSES[code]}.html", "arriving")
    # Pages for organisations came in November 2007.
    trusted = [row for row in rows("leader_first_months") if not early(row)]
    mine = of("leader_first_months", "iso3", code)
    if not mine or not mine[0]["first_any"] or code in {"CHE", "LAO", "PAK", "UZB", "VAT"}:
        # None, or the first month is that of an account that is somebody else's by its name.
        assert "dates we do not doubt" not in text
        return
    found = re.search(r"Of (\d+) places whose dates we do not doubt, (none|\d+) (?:was|were)", text)
    if early(mine[0]):
        assert not found and "we give no order of arrival" in text
        return
    assert found and int(found[1]) == len(trusted) == 186
    months = [row["first_any"] for row in trusted if row["first_any"]]
    earlier = sum(month < mine[0]["first_any"] for month in months)
    assert (0 if found[2] == "none" else int(found[2])) == earlier


def early(row: dict[str, str]) -> bool:
    return "" < row["first_facebook"] < "2007-11-01"


def test_audience_and_missions(page: Path, code: str) -> None:
    followers = of("leader_follower_places", "iso3", code)
    said = (
        "By the followers of its leader’s account on Twitter, or of the office’s where that has "
        f"more, it had place {followers[0]['place']} of 86"
        if followers
        else ""
    )
    assert said in section(page, "voices")
    missions = of("diplomatic_post_places", "iso3", code)
    found = re.search(r"it had place (\d+) of 66 in 2024", section(page, "abroad"))
    assert [row["place"] for row in missions] == ([found[1]] if found else [])
    accounts = sum(int(r["accounts"]) for r in of("us_diplomatic_accounts_2012", "country", code))
    listed = re.search(r"United States listed (\d+) account", section(page, "abroad"))
    assert (int(listed[1]) if listed else 0) == accounts
