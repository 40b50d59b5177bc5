"""Posts by local hour and week, counted anew with the standard library; clock changes."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from govsocial import snowflake, tables
from pipeline import raw
from pipeline.sources.posting_hours import localised, season

IDS = "covid-institutions-tweet-ids"
ZONES = tables.load("posting_zones").set_index("account")["time_zone"]

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def counts(*moments: str) -> pd.DataFrame:
    times = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in moments]
    return pd.DataFrame({"elapsed": [int(time.timestamp() // 3600) for time in times], "posts": 1})


def test_the_night_with_25_hours_has_two_o_clock_twice() -> None:
    found = localised(counts("2020-10-25T00:00", "2020-10-25T01:00"), "Europe/Rome")
    assert found["hour"].to_list() == [2, 2]
    assert found["offset"].to_list() == [2, 1]


def test_the_night_with_23_hours_has_no_two_o_clock() -> None:
    found = localised(counts("2020-03-29T00:00", "2020-03-29T01:00"), "Europe/Rome")
    assert found["hour"].to_list() == [1, 3]
    assert found["weekday"].to_list() == [7, 7]


def test_a_monday_in_beijing_may_be_a_sunday_in_london() -> None:
    moments = counts("2020-11-01T18:00", "2020-11-01T18:00")
    found = localised(moments, pd.Series(["Asia/Shanghai", "Europe/London"]))
    assert found["weekday"].to_list() == [1, 7]
    assert found["hour"].to_list() == [2, 18]
    assert found["week"].to_list() == [pd.Timestamp("2020-11-02"), pd.Timestamp("2020-10-26")]


@pytest.mark.parametrize(
    ("zone", "moment", "offset"),
    [
        ("Europe/Istanbul", "2016-01-15T12:00", 2),
        ("Europe/Istanbul", "2017-01-15T12:00", 3),
        ("America/Sao_Paulo", "2019-01-15T12:00", -2),
        ("America/Sao_Paulo", "2020-01-15T12:00", -3),
        ("America/New_York", "2020-03-10T12:00", -4),
    ],
)
def test_countries_change_their_rules(zone: str, moment: str, offset: int) -> None:
    assert localised(counts(moment), zone)["offset"].to_list() == [offset]


def test_half_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="whole number of hours"):
        localised(counts("2020-01-01T00:00"), "Asia/Kolkata")


def test_seasons_are_those_of_european_clocks() -> None:
    moments = counts("2020-03-28T12:00", "2020-03-29T12:00", "2020-10-25T12:00")
    assert season(moments).to_list() == ["winter", "summer", "winter"]


def test_hours_and_weeks_hold_the_same_posts() -> None:
    hours, weeks = tables.load("posting_hours"), tables.load("posting_weeks")
    assert hours["posts"].sum() == weeks["posts"].sum() == 276_495
    weekend = hours[hours["weekday"] >= 6].groupby("account")["posts"].sum()
    assert weekend.to_dict() == weeks.groupby("account")["weekend"].sum().to_dict()
    office = hours[(hours["weekday"] <= 5) & hours["hour"].between(9, 16)]
    found = office.groupby("account")["posts"].sum()
    assert found.to_dict() == weeks.groupby("account")["office"].sum().to_dict()


@present
@pytest.mark.parametrize("account", ["RTErdogan", "foreignoffice", "jairbolsonaro", "MFA_China"])
def test_one_account_hour_by_hour_and_week_by_week(account: str) -> None:
    root = raw.directory()
    assert root is not None
    ids: set[int] = set()
    for path in raw.paths(IDS):
        if Path(path).name == f"{account}_id.txt":
            lines = (root / IDS / path).read_text().splitlines()
            ids |= {int(line) for line in lines if line.isdigit()}
    zone = ZoneInfo(ZONES[account])
    times = [snowflake.decode(n).time.astimezone(zone) for n in ids if n >= snowflake.FIRST]
    hours = tables.load("posting_hours").query("account == @account")
    found = hours.groupby(["weekday", "hour"])["posts"].sum().to_dict()
    assert found == Counter((time.isoweekday(), time.hour) for time in times)
    weeks = tables.load("posting_weeks").query("account == @account")
    mondays = Counter(time.date() - timedelta(days=time.weekday()) for time in times)
    assert dict(zip(weeks["week"].dt.date, weeks["posts"], strict=True)) == mondays


@present
def test_congress_line_by_line() -> None:
    root = raw.directory()
    assert root is not None
    path = root / "us-congress-2016" / "prepared" / "posts_metadata.csv.gz"
    washington = ZoneInfo("America/New_York")
    found: Counter[tuple[int, int]] = Counter()
    address = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["source"] in {"TweetDeck", "Hootsuite", "Buffer"}:
                time = datetime.fromisoformat(row["t"]).astimezone(washington)
                found[time.isoweekday(), time.hour] += 1
                address += time.date().isoformat() == "2016-01-12" and time.hour >= 21
    tools = tables.load("congress_hours").query("program == 'tool'")
    assert tools.groupby(["weekday", "hour"])["posts"].sum().to_dict() == found
    assert tools.loc[tools["address"], "posts"].sum() == address
    members = tables.load("congress_member_programs").query("program == 'tool'")
    assert members["posts"].sum() == found.total()
    assert members["weekend"].sum() == sum(n for (day, _hour), n in found.items() if day >= 6)
