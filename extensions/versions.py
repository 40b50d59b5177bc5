"""The directive ``versions``: the packages that the book is made with.

Closes: Sphinx can print its own version only.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

_ = get_translation("book")


def direct_dependencies(pyproject: Path) -> list[str]:
    """Return the names of the packages that ``pyproject.toml`` asks for, tests' apart."""
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    extras = project.get("optional-dependencies", {})
    wanted = [*project["dependencies"], *extras.get("book", []), *extras.get("pipeline", [])]
    return sorted({re.split(r"[\[=<>~! ;]", name)[0] for name in wanted})


class Versions(SphinxDirective):
    """List Python and the direct dependencies with their versions and purposes."""

    def run(self) -> list[nodes.Node]:
        """Return a table."""
        pyproject = Path(self.env.app.confdir, "pyproject.toml")
        self.env.note_dependency(str(pyproject))
        self.env.note_reread()  # an installation is no file of the book
        group = nodes.tgroup(cols=3)
        group += [nodes.colspec(colwidth=width) for width in (25, 15, 60)]
        group += nodes.thead("", _row(_("Package"), _("Version"), _("What it says it is")))
        rows = [_row("Python", ".".join(map(str, sys.version_info[:3])), _("the language"))]
        group += nodes.tbody("", *rows, *map(_package, direct_dependencies(pyproject)))
        return [nodes.table("", group, classes=["longtable", "colwidths-given"])]


def _package(name: str) -> nodes.row:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return _row(name, "–", _("not installed here"))
    return _row(name, found["Version"], found["Summary"] or "–")


def _row(*cells: str) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("versions", Versions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
