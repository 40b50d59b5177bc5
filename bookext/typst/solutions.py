"""Solutions in an appendix: first one tries, then one turns the page.

The exercises of chapters and labs stay in their places and name the page of their solution; the
checks of the labs, which paper cannot run, go.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import is_exercise_node, solution_node

from bookext.common.i18n import _
from bookext.common.nodes import section_of
from bookext.common.places import CHAPTERS, LAB_SOLUTIONS, LABS, SOLUTIONS
from bookext.notebooks.lab_pages import is_check, is_solution
from bookext.typst.structure import page_of


def move(tree: nodes.document) -> None:
    """Move the solutions of chapters and labs into an appendix after the last lab."""
    files = list(tree.findall(addnodes.start_of_file))
    collected = [*_of_chapters(files), *_of_labs(files)]
    if not collected:
        return
    title = nodes.title("", _("Solutions"))
    chapter = nodes.section("", title, *collected, ids=["solutions"])
    appendix = addnodes.start_of_file("", chapter, docname=SOLUTIONS, level=1, depth=0)
    labs = (file for file in reversed(files) if file["docname"].startswith(LABS))
    last = next(labs, files[-1])
    last.parent.insert(last.parent.index(last) + 1, appendix)


def _group(file: nodes.Element, content: list[nodes.Node]) -> nodes.Element:
    """Return the solutions of a page under its title; what they refer to is on this page."""
    whole = next(file.findall(nodes.section))
    ids = [f"solutions-{whole['ids'][0]}"]
    section = nodes.section("", whole[0].deepcopy(), *content, ids=ids, classes=["unlisted"])
    attributes = {"docname": file["docname"], "level": 1, "depth": 1, "appendix": True}
    return addnodes.start_of_file("", section, **attributes)


def _see(place: str) -> nodes.paragraph:
    words = nodes.emphasis("", _("Solution: page") + " ")
    return nodes.paragraph("", "", words, page_of(place=place), classes=["see"])


def _of_chapters(files: list[addnodes.start_of_file]) -> Iterator[nodes.Element]:
    for file in files:
        if not file["docname"].startswith(CHAPTERS):
            continue
        exercises = {node["label"]: node for node in file.findall(is_exercise_node)}
        found = list(file.findall(solution_node))
        for solution in found:
            solution.parent.remove(solution)
            title = solution[0]  # "Solution to", and a reference to the exercise
            words = [child for child in title.children if isinstance(child, nodes.reference)]
            solution.replace(title, nodes.rubric("", "", *words))
            if exercise := exercises.get(solution.get("target_label", "")):
                exercise += _see(f"{file['docname']}:{solution['ids'][0]}")
        if found:
            yield _group(file, list(found))


def _of_labs(files: list[addnodes.start_of_file]) -> Iterator[nodes.Element]:
    for file in files:
        if file["docname"].startswith(LAB_SOLUTIONS) and (content := _of_lab(file)):
            yield _group(file, content)


def _of_lab(file: nodes.Element) -> list[nodes.Node]:
    """Take the solutions out of a lab, and return them, a section for each exercise."""
    for check in [cell for cell in file.findall(nodes.container) if is_check(cell)]:
        check.parent.remove(check)
    whole = next(file.findall(nodes.section))
    content: list[nodes.Node] = []
    groups: dict[str, nodes.section] = {}
    for node in [node for node in file.findall(nodes.Element) if is_solution(node)]:
        section = section_of(node)
        if section is whole:
            node.parent.remove(node)
            content.append(node)
            continue
        name = f"solution-{section['ids'][0]}"
        if name not in groups:
            groups[name] = nodes.section("", section[0].deepcopy(), ids=[name])
            place = node.parent.index(node)
            node.parent.insert(place, _see(f"{file['docname']}:{name}"))
        node.parent.remove(node)
        groups[name] += node
    return [*content, *groups.values()]
