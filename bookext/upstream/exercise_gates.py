"""Says in which line of which file an exercise or a solution begins that has no end.

Closes: sphinx-exercise logs the page without its ending, then stops with "check warning messages
above"; where pages are read side by side, nothing stands above, as what a process logs is shown
when it has ended well. A start of one kind is closed by an end of another (seen in sphinx-exercise
1.2.1; not reported yet).

Risk: if ``CheckGatedDirectives.apply`` or the registry is renamed, the old message is back, which
``tests/bookext/test_upstream.py`` notices.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.transforms import CheckGatedDirectives

from bookext.common.errors import FileError


def _check(self: CheckGatedDirectives) -> None:
    """Stop at a gate that is not closed, or not open."""
    registry = getattr(self.env, "sphinx_exercise_gated_registry", {})
    gates = registry.pop(self.env.docname, {"msg": []})["msg"]
    found = [re.fullmatch(r"(\w+)-(start|end) at line: (\d+)", gate) for gate in gates]
    path, begun, at = self.env.doc2path(self.env.docname, base=False), "", 0
    for kind, edge, line in (gate.groups() for gate in found if gate):
        if begun and (edge, kind) != ("end", begun):
            said = f"`{kind}-{edge}` within the {begun} of line {at}; write `{begun}-end` before it"
            raise FileError(path, said, int(line))
        if not begun and edge == "end":
            said = f"`{kind}-end` closes nothing; write `{kind}-start`, or delete it"
            raise FileError(path, said, int(line))
        begun, at = ("", 0) if begun else (kind, int(line))
    if begun:
        raise FileError(path, f"`{begun}-start` has no end; write `{begun}-end` below it", at)


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Put our check in the place of that of sphinx-exercise."""
    CheckGatedDirectives.apply = _check
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
