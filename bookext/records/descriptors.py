"""The descriptors of the book's tables, as the other extensions read them.

Closes: no Sphinx extension reads Frictionless Data Resources.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

from sphinx.environment import BuildEnvironment

from bookext.common.errors import FileError, read_yaml

_SUFFIX = ".resource.yaml"
_FIELDS = {
    "description",
    "hash",
    "licenses",
    "path",
    "redistribution",
    "schema",
    "sources",
    "title",
}
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
    missing = _FIELDS - set(resource if isinstance(resource, dict) else ())
    if missing:
        raise FileError(path, f"the descriptor has no {', '.join(sorted(missing))}; add them")
    found = cast("dict[str, Any]", resource)
    if not path.with_name(found["path"]).is_file():
        raise FileError(path, f"its table {found['path']} is missing; restore it or run make data")
    for field in found["schema"]["fields"]:
        if field.get("type") not in _TYPES:
            raise FileError(path, f"{field.get('name')} has no known type: {field.get('type')}")
    return found


def citations(resource: dict[str, Any]) -> list[str]:
    """Return the BibTeX keys of a table's sources."""
    return [source["citation"] for source in resource["sources"]]


def licences(resource: dict[str, Any]) -> list[str]:
    """Return the names of a table's licences."""
    return [licence["name"] for licence in resource["licenses"]]
