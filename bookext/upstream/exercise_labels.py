"""Says in which line of which file the label of an exercise is repeated.

Closes: sphinx-exercise names a page by its path without the ending, which Sphinx takes for the name
of a page and prints with another ending, and no line (seen in sphinx-exercise 1.2.1; not reported
yet).

Risk: if ``SphinxExerciseBaseDirective.duplicate_labels`` is renamed, the old message is back, which
``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.directive import SphinxExerciseBaseDirective

_LOGGER = logging.getLogger(__name__)


def _is_repeated(self: SphinxExerciseBaseDirective, label: str) -> bool:
    """Return whether another exercise of this page has this label, and say so."""
    other = self.env.sphinx_exercise_registry.get(label)
    if not label or not other or other["docname"] != self.env.docname:
        return False  # of other pages, see ``names_once.py``
    path = self.env.doc2path(self.env.docname, base=False)
    said = f"the label {label} is that of an exercise in {path}, too; rename one of them"
    _LOGGER.warning(said, location=(self.env.docname, self.lineno), type="exercise")
    return True


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Put our message in the place of that of sphinx-exercise."""
    SphinxExerciseBaseDirective.duplicate_labels = _is_repeated
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
