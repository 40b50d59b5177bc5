"""Spares a search through all installed packages at every citation.

Closes: pybtex looks up the same plug-in in the metadata of the environment for each citation that
it formats (seen in pybtex 0.26.1); what is registered is found at once.

Risk: if pybtex looks in the metadata first, builds get slower, and nothing else.
"""

from __future__ import annotations

from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_GROUP = "pybtex.backends"


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Register the plug-ins that sphinxcontrib-bibtex asks for."""
    for name in ("docutils", "plaintext"):
        register_plugin(_GROUP, name, find_plugin(_GROUP, name), force=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
