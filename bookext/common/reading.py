"""How a page is read: how long it takes, and how many digits of a number one reads."""

from __future__ import annotations

import math

from docutils import nodes

_WORDS_PER_MINUTE = 220
_DIGITS = 4


def minutes(doctree: nodes.Element) -> int:
    """Return the minutes that the paragraphs of a page take, code and data lines apart."""
    prose = (p for p in doctree.findall(nodes.paragraph) if "figure-line" not in p["classes"])
    words = sum(len(paragraph.astext().split()) for paragraph in prose)
    return math.ceil(words / _WORDS_PER_MINUTE)


def short_number(cell: str) -> str:
    """Return a value of a table with the digits that one reads; a text as it is.

    >>> short_number("0.33333333"), short_number("20140101"), short_number("NA")
    ('0.3333', '20140101', 'NA')
    """
    try:
        number = float(cell)
    except ValueError:
        return cell
    return cell if number.is_integer() or len(cell) <= _DIGITS + 2 else f"{number:.{_DIGITS}g}"
