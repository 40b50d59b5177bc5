"""The line *Data · Source · Code* under every computed figure, and the data drawn, as CSV.

Closes: MyST-NB has no place for a figure's origin
(https://github.com/executablebooks/MyST-NB/issues/516).
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.nodes import cite, joined, reference
from bookext.common.order import Reading, Writing
from bookext.common.outputs import SITE, TAKEAWAY, finish
from bookext.records.cell_outputs import FigureRecord, place, records
from bookext.records.descriptors import citations, descriptor
from bookext.records.licences import LicenceError, of_figure, written

_LOGGER = logging.getLogger(__name__)
FOLDER = "figures"
"""Where the site keeps what belongs to a figure: its data, its page, its picture."""


class elsewhere(nodes.Inline, nodes.Element):  # noqa: N801
    """Where data and code of a figure are, for readers who do not read the site."""


class FigureLines(SphinxTransform):
    """Add the line to each figure of a page while it is read."""

    default_priority = Reading.FIGURE_LINES

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Pair the figures of each cell with the records of its outputs."""
        page = records(self.env).pages[self.env.docname]
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") != "cell_code":
                continue
            found = page.cells.get(cell["cell_index"], [])
            figures = list(cell.findall(nodes.figure))
            if len(figures) != len(found):
                self._warn(
                    "a cell draws a figure without `mystnb: figure:`; give it name and caption",
                    cell,
                )
                continue
            for figure, record in zip(figures, found, strict=True):
                self._add(figure, record)

    def _add(self, figure: nodes.figure, record: FigureRecord | None) -> None:
        if record is None:
            self._warn(
                "a figure without its data; end the cell with govsocial.notebook.show(...)", figure
            )
        elif figure["names"]:
            name = figure["names"][0]
            records(self.env).pages[self.env.docname].figures[name] = record
            for image in figure.findall(nodes.image):  # one per format
                image["figure"], image["narrow"] = name, record.narrow
            try:
                figure += nodes.legend("", line(self.env, self.document, name, record))
            except LicenceError as error:
                self._warn(f"{name}: {error}", figure)

    def _warn(self, message: str, node: nodes.Node) -> None:
        where = place(self.env, node)
        _LOGGER.warning(message, location=where, type="govsocial", subtype="figure")


def line(
    env: BuildEnvironment, document: nodes.document, name: str, record: FigureRecord
) -> nodes.paragraph:
    """Return the line of one figure."""
    resources = [descriptor(env, table) for table in record.tables]
    keys = dict.fromkeys(key for resource in resources for key in citations(resource))
    carried = [written(term) for term in of_figure(resources)]
    up = posixpath.relpath(".", posixpath.dirname(env.docname) or ".")
    sources = joined([cite(env, document, key) for key in keys])
    tables = joined(
        [reference(env, "ref", f"table-{name}", name, literal=True) for name in record.tables]
    )
    data = [nodes.Text(_("Data") + ": "), _link(f"{up}/{FOLDER}/{name}.csv", "CSV")]
    if tables:  # a diagram may draw no table
        data += [nodes.Text(" " + _("from") + " "), *tables]
        sources = [nodes.Text(_("Source") + ": "), *sources]
    code = [nodes.Text(_("Code") + ": "), _code(up, record.maker)]
    larger: list[nodes.Node] = [_link(f"{up}/{FOLDER}/{name}.html", _("Enlarge"))]
    html = _in_a_row([larger, data, sources, code])
    away: list[nodes.Node] = [elsewhere(figure=name, maker=record.maker)]
    taken = _in_a_row([[node.deepcopy() for node in sources], away])
    licence = (
        [nodes.Text(" · " + _("Licence of the figure: ") + ", ".join(carried))] if carried else []
    )
    return nodes.paragraph(
        "",
        "",
        addnodes.only("", *html, expr=SITE),
        addnodes.only("", *taken, expr=TAKEAWAY),
        *licence,
        classes=["figure-line"],
    )


def _in_a_row(parts: list[list[nodes.Node]]) -> list[nodes.Node]:
    present = [part for part in parts if part]
    dotted = [[*part, nodes.Text(" · ")] for part in present[:-1]] + present[-1:]
    return [node for part in dotted for node in part]


class WriteElsewhere(SphinxPostTransform):
    """Say where data and code of a figure are: whole addresses, if the site has one."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Put words or links in the place of the marks."""
        base = self.config.html_baseurl.rstrip("/")
        for mark in list(self.document.findall(elsewhere)):
            if base:
                data = [
                    nodes.Text(_("Data") + ": "),
                    _link(f"{base}/{FOLDER}/{mark['figure']}.csv", "CSV"),
                ]
                code = [nodes.Text(_("Code") + ": "), _code(base, mark["maker"])]
                mark.replace_self(_in_a_row([data, code]))
            else:
                mark.replace_self(nodes.Text(_("Data and code: in the online edition")))


def _link(address: str, text: str) -> nodes.reference:
    return nodes.reference("", text, refuri=address, internal=True)


def _code(up: str, maker: str) -> nodes.Node:
    module, _dot, function = maker.rpartition(".")
    if module == "__main__":  # a lab draws with code of its own
        return nodes.Text(_("on this page"))
    return _link(f"{up}/_modules/{module.replace('.', '/')}.html#{function}", function)


def _write_data(app: Sphinx) -> None:
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    pages = records(app.env).pages.values()
    figures = {name: record for page in pages for name, record in page.figures.items()}
    for path in folder.iterdir():
        if path.name.partition(".")[0] not in figures:
            path.unlink()
    for name, record in figures.items():
        (folder / f"{name}.csv").write_text(record.drawn, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the lines when pages are read, and write the data when they are written."""
    app.add_node(elsewhere)
    app.add_transform(FigureLines)
    app.add_post_transform(WriteElsewhere)
    finish(app, _write_data, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
