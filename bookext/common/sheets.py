"""Pages without a file of their own: all of a kind are read from one sheet.

A sheet holds the order of the parts of a page; an extension says which pages there are and fills
the parts. The pages stand outside the order of the book: the sidebar, the PDF and the catalogues of
words know nothing of them.

Closes: Sphinx makes pages from files only. Pages written by hand while the site is written
(``html-collect-pages``) are rendered at every build, and their words vanish from the search index
(``IndexBuilder.prune``, seen in Sphinx 9.0.4).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser
from sphinx.project import Project
from sphinx.util.typing import ExtensionMetadata

_SUFFIX, _FILETYPE = ".sheet", "sheet"


class Kind(NamedTuple):
    """A kind of pages; its functions are kept with the environment, so that they have names."""

    sheet: Path
    """The order of the parts."""
    names: Callable[[Path, Collection[str]], Iterable[str]]
    """Which pages there are, given the folder of the book and the pages that have a file."""
    fill: Callable[[BuildEnvironment, nodes.document, list[str]], nodes.section]
    """The page that is being read, given its document and the names of its parts."""
    source: Callable[[str], str]
    """The file of the book that has what a page says, given the name of the page."""


_KINDS: dict[Path, Kind] = {}


class SheetProject(Project):
    """The pages of a book: those with a file, and those that are filled in."""

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Add the pages without a file to those that are found."""
        found = super().discover(exclude_paths, include_paths)
        with_file = frozenset(found)
        for kind in _KINDS.values():
            for name in kind.names(Path(self.srcdir), with_file):
                found.add(name)
                self._docname_to_path[name] = kind.sheet
        return found


class SheetParser(Parser):
    """Fills a sheet."""

    supported = (_FILETYPE,)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the parts into the page, in the order of the sheet."""
        self.setup_parse(inputstring, document)
        env: BuildEnvironment = document.settings.env
        kind = _KINDS[Path(env.doc2path(env.docname))]
        env.metadata[env.docname]["orphan"] = ""
        page = kind.fill(env, document, inputstring.split())
        document += page
        document.note_implicit_target(page, page)
        self.finish_parse()


def add_pages(kind: Kind) -> None:
    """Let the book have the pages of a kind."""
    _KINDS[kind.sheet] = kind


def is_filled(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a page has no file of its own."""
    return Path(env.doc2path(docname)).suffix == _SUFFIX


def source_of(env: BuildEnvironment, docname: str) -> str:
    """Return the file that has what a page says: of a page that is filled in, not the sheet."""
    kind = _KINDS.get(Path(env.doc2path(docname)))
    return kind.source(docname) if kind else str(env.doc2path(docname, base=False))


def _take_over(app: Sphinx) -> None:
    # A closure in the place of the method could not be kept with the environment.
    if app.builder.name != "gettext":
        app.project.__class__ = SheetProject


def setup(app: Sphinx) -> ExtensionMetadata:
    """Read sheets as pages."""
    app.add_source_suffix(_SUFFIX, _FILETYPE)
    app.add_source_parser(SheetParser)
    app.connect("builder-inited", _take_over)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
