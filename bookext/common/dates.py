"""When each chapter was published and last changed: ``dates.yml``.

``make dates`` writes the file from the history: a build asks no history, and is the same without.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import yaml
from sphinx.errors import SphinxError

DATES = "dates.yml"
# The day of a book without dates.
_NO_DATES = dt.date(2026, 1, 1)


class DatesError(SphinxError):
    """A chapter has no dates, or wrong ones."""

    category = "Dates"


@dataclass(frozen=True)
class Dates:
    """When a page was published, and when it was last changed."""

    published: dt.date
    changed: dt.date


def dates(folder: Path) -> dict[str, Dates]:
    """Return the dates of the chapters, by page.

    Raises
    ------
    DatesError
        If the file is not as it must be.
    """
    path = folder / DATES
    if not path.is_file():
        return {}
    found = {}
    for docname, days in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
        try:
            one = Dates(days["published"], days["changed"])
            if one.published > one.changed:
                raise ValueError("published after it was changed")
        except (KeyError, TypeError, ValueError) as error:
            raise DatesError(f"{DATES}: {docname}: {error!r}; run `make dates`") from error
        found[docname] = one
    return found


def day_of(folder: Path) -> dt.date:
    """Return the day of the edition: that of the last change of a chapter.

    Raises
    ------
    DatesError
        If the file is not as it must be.
    """
    return max((days.changed for days in dates(folder).values()), default=_NO_DATES)
