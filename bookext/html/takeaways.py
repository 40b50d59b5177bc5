"""The whole book as one file: its links say the language and the size.

The files are made after the pages, so the sizes are filled in when all is published; a file that
was not built has no link.

Closes: Sphinx's builders know nothing of each other.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from govsocial.language import locale

_FILE = re.compile(
    r'<li class="takeaway" data-file="(?P<name>[^"]+)" data-language="(?P<language>[^"]+)">'
    r"(?P<link>.*?)</li>",
    re.DOTALL,
)
_SIZE = '<span class="size"></span>'


def fill(folder: Path) -> None:
    """Write the sizes of the files into all pages of an edition, and drop links to none.

    Parameters
    ----------
    folder
        The edition's pages, beside which its files are.
    """

    def filled(match: re.Match[str]) -> str:
        path = folder / match["name"]
        if not path.is_file():
            return ""
        return match[0].replace(_SIZE, size(path, match["language"]))

    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        fresh = _FILE.sub(filled, text)
        if fresh != text:
            page.write_text(fresh, "utf-8")


def size(path: Path, language: str) -> str:
    """Return the size of a file in words: "4.8 MB"."""
    megabytes = max(0.1, path.stat().st_size / 1e6)
    return f"{format_decimal(megabytes, '0.0', locale(language))} MB"


def language_name(code: str) -> str:
    """Return the name of a language in itself: "English"."""
    return Locale.parse(locale(code)).get_language_name(locale(code)) or code


def offer(config: Config) -> str:
    """Return the links to the files of the whole book, as items of a list, from the front page.

    Parameters
    ----------
    config
        The settings; ``book_files`` has the files by the name of their format.
    """
    code = config.language
    language = escape(language_name(code))
    items = (
        f'<li class="takeaway" data-file="{escape(file)}" data-language="{code}">'
        f'<a href="{escape(file)}">{escape(name)}</a> ({language}, {_SIZE})</li>'
        for name, file in config.book_files.items()
    )
    return "".join(items)


def _add(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    context["book_files"] = app.config.book_files
    context["language_name"] = language_name(app.config.language)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the setting, and tell the templates."""
    app.add_config_value("book_files", {}, "html", types=[dict])
    app.connect("html-page-context", _add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
