"""What the paper edition's tree is made of: its own nodes, and where references lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from docutils import nodes
from sphinx import addnodes

E = TypeVar("E", bound=nodes.Element)


class part(nodes.General, nodes.Element):  # noqa: N801
    """A part of the book: ``title`` and ``number``; it holds the part's overview."""


class page_of(nodes.Inline, nodes.Element):  # noqa: N801
    """The number of the page on which ``place`` is."""


def children(node: nodes.Element, kind: type[E]) -> list[E]:
    """Return the children of a node that are of a kind: not what is in a table within a table."""
    return [child for child in node.children if isinstance(child, kind)]


def target(node: nodes.Element, docname: str) -> str | None:
    """Return the name of the place that a reference on a page leads to; None for an address."""
    if "refid" in node:
        return f"{docname}:{node['refid']}"
    address = node.get("refuri", "")
    if address.startswith("%"):
        page, _sharp, name = address[1:].partition("#")
        return f"{page}:{name}"
    if address.startswith("#"):
        return f"{docname}:{address[1:]}"
    return None


def first_sentence(text: str) -> str:
    """Return the first sentence of a caption: its finding."""
    text = " ".join(text.split())
    found = re.match(r".+?[.!?](?=\s+[A-ZÀ-Þ“‘(]|$)", text)
    return found[0] if found else text


class Places:
    """The places of the book: every name of one, and which of them something leads to.

    Names have the form ``page:identifier``; ``page:`` is the page itself.

    Parameters
    ----------
    tree
        The whole book.
    others
        Names that lead to places beside the references in the text: those of the index.
    """

    def __init__(self, tree: nodes.document, others: Iterable[str]) -> None:
        self._first: dict[str, str] = {}
        self._claimed: set[str] = set()
        names = list(others)
        for docname, node in with_pages(tree):
            if isinstance(node, nodes.reference):
                names += [name] if (name := target(node, docname)) else []
            elif isinstance(node, page_of):
                names.append(node["place"])
            self._note(docname, node)
        self.wanted = {self._first[name] for name in names if name in self._first}

    def _note(self, docname: str, node: nodes.Element) -> None:
        names = _names(docname, node)
        for name in names:
            self._first.setdefault(name, names[0])

    def claim(self, docname: str, node: nodes.Element) -> str:
        """Return the label to give to a node, or nothing: no reference leads to it."""
        known = {self._first.get(name, "") for name in _names(docname, node)}
        found = known & self.wanted - self._claimed
        self._claimed |= found
        return min(found, default="")

    def name(self, name: str) -> str:
        """Return the label that leads to a place, or nothing if the book does not hold it."""
        return self._first.get(name, "")

    def missing(self) -> set[str]:
        """Return the places that something leads to and that have not been written."""
        return self.wanted - self._claimed


def _names(docname: str, node: nodes.Element) -> list[str]:
    identifiers: list[str] = node.get("ids", [])
    names = [f"{docname}:{identifier}" for identifier in identifiers]
    return [f"{docname}:", *names] if isinstance(node, part) or _is_page(node) else names


def _is_page(node: nodes.Element) -> bool:
    file = node.parent
    return (
        isinstance(node, nodes.section)
        and isinstance(file, addnodes.start_of_file)
        and not file.get("appendix")
    )


def with_pages(tree: nodes.Element, docname: str = "") -> Iterator[tuple[str, nodes.Element]]:
    """Return all elements below a node, with the pages that they are on."""
    for child in tree.children:
        if isinstance(child, nodes.Element):
            page = child["docname"] if isinstance(child, addnodes.start_of_file) else docname
            yield page, child
            yield from with_pages(child, page)
