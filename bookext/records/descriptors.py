"""The descriptors of the book's tables, as the other extensions read them.

Closes: no Sphinx extension reads Frictionless Data Resources.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, read_yaml
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
        if not isinstance(resource[name], kind) or resource[name] == "":
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


def _check(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Read all descriptors, before a cell fails at one of them."""
    for path in descriptor_paths(env).values():
        load(path)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Check the descriptors."""
    app.connect("env-before-read-docs", _check, priority=BeforeReading.DESCRIPTORS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
