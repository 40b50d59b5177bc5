"""Write the notebooks of the repository: ``python tools/notebooks.py``; ``--check`` the labs.

Each lab has one source, ``notebooks/src/NN-name.md``, with the conventions of nbgrader. Of it
are made the instructors' copy in ``notebooks/solutions/`` and, by nbgrader's own preprocessors,
the students' copy in ``notebooks/``. The notebooks of the chapters, ``notebooks/chapters/``, are
those that the last build of the site wrote. Those of an edition in another language (``BOOK_LANG``)
are in a folder of its code, with the same three rooms.
"""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.common import i18n  # noqa: E402
from bookext.common.i18n import _, folder_of, of_lab  # noqa: E402
from bookext.notebooks.figure_words import described  # noqa: E402
from bookext.notebooks.lab_language import figure_words, translated  # noqa: E402
from bookext.notebooks.launch_buttons import setup_cell, source_of  # noqa: E402
from govsocial.course import VARIABLE  # noqa: E402
from govsocial.language import SOURCE, language  # noqa: E402

NOTEBOOKS = ROOT / "notebooks"
OWN = NOTEBOOKS / folder_of(language())
BUILT = ROOT / "_build" / "html" / folder_of(language()) / "notebooks" / "chapters"
# A given cell is locked: nbgrader puts it back before it marks. Those with this tag are not, since
# the text asks students to change them.
_FREE = "free"
# What the page of the book does without. The tag is of nbclient, which nbgrader runs notebooks by.
_SKIPPED = "skip-execution"
_PAGE = re.compile(r"\[([^\]]*)\]\((?:\.\./)+([\w/-]+)\.(?:md|ipynb)\)")
_DEFAULTS = {"grade": False, "solution": False, "task": False, "schema_version": 3}


class Address(NamedTuple):
    """Where the book lives; empty for what has no address yet."""

    repository: str = ""
    branch: str = "main"
    site: str = ""


def main() -> None:
    """Write all notebooks, and delete those whose source is gone; or say which labs are old."""
    wanted = labs(address())
    if sys.argv[1:] == ["--check"]:
        raise SystemExit("\n".join(stale(wanted)) or 0)
    wanted |= {OWN / "chapters" / p.name: p.read_text("utf-8") for p in built_chapters()}
    for path in set(committed()) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def address() -> Address:
    """Return the address in the settings, and load the catalogues of the edition."""
    import conf

    return Address(conf.REPOSITORY_URL, conf.BRANCH, conf.html_baseurl)


def stale(wanted: dict[Path, str]) -> list[str]:
    """Return the labs that are not what their sources make."""
    there = {path for path in committed() if path.parent != OWN / "chapters"}
    changed = (p for p, text in wanted.items() if p in there and p.read_text("utf-8") != text)
    odd = {*changed, *there ^ set(wanted)}
    return [path.relative_to(ROOT).as_posix() for path in sorted(odd)]


def built_chapters() -> list[Path]:
    """Return the notebooks of the chapters that the last build of the site wrote."""
    if not BUILT.is_dir():
        raise SystemExit("error: the chapters' notebooks come from the built site; run: make html")
    return sorted(BUILT.glob("*.ipynb"))


def committed() -> list[Path]:
    """Return the notebooks of the edition that are there."""
    rooms = (OWN, OWN / "solutions", OWN / "chapters")
    return sorted(path for room in rooms for path in room.glob("*.ipynb"))


def labs(book: Address) -> dict[Path, str]:
    """Return the text of each lab's two copies, by path."""
    copies = {}
    for source in sorted((NOTEBOOKS / "src").glob("*.md")):
        name = f"{source.stem}.ipynb"
        notebook = instructors(source, book)
        copies[OWN / "solutions" / name] = dumped(notebook)
        beside = OWN / "chapters"
        copies[OWN / name] = dumped(students(taken_away(notebook, book.site, beside)))
    return copies


def instructors(source: Path, book: Address, course: str = "") -> NotebookNode:
    """Return a lab with its solutions, complete as nbgrader wants it.

    Parameters
    ----------
    source
        The lab, as its authors write it.
    book
        Where its first cell finds the library.
    course
        Name of the course that it is for (see :mod:`govsocial.course`); empty for everybody.
    """
    notebook: NotebookNode = jupytext.read(source, fmt="md:myst")
    notebook = translated(notebook, of_lab(f"{i18n.LABS}/{source.stem}"))
    del notebook.metadata["jupytext"]
    for index, cell in enumerate(notebook.cells):
        _marked(cell, f"cell-{index:02}")
    about = notebook.metadata["lab"]
    extra, needs = about.get("extra", ""), about.get("needs", [])
    if language() != SOURCE:  # one folder down
        for cell in notebook.cells:
            cell.source = cell.source.replace("](../../", "](../../../")
    first = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    library = source_of(book.repository, book.branch, book.site, extra)
    setup = setup_cell(library, needs, extra, {VARIABLE: course} if course else {})
    setup.metadata["nbgrader"] = _DEFAULTS | {"grade_id": setup.id, "locked": True}
    notebook.cells.insert(first, setup)
    return notebook


def _marked(cell: NotebookNode, name: str) -> None:
    """Complete what nbgrader knows of a cell: given cells and checks are locked."""
    if cell.cell_type == "code" and _FREE not in cell.metadata.get("tags", []):
        cell.metadata.setdefault("nbgrader", {"grade_id": name, "locked": True})
    if (found := cell.metadata.get("nbgrader")) is not None:
        found.update(_DEFAULTS | found)
        found.setdefault("locked", found["grade"] and not found["solution"])
        if found["grade"] and not found["solution"]:
            cell.metadata["jupyter"] = {"source_hidden": True}  # JupyterLab folds a check
    cell.id = found["grade_id"] if found else name


def taken_away(notebook: NotebookNode, site: str, beside: Path | None = None) -> NotebookNode:
    """Return a lab as it leaves the book: links lead somewhere, figures have words, all cells run.

    Parameters
    ----------
    notebook
        A lab.
    site
        Address of the site; empty for none.
    beside
        Folder with the notebooks of the chapters, beside that of the lab; None for none. Without
        an address of the site a link leads there; if there is no such notebook, its words stay.
    """

    def there(found: re.Match[str]) -> str:
        words, page = found.groups()
        if site:
            return f"[{words}]({site.rstrip('/')}/{page}.html)"
        name = f"{page.rpartition('/')[2]}.ipynb"
        if beside and page.startswith("chapters/") and (beside / name).is_file():
            return f"[{words}]({beside.name}/{name})"
        return words

    made = deepcopy(notebook)
    for cell in made.cells:
        if _SKIPPED in cell.metadata.get("tags", []):
            cell.metadata["tags"].remove(_SKIPPED)
        if cell.cell_type == "markdown":
            cell.source = _PAGE.sub(there, cell.source)
        elif words := figure_words(cell):
            cell.source = described(cell.source, words.get("caption", ""), words.get("alt", ""))
    return made


def students(notebook: NotebookNode) -> NotebookNode:
    """Return the students' copy, as nbgrader releases it."""
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(NOTEBOOKS)).load_config()
    release = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
    settings.ClearSolutions.text_stub = _(settings.ClearSolutions.text_stub)
    copy, resources = notebook, ResourcesDict()
    for step in release.preprocessors:
        if step is not SaveCells:  # a course's data base
            copy, resources = step(config=settings)(copy, resources)
    return copy


def dumped(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file."""
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4)
    return text + "\n"


if __name__ == "__main__":
    main()
