"""What no page holds, as message templates: words of tables and bibliography, units of numbers.

Closes: Sphinx extracts what the source of a page holds; a descriptor is not part of a page, and a
unit is known when its cell has run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import REFERENCES, UNITS, tables_of
from bookext.records.bibliography import messages
from bookext.records.cell_outputs import records
from bookext.records.descriptors import descriptor_paths, load
from bookext.records.number_ledger import parts_of_a_unit


class Message(NamedTuple):
    """Words to be translated, their catalogue, and where they stand."""

    domain: str
    words: str
    file: str
    line: int = 1


def words_of_a_table(resource: dict[str, Any]) -> Iterator[str]:
    """Return the texts of a descriptor that *The data* shows."""
    yield resource["title"]
    yield resource["description"]
    for field in resource["schema"]["fields"]:
        yield from (field[name] for name in ("type", "description", "unit") if name in field)
    yield from resource.get("caveats", ())
    yield from resource["redistribution"]


def _tables(env: BuildEnvironment) -> Iterator[Message]:
    for path in descriptor_paths(env).values():
        place, resource = path.relative_to(env.srcdir).as_posix(), load(path)
        for words in words_of_a_table(resource):
            yield Message(tables_of(resource["madeBy"]), words, place)


def _units(env: BuildEnvironment) -> Iterator[Message]:
    for docname, page in sorted(records(env).pages.items()):
        place = env.doc2path(docname, base=False).as_posix()
        for number in page.numbers:
            for part in parts_of_a_unit(number):
                yield Message(f"{UNITS}/{docname}", part, place, number.line)


def _references(env: BuildEnvironment) -> Iterator[Message]:
    root = Path(env.srcdir)
    for words, path in messages(root / name for name in env.config.bibtex_bibfiles):
        yield Message(REFERENCES, words, path.relative_to(root).as_posix())


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "gettext":
        return
    catalogues: dict[str, Catalog] = defaultdict(Catalog)
    for message in chain(_tables(app.env), _units(app.env), _references(app.env)):
        place = (message.file, message.line)
        catalogues[message.domain].add(message.words, locations=[place])
    for domain, catalogue in catalogues.items():
        path = Path(app.outdir, f"{domain}.pot")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, omit_header=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the templates beside those of the pages."""
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
