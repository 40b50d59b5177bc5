"""The pages of an edition, for tests that walk over the built site."""

from __future__ import annotations

from pathlib import Path

from bookext.common.i18n import languages
from govsocial.language import SOURCE

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [code for code in languages(ROOT / "locale") if code != SOURCE]


def pages(site: Path) -> list[Path]:
    """Return the pages of one edition, without its slides and those of the folders in it."""
    inside = {"_static", "slides", *OTHERS}
    return sorted(p for p in site.rglob("*.html") if p.relative_to(site).parts[0] not in inside)
