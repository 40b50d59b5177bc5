"""An EPUB, read whole."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lxml import etree

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "o": "http://www.idpf.org/2007/opf",
    "e": "http://www.idpf.org/2007/ops",
}


class Book:
    """An EPUB, read whole.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """Its pages by name, as a parser of XML reads them."""
        return {
            name.removeprefix("EPUB/"): etree.fromstring(content)
            for name, content in self.files.items()
            if name.endswith(".xhtml")
        }

    @cached_property
    def package(self) -> etree._Element:
        """The package document."""
        return etree.fromstring(self.files["EPUB/package.opf"])

    @cached_property
    def contents(self) -> etree._Element:
        """The contents."""
        return find(self.pages["nav.xhtml"], "//h:nav[@e:type='toc']")[0]

    def said(self, key: str) -> list[str]:
        """Return what the package says of one property."""
        return [str(one.text) for one in find(self.package, f"//o:meta[@property='{key}']")]

    @cached_property
    def order(self) -> list[str]:
        """Its pages in the order of reading."""
        names = {one.get("id"): one.get("href") for one in find(self.package, "//o:item")}
        return [names[one.get("idref")] for one in find(self.package, "//o:itemref")]

    def links(self) -> Iterator[tuple[str, str]]:
        """Return page and target of each link within the book."""
        for name, page in self.pages.items():
            for link in find(page, "//h:a[@href]"):
                target = link.get("href")
                if not target.startswith(("http:", "https:", "mailto:")):
                    yield name, target

    def place(self, name: str, target: str) -> tuple[str, str]:
        """Return page and identifier that a link of a page leads to."""
        way, _sign, fragment = target.partition("#")
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), way)) if way else name, (
            fragment
        )


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """Return what an XPath finds; its prefixes are those of ``SPACES``."""
    found: list[etree._Element] = root.xpath(path, namespaces=SPACES)
    return found


def words(element: etree._Element) -> str:
    """Return the text of an element, its spaces made single."""
    return " ".join("".join(element.itertext()).split())
