"""Presidents' posts against the upstream files, counted anew in plain Python."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest

from govsocial import tables
from pipeline import raw


@pytest.fixture(scope="module")
def root() -> Path:
    found = raw.directory()
    if found is None:
        pytest.skip("the raw files are not on this machine")
    return found


@pytest.mark.parametrize(
    ("account", "posts", "passed_on"),
    [("BarackObama", 3_207, 351), ("realDonaldTrump", 3_232, 354)],
)
def test_what_the_posts_drew(root: Path, account: str, posts: int, passed_on: int) -> None:
    path = root / "fivethirtyeight-twitter-ratio" / "prepared" / f"{account}.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    own = [row for row in rows if row["is_rt"] == "False"]
    assert len(rows) == posts and len(own) == posts - passed_on
    table = tables.load("president_posts").query("account == @account")
    for ours, theirs in {
        "replies": "replies",
        "retweets": "retweets",
        "likes": "favorites",
    }.items():
        assert Counter(table[ours]) == Counter(int(row[theirs]) for row in own)
    # The file's own times, which state no zone, are those of the ids: they are UTC.
    stated = [datetime.strptime(row["created_at"], "%m/%d/%y %H:%M").date() for row in own]
    assert Counter(table["day"].dt.date) == Counter(stated)


def test_replies_by_quarter(root: Path) -> None:
    path = root / "dslabs-trump" / "prepared" / "trump_tweets.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["created_at"] < "2018"]
    table = tables.load("trump_quarters").set_index("quarter")
    assert len(rows) == table["posts"].sum() == 20_758
    first = [row for row in rows if "2013-01" <= row["created_at"] < "2013-04"]
    found = table.loc["2013-01-01"]
    assert found["posts"] == len(first) == 2_172
    assert found["replies"] == sum(row["is_reply"] == "True" for row in first)
    assert found["retweets_median"] == median(int(row["retweet_count"]) for row in first)
    unnamed = [row for row in rows if row["is_reply"] == "True" and row["n_mentions"] == "0"]
    assert table["threads"].sum() == len(unnamed) == 34
