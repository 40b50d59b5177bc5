"""A page for every table, a list of all by chapter, and the files that readers take away."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_MODULES = (
    "uses",
    "pages",
    "overview",
    "links",
    "files",
    "heads",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the modules of the room."""
    for name in _MODULES:
        app.setup_extension(f"{__name__}.{name}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
