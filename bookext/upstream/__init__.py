"""Patches of libraries: one module per patch, and nothing else in it.

Each says what upstream lacks, in which version that was seen, and what happens when upstream
changes. ``tests/bookext/test_upstream.py`` shows each gap on a small project without the patch: the
test that fails names the module that can go.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Apply the patches that the whole book needs; ``results_cache`` comes with the execution."""
    for name in (
        "cache_address",
        "chapter_numbering",
        "cited_keys",
        "exercise_gates",
        "exercise_labels",
        "exercise_titles",
        "figure_numbers",
        "image_names",
        "index_order",
        "kept_citations",
        "lost_failures",
        "module_pages",
        "named_files",
        "named_pages",
        "names_once",
        "numref_cache",
        "parser_settings",
        "page_shares",
        "pending_pages",
        "pybtex_cache",
        "source_files",
        "translated_nodes",
        "warned_pages",
        "whole_search",
    ):
        app.setup_extension(f"{__name__}.{name}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
