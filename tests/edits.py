"""Edits of a book's files, and the comparison of what is built after them with a cold build."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

Edit = Callable[[Path], None]
# Pagefind writes the values of a filter, and what names its file, in an order of chance.
CHANCE = re.compile(r"(\w+/)?pagefind/(filter/|pagefind-entry\.json|pagefind\.\w+\.pf_meta)")


def write(name: str, text: str) -> Edit:
    """Return what writes a file."""

    def edit(book: Path) -> None:
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return edit


def replace(name: str, before: str, after: str) -> Edit:
    """Return what edits a file at one place."""

    def edit(book: Path) -> None:
        path = book / name
        text = path.read_text("utf-8")
        assert text.count(before) >= 1, f"{name} has no {before!r}"
        path.write_text(text.replace(before, after), "utf-8")

    return edit


def append(name: str, text: str) -> Edit:
    """Return what adds lines to a file."""

    def edit(book: Path) -> None:
        with (book / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def remove(*names: str) -> Edit:
    """Return what removes files."""

    def edit(book: Path) -> None:
        for name in names:
            (book / name).unlink()

    return edit


def rename(before: str, after: str) -> Edit:
    """Return what renames a file."""

    def edit(book: Path) -> None:
        (book / before).rename(book / after)

    return edit


def dated_earlier(edit: Edit, name: str) -> Edit:
    """Return an edit whose file is dated years before, as a copy that was restored."""

    def restored(book: Path) -> None:
        edit(book)
        os.utime(book / name, (10**9, 10**9))

    return restored


def all_of(*edits: Edit) -> Edit:
    """Return several edits as one."""

    def edit(book: Path) -> None:
        for each in edits:
            each(book)

    return edit


def differences(first: Path, second: Path) -> list[str]:
    """Return the files that differ, and the files and folders that one folder has alone."""
    inside = [
        {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
        for folder in (first, second)
    ]
    alone = inside[0].keys() ^ inside[1].keys()
    others = {
        name
        for name, path in inside[0].items()
        if name not in alone
        and path.is_file()
        and not filecmp.cmp(path, inside[1][name], shallow=False)
    }
    return sorted(name for name in alone | others if not CHANCE.match(name))


def fresh(book: Path, folder: Path) -> Path:
    """Copy the sources of a book into an empty folder, as a clone has them."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        book,
        folder,
        ignore=shutil.ignore_patterns("_build", "__pycache__", "*.mo", ".git", ".venv"),
    )
    return folder
