"""The descriptors of the book's tables, as the other extensions read them.

Closes: no Sphinx extension reads Frictionless Data Resources.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sphinx.environment import BuildEnvironment

_SUFFIX = ".resource.yaml"


def descriptor_paths(env: BuildEnvironment) -> dict[str, Path]:
    """Return the path of each table's descriptor, by name."""
    folder = Path(env.app.confdir, "data")
    return {path.name.removesuffix(_SUFFIX): path for path in sorted(folder.glob(f"*{_SUFFIX}"))}


def descriptor(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return a table's descriptor, and rebuild the page being read when it changes."""
    path = descriptor_paths(env)[name]
    env.note_dependency(str(path))
    resource: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return resource


def citations(resource: dict[str, Any]) -> list[str]:
    """Return the BibTeX keys of a table's sources."""
    return [source["citation"] for source in resource["sources"]]


def licences(resource: dict[str, Any]) -> list[str]:
    """Return the names of a table's licences."""
    return [licence["name"] for licence in resource["licenses"]]
