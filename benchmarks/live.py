"""Time an author's saves in ``make live``: ``python -m benchmarks.live [ROUNDS]``.

Prints a Markdown table for the whole book, its cells in the cache: the median seconds from writing
a page until the command says that it is new, of a sentence and of a cell.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from benchmarks.measure import BUILD, clone

_PORT = "8917"
_NEW = "is new after"
_PAGE = "chapters/ranking.md"
# What is changed, and by what: a counter makes each save another one.
_EDITS = {
    "a sentence": (_PAGE, re.compile(r"\Z"), "\nA sentence is saved for the {}th time.\n"),
    "a cell": (_PAGE, re.compile(r"(?<=\n:tags: \[hide-input\]\n\n)"), "saved = {}\n"),
}


def main() -> None:
    """Build a copy of the book, show it, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        book = clone(Path(folder, "book"))
        environment = os.environ | {"PYTHONPATH": str(book)}
        subprocess.run([*BUILD, "html"], cwd=book, env=environment, check=True)  # noqa: S603
        with _live(book, environment) as said:
            sys.stdout.write("| saved | s |\n|---|--:|\n")
            for name in _EDITS:
                seconds = statistics.median(_saves(book, said, name, rounds))
                sys.stdout.write(f"| {name} | {seconds:.1f} |\n")


@contextmanager
def _live(book: Path, environment: dict[str, str]) -> Iterator[IO[str]]:
    """Show a book; what is said is handed out when the first build is done."""
    command = [sys.executable, "-u", "tools/live.py", _PORT]
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=book, env=environment, **options) as process:  # noqa: S603
        said = cast("IO[str]", process.stdout)
        _wait(said, "Waiting to detect changes")
        time.sleep(2)  # the watcher looks around
        yield said
        process.terminate()


def _wait(said: IO[str], words: str) -> None:
    for line in said:
        if line.startswith("error:"):
            raise SystemExit(line)
        if words in line:
            return
    raise SystemExit("the command has ended; is its port taken?")


def _saves(book: Path, said: IO[str], name: str, rounds: int) -> Iterator[float]:
    """Save a page so many times, then as it was, and return the seconds of each."""
    page, place, change = _EDITS[name]
    path = book / page
    text = path.read_text("utf-8")
    edited = (place.sub(change.format(count), text, count=1) for count in itertools.count())
    for content in [*itertools.islice(edited, rounds), text]:
        time.sleep(1)
        started = time.perf_counter()
        path.write_text(content, "utf-8")
        _wait(said, _NEW)
        if content != text:
            yield time.perf_counter() - started


if __name__ == "__main__":
    main()
