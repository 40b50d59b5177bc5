"""Write the catalogues of a language anew: ``python tools/translate.py``, for ``BOOK_LANG``.

A word or sentence that changed keeps its translation, marked as fuzzy, with the former text beside
it (``#|``); one that is new has none. What is missing or fuzzy is listed in
``_build/work/<language>/to-translate.txt``, by file and line.

Catalogues are in ``locale/<language>/LC_MESSAGES/``: one per page, one per module of the library
that draws or speaks (so that a word that changes runs only the pages that use its module), ``book``
for extensions, settings and templates, ``references`` for the bibliography, ``tables/`` for the
descriptors by what makes the tables, ``units/`` for the ledger by page, ``questions/`` for the
questions of a chapter.
The reference of the library (``back/library``) stays in English.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import denormalize, read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import questions  # noqa: E402
from build import BuildError, Edition, sphinx  # noqa: E402

from bookext.common.i18n import BOOK, LABS, QUESTIONS  # noqa: E402
from bookext.notebooks.lab_language import messages  # noqa: E402
from govsocial.language import SOURCE, domain, language  # noqa: E402

# Sphinx extracts the templates' words for the theme; the book's have a catalogue of their own.
_LEFT_OUT = {"sphinx"}
SPEAKING = (
    "conf.py",
    "bookext/**/*.py",
    "_templates/**/*.html",
    "notebooks/nbgrader_config.py",
    "tools/*.py",
)
_KEYWORDS = {"_": None, "t": None, "noted": None, "ngettext": (1, 2)}
_LINE = 100
_CODE = re.compile(r"`[^`]*`|^\w+(\.\w+)+$")  # a literal, or the name of a module
_WORD = re.compile(r"[^\W\d_]")
# The same catalogues on every day.
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main() -> int:
    """Write the catalogues and return the exit code."""
    code = language()
    try:
        if code == SOURCE:
            raise BuildError(f"'{SOURCE}' is the source language; say which: LANGUAGE=it")
        folder = ROOT / "locale" / str(Locale.parse(code)) / "LC_MESSAGES"
        templates = dict(sorted(all_templates().items()))
    except (BuildError, UnknownLocaleError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for path in set(folder.rglob("*.po")) - {folder / f"{name}.po" for name in templates}:
        if path.parent != folder:  # at the top are the book's catalogues of libraries, too
            path.unlink()
    for name, template in templates.items():
        write(updated(folder / f"{name}.po", template, code), folder / f"{name}.po")
    todo = [line for name in templates for line in open_messages(folder / f"{name}.po")]
    target = Edition(code).work / "to-translate.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{line}\n" for line in todo), "utf-8")
    count = sum(len(template) for template in templates.values())
    print(f"{count} messages, {len(todo)} missing or fuzzy: {target.relative_to(ROOT)}")
    return 0


def all_templates() -> dict[str, Catalog]:
    """Return the messages of the book by catalogue: pages, records, code."""
    os.environ["BOOK_LANG"] = SOURCE  # the pages run, if they must, and are read in English
    work = Edition(SOURCE).work
    folder = work / "gettext"
    shutil.rmtree(folder, ignore_errors=True)  # of pages that are gone
    sphinx("gettext", work, pages="gettext-doctrees")
    found = {}
    for path in sorted(folder.rglob("*.pot")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name not in _LEFT_OUT:
            with path.open("rb") as file:
                found[name] = own_words(read_po(file))
    return found | of_code()


def of_code() -> dict[str, Catalog]:
    """Return the messages that no page holds: of labs, library, extensions and templates."""
    return labs() | asked() | modules() | {BOOK: extracted(*SPEAKING)}


def own_words(catalogue: Catalog) -> Catalog:
    """Return the messages of a page without those of the library's reference, and without names."""
    own = Catalog()
    for message in catalogue:
        docstring = "of" in dict(message.locations)  # "FILE:docstring of OBJECT:LINE"
        if not docstring and _WORD.search(_CODE.sub("", str(message.id))):
            places = [(file.replace("../", ""), line) for file, line in message.locations]
            own.add(message.id, locations=places)
    return own


