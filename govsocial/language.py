"""The language of an edition: which one is built, its locale, and its catalogues of words.

English is the source language. Another one needs gettext catalogues in
``locale/<language>/LC_MESSAGES/``, one per module, so that a word that changes runs only the pages
that use its module; ``make translate`` writes them, and the build compiles them.
"""

from __future__ import annotations

import gettext
import io
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
_PACKAGE = Path(__file__).resolve().parent
# Where a language is written in several ways, that of this book.
_LOCALES = {"en": "en_GB"}


def language() -> str:
    """Return the language of the build (``BOOK_LANG``), the source language unless told."""
    return os.environ.get("BOOK_LANG") or SOURCE


def locale(code: str | None = None) -> str:
    """Return the locale of the numbers and dates of a language, by default of the build's.

    >>> locale("en"), locale("it")
    ('en_GB', 'it')
    """
    code = code or language()
    return _LOCALES.get(code, code)


def domain(module: str) -> str:
    """Return the name of a module's catalogue.

    >>> domain("govsocial.charts.adoption")
    'govsocial/charts/adoption'
    """
    return module.replace(".", "/")


def translation(module: str) -> Callable[[str], str]:
    """Return the function ``_`` of a module, which returns its words in the build's language.

    Parameters
    ----------
    module
        ``__name__``.

    Raises
    ------
    FileNotFoundError
        From ``_``, if there is no edition in this language.
    """

    def _(message: str) -> str:
        return _catalogue(language(), domain(module)).gettext(message)

    return _


def noted(message: str) -> str:
    """Mark words that are translated where they are shown."""
    return message


def plural(module: str) -> Callable[[str, str, int], str]:
    """Return the function ``ngettext`` of a module: its words for so many, in the build's language.

    Parameters
    ----------
    module
        ``__name__``.
    """

    def ngettext(one: str, many: str, number: int) -> str:
        return _catalogue(language(), domain(module)).ngettext(one, many, number)

    return ngettext


@cache
def _catalogue(code: str, name: str) -> gettext.NullTranslations:
    if code == SOURCE:
        return gettext.NullTranslations()
    packed = _PACKAGE / "locale"
    folder = packed if packed.is_dir() else _PACKAGE.parent / "locale"
    if gettext.find(name, folder, [code]):
        return gettext.translation(name, folder, [code])
    catalogues = folder / code / "LC_MESSAGES"
    if not catalogues.is_dir():
        raise FileNotFoundError(f"{catalogues}: there is no edition in '{code}'")
    source = catalogues / f"{name}.po"
    if not source.is_file():  # a new module: its words are English until `make translate`
        return gettext.NullTranslations()
    # Outside a build of the book, as in a lab that a student has taken along, nothing is compiled.
    compiled = io.BytesIO()
    with source.open(encoding="utf-8-sig") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
