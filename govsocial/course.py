"""A course's own tables: answers that were published do not fit them.

The solutions of the labs are public with this book. A course that gives marks sets its name in the
variable ``GOVSOCIAL_COURSE`` (``make course NAME=...`` writes it into the first cell of each lab);
then the labs work with tables from which one unit of ten is left out, others in each course. The
figures of the labs show the whole tables. Without a name nothing is left out.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from typing import TypeVar

import pandas as pd

VARIABLE = "GOVSOCIAL_COURSE"
_PART = 10  # one unit of so many is left out

Choice = TypeVar("Choice")


def name() -> str:
    """Return the name of the course; empty outside one."""
    return os.environ.get(VARIABLE, "").strip()


def ours(table: pd.DataFrame, by: str, keep: Collection[object] = ()) -> pd.DataFrame:
    """Return the rows of a table that this course works with.

    Tables with the same units keep the same ones, whatever the order of their rows.

    Parameters
    ----------
    table
        A table.
    by
        Its column, or the name of its index, that holds the units, such as accounts or countries.
    keep
        Units that an exercise names, which stay; days as texts or times.

    Returns
    -------
    pandas.DataFrame
        Outside a course the same table; in one, without a tenth of its units (at least one).
    """
    if not name():
        return table
    units = table.index if table.index.name == by else table[by]
    named = pd.Series(list(keep), dtype=units.dtype)
    free = [unit for unit in units.unique() if unit not in set(named)]
    left_out = sorted(free, key=_lot)[: max(1, len(free) // _PART)]
    return table[~units.isin(left_out)]


def one_of(choices: Sequence[Choice]) -> Choice:
    """Return what this course takes of several choices: outside a course, the first."""
    return min(choices, key=_lot) if name() else choices[0]


def _lot(unit: object) -> bytes:
    """Return what decides over a unit: by lot, but the same in each run of a course."""
    return hashlib.sha256(f"{name()}:{unit}".encode()).digest()
