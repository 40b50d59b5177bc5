"""The labs as pages, solutions folded on the site (in the PDF: ``bookext/typst/solutions.py``).

A lab's page is its instructors' copy. Its notebook has no directives, so the page is told by the
notebook's own means: a code cell that nbgrader knows as a solution or a check is folded; a block
quote that opens with a line in bold becomes a folded box. Where the setting ``book_solutions`` is
``hidden``, solutions and boxes are left out. Hidden tests stand on no page. The directive
``lab-table`` lists the labs and their downloads.

Closes: MyST-NB folds code cells by tags of its own, and no cell of text
(https://github.com/executablebooks/MyST-NB/issues/381).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from myst_parser.slugs import github_slugify
from nbformat.notebooknode import NotebookNode
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on_files
from bookext.common.errors import FileError
from bookext.common.i18n import LABS as _PAGES
from bookext.common.i18n import _, folder_of, of_lab
from bookext.common.nodes import Cell, joined, reference, table
from bookext.common.order import Reading, Writing
from bookext.common.outputs import SITE, SiteTransform, finish
from bookext.notebooks.lab_language import headings, translated
from bookext.notebooks.launch_buttons import notebook_of, offered
from govsocial.language import SOURCE

_BOX = "lab-box"
# What the labs need beside them, to run in a place of their own.
_LIBRARY = ("pyproject.toml", "LICENSE", "LICENSE-content.md")
README = "README.md"
_MARK = re.compile(r"\s*### (BEGIN|END) SOLUTION")
_HIDDEN = re.compile(r"^\s*### BEGIN HIDDEN TESTS\n.*?^\s*### END HIDDEN TESTS(\n|\Z)", re.M | re.S)
_HEADINGS = "lab-headings"
_STUDENTS, _WITH_DATA = "labs.zip", "labs-with-data.zip"
_COMMANDS = """```sh
python3 -m venv env
env/bin/pip install . jupyterlab
env/bin/jupyter lab notebooks
```"""
_ON_WINDOWS = r"""```bat
py -m venv env
env\Scripts\pip install . jupyterlab
env\Scripts\jupyter lab notebooks
```"""


def _kind(node: nodes.Element) -> dict[str, Any]:
    """Return what nbgrader knows of a cell."""
    metadata: dict[str, dict[str, Any]] = node.get("cell_metadata", {})
    return metadata.get("nbgrader", {})


def is_solution(node: nodes.Element) -> bool:
    """Return whether a part of a lab's page gives an answer away."""
    return bool(_kind(node).get("solution")) or _BOX in node.get("classes", ())


def is_check(node: nodes.Element) -> bool:
    """Return whether a cell of a lab checks an answer."""
    return bool(_kind(node).get("grade")) and not is_solution(node)


def _translate(app: Sphinx, docname: str, source: list[str]) -> None:
    """Read a lab in the language of the edition: its text, its code, and what the code prints."""
    if docname.startswith(_PAGES) and app.config.language != SOURCE:
        notebook = nbformat.reads(source[0], as_version=4)
        app.env.current_document[_HEADINGS] = headings(notebook)
        made = translated(notebook, of_lab(docname))
        source[0] = nbformat.writes(made, version=4)


