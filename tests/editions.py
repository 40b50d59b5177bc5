"""The pages of an edition, and what is in them, for tests that walk over the built site."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from bookext.common.i18n import languages
from conf import BASE_URL
from govsocial.language import SOURCE

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [code for code in languages(ROOT / "locale") if code != SOURCE]
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
        return site / path.removeprefix(ROOT_PATH)
    return (page.parent / path).resolve() if path else page


@cache
def soup(path: Path) -> BeautifulSoup:
    """Return a parsed page, once for all tests: none may change it."""
    return BeautifulSoup(path.read_bytes(), "lxml")
