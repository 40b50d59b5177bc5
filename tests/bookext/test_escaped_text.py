"""A small book of every kind of page in a pseudo-language: no text of ours escapes translation.

Every word of the catalogues that the project's own command writes is put into ⟦brackets⟧; what is
outside of them on a built page has escaped, but for what may: names, identifiers, and the words of
the theme and of Sphinx, which come from catalogues of their own.
"""

from __future__ import annotations

import gettext
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pydata_sphinx_theme
import pytest
import sphinx
import sphinx_book_theme
from babel.messages.pofile import read_po, write_po
from pypdf import PageObject, PdfReader

from tests.small_book import write_every_kind
from tests.warm import command

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

LETTERS = re.compile(r"[^\W\d_]{3,}")
# What may stand outside.
MAY = re.compile(
    "|".join(
        [  # names of files, of people and things
            r"labs(-with-data)?\.zip|numbers\.csv|datapackage\.\w+",
            r"small\.csv|CSV|Parquet|PDF|PNG|SVG|SHA-256",
            r"Ada Rossi|Ugo Verdi|Rossi|Verdi|Opus|English|Italiano|small|bars|govsocial[.\w]*",
            "Bluesky|LinkedIn|Mastodon|Telegram|WhatsApp",
            r"BibTeX|RIS|https?://\S+",  # of the citation of a page
            r"© Copyright|9 luglio 2026|italiano|Simboli|Fig\. \d|Ctrl\+K",  # of libraries, keys
            r"^[ivx]+$",  # numbers of pages
            "subjects",  # of the index: the role is translated with its sentence
            r"Search\.\.\.|Toggle hidden content|^Page$",  # of libraries, not ours to translate
            r"Indice analitico —|Cerca -|Esercizio \d|Soluzione:",
        ]
    )
)


def in_book(folder: Path, *arguments: str, language: str = "") -> None:
    """Run a command of the book."""
    script, *options = arguments
    code, said = command(folder, script, *options, BOOK_LANG=language)
    assert code == 0, said


def in_brackets(path: Path) -> None:
    """Translate all."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            several = isinstance(message.id, tuple)
            words = [f"⟦{word}⟧" for word in (message.id if several else (message.id,))]
            message.string = tuple(words) if several else words[0]
    with path.open("wb") as file:
        write_po(file, catalogue)


def of_libraries() -> set[str]:
    """Return what the libraries' own catalogues print in Italian, with our corrections."""
    theme = Path(sphinx_book_theme.__file__).parent
    folders = [Path(module.__file__ or "").parent for module in (sphinx, pydata_sphinx_theme)]
    paths = [folder / "locale/it/LC_MESSAGES/sphinx.mo" for folder in folders]
    paths += theme.rglob("locales/it/LC_MESSAGES/booktheme.mo")
    found: set[str] = set()
    for path in paths:
        with path.open("rb") as file:
            known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        found |= {str(text) for text in known.values()}
    for name in ("sphinx", "booktheme", "exercise", "togglebutton"):
        with (ROOT / f"locale/it/LC_MESSAGES/{name}.po").open("rb") as file:
            found |= {str(message.string) for message in read_po(file)}
    return found


def outside(text: str) -> str:
    """Return what stands outside of all brackets."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        kept.append(sign if depth == 0 and sign != "⟧" else " " if depth else "")
    return "".join(kept)


def texts(page: Path) -> Iterator[str]:
    """Return the lines of a page that can be read or heard, and are not of a library."""
    tree = lxml.html.fromstring(page.read_bytes())
    for name in ("script", "style", "pre", "code", "math", "svg"):
        for node in list(tree.iter(name)):
            node.drop_tree()
    for node in tree.xpath("//body//*[@lang='en']"):  # what says that it is English
        node.drop_tree()
    for node in tree.iter():
        if isinstance(node.tag, str):
            yield from (node.get(name, "") for name in ("alt", "aria-label", "placeholder"))
    yield from outside(tree.text_content()).splitlines()


def prose(page: PageObject) -> str:
    """Return the text of a page of the PDF that is no code."""
    parts: list[str] = []

    def keep(text: str, _place: object, _line: object, font: Any, _size: float) -> None:
        parts.append("\n" if font and "Mono" in font["/BaseFont"] else text)

    page.extract_text(visitor_text=keep)
    return "".join(parts)


@pytest.fixture
def built(book: Path) -> Path:
    """All outputs of a small book in the pseudo-language."""
    write_every_kind(book)
    for name in ("sphinx", "booktheme", "exercise", "togglebutton"):
        path = book / f"locale/it/LC_MESSAGES/{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"locale/it/LC_MESSAGES/{name}.po", path)
    ours = set((book / "locale").rglob("*.po"))
    in_book(book, "tools/translate.py", language="it")
    for path in set((book / "locale").rglob("*.po")) - ours:
        in_brackets(path)
    in_book(book, "tools/build.py", "html", "pdf", "epub", "--language", "it")
    return book / "_build"


def escaped(lines: Iterable[str], known: set[str]) -> list[str]:
    """Return the lines that have words outside of all brackets which may not stand there."""
    return [
        line.strip()
        for line in lines
        if LETTERS.search(MAY.sub("", outside(line))) and line.strip() not in known
    ]


def test_no_text_escapes(built: Path, tmp_path: Path) -> None:
    known = of_libraries()
    zipfile.ZipFile(built / "epub/governare-in-pubblico.epub").extractall(tmp_path)
    found: dict[Path, list[str]] = {}
    for folder, suffix in ((built / "html/it", "html"), (tmp_path / "EPUB", "xhtml")):
        pages = [
            path
            for path in sorted(folder.rglob(f"*.{suffix}"))
            if not {"_modules", "_static"} & set(path.parts)
        ]
        names = {path.relative_to(folder).with_suffix("").as_posix() for path in pages}
        assert {"index", "chapters/one", "notebooks/solutions/01-lab"} <= names, names
        found |= {path: escaped(texts(path), known) for path in pages}
    assert not any(found.values()), {path.name: lines for path, lines in found.items() if lines}

    text = "\n".join(map(prose, PdfReader(built / "pdf/governare-in-pubblico.pdf").pages))
    assert text.count("⟦") > 50
    in_print = escaped(outside(text).splitlines(), known)
    assert not in_print, in_print


def test_what_stands_outside_of_brackets() -> None:
    assert outside("a ⟦b ⟦c⟧ d⟧ e").split() == ["a", "e"]
