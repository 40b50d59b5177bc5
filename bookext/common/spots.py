"""Spots: paragraphs by which the EPUB knows where the pages of the PDF begin.

Every paragraph of running text gets a number while its page is read. The PDF's builder writes down
on which page each of them begins, and the EPUB's marks the first of each page, so that a class can
be sent to "page 31" whatever it reads.

Closes: Sphinx's EPUB has no list of pages, and its builders know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import read_note, write_note
from bookext.common.order import Reading

SPOT = "spot"
"""Attribute of a paragraph: its number on its page."""
FILE = "pages.json"
"""What the PDF's builder leaves beside the PDF: docname, spot and label of a page."""
_PARENTS = (nodes.section, nodes.definition)


class Spot(NamedTuple):
    """A paragraph on paper."""

    docname: str
    spot: str
    page: int  # counted from the cover, which is 0
    label: str  # what is printed on the page


class NumberParagraphs(SphinxTransform):
    """Give each paragraph of running text its number."""

    default_priority = Reading.SPOTS

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Count them in the order of the page."""
        for number, paragraph in enumerate(self.document.findall(nodes.paragraph)):
            if isinstance(paragraph.parent, _PARENTS):
                paragraph[SPOT] = str(number)


def write(path: Path, spots: Iterable[tuple[str, int]], labels: Sequence[str]) -> None:
    """Write down where paragraphs are.

    Parameters
    ----------
    path
        The file.
    spots
        ``docname:spot`` and number of the page, counted from 1, in the order of the book.
    labels
        What is printed on each page.
    """
    rows = []
    for name, page in spots:
        docname, _colon, spot = name.rpartition(":")
        rows.append(Spot(docname, spot, page - 1, labels[page - 1]))
    write_note(path, rows)


def read(path: Path) -> list[Spot]:
    """Return the paragraphs of the latest PDF; none, if there was no PDF.

    Raises
    ------
    FileError
        If the file is damaged.
    """
    return [Spot(*row) for row in read_note(path) or ()]


def breaks(spots: Iterable[Spot]) -> list[Spot]:
    """Return the first paragraph of each page that has one, in the order of the book.

    What a page of the book has in an appendix is left out: it is read elsewhere.
    """
    found: list[Spot] = []
    closed: set[str] = set()
    docname, page = "", -1
    for spot in spots:
        if spot.docname != docname:
            closed.add(docname)
            docname = spot.docname
        if docname not in closed and spot.page > page:
            page = spot.page
            found.append(spot)
    return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Have paragraphs numbered."""
    app.add_transform(NumberParagraphs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
