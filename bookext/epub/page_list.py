"""The pages of the PDF in the EPUB: a mark where each begins, and a list of them.

Where no PDF has been built, there is neither.

Closes: Sphinx's EPUB has no list of pages.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Resolved
from bookext.common.spots import FILE, SPOT, Spot, breaks, read
from bookext.epub.contents import pages
from bookext.epub.xhtml import element


def begun(builder: Builder) -> list[Spot]:
    """Return the paragraphs with which pages of the latest PDF begin, in the order of the book.

    What the PDF says of pages that are in the online edition only has no page in the EPUB.
    """
    own = set(pages(builder.env))
    spots = read(Path(builder.outdir).with_name("typst") / FILE)
    return breaks(spot for spot in spots if spot.docname in own)


def identifier(spot: Spot) -> str:
    """Return the name of the mark of a page."""
    return f"page-{spot.label}"


def as_nav(found: list[Spot], title: str) -> etree._Element:
    """Return the list of pages, for the file of the contents."""
    items = [
        element("li", element("a", spot.label, href=f"{spot.docname}.xhtml#{identifier(spot)}"))
        for spot in found
    ]
    nav = element("nav", element("h2", title), element("ol", *items), epub_type="page-list")
    nav.set("role", "doc-pagelist")
    nav.set("hidden", "hidden")
    return nav


def _mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.name != "epub":
        return
    wanted = {spot.spot: spot for spot in begun(app.builder) if spot.docname == docname}
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if spot := wanted.get(paragraph.get(SPOT, "")):
            mark = (
                f'<span id="{identifier(spot)}" class="page-break" role="doc-pagebreak" '
                f'aria-label="{spot.label}"></span>'
            )
            paragraph.insert(0, nodes.raw("", mark, format="html"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mark the pages when they are written."""
    app.connect("doctree-resolved", _mark, priority=Resolved.PAGE_BREAKS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
