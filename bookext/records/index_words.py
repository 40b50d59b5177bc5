"""Enters the terms of a translated glossary into the index by their own words.

Closes: a translated glossary has the English word in brackets behind each term, *adozione
(adoption)*, and Sphinx enters the whole line. The index would then list the term twice: so, and by
the word under which the chapters are entered.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Reading
from govsocial.language import SOURCE


def own_word(term: str) -> str:
    """Return a term without the word in brackets behind it.

    >>> own_word("adozione (adoption)"), own_word("hashtag")
    ('adozione', 'hashtag')
    """
    return term.rpartition(" (")[0] if term.endswith(")") and " (" in term else term


class IndexWords(SphinxTransform):
    """Take the English words out of the index entries of a glossary."""

    default_priority = Reading.TRANSLATED

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Change the entries of all terms, in a translated edition."""
        if self.config.language == SOURCE:
            return
        for term in self.document.findall(nodes.term):
            for entry in term.findall(addnodes.index):
                entry["entries"] = [
                    (kind, own_word(words), *rest) for kind, words, *rest in entry["entries"]
                ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the transform."""
    app.add_transform(IndexWords)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
