"""Tables in Markdown, which has cells of one line only, and none that are merged.

Closes: GitHub's Markdown, which Jupyter reads, has no word for what spans columns or rows, and a
list, code or a table in a cell would end the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docutils import nodes

from bookext.notebooks.markdown import escaped

Write = Callable[[nodes.Node], str]


def table(node: nodes.table, write: Write) -> str:
    """Return a table, without its title; nothing if it has no rows.

    Parameters
    ----------
    node
        The table.
    write
        Writes what stands in a line, or a block, as Markdown.
    """
    head, body = (_filled(_rows(node, kind), write) for kind in (nodes.thead, nodes.tbody))
    rows = head + body
    if not rows:
        return ""
    columns = max(map(len, rows))
    if not head:
        rows.insert(0, [])
    header, *rest = [row + [""] * (columns - len(row)) for row in rows]
    lines = [header, ["---"] * columns, *rest]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _rows(node: nodes.table, kind: type[nodes.Element]) -> list[nodes.Element]:
    """Return the rows of a table, and not those of a table within it."""
    return [
        row
        for group in node.children
        if isinstance(group, nodes.tgroup)
        for part in group.children
        if isinstance(part, kind)
        for row in part.children
        if isinstance(row, nodes.Element)
    ]


def _filled(rows: list[nodes.Element], write: Write) -> list[list[str]]:
    """Return the cells of rows; where one spans several places, the others are empty."""
    places: list[dict[int, str]] = [{} for _row in rows]
    for number, row in enumerate(rows):
        column = 0
        for entry in (child for child in row.children if isinstance(child, nodes.Element)):
            while column in places[number]:
                column += 1
            right, down = (entry.get(name, 0) for name in ("morecols", "morerows"))
            for below in places[number : number + down + 1]:
                below |= dict.fromkeys(range(column, column + right + 1), "")
            places[number][column] = _cell(entry, write)
    return [[row.get(at, "") for at in range(max(row, default=-1) + 1)] for row in places]


def _cell(entry: nodes.Element, write: Write) -> str:
    text = "<br>".join(filter(None, (_block(child, write) for child in entry.children)))
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _block(node: nodes.Node, write: Write) -> str:
    """Return a block of a cell in one line."""
    if isinstance(node, nodes.literal_block | nodes.doctest_block):
        return f"<pre>{'<br>'.join(map(escaped, node.astext().rstrip().splitlines()))}</pre>"
    if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
        tag = "ul" if isinstance(node, nodes.bullet_list) else "ol"
        return f"<{tag}>{''.join(_items(node, write))}</{tag}>"
    if isinstance(node, nodes.table):
        title = "".join(map(write, (n for n in node.children if isinstance(n, nodes.title))))
        return title + _inner(node, write)
    if isinstance(node, nodes.math_block):
        return " ".join(write(node).split())
    return re.sub(r"\n+", "<br>", write(node))


def _items(node: nodes.Element, write: Write) -> Iterator[str]:
    for item in node.children:
        if isinstance(item, nodes.Element):
            yield f"<li>{'<br>'.join(_block(child, write) for child in item.children)}</li>"


def _inner(node: nodes.table, write: Write) -> str:
    """Return a table within a cell: as HTML, in one line."""
    rows = _filled(_rows(node, nodes.thead) + _rows(node, nodes.tbody), write)
    lines = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def in_place(formula: nodes.Element) -> str:
    r"""Return a formula, in a cell without a bar, which would have to be written as ``\|``."""
    at: nodes.Element | None = formula
    while at is not None and not isinstance(at, nodes.entry):
        at = at.parent
    if at is None:
        return formula.astext()
    return formula.astext().replace(r"\|", r"\Vert ").replace("|", r"\vert ")
