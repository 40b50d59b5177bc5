"""A page for every government: names, codes, facts by a second route, and sentences."""

from __future__ import annotations

import csv
import functools
import hashlib
import itertools
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pycountry
import pytest

from govsocial import labels, tables
from govsocial.countries import facts, names, outstanding, pages, sentences, strips, world_map
from govsocial.countries.misnamed import GIVEN, OWNERS
from govsocial.countries.places import ADDRESSES
from govsocial.findings import adoption

DATA = tables.directory()
# Every column of every table that names countries. "" in the second place: take all rows.
CODES = {
    "ad_payers": "country",
    "ad_readings": "country",
    "ad_reports": "country",
    "community_notes_groups": "country",
    "countries": "iso3",
    "country_index_inputs": "iso3",
    "covid_posting_weeks": "country",
    "democracy_scores": "vdem_code",
    "digital_repression": "country",
    "diplomatic_missions": "iso3",
    "diplomatic_post_places": "iso3",
    "dsa_order_subjects": "state",
    "dsa_orders": "state",
    "effect_studies": "country",
    "egdi_ranks": "iso3",
    "google_published_totals": "code",
    "google_removal_products": "code",
    "google_removal_reasons": "code",
    "google_removal_requesters": "code",
    "google_removals": "code",
    "govtech_scores": "iso3",
    "internet_censorship": "vdem_code",
    "leader_account_years": "home",
    "leader_first_months": "iso3",
    "leader_follower_places": "iso3",
    "leader_largest_accounts": "iso3",
    "leader_mentions": "source_home target_home",
    "legislature_handles_2015": "iso3 iso2",
    "nationwide_shutdown_causes": "code",
    "oecd_digital_places": "iso3",
    "parliament_accounts": "country",
    "posting_accounts": "country",
    "posting_zones": "country",
    "shutdown_country_years": "code",
    "shutdown_events": "iso3 country",
    "swedish_missions": "host",
    "twitter_removals": "code",
    "us_diplomatic_accounts_2012": "country",
    "world_map": "iso3",
}
BY_HAND = {
    "RU": "RUS",
    "Russia": "RUS",
    "XPS": "PSE",
    "PS": "PSE",
    "XKX": "XKX",
    "XKK": "XKX",
    "XK": "XKX",
    "TW": "TWN",
    "RS": "SRB",
    "FR": "FRA",
    "GB": "GBR",
    "Korea": "KOR",
    "The Gambia": "GMB",
    "Congo": "COG",
    "Democratic Republic of the Congo": "COD",
    "Burma/Myanmar": "MMR",
    "Turkey": "TUR",
    "Cote d'Ivoire": "CIV",
}


@functools.cache
def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table without the library: as they stand in the file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def world() -> facts.World:
    return facts.world()


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return pages.record()


# Names and codes


def test_there_are_197_places_by_the_printed_rule() -> None:
    members = {row["iso3"] for row in rows("egdi_ranks")}
    assert len(members) == facts.MEMBERS
    assert set(ADDRESSES) == members | {"VAT", "PSE", "XKX", "TWN"}
    assert len(set(ADDRESSES.values())) == len(ADDRESSES) == 197


def test_the_two_that_are_no_members_are_counted_by_four_sources() -> None:
    for code in ("XKX", "TWN"):
        found = {name for name, words in resolved_by_table().items() if code in words}
        sources = {tables.descriptor(name)["sources"][0]["citation"] for name in found}
        assert len(sources - {"data-world-atlas"}) >= 4, code


def resolved_by_table() -> dict[str, set[str]]:
    """Return the places that each table has, by its codes and names."""
    found = {}
    for name, columns in CODES.items():
        words = {row[column] for row in rows(name) for column in columns.split()} - {""}
        found[name] = {code for word in words if (code := names.resolve(word))}
    return found


@pytest.mark.parametrize("name", CODES)
def test_every_code_of_every_table_finds_its_country(name: str) -> None:
    for column in CODES[name].split():
        for word in {row[column] for row in rows(name)} - {""}:
            if names.resolve(word) is None:
                # Known, and said to be no page's: never a member that was overlooked.
                assert names.governed_by(word) in {"", *ADDRESSES}


def test_no_table_with_countries_is_forgotten() -> None:
    for name in tables.names():
        fields = tables.descriptor(name)["schema"]["fields"]
        kinds = {field["name"] for field in fields if "ISO 3166-1" in field["description"]}
        kinds -= {"mission"}
        # Several codes in a cell; codes beside the names of groups.
        if kinds and name not in {"io_releases", "mep_accounts"}:
            assert kinds & set(CODES.get(name, "").split()), f"{name}: {kinds}"


@pytest.mark.parametrize("word", BY_HAND)
def test_codes_that_have_gone_wrong_before(word: str) -> None:
    assert names.resolve(word) == BY_HAND[word]


