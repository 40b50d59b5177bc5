"""The book's own words in the language of the edition: ``_`` in Python, ``t`` in templates.

English is the source language; another one has its catalogues in ``locale/<language>/``. They are
compiled when a build begins, whoever calls Sphinx, and the book's catalogues of a library come
before those of the library.

Closes: Sphinx compiles catalogues after it has loaded the extensions, whose words are then missing
in the first build, and hands no words of extensions to templates (seen in Sphinx 9.0.4).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.i18n import CatalogRepository
from sphinx.util.typing import ExtensionMetadata

from bookext.common.catalogues import check, compile_catalogue
from bookext.common.errors import FileError
from bookext.common.order import PageContext
from bookext.common.places import LAB_SOLUTIONS
from govsocial.language import SOURCE

BOOK, REFERENCES, TABLES, UNITS = "book", "references", "tables", "units"
QUESTIONS = "questions"
LABS = LAB_SOLUTIONS.rstrip("/")
_MESSAGES = "LC_MESSAGES"
_FILES = {SOURCE: "governing-in-public", "it": "governare-in-pubblico"}


def _door(domain: str) -> Callable[[str], str]:
    def translated(message: str) -> str:
        return locale.get_translator(domain).gettext(message)

    return translated


_ = _door(BOOK)
"""Words of extensions, settings and templates."""

of_references = _door(REFERENCES)
"""Notes of the bibliography."""


def of_tables(maker: str) -> Callable[[str], str]:
    """Return the door for the titles, descriptions, fields, units and caveats of some tables.

    Parameters
    ----------
    maker
        What they are made by, ``madeBy`` in their descriptors; its tables share a catalogue.
    """
    return _door(tables_of(maker))


def tables_of(maker: str) -> str:
    """Return the catalogue of the tables of a maker.

    >>> tables_of("pipeline/sources/congress_posts.py")
    'tables/congress_posts'
    """
    return f"{TABLES}/{Path(maker).stem}"


def of_units(docname: str) -> Callable[[str], str]:
    """Return the door for the units of the numbers of a page, in the ledger."""
    return _door(f"{UNITS}/{docname}")


def of_lab(docname: str) -> Callable[[str], str]:
    """Return the door for the texts and the code of a lab."""
    return _door(docname)


def of_questions(chapter: str) -> Callable[[str], str]:
    """Return the door for the questions for a class on a chapter."""
    return _door(f"{QUESTIONS}/{chapter}")


def languages(folder: Path) -> list[str]:
    """Return the languages that there are catalogues for, after the source language."""
    found = sorted(path.parent.name for path in folder.glob(f"*/{_MESSAGES}"))
    return [SOURCE, *(code for code in found if code != SOURCE)]


def catalogue(folder: Path, language: str, domain: str) -> Path:
    """Return where the words of a domain stand in a language."""
    return folder / language / _MESSAGES / f"{domain}.po"


def folder_of(language: str) -> str:
    """Return the folder of an edition in the site: that of the source language is the site's."""
    return "" if language == SOURCE else f"{language}/"


def suffix(language: str) -> str:
    """Return what file names of an edition have at their end: nothing in the source language."""
    return "" if language == SOURCE else f"-{language}"


def file_name(language: str) -> str:
    """Return what the files of an edition that readers take away are called.

    >>> file_name("en"), file_name("it"), file_name("de")
    ('governing-in-public', 'governare-in-pubblico', 'governing-in-public-de')
    """
    return _FILES.get(language, f"{_FILES[SOURCE]}{suffix(language)}")


def load(folder: Path, language: str) -> None:
    """Compile and load the catalogues of a language.

    Parameters
    ----------
    folder
        Where the languages have their folders.
    language
        Code of the language.

    Raises
    ------
    ConfigError
        If there are no catalogues, or none of the book's own words; or if one is damaged.
    """
    known = [
        code
        for code in languages(folder)
        if code == SOURCE or catalogue(folder, code, BOOK).is_file()
    ]
    if language not in known:
        raise ConfigError(
            f"there is no edition in '{language}', only in {', '.join(known)}; "
            f"`make translate LANGUAGE={language}` begins one"
        )
    try:
        compile_catalogues(folder, language)
    except FileError as error:
        raise ConfigError(str(error)) from None  # whoever reads `conf.py` lets this one pass
    catalogues = folder / language / _MESSAGES
    found = [
        path
        for name in ("*", f"{TABLES}/*", f"{UNITS}/**/*", f"{LABS}/*", f"{QUESTIONS}/*")
        for path in catalogues.glob(f"{name}.po")
    ]
    domains = {path.relative_to(catalogues).with_suffix("").as_posix() for path in found}
    for domain in sorted({BOOK, REFERENCES} | domains - {"sphinx"}):  # which Sphinx loads itself
        locale.init([folder], language, domain)


def compile_catalogues(folder: Path, language: str) -> None:
    """Compile the catalogues of a language that have changed, and drop those that are gone."""
    for catalogue in CatalogRepository(folder.parent, [folder.name], language, "utf-8").catalogs:
        path, compiled = Path(catalogue.po_path), Path(catalogue.mo_path)
        if _has_changed(path, compiled):
            check(path)
            compile_catalogue(path, compiled, language)
    for path in (folder / language / _MESSAGES).rglob("*.mo"):
        if not path.with_suffix(".po").is_file():
            path.unlink()


def _has_changed(source: Path, compiled: Path) -> bool:
    """Return whether a catalogue was written since it was compiled, whatever date it was given."""
    written = source.stat()
    newest = max(written.st_mtime_ns, written.st_ctime_ns)
    return not compiled.is_file() or newest > compiled.stat().st_mtime_ns


def _add_words(
    _app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    context["t"] = _


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hand the book's words to the templates; ``conf.py`` has loaded them."""
    app.connect("html-page-context", _add_words, priority=PageContext.WORDS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
