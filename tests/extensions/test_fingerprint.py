"""The checksum that decides whether a chapter runs again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fingerprint import fingerprint


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with one file of each kind."""
    for name in (
        "govsocial/tables.py",
        "govsocial/charts/book.mplstyle",
        "data/small.csv",
        "locale/it/LC_MESSAGES/figures.mo",
        "requirements.txt",
        "chapters/one.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


def rewrite(name: str) -> Callable[[Path], None]:
    """Return what changes a file of the book, or adds it."""

    def change(book: Path) -> None:
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text("after")

    return change


@pytest.mark.parametrize(
    "name",
    [
        "govsocial/tables.py",
        "govsocial/charts/book.mplstyle",
        "govsocial/new.py",
        "data/small.csv",
        "requirements.txt",
    ],
)
def test_what_a_cell_reads_or_imports_counts(book: Path, name: str) -> None:
    before = fingerprint(book, "en")
    rewrite(name)(book)
    assert fingerprint(book, "en") != before


@pytest.mark.parametrize("name", ["chapters/one.md", "govsocial/__pycache__/tables.pyc"])
def test_prose_and_compiled_files_do_not_count(book: Path, name: str) -> None:
    before = fingerprint(book, "en")
    rewrite(name)(book)
    assert fingerprint(book, "en") == before


def test_labels_count_for_their_language_only(book: Path) -> None:
    english, italian = fingerprint(book, "en"), fingerprint(book, "it")
    rewrite("locale/it/LC_MESSAGES/figures.mo")(book)
    assert fingerprint(book, "en") == english
    assert fingerprint(book, "it") != italian


def test_a_renamed_file_counts(book: Path) -> None:
    before = fingerprint(book, "en")
    (book / "data/small.csv").rename(book / "data/other.csv")
    assert fingerprint(book, "en") != before
