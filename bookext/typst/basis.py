"""What all forms of the PDF use, and the form of what has none of its own: its text.

Closes: a node of an extension that knows nothing of Typst would stop the build, though the site
and the EPUB show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from bookext.typst.markup import string

if TYPE_CHECKING:
    from bookext.typst.builder import TypstBuilder

_LOGGER = logging.getLogger(__name__)

# Nodes that need no form of their own: what they hold is written, or not even that.
_TRANSPARENT = {
    "PassthroughTextElement",
    "abbreviation",
    "acks",
    "compound",
    "definition",
    "description",
    "desc",
    "document",
    "field_body",
    "generated",
    "glossary",
    "legend",
    "line",
    "only",
    "pending_xref",
}
_SILENT = {
    "colspec",
    "fontawesome",
    "footnote",
    "index",
    "label",
    "problematic",
    "system_message",
    "tabular_col_spec",
    "toctree",
}
# Written as arguments of the list around them; without one their content is written alone.
_OF_LISTS = (nodes.list_item, nodes.definition_list_item, nodes.field, nodes.option_list_item)


class Basis(SphinxTranslator):
    """Appends to the markup, and writes what has no form of its own."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self._files: list[nodes.Element] = []
        self._places = builder.places

    def add(self, text: str) -> None:
        """Append to the output."""
        self.body.append(text)

    @property
    def docname(self) -> str:
        """The page that is being written."""
        return str(self._files[-1]["docname"]) if self._files else self.config.root_doc

    def mark(self, node: nodes.Node) -> None:
        """Say where what follows comes from."""
        line: int | None = None
        at: nodes.Node | None = node
        while at is not None and not line:
            line, at = at.line, at.parent
            if isinstance(at, addnodes.start_of_file):
                break
        self.add(f"\n// @ {self.builder.env.doc2path(self.docname, base=False)}:{line or 1}\n")

    def inside(self, children: Iterable[nodes.Node]) -> str:
        """Return the children of a node as markup."""
        kept, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        written, self.body = "".join(self.body), kept
        return written

    def content(self, node: nodes.Element) -> str:
        """Return the content of a node as a block of content."""
        return f"[{self.inside(node.children)}]"

    def place(self, node: nodes.Element) -> str:
        """Return the label of a node as a string of Typst's, empty where nothing leads to it."""
        return string(self._places.claim(self.docname, node))

    def anchors(self, node: nodes.Element) -> str:
        """Return the mark that references to a node lead to."""
        place = self.place(node)
        return f"#anchor({place})" if place != '""' else ""

    def unknown_visit(self, node: nodes.Node) -> None:
        """Write only what a node holds, or nothing, if that is known to be right."""
        name = node.__class__.__name__
        if name in _SILENT or isinstance(node, nodes.Invisible):
            raise nodes.SkipNode
        if name not in _TRANSPARENT and isinstance(node, nodes.Element):
            self._write_unknown(node)
            raise nodes.SkipNode

    def unknown_departure(self, node: nodes.Node) -> None:
        """Do nothing."""

    def _write_unknown(self, node: nodes.Element) -> None:
        """Write the text of a node that has no form, and say so in the log."""
        where, name = self._where(node), node.__class__.__name__
        _LOGGER.verbose("%s: '%s' is only text in the PDF", where, name)
        in_text = isinstance(node, nodes.Inline) or isinstance(node.parent, nodes.TextElement)
        if not in_text:
            self.mark(node)
        self.add(self.anchors(node) + self.inside(self._freed(node)))
        if not in_text:
            self.add("\n\n")

    def _freed(self, node: nodes.Element) -> Iterable[nodes.Node]:
        for child in node.children:
            yield from self._freed(child) if isinstance(child, _OF_LISTS) else [child]

    def _where(self, node: nodes.Node) -> str:
        _source, line = get_source_line(node)
        return f"{self.builder.env.doc2path(self.docname, base=False)}:{line or '?'}"
