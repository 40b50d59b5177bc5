"""Numbers the figures by asking the domains that have something to number, and no others.

Closes: at each build, Sphinx asks every domain about every node of every page, hundreds of
thousands of questions for this book, to which all domains but one or two can only say no
(seen in Sphinx 9.0.4).

Risk: if ``TocTreeCollector.assign_figure_numbers`` is renamed, the build stops.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.typing import ExtensionMetadata

_assign = TocTreeCollector.assign_figure_numbers


class _Domains:
    """The domains of a book, of which those are named that can number a node."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._domains = env.domains
        numbering = Domain.get_enumerable_node_type
        self._asked = [
            domain
            for domain in env.domains.sorted()
            if domain.enumerable_nodes or type(domain).get_enumerable_node_type is not numbering
        ]

    def sorted(self) -> list[Domain]:
        return self._asked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._domains, name)


def _assign_by_few(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    domains = env.domains
    env.domains = _Domains(env)  # type: ignore[assignment]
    try:
        return _assign(self, env)
    finally:
        env.domains = domains


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what Sphinx does when the pages are read."""
    TocTreeCollector.assign_figure_numbers = _assign_by_few  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
