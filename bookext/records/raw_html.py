"""Whether the HTML that stands in a page itself, or that its cells show, closes what it opens.

Closes: MyST hands HTML on as it is. An element that is not closed, or one too many that is, changes
the page around it; a comment without end hides all that follows. What turns links or sends forms
does so for the whole page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from docutils import nodes

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
# These end by themselves.
_OPTIONAL = frozenset(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt".split()  # noqa: SIM905
)
# In XML, an element may close itself; in the HTML within it, no more.
_XML = frozenset(("svg", "math"))
_HTML_WITHIN = "foreignobject"
_NEVER = {
    "base": "it would turn all links of the page",
    "form": "a book has no server to answer it",
    "meta": "it belongs to the head of a page, which the book writes",
}


class _Tags(HTMLParser):
    """Follows the tags through the pieces of HTML of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.piece = nodes.raw()
        self.open: list[tuple[str, nodes.raw]] = []
        self.faults: list[tuple[nodes.raw, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is opened."""
        self._look_at(tag, attrs)
        if tag not in _VOID:
            self.open.append((tag, self.piece))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what closes itself: in HTML, nothing does, and all that follows is within."""
        self._look_at(tag, attrs)
        if not (tag in _VOID | _OPTIONAL | _XML or self._within_xml()):
            said = f"`<{tag}/>` closes nothing in HTML; write `<{tag}></{tag}>`"
            self.faults.append((self.piece, said))

    def _within_xml(self) -> bool:
        known = (tag for tag, _piece in reversed(self.open) if tag in _XML | {_HTML_WITHIN})
        return next(known, _HTML_WITHIN) in _XML

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse what a page of the book must not have."""
        if tag in _NEVER:
            said = f"`<{tag}>` has no place in a page: {_NEVER[tag]}; delete it"
            self.faults.append((self.piece, said))
        for name, _value in attrs:
            if name.startswith("on"):
                said = f"`{name}=` in `<{tag}>` is a script, which no page runs; delete it"
                self.faults.append((self.piece, said))

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