@pytest.mark.parametrize("word", ["SU", "Atlantis", "YU", "", "UK?"])
def test_what_is_no_place_is_an_error(word: str) -> None:
    with pytest.raises(names.UnknownPlaceError):
        names.resolve(word)


def test_parts_and_bodies_have_no_page() -> None:
    for word in ("HK", "HKG", "NATO", "EU", "ZZ", "GB-WLS", "Somaliland", "PSG"):
        assert names.resolve(word) is None
    assert names.governed_by("HK") == "CHN"
    assert names.governed_by("GB-WLS") == "GBR"
    assert names.governed_by("CY-TRNC") == ""


def test_short_names_in_two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {
        "COD": "Democratic Republic of the Congo",
        "CIV": "Côte d’Ivoire",
        "MMR": "Myanmar",
        "PSE": "Palestine",
        "TUR": "Türkiye",
        "TTO": "Trinidad and Tobago",
        "VAT": "Holy See",
        "XKX": "Kosovo",
    }
    assert {code: names.short(code) for code in expected} == expected
    monkeypatch.setattr(names, "locale", lambda _code=None: "it")
    monkeypatch.setattr(names, "language", lambda: "it")
    assert names.short("DEU") == "Germania"
    assert names.short("NLD") == "Paesi Bassi"
    assert names.official("ITA") == "Repubblica Italiana"
    # pycountry types its apostrophes straight.
    assert names.official("USA") == "Stati Uniti d’America"


def test_no_name_takes_a_side() -> None:
    for code in ADDRESSES:
        said = f"{names.short(code)} {names.official(code)}"
        assert "rovince of" not in said
        assert "(" not in said


def test_former_names_are_found() -> None:
    for code, name in {"MMR": "Burma", "NLD": "Holland", "SWZ": "Swaziland"}.items():
        assert name in names.others(code)
    said = [
        name
        for code in ADDRESSES
        for name in (names.short(code), *names.others(code), *names.sought(code))
    ]
    assert len(said) == len(set(said))


def test_england_is_sought_and_no_name_of_the_united_kingdom() -> None:
    assert "England" in names.sought("GBR")
    assert "England" not in [names.short("GBR"), *names.others("GBR")]


def test_the_alphabet_is_that_of_readers() -> None:
    order = [names.short(code) for code in names.in_order()]
    assert order.index("Côte d’Ivoire") == order.index("Costa Rica") + 1
    assert order[-1] == "Zimbabwe"


def test_addresses_stay() -> None:
    """Other sites link to them: add, never change."""
    text = "\n".join(f"{code} {slug}" for code, slug in sorted(ADDRESSES.items()))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in ADDRESSES.values())
    assert hashlib.sha256(text.encode()).hexdigest() == ADDRESSES_CHECKSUM


ADDRESSES_CHECKSUM = "6f9041e9480a0a92e5410c67c78602ad012294b7a83a7621ff3fb761f546eb69"


# Facts by a second route: from the rows of the files

Check = Callable[[str, facts.Facts], None]


@functools.cache
def alpha3(two: str) -> str | None:
    """Return a code of three letters by ISO's own table."""
    if two == "XK":
        return "XKX"
    entry = pycountry.countries.get(alpha_2=two)
    return entry.alpha_3 if entry else None


def drawn(world: facts.World) -> list[str]:
    """Return twenty places drawn by chance, and the extremes of each measure."""
    found = set(random.Random(2026).sample(sorted(ADDRESSES), 20))
    every = world.places.values()
    measures: list[Callable[[facts.Facts], float | None]] = [
        lambda f: f.removals.total,
        lambda f: sum(f.removals.twitter.values()) or None,
        lambda f: f.listening.places[2024] if f.listening else None,
        lambda f: sum((f.shutdowns.nationwide or {}).values()),
        lambda f: sum(f.shutdowns.events.values()),
        lambda f: f.freedom.estimates[2023] if f.freedom else None,
        lambda f: f.arrival.first.toordinal() if f.arrival and f.arrival.first else None,
        lambda f: f.followers,
        lambda f: f.voices.posts if f.voices else None,
    ]
    for measure in measures:
        known = [place for place in every if measure(place) is not None]
        found |= {min(known, key=measure).code, max(known, key=measure).code}  # type: ignore[arg-type]
    return sorted(found | {"RUS", "PSE", "XKX", "TWN", "SRB", "FRA", "VAT"})


def test_requests_are_those_of_the_file(world: facts.World) -> None:
    google = rows("google_removals")
    twitter = rows("twitter_removals")
    for code in drawn(world):
        mine = [row for row in google if alpha3(row["code"]) == code]
        found = world.places[code].removals
        assert found.total == sum(int(row["requests"]) for row in mine)
        for year, requests in found.google.items():
            same = [int(row["requests"]) for row in mine if row["half"].startswith(str(year))]
            assert requests == sum(same)
        stated = {
            int(row["year"]): int(row["court_orders"] or 0) + int(row["other_requests"] or 0)
            for row in twitter
            if alpha3(row["code"]) == code
        }
        assert found.twitter == stated
    assert world.places["RUS"].removals.total == 362652


