"""The shared table of contents is, on every page, the one that the theme renders for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

PAGES = {
    "index.rst": """
Book
====

Section of the front page
-------------------------

.. toctree::
   :caption: Part & parcel

   self
   one
   folder/two
   Elsewhere <https://example.org/a?b=c&d>

.. toctree::
   :caption: Other

   genindex
   three
""",
    "one.rst": "One\n===\n\nA section\n---------\n",
    "folder/two.rst": "Two\n===\n\n.. toctree::\n\n   deep/inner\n   deep/other\n",
    "folder/deep/inner.rst": "Inner *page*\n============\n",
    "folder/deep/other.rst": "Other\n=====\n\n.. toctree::\n\n   last\n",
    "folder/deep/last.rst": "Last\n====\n",
    "three.rst": "Three\n=====\n",
    "orphan.rst": ":orphan:\n\nOrphan\n======\n",
}


def elements(html: str) -> list[object]:
    """Return the elements of a tree, whatever the order of their classes."""
    found = BeautifulSoup(html, "html.parser").find_all(True)
    return [
        (
            element.name,
            {name: sorted(v) if isinstance(v, list) else v for name, v in element.attrs.items()},
            element.get_text(),
        )
        for element in found
    ]


@pytest.mark.filterwarnings("ignore:'sphinx_book_theme")
@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("titles_only", [False, True])
def test_every_page_has_the_tree_that_the_theme_renders(
    tmp_path: Path, depth: int, titles_only: bool
) -> None:
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for_sphinx = {"titles_only": titles_only, "includehidden": True, "maxdepth": 4}
    options = {"kind": "sidebar", "startdepth": 0, "show_nav_level": depth, "collapse": False}
    compared = {}

    def compare(app: Sphinx, page: str, _name: str, context: dict[str, Any], _tree: object) -> None:
        shared = context["book_toctree"](**options, **for_sphinx)
        context["toctree"] = partial(app.builder._get_local_toctree, page)
        context["generate_toctree_html"].cache_clear()
        own = str(context["generate_toctree_html"](**options, **for_sphinx))
        compared[page] = elements(shared), elements(own)

    with patch_docutils(), docutils_namespace():
        settings = {
            "extensions": ["sphinx_book_theme", "bookext.html.sidebar"],
            "project": "Book",
            "html_theme": "sphinx_book_theme",
        }
        places = (tmp_path / "_build", tmp_path / "_trees")
        app = Sphinx(tmp_path, None, *places, "html", settings, status=None)
        app.connect("html-page-context", compare, priority=950)
        app.build()
    assert set(compared) >= {name.removesuffix(".rst") for name in PAGES} | {"genindex"}
    for page, (shared, own) in compared.items():
        assert shared == own, page
