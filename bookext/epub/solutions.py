"""Pages of the EPUB before they are written: code that the site folds, and solutions.

Code whose cell is folded is left out, as on paper. Solutions stand at the end of their chapter or
lab, with links both ways; the checks of a lab, which need a computer, are left out.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.nodes import is_exercise_node, is_solution_node

from bookext.common.i18n import _
from bookext.common.nodes import section_of
from bookext.common.order import Resolved, Writing
from bookext.common.outputs import HIDDEN
from bookext.notebooks.lab_pages import is_check, is_solution

_END = "solutions"


class Unfold(SphinxPostTransform):
    """Leave out what the site folds away, and show the rest."""

    default_priority = Writing.FOLDED_CELLS
    builders = ("epub",)

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Remove the source of cells whose input is hidden."""
        for cell in list(self.document.findall(nodes.container)):
            hidden = cell.get("hide_mode") in HIDDEN
            if hidden and not is_solution(cell):
                source = cell.children[0]
                if isinstance(source, nodes.Element) and "cell_input" in source["classes"]:
                    cell.remove(source)
            cell.attributes.pop("hide_mode", None)


def _move(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.name != "epub":
        return
    whole = next(doctree.findall(nodes.section), None)
    if whole is None:
        return
    if docname == app.config.root_doc:  # the title has a page of its own
        title = nodes.title("", _("About this book"))
        whole.replace(whole[0], title)
    end = nodes.section("", nodes.title("", _("Solutions")), ids=[_END], classes=[_END])
    end += [*_of_chapter(doctree), *_of_lab(doctree)]
    if len(end) > 1:
        whole += end
        # It has no number; without this entry Sphinx would give it that of the chapter.
        app.env.toc_secnumbers.setdefault(docname, {}).setdefault(f"#{_END}", ())
    for node in doctree.findall(nodes.Element):
        if "dropdown" in node.get("classes", ()):
            node["classes"].remove("dropdown")


def _of_chapter(doctree: nodes.document) -> list[nodes.Element]:
    exercises = {node["label"]: node for node in doctree.findall(is_exercise_node)}
    solutions = list(doctree.findall(is_solution_node))
    for node in solutions:
        node.parent.remove(node)
        if exercise := exercises.get(node["target_label"]):  # it may be on another page
            exercise += _link(node["label"], _("Solution"), "to-solution")
    return solutions


def _of_lab(doctree: nodes.document) -> list[nodes.Element]:
    for check in [cell for cell in doctree.findall(nodes.container) if is_check(cell)]:
        check.parent.remove(check)
    groups: dict[str, nodes.section] = {}
    for node in [node for node in doctree.findall(nodes.Element) if is_solution(node)]:
        section = section_of(node)
        name = f"solution-{section['ids'][0]}"
        if name not in groups:
            title = nodes.title("", "", *(child.deepcopy() for child in section[0].children))
            groups[name] = nodes.section("", title, ids=[name])
            place = node.parent.index(node)
            node.parent.insert(place, _link(name, _("Solution"), "to-solution"))
        node.parent.remove(node)
        groups[name] += node
    for name, group in groups.items():
        group += _link(name.removeprefix("solution-"), _("Back to the exercise"), "from-solution")
    return list(groups.values())


def _link(target: str, words: str, name: str) -> nodes.paragraph:
    link = nodes.reference("", words, refid=target, internal=True)
    return nodes.paragraph("", "", link, classes=[name])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Change the pages when they are written."""
    app.add_post_transform(Unfold)
    app.connect("doctree-resolved", _move, priority=Resolved.SOLUTIONS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