def test_fewer_requests_than_is_counted_by_hand(world: facts.World) -> None:
    totals = {code: place.removals.total for code, place in world.places.items()}
    for code in drawn(world):
        fewer = [other for other in totals if totals[other] < totals[code]]
        assert world.places[code].removals.more_than == len(fewer)


def test_un_places_and_ties_are_those_of_the_file(world: facts.World) -> None:
    table = rows("egdi_ranks")
    for code in drawn(world):
        mine = {int(r["edition"]): r for r in table if r["iso3"] == code and r["egdi_rank"]}
        found = world.places[code].listening
        if found is None:
            assert not mine
            continue
        assert found.places == {year: int(row["epi_rank"]) for year, row in mine.items()}
        assert found.government == {year: int(row["egdi_rank"]) for year, row in mine.items()}
        for year, tied in found.tied.items():
            same = [row for row in table if row["edition"] == str(year)]
            ranks = [row["epi_rank"] for row in same]
            assert tied == ranks.count(mine[year]["epi_rank"])


def test_shutdowns_are_those_of_the_files(world: facts.World) -> None:
    nationwide, events = rows("shutdown_country_years"), rows("shutdown_events")
    for code in drawn(world):
        found = world.places[code].shutdowns
        mine = {int(r["year"]): int(r["nationwide"]) for r in nationwide if r["code"] == code}
        assert found.nationwide == (None if code == "PSE" else mine or None)
        any_size = {int(row["year"]): int(row["events"]) for row in events if row["iso3"] == code}
        assert found.events == any_size
        services = sum(int(row["services"]) for row in events if row["iso3"] == code)
        assert found.services == services <= sum(any_size.values())
    assert sum(world.places["PSE"].shutdowns.events.values()) == 30


def test_no_state_is_ranked_before_it_was_founded(world: facts.World) -> None:
    first = {"SSD": 2012, "MNE": 2008, "SRB": 2003}
    for code, year in first.items():
        found = world.places[code].listening
        assert found and min(found.places) == min(found.tied) == year, code


def test_an_event_in_several_countries_is_said_to_be_one(world: facts.World) -> None:
    joint = {code for code, place in world.places.items() if place.shutdowns.joint}
    assert joint == {"BDI", "CAF", "CMR", "KEN", "LAO", "MMR", "RWA", "TZA", "UGA"}
    for code in joint:
        said = sentences.shutdowns(code, world.places[code].shutdowns)
        only = sum(world.places[code].shutdowns.events.values()) == 1
        words = "The list puts it" if only else "One of them it puts"
        assert sum(one.startswith(words) for one in said) == 1
        assert not any("That none was confirmed" in one for one in said)


def test_a_cut_of_single_services_is_said_to_be_one(
    record: dict[str, Any], world: facts.World
) -> None:
    for code, place in record["places"].items():
        section = next(each for each in place["sections"] if each["id"] == "shutdowns")
        services = world.places[code].shutdowns.services
        assert ("of this list single services were cut" in " ".join(section["text"])) == (
            services > 0
        )
        assert "In both of them blocking a single service counts" in section["caveat"]
        if "nationwide shutdown" in (lede := place["lede"].partition(":")[2]):
            assert "of the network or of a service" in lede
    assert sum(p.shutdowns.services for p in world.places.values()) == sum(
        int(row["services"]) for row in rows("shutdown_events") if row["iso3"] in ADDRESSES
    )


def test_who_names_nobody_is_said_of_the_63_only(record: dict[str, Any]) -> None:
    said = " ".join(" ".join(texts(place)) for place in record["places"].values())
    assert "Of the 63 " in said
    assert "account from elsewhere" not in said


def test_two_owners_moved(record: dict[str, Any], world: facts.World) -> None:
    moved = {code for code, place in world.places.items() if place.voices and place.voices.moved}
    assert moved == {"LVA", "NOR"}
    for code, place in record["places"].items():
        caveats = " ".join(section["caveat"] for section in place["sections"])
        assert ("One owner moved in 2014" in caveats) == (code in moved)


def test_the_order_by_censorship_is_that_of_the_file(world: facts.World) -> None:
    table = [row for row in rows("internet_censorship") if row["year"] == "2023"]
    kept = [row for row in table if names.resolve(row["vdem_code"])]
    values = {
        r["vdem_code"]: float(r["censorship_effort"]) for r in kept if r["vdem_code"] != "PSE"
    }
    for code in drawn(world):
        found = world.places[code].freedom
        if found is None:
            assert code not in values
            continue
        assert found.more[2023] == sum(value < values[code] for value in values.values())
        assert found.less[2023] == sum(value > values[code] for value in values.values())
        assert found.rated[2023] == len(values) - 1


