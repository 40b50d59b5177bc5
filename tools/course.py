"""Make a course of the labs for nbgrader: ``python tools/course.py NAME [FOLDER]``.

The folder, by default ``_build/courses/NAME``, is complete: ``source/`` holds each lab with its
solutions, hidden tests and locked cells, beside the configuration and a page that says what to run.
The name goes into the first cell of each lab: the course works with tables of its own (see
``govsocial/course.py``), so that answers published with the book do not fit. ``BOOK_LANG`` chooses
the language.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat.notebooknode import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from notebooks import (  # noqa: E402
    NOTEBOOKS,
    Address,
    address,
    dumped,
    instructors,
    taken_away,
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_CONFIG = '\n# This course.\nc.CourseDirectory.course_id = "{name}"\n'
_HOW = """\
# The labs in nbgrader: {name}

This folder is a course of nbgrader (https://nbgrader.readthedocs.io). Keep it from students: it
holds the solutions. On the machine that marks, the library of the book must be installed
(`pip install PATH_OF_THE_BOOK`, for lab 6 `"PATH_OF_THE_BOOK[engines]"`). In this folder:

    nbgrader generate_assignment LAB      # students' copy: release/LAB/LAB.ipynb
    nbgrader release_assignment LAB       # into the exchange, or hand release/ out in another way
    nbgrader collect LAB                  # or put hand-ins into submitted/STUDENT/LAB/LAB.ipynb
    nbgrader autograde LAB
    nbgrader formgrade                    # marks the discussion by hand, in JupyterLab
    nbgrader generate_feedback LAB
    nbgrader export                       # grades.csv

LAB is one of:

{labs}

A hand-in must stand in `submitted/STUDENT/LAB/LAB.ipynb`. If the course has a configuration of its
own, copy the lines of `nbgrader_config.py` into it. Feedback shows the hidden tests: generate it
when all have handed in.
"""


def main() -> None:
    """Write a course."""
    write("Make a course of the labs for nbgrader.", "courses", course)


def write(purpose: str, room: str, files: Callable[[str, Address], dict[str, str]]) -> None:
    """Write the files of the course that the command line names.

    Parameters
    ----------
    purpose
        Of the command, for its help.
    room
        Folder in ``_build`` for courses of this kind.
    files
        Returns their texts, by path, of the name of the course and the address of the book.
    """
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("name", help="of the course, such as spring-2027")
    parser.add_argument("folder", nargs="?", type=Path)
    asked = parser.parse_args()
    name = valid_name(asked.name)
    folder = asked.folder or ROOT / "_build" / room / name
    made = files(name, address())
    if there := [folder / path for path in made if (folder / path).exists()]:
        raise SystemExit(f"error: {there[0]} is there already; choose another folder")
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    print(f"wrote {folder}")


def valid_name(name: str) -> str:
    """Return the name of a course, if it can be one of a folder."""
    if not _NAME.fullmatch(name):
        raise SystemExit(
            f"error: '{name}' is no name of a course; take letters, digits, dots and dashes"
        )
    return name


def course(name: str, book: Address) -> dict[str, str]:
    """Return the files of a course, by their path in its folder.

    Parameters
    ----------
    name
        Of the course.
    book
        Where the first cells of the labs find the library.
    """
    config = (NOTEBOOKS / "nbgrader_config.py").read_text("utf-8")
    files = {"nbgrader_config.py": config + _CONFIG.format(name=name)}
    return files | texts(dict(whole_labs(name, book)), _HOW, name)


def texts(labs: dict[str, NotebookNode], how: str, name: str) -> dict[str, str]:
    """Return the labs of a course, and the page that says what to run, as texts by path."""
    files = {f"source/{lab}/{lab}.ipynb": dumped(notebook) for lab, notebook in labs.items()}
    listed = "\n".join(f"- {lab}" for lab in labs)
    return files | {"README.md": how.format(name=name, labs=listed)}


def whole_labs(name: str, book: Address) -> Iterator[tuple[str, NotebookNode]]:
    """Return each lab by its name, as the instructors of a course have it."""
    for source in sorted((NOTEBOOKS / "src").glob("*.md")):
        yield source.stem, taken_away(instructors(source, book, name), book.site)


if __name__ == "__main__":
    main()
