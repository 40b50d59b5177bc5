"""Chapter numbers that run on from part to part.

Closes: Sphinx starts each numbered ``toctree`` at 1, so a book whose parts are toctrees with
captions has several chapters 1
(https://github.com/sphinx-doc/sphinx/issues/3357 and others; seen in Sphinx 9.0.4). For
the time of the numbering, the front page's numbered toctrees look like a single one.

Risk: if ``TocTreeCollector.assign_section_numbers`` is renamed, the build stops; if it no longer
asks ``env.get_doctree``, each part begins with chapter 1, which ``tests/site`` would see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.typing import ExtensionMetadata

_assign = TocTreeCollector.assign_section_numbers


def merge_toctrees(document: nodes.document) -> nodes.document:
    """Move the entries of all numbered toctrees of a document into the first of them."""
    numbered = [tree for tree in document.findall(addnodes.toctree) if tree.get("numbered")]
    for tree in numbered[1:]:
        numbered[0]["entries"] = [*numbered[0]["entries"], *tree["entries"]]
        tree["entries"] = []
    return document


@contextmanager
def _one_toctree(env: BuildEnvironment) -> Iterator[None]:
    get = env.get_doctree
    root = env.config.root_doc

    def get_doctree(docname: str) -> nodes.document:
        return merge_toctrees(get(docname)) if docname == root else get(docname)

    env.get_doctree = get_doctree  # type: ignore[method-assign]
    try:
        yield
    finally:
        del env.get_doctree  # the method of the class shows again


def _assign_running_numbers(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    with _one_toctree(env):
        return _assign(self, env)


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap Sphinx's numbering."""
    TocTreeCollector.assign_section_numbers = _assign_running_numbers  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
