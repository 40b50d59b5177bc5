"""The builder of the EPUB: which pages it holds, and how they become one file.

The pages are those of the book, as in the PDF; the blog, the modules' code and whatever a server is
needed for stay on the site. They are written by Sphinx's EPUB builder and packed by this room.

Closes: Sphinx's builder takes every page and every file of the theme, writes pages that are not
well-formed when a cell's result is not, and links to files that are not in the package.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import posixpath
from collections.abc import Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util import logging
from sphinx.util.docutils import new_document
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.nodes import chapter_number
from bookext.common.places import BIBLIOGRAPHY, GLOSSARY, ONLINE
from bookext.epub import contents as toc
from bookext.epub import page_list
from bookext.epub.cover import cover
from bookext.epub.package import About, Landmark, navigation, ncx, opf, pack
from bookext.epub.xhtml import content, element, identifiers, links, page, text
from bookext.records import shortened
from bookext.records.descriptors import descriptor_paths

_LOGGER = logging.getLogger(__name__)
_SHEET = "book.css"
_INDEX, _COVER, _TITLE, _NAVIGATION = "genindex", "cover", "title", "nav"
_SEEN = "leader_first_months"  # whose dates the cover draws
# What a page is: by its name, or by its folder.
_KINDS = {
    GLOSSARY: ("glossary", "doc-glossary"),
    BIBLIOGRAPHY: ("bibliography", "doc-bibliography"),
    _INDEX: ("index", "doc-index"),
    "index": ("introduction", "doc-introduction"),
    "chapters": ("chapter", "doc-chapter"),
    "parts": ("part", "doc-part"),
    "notebooks": ("chapter", "doc-chapter"),
    "back": ("appendix", "doc-appendix"),
}


class Epub(Epub3Builder):
    """The book as an EPUB 3 package."""

    epilog = ""
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012

    @cached_property
    def own(self) -> list[str]:
        """The pages of the book in the order of reading."""
        return toc.pages(self.env)

    def get_outdated_docs(self) -> Iterator[str]:
        """Return all pages: what one of them says may depend on another."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return where a page is; what is not in the book is not reached by a link."""
        if docname in self.config.book_online_only:
            docname = ONLINE
        if docname != _INDEX and docname not in self.own:
            raise NoUri(docname, typ)
        return super().get_target_uri(docname, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Forget the pages of another order of the book."""
        self.__dict__.pop("own", None)
        super().prepare_writing(docnames)

    def copy_assets(self) -> None:
        """Take nothing from the theme."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the pages of the book, and no others."""
        super().write_documents(docnames & set(self.own))
        if ONLINE in self.own:
            names = [name for name in self.config.book_online_only if name in self.env.found_docs]
            trees = (
                (name, self.env.get_and_resolve_doctree(name, self, tags=self.tags))
                for name in names
            )
            page = new_document(ONLINE)
            page += shortened.online(self.env, trees)
            self.write_doc(ONLINE, page)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:  # noqa: ARG002
        """Return what a page needs, which is less than on the site."""
        title = self.env.titles[docname].astext() if docname in self.env.titles else ""
        return {"title": title, "body": body}

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], *_more: Any, **_others: Any
    ) -> None:
        """Write a page as well-formed XHTML."""
        elements = content(addctx["body"])
        self._write(pagename, addctx["title"] or text(elements[0][0]), elements)

    def _write(self, pagename: str, title: str, elements: list[etree._Element]) -> None:
        path = Path(self.outdir, f"{pagename}.xhtml")
        path.parent.mkdir(parents=True, exist_ok=True)
        up = posixpath.relpath(_SHEET, posixpath.dirname(pagename) or ".")
        kind, role = _kind(pagename)
        body = element("body", *elements, class_=pagename.partition("/")[0])
        if kind and len(body):
            body[0].set("{http://www.idpf.org/2007/ops}type", kind)
            body[0].set("role", role)
            if body[0].get("id") and not body[0].get("aria-label"):
                body[0].set("aria-label", title)
        path.write_bytes(page(title, self.config.language, up, body))

    def finish(self) -> None:
        """Add the index, the contents and the cover, and pack everything."""
        entries = toc.index(self, self.own)
        if entries:
            heading = element("h1", _("Index"))
            whole = element("section", heading, *entries, id="index", class_="index")
            self._write(_INDEX, _("Index"), [whole])
        self._write_title()
        self.copy_image_files()
        self._pack(has_index=bool(entries))

    def _write_title(self) -> None:
        about = self.about
        lines = [
            element("h1", about.title, class_="title"),
            element("p", about.subtitle, class_="subtitle"),
            element("p", about.author, class_="author"),
            element("p", _("Version {version}").format(version=about.version)),
            element("p", about.rights),
        ]
        if about.address:
            lines.append(element("p", element("a", about.address, href=about.address)))
        section = element("section", *lines, epub_type="titlepage", id="title-page")
        self._write(_TITLE, about.title, [section])

    @cached_property
    def about(self) -> About:
        """What the package says of the book."""
        config = self.config
        return About(
            title=config.project,
            subtitle=config.book_subtitle,
            author=config.author,
            language=config.language,
            version=config.version,
            date=dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), dt.UTC),
            rights=config.copyright,
            summary=_(
                "Every figure has an alternative text that says what it shows, and every formula "
                "is MathML. Contents, index and links lead through the book; text and colours "
                "follow the reading system."
            ),
            address=config.html_baseurl,
            paper=self._paper,
        )

    @property
    def _paper(self) -> str:
        """What the edition is called whose pages are marked, if any are."""
        if not page_list.begun(self):
            return ""
        return _("{title}, version {version}, PDF (A4)").format(
            title=self.config.project, version=self.config.version
        )

    def _pack(self, *, has_index: bool) -> None:
        names = [_COVER, _TITLE, *self.own, *([_INDEX] if has_index else [])]
        self._write_cover()
        texts = {name: self._read(name) for name in names}
        entries = toc.contents(self.env, texts, {n: self.get_target_uri(n) for n in self.own})
        if has_index:
            entries.append(toc.Entry(_("Index"), f"{_INDEX}.xhtml", []))
        self._check_links(texts)
        files = {f"{name}.xhtml": Path(self.outdir, f"{name}.xhtml").read_bytes() for name in names}
        for name in self.images.values():
            files[f"{self.imagedir}/{name}"] = Path(self.outdir, self.imagedir, name).read_bytes()
        files[_SHEET] = Path(__file__).with_name(_SHEET).read_bytes()
        files["cover.png"] = Path(self.outdir, "cover.png").read_bytes()
        marks = self._landmarks(entries, has_index)
        begun = page_list.begun(self)
        paper = [page_list.as_nav(begun, _("Pages of the PDF"))] if begun else []
        files["nav.xhtml"] = navigation(
            self.about, _("Contents"), entries, marks, _("Landmarks"), *paper
        )
        files["toc.ncx"] = ncx(self.about, entries)
        spine = [f"{name}.xhtml" for name in (_COVER, _TITLE, _NAVIGATION, *names[2:])]
        files["package.opf"] = opf(self.about, files, spine, "cover.png")
        pack(Path(self.outdir, f"{self.config.epub_basename}.epub"), files, self.about.date)

    def _write_cover(self) -> None:
        about = self.about
        dates = first_dates(self.env)
        picture = cover(about.title, about.subtitle, about.author, dates)
        Path(self.outdir, "cover.png").write_bytes(picture)
        words = _(
            "Cover: {title}. {subtitle}. Below the title a dot for each government, in the order "
            "in which they came; a ring is one that never did."
        ).format(title=about.title, subtitle=about.subtitle)
        image = element("img", src="cover.png", alt=words, role="doc-cover")
        self._write(_COVER, about.title, [element("section", image, epub_type="cover")])

    def _read(self, pagename: str) -> etree._Element:
        return etree.parse(Path(self.outdir, f"{pagename}.xhtml")).getroot()

    def _landmarks(self, entries: list[toc.Entry], has_index: bool) -> list[Landmark]:
        first = next((n for n in self.own if chapter_number(self.env, n)), self.own[-1])
        found = [
            Landmark("cover", _("Cover"), f"{_COVER}.xhtml"),
            Landmark("toc", _("Contents"), f"{_NAVIGATION}.xhtml#toc"),
            Landmark("bodymatter", _("Beginning"), self.get_target_uri(first)),
        ]
        addresses = {name: self.get_target_uri(name) for name in self.own}
        for entry in (inner for outer in entries for inner in outer.walk()):
            for name in (GLOSSARY, BIBLIOGRAPHY):
                if entry.address == addresses.get(name):
                    found.append(Landmark(_KINDS[name][0], entry.title, entry.address))
        if has_index:
            found.append(Landmark("index", _("Index"), f"{_INDEX}.xhtml"))
        return found

    def _check_links(self, texts: dict[str, etree._Element]) -> None:
        """Say which links lead nowhere; a warning stops the build."""
        places = {f"{name}.xhtml": identifiers(root) for name, root in texts.items()}
        for name, root in texts.items():
            for link in links(root):
                target = link.get("href", "")
                if not target or ":" in target.split("/")[0]:
                    continue
                way, _sign, fragment = toc.resolve(f"{name}.xhtml", target).partition("#")
                if way not in places or (fragment and fragment not in places[way]):
                    _LOGGER.warning(
                        "EPUB: '%s' leads to %s, which is not in the book",
                        text(link),
                        target,
                        location=name,
                        type="govsocial",
                    )


def _kind(pagename: str) -> tuple[str, str]:
    folder = pagename.partition("/")[0]
    return _KINDS.get(pagename) or _KINDS.get(folder) or ("", "")


def first_dates(env: BuildEnvironment) -> list[str]:
    """Return when each government was first seen; a small book has none."""
    found = descriptor_paths(env).get(_SEEN)
    if found is None:
        return []
    with found.with_name(f"{_SEEN}.csv").open(encoding="utf-8", newline="") as table:
        return [row["first_any"] for row in csv.DictReader(table)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the builder in the place of Sphinx's."""
    app.add_builder(Epub, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
