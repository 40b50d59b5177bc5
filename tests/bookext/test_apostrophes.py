"""Apostrophes of what is filled into a page, and of the index."""

from __future__ import annotations

from types import SimpleNamespace

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


def test_the_words_of_the_index_are_curled() -> None:
    document = new_document("page")
    document.settings.env = SimpleNamespace()
    document += addnodes.index(entries=[("single", "Akaike's criterion", "index-0", "", None)])
    IndexApostrophes(document).apply()
    (entry,) = document.findall(addnodes.index)
    assert entry["entries"] == [("single", "Akaike’s criterion", "index-0", "", None)]
