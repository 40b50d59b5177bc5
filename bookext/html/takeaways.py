"""What readers can take away, for the templates: ``takeaways``, a list of files with their facts.

``conf.py`` names the files in ``book_takeaways``, by format. A page is written anew when the facts
that it tells have changed, not whenever a file has: sizes are rounded.

Closes: Sphinx knows nothing of the output of its other builders.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from govsocial.language import locale

_STEP = 100_000  # bytes


def facts(path: Path, kind: str, language: str) -> dict[str, Any]:
    """Return what a page says of a file.

    Parameters
    ----------
    path
        The file. Beside it may lie a file of its name and ``.json`` that tells its ``pages``.
    kind
        Its format.
    language
        Its language.

    Returns
    -------
    dict
        ``format``; ``url`` from the root of the edition; ``bytes``, to the nearest hundred
        thousand; ``size`` in words; ``pages`` or None; ``language``.
    """
    size = max(_STEP, round(path.stat().st_size / _STEP) * _STEP)
    beside = path.with_name(f"{path.name}.json")
    pages = json.loads(beside.read_text("utf-8"))["pages"] if beside.is_file() else None
    number = format_decimal(size / 1e6, format="0.0", locale=locale(language))
    return {
        "format": kind,
        "url": path.name,
        "bytes": size,
        "size": f"{number} MB",
        "pages": pages,
        "language": language,
    }


def _look(app: Sphinx, config: Config) -> None:
    found = {kind: Path(app.srcdir, name) for kind, name in config.book_takeaways.items()}
    config.book_takeaway_facts = [
        facts(path, kind, config.language) for kind, path in found.items() if path.is_file()
    ]


def _add_facts(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    context["takeaways"] = app.config.book_takeaway_facts


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look for the files before the pages are written."""
    app.add_config_value("book_takeaways", {}, "", types=[dict])
    app.add_config_value("book_takeaway_facts", [], "html", types=[list])
    app.connect("config-inited", _look)
    app.connect("html-page-context", _add_facts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
