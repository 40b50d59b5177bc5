"""What a page says of itself to search engines, libraries and readers who cite it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bookext.common.addresses import report_address
from bookext.common.dates import Dates, dates, day_of
from bookext.common.errors import FileError
from bookext.common.reading import shortened
from bookext.html.about import Work, citation_tags

DAYS = Dates(dt.date(2026, 11, 22), dt.date(2026, 12, 3))
CHAPTER = Work(
    "governing-in-public-words",
    "What do they say?",
    "The contributors",
    "The book",
    "7",
    "0.1",
    DAYS,
    "https://example.org/chapters/words.html",
)


def config(**settings: Any) -> Any:
    """Return settings."""
    return SimpleNamespace(**settings)


def test_a_chapter_is_cited_with_book_number_version_and_days() -> None:
    assert CHAPTER.text() == (
        "The contributors (2026). What do they say? In The book, chapter 7, version 0.1. "
        "Last changed 3 December 2026. https://example.org/chapters/words.html"
    )


def test_a_book_without_address_is_cited_without_one() -> None:
    chapter = replace(CHAPTER, url="")
    assert chapter.text().endswith("Last changed 3 December 2026.")
    assert "url =" not in chapter.bibtex() and "UR  -" not in chapter.ris()
    settings = config(language="en", book_files={"pdf": ("PDF", "b.pdf")})
    assert not any("url" in name for name, _value in citation_tags(settings, chapter))


def test_bibtex_is_read_as_it_is_meant() -> None:
    pybtex = pytest.importorskip("pybtex.database")
    entry = pybtex.parse_string(CHAPTER.bibtex(), "bibtex").entries["governing-in-public-words"]
    assert entry.type == "incollection"
    assert entry.fields["booktitle"].strip("{}") == "The book"
    assert entry.fields["year"] == "2026" and entry.fields["chapter"] == "7"
    assert str(entry.persons["author"][0]).strip("{}") == "The contributors"


def test_ris_begins_with_its_kind_and_ends() -> None:
    lines = CHAPTER.ris().splitlines()
    assert lines[0] == "TY  - CHAP" and lines[-1] == "ER  -"
    assert "DA  - 2026/11/22" in lines and "SE  - 7" in lines


# As Zotero's translator "Embedded Metadata" reads the tags (HighWire).
ZOTERO = {
    "citation_title": "title",
    "citation_author": "author",
    "citation_publication_date": "date",
    "citation_inbook_title": "bookTitle",
    "citation_language": "language",
    "citation_pdf_url": "attachment",
}


def test_zotero_makes_a_section_of_a_book() -> None:
    settings = config(
        language="en", blog_baseurl="https://example.org/", book_files={"pdf": ("PDF", "b.pdf")}
    )
    tags = dict(citation_tags(settings, CHAPTER))
    item = {field: tags[name] for name, field in ZOTERO.items() if name in tags}
    assert item == {
        "title": "What do they say?",
        "author": "The contributors",
        "date": "2026/11/22",
        "bookTitle": "The book",
        "language": "en",
        "attachment": "https://example.org/b.pdf",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short.", "Short."),
        (f"{'One two. ' * 12}Three {'x' * 60}.", f"{'One two. ' * 9}One two."),
        (f"{'word ' * 40}.", f"{'word ' * 31}".rstrip() + "…"),
    ],
)
def test_a_description_ends_with_a_word(text: str, expected: str) -> None:
    assert shortened(text) == expected
    assert len(expected) <= 160


def test_a_mistake_is_reported_with_its_page_and_key() -> None:
    title, url = "7. What do they say & why?", "https://example.org/a.html?b=c"
    mail = report_address(config(book_report="x@example.org", release="0.1"), title, url, "a-key")
    assert mail.startswith("mailto:x@example.org?") and "+" not in mail
    said = parse_qs(urlsplit(mail).query)
    assert said["subject"] == [f"Mistake: {title}"]
    assert url in said["body"][0] and "a-key" in said["body"][0]
    form = report_address(config(book_report="https://g.org/new?labels=x", release="1"), title, url)
    asked = parse_qs(urlsplit(form).query)
    assert asked["labels"] == ["x"] and asked["title"] == [f"Mistake: {title}"]
    assert report_address(config(book_report="", release="1"), title, url) == ""


def test_wrong_dates_stop_the_build_and_name_the_page(tmp_path: Path) -> None:
    assert dates(tmp_path) == {}
    assert day_of(tmp_path) == dt.date(2026, 1, 1)
    file = tmp_path / "dates.yml"
    file.write_text("chapters/a: {published: 2026-11-22, changed: 2026-11-28}\n", "utf-8")
    assert dates(tmp_path)["chapters/a"].changed == dt.date(2026, 11, 28)
    assert day_of(tmp_path) == dt.date(2026, 11, 28)
    for wrong in (
        "{published: 2026-11-22}",
        "{published: 2026-11-22, changed: 2025-01-01}",
        '{published: "2026-01-01", changed: "2026-02-01"}',
        "{published: 2026-01-01, changed: 2026-02-01 10:00:00}",
        "7",
    ):
        file.write_text(f"chapters/b: {wrong}\n", "utf-8")
        with pytest.raises(FileError, match=r"dates\.yml: chapters/b.*make dates"):
            dates(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", r"dates\.yml: it names no pages; run `make dates`"),
        ("a: {published: 2026-01-01, changed: [\n", r"dates\.yml:2: no YAML"),
        (
            "a: {published: 1900-01-01, changed: 2026-01-01}\n",
            r"dates\.yml: a was published before 1980, which no archive can say; mend the year",
        ),
        ("a: {}\na: {}\n", r"dates\.yml:2: `a` stands there twice"),
    ],
)
def test_what_holds_no_dates_is_named(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "dates.yml").write_text(text, "utf-8")
    with pytest.raises(FileError, match=said):
        dates(tmp_path)
