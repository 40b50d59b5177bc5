"""Refuses a label, a term or an equation that stands twice, on whatever pages, with both places.

Closes: Sphinx looks for doubles among the pages that one process reads in one build, forgets the
first of two with the second, and names neither line (seen in Sphinx 9.0.4; not reported yet).

Risk: if ``process_doc``, ``note_object`` or ``note_equation`` of the domains is renamed, an
attribute error stops the build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.utils import get_source_line
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import read_text
from bookext.common.kept import keep_by_page

_LOGGER = logging.getLogger(__name__)
_process, _object = StandardDomain.process_doc, StandardDomain.note_object
_equation = MathDomain.note_equation


class _Named(NamedTuple):
    """What others refer to."""

    kind: str
    name: str
    line: int | None


def _names(env: BuildEnvironment) -> dict[str, list[_Named]]:
    """Return what stands on each page."""
    if not hasattr(env, "bookext_names"):
        env.bookext_names = {}  # type: ignore[attr-defined]
    found: dict[str, list[_Named]] = env.bookext_names  # type: ignore[attr-defined]
    return found


def _note(env: BuildEnvironment, kind: str, name: str, place: Any) -> None:
    line = _line_of(name, env.doc2path(env.docname))
    if not line and isinstance(place, nodes.Node):
        line = get_source_line(place)[1]
    _names(env).setdefault(env.docname, []).append(_Named(kind, name, line))


def _line_of(name: str, path: Path) -> int | None:
    """Return where a page gives a name: MyST-Parser knows no line of most of them."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.strip("$ ()=").removeprefix(":label: ").casefold() == name.casefold():
            return number
    return None


def _process_labels(
    self: StandardDomain, env: BuildEnvironment, docname: str, document: nodes.document
) -> None:
    """Note the labels of a page; those of Sphinx's own pages stay."""
    for name, explicit in document.nametypes.items():
        if explicit and self.labels.get(name, ("",))[0] in env.found_docs:
            del self.labels[name]
    _process(self, env, docname, document)
    for name, explicit in document.nametypes.items():
        if explicit and self.anonlabels.get(name, ("",))[0] == docname:
            _note(env, "label", name, document.ids[document.nameids[name]])


def _note_object(
    self: StandardDomain, objtype: str, name: str, labelid: str, location: Any = None
) -> None:
    self.objects.pop((objtype, name), None)
    _note(self.env, objtype, name, location)
    _object(self, objtype, name, labelid, location)


def _note_equation(self: MathDomain, docname: str, labelid: str, location: Any = None) -> None:
    self.equations.pop(labelid, None)
    _note(self.env, "equation", labelid, location)
    _equation(self, docname, labelid, location)


def _refuse_doubles(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    seen: dict[tuple[str, str], tuple[str, int | None]] = {}
    for docname, found in sorted(_names(env).items()):
        for kind, name, line in found:
            if not (first := seen.get((kind, name))):
                seen[kind, name] = docname, line
                continue
            path = env.doc2path(first[0], base=False)
            place = f"{path}:{first[1]}" if first[1] else str(path)
            said = f"the {kind} {name} stands at {place}, too; rename one of them"
            # Whichever is renamed, the domains know of the other what its page says when read.
            also = {"pages": [first[0]]}
            _LOGGER.warning(said, location=(docname, line), type="ref", extra=also)
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put our check in the place of that of the domains."""
    StandardDomain.process_doc = _process_labels  # type: ignore[method-assign]
    StandardDomain.note_object = _note_object  # type: ignore[method-assign]
    MathDomain.note_equation = _note_equation  # type: ignore[method-assign]
    keep_by_page(app, _names)
    app.connect("env-updated", _refuse_doubles)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
