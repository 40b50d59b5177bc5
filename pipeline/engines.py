"""The engines that run the post-level work: DuckDB within the process, or Apache Spark."""

from __future__ import annotations

import os
from typing import Any

import ibis

NAMES = ("duckdb", "spark")


def connect(name: str) -> Any:
    """Return an Ibis connection to an engine.

    Raises
    ------
    ModuleNotFoundError
        If Spark is asked for and PySpark is not installed (see ``requirements-test.txt``).
    """
    if name == "duckdb":
        return ibis.duckdb.connect()
    # Spark binds to the host's name, which a laptop or container may not resolve.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[*]")
        .appName("governing-in-public")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
