"""Posts of British members of parliament by hour, counted a second way and on two engines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pyreadr
import pytest

from govsocial import snowflake, tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources.uk_mps import hourly

HOURS = tables.load("uk_mp_post_hours")

present = pytest.mark.skipif(raw.directory() is None, reason="the raw file is not here")


def ids() -> pd.Series[int]:
    path = Run().raw("uk-mps-2021-01", "data/status_ids.rds")
    found: pd.Series[int] = pyreadr.read_r(str(path))[None]["status_id"].astype("int64")
    return found


def test_the_month_is_whole_and_has_the_published_total() -> None:
    assert len(HOURS) == 31 * 24
    # The number of ids that upstream states.
    assert HOURS["posts"].sum() == 86_125


@present
def test_each_hour_is_that_of_its_ids() -> None:
    moments = [snowflake.decode(number).time for number in ids()]
    counts = Counter((time.day, time.hour) for time in moments)
    assert all(
        counts[row["day"].day, row["hour"]] == row["posts"] for _index, row in HOURS.iterrows()
    )


@present
# PySpark 4.3 warns, in several ways, that it does not know pandas 3 yet.
@pytest.mark.filterwarnings("ignore")
def test_spark_counts_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    path = tmp_path / "ids.parquet"
    pd.DataFrame({"id": ids()}).to_parquet(path)
    one, other = (hourly(Run(name).connection.read_parquet(path)) for name in ("duckdb", "spark"))
    pd.testing.assert_frame_equal(one, other, check_dtype=False)
