"""The pages of an edition, and what is in them, for tests that walk over the built site.

A walk goes through ``tree``: as ``soup``, a page takes twenty times as long and five times the
memory. Nobody changes what these two return.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from bs4 import BeautifulSoup

from bookext.common.i18n import languages
from conf import BASE_URL
from govsocial.language import SOURCE

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [code for code in languages(ROOT / "locale") if code != SOURCE]
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
# Where the site will stand, as the settings say, and the path of its root there.
BASE = f"{(BASE_URL or 'http://localhost:8000').rstrip('/')}/"
ROOT_PATH = urlsplit(BASE).path


def pages(site: Path) -> list[Path]:
    """Return the pages of one edition, without its slides and those of the folders in it."""
    inside = {"_static", "slides", *OTHERS}
    return sorted(p for p in site.rglob("*.html") if p.relative_to(site).parts[0] not in inside)


def behind(site: Path, page: Path, address: str) -> Path:
    """Return the file that a link of a page leads to: a relative, a rooted or a whole address."""
    path = unquote(urlsplit(address).path)
    if address.startswith((BASE, "/")):
        return _within(site, path.removeprefix(ROOT_PATH))
    return _within(page.parent, path) if path else page


@cache
def _within(folder: Path, path: str) -> Path:
    return (folder / path).resolve()


@cache
def tree(path: Path) -> Any:
    """Return a parsed page, once for all tests, to be searched with XPath."""
    return lxml.html.parse(path, _PARSER).getroot()


@cache
def soup(path: Path) -> BeautifulSoup:
    """Return a parsed page, once for all tests, to be searched with selectors of CSS."""
    return BeautifulSoup(path.read_bytes(), "lxml")


def classed(name: str) -> str:
    """Return the condition of XPath that an element has a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def text(element: Any) -> str:
    """Return what one reads in an element: no scripts, and blanks made one."""
    pieces = element.xpath(".//text()[not(parent::script or parent::style)]")
    return " ".join("".join(pieces).split())
