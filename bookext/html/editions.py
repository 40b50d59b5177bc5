"""The same page in the other languages: for templates, for search engines, and the sitemap.

Templates get ``other_editions``: code, name and address of this page in each other language, from
here (its anchors are the same), and the words by which the front page offers that language once,
where the browser asks for it. The head of a page names all of them (``alternate`` and
``hreflang``; whole addresses where the site has one), and so does ``sitemap.xml``.

Closes: Sphinx builds each language for itself and knows of no other; sphinx-sitemap takes the
language of a page from its folder, which the source language has none of (seen in 2.9.0).
"""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.core import Locale
from babel.messages.pofile import read_po
from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import BOOK, catalogue, folder_of, languages
from bookext.common.order import PageContext
from bookext.common.outputs import finish
from govsocial.language import SOURCE, noted

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_UNLISTED = ("_modules/", "search", "404")
_XHTML = "http://www.w3.org/1999/xhtml"


class Edition(NamedTuple):
    """A page in a language: its code, its name, the page's address, and how it is offered."""

    code: str
    name: str
    url: str
    offer: str = ""


def name_of(code: str) -> str:
    """Return the name of a language in itself.

    >>> name_of("en"), name_of("it")
    ('English', 'Italiano')
    """
    name = Locale.parse(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


@cache
def offer_of(code: str, folder: Path) -> str:
    """Return the words that offer a language, in that language: "Leggi il libro in italiano"."""
    message = noted("Read this book in {language}")
    if code != SOURCE:
        with catalogue(folder, code, BOOK).open("rb") as file:
            found = read_po(file, locale=code).get(message)
        message = str(found.string) if found and found.string else message
    return message.format(language=Locale.parse(code).get_display_name(code) or code)


def editions(config: Config, folder: Path, page: str) -> list[Edition]:
    """Return a page in all languages, the source language first, with whole addresses."""
    root = root_of(config)
    return [
        Edition(code, name_of(code), f"{root}{folder_of(code)}{page}") for code in languages(folder)
    ]


def root_of(config: Config) -> str:
    """Return the address of the whole site: that of its source language."""
    address: str = config.blog_baseurl
    return address.removesuffix(folder_of(config.language))


def elsewhere(language: str, folder: Path, page: str) -> list[Edition]:
    """Return a page in all languages, the source language first, with the way from this one."""
    here = posixpath.dirname(f"{folder_of(language)}{page}") or "."
    return [
        Edition(code, name_of(code), posixpath.relpath(f"{folder_of(code)}{page}", here))
        for code in languages(folder)
    ]


def others(config: Config, folder: Path, page: str) -> list[Edition]:
    """Return a page in the other languages, with the way from this one."""
    every = elsewhere(config.language, folder, page)
    return [edition for edition in every if edition.code != config.language]


def alternates(config: Config, folder: Path, page: str) -> str:
    """Return what the head of a page says of its languages; whole addresses if the site has one."""
    every = elsewhere(config.language, folder, page)
    if config.html_baseurl:
        every = editions(config, folder, page)
    links = [(edition.code, edition.url) for edition in every if len(every) > 1]
    links += [("x-default", url) for code, url in links if code == SOURCE]
    return "".join(
        f'<link rel="alternate" hreflang="{code}" href="{url}"/>\n' for code, url in links
    )


def _lists(app: Sphinx) -> set[str]:
    if not hasattr(app, "book_lists"):
        app.book_lists = set()  # type: ignore[attr-defined]
    found: set[str] = app.book_lists  # type: ignore[attr-defined]
    return found


def _add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None:  # a page of a list, written after those with a source
        _lists(app).add(pagename)
    page, folder = f"{pagename}{context['file_suffix']}", Path(app.srcdir, "locale")
    context["other_editions"] = [
        edition._replace(offer=offer_of(edition.code, folder))
        for edition in others(app.config, folder, page)
    ]
    links = alternates(app.config, folder, page)
    context["metatags"] = context.get("metatags", "") + links


def sitemap(config: Config, folder: Path, pages: list[str]) -> bytes:
    """Return the sitemap of an edition.

    Parameters
    ----------
    config
        The settings of the book.
    folder
        Where the languages have their folders.
    pages
        The files of the pages, from the edition's folder.
    """
    tree = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})
    for page in pages:
        every = editions(config, folder, page)
        url = etree.SubElement(tree, f"{{{_SITEMAP}}}url")
        own = next(edition.url for edition in every if edition.code == config.language)
        etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = own
        for edition in every if len(every) > 1 else []:
            link = {"rel": "alternate", "hreflang": edition.code, "href": edition.url}
            etree.SubElement(url, f"{{{_XHTML}}}link", link)
    written: bytes = etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _write(app: Sphinx) -> None:
    names = app.env.found_docs | _lists(app)
    pages = sorted(f"{name}.html" for name in names if not name.startswith(_UNLISTED))
    text = sitemap(app.config, Path(app.srcdir, "locale"), pages)
    Path(app.outdir, "sitemap.xml").write_bytes(text)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell the templates, and write the sitemap."""
    app.connect("html-page-context", _add, priority=PageContext.WORDS)
    finish(app, _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
