"""Time the commands of the book on a fresh clone: ``python -m benchmarks.measure``.

Prints a Markdown table: wall seconds, processor seconds (with all child processes), and the
resident memory of the largest single process. Each command runs once, in this order, because each
needs what the one before it left. The clone holds what is committed, and no caches.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and the largest process in MB of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, **quiet)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed; run it by hand to see why")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, usage.ru_maxrss / 1024


def main() -> None:
    """Measure all commands and print the table."""
    if directory := raw.directory():
        os.environ["GOVSOCIAL_RAW"] = str(directory)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")  # noqa: T201
    print("| command | wall s | processor s | largest process MB |\n|---|--:|--:|--:|")  # noqa: T201
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "book"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)  # noqa: S603, S607
        os.environ["PYTHONPATH"] = str(clone)
        for name, command in COMMANDS.items():
            wall, cpu, peak = measure(command, clone)
            print(f"| {name} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
