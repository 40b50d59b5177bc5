"""The kinds of pages that the site has, and one page of each."""

from __future__ import annotations

from pathlib import Path

import pytest

KINDS = {
    "front page": "index.html",
    "part": "parts/arriving.html",
    "chapter": "chapters/adoption.html",
    "chapter with controls": "chapters/ranking.html",
    "list of posts": "blog/index.html",
    "post": "blog/2*/*.html",
    "labs": "notebooks/index.html",
    "lab": "notebooks/solutions/*.html",
    "countries": "countries/index.html",
    "country": "countries/kenya.html",
    "hub": "countries/hub.html",
    "figure": "figures/fig-adoption-curves.html",
    "data": "back/data.html",
    "table": "data/egdi_ranks.html",
    "numbers": "numbers/chapters/adoption.html",
    "glossary": "back/glossary.html",
    "bibliography": "back/bibliography.html",
    "index": "genindex.html",
    "search": "search.html",
    "code": "_modules/govsocial/ranking.html",
}


def page_of(site: Path, kind: str) -> str:
    """Return the address of a page of a kind."""
    found = sorted(site.glob(KINDS[kind]))
    if not found:
        pytest.fail(f"the site has no {KINDS[kind]}: name another page in tests/browser/kinds.py")
    return found[0].relative_to(site).as_posix()
