"""A page for each figure: the drawing as large as it is, its data as a table, its files.

A figure leads to its page; where scripts run, the page opens over the text (``figures.js``), and
Escape or a button leads back. The page is made of what the written page of the text says below the
figure, so that number, caption and sources are the same.

Closes: Sphinx links a picture to its bare file, which has no way back and no words
(https://github.com/sphinx-doc/sphinx/issues/7481).
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import lxml.html
from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.addresses import address
from bookext.common.i18n import _, of_tables
from bookext.common.kept import write_whole
from bookext.common.order import Finished, Writing
from bookext.common.outputs import SiteTransform, finish, is_live, is_older
from bookext.common.reading import short_number
from bookext.html.contents import of_build, rooms
from bookext.html.editions import alternates, others
from bookext.html.images import picture
from bookext.html.pixels import pixels
from bookext.records.cell_outputs import FigureRecord, records
from bookext.records.descriptors import descriptor_paths, load
from bookext.records.figure_line import FOLDER
from govsocial import columns

_ROWS = 200  # of a table on a page; the file has all
_PIXELS = 1440  # across a picture of dots, twice the width of the text


class Openings(SiteTransform):
    """Let each figure lead to its page; a copy of a figure leads to the figure."""

    default_priority = Writing.FIGURE_PAGES

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the figures that cells drew."""
        up = posixpath.relpath(".", posixpath.dirname(self.env.docname) or ".")
        for shown in self.document.findall(picture):
            if isinstance(shown.parent, nodes.reference):
                continue
            name = next(shown.findall(nodes.image))["figure"]
            shown["opens"] = f"{up}/{FOLDER}/{name}.html"


def _write(app: Sphinx) -> None:
    for docname, page in records(app.env).pages.items():
        text = Path(app.outdir, f"{docname}.html")
        made = [Path(app.outdir, FOLDER, f"{name}.html") for name in page.figures]
        if any(is_older(path, text) for path in made):
            _write_pages(app, docname, text, page.figures)


def _write_pages(app: Sphinx, docname: str, page: Path, figures: dict[str, FigureRecord]) -> None:
    text = lxml.html.fromstring(page.read_text("utf-8"))
    title = text.xpath("string(//h1)").strip().removesuffix("#")
    for name, record in figures.items():
        target = Path(app.outdir, FOLDER, f"{name}.html")
        (figure,) = text.xpath("//figure[@id=$name]", name=nodes.make_id(name))
        figure.rewrite_links(partial(from_page, docname, FOLDER), base_href=None)
        drawing = _drawing(figure)
        if is_live() and target.is_file() and drawing["src"] in target.read_text("utf-8"):
            continue  # its words are old until the next make
        meanings = _columns(app.env, name, record)
        _write_descriptor(app, name, meanings)
        if drawing["src"].endswith(".svg"):
            _write_dots(app, name, drawing["src"])
        context = drawing | _words(figure, f"{name}.html") | _table(record.drawn)
        context |= {
            "columns": meanings,
            "name": name,
            "page": title,
            "back": f"../{docname}.html#{figure.get('id')}",
            "shared": {
                "image": address(app.config, f"{FOLDER}/{name}.png"),
                "alt": drawing["alt"],
            },
        }
        made = app.builder.templates.render("figure.html", context | _book(app, name))
        target.write_text(made, "utf-8")


def _book(app: Sphinx, name: str) -> dict[str, Any]:
    """Return what each of the pages says of the book."""
    config = app.config
    here = f"{FOLDER}/{name}"

    def pathto(other: str, resource: int = 0) -> str:
        return f"../{other}" if resource else app.builder.get_relative_uri(here, other)

    folder = Path(app.srcdir, "locale")
    return {
        "t": _,
        "pagename": here,
        "pathto": pathto,
        "hasdoc": {*app.env.all_docs, "genindex"}.__contains__,
        "builder": app.builder.name,
        "root_doc": config.root_doc,
        "parts": of_build(app),
        "rooms": rooms(app.env, here),
        "other_editions": others(config, folder, f"{here}.html"),
        "project": config.project,
        "language": config.language,
        "favicon": config.html_favicon,
        "canonical": f"{config.blog_baseurl}{FOLDER}/{name}.html",
        "alternates": alternates(config, folder, f"{here}.html"),
    }


