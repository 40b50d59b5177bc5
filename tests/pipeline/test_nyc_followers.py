"""Followers of New York's agencies: the same accounts, the dates that can be trusted."""

from __future__ import annotations

import csv

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

FOLLOWERS = tables.load("nyc_followers")
GAINS = tables.load("nyc_follower_gains")
DATES = tables.load("nyc_sampling_dates")

present = pytest.mark.skipif(raw.directory() is None, reason="the raw file is not here")


def lines() -> dict[tuple[str, str], float]:
    """Followers on Twitter by address and date, read line by line."""
    path = Run().raw("nyc-social-media-2011-2012", "NYC_Social_Media_Usage.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["Url"], row["Date Sampled"][:10]): float(row["Likes/Followers/Visits/Downloads"])
            for row in csv.DictReader(file)
            if row["Platform"] == "Twitter" and row["Likes/Followers/Visits/Downloads"]
        }


def test_accounts_never_change_and_followers_never_fall() -> None:
    assert FOLLOWERS["accounts"].nunique() == 1 and len(GAINS) == FOLLOWERS["accounts"].iloc[0]
    assert FOLLOWERS["followers"].is_monotonic_increasing


def test_gains_of_the_accounts_add_up_to_the_gain_of_the_sum() -> None:
    sums = FOLLOWERS.set_index("date")["followers"]
    gain = sums["2012-11-02"] - sums["2012-10-24"]
    assert GAINS["sandy"].sum() * 9 == pytest.approx(gain, abs=3)


def test_the_last_sample_fits_the_year_before_and_not_its_label() -> None:
    late = DATES[DATES["labelled"] == "2012-12-12"].set_index("read_as")
    assert late["misplaced"]["2012-12-12"] == late["accounts"]["2012-12-12"]
    assert late.loc["2011-12-12", "misplaced"] == 0


def test_dates_in_use_are_in_line_and_the_others_are_not() -> None:
    used = DATES[DATES["used"]]
    assert used["misplaced"].max() <= 1
    assert set(FOLLOWERS["date"]) == set(used["labelled"])


@present
def test_the_sums_are_those_of_the_lines() -> None:
    values = lines()
    dates = [date.strftime("%m/%d/%Y") for date in FOLLOWERS["date"]]
    urls = {url for url, _date in values}
    same = [url for url in urls if all((url, date) in values for date in dates)]
    assert len(same) == FOLLOWERS["accounts"].iloc[0]
    totals = [sum(values[url, date] for url in same) for date in dates]
    assert totals == FOLLOWERS["followers"].to_list()


@present
def test_the_fire_department_had_about_what_a_trade_site_printed_that_day() -> None:
    printed = tables.load("facts").set_index("id").loc["F160", "value"]
    sampled = lines()["http://www.twitter.com/FDNY", "11/02/2012"]
    assert sampled == pytest.approx(printed, rel=1 / 20)
