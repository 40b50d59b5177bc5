"""The whole book, in what takes too long for every day: at night.

After each part of a day of edits the site equals its cold build, byte for byte, in every language.
The walk of :mod:`tests.test_walk` makes edits of every kind on a small book; this one finds what
only the book itself has. And in a pseudo-language no English sentence is left in any output; of the
small book :mod:`tests.bookext.test_escaped_text` asks more, that no word is left.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from bookext.common.i18n import languages
from tests.bookext.test_escaped_text import in_brackets, outside, prose
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


# Catalogues of libraries, whose words keep their own translation.
LIBRARIES = {"sphinx.po", "booktheme.po", "exercise.po", "togglebutton.po"}
ENGLISH = re.compile(
    r"\b(the|of|and|or|to|with|for|is|are|was|were|by|from|that|this|which|who|not|no|all|each|has|"
    r"have|their|its|it|than|as|at|on)\b"
)
# What stays as it is, besides the index, whose words are translated within their sentences: works
# and those who are cited, code, data as it comes, and what says that it is English.
STAYS = (
    ".bibtex-citation, .citation, [id^=preview-], .figure-line, .figure-table table, code, pre, "
    "svg, script, style, math, [lang=en], div.cell_output table"
)
NAMES = re.compile(
    r"labs-with-data\.zip|House of (Commons|Representatives)|National Assembly|"
    "Environment and Climate Change Canada|markdown-it-py"
)
# A licence whose words are to be kept; on a page it says that it is English.
NOTICE = re.compile(r"Michael Bostock\s+Permission to use.+?in all copies\.", re.DOTALL)


def english(page: Path) -> list[str]:
    """Return what stands outside of all brackets and has a word that English sentences have."""
    tree = BeautifulSoup(page.read_bytes(), "lxml" if page.suffix == ".html" else "xml")
    for node in tree.select(STAYS):
        node.decompose()
    heard = [
        str(node.get(name, "")) for node in tree.find_all(True) for name in ("alt", "aria-label")
    ]
    lines = [*map(outside, heard), *outside(tree.body.get_text()).splitlines()]  # type: ignore[union-attr]
    return [line.strip() for line in lines if ENGLISH.search(NAMES.sub("", line))]


def test_no_english_sentence_is_left_in_a_pseudo_language(tmp_path: Path) -> None:
    book = fresh(ROOT, tmp_path / "book")
    for path in (book / "locale/it").rglob("*.po"):
        if path.name not in LIBRARIES:
            in_brackets(path)
    code, said = build(book, "--language", "it")
    assert code == 0, said
    built = book / "_build"
    zipfile.ZipFile(built / "epub/governare-in-pubblico.epub").extractall(tmp_path / "epub")
    pages = [
        path
        for path in (*built.glob("html/it/**/*.html"), *tmp_path.glob("epub/EPUB/**/*.xhtml"))
        if "_modules" not in path.parts and path.stem not in ("bibliography", "genindex")
    ]
    assert len(pages) > 600
    found = {path.name: lines for path in pages if (lines := english(path))}
    assert not found
    printed = "\n".join(map(prose, PdfReader(built / "pdf/governare-in-pubblico.pdf").pages))
    assert printed.count("⟦") > 5_000
    printed = NOTICE.sub("", outside(printed))
    left = [line for line in printed.splitlines() if ENGLISH.search(NAMES.sub("", line))]
    assert not left
