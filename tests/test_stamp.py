"""A build without a change is not begun; whatever changes, or is damaged, begins one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import stamp
from stamp import Stamp

from bookext.execution.fingerprints import ABSENT, Fingerprint, libraries, state
from tests.warm import build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book and what was made of it."""
    for name in ("data/table.csv", "_build/page.html", "words.mo", ".git/HEAD", "requirements.txt"):
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("old", "utf-8")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/page.html").write_text("old", "utf-8")
    (tmp_path / "linked/back").symlink_to(tmp_path / "book")
    (tmp_path / "book/_templates").symlink_to(tmp_path / "linked")
    (tmp_path / "book/nowhere").symlink_to(tmp_path / "nowhere")
    return tmp_path / "book"


def edit_with_the_old_date(book: Path) -> None:
    path = book / "data/table.csv"
    before = path.stat()
    path.write_text("new", "utf-8")  # of the same length
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def add(book: Path) -> None:
    (book / "data/other.csv").write_text("", "utf-8")


def edit_behind_a_link(book: Path) -> None:
    (book.parent / "linked/page.html").write_text("new", "utf-8")


def remove(book: Path) -> None:
    (book / "data/table.csv").unlink()


@pytest.mark.parametrize("change", [edit_with_the_old_date, edit_behind_a_link, add, remove])
def test_every_file_of_the_book_counts(folder: Path, change: Callable[[Path], None]) -> None:
    before = stamp.sources(folder)
    change(folder)
    assert stamp.sources(folder) != before


@pytest.mark.parametrize("name", ["_build/page.html", "words.mo", ".git/HEAD"])
def test_what_builds_write_does_not(folder: Path, name: str) -> None:
    before = stamp.sources(folder)
    (folder / name).write_text("other", "utf-8")
    assert stamp.sources(folder) == before


def test_each_file_counts_once_in_order_though_a_link_leads_back(folder: Path) -> None:
    (folder / "data/__pycache__").mkdir()
    (folder / "data/__pycache__/table.txt").write_text("", "utf-8")
    states = stamp._states(folder, folder)
    files = ["nowhere", "requirements.txt", "_templates/page.html", "data/table.csv"]
    assert [state.partition(" ")[0] for state in states] == files


def test_what_was_made_counts_but_for_what_another_build_makes(tmp_path: Path) -> None:
    for name in ("site/a.html", "site/it/b.html", "book.pdf", "other.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old", "utf-8")

    def made() -> str:
        parts = tmp_path / "site", tmp_path / "book.pdf", tmp_path / "book.epub"
        return stamp.made(tmp_path, parts, [tmp_path / "site/it"])

    before = made()
    for name in ("other.txt", "site/it/b.html", "site/it/c.html"):
        (tmp_path / name).write_text("another", "utf-8")
        assert made() == before
    found = {before}
    for name in ("site/a.html", "site/d.html", "book.pdf", "book.epub"):
        (tmp_path / name).write_text("another", "utf-8")
        found.add(made())
    assert len(found) == 5


@pytest.mark.parametrize("name", ["BOOK_BASE_URL", "BLOG_DRAFTS", "LC_ALL", "TZ"])
def test_settings_count(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp.sources(folder)
    monkeypatch.setenv("OLDPWD", "elsewhere")
    # Of an edition that is built beside others.
    monkeypatch.setenv("BOOK_PROCESSORS", "1")
    monkeypatch.setenv("GOVSOCIAL_ONCE", "of this build")
    assert stamp.sources(folder) == before
    monkeypatch.setenv(name, "another")
    assert stamp.sources(folder) != before


def test_the_day_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp.sources(folder)

    class Tomorrow(dt.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2099, 1, 1)

    monkeypatch.setattr(dt, "date", Tomorrow)
    assert stamp.sources(folder) != before


def test_the_stamp_of_other_outputs_or_of_other_files_elsewhere_does_not_hold(folder: Path) -> None:
    there, missing = folder.parent / "there.csv", folder.parent / "missing.csv"
    there.write_text("1", "utf-8")
    files = {str(there): state(there), str(missing): ABSENT}
    path = folder / "stamp.json"
    Stamp(["html", "pdf"], "s", Fingerprint(files, libraries(folder)), "m").write(path)
    written = Stamp.read(path)
    assert written
    assert written.holds(["html"], folder, "s", "m")
    assert written.holds(["pdf", "html"], folder, "s", "m")
    assert not written.holds(["html", "epub"], folder, "s", "m")
    assert not written.holds(["html"], folder, "other", "m")
    assert not written.holds(["html"], folder, "s", "other")
    missing.write_text("2", "utf-8")
    assert not written.holds(["html"], folder, "s", "m")


@pytest.mark.parametrize("content", ["", "[1]", '{"outputs": []}'])
def test_a_damaged_stamp_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "en.json"
    assert Stamp.read(path) is None
    path.write_text(content, "utf-8")
    assert Stamp.read(path) is None


def test_a_build_without_a_change_makes_nothing_and_mends_what_is_damaged(book: Path) -> None:
    page = book / "_build/html/chapters/one.html"
    code, said = build(book, "html")
    assert code == 0, said
    made, text = page.stat().st_mtime_ns, page.read_text("utf-8")
    code, said = build(book, "html")
    assert (code, said) == (0, "HTML: _build/html/index.html\n")
    assert page.stat().st_mtime_ns == made
    page.write_text("damaged", "utf-8")
    assert build(book, "html")[0] == 0
    assert page.read_text("utf-8") == text


def test_after_an_interrupted_build_the_index_is_whole_again(book: Path) -> None:
    assert build(book, "html")[0] == 0
    index = book / "_build/work/en/html/searchindex.js"
    whole = index.read_text("utf-8")
    index.unlink()
    (book / "_build/work/en/html/chapters/one.html").unlink()
    code, said = build(book, "html")
    assert code == 0, said
    assert index.read_text("utf-8") == whole
