"""Rebuild ``data/`` from the upstream files: ``python -m pipeline [SOURCE …]``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline import bibliography, engines, package, sources
from pipeline.raw import AbsentError, RawError
from pipeline.registry import RegisterError
from pipeline.run import Run
from pipeline.table import Table, write

DATA = Path(__file__).resolve().parents[1] / "data"


def modules() -> list[str]:
    """Return the names of the modules that make tables, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(sources.__path__))


def build(name: str, run: Run) -> list[Table]:
    """Return the tables of one module of :mod:`pipeline.sources`."""
    tables: list[Table] = importlib.import_module(f"pipeline.sources.{name}").build(run)
    return tables


def rebuild(chosen: Sequence[str], run: Run, into: Path, leave: bool = False) -> list[Path]:
    """Make the tables of some modules, then put them in place all at once.

    The tables are written beside their place and moved when all are there: a run that is
    stopped, or fails, leaves the old ones whole.

    Parameters
    ----------
    chosen, run, into
        The modules, what they may ask for, and the folder of the tables.
    leave
        Whether the tables of a module whose raw files are not there stay as they are.

    Raises
    ------
    RawError
        If a raw file is damaged, or is not there and ``leave`` does not hold.
    RegisterError
        If an entry of the register is not what it must be.
    """
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".new-") as folder:
        new = Path(folder)
        bibliography.write(new)
        for name in chosen:
            try:
                tables = build(name, run)
            except AbsentError as error:
                if not leave:
                    raise
                print(f"{name:24} stays as it is: {error}")  # noqa: T201
                continue
            for table in tables:
                write(table, new, f"pipeline/sources/{name}.py")
                print(f"{name:24} {table.name:32} {len(table.frame):>8,} rows")  # noqa: T201
        package.write(new, into)
        return [path.replace(into / path.name) for path in sorted(new.iterdir())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("source", nargs="*", help=f"any of: {', '.join(modules())}; all if none")
    parser.add_argument("--engine", choices=engines.NAMES, default="duckdb")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.source) - set(modules())):
        parser.error(f"unknown source {', '.join(unknown)}; there are {', '.join(modules())}")
    try:
        chosen = options.source or modules()
        rebuild(chosen, Run(options.engine), options.into, leave=not options.source)
    except (RawError, RegisterError) as error:
        print(f"pipeline: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
