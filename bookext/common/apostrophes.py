"""Prints the apostrophes of words that come from tables, lists and the index as those of the text.

Closes: Sphinx's typographic quotes are set while the text of a page is read; what is filled in
later (works, units, titles of tables) and the words of the index keep straight ones (seen in Sphinx
9.0.4).
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.transforms.universal import SmartQuotes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Reading, Writing
from bookext.common.outputs import builder, output

_AFTER_A_LETTER = re.compile(r"(?<=\w)'")


def curled(text: str) -> str:
    """Return a text with typographic apostrophes.

    >>> curled("the leaders' accounts, and one's own")
    'the leaders’ accounts, and one’s own'
    """
    return _AFTER_A_LETTER.sub("’", text)


class IndexApostrophes(SphinxTransform):
    """Curl the apostrophes of what a page enters into the index."""

    default_priority = Reading.APOSTROPHES

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the entries of the page; a catalogue has them as they are written."""
        if not output(builder(self.env)):
            return
        for node in self.document.findall(addnodes.index):
            node["entries"] = [
                (kind, curled(words), *rest) for kind, words, *rest in node["entries"]
            ]


class Apostrophes(SphinxPostTransform):
    """Curl the apostrophes of a page that is complete, but those of code."""

    default_priority = Writing.APOSTROPHES

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the texts of the page."""
        for text in list(self.document.findall(nodes.Text)):
            if "'" in text and not _in_code(text):
                text.parent.replace(text, nodes.Text(curled(text)))


def _in_code(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, (*SmartQuotes.literal_nodes, addnodes.desc_signature)):
            return True
        parent = parent.parent
    return False


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add both transforms."""
    app.add_transform(IndexApostrophes)
    app.add_post_transform(Apostrophes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
