"""Lets the titles of exercises be translated, on their page and where others name them.

Closes: sphinx-exercise gives the title of an exercise no place in the source, so that Sphinx
neither extracts nor translates it, and keeps a copy of the exercise from before the translation,
from which solutions and references take its title (seen in sphinx-exercise 1.2.1; not reported
yet).

Risk: if the nodes are made in another way, the titles of exercises are English again, which
``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, exercise_subtitle

from bookext.common.order import Reading


class MarkTitles(SphinxTransform):
    """Say where a title stands, before Sphinx extracts and translates."""

    default_priority = Reading.TRANSLATABLE

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Put the title into a node that stays when sphinx-exercise makes others of its own."""
        for title in list(self.document.findall(exercise_subtitle)):
            text = nodes.inline(title.astext(), "", *title.children, translatable=True)
            first = next((node for node in title.parent.parent.findall() if node.line), title)
            text.source, text.line = self.document["source"], first.line
            title.children = []
            title += text


class KeepTranslated(SphinxTransform):
    """Put the translated exercises in the place of the copies."""

    default_priority = Reading.TRANSLATED

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Look at the exercises of this page."""
        for kind in (exercise_node, exercise_enumerable_node):
            for exercise in self.document.findall(kind):
                kept = self.env.sphinx_exercise_registry[exercise["label"]]  # type: ignore[attr-defined]
                kept["node"] = exercise.deepcopy()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the transforms."""
    app.add_transform(MarkTitles)
    app.add_transform(KeepTranslated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
