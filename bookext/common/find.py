"""A box to find a row in, above tables of the class ``found``; ``find.js`` shows it and works it.

Closes: Sphinx's search finds pages, not rows.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _


def box() -> nodes.raw:
    """Return the box, which is hidden where no script shows it."""
    words = {
        "one": _("One row found."),
        "many": _("Rows found: {n}."),
        "none": _("No row has these words."),
    }
    label = escape(_("Show the rows with these words"))
    html = (
        f'<div class="find-row" hidden data-words="{escape(json.dumps(words))}">'
        f'<label for="find-row">{label}</label>'
        '<input id="find-row" type="search" autocomplete="off" autocapitalize="none" '
        'spellcheck="false"/><p role="status"></p></div>\n'
    )
    return nodes.raw("", html, format="html")


def _add_script(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is not None and any(
        "find-row" in raw.astext() for raw in doctree.findall(nodes.raw)
    ):
        app.add_js_file("find.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the script to the pages that have the box."""
    app.add_css_file("tables.css")
    app.connect("html-page-context", _add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
