"""The command that begins something: one name, the files that were made, or one line on why not."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(
    begin: Callable[[str, dt.date, Path], list[Path]], name: str, variable: str, about: str | None
) -> list[Path]:
    """Begin what the command line, or else a variable of the environment, names.

    Parameters
    ----------
    begin
        Makes the files of a name on a day, below a folder.
    name
        What the argument is called.
    variable
        The variable.
    about
        The docstring of the command; its first line is the help.

    Returns
    -------
    list of Path
        The files, from the folder of the book; none if it could not be begun, which has been said.
    """
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument(name, nargs="?", default=os.environ.get(variable, ""))
    try:
        paths = begin(getattr(parser.parse_args(), name), dt.date.today(), ROOT)
    except FileExistsError as error:
        print(f"error: {error.filename} is there already; give another name", file=sys.stderr)
    except OSError as error:
        said = f"{error.filename}: {error.strerror}; let this user write there"
        print(f"error: {said}, or build in a copy", file=sys.stderr)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
    else:
        return [path.relative_to(ROOT) for path in paths]
    return []
