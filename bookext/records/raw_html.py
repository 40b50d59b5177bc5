"""Whether the HTML that stands in a page itself, or that its cells show, closes what it opens.

Closes: MyST hands HTML on as it is. An element that is not closed, or one too many that is, changes
the page around it; a comment without end hides all that follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from docutils import nodes

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# These end by themselves.
_OPTIONAL = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"))


class _Tags(HTMLParser):
    """Follows the tags through the pieces of HTML of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.piece = nodes.raw()
        self.open: list[tuple[str, nodes.raw]] = []
        self.faults: list[tuple[nodes.raw, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note what is opened."""
        if tag not in _VOID:
            self.open.append((tag, self.piece))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what closes itself."""

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        while self.open and self.open[-1][0] in _OPTIONAL - {tag}:
            self.open.pop()
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.faults.append((self.piece, f"`</{tag}>` closes nothing; delete it"))


def faults(pieces: Iterable[nodes.raw]) -> Iterator[tuple[nodes.raw, str]]:
    """Return what is wrong with the HTML of a page, and with which piece of it.

    Parameters
    ----------
    pieces
        The HTML of the page, in its order.
    """
    tags = _Tags()
    for tags.piece in pieces:
        tags.feed(tags.piece.astext())
        if tags.rawdata:
            tags.faults.append((tags.piece, f"`{tags.rawdata[:4]}` has no end; close it"))
            tags.rawdata = ""
    yield from tags.faults
    for tag, piece in tags.open:
        if tag not in _OPTIONAL:
            yield piece, f"`<{tag}>` is never closed; write `</{tag}>`, or `\\<{tag}>` to show it"
