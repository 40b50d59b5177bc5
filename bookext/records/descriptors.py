"""The descriptors of the book's tables, as the other extensions read them.

Closes: no Sphinx extension reads Frictionless Data Resources.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sphinx.environment import BuildEnvironment

_SUFFIX = ".resource.yaml"


def table_names(root: Path) -> list[str]:
    """Return the names of the tables of the book in a folder, sorted."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in (root / "data").glob(f"*{_SUFFIX}"))


def descriptor_paths(env: BuildEnvironment) -> dict[str, Path]:
    """Return the path of each table's descriptor, by name."""
    root = Path(env.srcdir)
    return {name: root / "data" / f"{name}{_SUFFIX}" for name in table_names(root)}


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
    resource: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return resource


def citations(resource: dict[str, Any]) -> list[str]:
    """Return the BibTeX keys of a table's sources."""
    return [source["citation"] for source in resource["sources"]]


def licences(resource: dict[str, Any]) -> list[str]:
    """Return the names of a table's licences."""
    return [licence["name"] for licence in resource["licenses"]]
