"""Which pages run, in which kernels, and what their results were made from."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the room up."""
    app.setup_extension(f"{__name__}.run")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