def test_arrivals_are_those_of_the_file(world: facts.World) -> None:
    table = {row["iso3"]: row for row in rows("leader_first_months")}
    doubtful = {code for code, row in table.items() if "" < row["first_facebook"] < "2007-11"}
    assert doubtful == DOUBTFUL
    for code in sorted({*drawn(world), *DOUBTFUL, "ITA", "CAN", "JPN", "TGO"}):
        found = world.places[code].arrival
        if code not in table:
            assert found is None
            continue
        assert found is not None
        assert str(found.first or "") == table[code]["first_any"]
        assert found.doubtful == (code in doubtful)
        assert found.trusted == len(table) - len(doubtful) == 186
        others = [r["first_any"] for c, r in table.items() if c not in doubtful and r["first_any"]]
        if code not in doubtful and found.first:
            assert found.earlier == sum(month < str(found.first) for month in others)
            assert found.same == others.count(str(found.first)) - 1


DOUBTFUL = {"ARG", "FRA", "GBR", "IDN", "ISR", "KEN", "MEX", "ROU", "USA"}


def test_the_doubtful_are_those_of_the_chapter(world: facts.World) -> None:
    undoubted = adoption.undoubted(tables.load("leader_first_months").set_index("iso3"))
    studied = {code for code, place in world.places.items() if place.arrival}
    assert studied - set(undoubted.index) == DOUBTFUL
    caveats = tables.descriptor("leader_first_months")["caveats"]
    assert "Nine countries first appear on Facebook before November 2007" in " ".join(caveats)


