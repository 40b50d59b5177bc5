"""What the cells of a page leave behind, where it is shown, and what the book is made of."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_MODULES = (
    "descriptors",
    "cell_outputs",
    "number_role",
    "figure_line",
    "figure_copy",
    "number_ledger",
    "ledger_pages",
    "country_mentions",
    "index_words",
    "api_reference",
    "package_versions",
    "page_checks",
    "bibliography",
    "message_templates",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the modules of the room."""
    for name in _MODULES:
        app.setup_extension(f"{__name__}.{name}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
