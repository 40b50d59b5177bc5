"""Apostrophes of what is filled into a page, and of the index."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from bookext.common.apostrophes import Apostrophes, IndexApostrophes


def test_all_but_code_and_formulas_are_curled() -> None:
    document = new_document("page")
    document.settings.env = SimpleNamespace()
    code = nodes.literal_block("", "", nodes.inline("", "print('one's')"))
    document += nodes.paragraph("", "", nodes.Text("the book's "), nodes.literal("", "it's"))
    document += [
        code,
        nodes.paragraph("", "", nodes.math("", "f'(x)"), nodes.Text(" dogs' 'tails'")),
    ]
    Apostrophes(document).run()
    said = document.astext().replace("\n\n", " | ")
    assert said == "the book’s it's | print('one's') | f'(x) dogs’ 'tails’"


@pytest.mark.parametrize(
    ("made_by", "words"), [("html", "Akaike’s criterion"), ("gettext", "Akaike's criterion")]
)
def test_the_words_of_the_index_are_curled_where_they_are_read(made_by: str, words: str) -> None:
    document = new_document("page")
    builder = SimpleNamespace(name=made_by, format="html" if made_by == "html" else "")
    document.settings.env = SimpleNamespace(_app=SimpleNamespace(builder=builder))
    document += addnodes.index(entries=[("single", "Akaike's criterion", "index-0", "", None)])
    IndexApostrophes(document).apply()
    (entry,) = document.findall(addnodes.index)
    assert entry["entries"] == [("single", words, "index-0", "", None)]
