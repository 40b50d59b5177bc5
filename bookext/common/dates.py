"""When each chapter was published and last changed: ``dates.yml``.

``make dates`` writes the file from the history: a build asks no history, and is the same without.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookext.common.errors import FileError, read_yaml

DATES = "dates.yml"
# The day of a book without dates.
_NO_DATES = dt.date(2026, 1, 1)

_FIRST = 1980  # of the files in a ZIP


@dataclass(frozen=True)
class Dates:
    """When a page was published, and when it was last changed."""

    published: dt.date
    changed: dt.date


def dates(folder: Path) -> dict[str, Dates]:
    """Return the dates of the chapters, by page.

    Raises
    ------
    FileError
        If the file is not as it must be.
    """
    path = folder / DATES
    found = read_yaml(path) if path.is_file() else None
    if not isinstance(found, dict | None):
        raise FileError(path, "it names no pages; run `make dates`")
    return {docname: _dates(path, docname, days) for docname, days in (found or {}).items()}


def _dates(path: Path, docname: str, days: Any) -> Dates:
    try:
        one = Dates(days["published"], days["changed"])
    except (KeyError, TypeError):
        raise FileError(path, f"{docname} needs two days; run `make dates`") from None
    if not all(type(day) is dt.date for day in (one.published, one.changed)):
        raise FileError(path, f"{docname}: write days without quotes, or run `make dates`")
    if one.published.year < _FIRST:
        said = f"{docname} was published before {_FIRST}, which no archive can say; mend the year"
        raise FileError(path, said)
    if one.published > one.changed:
        said = f"{docname} was published after it was changed; run `make dates`"
        raise FileError(path, said)
    return one


def day_of(folder: Path) -> dt.date:
    """Return the day of the edition: that of the last change of a chapter.

    Raises
    ------
    FileError
        If the file is not as it must be.
    """
    return max((days.changed for days in dates(folder).values()), default=_NO_DATES)
