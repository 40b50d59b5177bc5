"""What no page holds, as message templates: words of tables and bibliography, units of numbers.

Closes: Sphinx extracts what the source of a page holds; a descriptor is not part of a page, and a
unit is known when its cell has run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import REFERENCES, TABLES, UNITS
from bookext.records.bibliography import messages
from bookext.records.cell_outputs import records
from bookext.records.descriptors import descriptor_paths, load
from bookext.records.number_ledger import parts_of_a_unit

Place = tuple[str, int]


def words_of_a_table(resource: dict[str, Any]) -> Iterator[str]:
    """Return the texts of a descriptor that *The data* shows."""
    yield resource["title"]
    yield resource["description"]
    for field in resource["schema"]["fields"]:
        yield from (field[name] for name in ("type", "description", "unit") if name in field)
    yield from resource.get("caveats", ())
    yield from resource["redistribution"]


def _tables(env: BuildEnvironment) -> Iterator[tuple[str, Place]]:
    for path in descriptor_paths(env).values():
        place = path.relative_to(env.srcdir).as_posix()
        yield from ((words, (place, 1)) for words in words_of_a_table(load(path)))


def _units(env: BuildEnvironment) -> Iterator[tuple[str, Place]]:
    for docname, page in sorted(records(env).pages.items()):
        place = env.doc2path(docname, base=False).as_posix()
        for number in page.numbers:
            yield from ((part, (place, number.line)) for part in parts_of_a_unit(number))


def _references(app: Sphinx) -> Iterator[tuple[str, Place]]:
    root = Path(app.srcdir)
    for words, path in messages(root / name for name in app.config.bibtex_bibfiles):
        yield words, (path.relative_to(root).as_posix(), 1)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "gettext":
        return
    for domain, found in (
        (TABLES, _tables(app.env)),
        (UNITS, _units(app.env)),
        (REFERENCES, _references(app)),
    ):
        catalogue = Catalog()
        for words, place in found:
            catalogue.add(words, locations=[place])
        with Path(app.outdir, f"{domain}.pot").open("wb") as file:
            write_po(file, catalogue, omit_header=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the templates beside those of the pages."""
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
