"""The package of the EPUB: what it says of itself, its contents, and the one file of it all.

After EPUB 3.3 (https://www.w3.org/TR/epub-33/) and EPUB Accessibility 1.1
(https://www.w3.org/TR/epub-a11y-11/). The same input gives the same bytes: files are packed in the
order of their names, with the date of the edition.

Closes: Sphinx's package says nothing of accessibility, has no title page and no landmarks, counts
every file of the themes, and packs files with the hour of the build.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml import etree

from bookext.epub.contents import Entry, as_list
from bookext.epub.xhtml import MATHML, SVG, XML, element, file, name, page

ROOT = "EPUB"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_MIMETYPE = "application/epub+zip"
_CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "index",
    "MathML",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)
_PAGES = ("pageBreakMarkers", "pageNavigation")
_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".ncx": "application/x-dtbncx+xml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".xhtml": "application/xhtml+xml",
}


class About(NamedTuple):
    """What the package says of the book."""

    title: str
    subtitle: str
    author: str
    language: str
    version: str
    date: dt.datetime
    rights: str
    summary: str  # of what is accessible, and how
    address: str  # of the online edition, if it has one
    paper: str  # the edition whose pages are marked, if any are

    @property
    def identifier(self) -> str:
        """The name of this version in this language; it stays when the site moves."""
        text = f"{self.title}/{self.language}/{self.version}/epub"
        return uuid.uuid5(uuid.NAMESPACE_URL, text).urn


class Landmark(NamedTuple):
    """A place that reading systems know by its kind."""

    kind: str
    title: str
    address: str


def navigation(
    about: About,
    title: str,
    contents: list[Entry],
    landmarks: Iterable[Landmark],
    guide: str,
    *more: etree._Element,
) -> bytes:
    """Return the contents as a page.

    Parameters
    ----------
    about
        The book.
    title
        What the contents are called.
    contents
        The entries.
    landmarks
        The places that reading systems know.
    guide
        What the list of these is called.
    more
        Further lists: that of the pages.
    """
    toc = element("nav", element("h1", title), as_list(contents), epub_type="toc", id="toc")
    toc.set("role", "doc-toc")
    marks = [
        element("li", element("a", mark.title, href=mark.address, epub_type=mark.kind))
        for mark in landmarks
    ]
    known = element("nav", element("h2", guide), element("ol", *marks), epub_type="landmarks")
    known.set("hidden", "hidden")
    return page(title, about.language, "book.css", element("body", toc, known, *more))


def ncx(about: About, contents: list[Entry]) -> bytes:
    """Return the contents for reading systems of EPUB 2.

    Parameters
    ----------
    about
        The book.
    contents
        The entries.
    """
    root = etree.Element(f"{{{_NCX}}}ncx", nsmap={None: _NCX}, version="2005-1")
    root.set(f"{{{XML}}}lang", about.language)
    head = _add(root, _NCX, "head")
    for key, value in {"dtb:uid": about.identifier, "dtb:depth": "3"}.items():
        _add(head, _NCX, "meta", name=key, content=value)
    _add(_add(root, _NCX, "docTitle"), _NCX, "text").text = about.title
    places: dict[str, int] = {}

    def add(parent: etree._Element, entries: list[Entry]) -> None:
        for entry in entries:
            order = places.setdefault(entry.address, len(places) + 1)
            point = _add(parent, _NCX, "navPoint", id=f"point-{next(count)}", playOrder=str(order))
            _add(_add(point, _NCX, "navLabel"), _NCX, "text").text = entry.title
            _add(point, _NCX, "content", src=entry.address)
            add(point, entry.below)

    count = itertools.count(1)
    add(_add(root, _NCX, "navMap"), contents)
    return file(root)


def _add(parent: etree._Element, space: str, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes)


def opf(about: About, files: dict[str, bytes], spine: list[str], cover: str) -> bytes:
    """Return the package document.

    Parameters
    ----------
    about
        The book.
    files
        All other files by name.
    spine
        Names of the pages, in the order of reading.
    cover
        Name of the picture of the cover.
    """
    attributes = {"version": "3.0", "unique-identifier": "id", f"{{{XML}}}lang": about.language}
    root = etree.Element(f"{{{_OPF}}}package", attributes, nsmap={None: _OPF})
    names = {path: f"f{number}" for number, path in enumerate(sorted(files), 1)}
    metadata = etree.SubElement(root, f"{{{_OPF}}}metadata", nsmap={"dc": _DC})
    _describe(metadata, about)
    _describe_access(metadata, about)
    _add(metadata, _OPF, "meta", name="cover", content=names[cover])
    manifest = _add(root, _OPF, "manifest")
    for path, key in names.items():
        kind = _TYPES[PurePosixPath(path).suffix.lower()]
        item = _add(manifest, _OPF, "item", id=key, href=path, **{"media-type": kind})
        if properties := _properties(path, files[path], cover):
            item.set("properties", " ".join(properties))
    order = _add(root, _OPF, "spine", toc=names["toc.ncx"])
    for path in spine:
        _add(order, _OPF, "itemref", idref=names[path])
    return file(root)


def _describe(metadata: etree._Element, about: About) -> None:
    _dc(metadata, "identifier", about.identifier, id="id")
    _dc(metadata, "title", about.title, id="title")
    _meta(metadata, "title-type", "main", refines="#title")
    _dc(metadata, "title", about.subtitle, id="subtitle")
    _meta(metadata, "title-type", "subtitle", refines="#subtitle")
    _dc(metadata, "language", about.language)
    _dc(metadata, "creator", about.author, id="author")
    _meta(metadata, "role", "aut", refines="#author", scheme="marc:relators")
    _dc(metadata, "publisher", about.author)
    _dc(metadata, "description", about.subtitle)
    _dc(metadata, "date", about.date.strftime("%Y-%m-%d"))
    _dc(metadata, "rights", about.rights)
    if about.address:
        _dc(metadata, "source", about.address)
    _meta(metadata, "dcterms:modified", about.date.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _meta(metadata, "schema:version", about.version)


def _describe_access(metadata: etree._Element, about: About) -> None:
    _meta(metadata, "dcterms:conformsTo", _CONFORMS, id="conforms")
    _meta(metadata, "a11y:certifiedBy", about.author, refines="#conforms")
    for mode in ("textual", "visual"):
        _meta(metadata, "schema:accessMode", mode)
    for sufficient in ("textual", "textual,visual"):
        _meta(metadata, "schema:accessModeSufficient", sufficient)
    for feature in (*_FEATURES, *(_PAGES if about.paper else ())):
        _meta(metadata, "schema:accessibilityFeature", feature)
    if about.paper:
        _meta(metadata, "pageBreakSource", about.paper)
    _meta(metadata, "schema:accessibilityHazard", "none")
    _meta(metadata, "schema:accessibilitySummary", about.summary)


def _dc(metadata: etree._Element, tag: str, value: str, **attributes: str) -> None:
    _add(metadata, _DC, tag, **attributes).text = value


def _meta(metadata: etree._Element, key: str, value: str, **attributes: str) -> None:
    _add(metadata, _OPF, "meta", property=key, **attributes).text = value


def _properties(path: str, content: bytes, cover: str) -> list[str]:
    """Return what a file is or holds, as reading systems want to be told."""
    found = []
    if path == "nav.xhtml":
        found.append("nav")
    if path == cover:
        found.append("cover-image")
    if path.endswith(".xhtml"):
        tags = {one.tag for one in etree.fromstring(content).iter()}
        if name("math", MATHML) in tags:
            found.append("mathml")
        if name("svg", SVG) in tags:
            found.append("svg")
    return found


def container() -> bytes:
    """Return the file that says where the package document is."""
    root = etree.Element(f"{{{_CONTAINER}}}container", {"version": "1.0"}, nsmap={None: _CONTAINER})
    files = _add(root, _CONTAINER, "rootfiles")
    path = {"full-path": f"{ROOT}/package.opf", "media-type": "application/oebps-package+xml"}
    _add(files, _CONTAINER, "rootfile", **path)
    return file(root)


def pack(target: Path, files: dict[str, bytes], date: dt.datetime) -> None:
    """Write the one file of it all.

    Parameters
    ----------
    target
        Where it goes.
    files
        Names and contents.
    date
        The date that the files carry.
    """
    whole = {f"{ROOT}/{path}": content for path, content in files.items()}
    whole["META-INF/container.xml"] = container()
    with zipfile.ZipFile(target, "w") as book:
        # The first, and not packed: so a file can be told by its first bytes.
        book.writestr(_entry("mimetype", date, zipfile.ZIP_STORED), _MIMETYPE)
        for path in sorted(whole):
            book.writestr(_entry(path, date, zipfile.ZIP_DEFLATED), whole[path], compresslevel=9)


def _entry(path: str, date: dt.datetime, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date.timetuple()[:6])
    entry.compress_type = how
    entry.create_system = 3  # as on Linux, wherever it is packed
    entry.external_attr = 0o644 << 16
    return entry
