"""Private persons are numbered in an order that the repository does not hold; others are named."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy import stats

from govsocial import tables
from pipeline import raw
from pipeline.pseudonyms import key_of, numbered
from pipeline.registry import sources
from pipeline.run import Run

VALUES = pd.Series([30, 10, 20, 10, *range(100, 400)])
# The two tables that tell private users apart: pseudonyms already where they come from.
PRIVATE = {"russia_retweet_times", "germany_link_times"}
PERSON = {"account", "member", "user", "person", "source", "target", "deputy"}


def test_equal_values_share_a_number_and_numbers_run_from_one() -> None:
    numbers = numbered(VALUES, b"a key")
    assert numbers[1] == numbers[3]
    assert sorted(numbers.unique()) == list(range(1, VALUES.nunique() + 1))


def test_the_order_hangs_on_the_key_and_on_nothing_else() -> None:
    first, again = numbered(VALUES, b"a key"), numbered(VALUES[::-1], b"a key").sort_index()
    other = numbered(VALUES, b"another")
    assert first.equals(again) and not first.equals(other)
    for order in (first, other):
        assert abs(stats.spearmanr(VALUES, order).statistic) < 0.2


def test_the_key_hangs_on_every_byte_and_is_no_checksum_of_the_register(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"account,thing\n1,2\n")
    two.write_bytes(b"account,thing\n1,3\n")
    assert key_of(one) != key_of(two) and len(key_of(one)) == 32
    assert key_of(one) != hashlib.sha256(one.read_bytes()).digest()
    assert key_of(one) != hashlib.blake2b(one.read_bytes(), digest_size=32).digest()


@pytest.mark.parametrize("name", tables.names())
def test_nobody_is_numbered_but_private_users(name: str) -> None:
    fields = tables.descriptor(name)["schema"]["fields"]
    numbers = {f["name"] for f in fields if f["type"] == "integer" and "unit" not in f} & PERSON
    assert bool(numbers) == (name in PRIVATE), f"{name}: name {numbers} or count them"


def in_order(times: pd.Series[int]) -> Any:
    return tuple(sorted(times))


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_the_numbers_of_users_follow_neither_their_ids_nor_their_first_appearance() -> None:
    """The largest things of the Russian set, found by their times, in the order of the file."""
    path = "prepared/russian_coord_tweets.csv.gz"
    upstream = pd.read_csv(Run().raw("coortweet", path))
    first = upstream.groupby(["object_id", "account_id"])["timestamp_share"].min()
    after = first - first.groupby("object_id").transform("min")
    theirs = after.groupby("object_id").agg(in_order)
    shares = tables.load("russia_retweet_times")
    ours = shares.groupby("thing")["after"].agg(in_order)
    one = theirs.reset_index().merge(ours.reset_index(name="same"), left_on="timestamp_share",
                                     right_on="same")  # fmt: skip
    one = one.drop_duplicates("same", keep=False)
    assert len(one) > 1_000
    assert abs(stats.spearmanr(one["object_id"], one["thing"]).statistic) < 0.1
    digest = sources()["coortweet"].files[path].sha256
    assert bytes.fromhex(digest) != key_of(Run().raw("coortweet", path))
