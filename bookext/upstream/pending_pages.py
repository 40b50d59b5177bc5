"""Lets each output write all pages that changed since it was built, whichever output saw it first.

Closes: Sphinx tells a page that must be written by the date of its source, and pages that changed
for another reason (a table, a page that they quote) only to the builder that reads them. When the
EPUB is built first, the site keeps their old state for ever (seen in Sphinx 9.0.4).

Risk: if ``Builder.write`` gets other arguments, the build stops.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import read_note, write_note

_write = Builder.write


def _write_pending(
    self: Builder,
    build_docnames: Iterable[str] | None,
    updated_docnames: Iterable[str],
    *method: Any,
    **options: Any,
) -> None:
    path = Path(self.doctreedir, "pending.json")
    pending: dict[str, list[str]] = read_note(path) or {}
    updated = set(updated_docnames)
    waiting = {name: sorted({*names, *updated}) for name, names in pending.items()}
    mine = set(waiting.get(self.name, ())) & self.env.found_docs
    # Should this build be stopped, its pages wait for the next one.
    write_note(path, waiting)
    _write(self, build_docnames, updated | mine, *method, **options)
    write_note(path, waiting | {self.name: []})


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what Sphinx does when the pages are read."""
    Builder.write = _write_pending  # type: ignore[method-assign,misc]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
