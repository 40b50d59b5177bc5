"""The builder ``typst``: the book as PDF/UA-1, for paper and for a tablet, and the checklist."""

from __future__ import annotations

import datetime
import os
import re
import shutil
from collections.abc import Set
from pathlib import Path
from typing import cast

import segno
from docutils import nodes
from pypdf import PdfReader
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.docutils import new_document
from sphinx.util.typing import ExtensionMetadata

from bookext.common import spots
from bookext.common.i18n import _
from bookext.common.places import BIBLIOGRAPHY, CHAPTERS, CHECKLIST, GLOSSARY
from bookext.records.cell_outputs import records
from bookext.records.descriptors import descriptor_paths, load
from bookext.records.licences import of_figure, written
from bookext.typst import assembly, compiler, index, pictures
from bookext.typst.markup import escape, string
from bookext.typst.notes import Notes
from bookext.typst.structure import Places, page_of, part, with_pages
from bookext.typst.translator import TypstTranslator
from govsocial import labels

_TEMPLATE = Path(__file__).with_name("template")
_LOGO = Path(__file__).parents[2] / "_static" / "logo.svg"
# Pages that references lead to without the number of a page: one knows where they are.
_QUIET = frozenset({BIBLIOGRAPHY, GLOSSARY})
_PREAMBLE = '#import "book.typ": *\n#show: {}\n\n'
SIZES = {"a4": "pdf", "tablet": "tablet"}  # and their keys in `book_files`


