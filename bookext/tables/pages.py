"""One page per table: what it holds, who counted, what one may do with it, fields, first rows.

Closes: no Sphinx extension renders Frictionless Data Resources, and Sphinx makes pages from files
only (see ``bookext/common/sheets.py``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.apostrophes import curled
from bookext.common.i18n import _, of_tables
from bookext.common.nodes import Cell, as_written, cite, joined, reference, table
from bookext.common.order import Writing
from bookext.common.outputs import builder
from bookext.common.places import DATA
from bookext.common.reading import short_number, shortened
from bookext.common.sheets import Kind, add_pages
from bookext.records.descriptors import descriptor, descriptor_paths, licences, table_names
from bookext.records.licences import written
from bookext.records.number_ledger import ledger_of
from bookext.tables.names import page_of
from bookext.tables.terms import sentence
from bookext.tables.uses import Use, uses
from govsocial import labels

_SHEET = Path(__file__).with_name("table.sheet")
FIRST = 8
"""Rows of a table that its page shows."""
_LONGEST = 60  # letters of a cell
_UNSEARCHED = "no-search"  # by Sphinx: a chapter is to be found before the tables behind it
_YEAR = re.compile(r"\b\d{4}\b")


class table_uses(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the pages that use a table until all are read."""


class Sheet(NamedTuple):
    """What a page is filled from."""

    env: BuildEnvironment
    document: nodes.document
    name: str
    resource: dict[str, Any]
    words: Callable[[str], str]


def _names(root: Path, found: Collection[str]) -> Iterable[str]:
    return map(page_of, table_names(root)) if DATA in found else ()


def _fill(env: BuildEnvironment, document: nodes.document, names: list[str]) -> nodes.section:
    """Return the page of a table."""
    name = env.docname.rpartition("/")[2]
    resource = descriptor(env, name)
    words = of_tables(resource["madeBy"])
    sheet = Sheet(env, document, name, resource, words)
    env.metadata[env.docname]["og:description"] = shortened(curled(words(resource["description"])))
    page = nodes.section("", nodes.title("", words(resource["title"])), ids=["table"])
    for part in names:
        page += list(_PARTS[part](sheet))
    return page


def _descriptor_of(docname: str) -> str:
    return f"{docname}.resource.yaml"


def _part(name: str, title: str, *content: nodes.Node) -> nodes.section:
    heading = nodes.title("", title)
    return nodes.section("", heading, *content, ids=[name], names=[name], classes=[_UNSEARCHED])


def _holds(sheet: Sheet) -> Iterator[nodes.Node]:
    yield nodes.paragraph("", sheet.words(sheet.resource["description"]))


def _terms(sheet: Sheet) -> Iterator[nodes.Node]:
    said = sentence(sheet.resource, descriptor_paths(sheet.env)[sheet.name])
    yield nodes.paragraph("", "", nodes.strong("", said))


def _files(sheet: Sheet) -> Iterator[nodes.Node]:
    rows = labels.decimal(sheet.resource["rows"])
    files = [
        nodes.reference("", kind, refuri=f"{sheet.name}{suffix}", internal=True)
        for kind, suffix in (
            ("CSV", ".csv"),
            ("Parquet", ".parquet"),
            (_("descriptor"), ".resource.yaml"),
        )
    ]
    every = reference(sheet.env, "doc", f"/{DATA}", _("All tables"))
    parts: list[list[nodes.Node]] = [
        [nodes.Text(_("Download") + ": "), *joined(files)],
        [nodes.Text(_("rows: {n}").format(n=rows))],
        [nodes.Text(_("name for the library:") + " "), nodes.literal("", sheet.name)],
        [every],
    ]
    content = [node for part in parts for node in (*part, nodes.Text(" · "))][:-1]
    yield nodes.paragraph("", "", *content, classes=["table-files"])


def _counted(sheet: Sheet) -> Iterator[nodes.Node]:
    sources = (_source(sheet, source) for source in sheet.resource["sources"])
    listed = nodes.bullet_list("", *sources, bullet="*")
    facts: list[tuple[str, Cell]] = [
        (_("Terms of the sources"), "; ".join(map(sheet.words, sheet.resource["redistribution"]))),
        (_("Licence of the sources"), ", ".join(map(written, licences(sheet.resource)))),
        (_("Made by"), [nodes.literal("", sheet.resource["madeBy"])]),
        ("SHA-256", [nodes.literal("", sheet.resource["hash"].removeprefix("sha256:"))]),
    ]
    origin = table((22, 78), facts, ["facts"], stub=True)
    yield _part("counted", _("Who counted"), listed, origin)


def _source(sheet: Sheet, source: dict[str, Any]) -> nodes.list_item:
    """Return what a source is called, where it is, the years it covers, and its citation."""
    title: nodes.Node = nodes.inline("", source["title"])
    if source["path"].startswith("http"):
        title = nodes.reference("", "", title, refuri=source["path"])
    if spoken := as_written(sheet.env):
        title = nodes.inline("", "", title, classes=spoken)
    covered = years({"sources": [source]})
    more = nodes.Text(f", {covered}: " if covered else ": ")
    citation = cite(sheet.env, sheet.document, source["citation"])
    return nodes.list_item("", nodes.paragraph("", "", title, more, citation))


