"""The ranking that readers weigh anew, and the reader's own country in the figures.

Two directives: ``reweigh`` puts the record that a cell of the page left by
``govsocial.reweigh.reweigh`` where the page's script finds it; ``my-country NAME`` does the same
with the marks of a figure. The content of ``reweigh`` is what readers without the script, or of
the PDF, find in its place; the content of ``my-country`` is the sentence about the reader's
country, in which ``{country}`` and the columns of the data drawn stand for their values.

The script is the book's own: 21 kB (7 kB packed). Vega-Lite 6 with what it needs to run takes
832 kB (280 kB packed), and would still leave ranks, ranges, address and keyboard to be written.

Closes: MyST-NB's interactive outputs need a running kernel or scripts from another site
(https://github.com/executablebooks/MyST-NB/issues/345).
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxTranslator
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bookext.common.order import Reading
from bookext.common.outputs import script
from bookext.records.cell_outputs import executed_notebook
from govsocial.contract import FIGURE, GLUE, REWEIGH

_LOGGER = logging.getLogger(__name__)
_RECORD = GLUE + REWEIGH
_SVG = "{http://www.w3.org/2000/svg}"
# The group of marks of a figure (govsocial.charts.ranking.COUNTRIES).
_MARKS = "countries"


class reweigh(nodes.General, nodes.Element):  # noqa: N801
    """The interactive ranking."""


class my_country(nodes.General, nodes.Element):  # noqa: N801
    """A sentence about the reader's country in a figure."""


class Reweigh(SphinxDirective):
    """Put the interactive ranking here."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the record is known when the page is read."""
        node = reweigh("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        return [node]


class MyCountry(SphinxDirective):
    """Mark the reader's country in a figure, and say where it stands."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the figure is known when the page is read."""
        node = my_country("", *self.parse_content_to_nodes(), figure=self.arguments[0])
        self.set_source_info(node)
        return [node]


class FindRecords(SphinxTransform):
    """Give each mark the data of its cell."""

    default_priority = Reading.INTERACTIVE_DATA

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Look for the records in the executed notebook of the page."""
        found: list[nodes.Element] = [*self.document.findall(reweigh)]
        found += self.document.findall(my_country)
        if not found:
            return
        notebook = executed_notebook(self.env, self.env.docname)
        for node in found:
            data = figure_marks(notebook, node["figure"]) if "figure" in node else record(notebook)
            if data is None:
                _LOGGER.warning(
                    "no cell of the page leaves what the directive needs",
                    location=node,
                    type="govsocial",
                    subtype="reweigh",
                )
            node["data"] = data


def record(notebook: nbformat.NotebookNode) -> dict[str, Any] | None:
    """Return the record of the interactive ranking, if a cell left one."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return next((o.data[_RECORD] for o in outputs if _RECORD in o.get("data", {})), None)


def figure_marks(notebook: nbformat.NotebookNode, name: str) -> dict[str, Any] | None:
    """Return where each country is marked in a figure, and its row of the data drawn.

    Parameters
    ----------
    notebook
        The executed notebook.
    name
        Name of the figure.

    Returns
    -------
    dict
        By country code: ``at``, the positions from the left and from the top in hundredths of
        the wide and of the narrow drawing, and ``row``. None if there is no such figure, or it
        marks no countries.
    """
    for cell in notebook.cells:
        if cell.metadata.get("mystnb", {}).get("figure", {}).get("name") == name:
            marked = [output for output in cell.outputs if FIGURE in output.get("metadata", ())]
            for output in marked:
                found = output.metadata[FIGURE]
                rows = list(csv.DictReader(io.StringIO(found["drawn"])))
                wide, narrow = positions(output.data["image/svg+xml"]), positions(found["narrow"])
                if len(rows) == len(wide) == len(narrow):
                    return {
                        row["iso3"]: {"at": [*at, *on_phones], "row": row}
                        for row, at, on_phones in zip(rows, wide, narrow, strict=True)
                    }
    return None


def positions(picture: str) -> list[tuple[float, float]]:
    """Return where the marks of a figure stand, in hundredths of its width and height."""
    root = ET.fromstring(picture)  # noqa: S314 - made by this build
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    group = root.find(f".//{_SVG}g[@id='{_MARKS}']")
    marks = [] if group is None else group.iter(f"{_SVG}use")
    return [
        (
            round(100 * (float(mark.attrib["x"]) - left) / width, 2),
            round(100 * (float(mark.attrib["y"]) - top) / height, 2),
        )
        for mark in marks
    ]


def _visit_reweigh(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<div class="reweigh">\n' + script("reweigh", node["data"]))
    self.body.append('<div class="reweigh-still">\n')


def _depart_reweigh(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</div></div>\n")


def _visit_my_country(self: HTML5Translator, node: nodes.Element) -> None:
    figure = nodes.make_id(node["figure"])
    self.body.append(f'<div class="my-country" data-figure="{figure}" hidden>\n')
    self.body.append(script("my-country", node["data"]))


def _depart_my_country(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _pass(_self: SphinxTranslator, _node: nodes.Element) -> None:
    """Leave the content as it is."""


def _skip(_self: SphinxTranslator, _node: nodes.Element) -> None:
    raise nodes.SkipNode


def _add_files(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is not None and any(doctree.findall(reweigh)):
        app.add_css_file("reweigh.css")
        app.add_js_file("reweigh.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives, and their script to the pages that use them."""
    app.add_node(reweigh, html=(_visit_reweigh, _depart_reweigh), typst=(_pass, _pass))
    app.add_node(my_country, html=(_visit_my_country, _depart_my_country), typst=(_skip, _pass))
    app.add_directive("reweigh", Reweigh)
    app.add_directive("my-country", MyCountry)
    app.add_transform(FindRecords)
    app.connect("html-page-context", _add_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
