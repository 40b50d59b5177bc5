"""A page must have text, a picture says in words what it shows, and a link says where it leads.

Closes: Sphinx accepts pictures without alternative text
(https://github.com/sphinx-doc/sphinx/issues/7440) and figures without caption. It puts the title
of a page into a sentence that links to it without a text (``[](page.md)``): a question within a
statement, and a sentence that cannot be translated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError
from bookext.common.order import Reading, Updated
from bookext.common.pictures import fault_of
from bookext.common.sheets import is_filled
from bookext.records.cell_outputs import Page, place, records
from bookext.records.raw_html import faults

_LOGGER = logging.getLogger(__name__)
_SHORTEST_ALT = 40
_BEGUN = re.compile(r"`{3,}(\{[^}`]+\})")


class EmptyPageError(SphinxError):
    """A page has no title."""

    category = "Page without a title"


class PageChecks(SphinxTransform):
    """Check each page while it is read."""

    default_priority = Reading.PAGE_CHECKS

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Warn of what is missing; warnings are errors in the book's build."""
        if is_filled(self.env, self.env.docname):  # by the book itself, whose tests look at it
            return
        self._check_title()
        for image in list(self.document.findall(nodes.image)):
            self._check_image(image)
        for figure in self.document.findall(nodes.figure):
            if not figure["names"] or not any(figure.findall(nodes.caption)):
                said = "a figure without name or caption; give it `:name:` and a first paragraph"
                self._warn(said, figure)
        for paragraph in self.document.findall(nodes.paragraph):
            self._check_links(paragraph)
            self._check_begun(paragraph)
        written = (node for node in self.document.findall(nodes.raw) if "html" in node["format"])
        for node, said in faults(written):
            self._warn(said, node)
        for line, why in records(self.env).pages.get(self.env.docname, Page()).refused:
            where = (self.env.docname, line)
            _LOGGER.warning(why, location=where, type="govsocial", subtype="page")

    def _check_title(self) -> None:
        """Stop at a page without a title."""
        title = next(self.document.findall(nodes.title), None)
        if title is None or not title.astext().strip():
            page = self.env.doc2path(self.env.docname)
            if not self.document.astext().strip():
                raise EmptyPageError(f"{page} is empty: give it a title and text, or delete it")
            raise EmptyPageError(f"{page} has no title: begin its text with `# Title`")

    def _check_image(self, image: nodes.image) -> None:
        """Warn of a picture that says nothing to those who cannot see it, or that is none."""
        if len(image.get("alt", "")) < _SHORTEST_ALT:
            self._warn(
                f"a picture without an alternative text of {_SHORTEST_ALT} characters; "
                "say what one sees (`mystnb: image: alt:` in a cell, `:alt:` in a directive)",
                image,
            )
        if "://" in image.get("uri", ""):
            said = "a picture from elsewhere, which no reader asked for; put it beside the page"
            self._warn(f"{image['uri']}: {said}", image)
        elif said := self._fault_of(image.get("uri", "")):
            self._warn(said, image)
            # Nobody is to draw it, who would fail in words of his own.
            image.replace_self(nodes.inline("", image.get("alt", "")))

    def _fault_of(self, uri: str) -> str:
        """Return what is wrong with a picture; the drawings of cells are our own."""
        path = Path(self.env.relfn2path(uri)[1]) if uri else Path()
        if not path.is_file():
            return ""
        of_cell = path.is_relative_to(self.env.mystnb_config.output_folder)  # type: ignore[attr-defined]
        if (of_cell and path.suffix == ".svg") or not (said := fault_of(path)):
            return ""
        return f"what a cell shows {said}" if of_cell else f"{uri} {said}"

    def _check_links(self, paragraph: nodes.paragraph) -> None:
        """Warn of a link to a page without words of its own, unless the titles stand alone."""
        if not re.search(r"\w", paragraph.astext()):
            return
        for link in paragraph.findall(pending_xref):
            if link.get("refdomain") == "doc" and not link["refexplicit"]:
                page = link["reftarget"]
                self._warn(
                    f"a link without words to {page} in a sentence, which would read its title "
                    f"aloud; write what it is, `[the chapter on ...]({page}.md)`, or let the link "
                    "stand alone in its paragraph or list item",
                    link,
                )

    def _check_begun(self, paragraph: nodes.paragraph) -> None:
        """Warn of the first line of a directive that CommonMark takes for text.

        Its last line would begin code, which all that follows then is.
        """
        if begun := _BEGUN.match(paragraph.astext()):
            said = (
                f"`` {begun[0]} `` begins no directive: a backquote stands in its first line; "
                f"write `:::{begun[1]}` and a last line of `:::`, or leave the backquotes out"
            )
            self._warn(said, paragraph)

    def _warn(self, message: str, node: nodes.Node) -> None:
        where = place(self.env, node)
        _LOGGER.warning(message, location=where, type="govsocial", subtype="page")


def _check_contents(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop where the contents have no end.

    Closes: all who follow toctrees would, until Python gives up (seen in Sphinx 9.0.4).
    """
    if circle := _circle(env.toctree_includes, app.config.root_doc):
        page, entry = circle
        said = f"its toctree names {entry}, whose contents this page is part of; take it out"
        raise FileError(env.doc2path(page, base=False), said)


def _circle(
    includes: Mapping[str, list[str]], page: str, above: tuple[str, ...] = ()
) -> tuple[str, str] | None:
    """Return the page, and the entry of its toctree, where the contents lead back."""
    way = (*above, page)
    for entry in includes.get(page, []):
        if entry in way:
            return page, entry
        if found := _circle(includes, entry, way):
            return found
    return None


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check each page as it is read."""
    app.add_transform(PageChecks)
    app.connect("env-updated", _check_contents, priority=Updated.CONTENTS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
