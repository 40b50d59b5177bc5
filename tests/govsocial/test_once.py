"""What takes long is computed once, and only where a folder for it is named."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import govsocial
from govsocial import adoption, provenance
from govsocial.contract import ONCE

ROOT = Path(__file__).resolve().parents[2]
FIRST = pd.Series(pd.to_datetime(["2008-03-01", "2009-01-01", "2010-06-01", "2011-02-01", "NaT"]))
MONTHS = pd.date_range("2008-01-01", "2012-12-01", freq="MS")
AGAIN = """\
from pathlib import Path
from govsocial.once import once

@once
def doubled(number: int) -> int:
    with Path({log!r}).open("a") as log:
        log.write(f"{{number}} ")
    return 2 * number

assert [doubled(4), doubled(5), doubled(number=4)] == [8, 10, 8]
"""


def run_twice(folder: Path, variables: dict[str, str]) -> list[str]:
    """Return the numbers for which two processes have computed something, in their order."""
    log, module = folder / "log", folder / "again.py"
    module.write_text(AGAIN.format(log=str(log)))
    for _process in range(2):
        subprocess.run(
            [sys.executable, "-c", "import again"],
            check=True,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"} | variables,
        )
    return log.read_text().split()


def test_two_processes_compute_once_where_a_folder_is_named(tmp_path: Path) -> None:
    assert run_twice(tmp_path, {ONCE: str(tmp_path / "kept")}) == ["4", "5"]


def test_without_a_folder_every_call_computes(tmp_path: Path) -> None:
    assert run_twice(tmp_path, {ONCE: ""}) == ["4", "5", "4"] * 2


def test_a_result_that_was_kept_is_the_one_that_was_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = adoption.fit(FIRST, MONTHS, "logistic", resamples=7)
    monkeypatch.setenv(ONCE, str(tmp_path))
    first = adoption.fit(FIRST, MONTHS, "logistic", resamples=7)
    monkeypatch.setattr(adoption, "_maximise", lambda *_: pytest.fail("computed again"))
    again = adoption.fit(FIRST, MONTHS, "logistic", resamples=7)
    for fit in (first, again):
        pd.testing.assert_frame_equal(fit.curve, fresh.curve)
        assert (fit.ceiling, fit.aic) == (fresh.ceiling, fresh.aic)
    with pytest.raises(pytest.fail.Exception, match="computed again"):
        adoption.fit(FIRST, MONTHS, "logistic", resamples=8)


def marked() -> Iterator[Callable[..., Any]]:
    """Yield the functions of the library that are marked."""
    for module in pkgutil.walk_packages(govsocial.__path__, "govsocial."):
        for found in vars(importlib.import_module(module.name)).values():
            code = getattr(found, "__code__", None)
            if code and code.co_filename.endswith("once.py") and hasattr(found, "__wrapped__"):
                yield found


def test_what_is_marked_follows_from_its_arguments() -> None:
    functions = {found.__name__: found for found in marked()}
    assert {"tail", "widening", "link_rates"} <= functions.keys()
    for name, function in functions.items():
        assert not provenance.loads(function), f"{name} loads a table: do not mark it"
        source = inspect.getsource(inspect.unwrap(function))
        assert "default_rng()" not in source, f"{name} draws without a seed: do not mark it"
