"""Slides of each chapter, made from its page: question, findings with their figures, caveats.

A slide of a figure has the finding, which is the first sentence of its caption, as its heading; the
slide after the figures of a section holds what they cannot show. The slides are one page without a
script: a screen shows one after the other (space, arrows and page keys turn them), paper prints one
on a sheet.

Closes: nbconvert makes slides of reveal.js, which loads itself from another site and needs scripts
in the page (https://github.com/jupyter/nbconvert/issues/1064).
"""

from __future__ import annotations

import posixpath
import re
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.order import Finished, Writing
from bookext.common.outputs import finish, is_older
from bookext.common.places import CHAPTERS
from bookext.html.figures import from_page, untie
from bookext.records.cell_outputs import records
from bookext.records.number_ledger import reading_order

FOLDER = "slides"
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
_HEAD_MARK = "//*[contains(@class, 'headerlink')]"


class Slide(NamedTuple):
    """A slide: its heading, and what stands below it as HTML."""

    kind: str
    title: str
    body: str


def _write(app: Sphinx) -> None:
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    names = sorted(Path(name).name for name in app.env.found_docs if _is_chapter(name))
    for path in folder.glob("*.html"):
        if path.stem not in names:
            path.unlink()
    for name in names:
        written, target = Path(app.outdir, f"{CHAPTERS}{name}.html"), Path(folder, f"{name}.html")
        if not is_older(target, written):
            continue
        page = lxml.html.fromstring(written.read_text("utf-8"))
        context = {
            "t": _,
            "project": app.config.project,
            "language": app.config.language,
            "favicon": app.config.html_favicon,
            "copyright": app.config.copyright,
            "page": f"../{CHAPTERS}{name}.html",
            "slides": slides(page, f"{CHAPTERS}{name}"),
        }
        made = app.builder.templates.render("slides.html", context)
        target.write_text(made, "utf-8")


def _is_chapter(docname: str) -> bool:
    return docname.startswith(CHAPTERS)


def slides(page: lxml.html.HtmlElement, docname: str) -> list[Slide]:
    """Return the slides of a chapter.

    Parameters
    ----------
    page
        Its page, as it was written.
    docname
        Its name, from which its links lead.
    """
    whole = page.xpath("//section[h1]")[0]
    for mark in whole.xpath(f".{_HEAD_MARK}"):
        mark.drop_tree()
    whole.rewrite_links(partial(from_page, docname, FOLDER), base_href=None)
    made = [Slide("title", _text(whole.find("h1")), ""), *_opening(whole)]
    for section in whole.xpath("./section[.//figure[@id] | .//*[contains(@class, 'caveat')]]"):
        made += _of_section(section)
    return made


def _opening(whole: etree._Element) -> list[Slide]:
    """Return the slides of a chapter's answer and of what one learns."""
    made = [Slide("answer", _("In short"), _html(part)) for part in whole.xpath("./p[1]")]
    for box in whole.xpath("./*[contains(@class, 'objectives')]"):
        made.append(_box("objectives", box))
    return made


def _of_section(section: etree._Element) -> list[Slide]:
    """Return a slide for each figure of a section, and those of its caveats."""
    made = [_of_figure(figure) for figure in section.xpath(".//figure[@id and .//img]")]
    if not made:
        words = "".join(map(_html, section.xpath("./p[1]")))
        made = [Slide("text", _text(section.find("h2")), words)]
    boxes = section.xpath(".//*[contains(concat(' ', @class, ' '), ' caveat ')]")
    return made + [_box("caveat", box) for box in boxes]


def _of_figure(figure: etree._Element) -> Slide:
    image = figure.xpath(".//img")[0]
    number = _text(*figure.xpath(".//*[@class='caption-number']"))
    finding, *rest = _SENTENCE.split(_text(*figure.xpath(".//*[@class='caption-text']")))
    drawn = lxml.html.Element("img", {n: image.get(n, "") for n in ("src", "alt")})
    words = lxml.html.Element("p")
    words.text = " ".join([number, *rest]).strip()
    return Slide("figure", finding, _html(drawn) + _html(words))


def _box(kind: str, box: etree._Element) -> Slide:
    title, *content = box
    return Slide(kind, _text(title), "".join(map(_html, content)))


def _text(*elements: etree._Element | None) -> str:
    found = ("" if element is None else element.xpath("string()") for element in elements)
    return " ".join(" ".join(found).split())


def _html(element: etree._Element) -> str:
    untie(element)
    text: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return text


class slide_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the list until the titles of all chapters are read."""


class SlideList(SphinxDirective):
    """List the slides of all chapters, by title."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the titles are known when all pages are read."""
        records(self.env).readers.add(self.env.docname)
        return [slide_list()]


class WriteSlideList(SphinxPostTransform):
    """Put the list in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Name the chapters in the order of the book; each leads to its slides."""
        up = posixpath.relpath(".", posixpath.dirname(self.env.docname) or ".")
        for mark in list(self.document.findall(slide_list)):
            items = []
            for name in filter(_is_chapter, reading_order(self.env)):
                address = f"{up}/{FOLDER}/{posixpath.basename(name)}.html"
                title = self.env.titles[name].astext()
                link = nodes.reference("", title, refuri=address, internal=True)
                items.append(nodes.list_item("", nodes.paragraph("", "", link)))
            mark.replace_self(nodes.enumerated_list("", *items))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the slides when the pages are written."""
    app.add_directive("slide-list", SlideList)
    app.add_post_transform(WriteSlideList)
    app.add_node(slide_list)
    finish(app, _write, priority=Finished.FIGURE_PAGES, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
