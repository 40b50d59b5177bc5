"""Numbers the figures by what is noted of each page when it is read: what can have a number, where.

Closes: at each build, Sphinx loads all pages and asks every domain about every node, hundreds of
thousands of questions for this book, to which nearly all answers are no (seen in Sphinx 9.0.4).

Risk: if ``TocTreeCollector.assign_figure_numbers`` is renamed, the build stops; if it asks for more
of a page than sections, contents and what has a number, figures have other numbers, which
``tests/site`` would see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import keep_by_page
from bookext.common.order import Read

_assign = TocTreeCollector.assign_figure_numbers


class _Counted(nodes.Element):
    """What can have a number."""


class _Domains:
    """The domains of a book, of which one is asked for numbers: that of what has been noted."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._domains = env.domains

    def sorted(self) -> list[_Domains]:
        return [self]

    def get_enumerable_node_type(self, node: nodes.Element) -> str | None:
        return node["kind"] if isinstance(node, _Counted) else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._domains, name)


def _noted(env: BuildEnvironment) -> dict[str, nodes.Element]:
    """Return what is noted of each page, as a tree with nothing else in it."""
    if not hasattr(env, "bookext_numbered"):
        env.bookext_numbered = {}  # type: ignore[attr-defined]
    found: dict[str, nodes.Element] = env.bookext_numbered  # type: ignore[attr-defined]
    return found


def _note(app: Sphinx, doctree: nodes.document) -> None:
    bare = nodes.Element("", *_bare(doctree, _asked(app.env)))
    _noted(app.env)[app.env.docname] = bare


def _asked(env: BuildEnvironment) -> list[Domain]:
    """Return the domains that can number something."""
    numbering = Domain.get_enumerable_node_type
    return [
        domain
        for domain in env.domains.sorted()
        if domain.enumerable_nodes or type(domain).get_enumerable_node_type is not numbering
    ]


def _bare(parent: nodes.Element, asked: list[Domain]) -> Iterator[nodes.Element]:
    for node in parent.children:
        if not isinstance(node, nodes.Element):
            continue
        if isinstance(node, addnodes.toctree):
            yield node.copy()
            continue
        inner = _bare(node, asked)
        if isinstance(node, nodes.section):
            yield nodes.section("", *inner, ids=node["ids"])
            continue
        if node["ids"] and (kind := _kind(node, asked)):
            yield _Counted("", ids=node["ids"], kind=kind)
        yield from inner


def _kind(node: nodes.Element, asked: list[Domain]) -> str | None:
    """Return what a node is counted as; the standard domain counts only what has a title."""
    for domain in asked:
        if isinstance(domain, StandardDomain) and not domain.get_numfig_title(node):
            continue
        if kind := domain.get_enumerable_node_type(node):
            return kind
    return None


def _assign_by_notes(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    domains, noted = env.domains, _noted(env)
    env.domains = _Domains(env)  # type: ignore[assignment]
    env.get_doctree = noted.__getitem__  # type: ignore[assignment, method-assign]
    try:
        return _assign(self, env)
    finally:
        env.domains = domains
        del env.get_doctree  # the method of the class shows again


def setup(app: Sphinx) -> ExtensionMetadata:
    """Note what the pages have, and wrap what Sphinx does when they are read."""
    TocTreeCollector.assign_figure_numbers = _assign_by_notes  # type: ignore[method-assign]
    keep_by_page(app, _noted)
    app.connect("doctree-read", _note, priority=Read.NUMBERED)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
