"""The descriptors of the book's tables, as the other extensions read them.

Closes: no Sphinx extension reads Frictionless Data Resources. Of a row with a cell too many or too
few, pandas says nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, read_text, read_yaml
from bookext.common.order import BeforeReading

_SUFFIX = ".resource.yaml"
_FIELDS = {
    "description": str,
    "hash": str,
    "licenses": list,
    "madeBy": str,
    "name": str,
    "path": str,
    "redistribution": list,
    "rows": int,
    "schema": dict,
    "sources": list,
    "title": str,
}
_ITEMS = {
    "caveats": (),
    "fields": ("name", "type", "description"),
    "licenses": ("name",),
    "redistribution": (),
    "sources": ("citation", "title", "path"),
    "terms": (),
}
"""What the lists hold: texts, or mappings that have these texts."""
_MAY_LACK: dict[str, list[str]] = {"caveats": [], "terms": []}
_MAY_HAVE = {"fields": ("unit",), "sources": ("coverage", "version")}
"""Texts that the mappings of a list may have, too."""
_KINDS = {str: "text", list: "list", dict: "mapping", int: "whole number"}
_TYPES = {"string", "integer", "number", "boolean", "date", "datetime", "year"}


def table_names(root: Path) -> list[str]:
    """Return the names of the tables of the book in a folder, sorted."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in (root / "data").glob(f"*{_SUFFIX}"))


def descriptor_paths(env: BuildEnvironment) -> dict[str, Path]:
    """Return the path of each table's descriptor, by name."""
    folder = Path(env.srcdir, "data")
    return _paths(folder, folder.stat().st_mtime_ns) if folder.is_dir() else {}


@cache
def _paths(folder: Path, _changed: int) -> dict[str, Path]:
    return {name: folder / f"{name}{_SUFFIX}" for name in table_names(folder.parent)}


def descriptor(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return a table's descriptor, and rebuild the page being read when it changes."""
    path = descriptor_paths(env)[name]
    env.note_dependency(str(path))
    return load(path)


def load(path: Path) -> dict[str, Any]:
    """Return the descriptor in a file."""
    return _load(path, path.stat().st_mtime_ns)


@cache
def _load(path: Path, _changed: int) -> dict[str, Any]:
    resource = read_yaml(path)
    missing = _FIELDS.keys() - set(resource if isinstance(resource, dict) else ())
    if missing:
        raise FileError(path, f"the descriptor has no {', '.join(sorted(missing))}; add them")
    found = cast("dict[str, Any]", resource)
    for wrong in _misshapen(path, found):
        raise FileError(path, wrong)
    if not path.with_name(found["path"]).is_file():
        raise FileError(path, f"its table {found['path']} is missing; restore it or run make data")
    for field in found["schema"]["fields"]:
        if field["type"] not in _TYPES:
            raise FileError(path, f"{field['name']} has no known type: {field['type']}")
    return found


def _misshapen(path: Path, resource: dict[str, Any]) -> Iterator[str]:
    """Say what of a descriptor has another form than its readers expect."""
    for name, kind in _FIELDS.items():
        if type(resource[name]) is not kind or resource[name] == "":
            yield f"`{name}` is no {_KINDS[kind]}; write one"
    if resource["name"] != (named := path.name.removesuffix(_SUFFIX).replace("_", "-")):
        yield f"`name: {resource['name']}` is not that of the file; write {named}"
    if Path(resource["path"]).name != resource["path"]:
        yield f"`path: {resource['path']}` leads elsewhere; the table stands beside its descriptor"
    for name in _ITEMS:
        place = resource["schema"] if name == "fields" else resource
        items: Any = place.get(name, _MAY_LACK.get(name))
        if not isinstance(items, list):
            yield f"`{name}` is no list; write one"
            continue
        for number, item in enumerate(items, start=1):
            yield from (f"item {number} of `{name}` {wrong}" for wrong in _wrong(name, item))
    names = _field_names(resource)
    if not names:
        yield "`fields` is empty; describe each column of the table"
    for name in names:
        if names.count(name) > 1:
            yield f"`{name}` stands in `fields` twice; delete or rename one of them"


def _wrong(name: str, item: Any) -> Iterator[str]:
    """Say what is wrong with an item of a list."""
    if not _ITEMS[name] and not isinstance(item, str):
        yield "is no text; put it in quotes"
    for text in _ITEMS[name]:
        if not isinstance(item, dict) or not isinstance(item.get(text), str):
            yield f"has no text `{text}`; add it"
    for text in _MAY_HAVE.get(name, ()):
        if not isinstance(item, dict) or not isinstance(item.get(text, ""), str):
            yield f"has a `{text}` that is no text; put it in quotes"


def citations(resource: dict[str, Any]) -> list[str]:
    """Return the BibTeX keys of a table's sources."""
    return [source["citation"] for source in resource["sources"]]


def licences(resource: dict[str, Any]) -> list[str]:
    """Return the names of a table's licences."""
    return [licence["name"] for licence in resource["licenses"]]


def check_table(path: Path, resource: dict[str, Any]) -> None:
    """Compare a table with its descriptor: columns, cells of each row, number of rows.

    Parameters
    ----------
    path
        File of the descriptor.
    resource
        What is in it.

    Raises
    ------
    FileError
        If they differ, or the table cannot be read.
    """
    table, said = path.with_name(resource["path"]), resource["rows"]
    read = _read_parquet if table.suffix == ".parquet" else _read_csv
    columns, rows = read(table)
    fields = _field_names(resource)
    if columns != fields:
        wrong = ", ".join(sorted(set(columns) ^ set(fields))) or "their order"
        remedy = "restore it with git or run make data"
        raise FileError(table, f"columns differ from its descriptor ({wrong}); {remedy}")
    if rows != said:
        remedy = f"write {rows}, or restore the table"
        raise FileError(path, f"`rows: {said}` is not what {table.name} has; {remedy}")


def _field_names(resource: dict[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _read_csv(table: Path) -> tuple[list[str], int]:
    """Return the columns of a table, and its number of rows."""
    reader = csv.reader(io.StringIO(read_text(table)))
    rows = 0
    try:
        head = next(reader, [])
        for row in reader:
            rows += 1
            if len(row) != len(head):
                said = f"{len(row)} cells where the head has {len(head)}; mend the row"
                raise FileError(table, said, reader.line_num)
    except csv.Error as error:
        raise FileError(table, f"{error}; mend the row", reader.line_num) from None
    return head, rows


def _read_parquet(table: Path) -> tuple[list[str], int]:
    """Return the columns of a table, and its number of rows."""
    try:
        found = pq.read_metadata(table)
    except (pa.ArrowException, OSError):
        said = "is no Parquet file; restore it with git or run make data"
        raise FileError(table, said) from None
    return found.schema.to_arrow_schema().names, found.num_rows


def _check(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Read all descriptors, before a cell fails at one of them, and the tables that changed."""
    compared: dict[str, tuple[int, int]] = getattr(env, "bookext_compared", {})
    now = {}
    for name, path in descriptor_paths(env).items():
        resource = load(path)
        table = path.with_name(resource["path"])
        now[name] = path.stat().st_mtime_ns, table.stat().st_mtime_ns
        if compared.get(name) != now[name]:
            check_table(path, resource)
    env.bookext_compared = now  # type: ignore[attr-defined]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check the descriptors."""
    app.connect("env-before-read-docs", _check, priority=BeforeReading.DESCRIPTORS)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
