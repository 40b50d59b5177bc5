"""How long a page takes to read."""

from __future__ import annotations

import math

from docutils import nodes

_WORDS_PER_MINUTE = 220


def minutes(doctree: nodes.Element) -> int:
    """Return the minutes that the paragraphs of a page take, code and data lines apart."""
    prose = (p for p in doctree.findall(nodes.paragraph) if "figure-line" not in p["classes"])
    words = sum(len(paragraph.astext().split()) for paragraph in prose)
    return math.ceil(words / _WORDS_PER_MINUTE)
