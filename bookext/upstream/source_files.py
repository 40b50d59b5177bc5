"""Finds the sources that ``sphinx.ext.viewcode`` shows without importing the modules.

Closes: ``viewcode`` imports every module of the book, at every build, to learn where its file is
(https://github.com/sphinx-doc/sphinx/issues/8894; seen in Sphinx 9.0.4).

Risk: if viewcode no longer asks ``get_module_filename``, builds get slower by the time of the
imports, and nothing else.
"""

from __future__ import annotations

from importlib.util import find_spec

from sphinx.application import Sphinx
from sphinx.ext import viewcode
from sphinx.util.typing import ExtensionMetadata


def _source_file(_app: Sphinx, module: str) -> str | None:
    found = find_spec(module)
    return found.origin if found else None


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Replace viewcode's search."""
    viewcode.get_module_filename = _source_file  # type: ignore[assignment]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
