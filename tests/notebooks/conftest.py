"""What takes long is computed once for all notebooks that run, and Java starts quickly."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

import pytest

from govsocial.contract import ONCE

# Spark runs for seconds: Java's best compiler would cost more than it saves.
QUICK_SPARK = {"SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of the results, before workers and kernels begin."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="once-")
        config.add_cleanup(folder.cleanup)
        os.environ |= {ONCE: folder.name} | QUICK_SPARK
