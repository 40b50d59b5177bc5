"""Builds of a small book that start at once: forked from a process with the libraries in memory.

Each build, or other command, is a process of its own, as `make` starts one; the book's own
extensions, library and settings are imported by it anew, from the folder of the book.
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
    """A build, or another command of the book, that runs; :meth:`end` waits for it."""

    def __init__(
        self, book: Path, *arguments: str, script: str = "tools/build.py", **variables: str
    ) -> None:
        self._said = book / "_build" / "said.txt"
        self._said.parent.mkdir(exist_ok=True)
        self._said.unlink(missing_ok=True)
        environment = {**os.environ, "PYTHONPATH": str(book), **variables}
        options = (book, script, arguments, environment, self._said)
        self._process: BaseProcess = _CONTEXT.Process(target=_build, args=options)
        self._process.start()

    @property
    def said(self) -> str:
        """What has been said so far."""
        return self._said.read_text("utf-8") if self._said.is_file() else ""

    @property
    def runs(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def end(self) -> tuple[int, str]:
        """Return the exit code and what was said."""
        self._process.join()
        return self._process.exitcode or 0, self._said.read_text("utf-8")


def build(book: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Build a book and return the exit code and what was said."""
    return Build(book, *arguments, **variables).end()


def command(book: Path, script: str, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run a command of the book and return the exit code and what was said."""
    return Build(book, *arguments, script=script, **variables).end()


def _build(
    book: Path, script: str, arguments: tuple[str, ...], environment: dict[str, str], said: Path
) -> None:
    with said.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.chdir(book)
    os.environ.clear()
    os.environ.update(environment)
    ours = {str(ROOT), str(ROOT / "tools")}
    sys.path[:] = [str(book / "tools"), str(book), *(path for path in sys.path if path not in ours)]
    sys.argv = [script, *arguments]
    runpy.run_path(str(book / script), run_name="__main__")
