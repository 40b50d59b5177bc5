"""Requests by channel, and the time to close them, counted a second way from the raw files."""

from __future__ import annotations

import csv
import gzip
import statistics
from collections import Counter
from datetime import datetime

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources import city_requests

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def sample() -> list[dict[str, str]]:
    path = Run().raw("city-requests", "prepared/san_francisco_sample.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_boston_has_its_number_of_requests() -> None:
    requests = tables.load("city_requests")
    boston = requests[requests["city"] == "Boston"]
    assert boston["requests"].sum() == 121_145
    channels = boston.groupby("channel")["requests"].sum()
    assert channels["Twitter"] == 61
    assert channels[["phone", "app", "web", "Twitter"]].sum() == 93_489


def test_every_month_of_a_city_has_every_channel() -> None:
    requests = tables.load("city_requests")
    months = requests.groupby("city")["month"].nunique()
    assert months.to_dict() == {"Boston": 12, "San Francisco": 91}
    assert (requests.groupby(["city", "month"]).size().groupby("city").nunique() == 1).all()


@present
def test_the_sample_keeps_all_its_lines() -> None:
    rows = sample()
    years = Counter(row["opened"][:4] for row in rows if row["source"] == "Twitter")
    requests = tables.load("city_requests")
    twitter = requests[(requests["city"] == "San Francisco") & (requests["channel"] == "Twitter")]
    found = twitter.groupby(twitter["month"].dt.year)["requests"].sum()
    assert {str(year): int(count) for year, count in found.items() if count} == dict(years)
    assert requests.loc[requests["city"] == "San Francisco", "requests"].sum() == len(rows)


@present
def test_half_of_the_app_s_street_cleaning_was_done_within_the_stated_hours() -> None:
    hours = []
    for row in sample():
        if (row["category"], row["source"]) == ("Street and Sidewalk Cleaning", "Open311"):
            opened, closed = row["opened"], row["closed"]
            if "2014-04" <= opened[:7] <= "2014-12":
                continue
            late = float("inf")
            if closed:
                late = (
                    datetime.fromisoformat(closed) - datetime.fromisoformat(opened)
                ).total_seconds() / 3600
            hours.append(late)
    closing = tables.load("san_francisco_closing").set_index(["category", "channel"])
    found = closing.xs(("Street and Sidewalk Cleaning", "app"))
    assert found["requests"] == len(hours) == 411
    assert found["median"] == pytest.approx(statistics.median(hours), abs=0.051)
    assert found["low"] < found["median"] < found["high"]
    bins = tables.load("san_francisco_hours")
    app = bins[(bins["category"] == "Street and Sidewalk Cleaning") & (bins["channel"] == "app")]
    by_day = app.loc[app["within"] <= 24, "requests"].sum()
    assert by_day == sum(late <= 24 for late in hours)
    assert app.loc[app["within"].isna(), "requests"].sum() == 411 - found["closed"]


@present
def test_closings_before_the_opening_are_of_nine_months_and_of_a_clock_of_twelve_hours() -> None:
    early = [row for row in sample() if row["closed"] and row["closed"] < row["opened"]]
    months = Counter(row["opened"][:7] for row in early)
    assert {month for month, count in months.items() if count > 1} == {
        f"2014-{month:02}" for month in range(4, 13)
    }
    assert sum(months.values()) == 129
    hours = {int(row["closed"][11:13]) for row in early}
    assert hours == set(range(1, 13))


@present
def test_no_request_of_the_tables_is_closed_before_it_is_opened() -> None:
    rows = pd.DataFrame(sample()).replace("", None)
    rows = rows.assign(channel=rows["source"].map(city_requests._CHANNELS))
    assert city_requests._timed(rows)["hours"].min() >= 0


def test_requests_of_april_to_december_2014_choose_a_category_and_are_left_out_of_it() -> None:
    edges = [
        "2014-03-31T23:59:59",
        "2014-04-01T00:00:00",
        "2014-12-31T23:59:59",
        "2015-01-01T00:00:00",
    ]
    requests = pd.DataFrame({"opened": edges * 50}).assign(
        closed="2015-01-02T00:00:00", category="Trees", channel="app"
    )
    assert city_requests._timed(requests)["opened"].value_counts().to_dict() == {
        edges[0]: 50,
        edges[3]: 50,
    }


def test_bounds_of_the_median_are_those_of_the_published_table() -> None:
    # Conover (1999), table A3: of 20 values the 6th and the 15th enclose the median with 95.9 %.
    half = city_requests._half(pd.Series(range(1, 21), dtype=float))
    assert (half["low"], half["median"], half["high"]) == (6.0, 10.5, 15.0)


def test_an_open_request_counts_as_the_longest() -> None:
    half = city_requests._half(pd.Series([1.0, 2.0, float("nan")] * 10))
    assert half["closed"] == 20 and half["requests"] == 30
    assert half["median"] == 2.0 and half["high"] is None


def test_no_cell_shows_single_requests() -> None:
    closing = tables.load("san_francisco_closing")
    assert closing["requests"].min() >= 20
    assert closing.groupby("category")["requests"].sum().min() >= 100
