"""Seven leaders' posts by month and client, counted a second way and on two engines."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources.leader_posts import counted

POSTS = tables.load("leader_posts")

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def test_no_account_reaches_the_limit_of_the_collection() -> None:
    assert POSTS["account"].nunique() == 7
    assert POSTS.groupby("account")["posts"].sum().max() < 3_200
    assert (POSTS["retweets"] <= POSTS["posts"]).all()


def test_the_english_account_opens_in_the_month_the_kremlin_announced_it() -> None:
    medvedev = POSTS[POSTS["account"] == "MedvedevRussiaE"]
    assert medvedev["month"].min() == pd.Timestamp("2010-06-01")
    assert "Twitter for iPad" not in set(medvedev["client"])


@present
def test_the_counts_are_those_of_the_lines_of_the_file() -> None:
    path = Run().raw("world-leaders-tweets-2008-2017", "prepared/engagement_7_leaders.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        lines = Counter((row["user"], row["source"]) for row in csv.DictReader(file))
    counts = POSTS.groupby(["account", "client"])["posts"].sum()
    assert counts.to_dict() == dict(lines)


@present
# PySpark 4.3 warns, in several ways, that it does not know pandas 3 yet.
@pytest.mark.filterwarnings("ignore")
def test_spark_counts_the_same() -> None:
    pytest.importorskip("pyspark")
    pd.testing.assert_frame_equal(counted(Run("spark")), counted(Run()), check_dtype=False)
