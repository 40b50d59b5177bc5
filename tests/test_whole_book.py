"""A day of edits of the whole book: after each part of it the site equals its cold build, byte for
byte, in every language.

Too long for every day: at night. The walk of :mod:`tests.test_walk` makes edits of every kind on a
small book; this one finds what only the book itself has.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bookext.common.i18n import languages
from tests.edits import Edit, all_of, append, differences, fresh, remove, rename, replace, write
from tests.small_book import ROOT
from tests.warm import build, command

pytestmark = [pytest.mark.slow, pytest.mark.nightly]

EDITIONS = [part for code in languages(ROOT / "locale") for part in ("--language", code)]
POST = "blog/2026/followers-in-nine-days"
NEW = "chapters/town-answers.md"


def changed(name: str, pattern: str, change: Callable[[re.Match[str]], str]) -> Edit:
    """Return what edits a file where a pattern is first found."""

    def edit(book: Path) -> None:
        path = book / name
        text, count = re.subn(pattern, change, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"{name} has no {pattern}"
        path.write_text(text, "utf-8")

    return edit


def chapter(book: Path) -> None:
    """Begin a chapter, as an author does."""
    code, said = command(book, "tools/chapter.py", "town-answers")
    assert code == 0, said


def more(found: re.Match[str]) -> str:
    """Return what was found with a word more at its end."""
    return f"{found[0]} (edited)"


# What an author does before noon, in the afternoon, and before going home.
DAY: dict[str, Edit] = {
    "words": all_of(
        append("chapters/adoption.md", "\nOne more sentence, with a [link](lessons.md) in it.\n"),
        changed("chapters/control.md", r"^# .+$", more),
        changed("chapters/networks.md", r"^## .+$", more),
        append("back/glossary.md", "\n:::{glossary}\nan edited term\n  What it is.\n:::\n"),
        changed("references.bib", r"author = \{\w+", more),
        changed(f"{POST}.md", r"^# .+$", more),
        changed("data/egdi_ranks.resource.yaml", r"^title: .+$", more),
        changed("locale/it/LC_MESSAGES/chapters/exit.po", r'^msgstr "[^"\\{}`*]+', more),
        changed("locale/it/LC_MESSAGES/govsocial/charts/adoption.po", r'^msgstr "[^"\\{]+', more),
    ),
    "code": all_of(
        append("govsocial/ranking.py", "\n\nEDITED = 1\n"),
        changed(
            "govsocial/charts/book.mplstyle",
            r"^lines.linewidth: [\d.]+",
            lambda found: f"{found[0]}5",
        ),
        append("_static/custom.css", "\n.caveat { color: #123456; }\n"),
        append("_static/shell.js", "\n// One line more.\n"),
        chapter,
    ),
    "places": all_of(
        rename(f"{POST}.md", "blog/2026/another-name.md"),
        rename(f"{POST}.numbers.yml", "blog/2026/another-name.numbers.yml"),
        replace("blog/2026/another-name.md", '"followers-in-nine-days"', '"another-name"'),
        write("_static/notes.txt", "one\n"),
        replace("_templates/layout.html", "</footer>", "<!-- edited --></footer>"),
        remove(NEW, NEW.replace(".md", ".numbers.yml")),
        changed("index.md", r"^chapters/town-answers\n", lambda found: ""),
    ),
}


def test_the_site_equals_its_cold_build_after_each_part_of_a_day(
    tmp_path: Path, subtests: pytest.Subtests
) -> None:
    book, cold = fresh(ROOT, tmp_path / "book"), tmp_path / "cold"
    code, said = build(book, "html", *EDITIONS)
    assert code == 0, said
    for name, edit in DAY.items():
        edit(book)
        with subtests.test(name):
            fresh(book, cold)
            for folder in (book, cold):
                code, said = build(folder, "html", *EDITIONS)
                assert code == 0, said
            assert not differences(book / "_build/html", cold / "_build/html")
        shutil.rmtree(cold / "_build")
