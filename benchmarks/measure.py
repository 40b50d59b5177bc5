"""Time the commands of the book on a fresh clone: ``python -m benchmarks.measure``.

Prints a Markdown table: wall seconds, processor seconds (with all child processes), and the largest
memory that all processes of the command held together, each shared page counted once. Each command
runs once, in this order, because each needs what the one before it left. The clone holds what is
committed, and no caches.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

import psutil

from pipeline import raw

ROOT = Path(__file__).resolve().parents[1]

BUILD = [sys.executable, "tools/build.py"]
COMMANDS = {
    "all tables, DuckDB": [sys.executable, "-m", "pipeline"],
    "all tables, post-level work on Spark": [sys.executable, "-m", "pipeline", "--engine", "spark"],
    "site, from nothing": [*BUILD, "html"],
    "site, no change": [*BUILD, "html"],
    "PDF, after the site": [*BUILD, "pdf"],
}


class Cost(NamedTuple):
    """What a command costs: seconds by the clock and of processors, and memory in MB."""

    wall: float
    processor: float
    memory: float


def clone(folder: Path) -> Path:
    """Copy what is committed of the book into a folder, and return the folder."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)  # noqa: S603, S607
    return folder


def measure(command: list[str], folder: Path) -> Cost:
    """Return what a command costs that runs in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **quiet) as process, _watched(process.pid) as sizes:  # noqa: S603
        process.wait()
        wall = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed; run it by hand to see why")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, max(sizes))


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Collect, twice a second, the memory in MB of a process and all that it has started."""
    sizes, done = [0.0], Event()

    def watch() -> None:
        while not done.wait(0.5):
            sizes.append(sum(_memory(process) for process in _family(pid)) / 2**20)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield sizes
    finally:
        done.set()
        thread.join()


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


def _memory(process: psutil.Process) -> int:
    """Return a process's share of the memory that it holds, alone or with others."""
    with suppress(psutil.Error, OSError):
        share: int = process.memory_full_info().pss
        return share
    return 0


def main() -> None:
    """Measure all commands and print the table."""
    if directory := raw.directory():
        os.environ["GOVSOCIAL_RAW"] = str(directory)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")  # noqa: T201
    print("| command | wall s | processor s | memory MB |\n|---|--:|--:|--:|")  # noqa: T201
    with tempfile.TemporaryDirectory() as scratch:
        book = clone(Path(scratch) / "book")
        os.environ["PYTHONPATH"] = str(book)
        for name, command in COMMANDS.items():
            cost = measure(command, book)
            figures = f"{cost.wall:.1f} | {cost.processor:.1f} | {cost.memory:.0f}"
            print(f"| {name} | {figures} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
