"""Pages as reading systems want them: well-formed, without scripts, marked for what they are.

Closes: the results of cells hold HTML of browsers (attributes without values, styles within the
text), MyST-NB folds code with elements that old reading systems leave shut, and docutils gives
roles that ARIA has given up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
TYPE = f"{{{OPS}}}type"
_SPACES = {"math": MATHML, "svg": SVG}
# What a page of the book cannot use, or a reading system must not get.
_GONE = (
    "//script | //style | //button | //link | //comment() | //*[@hidden]"
    " | //span[@class='label'][parent::div[contains(@class, 'citation')]]"
    " | //*[@class='headerlink'] | //*[contains(@class, 'toctree-wrapper')]"
)
# Attributes of browsers' scripts, and of pandas' tables.
_ATTRIBUTES_GONE = re.compile(
    r"data-.*|on.*|xmlns.*|loading|decoding|hidden|tabindex|border|style|align|valign"
)
_SIZES = re.compile(r"(?<![-\w])(?:width|height)\s*:\s*[\d.]+(?:[a-z]+|%)")  # of pictures
# Of the book and of MyST-NB: their summaries only say that there is something to unfold.
_OWN_FOLDS = {"fold", "hide"}
# Of docutils; the first is deprecated (DPUB-ARIA 1.1), the second says that it holds list items.
_ROLES = {"doc-biblioentry": "listitem"}
_TYPES_OF_ROLES = {
    "doc-backlink": "backlink",
    "doc-footnote": "footnote",
    "doc-noteref": "noteref",
    "doc-pagebreak": "pagebreak",
}


def name(tag: str, space: str = XHTML) -> str:
    """Return the name of an element in its namespace."""
    return f"{{{space}}}{tag}"


def element(tag: str, *children: etree._Element | str, **attributes: str) -> etree._Element:
    """Return an element of XHTML.

    Parameters
    ----------
    tag
        Its name.
    children
        Elements and texts, in their order.
    attributes
        Its attributes: ``class_`` for ``class``, ``epub_type`` for ``epub:type``, and a hyphen for
        each other underscore.
    """
    made = etree.Element(name(tag))
    for key, value in attributes.items():
        made.set(TYPE if key == "epub_type" else key.rstrip("_").replace("_", "-"), value)
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def page(
    title: str, language: str, sheet: str, body: etree._Element, *more: etree._Element
) -> bytes:
    """Return a page as a file.

    Parameters
    ----------
    title
        Its title, as text.
    language
        Its language.
    sheet
        Way from the page to the style sheet.
    body
        The element ``body``.
    more
        Further elements of the head.
    """
    head = element("head", element("title", title), *more)
    head.append(element("link", rel="stylesheet", type="text/css", href=sheet))
    root = etree.Element(name("html"), nsmap={None: XHTML, "epub": OPS})
    root.set("lang", language)
    root.set(f"{{{XML}}}lang", language)
    root.extend([head, body])
    etree.cleanup_namespaces(root, keep_ns_prefixes=["epub"])
    return file(root, "<!DOCTYPE html>")


def file(root: etree._Element, doctype: str | None = None) -> bytes:
    """Return a file of XML."""
    text: bytes = etree.tostring(
        root, xml_declaration=True, encoding="utf-8", doctype=doctype, pretty_print=doctype is None
    )
    return text if text.endswith(b"\n") else text + b"\n"


def content(html: str) -> list[etree._Element]:
    """Return the elements of a page's text.

    Parameters
    ----------
    html
        The text as Sphinx writes it for browsers.
    """
    body = lxml.html.document_fromstring(f"<html><body>{html}</body></html>").body
    for gone in body.xpath(_GONE):
        gone.drop_tree()
    _unfold(body)
    for table in body.xpath("//table[contains(@class, 'checklist')]"):
        _leave_out_boxes(table)
    made = element("body", *(_in_its_space(child, XHTML) for child in body))
    for found in made.iter():
        _tidy(found)
    _number_apart(made)
    return list(made)


def _unfold(body: lxml.html.HtmlElement) -> None:
    """Show what is folded; a summary that an author wrote becomes a title."""
    for details in body.xpath("//details"):
        own = _OWN_FOLDS & set(details.classes)
        for summary in details.xpath("./summary"):
            for sign in summary.xpath(".//svg | .//*[contains(@class, 'state-marker')]"):
                sign.drop_tree()
            if own or not summary.text_content().strip():
                summary.drop_tree()
            summary.tag = "div"
            summary.set("class", "rubric")
        details.tag = "div"
        details.attrib.pop("open", None)
        details.attrib.pop("name", None)


def _leave_out_boxes(table: lxml.html.HtmlElement) -> None:
    """Take out the first column of a checklist, if it is empty: one ticks it on paper."""
    first = [row[0] for row in table.xpath("./thead/tr | ./tbody/tr") if len(row)]
    if not any(cell.text_content().strip() for cell in first[1:]):
        for gone in (*first, *table.xpath("./colgroup")):
            gone.drop_tree()


def _in_its_space(found: etree._Element, space: str) -> etree._Element:
    """Return a copy of an element of HTML, in the namespace that XML wants."""
    space = _SPACES.get(found.tag, space)
    made = etree.Element(name(found.tag, space), nsmap={None: space})
    made.text, made.tail = found.text, found.tail
    for key, value in found.attrib.items():
        if not _ATTRIBUTES_GONE.fullmatch(key) or (found.tag == "col" and key == "style"):
            made.set(key, value)
    if found.tag == "img" and (sizes := _SIZES.findall(found.get("style", ""))):
        made.set("style", "; ".join(sizes))
    made.extend(_in_its_space(child, space) for child in found)
    return made


def _tidy(found: etree._Element) -> None:
    role = found.get("role")
    if role in _TYPES_OF_ROLES:
        found.set(TYPE, _TYPES_OF_ROLES[role])
    if role in _ROLES:
        found.set("role", _ROLES[role])
    if found.tag == name("th") and not text(found):
        found.tag = name("td")  # the corner of a table of pandas heads nothing
    if found.tag == name("th") and "scope" not in found.attrib:
        in_head = any(parent.tag == name("thead") for parent in found.iterancestors())
        found.set("scope", "col" if in_head else "row")


def _number_apart(body: etree._Element) -> None:
    """Give each identifier once: the first keeps it, those that follow are numbered."""
    seen: set[str] = set()
    for found in body.iter():
        if given := found.get("id"):
            place, number = given, 1
            while place in seen:
                number += 1
                place = f"{given}-{number}"
            seen.add(place)
            found.set("id", place)


def identifiers(root: etree._Element) -> set[str]:
    """Return the places of a page that a link can lead to."""
    return {str(found) for found in root.xpath("//@id")}


def links(root: etree._Element) -> Iterator[etree._Element]:
    """Return the links of a page."""
    yield from root.iter(name("a"))


def text(found: etree._Element) -> str:
    """Return the text of an element, its spaces made single."""
    return " ".join("".join(found.itertext()).split())
