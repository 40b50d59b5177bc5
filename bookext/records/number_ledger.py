"""*Numbers in this book*: the directive ``number-ledger``, and ``numbers.csv`` beside it.

Closes: MyST-NB keeps glued values per page; it cannot list them, and two pages may glue
different values under the same key unnoticed
(https://github.com/executablebooks/MyST-NB/issues/431).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _, of_units
from bookext.common.nodes import Cell, joined, reference, table
from bookext.common.order import Writing
from bookext.common.outputs import builder, is_site
from bookext.records.cell_outputs import NumberRecord, is_outside, records
from bookext.records.descriptors import descriptor_paths
from govsocial.codebook import SUFFIX, read

_LOGGER = logging.getLogger(__name__)
_CSV = "numbers.csv"
_CONSTANT = "(constant)"  # in the place of tables: a number of the method, not of the data
_HEADER = ("key", "value", "printed", "unit", "chapter", "tables")


class number_ledger(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the ledger until all pages are read."""


class NumberLedger(SphinxDirective):
    """List every number that a cell of the book handed to the prose."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the numbers are known when all pages are read."""
        records(self.env).readers.add(self.env.docname)
        return [number_ledger()]


class Entry(NamedTuple):
    """A number and the page it comes from."""

    docname: str
    number: NumberRecord

    def place(self, env: BuildEnvironment) -> str:
        """Return file and line."""
        return f"{env.doc2path(self.docname, base=False)}:{self.number.line}"


def entries(env: BuildEnvironment) -> Iterator[Entry]:
    """Return all numbers, page by page in the order of the book, then those of the blog."""
    found = records(env).pages
    for docname in _reading_order(env):
        for number in found[docname].numbers if docname in found else ():
            yield Entry(docname, number)


def _reading_order(env: BuildEnvironment) -> Iterator[str]:
    relations = env.collect_relations()
    docname: str | None = env.config.root_doc
    while docname:
        yield docname
        docname = relations[docname][2] if docname in relations else None
    yield from sorted(name for name in records(env).pages if is_outside(env, name))


class WriteLedger(SphinxPostTransform):
    """Put the tables in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write one table per page that has numbers."""
        for mark in list(self.document.findall(number_ledger)):
            online = is_site(builder(self.env))
            by_page: dict[str, list[NumberRecord]] = {}
            for entry in entries(self.env):
                if not online and is_outside(self.env, entry.docname):
                    continue
                by_page.setdefault(entry.docname, []).append(entry.number)
            content = _download() if online else []
            for docname, numbers in by_page.items():
                title = self.env.titles[docname].astext()
                link = reference(self.env, "doc", f"/{docname}", title)
                content += [nodes.rubric("", "", link), _table(self.env, docname, numbers)]
            mark.replace_self(content)


def _download() -> list[nodes.Node]:
    link = nodes.reference("", _CSV, refuri=f"../{_CSV}", internal=True)
    return [nodes.paragraph("", _("The same list with the full values: "), link)]


def _table(env: BuildEnvironment, docname: str, numbers: list[NumberRecord]) -> nodes.table:
    head = [_("Key"), _("Printed"), _("Unit"), _("Tables")]
    rows = (_row(env, docname, number) for number in numbers)
    return table((30, 16, 34, 20), rows, ["ledger", "longtable"], head=head)


def _row(env: BuildEnvironment, docname: str, number: NumberRecord) -> list[Cell]:
    tables = joined(
        reference(env, "ref", f"table-{name}", name, literal=True) for name in number.tables
    )
    return [
        [nodes.literal("", number.key)],
        number.printed,
        _unit(docname, number),
        tables or _("a constant of the method"),
    ]


def _unit(docname: str, number: NumberRecord) -> str:
    """Return a number's unit, and the kind of its interval, in the language of the edition."""
    return "; ".join(map(of_units(docname), parts_of_a_unit(number)))


def parts_of_a_unit(number: NumberRecord) -> list[str]:
    """Return the unit of a number and, of an interval, its kind."""
    return number.unit.split("; ")


def _check(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    seen: dict[str, Entry] = {}
    tables = set(descriptor_paths(env))
    for entry in entries(env):
        key = entry.number.key
        if (first := seen.setdefault(key, entry)) is not entry:
            _LOGGER.warning(
                "the number '%s' is handed over twice, at %s and %s; rename one of them",
                key,
                first.place(env),
                entry.place(env),
                type="govsocial",
            )
        if unknown := set(entry.number.tables) - tables:
            _LOGGER.warning(
                "%s: the number '%s' names the unknown table %s; the tables are in data/",
                entry.place(env),
                key,
                ", ".join(sorted(unknown)),
                type="govsocial",
            )
    return []


def _check_code_books(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of what stands in a page's code book and no cell hands over."""
    handed = {entry.number.key for entry in entries(env)}
    for docname in sorted(env.found_docs):
        path = env.doc2path(docname).with_suffix(SUFFIX)
        if not path.is_file():
            continue
        for entry in read(path).values():
            if entry.key not in handed:
                _LOGGER.warning(
                    "%s: the number '%s' is in the code book, and no cell hands it over; "
                    "delete its key there, or hand it over",
                    path.relative_to(env.srcdir).with_name(entry.place).as_posix(),
                    entry.key,
                    type="govsocial",
                )
    return []


def as_csv(env: BuildEnvironment) -> str:
    """Return the ledger as CSV text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    for docname, number in entries(env):
        value = number.value if isinstance(number.value, str) else json.dumps(number.value)
        tables = " ".join(number.tables) or _CONSTANT
        writer.writerow(
            (number.key, value, number.printed, _unit(docname, number), docname, tables)
        )
    return buffer.getvalue()


def _write_csv(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and is_site(app.builder):
        Path(app.outdir, _CSV).write_text(as_csv(app.env), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the check and the file."""
    app.add_node(number_ledger)
    app.add_directive("number-ledger", NumberLedger)
    app.add_post_transform(WriteLedger)
    app.connect("env-updated", _check)
    app.connect("env-updated", _check_code_books)
    app.connect("build-finished", _write_csv)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
