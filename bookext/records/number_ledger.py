"""*Numbers in this book*: the directive ``number-ledger``, and ``numbers.csv`` beside it.

The numbers themselves stand on a page per page of the book: see ``ledger_pages.py``.

Closes: MyST-NB keeps glued values per page; it cannot list them, and two pages may glue
different values under the same key unnoticed
(https://github.com/executablebooks/MyST-NB/issues/431).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
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
from bookext.common.nodes import reference
from bookext.common.order import Writing
from bookext.common.outputs import builder, finish, is_site
from bookext.common.places import NUMBERS
from bookext.records.cell_outputs import NumberRecord, is_outside, records
from bookext.records.descriptors import descriptor_paths
from govsocial import labels
from govsocial.codebook import SUFFIX, read

_LOGGER = logging.getLogger(__name__)
LEDGERS = "numbers"
"""The page that lists the pages of numbers, and where these are."""
CSV = "numbers.csv"
_CONSTANT = "(constant)"  # in the place of tables: a number of the method, not of the data
_HEADER = ("key", "value", "printed", "unit", "chapter", "tables")


class number_ledger(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the ledger until all pages are read."""


def ledger_of(docname: str) -> str:
    """Return the page with the numbers of a page.

    >>> ledger_of("chapters/adoption")
    'numbers/chapters/adoption'
    """
    return f"{LEDGERS}/{docname}"


class NumberLedger(SphinxDirective):
    """List every number that a cell of the book handed to the prose."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the numbers are known when all pages are read."""
        if self.env.docname != NUMBERS:
            raise self.error(f"the list of numbers belongs into {NUMBERS}.md, where links look")
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
    for docname in reading_order(env):
        for number in found[docname].numbers if docname in found else ():
            yield Entry(docname, number)


def reading_order(env: BuildEnvironment) -> Iterator[str]:
    """Return the pages in the order of the book, then those that have records outside it."""
    relations = env.collect_relations()
    docname: str | None = env.config.root_doc
    while docname:
        yield docname
        docname = relations[docname][2] if docname in relations else None
    yield from sorted(name for name in records(env).pages if is_outside(env, name))


class WriteLedger(SphinxPostTransform):
    """Put the list in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Name the pages that have numbers: on the site, each has a page for its own."""
        for mark in list(self.document.findall(number_ledger)):
            if is_site(builder(self.env)):
                mark.replace_self([self._download(), self._pages()])
            else:
                mark.parent.remove(mark)

    def _download(self) -> nodes.paragraph:
        link = nodes.reference("", CSV, refuri=f"../{CSV}", internal=True)
        return nodes.paragraph("", _("All of them with their full values: "), link)

    def _pages(self) -> nodes.bullet_list:
        items = []
        for docname, numbers in by_page(self.env).items():
            title = self.env.titles[docname].astext()
            link = reference(self.env, "doc", f"/{ledger_of(docname)}", title)
            count = nodes.Text(f" ({labels.decimal(len(numbers))})")
            items.append(nodes.list_item("", nodes.paragraph("", "", link, count)))
        return nodes.bullet_list("", *items, bullet="*")


def by_page(env: BuildEnvironment) -> dict[str, list[NumberRecord]]:
    """Return the numbers of each page that has some, in the order of the book."""
    found: dict[str, list[NumberRecord]] = {}
    for entry in entries(env):
        found.setdefault(entry.docname, []).append(entry.number)
    return found


def unit(docname: str, number: NumberRecord) -> str:
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


def as_csv(found: Iterable[Entry]) -> str:
    """Return numbers as CSV text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    for docname, number in found:
        value = number.value if isinstance(number.value, str) else json.dumps(number.value)
        tables = " ".join(number.tables) or _CONSTANT
        writer.writerow((number.key, value, number.printed, unit(docname, number), docname, tables))
    return buffer.getvalue()


def _write_csv(app: Sphinx) -> None:
    Path(app.outdir, CSV).write_text(as_csv(entries(app.env)), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the check and the file."""
    app.add_node(number_ledger)
    app.add_directive("number-ledger", NumberLedger)
    app.add_post_transform(WriteLedger)
    app.connect("env-updated", _check)
    app.connect("env-updated", _check_code_books)
    finish(app, _write_csv)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
