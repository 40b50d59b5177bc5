"""The citations of the sources: names keep their capitals, addresses lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import parse_file
from pybtex.style.formatting.plain import Style

from pipeline import bibliography

ENTRIES = {
    "data-likers": {
        "author": "Graham, Timothy J.",
        "title": "Pro-Russian liking accounts & R&D on Twitter",
        "year": 2022,
        "url": "https://example.org/russia_likers#a%20b",
        "howpublished": "https://example.org/russia_likers#a%20b",
    }
}


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bibliography, "sources", dict)
    monkeypatch.setattr(bibliography, "_fact_sources", lambda: ENTRIES)
    return bibliography.write(tmp_path)


def test_an_address_is_written_as_it_is(bib: Path) -> None:
    fields = parse_file(bib).entries["data-likers"].fields
    assert fields["url"] == "https://example.org/russia_likers#a%20b"
    assert "howpublished" not in fields  # it would be printed twice


def test_the_words_of_a_title_are_printed_as_they_were_given(bib: Path) -> None:
    (entry,) = Style().format_entries(parse_file(bib).entries.values())
    printed = entry.text.render(Backend())
    assert "Pro-Russian liking accounts & R&D on Twitter" in printed and "\\" not in printed


def test_no_entry_of_the_book_prints_a_backslash(tmp_path: Path) -> None:
    entries = parse_file(bibliography.write(tmp_path)).entries
    assert len(entries) > 80
    for entry in Style().format_entries(entries.values()):
        printed = entry.text.render(Backend())
        assert not set("\\{}") & set(printed), printed
    assert not [key for key, entry in entries.items() if "\\" in entry.fields.get("url", "")]
