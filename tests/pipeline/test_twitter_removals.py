"""Twitter's removal requests against the upstream file, read anew."""

from __future__ import annotations

import csv

import pytest

from govsocial import tables
from pipeline import raw


@pytest.fixture
def rows() -> list[dict[str, str]]:
    """The rows of the upstream file that state a number of requests."""
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    path = raw.locate("twitter-transparency", "verisetleri/ttrall.csv")
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["removal_request_court"] != "NA"]


def test_every_request_of_the_file_is_in_the_table(rows: list[dict[str, str]]) -> None:
    twitter = tables.load("twitter_removals")
    for column, name in (
        ("court_orders", "removal_request_court"),
        ("other_requests", "removal_request_other"),
        ("accounts_named", "accounts_specified"),
    ):
        assert twitter[column].sum() == sum(float(row[name]) for row in rows)
    turkey = sum(float(row["removal_request_court"]) for row in rows if row["country"] == "Turkey")
    assert twitter.loc[twitter["code"] == "TR", "court_orders"].sum() == turkey


def test_a_year_says_of_how_many_halves_it_is_the_sum(rows: list[dict[str, str]]) -> None:
    twitter = tables.load("twitter_removals")
    norway = [int(row["year"]) for row in rows if row["country"] == "Norway"]
    mine = twitter[twitter["code"] == "NO"]
    assert mine["year"].tolist() == sorted(norway) and mine["halves"].eq(1).all()
    assert twitter["halves"].sum() == len(rows)
    ones = int((twitter["halves"] == 1).sum())
    caveats = " ".join(tables.descriptor("twitter_removals")["caveats"])
    assert f"In {ones} of the {len(twitter)} rows" in caveats and ones == 115


def test_two_spellings_are_one_country() -> None:
    twitter = tables.load("twitter_removals")
    assert not twitter.duplicated(["year", "code"]).any()
    assert twitter["code"].notna().all()
    # Croatia's numbers stand under a misspelling, in 2017.
    assert twitter.loc[twitter["code"] == "HR", "year"].tolist() == [2017]
