"""Mark a lab that was handed in: ``python grade.py SOURCE HANDED_IN``; also without this book.

The source is the instructors' copy, or a release of it. Given cells and checks are taken from it,
answers from the hand-in; then all is run. Printed is a line for each check, and the points. The
exit code is 0 if all checks pass, or the one named by ``--check``: so GitHub Classroom and others
can call it. With ``--put-back FILE`` nothing is run: what would be is written to the file, for
another program that marks. It needs nbclient and nbformat, and what the lab needs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

_SECONDS = 300  # for one cell, as in nbgrader_config.py


def main() -> int:
    """Print the marks of a hand-in, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("handed_in", type=Path)
    parser.add_argument("--check", help="of which the exit code tells, such as check-share-by")
    parser.add_argument("--put-back", type=Path, metavar="FILE", help="write, and mark nothing")
    asked = parser.parse_args()
    source = nbformat.read(asked.source, as_version=4)
    handed_in = nbformat.read(asked.handed_in, as_version=4)
    notebook = joined(source, handed_in)
    if asked.put_back:
        asked.put_back.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, asked.put_back)
        return 0
    marks = graded(notebook, asked.handed_in.parent)
    for name, (points, of) in marks.items():
        print(f"{name}: {points:g} of {of:g}")
    print(f"points: {sum(points for points, _of in marks.values()):g}")
    looked_at = {asked.check: marks[asked.check]} if asked.check else marks
    return int(any(points < of for points, of in looked_at.values()))


def joined(source: Any, handed_in: Any) -> Any:
    """Return the source of a lab with the answers of a hand-in."""
    answers = {_about(cell)["grade_id"]: cell for cell in handed_in.cells if _is_answer(cell)}
    for cell in source.cells:
        if _is_answer(cell):
            found = answers.get(_about(cell)["grade_id"])
            cell.source = found.source if found else ""
    return source


def _about(cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def _is_answer(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(_about(cell).get("solution"))


def graded(notebook: Any, folder: Path) -> dict[str, tuple[float, float]]:
    """Run a notebook in a folder, and return the points of each check and how many it has."""
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        startup_timeout=_SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    marks = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and _about(cell).get("grade"):
            failed = any(output.output_type == "error" for output in cell.outputs)
            done = cell.get("execution_count") is not None and not failed
            points = float(_about(cell)["points"])
            marks[str(_about(cell)["grade_id"])] = (points if done else 0.0, points)
    return marks


if __name__ == "__main__":
    sys.exit(main())
