"""The book's parts in the PDF, and what the LaTeX builder gets wrong in this book.

Closes: Sphinx's LaTeX builder drops the captions of toctrees, which are the titles of the parts
(https://github.com/sphinx-doc/sphinx/issues/3169), and numbers the chapters of all of them; the
overview of a part is to stand on the page of the part's title, not in a chapter of its own.
sphinx-exercise links to labels that it never writes
(https://github.com/executablebooks/sphinx-exercise/issues/27). MyST-NB hides code in HTML only
(https://github.com/executablebooks/MyST-NB/issues/381).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.texescape import escape
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.nodes import is_exercise_node

from bookext.common.order import Resolved, Writing

_OVERVIEWS = "parts/"
_LONGEST_WHOLE_TABLE = 6  # rows; a longer one may break between pages, head repeated


class FitPaper(SphinxPostTransform):
    """Leave out on paper what the site folds away, and let long tables break between pages."""

    default_priority = Writing.PAPER
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Remove the source of cells whose input is hidden, and mark the long tables."""
        for table in self.document.findall(nodes.table):
            if len(list(table.findall(nodes.row))) > _LONGEST_WHOLE_TABLE:
                table["classes"] = [*dict.fromkeys([*table["classes"], "longtable"])]
        for cell in self.document.findall(nodes.container):
            if cell.get("hide_mode") in {"input", "input+output", "all"}:
                source = cell.children[0]
                if isinstance(source, nodes.Element) and "cell_input" in source["classes"]:
                    cell.remove(source)


def _complete(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    if app.builder.name == "latex":
        _insert_parts(app, doctree)
        _label_exercises(doctree)


def _insert_parts(app: Sphinx, doctree: nodes.document) -> None:
    files = {node["docname"]: node for node in doctree.findall(addnodes.start_of_file)}
    for toctree in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        first = next((name for _title, name in toctree["entries"] if name in files), None)
        if first and toctree.get("caption"):
            overview = first.startswith(_OVERVIEWS)
            command = "BookPart" if overview else "BookUnnumberedPart"
            title = f"\\{command}{{{escape(toctree['caption'], 'lualatex')}}}\n"
            if overview:
                title += _move_up(files[first], first)
            _insert_before(files[first], title)


def _move_up(overview: nodes.Element, docname: str) -> str:
    """Take the heading off the text of a part, and return the labels that stood there."""
    whole, *inner = list(overview.findall(nodes.section))
    for section in inner:
        title, *text = section.children
        section.parent.replace(section, [nodes.rubric("", "", *title.children), *text])
    whole.parent.replace(whole, whole.children[1:])
    labels = [f"{docname}:{name}" for section in (whole, *inner) for name in section["ids"]]
    return "".join(f"\\label{{\\detokenize{{{label}}}}}" for label in labels) + "\n"


def _label_exercises(doctree: nodes.document) -> None:
    for node in list(doctree.findall(is_exercise_node)):
        label = f"{node['docname']}:{node['label']}"
        _insert_before(node, f"\\phantomsection\\label{{\\detokenize{{{label}}}}}\n")


def _insert_before(node: nodes.Element, latex: str) -> None:
    node.parent.insert(node.parent.index(node), nodes.raw("", latex, format="latex"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Complete the text when the pages have been put together."""
    app.add_post_transform(FitPaper)
    app.connect("doctree-resolved", _complete, priority=Resolved.PARTS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