class ReadLab(SphinxTransform):
    """Make a folded box of a block quote that opens with a line in bold; tidy the solutions."""

    default_priority = Reading.TRANSLATABLE

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Look at the labs only."""
        if not self.env.docname.startswith(_PAGES):
            return
        titles: list[str] = self.env.current_document.get(_HEADINGS) or []
        _keep_anchors(self.document, titles)
        hidden = self.config.book_solutions == "hidden"
        for cell in list(self.document.findall(nodes.container)):
            if is_solution(cell) or is_check(cell):
                for code in cell.findall(nodes.literal_block):
                    _tidied(code)
            if is_solution(cell) and hidden:
                cell.parent.remove(cell)
        for quote in list(self.document.findall(nodes.block_quote)):
            first, *text = quote.children
            words = [node for node in first.children if node.astext()]
            if len(words) == 1 and isinstance(words[0], nodes.strong):
                title = nodes.title(words[0].astext(), "", *words[0].children)
                title.source, title.line = quote.source, quote.line
                box = nodes.admonition("", title, *text, classes=[_BOX, "dropdown"])
                box.source, box.line = quote.source, quote.line
                quote.replace_self([] if hidden else box)


def _keep_anchors(document: nodes.document, titles: list[str]) -> None:
    """Give the sections of a translated lab the anchors that they have in the source language."""
    sections = list(document.findall(nodes.section))
    for section, title in zip(sections if titles else [], titles, strict=True):
        for name in section["ids"]:
            document.ids.pop(name, None)
        section["ids"] = [nodes.make_id(title)]
        section["slug"] = github_slugify(title)
        document.ids[section["ids"][0]] = section
        document.nameids |= dict.fromkeys(section["names"], section["ids"][0])


def _tidied(code: nodes.literal_block) -> None:
    """Drop hidden tests, and the lines that tell nbgrader where a solution begins and ends."""
    lines = _HIDDEN.sub("", code.astext()).splitlines()
    text = "\n".join(line for line in lines if not _MARK.fullmatch(line))
    code.rawsource, code.children = text, []
    code += nodes.Text(text)


class FoldCells(SiteTransform):
    """Fold solutions and checks, before MyST-NB folds what it is told to."""

    default_priority = Writing.FOLDED_CELLS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Say so to MyST-NB."""
        for cell in self.document.findall(nodes.container):
            if is_solution(cell):
                _fold(cell, "all", _("Show a solution"), _("Hide the solution"))
            elif is_check(cell):
                _fold(cell, "input", _("Show the check"), _("Hide the check"))


def _fold(cell: nodes.container, mode: str, show: str, hide: str) -> None:
    cell["hide_mode"], cell["prompt_show"], cell["prompt_hide"] = mode, show, hide


class LabTable(SphinxDirective):
    """List the labs, with what one needs to choose one and to open it."""

    def run(self) -> list[nodes.Node]:
        """Return the table, and the downloads of all labs."""
        head = [_("Lab"), _("For"), _("Minutes"), _("Chapter")]
        paths = depends_on_files(self.env, Path(self.env.srcdir, _PAGES), "*.ipynb")
        labs = table((30, 18, 10, 42), map(self._lab, paths), ["labs", "longtable"], head=head)
        return [labs, addnodes.only("", _downloads(), expr=SITE)]

    def _lab(self, path: Path) -> list[Cell]:
        notebook = nbformat.read(path, as_version=4)
        about = _about(path.relative_to(self.env.srcdir), notebook.metadata.get("lab"))
        docname = f"{_PAGES}/{path.stem}"
        link = reference(self.env, "doc", f"/{docname}", of_lab(docname)(title(notebook)))
        offers = addnodes.only("", *self._offers(docname), expr=SITE)
        chapter = reference(self.env, "doc", f"/{about['chapter']}", "")
        chapter["refexplicit"] = False
        return [[link, offers], _levels()[about["level"]], str(about["minutes"]), [chapter]]

    def _offers(self, docname: str) -> list[nodes.Node]:
        config, path = self.config, str(notebook_of(docname))
        here = nodes.reference("", _("Notebook"), refuri=Path(path).name, internal=True)
        found = offered(config, path)
        links = [here, *(nodes.reference("", place.name, refuri=place.url) for place in found)]
        return [nodes.Text(" ("), *joined(links), nodes.Text(")")]


def _about(path: Path, about: Any) -> dict[str, Any]:
    """Return what a lab says of itself at its top.

    Raises
    ------
    FileError
        If it does not say its minutes, its level and its chapter.
    """
    if (
        not isinstance(about, dict)
        or type(about.get("minutes")) is not int
        or about.get("level") not in _levels()
        or not isinstance(about.get("chapter"), str)
    ):
        said = f"`lab: {about}` does not say what a lab must; write `lab: {{minutes: 60, level: "
        levels = ", ".join(_levels())
        remedy = "beginners, chapter: chapters/NAME}` into its source"
        raise FileError(path, f"{said}{remedy}; the levels are {levels}")
    return about


