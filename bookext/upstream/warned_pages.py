"""Reads a page again for as long as something is wrong with it.

Closes: Sphinx says what is wrong with a page when it reads or writes it, and keeps the page: the
next build neither reads nor writes it, has nothing to say and ends well (seen in Sphinx 9.0.4).

Risk: if Sphinx names the places of its warnings in another way, the first page of the book is read
again in place of the one meant, which ``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, get_node_location
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import read_note, write_note
from bookext.common.order import Finished


class _Noting(logging.Handler):
    """Notes of which pages something is said, at once: the build may be stopped."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(logging.WARNING)
        self.env, self.pages, self.path = env, set[str](), _note(env)
        self.before = set(read_note(self.path) or ())

    def emit(self, record: logging.LogRecord) -> None:
        """Note the pages of a warning; of what has no place, the first page of the book."""
        also = getattr(record, "pages", ())
        found = {*_pages(self.env, getattr(record, "location", None)), *also}
        if not found <= self.pages:
            self.pages |= found
            write_note(self.path, sorted(self.before | self.pages))


def _note(env: BuildEnvironment) -> Path:
    return Path(env.doctreedir, "warned.json")


def _pages(env: BuildEnvironment, location: object) -> set[str]:
    """Return the pages that stand at a place, in a file of their own or in one that they take."""
    if isinstance(location, tuple):
        return {location[0] or env.config.root_doc}
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    place = re.sub(r"(:\d*)?$", "", str(location or ""), count=1)
    if place in env.found_docs:
        return {place}
    file = Path(env.srcdir, place)
    found = {name for name in env.found_docs if Path(env.doc2path(name)) == file}
    found |= {
        name
        for name, files in env.dependencies.items()
        if any(Path(env.srcdir, path) == file for path in files)
    }
    return found or {env.config.root_doc}


def _begin(app: Sphinx) -> None:
    logging.getLogger(NAMESPACE).addHandler(_Noting(app.env))  # until the next application


def _again(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    return sorted(set(read_note(_note(env)) or ()) & env.found_docs)


def _end(app: Sphinx, error: Exception | None) -> None:
    """Forget the pages of which nothing was said; after an error, all are read again."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, _Noting) and not error and handler.before | handler.pages:
            write_note(_note(app.env), sorted(handler.pages))
            handler.before = set()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to what is said, from the first page that is read."""
    app.connect("builder-inited", _begin)
    app.connect("env-get-outdated", _again)
    app.connect("build-finished", _end, priority=Finished.WARNED)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
