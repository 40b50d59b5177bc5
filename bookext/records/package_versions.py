"""The directive ``versions``: the packages that the book is made with.

Closes: Sphinx can print its own version only.
"""

from __future__ import annotations

import platform
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on
from bookext.common.i18n import _
from bookext.common.nodes import Cell, table

_PYTHON = "Python"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # of Markdown: a summary is plain text


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
        packages = depends_on(self.env, _installed, Path(self.env.srcdir, "pyproject.toml"))
        head = [_("Package"), _("Version"), _("What it says it is")]
        rows = (_row(*package) for package in packages)
        return [table((25, 15, 60), rows, ["longtable"], head=head)]


def _installed(pyproject: Path) -> list[tuple[str, str, str]]:
    python = (_PYTHON, platform.python_version(), _("the language"))
    return [python, *((name, *_facts(name)) for name in direct_dependencies(pyproject))]


def _facts(name: str) -> tuple[str, str]:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return "", ""
    return found["Version"], _LINK.sub(r"\1", found["Summary"] or "")


def _row(name: str, version: str, summary: str) -> list[Cell]:
    if not summary:
        return [name, version or "–", "–" if version else _("not installed here")]
    # Packages say it in English, in every edition.
    spoken: Cell = [nodes.inline("", summary, classes=["language-en"])]
    return [name, version, summary if name == _PYTHON else spoken]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("versions", Versions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