def _levels() -> dict[str, str]:
    return {
        "newcomers": _("newcomers"),
        "beginners": _("beginners"),
        "intermediate": _("intermediate"),
        "elective": _("intermediate; elective"),
    }


def _downloads() -> nodes.bullet_list:
    words = {
        _STUDENTS: _("the notebooks of all labs, without solutions, and those of the chapters"),
        _WITH_DATA: _("the same with the library and all tables, to work without a network"),
    }
    items = (
        nodes.list_item(
            "",
            nodes.paragraph(
                "",
                "",
                nodes.reference("", name, refuri=name, internal=True),
                nodes.Text(f": {words[name]}"),
            ),
        )
        for name in words
    )
    return nodes.bullet_list("", *items, bullet="*")


def title(notebook: NotebookNode) -> str:
    """Return the first heading of a notebook."""
    line: str = notebook.cells[0].source.splitlines()[0]
    return line.removeprefix("# ")


def _publish(app: Sphinx) -> None:
    """Put the students' copies, alone and packed, where the pages' links find them."""
    root, folder = Path(app.confdir), Path(app.outdir, "notebooks")
    for path in folder.glob("*.ipynb"):
        path.unlink()
    own = root / "notebooks" / folder_of(app.config.language)
    if not (copies := list(for_students(own))):
        return
    for path in own.glob("*.ipynb"):
        (folder / path.name).write_bytes(path.read_bytes())
    pack(root, copies, folder / _STUDENTS)
    said = readme(own.relative_to(root).as_posix())
    pack(root, [*copies, *library(root)], folder / _WITH_DATA, said)


def for_students(folder: Path) -> Iterator[Path]:
    """Return the labs of an edition as students have them, and the chapters, where they link to."""
    yield from sorted(folder.glob("*.ipynb"))
    yield from sorted(folder.glob("chapters/*.ipynb"))


def library(root: Path) -> Iterator[Path]:
    """Return the files that the labs need beside them, to run in a place of their own.

    They need a ``README.md``, too, which ``pyproject.toml`` names: see :func:`readme`.
    """
    for folder in ("data", "govsocial"):
        paths = (path for path in (root / folder).rglob("*") if path.is_file())
        yield from (path for path in paths if "__pycache__" not in path.parts)
    # pyproject.toml packs the words of every language.
    yield from (root / "locale").glob("*/LC_MESSAGES/govsocial/**/*.po")
    yield from (root / name for name in _LIBRARY)


def readme(notebooks: str) -> str:
    """Return what students read first in a folder with the labs and the library.

    Parameters
    ----------
    notebooks
        Where the labs of the edition are.
    """
    title = _("Governing in Public: labs")
    where = _("The labs are the notebooks in `{folder}/`. To open them, type in this folder:")
    parts = (
        f"# {title}",
        where.format(folder=notebooks),
        _COMMANDS,
        _("On Windows:"),
        _ON_WINDOWS,
        _("The second command needs the network, once. After it everything works without."),
        _(
            "Code: MIT (`LICENSE`). Text and figures: CC BY 4.0. Each table has its own terms "
            "(`LICENSE-content.md`)."
        ),
    )
    return "\n\n".join(parts) + "\n"


def pack(root: Path, paths: list[Path], target: Path, said: str = "") -> None:
    """Write files into a ZIP archive that has the same bytes whenever they have.

    Parameters
    ----------
    root, paths
        The files, and the folder from which they are named.
    target
        The archive.
    said
        What its ``README.md`` says; none without it.
    """
    contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    contents |= {README: said.encode()} if said else {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"governing-in-public/{name}", (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transforms and the directive."""
    app.add_config_value("book_solutions", "shown", "env", str)
    app.add_directive("lab-table", LabTable)
    app.add_transform(ReadLab)
    app.connect("source-read", _translate)
    app.add_post_transform(FoldCells)
    finish(app, _publish, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
