"""Whether a file is a picture that a page can show.

Closes: Sphinx looks whether the file of a picture can be opened, not at what is in it; each of
those who draw it then fails in its own words, or draws half of it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree
from PIL import Image

_MOST = 50_000_000  # pixels: of a page at 600 dots per inch, 35 million
_NONE = "is no picture that a page can show; save it as SVG, PNG, JPEG, GIF or WebP"
_DAMAGED = "is cut off or damaged; save it anew"
_FORMS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
"""The forms of pictures of dots that a page can show, by the ends of their names."""
_SHOWING = {"image", "use", "feImage"}
_ASKING = re.compile(r"""(?:@import\s*|url\()(?:url\()?\s*["']?\s*((?!\#|data:)[^\s"')]+)""")


def fault_of(path: Path) -> str:
    """Return why a file is no picture for a page; nothing if it is one."""
    return _fault_of_drawing(path) if path.suffix.lower() == ".svg" else _fault_of_pixels(path)


def _fault_of_drawing(path: Path) -> str:
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        return f"is no SVG: {error}; save it anew"
    if etree.QName(root).localname != "svg":
        return _NONE
    if root.find(".//{*}script") is not None:
        return "has a script, which no page runs; delete it"
    if root.xpath("preceding-sibling::processing-instruction('xml-stylesheet')"):
        return "asks for a style sheet; put that into the drawing"
    return next(filter(None, map(_fault_of_element, root.iter("*"))), "")


def _fault_of_element(element: etree._Element) -> str:
    """Return why an element has no place in a picture of a page; nothing if it has."""
    tag = etree.QName(element).localname
    for name, value in element.attrib.items():
        attribute, text = etree.QName(name).localname, str(value).strip()
        if attribute.startswith("on") or text.lower().startswith("javascript:"):
            return f"has a script in `{attribute}` of <{tag}>, which no page runs; delete it"
        if attribute == "href" and tag in _SHOWING and not text.startswith(("#", "data:")):
            return f"asks for {text}; put that into the drawing"
    styles = " ".join([*map(str, element.attrib.values()), element.text or ""])
    if found := _ASKING.search(styles):
        return f"asks for {found[1]}; put that into the drawing"
    return ""


def _fault_of_pixels(path: Path) -> str:
    try:
        with _opened(path) as picture:
            pixels, form = picture.width * picture.height, picture.format
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return _NONE
    if pixels > _MOST:
        return f"has {pixels:,} pixels; save it with at most {_MOST:,}"
    if form != _FORMS.get(path.suffix.lower()):
        suffixes = [suffix for suffix, named in _FORMS.items() if named == form]
        return f"is {form} by its content; let its name end in {' or '.join(suffixes)}"
    return _DAMAGED if _is_damaged(path) else ""


def _is_damaged(path: Path) -> bool:
    """Return whether a picture is not whole, or cannot be drawn."""
    try:
        with _opened(path) as picture:
            picture.verify()
        with _opened(path) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError):
        return True
    return False


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture of a form that a page can show."""
    forms = sorted(set(_FORMS.values()))
    with warnings.catch_warnings(action="ignore"), Image.open(path, formats=forms) as picture:
        yield picture
