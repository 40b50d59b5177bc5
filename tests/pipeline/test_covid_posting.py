"""Weekly posts counted a second way, line by line, and on two engines."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from govsocial import snowflake, tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources.covid_posting import weekly
from pipeline.sources.tweet_ids import FIRST_SNOWFLAKE, read

SLUG = "covid-institutions-tweet-ids"
WEEKS = tables.load("covid_posting_weeks")
HOURS = tables.load("covid_ministry_hours")

present = pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")


def test_each_series_holds_every_week_between_its_ends() -> None:
    for _account, rows in WEEKS.groupby("account"):
        assert (rows["week"].diff().dropna() == pd.Timedelta(days=7)).all()
    assert (WEEKS["week"].dt.day_of_week == 0).all()


@present
def test_the_weeks_of_one_account_are_those_of_its_lines() -> None:
    run = Run()
    ids = {
        int(line)
        for path in raw.paths(SLUG)
        if path.endswith("/MinisteroSalute_id.txt")
        for line in run.raw(SLUG, path).read_text("utf-8").split()
        if line.isdigit()
    }
    moments = [snowflake.decode(number).time for number in ids if number >= FIRST_SNOWFLAKE]
    weeks = Counter(time.date() - dt.timedelta(days=time.weekday()) for time in moments)
    rows = WEEKS[WEEKS["account"] == "MinisteroSalute"]
    assert all(
        weeks[week.date()] == posts for week, posts in zip(rows["week"], rows["posts"], strict=True)
    )
    local = [time.astimezone(ZoneInfo("Europe/Rome")) for time in moments]
    hours = Counter((time.year, time.month, time.hour) for time in local if time.year >= 2019)
    counts = {
        (row["month"].year, row["month"].month, row["hour"]): row["posts"]
        for _index, row in HOURS.iterrows()
    }
    assert counts == dict(hours)


@present
# PySpark 4.3 warns, in several ways, that it does not know pandas 3 yet.
@pytest.mark.filterwarnings("ignore")
def test_spark_counts_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    found = []
    for engine in ("duckdb", "spark"):
        folder = tmp_path / engine
        folder.mkdir()
        ids = read(Run(engine), folder)
        found.append(weekly(ids.filter(ids.id >= FIRST_SNOWFLAKE)))
    one, other = found
    pd.testing.assert_frame_equal(one, other, check_dtype=False)
