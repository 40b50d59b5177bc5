"""The terms of a translated glossary in the index."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from bookext.records.index_words import IndexWords


@pytest.mark.parametrize(
    ("language", "entered"), [("it", "adozione"), ("en", "adozione (adoption)")]
)
def test_a_translated_term_is_entered_by_its_own_word(language: str, entered: str) -> None:
    document = new_document("glossary")
    document.settings.env = SimpleNamespace(config=SimpleNamespace(language=language))
    inside = addnodes.index(
        entries=[("single", "adozione (adoption)", "term-adoption", "main", None)]
    )
    term = nodes.term("", "adozione (adoption)", inside)
    chapter = addnodes.index(entries=[("single", "client (software)", "index-0", "", None)])
    document += [nodes.definition_list("", nodes.definition_list_item("", term)), chapter]

    IndexWords(document).apply()

    assert inside["entries"] == [("single", entered, "term-adoption", "main", None)]
    assert term.astext() == "adozione (adoption)"
    assert chapter["entries"] == [("single", "client (software)", "index-0", "", None)]
