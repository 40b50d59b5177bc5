"""Code and solutions that are folded away, one fold each, named after what is in it.

The cells before a figure, and the figure's own, have one fold: "Show the code of Fig. 2.1".

Closes: MyST-NB names every fold "Toggle hidden content", though something else is seen, and puts
paragraphs into its summary (https://github.com/executablebooks/MyST-NB/issues/620); the folds of
sphinx-togglebutton are there only with a script, which the page configures inline; the sections
that sphinx-exercise makes have the same identifiers on every page, several times each.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinx_exercise.nodes import is_extension_node

from bookext.common.i18n import _
from bookext.common.nodes import without_notes
from bookext.common.order import Resolved, Writing
from bookext.common.outputs import SiteTransform, is_site
from bookext.html.translator import fold, section_title

_CODE, _SOURCE = "cell_code", "cell_code_source"


class KeepFromMystNB(SiteTransform):
    """Note which cells are folded, and have MyST-NB fold none."""

    default_priority = Writing.FOLDS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the cells of a page."""
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") == _CODE and cell.get("hide_mode"):
                cell["fold"] = cell["hide_mode"]
                cell["hide_mode"] = ""


class Folds:
    """Folds code, solutions, and boxes of the class ``dropdown`` of a page."""

    def __init__(self, env: BuildEnvironment, docname: str) -> None:
        self.config = env.config
        self.numbers = env.toc_fignumbers.get(docname, {}).get("figure", {})

    def fold(self, document: nodes.document) -> None:
        """Go through the cells and the boxes."""
        for element in list(document.findall(nodes.Element)):
            if is_extension_node(element):
                _unwrap(element)
            if _is_dropdown(element):
                self._fold_box(element)
        before: list[nodes.container] = []
        for cell in list(filter(_is_folded_code, document.findall(nodes.container))):
            before.append(cell)
            if not _is_silent(cell) or not _is_folded_code(_next(cell)):
                self._fold_code(before)
                before = []

    def _fold_code(self, cells: list[nodes.container]) -> None:
        *earlier, last = cells
        own = len(last.children) if last["fold"] == "all" else 1
        folded = [cell.children[0] for cell in earlier] + last.children[:own]
        rest = last.children[own:]
        show, hide = self._words(last)
        last.children = []
        last += [fold("", *folded, show=show, hide=hide, classes=["code"]), *rest]
        for cell in earlier:
            cell.parent.remove(cell)

    def _words(self, cell: nodes.container) -> tuple[str, str]:
        """Return what the fold says: of a figure its number, else the place in the text."""
        show, hide = cell["prompt_show"], cell["prompt_hide"]
        if show != self.config.nb_code_prompt_show:
            return show, hide
        figure = next(iter(cell.findall(nodes.figure)), None)
        number = self.numbers.get(figure["ids"][0]) if figure is not None else None
        if number is None:
            title = section_title(cell)
            return f"{show}: {title}", f"{hide}: {title}"
        name = self.config.numfig_format["figure"] % ".".join(map(str, number))
        return (
            _("Show the code of {figure}").format(figure=name),
            _("Hide the code of {figure}").format(figure=name),
        )

    def _fold_box(self, box: nodes.Element) -> None:
        title, *content = box.children
        words = without_notes(title).strip()
        classes = {"admonition", *" ".join(box["classes"]).split()} - {"dropdown"}
        made = fold("", *content, show=words, hide=words, classes=sorted(classes))
        made["ids"] = box["ids"]
        box.replace_self(made)


def _is_folded_code(node: nodes.Node | None) -> bool:
    if not isinstance(node, nodes.container) or node.get("nb_element") != _CODE:
        return False
    first = node.children[0] if node.children else None
    source = isinstance(first, nodes.container) and first.get("nb_element") == _SOURCE
    return source and node.get("fold") in {"input", "all"}


def _is_silent(cell: nodes.container) -> bool:
    """Return whether a cell shows nothing but its code."""
    return cell["fold"] == "input" and not cell["ids"] and len(cell.children) == 1


def _next(node: nodes.Element) -> nodes.Node | None:
    return node.next_node(descend=False, siblings=True)


def _is_dropdown(node: nodes.Element) -> bool:
    classes = " ".join(node["classes"]).split()
    return "dropdown" in classes and isinstance(node.children[0], nodes.title)


def _unwrap(box: nodes.Element) -> None:
    """Put the text of an exercise where the section around it was."""
    for section in [child for child in box.children if isinstance(child, nodes.section)]:
        box.replace(section, section.children)


def _fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if is_site(app.builder):
        Folds(app.env, docname).fold(doctree)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Fold what is to be folded, as a page is written."""
    app.setup_extension("bookext.html.translator")
    app.add_post_transform(KeepFromMystNB)
    app.connect("doctree-resolved", _fold, priority=Resolved.FOLDS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
