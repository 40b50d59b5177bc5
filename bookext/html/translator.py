"""HTML that screen readers, validators and a strict policy accept, where docutils writes other.

Tables have a caption and headings with a scope, widths are classes instead of styles, the
bibliography is a list, and a fold is a ``details`` whose summary says what is in it.

Closes: docutils writes the widths of columns as style attributes, which a Content-Security-Policy
forbids (https://sourceforge.net/p/docutils/feature-requests/100/), no scopes, and for the
bibliography a role that ARIA has deprecated.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bookext.common.nodes import without_notes


class fold(nodes.General, nodes.Element):  # noqa: N801
    """A part of the page that is folded away: ``show`` and ``hide`` say what a click does."""


class BookTranslator(HTML5Translator):
    """What the book writes in another way than docutils and Sphinx do."""

    def visit_tgroup(self, node: nodes.tgroup) -> None:
        """Name a table without a title after its section; the name is for screen readers."""
        super().visit_tgroup(node)
        table = node.parent
        if not isinstance(table.children[0], nodes.title):
            self.body.append(hidden_caption(section_title(table)))

    def depart_colspec(self, node: nodes.colspec) -> None:
        """Write the widths of all columns as classes, in hundredths."""
        if isinstance(node.next_node(descend=False, siblings=True), nodes.colspec):
            return
        if "colwidths-given" not in node.parent.parent["classes"]:
            return
        total = sum(column.propwidth() for column in self.colspecs)
        widths = (round(100 * column.propwidth() / total) for column in self.colspecs)
        columns = "".join(f'<col class="w-{width}">' for width in widths)
        self.body.append(f"<colgroup>{columns}</colgroup>\n")

    def visit_entry(self, node: nodes.entry) -> None:
        """Say of a heading whether it is of a column or of a row; a heading has words."""
        super().visit_entry(node)
        if isinstance(node.parent.parent, nodes.tbody):
            self._label(node)
        scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        if self.body[-1].startswith("<th"):
            if node.astext().strip():
                self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)
            else:
                self.body[-1] = self.body[-1].replace("<th", "<td", 1)
                self.context[-1] = "</td>\n"

    def _label(self, node: nodes.entry) -> None:
        """Give a cell of a table that phones show as cards the words of its column."""
        group = node.parent.parent.parent
        head = next(iter(group.findall(nodes.thead)), None)
        if head is None or "cards" not in group.parent["classes"]:
            return
        words = without_notes(head[0][node.parent.index(node)])
        kind = self.body[-1][1:3]
        self.body[-1] = self.body[-1].replace(
            f"<{kind}", f'<{kind} data-label="{escape(words)}"', 1
        )

    def visit_reference(self, node: nodes.Element) -> None:
        """Tell a reference which preview it has."""
        super().visit_reference(node)
        if name := node.get("preview"):
            opened = self.body.pop()
            self.body.append(opened.replace("<a ", f'<a data-preview="{name}" ', 1))

    def visit_citation(self, node: nodes.citation) -> None:
        """Begin an entry of the bibliography, and the list with the first."""
        if not isinstance(node.previous_sibling(), nodes.citation):
            self.body.append('<ul class="citation-list">\n')
        self.body.append(self.starttag(node, "li", classes=["citation"]))

    def depart_citation(self, node: nodes.citation) -> None:
        """End an entry, and the list with the last."""
        self.body.append("</li>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
            self.body.append("</ul>\n")


def section_title(node: nodes.Node) -> str:
    """Return the title of the section that a node is in, as text."""
    while node.parent and not isinstance(node, nodes.section):
        node = node.parent
    title = next(iter(node.findall(nodes.title)), None)
    return without_notes(title) if title else ""


def hidden_caption(text: str) -> str:
    """Return a caption that is read out, not shown."""
    return f'<caption class="visually-hidden">{escape(text, quote=False)}</caption>\n'


def visit_fold(self: HTML5Translator, node: fold) -> None:
    """Open a fold; its name is what one sees."""
    self.body.append(self.starttag(node, "details", CLASS="fold"))
    words = (
        f'<span class="fold-{state}">{escape(node[state], quote=False)}</span>'
        for state in ("show", "hide")
    )
    self.body.append(f"<summary>{''.join(words)}</summary>\n")


def depart_fold(self: HTML5Translator, _node: fold) -> None:
    """Close a fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Let this write the pages of the site."""
    app.set_translator("html", BookTranslator)
    app.add_node(fold, html=(visit_fold, depart_fold))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
