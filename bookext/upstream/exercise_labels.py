"""Says in which line of which file the label of an exercise is repeated, or one is that none has.

Closes: sphinx-exercise names a page by its path without the ending, which Sphinx takes for the name
of a page and prints with another ending, and no line; of a solution without its exercise, it names
the page that was read last (seen in sphinx-exercise 1.2.1; not reported yet).

Risk: if ``SphinxExerciseBaseDirective.duplicate_labels``, ``SolutionDirective.run`` or
``ResolveTitlesInSolutions.run`` is renamed, the old messages are back or an attribute error stops
the build, which ``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.directive import SolutionDirective, SphinxExerciseBaseDirective
from sphinx_exercise.nodes import solution_node
from sphinx_exercise.post_transforms import ResolveTitlesInSolutions

_LOGGER = logging.getLogger(__name__)
_LINE = "bookext_line"
_run, _resolve = SolutionDirective.run, ResolveTitlesInSolutions.run


def _is_repeated(self: SphinxExerciseBaseDirective, label: str) -> bool:
    """Return whether another exercise of this page has this label, and say so."""
    other = self.env.sphinx_exercise_registry.get(label)
    if not label or not other or other["docname"] != self.env.docname:
        return False  # of other pages, see ``names_once.py``
    path = self.env.doc2path(self.env.docname, base=False)
    said = f"the label {label} is that of an exercise in {path}, too; rename one of them"
    _LOGGER.warning(said, location=(self.env.docname, self.lineno), type="exercise")
    return True


def _run_with_line(self: SolutionDirective) -> list[nodes.Node]:
    """Keep the line of a solution, which nothing else knows."""
    found: list[nodes.Node] = _run(self)
    for node in found:
        if isinstance(node, nodes.Element):
            node[_LINE] = self.lineno
    return found


def _resolve_known(self: ResolveTitlesInSolutions) -> None:
    """Give the solutions their titles, unless one is of no exercise."""
    known = getattr(self.env, "sphinx_exercise_registry", {})
    solutions = list(self.document.findall(solution_node))
    for node in solutions:
        if (label := node["target_label"]) not in known:
            said = f"there is no exercise {label} for this solution; mend the label, or give it to"
            place = node["docname"], node.get(_LINE)
            _LOGGER.warning("%s an exercise", said, location=place, type="exercise")
    if all(node["target_label"] in known for node in solutions):
        _resolve(self)


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Put our messages in the place of those of sphinx-exercise."""
    SphinxExerciseBaseDirective.duplicate_labels = _is_repeated
    SolutionDirective.run = _run_with_line
    ResolveTitlesInSolutions.run = _resolve_known
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
