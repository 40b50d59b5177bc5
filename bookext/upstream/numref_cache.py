"""Keeps the pages that references to figures lead to, so that each is read once.

Closes: for every reference to a numbered figure, Sphinx loads the whole page that the figure is on
from disk once more (https://github.com/sphinx-doc/sphinx/issues/12883; seen in Sphinx 9.0.4).

Risk: if the private ``StandardDomain._resolve_numref_xref`` is renamed, the build stops.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

_resolve = StandardDomain._resolve_numref_xref
_PAGES = 4  # in each process: most references stay on their page


class _Environment:
    """The environment of a build, but for pages that are only looked at, and kept."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self.get_doctree = lru_cache(_PAGES)(env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)


def _resolve_from_kept_pages(
    self: StandardDomain,
    env: BuildEnvironment,
    fromdocname: str,
    builder: Builder,
    typ: str,
    target: str,
    node: pending_xref,
    contnode: nodes.Element,
) -> nodes.Element | None:
    if not hasattr(builder, "bookext_pages"):
        builder.bookext_pages = _Environment(env)  # type: ignore[attr-defined]
    kept: Any = builder.bookext_pages  # type: ignore[attr-defined]
    return _resolve(self, kept, fromdocname, builder, typ, target, node, contnode)


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what Sphinx does for a reference."""
    StandardDomain._resolve_numref_xref = _resolve_from_kept_pages  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
