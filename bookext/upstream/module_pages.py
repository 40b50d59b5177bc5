"""Writes the page of a module anew when what it shows has changed, or what is around it.

Closes: ``viewcode`` writes the page of a module that is newer than its page. A title in the
contents beside the code, a template, a setting, a function that is documented elsewhere now, and a
module that was restored with an old date all leave the page as it was (seen in Sphinx 9.0.4).

Risk: if viewcode no longer asks ``should_generate_module_page``, or no longer keeps what it shows
in ``_viewcode_modules``, pages of code may be older than the rest of the site.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.ext import viewcode
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import read_note, write_note

_BEFORE = "modules.json"  # beside the pages that have been read: checksums by name of a module


def _is_outdated(app: Sphinx, module: str) -> bool:
    page = Path(app.outdir, viewcode.OUTPUT_DIRNAME, *module.split(".")).with_suffix(".html")
    return not page.is_file() or _before(app).get(module) != _now(app, module)


def _before(app: Sphinx) -> dict[str, str]:
    return read_note(Path(app.doctreedir, _BEFORE)) or {}


def _now(app: Sphinx, module: str) -> str:
    env, builder = app.env, app.builder
    around = (
        builder.build_info.config_hash,  # type: ignore[attr-defined]
        getattr(env, "bookext_elsewhere", {}).get(""),
        getattr(app.config, "book_machinery", ""),
    )
    shown = json.dumps([around, env._viewcode_modules[module]], sort_keys=True)  # type: ignore[attr-defined]
    return hashlib.blake2b(shown.encode()).hexdigest()


def _note(app: Sphinx, error: Exception | None) -> None:
    """Note what the pages show, now that they are written."""
    if error is None and app.builder.name == "html":
        modules: dict[str, Any] = getattr(app.env, "_viewcode_modules", {})
        sums = {name: _now(app, name) for name, entry in modules.items() if entry}
        write_note(Path(app.doctreedir, _BEFORE), sums)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace viewcode's question, and note what was written."""
    viewcode.should_generate_module_page = _is_outdated  # type: ignore[assignment]
    app.connect("build-finished", _note)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
