"""How a page is read: how long it takes, its first words, the digits of a number that one reads."""

from __future__ import annotations

import math
import re

from docutils import nodes

from bookext.common.nodes import without_notes

_WORDS_PER_MINUTE = 220
_DIGITS = 4
_LONGEST = 160  # letters of a description, which search engines show


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


def description(doctree: nodes.document) -> str:
    """Return the first paragraph of a page in at most 160 letters, in whole words."""
    section = next(iter(doctree.findall(nodes.section)), doctree)
    bylines = {"post-byline", "figure-line"}
    text = next(
        (
            without_notes(child)
            for child in section.children
            if isinstance(child, nodes.paragraph) and not bylines & {*child["classes"]}
        ),
        "",
    )
    return shortened(" ".join(text.split()))


def shortened(text: str) -> str:
    """Return a text of at most 160 letters: whole sentences if that says enough, or words."""
    if len(text) <= _LONGEST:
        return text
    sentence = re.match(rf".{{{_LONGEST // 2},{_LONGEST - 1}}}?[.?!](?=\s)", text)
    return sentence[0] if sentence else f"{text[: _LONGEST - 1].rpartition(' ')[0].rstrip(',;:')}…"
