"""Town halls, authorities and members in Germany, counted a second way from the raw files."""

from __future__ import annotations

import csv
from collections import Counter

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources import german_agencies, german_town_halls

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")
SLUG = "dboes-germany"


def lines(path: str, slug: str = SLUG) -> list[dict[str, str]]:
    with Run().raw(slug, path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def there(rows: list[dict[str, str]], column: str) -> int:
    return sum(row[column].strip() != "existiert nicht" for row in rows)


@present
def test_town_halls_with_an_account_are_those_of_the_lines() -> None:
    rows = lines("data/16.csv")
    halls = tables.load("german_town_halls")
    assert len(halls) == len(rows) == 417
    for platform in german_agencies.PLATFORMS:
        column = f"SM_{'Youtube' if platform == 'YouTube' else platform}URL"
        assert halls[platform.casefold()].sum() == there(rows, column), platform
    assert halls["x"].sum() == 176 and halls["tiktok"].sum() == 57


def test_the_kinds_have_their_known_numbers() -> None:
    kinds = tables.load("german_town_halls")["kind"].value_counts()
    # 294 counties and 106 cities outside counties since 2021; Aachen, Göttingen and Hannover more.
    assert kinds.to_dict() == {"county": 294, "city": 109, "state": 13, "federation": 1}


@pytest.mark.parametrize(
    ("edition", "x", "facebook", "instagram", "tiktok", "bodies"),
    [
        # Table 13 of the authors' documentation, edition 3.
        ("2026-03", 227, 192, 241, 16, 382),
        ("2024-12", 229, 173, 214, 19, 378),
    ],
)
def test_the_published_numbers_of_authorities_are_reproduced(
    edition: str, x: int, facebook: int, instagram: int, tiktok: int, bodies: int
) -> None:
    agencies = tables.load("german_agencies")
    there = agencies[agencies["edition"] == edition]
    found = there[["x", "facebook", "instagram", "tiktok"]].sum()
    assert len(there) == bodies
    assert found.tolist() == [x, facebook, instagram, tiktok]


@present
def test_the_first_edition_has_no_tiktok_and_no_youtube() -> None:
    agencies = tables.load("german_agencies")
    first = agencies[agencies["edition"] == "2023-04"]
    assert first["tiktok"].isna().all() and first["youtube"].isna().all()
    assert first["x"].sum() == there(lines("data/archive/2023/15.csv"), "SM_TwitterURL") == 222


def test_the_bodies_of_all_editions_and_their_changes_agree() -> None:
    agencies = tables.load("german_agencies")
    always = agencies[agencies["in_all_editions"]]
    assert always.groupby("edition").size().tolist() == [321, 321, 321]
    assert always.groupby("edition")["x"].sum().tolist() == [181, 188, 194]
    assert always.groupby("edition")["instagram"].sum().tolist() == [109, 169, 193]
    changes = tables.load("german_agency_changes")
    parts = changes[["both", "left", "came", "neither"]].sum(axis=1)
    assert (parts == changes["bodies"]).all()


@present
def test_of_the_accounts_on_x_in_2023_twelve_are_gone_and_none_has_another_number() -> None:
    def numbers(path: str, column: str) -> dict[str, str]:
        return {row["Name"].strip(): row[column].strip() for row in lines(path)}

    first = numbers("data/archive/2023/15.csv", "SM_TwitterID")
    last = numbers("data/15.csv", "SM_XID")
    was = {name: number for name, number in first.items() if number.isdigit() and name in last}
    kept = sum(last[name] == number for name, number in was.items())
    changes = tables.load("german_agency_changes").set_index(["earlier", "later", "platform"])
    row = changes.xs(("2023-04", "2026-03", "X"))
    assert (len(was), kept) == (row["both"] + row["left"], row["same_account"]) == (182, 170)
    assert row["left"] == 12


@present
def test_all_counties_and_cities_of_both_lists_are_matched() -> None:
    rows = lines("prepared/counties_2023-02.csv", "german-counties-twitter")
    outside = [row for row in rows if row["LK_Type"] != "Bezirk" and row["LK_Name"] != "Eisenach"]
    both = tables.load("german_town_halls_x_lists")
    assert both["bodies"].sum() == len(outside) == 400
    assert both["both"].sum() + both["only_older"].sum() == sum(
        row["Twitter ID"] != "" for row in outside
    )
    parts = both[["both", "only_older", "only_newer", "neither"]].sum(axis=1)
    assert (parts == both["bodies"]).all()


@present
def test_quarters_hold_a_quarter_and_no_hall_is_lost() -> None:
    size = tables.load("german_town_halls_by_size")
    facebook = size[size["platform"] == "Facebook"]
    assert facebook.groupby("kind")["bodies"].sum().to_dict() == {"city": 106, "county": 294}
    halls = tables.load("german_town_halls").set_index("body")
    alone = halls.loc[["Aachen", "Göttingen", "Hannover"], "facebook"].sum()
    in_lists = halls[halls["kind"].isin(["county", "city"])]["facebook"].sum()
    assert facebook["listed"].sum() == in_lists - alone


def test_an_unknown_word_in_the_list_stops_the_build() -> None:
    frame = pd.DataFrame({"SM_XURL": ["https://x.com/a", "unklar"]})
    with pytest.raises(ValueError, match="SM_XURL holds unklar"):
        german_agencies.listed(frame, "X")


def test_names_are_matched_however_they_are_written() -> None:
    key = german_town_halls._key
    assert key("Landkreis Lindau (Bodensee)") == key("Lindau (Bodensee)") == "lindau"
    assert key("Landkreis Hof") == key("Hof") and key("Landkreis Hof") != key("Höxter")


@present
def test_members_add_up_to_the_lists_total() -> None:
    rows = lines("prepared/members_by_party.csv")
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found[row["edition"], row["platform"]] += int(row["with_account"])
    members = tables.load("german_members")
    sums = members.groupby(["edition", "platform"])["listed"].sum()
    assert {key: int(count) for key, count in sums.items()} == dict(found)
    last = members[(members["edition"] == "2026-03") & (members["platform"] == "TikTok")]
    assert last["members"].sum() == 2_700 and last["listed"].sum() == 1_016
    assert last.loc[last["house"] == "Bundestag", "members"].sum() == 615
