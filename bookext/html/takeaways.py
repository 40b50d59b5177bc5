"""Files to take away: their links say language, pages and size.

The files are made after the pages, so pages and sizes are filled in when all is published; a file
that was not built has no link. The directive ``takeaways`` lists the files that it names.

Closes: Sphinx's builders know nothing of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from docutils import nodes
from pypdf import PdfReader
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.outputs import SITE
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
    size_of = cache(size)  # each file is read once, not for every page

    def filled(match: re.Match[str]) -> str:
        path = folder / match["name"]
        if not path.is_file():
            return ""
        return match[0].replace(_SIZE, size_of(path, match["language"]))

    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        fresh = _FILE.sub(filled, text)
        if fresh != text:
            page.write_text(fresh, "utf-8")


def size(path: Path, language: str) -> str:
    """Return the size of a file in words: "231 pages, 4.8 MB"."""
    megabytes = format_decimal(max(0.1, path.stat().st_size / 1e6), "0.0", locale(language))
    if path.suffix != ".pdf":
        return f"{megabytes} MB"
    pages = len(PdfReader(path).pages)
    return _("{pages} pages, {size}").format(pages=pages, size=f"{megabytes} MB")


def language_name(code: str) -> str:
    """Return the name of a language in itself: "English"."""
    return Locale.parse(locale(code)).get_language_name(locale(code)) or code


def offer(config: Config, docname: str, keys: Iterable[str] = ()) -> str:
    """Return the links to files to take away, as items of a list.

    Parameters
    ----------
    config
        The settings; ``book_files`` has name and file by a key.
    docname
        The page where the links stand.
    keys
        Which files; all, if there is none.
    """
    code = config.language
    language = escape(language_name(code))
    up = "../" * docname.count("/")
    return "".join(
        f'<li class="takeaway" data-file="{escape(file)}" data-language="{code}">'
        f'<a href="{up}{escape(file)}">{escape(name)}</a> ({language}, {_SIZE})</li>'
        for name, file in (config.book_files[key] for key in keys or config.book_files)
    )


class Takeaways(SphinxDirective):
    """Links to the files that the argument names, on the site."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Write the links, or stop at a name that the settings do not have."""
        keys = self.arguments[0].split()
        known = self.config.book_files
        if unknown := [key for key in keys if key not in known]:
            raise self.error(
                f"no file to take away is called {unknown[0]!r}; `book_files` in conf.py has "
                f"{', '.join(known)}"
            )
        items = offer(self.config, self.env.docname, keys)
        links = nodes.raw("", f'<ul class="takeaways">{items}</ul>', format="html")
        return [addnodes.only("", links, expr=SITE)]


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
    """Register the directive, and tell the templates."""
    app.add_directive("takeaways", Takeaways)
    app.connect("html-page-context", _add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
