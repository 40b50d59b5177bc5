"""Cells on paper: no code that the site folds away, and tables that are tables.

Closes: MyST-NB hides code in HTML only (https://github.com/executablebooks/MyST-NB/issues/381),
and hands a table of pandas to a builder that is not HTML as raw HTML or as lines of signs.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from lxml import html

from bookext.common.outputs import HIDDEN


def reduce(file: nodes.Element) -> None:
    """Drop hidden code from the cells of a page, and read the tables or words that they show."""
    for cell in list(file.findall(nodes.container)):
        if cell.get("nb_element") == "cell_code" and cell.get("hide_mode") in HIDDEN:
            first = cell.children[0] if cell.children else None
            if isinstance(first, nodes.Element) and "cell_input" in first["classes"]:
                cell.remove(first)
    for raw in list(file.findall(nodes.raw)):
        if raw["format"] == "html" and "output" in raw["classes"]:
            if found := list(_read(raw.astext())):
                raw.replace_self(found)
            else:
                raw.parent.remove(raw)


def _read(text: str) -> Sequence[nodes.Node]:
    fragment = html.fragment_fromstring(text, create_parent=True)
    if tables := fragment.xpath(".//table[not(ancestor::table)][.//tr]"):
        return list(map(_table, tables))
    for gone in fragment.xpath("//script | //style | //*[@hidden]"):
        gone.drop_tree()
    words = fragment.text_content().split()
    return [nodes.paragraph("", " ".join(words))] if words else []


def _table(found: html.HtmlElement) -> nodes.table:
    head = [_row(row) for row in found.iterfind("thead/tr")]
    body = [_row(row) for row in found.xpath("./tbody/tr | ./tr | ./tfoot/tr")]
    columns = max(
        sum(1 + entry.get("morecols", 0) for entry in row.findall(nodes.entry))
        for row in (*head, *body)
    )
    widths = [nodes.colspec(colwidth=1) for _column in range(columns)]
    group = nodes.tgroup("", *widths, cols=columns)
    if head:
        group += nodes.thead("", *head)
    group += nodes.tbody("", *body)
    return nodes.table("", group, classes=["dataframe"])


def _row(row: html.HtmlElement) -> nodes.row:
    return nodes.row("", *map(_entry, row.iterchildren("th", "td")))


def _entry(cell: html.HtmlElement) -> nodes.entry:
    for line in cell.iter("br"):
        line.tail = f" {line.tail or ''}"
    text = html.tostring(cell, method="text", encoding="unicode", with_tail=False).strip()
    said = {"morecols": cell.get("colspan", ""), "morerows": cell.get("rowspan", "")}
    spans = {name: max(int(number) - 1, 0) for name, number in said.items() if number.isdecimal()}
    return nodes.entry("", nodes.paragraph("", text), **spans)
