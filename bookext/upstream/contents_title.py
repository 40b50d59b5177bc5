"""Lets LaTeX call the table of contents by its own name.

Closes: Sphinx's LaTeX builder calls the table of contents by the caption of the first toctree,
which in this book is the title of its first part
(https://github.com/sphinx-doc/sphinx/issues/4977; seen in Sphinx 9.0.4).

Risk: if the builder no longer calls the method, the PDF's table of contents has the title of the
first part; ``tests/pdf`` reads it.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.util.typing import ExtensionMetadata


def _by_its_own_name(_self: LaTeXBuilder, _indexfile: str) -> str:
    return ""


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Replace the method."""
    LaTeXBuilder.get_contentsname = _by_its_own_name  # type: ignore[assignment, method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