class TypstBuilder(Builder):
    """Writes the book as Typst's markup, and has it compiled."""

    name = "typst"
    format = "typst"
    epilog = ""
    supported_image_types = ("image/svg+xml", "image/png", "image/jpeg")  # type: ignore[assignment]
    default_translator_class = TypstTranslator
    allow_parallel = False

    places: Places
    notes: Notes
    quiet_pages = _QUIET

    def init(self) -> None:
        """Prepare what is noted while the book is written."""
        self._pictures: dict[str, dict[str, str]] = {}
        self._shown: list[tuple[str, str, str]] = []

    def get_outdated_docs(self) -> str:
        """Say that the book is always written anew."""
        return "the book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return how a reference names a page: the translator knows it by the sign."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return how a reference names a page."""
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write the book and the checklist."""
        folder = Path(self.outdir)
        self._fonts = compiler.gather_fonts(folder / "fonts")
        for path in _TEMPLATE.iterdir():
            shutil.copy(path, folder)
        shutil.copy(_LOGO, folder)
        (folder / "images" / "figures").mkdir(parents=True, exist_ok=True)
        self._write_settings()
        self._write_book(folder / "main.typ")
        if CHECKLIST in self.env.found_docs:
            self._write_checklist(folder / "checklist-page.typ")

    def _write_book(self, path: Path) -> None:
        tree = assembly.assemble(self)
        letters = index.groups(self)
        self.post_process_images(tree)
        figures = (
            f"{d}:{name}"
            for d, node in with_pages(tree)
            if isinstance(node, nodes.figure)
            for name in node["ids"][:1]
        )
        self.places = Places(tree, {*index.places(letters), *figures})
        self.notes = Notes(tree)
        files = [node for node in tree.children if isinstance(node, addnodes.start_of_file)]
        front, *rest = (self._written(file) for file in files)
        shown = "".join(f"({string(n)}, {place}, [{s}]), " for n, place, s in self._shown)
        text = [
            _PREAMBLE.format("book"),
            f"#front-matter(imprint: [{self._imprint()}], pictures: ({shown}))[\n{front}]\n",
            "#show: main-matter\n",
            *rest,
        ]
        quoted = index.written(letters, self.places.name, string)
        text.append(f"\n#make-index({quoted})\n#where-spots-are\n")
        self._check_places()
        path.write_text("".join(text), "utf-8")

    def _write_checklist(self, path: Path) -> None:
        tree = assembly.alone(self, CHECKLIST)
        self.post_process_images(tree)
        self.places, self.notes = Places(tree, ()), Notes(tree)
        text = _PREAMBLE.format("checklist") + self._written(tree)
        path.write_text(text, "utf-8")

    def _written(self, tree: nodes.Node) -> str:
        translator = cast(TypstTranslator, self.create_translator(new_document(""), self))
        tree.walkabout(translator)
        self._shown += translator.pictures
        return "".join(translator.body)

    def _check_places(self) -> None:
        if missing := self.places.missing():
            raise compiler.CompilerError(
                f"nothing is written at {', '.join(sorted(missing)[:5])}, which references lead "
                "to; let the node's visitor in bookext/typst write its anchors"
            )

    def finish(self) -> None:
        """Compile."""
        folder = Path(self.outdir)
        for size, kind in SIZES.items():
            target = folder / self._file(kind)
            compiler.compile_pdf(folder / "main.typ", target, self._fonts, size=size)
        book = folder / self._file("pdf")
        spots.write(folder / spots.FILE, compiler.found_spots(book), PdfReader(book).page_labels)
        page = folder / "checklist-page.typ"
        if page.is_file():
            target = folder / self._file("checklist")
            compiler.compile_pdf(page, target, self._fonts, size="sheet")

    def _file(self, key: str) -> str:
        """Return the name of a file, which every page of the site links to."""
        _name, file = self.config.book_files.get(key, ("", f"{key}.pdf"))
        return str(file)

    @property
    def _subtitle(self) -> str:
        return str(self.config.book_subtitle)

    # What the file says of itself

    def _write_settings(self) -> None:
        config = self.config
        words = {
            "contents": _("Contents"),
            "figures": _("Figures and what they show"),
            "index": _("Index"),
            "part": _("Part"),
            "chapter": _("chapter"),
            "page": _("p."),
            "short": _("In short"),
            "solution": _("Solution"),
        }
        arguments: dict[str, str] = {
            "title": string(config.project),
            "subtitle": string(self._subtitle),
            "author": string(config.author),
            "language": string(config.language),
            "keywords": f"({''.join(f'{string(word)}, ' for word in config.book_keywords)})",
            "colophon": string(config.copyright),
            "words": f"({''.join(f'{key}: {string(word)}, ' for key, word in words.items())})",
        }
        given = "".join(f"  {name}: {value},\n" for name, value in arguments.items())
        Path(self.outdir, "settings.typ").write_text(f"#let settings = (\n{given})\n", "utf-8")

    def _imprint(self) -> str:
        """Return what the page behind the title says."""
        config = self.config
        day = datetime.datetime.fromtimestamp(
            int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.UTC
        ).date()
        date = labels.date(day)
        cite = _("Cite as: {author} ({year}). {title}: {subtitle}. Version {version}.").format(
            author=config.author,
            year=day.year,
            title=config.project,
            subtitle=self._subtitle,
            version=config.release,
        )
        lines = [
            f"*{escape(config.project)}* \\ {escape(self._subtitle)}",
            escape(_("Version {version} of {date}").format(version=config.release, date=date)),
            escape("© " + config.copyright),
            escape(_licence()),
            self._exceptions(),
            escape(_code()),
            escape(cite),
        ]
        if where := config.html_baseurl:
            online = escape(_("Online edition"))
            lines.append(f"{online}: #link({string(where)})")
        lines.append(escape(_type()))
        lines.append(self._notice())
        return "\n\n".join(line for line in lines if line)

    def _exceptions(self) -> str:
        """Name the figures that carry another licence than the book."""
        tables = descriptor_paths(self.env)
        by_licence: dict[str, list[str]] = {}
        for docname in self._pages_in_order():
            for name, record in records(self.env).pages[docname].figures.items():
                carried = of_figure([load(tables[table]) for table in record.tables])
                number = self._number(docname, "figure", nodes.make_id(name))
                if carried and number:
                    by_licence.setdefault(carried[0], []).append(number)
        said = [
            f"{escape(written(licence))}: {escape(', '.join(numbers))}"
            for licence, numbers in sorted(by_licence.items())
        ]
        others = escape(_("Figures under another licence"))
        return f"{others}. {'; '.join(said)}." if said else ""

    def _pages_in_order(self) -> list[str]:
        numbered = self.env.toc_secnumbers
        pages = records(self.env).pages
        order = [name for name in pages if numbered.get(name)]
        return sorted(order, key=lambda name: numbered[name][""])

    def _notice(self) -> str:
        """Return the notice that the outlines of the maps ask for, as the repository has it."""
        path = Path(self.srcdir, "LICENSE-content.md")
        if not path.is_file():  # a small book may do without
            return ""
        found = re.search(r"ISC licence:\n\n((?:>.*\n)+)", path.read_text("utf-8"))
        words = re.sub(r"^> ?", "", found[1], flags=re.MULTILINE) if found else ""
        source = _("Outlines of countries: Natural Earth, by way of world-atlas (ISC licence).")
        return f'{escape(source)} #text(lang: "en")[{escape(words).strip()}]' if words else ""

    # What the translator asks for

    def address(self, docname: str) -> str:
        """Return the address of a page of the online edition, where there is one."""
        where = self.config.html_baseurl
        if not where or not docname.startswith(CHAPTERS):
            return ""
        address = f"{where}{docname}.html"
        picture = Path(self.outdir, "images", f"{docname.replace('/', '-')}-qr.svg")
        segno.make(address, micro=False).save(str(picture), border=0)
        return address

    def online(self, name: str) -> str:
        """Return the address of a place that only the online edition has."""
        where = self.config.html_baseurl
        docname, _colon, anchor = name.partition(":")
        return f"{where}{docname}.html#{anchor}".rstrip("#") if where else ""

    def number(self, docname: str, kind: str, node: nodes.Element) -> str:
        """Return what the site calls a figure, a table or an exercise: *Fig. 3.1*."""
        for name in node["ids"]:
            if number := self._number(docname, kind, name):
                return str(self.config.numfig_format[kind]) % number
        return ""

    def _number(self, docname: str, kind: str, name: str) -> str:
        found = self.env.toc_fignumbers.get(docname, {}).get(kind, {}).get(name)
        return ".".join(map(str, found)) if found else ""

    def picture(self, docname: str, figure: nodes.Element) -> str:
        """Return the file of a figure that a cell drew for paper, or nothing."""
        if docname not in self._pictures:
            self._pictures[docname] = pictures.pictures(self.env, docname)
        for name, picture in self._pictures[docname].items():
            if nodes.make_id(name) in figure["ids"]:
                source = self.env.doc2path(docname, base=False)
                pictures.check(name, str(source), picture, self._fonts / "DejaVuSans.ttf")
                file = f"images/figures/{name}.svg"  # an author's own may have the same name
                Path(self.outdir, file).write_text(picture, "utf-8")
                return file
        return ""

    def image(self, node: nodes.Element) -> str:
        """Copy a picture, and return its file."""
        source = Path(self.srcdir, node["uri"])
        file = f"images/{self.images.get(node['uri'], source.name)}"
        shutil.copy(source, Path(self.outdir, file))
        return file


def _licence() -> str:
    return _(
        "Text and figures are under the licence Creative Commons Attribution 4.0 (CC BY 4.0), "
        "unless the line at a figure names another."
    )


def _code() -> str:
    return _("Code is under the MIT licence; each table has the terms of its sources.")


def _type() -> str:
    return _(
        "Set in Libertinus, Linux Biolinum and DejaVu by Typst. This file is tagged: PDF/UA-1."
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its nodes."""
    app.add_builder(TypstBuilder)
    app.add_node(part)
    app.add_node(page_of)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
