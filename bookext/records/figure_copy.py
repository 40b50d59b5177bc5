"""The directive ``figure-of``: a chapter's figure on another page, as a picture that leads to it.

Closes: MyST-NB can show a glued output again on another page, but not a figure with the
alternative text that it has (https://github.com/executablebooks/MyST-NB/issues/519).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Writing
from bookext.common.outputs import builder
from bookext.records.cell_outputs import records

_LOGGER = logging.getLogger(__name__)


class figure_of(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the picture until all pages are read."""


class FigureOf(SphinxDirective):
    """Show the figure of another page; the argument is its name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a mark; other pages may not be read yet."""
        records(self.env).copiers.add(self.env.docname)
        mark = figure_of(name=self.arguments[0])
        self.set_source_info(mark)
        return [mark]


class CopyFigures(SphinxPostTransform):
    """Put the pictures in the place of the marks."""

    default_priority = Writing.FIGURE_COPIES

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Copy the content of each figure, without caption and legend."""
        for mark in list(self.document.findall(figure_of)):
            found = self.env.domains.standard_domain.labels.get(mark["name"])
            if found is None:
                _LOGGER.warning("there is no figure '%s'", mark["name"], location=mark)
                mark.parent.remove(mark)
                continue
            docname, target, _title = found
            picture = self._content(docname, target)
            link = make_refnode(builder(self.env), self.env.docname, docname, target, picture)
            mark.replace_self(nodes.paragraph("", "", link, classes=["figure-of"]))

    def _content(self, docname: str, target: str) -> list[nodes.Node]:
        figures = self.env.get_doctree(docname).findall(nodes.figure)
        figure = next(figure for figure in figures if target in figure["ids"])
        words = (nodes.caption, nodes.legend)
        return [child.deepcopy() for child in figure.children if not isinstance(child, words)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(figure_of)
    app.add_directive("figure-of", FigureOf)
    app.add_post_transform(CopyFigures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
