"""The shared table of contents is, on every page, the one that Sphinx renders for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
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


@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("titles_only", [False, True])
def test_every_page_has_the_tree_that_sphinx_renders(
    tmp_path: Path, collapse: bool, titles_only: bool
) -> None:
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    options = {
        "collapse": collapse,
        "titles_only": titles_only,
        "includehidden": True,
        "maxdepth": 4,
    }
    compared = {}

    def compare(app: Sphinx, page: str, _name: str, context: dict[str, Any], _tree: object) -> None:
        compared[page] = (
            context["toctree"](**options),
            app.builder._get_local_toctree(page, **options),
        )

    with patch_docutils(), docutils_namespace():
        settings = {"extensions": ["sidebar"], "project": "Book"}
        places = (tmp_path / "_build", tmp_path / "_trees")
        app = Sphinx(tmp_path, None, *places, "html", settings, status=None)
        app.connect("html-page-context", compare, priority=450)
        app.build()
    assert set(compared) >= {name.removesuffix(".rst") for name in PAGES} | {"genindex"}
    for page, (shared, own) in compared.items():
        assert shared == own, page
