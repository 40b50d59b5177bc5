"""Write the notebooks of the repository: ``python tools/notebooks.py``; ``--check`` the labs.

Each lab has one source, ``notebooks/src/NN-name.md``, with the conventions of nbgrader. Of it
are made the instructors' copy in ``notebooks/solutions/`` and, by nbgrader's own preprocessors,
the students' copy in ``notebooks/``. The notebooks of the chapters, ``notebooks/chapters/``, are
those that the last build of the site wrote. Those of an edition in another language (``BOOK_LANG``)
are in a folder of its code, with the same three rooms.
"""

from __future__ import annotations

import sys
from pathlib import Path

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
from bookext.notebooks.lab_language import translated  # noqa: E402
from bookext.notebooks.launch_buttons import setup_cell  # noqa: E402
from govsocial.language import SOURCE, language  # noqa: E402

NOTEBOOKS = ROOT / "notebooks"
OWN = NOTEBOOKS / folder_of(language())
BUILT = ROOT / "_build" / "html" / folder_of(language()) / "notebooks" / "chapters"
_DEFAULTS = {"grade": False, "solution": False, "task": False, "schema_version": 3}


def main() -> None:
    """Write all notebooks, and delete those whose source is gone; or say which labs are old."""
    from conf import BRANCH, REPOSITORY_URL  # which loads the catalogues

    wanted = labs(REPOSITORY_URL, BRANCH)
    if sys.argv[1:] == ["--check"]:
        raise SystemExit("\n".join(stale(wanted)) or 0)
    wanted |= {OWN / "chapters" / p.name: p.read_text("utf-8") for p in built_chapters()}
    for path in set(committed()) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


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


def labs(repository: str, branch: str) -> dict[Path, str]:
    """Return the text of each lab's two copies, by path.

    Parameters
    ----------
    repository, branch
        Where the first cell finds the library, see :func:`launch.setup_cell`.
    """
    copies = {}
    for source in sorted((NOTEBOOKS / "src").glob("*.md")):
        name = f"{source.stem}.ipynb"
        notebook = instructors(source, repository, branch)
        copies[OWN / "solutions" / name] = dumped(notebook)
        copies[OWN / name] = dumped(students(notebook))
    return copies


def instructors(source: Path, repository: str, branch: str) -> NotebookNode:
    """Return a lab with its solutions, complete as nbgrader wants it."""
    notebook: NotebookNode = jupytext.read(source, fmt="md:myst")
    notebook = translated(notebook, of_lab(f"{i18n.LABS}/{source.stem}"))
    del notebook.metadata["jupytext"]
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index:02}"
        if found := cell.metadata.get("nbgrader"):
            found.update(_DEFAULTS | found)
            found.setdefault("locked", found["grade"] and not found["solution"])
            cell.id = found["grade_id"]
    first = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    extra = notebook.metadata["lab"].get("extra", "")
    if language() != SOURCE:  # one folder down
        for cell in notebook.cells:
            cell.source = cell.source.replace("](../../", "](../../../")
    notebook.cells.insert(first, setup_cell(repository, branch, _root(OWN / "solutions"), extra))
    return notebook


def _root(folder: Path) -> str:
    return "/".join([".."] * len(folder.relative_to(ROOT).parts))


def students(notebook: NotebookNode) -> NotebookNode:
    """Return the students' copy, as nbgrader releases it."""
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(NOTEBOOKS)).load_config()
    release = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
    settings.ClearSolutions.text_stub = _(settings.ClearSolutions.text_stub)
    copy, resources = notebook, ResourcesDict()
    for step in release.preprocessors:
        if step is not SaveCells:  # a course's data base
            copy, resources = step(config=settings)(copy, resources)
    for cell in copy.cells:  # one folder up
        cell.source = cell.source.replace("](../../", "](../").replace('"../..', '"..')
    return copy


def dumped(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file."""
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return text + "\n"


if __name__ == "__main__":
    main()
