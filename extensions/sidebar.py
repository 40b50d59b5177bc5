"""Renders the sidebar's table of contents once per build instead of once per page.

Closes: Sphinx resolves and renders the whole tree anew for every page, though only the addresses
and the marks of the current page differ. So the time of a full build grows with the square of the
number of pages.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

_TAG = re.compile(
    r'<(?P<name>ul|li|a)(?: class="(?P<classes>[^"]*)")?(?: href="(?P<uri>[^"]*)")?>'
    r"|</(?P<closed>ul|li)>"
)
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//")


class Tag(NamedTuple):
    """A tag that differs between pages: the address it links to, the pages it is current on."""

    name: str
    classes: str
    uri: str
    pages: set[str]

    def html(self, page: str) -> str:
        """Return the tag as on a page, given by its address."""
        classes = self.classes.split()
        if page in self.pages:
            classes.insert(0 if self.name == "a" else len(classes), "current")
        attributes = f' class="{" ".join(classes)}"' if classes else ""
        if self.uri:
            attributes += f' href="{self.uri if _ELSEWHERE.match(self.uri) else self._from(page)}"'
        return f"<{self.name}{attributes}>"

    def _from(self, page: str) -> str:
        address, hash_, anchor = self.uri.partition("#")
        return f"{relative_uri(page, address)}{hash_}{anchor}" or "#"


class Tree:
    """A rendered table of contents, cut at the tags that differ between pages."""

    def __init__(self, html: str, root: str) -> None:
        self._pieces: list[str | Tag] = []
        ancestors: list[Tag] = []
        end = 0
        for found in _TAG.finditer(html):
            self._pieces.append(html[end : found.start()])
            end = found.end()
            if found["closed"]:
                ancestors.pop()
                self._pieces.append(found[0])
                continue
            uri = found["uri"] or ""
            if uri.startswith("#"):
                uri = root + uri.rstrip("#")
            classes = [name for name in (found["classes"] or "").split() if name != "current"]
            tag = Tag(found["name"], " ".join(classes), uri, set())
            self._pieces.append(tag)
            if tag.name != "a":
                ancestors.append(tag)
            elif "#" not in uri:
                for marked in (tag, *ancestors):
                    marked.pages.add(uri)
        self._pieces.append(html[end:])

    def html(self, page: str) -> str:
        """Return the tree as on a page, given by its address."""
        pieces = (piece if isinstance(piece, str) else piece.html(page) for piece in self._pieces)
        return "".join(pieces)


def _share_tree(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    root, own = builder.config.root_doc, builder.get_target_uri(page)

    def toctree(**options: Any) -> str:
        if options.get("collapse", True):  # then pages see different branches
            return builder._get_local_toctree(page, **options)
        trees = builder.__dict__.setdefault("govsocial_trees", {})
        if (key := frozenset(options.items())) not in trees:
            html = builder._get_local_toctree(root, **options)
            trees[key] = Tree(html, builder.get_target_uri(root))
        found: Tree = trees[key]
        return found.html(own)

    context["toctree"] = toctree


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hand the tree to the templates before the theme asks for it."""
    app.connect("html-page-context", _share_tree, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
