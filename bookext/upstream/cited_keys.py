"""Says where a citation stands that cannot be read, and goes on.

Closes: at a comma too many, sphinxcontrib-bibtex raises an exception, which names no line and ends
the reading of the page (seen in sphinxcontrib-bibtex 2.7.0; not reported yet).

Risk: if ``CiteRole.result_nodes`` is renamed, an attribute error stops the build.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.roles import CiteRole

_LOGGER = logging.getLogger(__name__)
_cite: Any = CiteRole.result_nodes


def _result_nodes(
    self: CiteRole,
    document: nodes.document,
    env: BuildEnvironment,
    node: nodes.Element,
    is_ref: bool,
) -> Any:
    try:
        list(parse_citation_targets(self.target))
    except ValueError:
        said = f"the citation `{self.target}` cannot be read; write the keys with one comma between"
        _LOGGER.warning("%s two: `one,two`", said, location=(env.docname, self.lineno), type="ref")
        return [nodes.literal(self.target, self.target)], []
    return _cite(self, document, env, node, is_ref)


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what sphinxcontrib-bibtex makes of a citation."""
    CiteRole.result_nodes = _result_nodes  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
