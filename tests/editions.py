"""The pages of an edition, and what is in them, for tests that walk over the built site."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

from bookext.common.i18n import languages
from govsocial.language import SOURCE

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [code for code in languages(ROOT / "locale") if code != SOURCE]


def pages(site: Path) -> list[Path]:
    """Return the pages of one edition, without its slides and those of the folders in it."""
    inside = {"_static", "slides", *OTHERS}
    return sorted(p for p in site.rglob("*.html") if p.relative_to(site).parts[0] not in inside)


@cache
def soup(path: Path) -> BeautifulSoup:
    """Return a parsed page, once for all tests: none may change it."""
    return BeautifulSoup(path.read_bytes(), "lxml")
