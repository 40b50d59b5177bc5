"""The directive ``library``: the reference of every module of a package, on one page.

Closes: ``autosummary`` with ``:recursive:`` writes its pages into the sources, and
``automodule`` does not look into a package (https://github.com/sphinx-doc/sphinx/issues/7912).
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.parsing import nested_parse_to_nodes
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on
from bookext.common.i18n import _
from bookext.common.nodes import as_written
from govsocial.language import SOURCE


def module_names(root: Path, package: str) -> list[str]:
    """Return the dotted names of a package and its modules, sorted."""
    paths = (path for path in (root / package).rglob("*.py") if "__pycache__" not in path.parts)
    parts = (path.relative_to(root).with_suffix("").parts for path in paths)
    return sorted(".".join(p[:-1] if p[-1] == "__init__" else p) for p in parts)


class Library(SphinxDirective):
    """Document the modules of a package that lies in the book's folder."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one section per module."""
        modules = depends_on(self.env, module_names, Path(self.env.srcdir), self.arguments[0])
        return [*self._in_english(), *map(self._section, modules)]

    def _in_english(self) -> list[nodes.Node]:
        """Say in another language's edition that the reference is not translated."""
        if self.config.language == SOURCE:
            return []
        return [nodes.paragraph("", _("The reference is in English, as the code is."))]

    def _section(self, module: str) -> nodes.section:
        section = nodes.section(names=[f"library-{module}"])
        self.set_source_info(section)
        section["classes"] += as_written(self.env)
        section += nodes.title("", "", nodes.literal("", module))
        self.state.document.note_explicit_target(section, section)
        text = f"```{{eval-rst}}\n.. automodule:: {module}\n   :members:\n```"
        section += nested_parse_to_nodes(self.state, text, allow_section_headings=False)
        # The book's index is for its subjects. (With `automodule`, Sphinx 9 fails on
        # `:no-index-entry:`.)
        for entry in list(section.findall(addnodes.index)):
            entry.parent.remove(entry)
        return section


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("library", Library)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