def test_a_doubtful_month_is_said_to_be_one_wherever_it_stands(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        assert place["row"]["doubtful"] == (code in DOUBTFUL)
        (arriving,) = [each for each in place["sections"] if each["id"] == "arriving"] or [None]
        if arriving is None:
            continue
        assert "Of the 195 places 9 have doubtful first months" in arriving["caveat"]
        said = " ".join(arriving["text"])
        assert ("Before November 2007 organisations could have no pages" in said) == (
            code in DOUBTFUL
        )
        doubtful = [
            row
            for row in csv.DictReader(place["csv"].splitlines())
            if row["topic"] == "arriving" and row["measure"].endswith(", doubtful")
        ]
        assert bool(doubtful) == (code in DOUBTFUL)
        assert all(row["period"] < "2007-11" and "facebook" in row["measure"] for row in doubtful)
        strip = arriving["strip"]
        if strip:
            label = ET.fromstring(strip["svg"]).attrib["aria-label"]
            assert label.count(", doubtful") == len(doubtful)
            assert ("are doubtful" in strip["key"]) == bool(doubtful)


def test_mentions_are_those_of_the_file(world: facts.World) -> None:
    mentions = rows("leader_mentions")
    for code, place in world.places.items():
        if place.voices is None:
            continue
        for other, n in place.voices.names:
            table = {"EU": "EU", "NATO": "NATO"}.get(other, other)
            mine = [r for r in mentions if r["source_home"] == code and r["target_home"] == table]
            assert n == sum(int(row["mentions"]) for row in mine)
        assert code not in {other for other, _n in place.voices.names}


def test_others_lists_are_those_of_the_files(world: facts.World) -> None:
    for row in rows("swedish_missions"):
        if row["host"] in ADDRESSES:
            states = [state for state, _day in world.places[row["host"]].abroad.swedish]
            assert row["state"] in states
    american = sum(int(row["accounts"]) for row in rows("us_diplomatic_accounts_2012"))
    homeless = sum(
        int(r["accounts"])
        for r in rows("us_diplomatic_accounts_2012")
        if r["country"] in {"", "Hong Kong"}
    )
    kept = sum(sum(p.abroad.american.values()) for p in world.places.values())
    assert kept == american - homeless
    assert [r.body for r in world.places["ITA"].parliament if r.body] == [
        "House of Representatives",
        "Senate",
    ]
    assert world.places["NZL"].parliament[0].listed == 95


def test_zero_and_unknown_are_two_things(world: facts.World) -> None:
    nauru, holy_see = world.places["NRU"], world.places["VAT"]
    assert nauru.removals.total == 0
    assert nauru.freedom is None
    assert nauru.shutdowns.nationwide is None
    assert holy_see.listening is None
    assert world.places["ITA"].shutdowns.nationwide == dict.fromkeys(range(2016, 2025), 0)


# Words


def texts(place: dict[str, Any]) -> list[str]:
    """Return the sentences of a page, without those that are the same under every table."""
    found = [place["lede"]]
    for section in place["sections"]:
        found += section["text"]
    return found


def all_words(place: dict[str, Any]) -> str:
    parts = [*texts(place), place["status"], place["name"], place["official"], *place["others"]]
    for section in place["sections"]:
        parts += [section["title"], section["source"], section["caveat"]]
        parts += [" ".join(item) for each in section["lists"] for item in each["items"]]
        parts += [section["strip"]["svg"], section["strip"]["key"]] if section["strip"] else []
    parts += [word for reason in place["unknown"] for word in reason]
    return "\n".join(parts)


def test_no_page_has_a_gap_or_a_brace(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        said = all_words(place) + place["csv"]
        assert not re.search(r"\b(nan|NaN|None(?! of)|NaT|inf|<NA>)\b|[{}]", said), code
        assert len(place["sections"]) + len(place["unknown"]) >= 9
        for section in place["sections"]:
            assert section["text"] or section["lists"], (code, section["id"])
            assert section["source"] and section["caveat"] and section["tables"]
            for said in section["text"]:
                assert said[0].isupper() or said[0].isdigit(), said
                assert said.endswith("."), said


def test_a_countrys_name_stands_in_no_sentence_of_its_page(record: dict[str, Any]) -> None:
    for place in record["places"].values():
        for said in texts(place):
            # "United States" is a source of numbers on the pages of others.
            assert not re.search(rf"\b{re.escape(place['name'])}\b", said), said


def test_what_is_not_shown_is_explained(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        shown = {section["title"] for section in place["sections"]}
        explained = {title for title, _reason in place["unknown"]}
        assert not shown & explained, code
        assert len(shown | explained) == 9, code


def test_no_superlative_comes_from_a_doubtful_date(world: facts.World) -> None:
    everywhere = list(world.places.values())
    doubtful = [p for p in everywhere if p.arrival and p.arrival.doubtful]
    assert {place.code for place in doubtful} == DOUBTFUL
    for place in doubtful:
        assert place.arrival
        assert "before those of" not in outstanding.stands_out(place, everywhere)
        assert not any("earlier" in said for said in sentences.arriving(place.code, place.arrival))
    first = world.places["TGO"].arrival
    assert first and first.earlier == 0
    assert first.trusted == 186


def test_what_stands_out_is_extreme(world: facts.World) -> None:
    everywhere = list(world.places.values())
    said = {place.code: outstanding.stands_out(place, everywhere) for place in everywhere}
    assert "more requests to Google to take content down than from any other place" in said["RUS"]
    assert sum("requests to Google to take" in words for words in said.values()) <= 0.12 * 197 + 1
    assert 40 <= sum("does not stand out" in words for words in said.values()) <= 120


def test_large_countries_are_told_apart(record: dict[str, Any]) -> None:
    large = ["ITA", "KEN", "TUR", "USA", "BRA", "IND", "RUS", "FRA", "DEU", "NGA", "JPN", "MEX"]
    said = {code: set(texts(record["places"][code])) for code in large}
    for one, other in itertools.combinations(large, 2):
        shared = said[one] & said[other]
        assert len(shared) <= min(len(said[one]), len(said[other])) / 2, (one, other, shared)


def test_years_read_as_ranges() -> None:
    assert sentences.years([2012]) == "2012"
    assert sentences.years([2018, 2012, 2013, 2014]) == "2012–2014, 2018"


def test_one_and_many_differ() -> None:
    one = facts.Shutdowns(dict.fromkeys(range(2016, 2025), 0) | {2019: 1}, {2019: 1}, 0, 1, 3, 0, 0)
    assert sentences.shutdowns("XXX", one)[0] == (
        "The #KeepItOn coalition confirmed 1 nationwide shutdown, begun in 2019."
    )
    assert sentences.shutdowns("XXX", one)[-1] == (
        "In 1 event of this list single services were cut, not the whole network."
    )
    two = facts.Shutdowns({2019: 1, 2020: 1}, {}, 0, 0, 3, 1, 2)
    assert "2 nationwide shutdowns, begun in 2019–2020." in sentences.shutdowns("XXX", two)[0]
    assert sentences.shutdowns("XXX", two)[1] == (
        "One of them repeats another in all that the list tells."
    )
    assert sentences.shutdowns("XXX", two)[2] == (
        "2 of them begin on the same day as another, and may be the same cut listed more than once."
    )


def test_equals_are_not_said_to_be_more(record: dict[str, Any], world: facts.World) -> None:
    """Croatia, Jordan and Qatar have two kinds of bodies, or two reasons, that lead together."""
    tied = set()
    for code, place in world.places.items():
        if place.removals.total < sentences.MANY_REQUESTS:
            continue
        said = " ".join(texts(record["places"][code]))
        named = sum(place.removals.bodies.values()) >= sentences.MANY_REQUESTS
        assert ("kinds of bodies only from 2019 on" in said) == named, code
        for counts, single in (
            (
                place.removals.bodies,
                r"more than any other kind|any other kind of body|[Mm]ost of them",
            ),
            (place.removals.reasons, "The reason most often given"),
        ):
            if counts is place.removals.bodies and not named:
                continue
            leading = list(counts.values()).count(max(counts.values()))
            assert bool(re.search(single, said)) == (leading == 1), (code, said)
            tied |= {code} if leading > 1 else set()
    assert tied == {"HRV", "JOR", "QAT"}


def test_a_list_does_not_end_between_equals(record: dict[str, Any], world: facts.World) -> None:
    longer = 0
    for code, place in world.places.items():
        if place.voices is None:
            continue
        (section,) = [s for s in record["places"][code]["sections"] if s["id"] == "voices"]
        whole = [homes for homes in (place.voices.names, place.voices.named_by) if homes]
        for homes, shown in zip(whole, section["lists"], strict=True):
            left = homes[len(shown["items"]) :]
            assert not left or left[0][1] < homes[len(shown["items"]) - 1][1], code
            longer += len(shown["items"]) > 5
    assert longer == 23


def test_years_of_posts_are_those_with_posts(record: dict[str, Any], world: facts.World) -> None:
    gaps = set()
    for code, place in world.places.items():
        if place.voices is None:
            continue
        mine = [row for row in rows("leader_account_years") if row["home"] == code]
        years = sorted({int(row["year"]) for row in mine if int(row["posts"])})
        said = " ".join(texts(record["places"][code]))
        assert f"stored, of {sentences.years(years)}." in said, code
        gaps |= {code} if len(years) <= years[-1] - years[0] else set()
    assert gaps == {"FRA", "HND", "HRV", "THA", "ZAF"}


def test_half_a_year_is_not_shown_as_a_year(record: dict[str, Any], world: facts.World) -> None:
    table = {(names.resolve(r["code"]), int(r["year"])): r for r in rows("twitter_removals")}
    halves = {key for key, row in table.items() if row["halves"] == "1" and key[0]}
    assert len(halves) > 100
    for code, place in record["places"].items():
        mine = sorted(year for where, year in halves if where == code)
        said = " ".join(texts(place))
        assert ("it stated one half of the year only" in said) == bool(mine), code
        (section,) = [s for s in place["sections"] if s["id"] == "removals"]
        drawn = section["strip"]["svg"].count("v10l-5-5z") if section["strip"] else len(mine)
        assert drawn == len(mine), code
        csv_rows = csv.DictReader(place["csv"].splitlines())
        found = [int(r["period"]) for r in csv_rows if r["measure"].endswith("half of the year")]
        assert found == mine == sorted(world.places[code].removals.halves)


def test_an_account_that_the_panel_does_not_know_is_said(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        caveats = " ".join(section["caveat"] for section in place["sections"])
        assert ("its panel holds no activity" in caveats) == (code in {"ESP", "NZL", "VNM"})


def test_an_account_that_is_somebody_elses_is_said_before_its_numbers(
    record: dict[str, Any], world: facts.World
) -> None:
    for code, place in record["places"].items():
        arriving = [s["text"] for s in place["sections"] if s["id"] == "arriving"]
        told = {one for text in arriving for one in text if "as in the study" in one}
        assert bool(told) == (code in GIVEN or code in OWNERS), code
        if code in GIVEN:
            handles = GIVEN[code].handles
            assert handles.get("twitter", handles.get("facebook", "")) in arriving[0][0]
        if not told:
            continue
        assert "as in the study" in arriving[0][0] + arriving[0][1]
        whose = r"account was first|own account; none|office's account; none|came together"
        assert not re.search(whose, " ".join(arriving[0])), code
        arrival = world.places[code].arrival
        assert arrival
        if arrival.borrowed:
            assert "dates we do not doubt" not in " ".join(arriving[0])
            assert "before those of" not in place["lede"]
    borrowed = {c for c, p in world.places.items() if p.arrival and p.arrival.borrowed}
    assert borrowed == {"CHE", "LAO", "PAK", "UZB", "VAT"}


def test_a_place_by_followers_says_whose_they_are(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        said = " ".join(t for s in place["sections"] if s["id"] == "voices" for t in s["text"])
        assert ("as in the study" in said) == (code in {"CHE", "SAU"}), code
        assert "by the followers of its leader" not in place["lede"] or code not in GIVEN


def test_lists_of_members_say_what_they_hold(record: dict[str, Any]) -> None:
    def section(code: str) -> dict[str, Any]:
        (found,) = [s for s in record["places"][code]["sections"] if s["id"] == "parliament"]
        return dict(found)

    def items(code: str) -> str:
        return " ".join(item[1] for each in section(code)["lists"] for item in each["items"])

    assert "365 in the list of 31 January 2026, which holds all members since 2017" in items("GBR")
    assert "365 of 650" not in items("GBR")
    assert "Bundestag of 2021 to 2025, X: 529 of 736" in items("DEU")
    assert "Government, X: 35 of 36 in the list of 20 July 2025; 34 of them posted" in items("FRA")
    for code, place in record["places"].items():
        if any(s["id"] == "parliament" for s in place["sections"]):
            assert not re.search(r": 0 of [^.;]*; 0 of them posted", items(code))
            old = "November 2015" in items(code)
            assert ("there can be more members than seats" in section(code)["caveat"]) == old


def test_events_that_repeat_another_are_said_to(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        said = " ".join(texts(place))
        assert bool(re.search(r"of them repeats? another in all", said)) == (
            code in {"BGD", "IRN", "PAK", "SAU"}
        )


def test_events_that_begin_on_the_day_of_another_are_said_to(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        (section,) = [s for s in place["sections"] if s["id"] == "shutdowns"]
        said = " ".join(section["text"])
        assert bool(re.search(r"of them begins? on the same day as another", said)) == (
            code in {"COD", "ETH", "IRN", "SDN", "TCD"}
        )


def test_no_superlative_counts_a_cut_twice_in_silence(record: dict[str, Any]) -> None:
    doubled = {"BGD", "COD", "ETH", "IRN", "PAK", "SAU", "SDN", "TCD"}
    ledes = {code: place["lede"] for code, place in record["places"].items()}
    told = {code for code, lede in ledes.items() if "may hold some of them twice" in lede}
    assert "SDN" in told and told == {c for c in doubled if "nationwide shutdown" in ledes[c]}


_ORDERS = (
    ("arriving", r"Of (\d+) places whose dates we do not doubt, (\d+) w"),
    ("arriving", r"(\d+) others came in the same month"),
    ("arriving", r"as in (\d+) other places of the (\d+) studied"),
    ("removals", r"more than from (\d+) of 196 other places"),
    ("removals", r"from 2011 to 2025, as for (\d+) other places"),
    ("shutdowns", r"from 2016 to 2024, as for (\d+) other places"),
    ("freedom", r"in 2023 higher in (\d+) of (\d+) other places, and lower in (\d+)"),
    ("freedom", r"Ten years before it was higher in (\d+) of (\d+), and lower in (\d+)"),
    ("freedom", r"by the government higher in (\d+) of (\d+) other places, and lower in (\d+)"),
)


@pytest.mark.parametrize(("topic", "pattern"), _ORDERS)
def test_the_csv_has_the_counts_of_others(record: dict[str, Any], topic: str, pattern: str) -> None:
    found = 0
    for code, place in record["places"].items():
        said = " ".join(texts(place))
        mine = [r for r in csv.DictReader(place["csv"].splitlines()) if r["topic"] == topic]
        of_others = {row["value"] for row in mine if re.search("other|places", row["measure"])}
        for match in re.findall(pattern, said):
            numbers = {match} if isinstance(match, str) else set(match)
            assert numbers <= of_others, (code, numbers)
            found += 1
    assert found > 20


def test_who_puts_one_of_two_equals_first_is_said(record: dict[str, Any]) -> None:
    tied = {row["iso3"] for row in rows("diplomatic_post_places") if int(row["tied"]) > 1}
    assert tied == {"CHL", "DNK", "FIN", "PAK", "PHL", "VNM"}
    for code, place in record["places"].items():
        caveats = " ".join(section["caveat"] for section in place["sections"])
        assert ("one of two with as many missions first" in caveats) == (code in tied)


def test_who_ranks_whom_is_said(record: dict[str, Any]) -> None:
    ranked = {row["iso3"] for row in rows("oecd_digital_places")}
    for code, place in record["places"].items():
        said = " ".join(texts(place))
        assert ("ranks only the 33 of them that are its members" in said) == (code in ranked), code
        for section in place["sections"]:
            assert section["id"] != "listening" or (
                "equal scores of e-participation share a place" in section["source"]
            )


def test_every_territory_that_google_counts_is_named(record: dict[str, Any]) -> None:
    words = {row["code"] for row in rows("google_removals")}
    apart = {names.governed_by(word) for word in words if names.resolve(word) is None} - {"", None}
    assert {"FIN", "GBR", "CHN"} <= apart
    assert all(record["places"][code]["apart"] for code in apart)


def test_tables_without_a_licence_are_told_apart_below_every_page(record: dict[str, Any]) -> None:
    for place in record["places"].values():
        used = {name for section in place["sections"] for name in section["tables"]}
        licences = [record["tables"][name]["licenses"] for name in used]
        assert [{"name": "none stated"}] in licences
    assert record["words"]["cite"].startswith("Sources of some tables state no licence")


def test_regions_have_one_home() -> None:
    regions = labels.regions()
    assert {row["region"] for row in rows("countries")} - {""} <= set(regions)
    root = Path(pages.__file__).parents[2]
    homes = [
        path.name
        for room in ("govsocial", "bookext")
        for path in (root / room).rglob("*.py")
        if '"East Asia & Pacific": _(' in path.read_text("utf-8")
    ]
    assert homes == ["labels.py"]


def test_no_estimate_is_cut_off(record: dict[str, Any], world: facts.World) -> None:
    low, high = facts.EFFORT
    for place in world.places.values():
        estimates = place.freedom.estimates if place.freedom else {}
        assert all(low < v < high for year, v in estimates.items() if year >= strips.FIRST)
    lines = {}
    for code in ("PRK", "TKM", "LBY"):
        (section,) = [s for s in record["places"][code]["sections"] if s["id"] == "freedom"]
        svg = ET.fromstring(section["strip"]["svg"])
        (line,) = svg.iter("polyline")
        lines[code] = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert max(lines["PRK"]) > max(lines["TKM"]) > max(lines["LBY"])


# Terms


def test_no_page_shows_what_its_terms_forbid(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        for section in place["sections"]:
            for name in section["tables"]:
                resource = tables.descriptor(name)
                named = [licence["name"] for licence in resource["licenses"]]
                assert not any("-NC-" in licence for licence in named), (code, name)
                assert "non-commercial" not in resource.get("terms", []), (code, name)


def test_the_tables_of_a_page_are_those_of_its_numbers(record: dict[str, Any]) -> None:
    for code, place in record["places"].items():
        named = {name for section in place["sections"] for name in section["tables"]}
        used = {row["table"] for row in csv.DictReader(place["csv"].splitlines())}
        assert used <= named, code
        # A table may be named for what it says by having no row of this place.
        silent = {"twitter_removals", "shutdown_events", "leader_mentions", "leader_first_months"}
        silent |= {"google_removal_requesters", "leader_account_years"}
        assert named - used <= silent, (code, named - used)


def test_the_tables_are_those_that_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: set[str] = set()
    load = tables.load

    def noted(name: str) -> Any:
        loaded.add(name)
        return load(name)

    monkeypatch.setattr(tables, "load", noted)
    found = facts.world.__wrapped__()
    everywhere = list(found.places.values())
    shown = {
        name
        for place in everywhere
        for make in pages._titles()
        for name in (make(place, found) or {}).get("tables", [])
    }
    assert loaded - {"countries"} == shown


# Drawings


def test_strips_are_drawn_from_the_facts(world: facts.World) -> None:
    place = world.places["TUR"]
    assert place.listening and place.arrival and place.freedom
    requests, cuts = strips.removals(place.removals), strips.shutdowns(place.shutdowns)
    assert requests and cuts
    bars = ET.fromstring(requests["svg"])
    tall = [
        float(r.attrib["height"]) for r in bars.iter("rect") if r.attrib["class"] == "strip-mark"
    ]
    years = [n for n in place.removals.google.values() if n]
    assert len(tall) == len(years)
    top = max([*years, *place.removals.twitter.values()])
    for height, n in zip(tall, years, strict=True):
        assert height == pytest.approx(max(1.5, 56 * n / top), abs=0.06)
    squares = ET.fromstring(cuts["svg"])
    texts_of = (t for t in squares.iter("text") if t.attrib["class"] == "strip-digits")
    assert sum(int(text.text or 0) for text in texts_of) == 8 + 27


def test_every_strip_says_what_it_shows_and_stays_inside(record: dict[str, Any]) -> None:
    for place in record["places"].values():
        for section in place["sections"]:
            if not (strip := section["strip"]):
                continue
            svg = ET.fromstring(strip["svg"])
            assert svg.attrib["role"] == "img"
            assert len(svg.attrib["aria-label"]) >= 40
            assert re.search(r"\d{4}", svg.attrib["aria-label"])
            _left, _top, width, height = map(float, svg.attrib["viewBox"].split())
            for box in svg.iter("rect"):
                numbers = {k: float(box.attrib[k]) for k in ("x", "y", "width", "height")}
                assert 0 <= numbers["x"] <= numbers["x"] + numbers["width"] <= width
                assert 0 <= numbers["y"] <= numbers["y"] + numbers["height"] <= height


@pytest.mark.parametrize("code", ["en", "it"])
def test_the_words_of_a_strip_keep_years_apart_from_decimals(
    code: str, monkeypatch: pytest.MonkeyPatch, world: facts.World
) -> None:
    monkeypatch.setenv("BOOK_LANG", code)
    place = world.places["TUR"]
    assert place.listening and place.freedom
    drawn = [strips.listening(place.listening), strips.freedom(place.freedom, world.band)]
    drawn += filter(None, [strips.removals(place.removals), strips.shutdowns(place.shutdowns)])
    assert len(drawn) == 4
    for strip in drawn:
        label = ET.fromstring(strip["svg"]).attrib["aria-label"]
        assert re.search(r"\d; 20\d\d: ", label) and not re.search(r"\d, \d", label), label


def test_the_map_has_all_places() -> None:
    found = world_map.shapes()
    assert set(found["places"]) == set(ADDRESSES)
    width, height = found["size"]
    dots = [shape["dot"] for shape in found["places"].values() if "dot" in shape]
    assert len(dots) > 30
    assert all(0 < x < width and 0 < y < height for x, y in dots)
    for code, shape in found["places"].items():
        assert shape["path"] or "dot" in shape, code


def test_the_record_is_for_the_site_alone() -> None:
    code = Path(pages.__file__).read_text("utf-8")
    assert "docutils" not in code


@pytest.mark.parametrize("code", ["en", "it"])
def test_no_name_of_a_place_is_said_twice(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_LANG", code)
    for place in ADDRESSES:
        said = [names.short(place), names.official(place), *names.others(place)]
        keys = [names.sort_key(name) for name in said if name]
        assert len(keys) == len(set(keys)), said
    assert names.others("RUS") == []
