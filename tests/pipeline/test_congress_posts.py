"""Replies and retweets of Congress against the upstream file, counted anew in plain Python."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest

from govsocial import tables
from pipeline import raw

Row = dict[str, str]


@pytest.fixture(scope="module")
def posts() -> list[Row]:
    root = raw.directory()
    if root is None:
        pytest.skip("the raw files are not on this machine")
    path = root / "us-congress-2016" / "prepared" / "posts_metadata.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def is_reply(row: Row) -> bool:
    return row["isrt"] == "False" and row["isreply"] == "True"


def test_the_totals_are_those_of_the_register() -> None:
    members = tables.load("congress_conversation")
    assert len(members) == 518 and members["posts"].sum() == 102_434
    counts = tables.load("congress_retweet_counts")
    assert counts["posts"].sum() == 102_434
    assert tables.load("congress_retweet_classes")["posts"].sum() == 102_434 - 22_255


def test_replies_and_threads_of_every_member(posts: list[Row]) -> None:
    members = tables.load("congress_conversation").set_index("account")
    named = Counter(row["user"] for row in posts if is_reply(row) and row["nment"] != "0")
    unnamed = Counter(row["user"] for row in posts if is_reply(row) and row["nment"] == "0")
    assert {name: n for name, n in members["replies"].items() if n} == named
    assert {name: n for name, n in members["threads"].items() if n} == unnamed
    assert sum(named.values()) == 2_791 and sum(unnamed.values()) == 832


def test_retweets_of_every_member_are_those_of_own_posts(posts: list[Row]) -> None:
    members = tables.load("congress_conversation").set_index("account")
    own: Counter[str] = Counter()
    for row in posts:
        own[row["user"]] += int(row["rt"]) if row["isrt"] == "False" else 0
    assert members["retweets"].to_dict() == own


def test_the_counts_by_kind(posts: list[Row]) -> None:
    counts = tables.load("congress_retweet_counts")
    passed_on = counts[counts["kind"] == "passed_on"].groupby("retweets")["posts"].sum()
    assert passed_on.to_dict() == Counter(int(r["rt"]) for r in posts if r["isrt"] == "True")
    zero = counts[(counts["kind"] == "reply") & (counts["retweets"] == 0)]["posts"].sum()
    assert zero == tables.load("congress_conversation")["replies_unshared"].sum() == 1_388
    candidates = counts[counts["candidate"]]["posts"].sum()
    assert candidates == sum(r["user"] in {"SenSanders", "SenTedCruz"} for r in posts) == 400


def test_the_candidates_are_those_that_the_field_names(posts: list[Row]) -> None:
    members = {row["user"] for row in posts}
    # Rubio, too, is among the members; he gave up in March 2016.
    assert {"SenSanders", "SenTedCruz", "SenRubioPress"} <= members
    fields = tables.descriptor("congress_retweet_counts")["schema"]["fields"]
    (said,) = [field["description"] for field in fields if field["name"] == "candidate"]
    assert "until May 2016 or longer (Sanders, Cruz)" in said
    counts = tables.load("congress_retweet_counts")
    own = [row for row in posts if row["user"] in {"SenSanders", "SenTedCruz"}]
    assert counts.loc[counts["candidate"], "posts"].sum() == len(own)


def test_members_are_split_as_congress_was() -> None:
    members = tables.load("congress_conversation")
    senate = members[members["chamber"] == "Senate"]["party"].value_counts().to_dict()
    assert senate == {"R": 50, "D": 41, "I": 2}
