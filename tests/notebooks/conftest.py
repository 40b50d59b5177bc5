"""What takes long is computed once for all notebooks that run, and Java starts quickly."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

import pytest

from bookext.execution.client import QUICK_SPARK
from govsocial.contract import ONCE


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of the results, before workers and kernels begin."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="once-")
        config.add_cleanup(folder.cleanup)
        os.environ |= {ONCE: folder.name} | QUICK_SPARK
