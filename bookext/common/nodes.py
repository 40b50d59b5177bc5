"""Nodes that several of the book's extensions write: tables, citations, references.

Closes: a transform, unlike a directive, has no parser at hand for a table, a citation or a
reference; and docutils builds a table from six kinds of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CitationRef

from govsocial.language import SOURCE

Cell: TypeAlias = str | Sequence[nodes.Node]


def without_notes(node: nodes.Node) -> str:
    """Return the text of a node without the numbers of notes, which are no words of it."""
    copy = node.deepcopy()
    for reference in list(copy.findall(nodes.footnote_reference)):
        reference.parent.remove(reference)
    return copy.astext()


def table(
    widths: Sequence[int],
    rows: Iterable[Sequence[Cell]],
    classes: Iterable[str],
    *,
    head: Sequence[Cell] = (),
    stub: bool = False,
) -> nodes.table:
    """Return a table.

    Parameters
    ----------
    widths
        Widths of the columns, in hundredths of that of the table.
    rows
        The cells, each a text or inline nodes.
    classes
        Further classes of the table.
    head
        The titles of the columns.
    stub
        The first column holds the titles of the rows.
    """
    columns = [nodes.colspec(colwidth=width) for width in widths]
    if stub:
        columns[0]["stub"] = 1
    group = nodes.tgroup("", *columns, cols=len(widths))
    if head:
        group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=[*classes, "colwidths-given"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _paragraph(cell)) for cell in cells))


def _paragraph(cell: Cell) -> nodes.paragraph:
    content = [nodes.Text(cell)] if isinstance(cell, str) else cell
    return nodes.paragraph("", "", *content)


def cite(env: BuildEnvironment, document: nodes.document, key: str) -> addnodes.pending_xref:
    """Return what ``{cite:t}`` would put into a page for one key."""
    node = addnodes.pending_xref(
        "",
        nodes.inline("", key),
        refdomain="cite",
        reftype="t",
        reftarget=key,
        refdoc=env.docname,
        refwarn=True,
    )
    document.note_explicit_target(node, node)
    domain = cast("BibtexDomain", env.get_domain("cite"))
    domain.citation_refs.append(
        CitationRef(node["ids"][0], env.docname, 0, list(parse_citation_targets(key)))
    )
    return node


def as_written(env: BuildEnvironment) -> list[str]:
    """Return the class of what sources or code say in English, in an edition that speaks otherwise.

    Docutils writes it as the language of the element.
    """
    return [f"language-{SOURCE}"] if env.config.language != SOURCE else []


def section_of(node: nodes.Node) -> nodes.section:
    """Return the section that a node is in."""
    while not isinstance(node, nodes.section):
        assert node.parent is not None, "cells and tables are under a heading"  # noqa: S101
        node = node.parent
    return node


def chapter_number(env: BuildEnvironment, docname: str) -> str:
    """Return the number of a chapter; nothing of another page."""
    return ".".join(map(str, env.toc_secnumbers.get(docname, {}).get("") or ()))


def reference(
    env: BuildEnvironment, kind: str, target: str, text: str, *, literal: bool = False
) -> addnodes.pending_xref:
    """Return what ``{ref}``, ``{numref}`` or ``{doc}`` would put into a page."""
    content = nodes.literal("", text) if literal else nodes.inline("", text)
    return addnodes.pending_xref(
        "",
        content,
        refdomain="std",
        reftype=kind,
        reftarget=target,
        refdoc=env.docname,
        refexplicit=kind != "numref",
        refwarn=True,
    )


def equation_number(env: BuildEnvironment, docname: str, node: nodes.math_block) -> str:
    """Return the number of a labelled formula as references print it, or nothing.

    Sphinx's own function asks a writer of HTML for it
    (:func:`sphinx.util.math.get_node_equation_number`).
    """
    if not node.get("number"):
        return ""
    numbers = env.toc_fignumbers.get(docname, {}).get("displaymath", {})
    found = numbers.get(node["ids"][0]) if node["ids"] else None
    return ".".join(map(str, found or (node["number"],)))


def joined(parts: Iterable[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    """Return the parts with a separator between them."""
    result: list[nodes.Node] = []
    for part in parts:
        if result:
            result.append(nodes.Text(separator))
        result.append(part)
    return result
