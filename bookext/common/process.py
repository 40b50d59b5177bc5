"""The process that Sphinx runs in: less of what this build does not need."""

from __future__ import annotations

import atexit
import gc
import sys

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Set up the process, before other extensions are loaded."""
    # A grammar of web addresses that JSON schemas may use, and nothing here does: a second to load.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # Pages are trees of many small objects, which Python would look through again and again, and
    # once more when all is done.
    gc.set_threshold(200_000, 20, 100)
    atexit.register(gc.freeze)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
