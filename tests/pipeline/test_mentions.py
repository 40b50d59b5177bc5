"""Tables of mentions, counted a second way and against published totals."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw

LEADERS = tables.load("leader_mentions")
YEARS = tables.load("leader_account_years")
CONGRESS = tables.load("congress_mentions")
MEMBERS = tables.load("congress_mention_members").set_index("member")


def upstream(slug: str, name: str) -> Path:
    """Return the path of a raw file, or skip."""
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    return raw.locate(slug, f"prepared/{name}")


def test_the_totals_are_those_the_sources_state() -> None:
    assert YEARS["account"].nunique() == 63 and YEARS["posts"].sum() == 165_790
    assert len(MEMBERS) == 518 and MEMBERS["party"].value_counts().to_dict() == {
        "R": 289,
        "D": 227,
        "I": 2,
    }


def test_parts_do_not_exceed_their_wholes() -> None:
    assert (YEARS["tagged"] <= YEARS["own_posts"]).all()
    assert (YEARS["own_posts"] <= YEARS["posts"]).all()
    assert (CONGRESS["source"] != CONGRESS["target"]).all()


def test_whoever_mentions_in_a_year_has_posts_in_it() -> None:
    there = set(zip(YEARS["account"], YEARS["year"], strict=True))
    assert set(zip(LEADERS["source"], LEADERS["year"], strict=True)) <= there


def test_two_owners_move_to_an_organisation_and_nobody_else_moves() -> None:
    homes = YEARS.groupby("account")["home"].unique().map(list)
    moved = homes[homes.map(len) > 1].to_dict()
    assert moved == {"VDombrovskis": ["LVA", "EU"], "jensstoltenberg": ["NOR", "NATO"]}


def test_the_mentions_of_leaders_are_those_of_the_file() -> None:
    path = upstream("world-leaders-tweets-2008-2017", "peer_mentions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (r["source"], r["target"], int(r["year"]), int(r["n"])) for r in csv.DictReader(file)
        ]
    columns = ["source", "target", "year", "mentions"]
    assert sorted(LEADERS[columns].itertuples(index=False, name=None)) == sorted(rows)


def test_posts_by_year_are_those_of_the_lines_of_the_file() -> None:
    path = upstream("world-leaders-tweets-2008-2017", "posts_metadata.csv.gz")
    posts: Counter[tuple[str, int]] = Counter()
    tagged: Counter[tuple[str, int]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["user"], int(row["created_at"][:4])
            posts[key] += 1
            tagged[key] += row["is_rt"] == "False" and int(row["n_hashtags"]) > 0
    counted = YEARS.set_index(["account", "year"])
    assert counted["posts"].to_dict() == dict(posts)
    assert counted["tagged"].to_dict() == dict(tagged)


def test_hashtags_are_those_that_five_accounts_share() -> None:
    path = upstream("world-leaders-tweets-2008-2017", "hashtags_by_user_year.csv.gz")
    users: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            users[row["hashtag"], int(row["year"])].add(row["user"])
    wide = {hashtag for (hashtag, _), who in users.items() if len(who) >= 5}
    expected = {key: len(who) for key, who in users.items() if key[0] in wide}
    counted = tables.load("leader_hashtags").set_index(["hashtag", "year"])["accounts"]
    assert counted.to_dict() == expected


def test_party_to_party_counts_survive_the_numbering() -> None:
    pairs = pd.read_csv(upstream("us-congress-2016", "peer_mentions.csv"))
    expected = pairs.groupby(["sp", "tp"])["n"].agg(["size", "sum"])
    parties = CONGRESS.assign(
        sp=CONGRESS["source"].map(MEMBERS["party"]), tp=CONGRESS["target"].map(MEMBERS["party"])
    )
    found = parties.groupby(["sp", "tp"])["mentions"].agg(["size", "sum"])
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, check_index_type=False)


def test_in_degrees_are_those_of_another_table() -> None:
    cited = tables.load("congress_criteria")["cited_by"]
    degrees = CONGRESS["target"].value_counts().reindex(MEMBERS.index, fill_value=0)
    assert sorted(degrees) == sorted(cited)
    offices = tables.load("congress_leader_mentions").set_index("account")
    by = offices[["democrats", "republicans", "independents"]].sum(axis=1)
    criteria = tables.load("congress_criteria").set_index("account")["cited_by"]
    assert by.to_dict() == criteria[by.index].to_dict()
