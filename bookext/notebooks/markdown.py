"""Markdown that says what a text says: its signs act nowhere, and its marks touch nothing else.

Closes: in CommonMark a mark of stress beside a letter, an exclamation before a link, or a dash
alone in a line means something else than its author wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from docutils import nodes

_ACTING = re.compile(r"[\\`*_\[\]<>$|~]|&(?=#?\w+;)")
_STRESSED = (nodes.emphasis, nodes.strong, nodes.title_reference)


def escaped(text: str) -> str:
    """Return a text in a line, its signs without effect."""
    return _ACTING.sub(lambda found: "\\" + found[0], text.replace("\n", " "))


def begun(text: str) -> str:
    """Return a line whose beginning makes no list, heading or rule."""
    text = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([-+](?=\s|$)|#{1,6}(?=\s|$)|-{3,}\s*$|=+\s*$)", r"\\\1", text)


def ended(text: str) -> str:
    """Return the words of a heading, a sign of number at whose end stays."""
    return re.sub(r"(?:^|(?<=\s))(#+)$", r"\\\1", text)


def target(address: str) -> str:
    """Return an address as a link holds it: in brackets where it would end too early."""
    inner = address
    while (shorter := re.sub(r"\([^()]*\)", "", inner)) != inner:
        inner = shorter
    if not re.search(r"[\s<>()]", inner):
        return address
    return "<" + re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", address) + ">"


def stressed(node: nodes.Element, inside: str, mark: str, tag: str) -> str:
    """Return words with marks of stress, or with tags where the marks would be read as signs.

    Parameters
    ----------
    node
        What is stressed; the marks are read by what stands beside it.
    inside
        Its content, as Markdown.
    mark
        The mark: one asterisk, or two.
    tag
        The element of HTML that means the same.
    """
    if not inside:
        return ""
    before, after = _beside(node, -1), _beside(node, 1)
    touches = "*" in (before, after) or (isinstance(node.parent, _STRESSED) and not before + after)
    if touches or _is_sign(before, inside[0]) or _is_sign(after, inside[-1]):
        return f"<{tag}>{inside}</{tag}>"
    return f"{mark}{inside}{mark}"


def _is_sign(outside: str, inside: str) -> bool:
    """Return whether a mark between two characters is only a sign, by CommonMark's rules."""
    word = bool(outside) and not outside.isspace() and not _is_punctuation(outside)
    return inside.isspace() or (word and _is_punctuation(inside))


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _beside(node: nodes.Element, step: int) -> str:
    """Return the character before or after a node in its line; an asterisk of other stress."""
    at = node.parent.index(node) + step if node.parent is not None else -1
    if not 0 <= at < (len(node.parent.children) if node.parent is not None else 0):
        return ""
    sibling = node.parent[at]
    if isinstance(sibling, nodes.Text):
        return sibling.astext()[-1:] if step < 0 else sibling.astext()[:1]
    return "*" if isinstance(sibling, _STRESSED) else "."


def fenced(text: str, language: str | None = None) -> str:
    """Return code with marks that it does not hold itself: in a line, or as a block."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    if language is not None:
        marks = "`" * max(3, longest + 1)
        return f"{marks}{language}\n{text}\n{marks}"
    if not text:
        return ""
    marks, space = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{marks}{space}{text}{space}{marks}"


def listed(items: Iterable[tuple[str, str]]) -> str:
    """Return the items of a list; with blank lines between them where one has several blocks."""
    found = list(items)
    between = "\n\n" if any("\n\n" in text for _mark, text in found) else "\n"
    return between.join(_indented(text, mark) for mark, text in found)


def _indented(text: str, mark: str) -> str:
    first, *rest = text.splitlines() or [""]
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in rest)])


def quoted(text: str) -> str:
    """Return blocks as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