def labs() -> dict[str, Catalog]:
    """Return the messages of each lab, text and code, in the place of those of its page."""
    found = {}
    for path in sorted((ROOT / "notebooks" / "src").glob("*.md")):
        catalogue = found[f"{LABS}/{path.stem}"] = Catalog()
        for words, line in messages(path):
            catalogue.add(words, locations=[(path.relative_to(ROOT).as_posix(), line)])
    return found


def asked() -> dict[str, Catalog]:
    """Return the messages of the questions for a class, by chapter."""
    found = {}
    for path in questions.files(ROOT):
        name = path.name.removesuffix(questions.SUFFIX)
        catalogue = found[f"{QUESTIONS}/{name}"] = Catalog()
        for words in questions.messages(path):
            catalogue.add(words, locations=[(path.relative_to(ROOT).as_posix(), 1)])
    return found


def modules() -> dict[str, Catalog]:
    """Return the messages of each module of the library that has some."""
    paths = sorted((ROOT / "govsocial").rglob("*.py"))
    names = (path.relative_to(ROOT).with_suffix("") for path in paths)
    found = {domain(".".join(name.parts)): extracted(f"{name}.py") for name in names}
    return {name: catalogue for name, catalogue in found.items() if len(catalogue)}


def extracted(*patterns: str) -> Catalog:
    """Return the messages of code and templates."""
    catalogue = Catalog()
    for path in (path for pattern in patterns for path in sorted(ROOT.glob(pattern))):
        method = "python" if path.suffix == ".py" else "jinja2"
        for line, message, comments, _context in extract_from_file(
            method, path, keywords=_KEYWORDS, comment_tags=["Translators:"]
        ):
            place = [(path.relative_to(ROOT).as_posix(), line)]
            catalogue.add(message, locations=place, auto_comments=comments)
    return catalogue


def updated(path: Path, template: Catalog, code: str) -> Catalog:
    """Return a catalogue with the messages of its template."""
    import conf  # not before: it wants a language that has its catalogues

    catalogue = Catalog(code)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, code)
    catalogue.update(template)
    catalogue.obsolete.clear()  # the history has what is gone
    for message in catalogue:
        former = [said for said in message.user_comments if said.startswith("|")]
        message.user_comments = [said for said in message.user_comments if said not in former]
        if message.fuzzy and not message.previous_id:
            message.previous_id = former_text(former)
    catalogue.fuzzy = False
    name = Locale.parse(code).english_name
    catalogue.header_comment = f"# Governing in Public: {path.stem}, {name}"
    catalogue.project, catalogue.version = "Governing in Public", conf.release
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    return catalogue


def former_text(comments: list[str]) -> list[str]:
    """Return the former text of a doubtful message, and its plural.

    Babel writes it, reads it as a comment, and breaks the lines of that anew (seen in 2.18.0).

    >>> former_text(['| msgid "" "One', '| two."'])
    ['One two.']
    """
    said = " ".join(comment.removeprefix("| ") for comment in comments)
    texts = re.split(r"(?:^| )msgid(?:_plural)? (?=\")", said)[1:]
    return [denormalize(text.replace('" "', '"\n"')) for text in texts]


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue, with the former texts of what changed."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=_LINE, include_previous=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def open_messages(path: Path) -> Iterator[str]:
    """Name the messages of a catalogue that have no translation, or a doubtful one."""
    with path.open("rb") as file:
        for message in read_po(file):
            strings = [message.string] if isinstance(message.string, str) else message.string or ""
            if message.id and (message.fuzzy or (not strings or not all(strings))):
                state = "fuzzy" if message.fuzzy else "missing"
                text = message.id if isinstance(message.id, str) else message.id[0]
                place = f"{path.relative_to(ROOT)}:{message.lineno}"
                yield f"{place}: {state}: {' '.join(text.split())[:_LINE]}"


if __name__ == "__main__":
    sys.exit(main())
