"""Mentions among leaders and among members of Congress, counted anew with the standard library."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from govsocial import tables
from pipeline import raw

Row = dict[str, str]


def rows(path: str) -> list[Row]:
    root = raw.directory()
    if root is None:
        pytest.skip("the raw files are not on this machine")
    file = Path(root, path)
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return list(csv.DictReader(text.decode().splitlines()))


def test_every_mention_among_leaders_is_there_once() -> None:
    expected: Counter[tuple[str, str, int]] = Counter()
    for row in rows("world-leaders-tweets-2008-2017/prepared/peer_mentions.csv"):
        expected[row["source"], row["target"], int(row["year"])] += int(row["n"])
    table = tables.load("leader_mentions")
    found = table.set_index(["source", "target", "year"])["mentions"].to_dict()
    assert found == {key: count for key, count in expected.items() if key[0] != key[1]}


def test_the_posts_of_each_account_and_year() -> None:
    expected: Counter[tuple[str, int]] = Counter()
    for row in rows("world-leaders-tweets-2008-2017/prepared/posts_metadata.csv.gz"):
        expected[row["user"], int(row["created_at"][:4])] += 1
    table = tables.load("leader_account_years")
    assert table.set_index(["account", "year"])["posts"].to_dict() == expected


def test_ties_in_congress_by_party() -> None:
    pairs = rows("us-congress-2016/prepared/peer_mentions.csv")
    expected = Counter((row["sp"], row["tp"]) for row in pairs)
    party = tables.load("congress_mention_members").set_index("member")["party"]
    table = tables.load("congress_mentions")
    found = Counter(zip(table["source"].map(party), table["target"].map(party), strict=True))
    assert found == expected
    assert table["mentions"].sum() == sum(int(row["n"]) for row in pairs)


def test_members_are_numbers_without_order() -> None:
    members = tables.load("congress_mention_members")
    assert members["member"].tolist() == list(range(1, 519))
    assert members["party"].value_counts().to_dict() == {"R": 289, "D": 227, "I": 2}


def test_who_names_the_speaker() -> None:
    pairs = rows("us-congress-2016/prepared/peer_mentions.csv")
    by = Counter(row["sp"] for row in pairs if row["target"].lower() == "speakerryan")
    leaders = tables.load("congress_leader_mentions").set_index("account").loc["speakerryan"]
    assert [leaders["democrats"], leaders["republicans"]] == [by["D"], by["R"]]