def _caveats(sheet: Sheet) -> Iterator[nodes.Node]:
    if caveats := sheet.resource.get("caveats"):
        items = (nodes.list_item("", nodes.paragraph("", sheet.words(text))) for text in caveats)
        content = nodes.bullet_list("", *items, bullet="*")
        yield _part("caveats", _("What to know before using it"), content)


def _fields(sheet: Sheet) -> Iterator[nodes.Node]:
    words = sheet.words
    rows: Iterator[list[Cell]] = (
        [
            [nodes.literal("", field["name"])],
            words(field["description"]),
            words(field["type"]),
            words(field["unit"]) if "unit" in field else "–",
        ]
        for field in sheet.resource["schema"]["fields"]
    )
    head = [_("Field"), _("Meaning"), _("Type"), _("Unit")]
    content = table((22, 48, 10, 20), rows, ["fields", "cards"], head=head, stub=True)
    yield _part("fields", _("What the fields mean"), content)


def _rows(sheet: Sheet) -> Iterator[nodes.Node]:
    path = descriptor_paths(sheet.env)[sheet.name].with_name(sheet.resource["path"])
    head = [field["name"] for field in sheet.resource["schema"]["fields"]]
    rows = [[short(cell) for cell in row] for row in first_rows(path)]
    width = 100 // len(head)
    content = table([width] * len(head), rows, ["table-rows"], head=head)
    content["classes"] = [name for name in content["classes"] if name != "colwidths-given"]
    content["classes"] += as_written(sheet.env)  # the values are those of the file
    title = _("First rows") if sheet.resource["rows"] > len(rows) else _("All rows")
    yield _part("rows", title, content)


def first_rows(path: Path) -> list[list[str]]:
    """Return the first rows of a table, as text."""
    if path.suffix == ".parquet":
        batch = next(pq.ParquetFile(path).iter_batches(batch_size=FIRST))
        columns = [["" if value is None else str(value) for value in c.to_pylist()] for c in batch]
        return [list(row) for row in zip(*columns, strict=True)]
    with path.open(encoding="utf-8", newline="") as file:
        return list(islice(csv.reader(file), 1, FIRST + 1))


def short(cell: str) -> str:
    """Return a value of a table as one reads it: a number with four digits, a text begun."""
    number = short_number(cell)
    return number if len(number) <= _LONGEST else f"{number[: _LONGEST - 1].rstrip()}…"


def years(resource: dict[str, Any]) -> str:
    """Return the years that the sources of a table cover, or nothing.

    >>> years({"sources": [{"coverage": "2012-09-28/2026-07"}, {"coverage": "2008/2017"}]})
    '2008–2026'
    """
    stated = " ".join(source.get("coverage", "") for source in resource["sources"])
    found = sorted(_YEAR.findall(stated))
    return "–".join(dict.fromkeys((found[0], found[-1]))) if found else ""


def _uses(sheet: Sheet) -> Iterator[nodes.Node]:
    yield _part("uses", _("Where the book uses it"), table_uses(table=sheet.name))


class WriteUses(SphinxPostTransform):
    """Put the list of pages in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write an item per page."""
        for mark in list(self.document.findall(table_uses)):
            items = [
                self._item(mark["table"], use) for use in uses(self.env).get(mark["table"], ())
            ]
            nobody = nodes.paragraph("", _("No figure and no number of this edition uses it."))
            mark.replace_self(nodes.bullet_list("", *items, bullet="*") if items else nobody)

    def _item(self, name: str, use: Use) -> nodes.list_item:
        """Return a page, its figures, and the way to its numbers."""
        page = reference(self.env, "doc", f"/{use.docname}", use.title)
        parts: list[nodes.Node] = [
            reference(self.env, "numref", figure, figure) for figure in use.figures
        ]
        said = _("numbers: {n}").format(n=labels.decimal(use.numbers))
        if use.numbers and (found := ledger_of(use.docname)) in self.env.found_docs:
            ledger = builder(self.env).get_relative_uri(self.env.docname, found)
            parts.append(nodes.reference("", said, refuri=f"{ledger}?q={name}", internal=True))
        content = [page, nodes.Text(": "), *joined(parts)]
        return nodes.list_item("", nodes.paragraph("", "", *content))


_PARTS: dict[str, Callable[[Sheet], Iterator[nodes.Node]]] = {
    "holds": _holds,
    "terms": _terms,
    "files": _files,
    "counted": _counted,
    "caveats": _caveats,
    "fields": _fields,
    "rows": _rows,
    "uses": _uses,
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the pages."""
    add_pages(Kind(_SHEET, _names, _fill, _descriptor_of))
    app.add_node(table_uses)
    app.add_post_transform(WriteUses)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
