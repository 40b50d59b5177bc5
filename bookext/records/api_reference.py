"""The directive ``library``: the reference of every module of a package, on one page.

Closes: ``autosummary`` with ``:recursive:`` writes its pages into the sources, and
``automodule`` does not look into a package (https://github.com/sphinx-doc/sphinx/issues/7912).
Where it is not told the members, it reads the sources of all that a module has imported, before it
leaves them out (seen in Sphinx 9.0.4).
"""

from __future__ import annotations

import ast
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.parsing import nested_parse_to_nodes
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on
from bookext.common.errors import read_text
from bookext.common.i18n import _
from bookext.common.nodes import as_written
from govsocial.language import SOURCE


def module_names(root: Path, package: str) -> list[str]:
    """Return the dotted names of a package and its modules, sorted."""
    paths = (path for path in (root / package).rglob("*.py") if "__pycache__" not in path.parts)
    parts = (path.relative_to(root).with_suffix("").parts for path in paths)
    return sorted(".".join(p[:-1] if p[-1] == "__init__" else p) for p in parts)


def own_names(root: Path, module: str) -> list[str]:
    """Return the public names that a module of the folder defines, sorted."""
    path = root.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found: set[str] = set()
    for statement in ast.parse(read_text(path)).body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            parts = (part for target in targets for part in ast.walk(target))
            names = (part for part in parts if isinstance(part, ast.Name))
            found |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return sorted(name for name in found if not name.startswith("_"))


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
        names = own_names(Path(self.env.srcdir), module)
        text = f"```{{eval-rst}}\n.. automodule:: {module}\n   :members: {', '.join(names)}\n```"
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
