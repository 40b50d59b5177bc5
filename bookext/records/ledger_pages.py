"""One page per page that has numbers, with all of them: key, printed form, unit, tables.

A page has numbers when a code book stands beside it. Its title is known when all are read.

Closes: Sphinx makes pages from files only (see ``bookext/common/sheets.py``), and a list of all
numbers on one page is 300 screens of a phone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.addresses import address, report_address
from bookext.common.find import box
from bookext.common.i18n import _
from bookext.common.nodes import Cell, joined, reference, table
from bookext.common.order import Writing
from bookext.common.outputs import finish
from bookext.common.places import NUMBERS
from bookext.common.reading import shortened
from bookext.common.sheets import Kind, add_pages
from bookext.records.cell_outputs import NumberRecord
from bookext.records.number_ledger import (
    LEDGERS,
    Entry,
    as_csv,
    by_page,
    ledger_of,
    unit,
)
from govsocial.codebook import SUFFIX

_SHEET = Path(__file__).with_name("ledger.sheet")


class ledger_table(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the numbers of a page until all pages are read."""


def _names(root: Path, found: Collection[str]) -> Iterable[str]:
    if NUMBERS not in found:
        return []
    return [ledger_of(name) for name in sorted(found) if (root / f"{name}{SUFFIX}").is_file()]


def _fill(env: BuildEnvironment, _document: nodes.document, _names: list[str]) -> nodes.section:
    """Return the page with the numbers of a page."""
    title = nodes.title("", _("Numbers in this book"))
    mark = ledger_table(of=env.docname.removeprefix(f"{LEDGERS}/"))
    return nodes.section("", title, mark, ids=["numbers"], classes=["no-search"])


def _code_book_of(docname: str) -> str:
    return f"{docname.removeprefix(f'{LEDGERS}/')}{SUFFIX}"


class WriteNumbers(SphinxPostTransform):
    """Put the table in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write title, links, box and table."""
        for mark in list(self.document.findall(ledger_table)):
            docname = mark["of"]
            title = next(iter(mark.parent.findall(nodes.title)))
            title.replace_self(self.env.titles[self.env.docname].deepcopy())
            lead = self._lead(docname)
            mark.replace_self([lead, box(), self._table(docname)])

    def _lead(self, docname: str) -> nodes.paragraph:
        """Return the ways to the page itself, to the file, and to all other numbers."""
        name = docname.rpartition("/")[2]
        links = [
            reference(self.env, "doc", f"/{docname}", self.env.titles[docname].astext()),
            nodes.reference("", "CSV", refuri=f"{name}.csv", internal=True),
            reference(self.env, "doc", f"/{NUMBERS}", _("The numbers of all pages")),
        ]
        return nodes.paragraph("", "", *joined(links, " · "))

    def _table(self, docname: str) -> nodes.table:
        numbers = by_page(self.env).get(docname, [])
        head = [_("Key"), _("Printed"), _("Unit"), _("Tables")]
        rows = [self._row(docname, number) for number in numbers]
        content = table((28, 14, 30, 28), rows, ["ledger", "cards", "found"], head=head)
        for row, number in zip(list(content.findall(nodes.row))[1:], numbers, strict=True):
            row["ids"].append(number.key)
        return content

    def _row(self, docname: str, number: NumberRecord) -> list[Cell]:
        tables = joined(
            reference(self.env, "ref", f"table-{name}", name, literal=True)
            for name in number.tables
        )
        constant = [nodes.Text(_("a constant of the method"))]
        return [
            [nodes.literal("", number.key)],
            number.printed,
            unit(docname, number),
            [*(tables or constant), *self._report(docname, number)],
        ]

    def _report(self, docname: str, number: NumberRecord) -> list[nodes.Node]:
        """Return the way to report a mistake in a number, where the book has one."""
        title = self.env.titles[docname].astext()
        url = address(self.config, f"{docname}.html")
        where = report_address(self.config, title, url, number.key)
        if not where:
            return []
        name = _("Report a mistake in {key}").format(key=number.key)
        words = nodes.reference("", _("Report"), refuri=where, reftitle=name)
        return [nodes.Text(" · "), words]


def _titles(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give each page its title; return those whose title or numbers have changed."""
    seen: dict[str, object] = getattr(env, "bookext_ledgers", {})
    now: dict[str, object] = {}
    for docname, numbers in by_page(env).items():
        page = ledger_of(docname)
        if page in env.found_docs:
            title = env.titles[docname].astext()
            said = _("Numbers of the page “{title}”").format(title=title)
            about = _("What each number of “{title}” counts, and the tables it comes from.")
            env.metadata[page]["og:description"] = shortened(about.format(title=title))
            env.titles[page] = env.longtitles[page] = nodes.title("", said)
            now[page] = (said, numbers)
    env.bookext_ledgers = now  # type: ignore[attr-defined]
    return sorted(page for page in now if seen.get(page) != now[page])


def _write_data(app: Sphinx) -> None:
    """Write the numbers of each page beside it, and remove what is of no page."""
    folder = Path(app.outdir, LEDGERS)
    if not folder.is_dir():
        return
    kept = set()
    for docname, numbers in by_page(app.env).items():
        if (name := ledger_of(docname)) in app.env.found_docs:
            page = Path(app.outdir, f"{name}.csv")
            page.write_text(as_csv(Entry(docname, number) for number in numbers), "utf-8")
            kept |= {page, page.with_suffix(".html")}
    for path in folder.rglob("*.*"):
        if path not in kept:
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the pages and their files."""
    add_pages(Kind(_SHEET, _names, _fill, _code_book_of))
    app.add_node(ledger_table)
    app.add_post_transform(WriteNumbers)
    app.connect("env-updated", _titles)
    finish(app, _write_data)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
