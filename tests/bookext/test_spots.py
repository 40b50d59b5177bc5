"""Where the pages of the PDF begin: what is written down, and what the EPUB makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from bookext.common import kept
from bookext.common.errors import FileError
from bookext.common.spots import SPOT, NumberParagraphs, Spot, breaks, read, write
from bookext.epub.page_list import as_nav
from bookext.epub.xhtml import text
from bookext.upstream import module_pages, pending_pages

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


def empty_pages(folder: Path) -> None:
    read(folder / "pages.json")


def empty_pending(folder: Path) -> None:
    pending_pages._write_pending(Mock(doctreedir=folder), None, [])


def empty_modules(folder: Path) -> None:
    module_pages._before(Mock(doctreedir=folder))


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("pages.json", empty_pages),
        ("pending.json", empty_pending),
        ("modules.json", empty_modules),
    ],
)
def test_a_note_that_a_power_cut_left_empty_is_named_with_its_remedy(
    name: str, look: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / name).touch()
    with pytest.raises(FileError, match=f"{name}: is damaged; delete the folder _build/work"):
        look(tmp_path)


def test_a_note_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pages.json"
    kept.write_note(path, {"a": 1})

    def cut_off(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[:2])
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(Path, "write_bytes", cut_off)
        with pytest.raises(KeyboardInterrupt):
            kept.write_note(path, {"b": 2})
    assert kept.read_note(path) == {"a": 1}
    kept.write_note(path, {"b": 2})
    assert kept.read_note(path) == {"b": 2}
    assert list(tmp_path.iterdir()) == [path]


def test_the_list_of_pages_leads_to_their_marks() -> None:
    nav = as_nav([Spot("a/b", "7", 5, "3")], "Pages")
    (link,) = nav.xpath(".//*[local-name()='a']")
    assert (link.get("href"), link.text, text(nav)) == ("a/b.xhtml#page-3", "3", "Pages3")
