"""Keeps Sphinx's search whole where only some pages are written.

Closes: of the search index of the build before, Sphinx does not read the entries of the book's
index again, and keeps words that no page has any longer; of a page without a file of its own it
publishes the path on this machine. After a build that was interrupted there is no index, and it
makes one of the pages that it writes (seen in Sphinx 9.0.4).

Risk: if ``IndexBuilder`` keeps words and entries elsewhere, an attribute error stops the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search import IndexBuilder
from sphinx.util.index_entries import split_index_msg
from sphinx.util.typing import ExtensionMetadata


def _entries(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str, str]]:
    """Yield what the index has of a page, as Sphinx reads it from the page."""
    for kind, value, target, main, _key in env.domains.index_domain.entries.get(docname, ()):
        try:
            found = split_index_msg(kind, value)
        except ValueError:
            continue
        if kind in {"see", "seealso"}:
            yield found[0], target or "", main or ""
        yield from ((entry, target or "", main or "") for entry in found)


def _complete(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    indexer: IndexBuilder | None = getattr(app.builder, "indexer", None)
    if indexer is None:
        return []
    env = app.env
    indexer.prune(env.all_docs)
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
    indexer._index_entries.clear()
    for docname in sorted(env.all_docs):
        if found := sorted(set(_entries(env, docname))):
            indexer._index_entries[docname] = found
    for docname, file in indexer._filenames.items():
        indexer._filenames[docname] = Path(file).name if Path(file).is_absolute() else file
    return []


def _begin_anew(app: Sphinx) -> None:
    """Let all pages be written where a build that was interrupted has left no index."""
    folder = Path(app.outdir)
    if app.builder.name == "html" and not (folder / "searchindex.js").is_file():
        for path in folder.rglob("*.html"):
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Complete the index before Sphinx writes it."""
    app.connect("builder-inited", _begin_anew)
    app.connect("html-collect-pages", _complete)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
