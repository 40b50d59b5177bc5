"""Measures of institutions' posts by week and band, against the raw file read a second way."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter

import pytest

from govsocial import snowflake, tables
from pipeline import raw
from pipeline.run import Run

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def posts() -> list[dict[str, str]]:
    path = Run().raw("eucomm-twitter", "prepared/post_measures.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if int(row["id"]) >= 29_700_859_247]


@present
def test_no_post_with_a_time_is_lost() -> None:
    rows = posts()
    accounts = Counter(row["account"] for row in rows)
    weeks = tables.load("institution_posts")
    assert weeks.groupby("account")["posts"].sum().to_dict() == dict(accounts)
    texts = Counter(row["account"] for row in rows if row["n_characters"])
    for name in ("institution_reading_ease", "institution_post_lengths"):
        assert tables.load(name).groupby("account")["posts"].sum().to_dict() == dict(texts)


@present
def test_a_week_is_the_mean_of_its_posts() -> None:
    monday = dt.date(2020, 3, 23)
    chosen = [
        row
        for row in posts()
        if row["account"] == "10DowningStreet"
        and monday <= snowflake.decode(int(row["id"])).time.date() < monday + dt.timedelta(days=7)
    ]
    weeks = tables.load("institution_posts").set_index(["account", "week"])
    week = weeks.xs(("10DowningStreet", str(monday)))
    ease = [float(row["flesch_reading_ease"]) for row in chosen if row["flesch_reading_ease"]]
    assert week["posts"] == len(chosen) > 20
    assert week["reading_ease"] == pytest.approx(sum(ease) / len(ease), abs=0.001)
    assert week["emoji"] == sum(float(row["n_emojis"]) > 0 for row in chosen)
    positive = [
        row
        for row in chosen
        if float(row["positive_sentiment"])
        > max(float(row["negative_sentiment"]), float(row["neutral_sentiment"]))
    ]
    assert week["positive"] == len(positive)


def test_weeks_begin_on_monday_and_parts_stay_within_the_whole() -> None:
    weeks = tables.load("institution_posts")
    assert (weeks["week"].dt.day_of_week == 0).all()
    assert weeks["week"].min().year == 2010 and str(weeks["week"].max())[:7] == "2022-06"
    for part in ("texts", "emoji", "links", "hashtags", "mentions", "positive", "negative"):
        assert (weeks[part] <= weeks["posts"]).all(), part


@present
def test_a_band_holds_its_posts() -> None:
    ease = Counter(
        float(row["flesch_reading_ease"]) // 10 * 10
        for row in posts()
        if row["account"] == "ecb"
        and row["flesch_reading_ease"]
        and snowflake.decode(int(row["id"])).time.year == 2019
    )
    bands = tables.load("institution_reading_ease")
    found = bands[(bands["account"] == "ecb") & (bands["year"] == 2019)]
    assert {float(low): int(n) for low, n in zip(found["low"], found["posts"], strict=True)} == ease
