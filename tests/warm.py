"""Builds of a small book that start at once: forked from a process with the libraries in memory.

Each build is a process of its own, as `make` starts one; the book's own extensions, library and
settings are imported by it anew, from the folder of the book.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from live import LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
# What live builds hold in memory, and what the pages of a small book draw with.
PRELOADED = [*LIBRARIES, "geopandas", "matplotlib.pyplot", "pyarrow.parquet", "sphinx.application"]
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(PRELOADED)


class Build:
    """A build that runs; :meth:`end` waits for it."""

    def __init__(self, book: Path, *arguments: str, **variables: str) -> None:
        self._said = book / "_build" / "said.txt"
        self._said.parent.mkdir(exist_ok=True)
        options = (book, arguments, variables, self._said)
        self._process: BaseProcess = _CONTEXT.Process(target=_build, args=options)
        self._process.start()

    def end(self) -> tuple[int, str]:
        """Return the exit code and what was said."""
        self._process.join()
        return self._process.exitcode or 0, self._said.read_text("utf-8")


def build(book: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Build a book and return the exit code and what was said."""
    return Build(book, *arguments, **variables).end()


def _build(book: Path, arguments: tuple[str, ...], variables: dict[str, str], said: Path) -> None:
    with said.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.chdir(book)
    os.environ |= {"PYTHONPATH": str(book), **variables}
    ours = {str(ROOT), str(ROOT / "tools")}
    sys.path[:] = [str(book / "tools"), str(book), *(path for path in sys.path if path not in ours)]
    sys.argv = ["tools/build.py", *arguments]
    runpy.run_path(str(book / "tools/build.py"), run_name="__main__")
