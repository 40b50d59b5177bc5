"""Where the pages of the PDF begin: what is written down, and what the EPUB makes of it."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree

from bookext.common.spots import SPOT, NumberParagraphs, Spot, breaks, read, write
from bookext.epub.page_list import as_nav
from bookext.epub.xhtml import text

LABELS = ["0", "i", "ii", "1", "2", "3"]


def test_only_running_text_is_numbered() -> None:
    tree = publish_doctree("One\n===\n\nFirst.\n\n- Item.\n\nLast.\n\nTwo\n===\n\nBelow.\n")
    NumberParagraphs(tree).apply()
    found = {node.astext(): node.get(SPOT) for node in tree.findall(nodes.paragraph)}
    assert found == {"First.": "0", "Item.": None, "Last.": "2", "Below.": "3"}


def test_a_page_begins_once_and_an_appendix_begins_none(tmp_path: Path) -> None:
    path = tmp_path / "pages.json"
    where = [("index:0", 2), ("a/b:0", 4), ("a/b:3", 4), ("a/b:7", 6), ("c:1", 6), ("a/b:9", 6)]
    write(path, where, LABELS)
    found = breaks(read(path))
    assert found == [
        Spot("index", "0", 1, "i"),
        Spot("a/b", "0", 3, "1"),
        Spot("a/b", "7", 5, "3"),
    ]
    assert breaks([*found, Spot("a/b", "9", 9, "7")])[-1].label == "7"
    assert breaks([*found, Spot("c", "1", 8, "6"), Spot("a/b", "9", 9, "7")])[-1].label == "6"


def test_without_a_pdf_there_are_no_pages(tmp_path: Path) -> None:
    assert read(tmp_path / "pages.json") == []


def test_the_list_of_pages_leads_to_their_marks() -> None:
    nav = as_nav([Spot("a/b", "7", 5, "3")], "Pages")
    (link,) = nav.xpath(".//*[local-name()='a']")
    assert (link.get("href"), link.text, text(nav)) == ("a/b.xhtml#page-3", "3", "Pages3")
