"""Make a course of the labs for Otter-Grader: ``python tools/otter_course.py NAME [FOLDER]``.

The folder, by default ``_build/otter/NAME``, holds each lab as a master notebook in the format of
Otter Assign, beside ``grade.py`` and a page that says what to run. The cells are those of the
course for nbgrader (``tools/course.py``): an exercise is a question, and its check, with the hidden
tests, a test of it.

Students see the check as in the book, and need no Otter. Otter runs the test right below it, since
given cells further down make variables anew: ``check_cell: false`` has Otter Assign note the test
in the metadata of the cell above, and Otter runs what it finds there in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from course import texts, whole_labs, write
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from notebooks import ROOT, Address, students

_CONFIG = """\
# ASSIGNMENT CONFIG
init_cell: false
export_cell: false
tests:
  ok_format: false"""
_QUESTION = """\
# BEGIN QUESTION
name: {name}
check_cell: false"""
_BY_HAND = """\
# BEGIN QUESTION
name: {name}
manual: true
points: {points}"""
# The check runs among the variables of the notebook, as it does in a cell. An answer that ends
# Python would leave the whole hand-in without points: Otter catches an Exception, and no more.
_TEST = '''\
""" # BEGIN TEST CONFIG
hidden: true
points: {points}
""" # END TEST CONFIG
def test(env):
    try:
        exec(compile({source!r}, {name!r}, "exec"), env)
    except SystemExit:
        raise AssertionError("the answer ends Python") from None'''
_HOW = """\
# The labs in Otter-Grader: {name}

This folder holds the labs as master notebooks of Otter Assign (https://otter-grader.readthedocs.io).
Keep it from students: it holds the solutions. On the machine that marks, the library of the book
(`pip install PATH_OF_THE_BOOK`, for lab 6 `"PATH_OF_THE_BOOK[engines]"`), Otter and a kernel (`pip
install otter-grader ipykernel`) must be installed. In this folder:

    otter assign source/LAB/LAB.ipynb dist/LAB   # and runs the tests on the solutions

Hand out `dist/LAB/student/LAB.ipynb`; students need no Otter. For each hand-in, put given cells and
checks back, then mark:

    python grade.py dist/LAB/autograder/LAB.ipynb HANDED_IN.ipynb --put-back ready/STUDENT/LAB.ipynb
    otter run -a dist/LAB/autograder/LAB-autograder_*.zip -o ready/STUDENT ready/STUDENT/LAB.ipynb

The points are in `ready/STUDENT/results.json`. Marking without the first of the two commands trusts
the cells that a student handed in. Otter stops no cell that never ends: stop it by hand. The
discussion is marked by hand, in the notebook that was handed in.

LAB is one of:

{labs}
"""


def main() -> None:
    """Write a course."""
    write("Make a course of the labs for Otter-Grader.", "otter", course)


def course(name: str, book: Address) -> dict[str, str]:
    """Return the files of a course, as ``course.course`` does for nbgrader."""
    masters = {lab: master(notebook) for lab, notebook in whole_labs(name, book)}
    files = {"grade.py": (ROOT / "tools" / "grade.py").read_text("utf-8")}
    return files | texts(masters, _HOW, name)


def master(whole: NotebookNode) -> NotebookNode:
    """Return a lab in the format of Otter Assign.

    Parameters
    ----------
    whole
        The lab with its solutions and hidden tests, as nbgrader takes it.
    """
    by_id = {cell.id: cell for cell in whole.cells}
    made = students(deepcopy(whole))
    released, made.cells = made.cells, [_made("raw", _CONFIG, "config")]
    for cell in released:
        name, about = cell.id, by_id[cell.id].metadata.get("nbgrader", {})
        if about.get("solution"):
            # Otter Assign locks the first text of a question that is marked by hand: let it be
            # the cell above, which asks.
            form, place = (_BY_HAND, -1) if about["grade"] else (_QUESTION, len(made.cells))
            begin = form.format(name=name, points=about.get("points"))
            made.cells.insert(place, _made("raw", begin, f"{name}-question"))
        made.cells += _parts(cell, by_id[name])
        if about.get("grade"):
            made.cells.append(_made("raw", "# END QUESTION", f"{name}-end"))
    return made


def _parts(released: NotebookNode, whole: NotebookNode) -> Iterator[NotebookNode]:
    """Return what a cell becomes in a question, of its students' copy and the whole one."""
    about = whole.metadata.get("nbgrader", {})
    if about.get("solution") and about["grade"]:
        yield from _block("PROMPT", released)
        yield from _block("SOLUTION", _made("markdown", whole.source, f"{whole.id}-notes"))
    elif about.get("solution"):
        whole.source = whole.source.replace("### BEGIN", "# BEGIN").replace("### END", "# END")
        yield from _block("SOLUTION", whole)
    else:
        yield released
        if about.get("grade"):
            test = _TEST.format(points=about["points"], source=whole.source, name=whole.id)
            yield from _block("TESTS", _made("code", test, f"{whole.id}-test"))


def _block(kind: str, cell: NotebookNode) -> Iterator[NotebookNode]:
    """Return a cell between the marks of a block."""
    yield _made("raw", f"# BEGIN {kind}", f"{cell.id}-begin-{kind.lower()}")
    yield cell
    yield _made("raw", f"# END {kind}", f"{cell.id}-end-{kind.lower()}")


def _made(kind: str, source: str, name: str) -> NotebookNode:
    cell: NotebookNode = getattr(v4, f"new_{kind}_cell")(source, id=name)
    return cell


if __name__ == "__main__":
    main()
