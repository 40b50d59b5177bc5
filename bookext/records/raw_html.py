"""Whether the HTML that stands in a page itself, or that its cells show, closes what it opens.

Closes: MyST hands HTML on as it is. An element that is not closed, or one too many that is, changes
the page around it; a comment without end hides all that follows. What turns links or sends forms
does so for the whole page. What the site does not let a page do (see ``html/policy.py``) leaves a
gap there: a script, a frame, a film, looks of its own.
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
_FILE = "its file would stay behind, where `![What one sees](a.png)` brings it along"
_FOREIGN = "the site shows nothing of others; write a link to it"
_HEAD = "it belongs to the head of a page, which the book writes"
_NEVER = {
    "audio": _FOREIGN,
    "base": "it would turn all links of the page",
    "embed": _FOREIGN,
    "form": "a book has no server to answer it",
    "h1": "a page has one title, which begins it with `# `",
    "iframe": _FOREIGN,
    "image": _FILE,
    "img": _FILE,
    "link": _HEAD,
    "meta": _HEAD,
    "object": _FOREIGN,
    "script": (
        "what needs a script is not there in print, on an e-reader and on a strict site; draw it "
        "with a function of govsocial.charts and `show`, or as a picture"
    ),
    "style": "the site shows no looks but its own; draw with govsocial.charts, show a plain table",
    "title": _HEAD,
    "video": _FOREIGN,
}
_PANDAS = 'class="dataframe"'  # whose looks the site takes out
_DATA = ("type", "application/json")  # a script that is none


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
        if tag in _NEVER and not self._is_harmless(tag, attrs):
            said = f"`<{tag}>` has no place in a page: {_NEVER[tag]}; delete it"
            self.faults.append((self.piece, said))
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                said = f"`{name}=` in `<{tag}>` is a script, which no page runs; delete it"
                self.faults.append((self.piece, said))
            elif name == "style" and _PANDAS not in self.piece.astext():
                said = f"`style=` in `<{tag}>` is not shown on the site; give it a `class`"
                self.faults.append((self.piece, said))

    def _is_harmless(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Return whether a tag says something else here than it does elsewhere."""
        if tag == "title":
            return self._within_xml()
        if tag == "style":
            return _PANDAS in self.piece.astext()
        return tag == "script" and _DATA in attrs

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
