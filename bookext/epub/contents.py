"""The contents of the EPUB: parts, chapters, sections; its index; and where its pages are.

Closes: Sphinx's EPUB has no parts, since it drops the captions of toctrees, and its index sends
readers to numbers in brackets.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lxml import etree
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries

from bookext.common.i18n import _
from bookext.common.nodes import chapter_number
from bookext.common.places import ONLINE, OVERVIEWS
from bookext.epub.xhtml import element, name, text


class Entry(NamedTuple):
    """An entry of the contents, and those below it."""

    title: str
    address: str
    below: list[Entry]

    def walk(self) -> Iterator[Entry]:
        """Return this entry and all below it, in the order of reading."""
        yield self
        for entry in self.below:
            yield from entry.walk()


class Part(NamedTuple):
    """A part of the book: its title, and its pages in their order."""

    title: str
    pages: list[str]


def parts(env: BuildEnvironment) -> list[Part]:
    """Return the parts of the book: a toctree with a caption begins one.

    One page stands for all that are in the online edition only, where the first of them would be.
    """
    away = set(env.config.book_online_only)
    found: list[Part] = []
    for toctree in env.get_doctree(env.config.root_doc).findall(addnodes.toctree):
        names = [ONLINE if name in away else name for _title, name in toctree["entries"]]
        pages = [*dict.fromkeys(names)]
        if toctree.get("caption"):
            found.append(Part(toctree["caption"], pages))
        elif found:
            found[-1].pages.extend(pages)
        else:
            found.append(Part("", pages))
    return found


def pages(env: BuildEnvironment) -> list[str]:
    """Return the pages of the book in the order of reading, the front page first."""
    return [env.config.root_doc, *(name for part in parts(env) for name in part.pages)]


def contents(
    env: BuildEnvironment, texts: dict[str, etree._Element], addresses: dict[str, str]
) -> list[Entry]:
    """Return the contents of the book.

    Parameters
    ----------
    env
        The environment of the build.
    texts
        The written pages.
    addresses
        Where they are.
    """

    def chapter(docname: str) -> Entry:
        below = list(_sections(texts[docname], addresses[docname]))
        return Entry(text(_heading(texts[docname])), addresses[docname], below)

    found = [Entry(_("About this book"), addresses[env.config.root_doc], [])]
    for part in parts(env):
        entries = [chapter(docname) for docname in part.pages]
        if not part.title:
            found += entries
            continue
        first, *rest = entries
        overview = part.pages[0].startswith(OVERVIEWS)
        found.append(Entry(part.title, first.address, rest if overview else entries))
    return found


def _heading(page: etree._Element) -> etree._Element:
    return next(page.iter(name("h1")))


def _sections(page: etree._Element, address: str) -> Iterator[Entry]:
    for heading in page.iter(name("h2")):
        section = heading.getparent()
        if section is not None and section.tag == name("section"):
            yield Entry(text(heading), f"{address}#{section.get('id')}", [])


def as_list(entries: Iterable[Entry]) -> etree._Element:
    """Return entries as nested lists."""
    items = []
    for entry in entries:
        item = element("li", element("a", entry.title, href=entry.address))
        if entry.below:
            item.append(as_list(entry.below))
        items.append(item)
    return element("ol", *items)


class Place(NamedTuple):
    """Where a word of the index leads."""

    address: str
    words: str


def index(builder: Builder, own: Iterable[str]) -> list[etree._Element]:
    """Return the index of the book, letter by letter.

    Parameters
    ----------
    builder
        The builder, which knows the addresses.
    own
        Names of the pages of the EPUB; what leads elsewhere is left out.
    """
    env = builder.env
    known = {builder.get_target_uri(docname): docname for docname in own}

    def places(links: Iterable[tuple[str | None, str | Literal[False]]]) -> list[etree._Element]:
        found: dict[str, Place] = {}
        for _main, address in links:
            docname = known.get(address.partition("#")[0]) if address else None
            if address and docname:
                found.setdefault(docname, Place(address, _called(env, docname)))
        return [element("a", place.words, href=place.address) for place in found.values()]

    letters = []
    for letter, entries in IndexEntries(env).create_index(builder):
        items = []
        for word, (links, below, _key) in entries:
            inner = [_item(subword, found, []) for subword, sub in below if (found := places(sub))]
            if (found := places(links)) or inner:
                items.append(_item(word, found, inner))
        if items:
            heading = element("h2", letter)
            letters.append(element("section", heading, element("ul", *items), class_="letter"))
    return letters


def _called(env: BuildEnvironment, docname: str) -> str:
    """Return how the index calls a page: a chapter by its number, another by its title."""
    if chapter := chapter_number(env, docname):
        return chapter
    return env.titles[docname].astext()


def _item(word: str, places: list[etree._Element], below: list[etree._Element]) -> etree._Element:
    made = element("li", element("span", word, epub_type="index-term"))
    for place in places:
        made[-1].tail = (made[-1].tail or "") + ", "
        place.set("{http://www.idpf.org/2007/ops}type", "index-locator")
        made.append(place)
    if below:
        made.append(element("ul", *below))
    return made


def resolve(page: str, target: str) -> str:
    """Return the address of a link's target, as seen from the package."""
    address, sign, fragment = target.partition("#")
    way = posixpath.normpath(posixpath.join(posixpath.dirname(page), address)) if address else page
    return f"{way}{sign}{fragment}"