def from_page(docname: str, target: str, link: str) -> str:
    """Return a link of a page as it is written in another folder of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    path, fragment = urldefrag(link)
    folder = posixpath.dirname(docname)
    whole = posixpath.normpath(posixpath.join(folder, path)) if path else f"{docname}.html"
    return posixpath.relpath(whole, target) + (f"#{fragment}" if fragment else "")


def _drawing(figure: etree._Element) -> dict[str, str]:
    (image,) = figure.iter("img")
    return {key: image.get(key, "") for key in ("src", "alt", "width", "height")}


def _words(figure: etree._Element, page: str) -> dict[str, str]:
    """Return number, caption and line of a figure, the last two as HTML without links to a page."""
    (caption,) = figure.iter("figcaption")
    number = caption.xpath("string(.//*[@class='caption-number'])").strip()
    for itself in caption.xpath(".//a[@href=$page]", page=page):
        itself.tail = (itself.tail or "").removeprefix(" · ")
        itself.drop_tree()
    parts = caption.xpath(".//*[@class='caption-text']"), caption.xpath(".//*[@class='legend']/*")
    inside = ("".join(_html(part) for part in found) for found in parts)
    return {"number": number, **dict(zip(("caption", "legend"), inside, strict=True))}


def untie(element: etree._Element) -> None:
    """Take away what ties a copied element to the page of the text: its ids, and its previews'."""
    for name in ("id", "data-preview"):
        for copied in element.xpath(f"descendant-or-self::*[@{name}]"):
            del copied.attrib[name]


def _html(element: etree._Element) -> str:
    untie(element)
    text: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return text


def _table(drawn: str) -> dict[str, object]:
    """Return the head and the first rows of the data of a figure."""
    head, *rows = list(csv.reader(io.StringIO(drawn)))
    cells = [[short_number(cell) for cell in row] for row in rows[:_ROWS]]
    return {"head": head, "rows": cells, "shown": len(cells), "all_rows": len(rows)}


def _columns(env: BuildEnvironment, name: str, record: FigureRecord) -> list[tuple[str, str]]:
    """Return the columns of the data of a figure, and what each means, as far as it is said."""
    fields: dict[str, str] = {}
    for table in record.tables:
        resource = load(descriptor_paths(env)[table])
        words = of_tables(resource["madeBy"])
        for field in resource["schema"]["fields"]:
            unit = f" ({words(field['unit'])})" if "unit" in field else ""
            fields.setdefault(field["name"], words(field["description"]) + unit)
    head = next(csv.reader(io.StringIO(record.drawn)))
    return [
        (column, columns.meaning(name, column) if columns.own(name, column) else said)
        for column in head
        for said in [fields.get(column) or columns.meaning(name, column)]
    ]


def _write_descriptor(app: Sphinx, name: str, found: list[tuple[str, str]]) -> None:
    """Write what the columns mean beside the data, as a Frictionless Data Resource."""
    fields = [{"name": column, **({"description": said} if said else {})} for column, said in found]
    resource = {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
    text = json.dumps(resource, ensure_ascii=False, indent=1)
    Path(app.outdir, FOLDER, f"{name}.resource.json").write_text(text, "utf-8")


def _write_dots(app: Sphinx, name: str, source: str) -> None:
    """Write the drawing as a picture of dots, if it has changed."""
    folder = Path(app.outdir, FOLDER)
    drawing = (folder / source).resolve()
    kept = Path(app.doctreedir, "images", f"{drawing.stem}.png")
    if not kept.exists():
        dots = pixels(drawing.read_text("utf-8"), width=_PIXELS, ground="white")
        write_whole(kept, dots)
    (folder / f"{name}.png").write_bytes(kept.read_bytes())


def _add_script(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is not None and any(doctree.findall(picture)):
        app.add_js_file("figures.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Link the figures as pages are written, and write their own pages at the end."""
    app.add_post_transform(Openings)
    app.add_css_file("figures.css")
    app.connect("html-page-context", _add_script)
    finish(app, _write, priority=Finished.FIGURE_PAGES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
