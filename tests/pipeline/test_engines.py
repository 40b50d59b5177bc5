"""Post-level work gives the same tables on DuckDB and on Apache Spark."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator

import pandas as pd
import pytest

from pipeline import raw
from pipeline.run import Run

MODULES = (
    "congress_clients",
    "congress_criteria",
    "congress_mentions",
    "congress_posts",
    "coortweet",
    "covid_posting",
    "leader_mentions",
    "leader_posts",
    "snowflake_check",
    "tweet_ids",
    "twitter_ratio",
    "uk_mps",
)

# PySpark 4.3 and Ibis warn in many places that pandas 3 is new to them.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark() -> Iterator[Run]:
    """One run on Spark for all modules: starting the engine takes longest."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: see apt-test.txt")
    if raw.directory() is None:
        pytest.skip("the raw files are not on this machine")
    run = Run("spark")
    yield run
    run.connection.disconnect()


@pytest.mark.parametrize("name", MODULES)
def test_duckdb_and_spark_agree(name: str, spark: Run) -> None:
    module = importlib.import_module(f"pipeline.sources.{name}")
    for one, other in zip(module.build(Run("duckdb")), module.build(spark), strict=True):
        pd.testing.assert_frame_equal(
            one.frame.reset_index(drop=True),
            other.frame.reset_index(drop=True),
            check_dtype=False,
        )
