"""Renders the sidebar's table of contents once per build instead of once per page.

Closes: Sphinx resolves and renders the whole tree anew for every page, and the theme parses what
comes out (https://github.com/pydata/pydata-sphinx-theme/issues/381), though only the addresses and
the marks of the current page differ. So the time of a full build grows with the square of the
number of pages. Parts that fold (``show_navbar_depth`` 0) are not supported.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import PageContext

_TAG = re.compile(
    r"<(?P<name>ul|li|a|details)\b(?P<attributes>[^>]*)>|</(?P<closed>ul|li|details)>"
)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//")
_MARKS = {"ul": ["current"], "li": ["current", "active"], "a": ["current"]}


class Tag(NamedTuple):
    """A tag that differs between pages, and the addresses of those on which it is current."""

    name: str
    attributes: dict[str, str]
    pages: set[str]

    def html(self, page: str) -> str:
        """Return the tag as on a page, given by its address."""
        attributes = dict(self.attributes)
        if page in self.pages and self.name == "details":
            attributes["open"] = "open"
        elif page in self.pages:
            classes = [*attributes.get("class", "").split(), *_MARKS[self.name]]
            attributes["class"] = " ".join(classes)
        if (uri := attributes.get("href")) and not _ELSEWHERE.match(uri):
            attributes["href"] = _between(page, uri)
        texts = (f' {name}="{value}"' for name, value in attributes.items())
        return f"<{self.name}{''.join(texts)}>"


def _between(page: str, uri: str) -> str:
    address, hash_, anchor = uri.partition("#")
    return f"{relative_uri(page, address)}{hash_}{anchor}" or "#"


class Tree:
    """A rendered table of contents, cut at the tags that differ between pages.

    Parameters
    ----------
    html
        The table of contents as on the front page.
    root
        Address of the front page.
    """

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
            tag = _tag(found["name"], dict(_ATTRIBUTE.findall(found["attributes"])), root)
            if tag.name == "details":  # open whenever its entry is current
                tag = tag._replace(pages=ancestors[-1].pages)
            self._pieces.append(tag)
            if tag.name != "a":
                ancestors.append(tag)
            elif "#" not in (uri := tag.attributes["href"]):
                for marked in (tag, *ancestors):
                    marked.pages.add(uri)
        self._pieces.append(html[end:])

    def html(self, page: str) -> str:
        """Return the tree as on a page, given by its address."""
        pieces = (piece if isinstance(piece, str) else piece.html(page) for piece in self._pieces)
        return "".join(pieces)


def _tag(name: str, attributes: dict[str, str], root: str) -> Tag:
    """Return a tag of the front page without the marks that it has there."""
    if "class" in attributes:
        classes = [word for word in attributes["class"].split() if word not in _MARKS["li"]]
        attributes["class"] = " ".join(classes)
    if attributes.get("href", "").startswith("#"):
        attributes["href"] = root + attributes["href"].rstrip("#")
    return Tag(name, attributes, set())


def _share_tree(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document
) -> None:
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    root = builder.config.root_doc
    context["toctree"] = partial(builder._get_local_toctree, root)

    def book_toctree(**options: Any) -> str:
        trees = builder.__dict__.setdefault("bookext_trees", {})
        if (key := frozenset(options.items())) not in trees:
            html = str(context["generate_toctree_html"](**options))  # the theme's, for the root
            trees[key] = Tree(html, builder.get_target_uri(root))
        found: Tree = trees[key]
        return found.html(builder.get_target_uri(page))

    context["book_toctree"] = book_toctree


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hand the tree to the templates before the theme asks for it."""
    app.connect("html-page-context", _share_tree, priority=PageContext.SHARED_TREE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
