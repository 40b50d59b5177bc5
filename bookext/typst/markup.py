"""Texts and names as Typst writes them: what is said stays said, and nothing of it acts."""

from __future__ import annotations

import re

# All but those at which no line breaks: of numbers and units.
_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_ALWAYS = re.compile(r"[\\#$*_`@<>~\[\]]")
_PAIRS = re.compile(r"(?<=/)[/*]|(?<=-)[-?]|-(?=\d)|(?<=\.)\.")
# What would begin a list or a heading, or go on with the code before: `#emph[word](...)`.
_START = re.compile(r"^(\s*)(?:([=+/(.;-])|(\d+)\.)")


def escape(text: str) -> str:
    """Return a text as Typst's markup."""
    text = _ALWAYS.sub(lambda found: "\\" + found[0], _SPACE.sub(" ", text))
    text = _PAIRS.sub(lambda found: "\\" + found[0], text)
    text = _START.sub(lambda f: f"{f[1]}\\{f[2]}" if f[2] else f"{f[1]}{f[3]}\\.", text)
    return text.replace("\N{NO-BREAK SPACE}", "~")


def string(text: str) -> str:
    """Return a text as a string of Typst's code."""
    marked = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + marked.replace("\n", "\\n").replace("\t", "\\t") + '"'


def label(docname: str, identifier: str = "") -> str:
    """Return the name of a place in the book."""
    return f"{docname}:{identifier}"
