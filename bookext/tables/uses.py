"""Which pages draw figures from a table, or compute numbers from it.

Known when all pages are read; the page of a table is written anew when its uses have changed.

Closes: Sphinx writes a page again when it, or a page that it names, was read again; it does not
know that a page lists what others hold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.records.cell_outputs import records
from bookext.records.number_ledger import reading_order
from bookext.tables.names import page_of


class Use(NamedTuple):
    """What a page makes of a table: the names of its figures, and how many numbers."""

    docname: str
    title: str
    figures: tuple[str, ...]
    numbers: int


def uses(env: BuildEnvironment) -> dict[str, tuple[Use, ...]]:
    """Return the uses of each table, in the order of the book."""
    if not hasattr(env, "bookext_table_uses"):
        env.bookext_table_uses = {}  # type: ignore[attr-defined]
    found: dict[str, tuple[Use, ...]] = env.bookext_table_uses  # type: ignore[attr-defined]
    return found


def counted(env: BuildEnvironment) -> dict[str, tuple[Use, ...]]:
    """Return the uses of each table, counted from the records of all pages."""
    found: dict[str, list[Use]] = defaultdict(list)
    pages = records(env).pages
    for docname in reading_order(env):
        if (page := pages.get(docname)) is None:
            continue
        drawn = {name: record.tables for name, record in page.figures.items()}
        computed = [number.tables for number in page.numbers]
        for table in sorted({name for names in (*drawn.values(), *computed) for name in names}):
            figures = tuple(name for name, tables in drawn.items() if table in tables)
            numbers = sum(table in tables for tables in computed)
            found[table].append(Use(docname, env.titles[docname].astext(), figures, numbers))
    return {table: tuple(each) for table, each in found.items()}


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages of the tables whose uses have changed."""
    before, now = uses(env), counted(env)
    env.bookext_table_uses = now  # type: ignore[attr-defined]
    changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    return sorted(page_of(name) for name in changed if page_of(name) in env.found_docs)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Count when all pages are read."""
    app.connect("env-updated", _outdated)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
