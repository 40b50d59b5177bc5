"""Gives the nodes of a translation the page as their document.

Closes: Sphinx parses every translated message as a document of its own, and each node of it keeps
that document with all its settings: the pages of a translated book take six times the space on the
disk and ten times as long to load (seen in Sphinx 9.0.4; not reported yet).

Risk: if Sphinx gives nodes their document later than its transform ``Locale`` does, translated
pages are large again, which ``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Reading


class OneDocument(SphinxTransform):
    """Set the document of all nodes."""

    default_priority = Reading.TRANSLATED

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Look at the whole page: what is translated is not marked."""
        for node in self.document.findall():
            node.document = self.document


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the transform."""
    app.add_transform(OneDocument)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
