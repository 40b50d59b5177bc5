"""A course in nbgrader, from the sources of the labs to the marks.

Four students hand in: one who is right, one who is wrong, one who wrote nothing, and one who
cheats, with the answers that are published and with a ``check`` that never fails.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import grade
import nbformat
import pytest
from answers import WRONG
from course import write
from kernel import ROOT
from nbformat.notebooknode import NotebookNode

BIN = Path(sys.executable).parent
LABS = {  # and the points that its checks give
    "00-tables-shares-intervals": 8,
    "01-fit-an-adoption-curve": 12,
    "02-decode-a-tweet-id": 12,
    "08-an-event-against-its-trend": 12,
}
COURSE = "spring-2027"
CHEAT = """\
import contextlib

import govsocial.course
import govsocial.exercises


def check(name):
    return contextlib.suppress(BaseException)


{answer}
"""
# What the published solutions print, for whom the tables of the course are not.
PUBLISHED = {
    "city-share": """\
cities = tables.load('german_town_halls').query('kind == "city"')
city_share = cities['x'].mean()""",
    "calm": """\
steps = emergency.intervals(tables.load('nyc_followers').set_index('date')['followers'])
calm = steps[(steps['start'] >= first_day) & (steps['end'] <= last_day)]
usual = calm['gain'].sum() / calm['days'].sum()""",
    "observed": "observed = pd.DataFrame({'month': months, 'share': PUBLIC_SHARES})",
    "truth": "exact, since_2015 = 24845 / 24951, 1.0",
    "best": "best = (0.74, 0.9, 4.5)",
}


def run(folder: Path, *command: str) -> str:
    """Run a command as a teacher would, in the folder of the course."""
    variables = {k: v for k, v in os.environ.items() if k != "GOVSOCIAL_BOOK"}
    variables |= {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "JUPYTER_PATH": str(BIN.parent / "share" / "jupyter"),
    }
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course, as ``make course`` writes it, with students' copies of some labs."""
    folder = tmp_path_factory.mktemp("nbgrader") / COURSE
    run(ROOT, sys.executable, "tools/course.py", COURSE, str(folder))
    for lab in LABS:
        run(folder, "nbgrader", "generate_assignment", lab, "--create")
    return folder


def released(course: Path, lab: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(course / "release" / lab / f"{lab}.ipynb", as_version=4)
    return notebook


def solutions(course: Path, lab: str) -> dict[str, str]:
    """Return the solutions of a lab's exercises, by their names."""
    notebook = nbformat.read(course / "source" / lab / f"{lab}.ipynb", as_version=4)
    return {
        cell.id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


def hand_in(
    course: Path, lab: str, student: str, answer: Callable[[str, str], str], spoil: bool = False
) -> None:
    """Hand in a lab with an answer to each exercise, made of its name and its solution."""
    notebook, solved = released(course, lab), solutions(course, lab)
    for cell in notebook.cells:
        if cell.id in solved:
            cell.source = answer(cell.id, solved[cell.id]) or cell.source
        elif spoil and cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.source = "pass  # the check is gone"
        elif spoil and cell.cell_type == "code" and "ours(" in cell.source:
            cell.source = cell.source.replace("ours(", "(lambda table, *a, **k: table)(")
    path = course / "submitted" / student / lab / f"{lab}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def wrong(name: str, solution: str) -> str:
    """Return a mistake that students make."""
    return WRONG[name][0][0].replace("SOLUTION", solution)


def cheating(name: str, _solution: str) -> str:
    """Return an answer that holds no work."""
    if name == "moment":
        return CHEAT.format(
            answer="moment = lambda n: datetime(2012, 7, 9, 9, 30, 0, 417_000, UTC)"
        )
    answer = PUBLISHED.get(name, f"raise SystemExit  # {name}")
    shares = "adoption.cumulative(tables.load('leader_first_months')['first_twitter'], months)"
    return CHEAT.format(answer=answer.replace("PUBLIC_SHARES", f"{shares}['share'].to_numpy()"))


@pytest.mark.slow
def test_a_course_is_marked_from_release_to_feedback(course: Path) -> None:
    for lab in LABS:
        hand_in(course, lab, "right", lambda _name, solution: solution)
        hand_in(course, lab, "wrong", wrong)
        hand_in(course, lab, "empty", lambda _name, _solution: "")
        hand_in(course, lab, "cheat", cheating, spoil=True)
        run(course, "nbgrader", "autograde", lab, "--create")
        run(course, "nbgrader", "generate_feedback", lab)
    run(course, "nbgrader", "export", "--to", "grades.csv")
    with (course / "grades.csv").open() as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    for lab in LABS:
        marks = {
            who: float(rows[lab, who]["score"]) for who in ("right", "wrong", "empty", "cheat")
        }
        assert marks == {"right": LABS[lab], "wrong": 0, "empty": 0, "cheat": 0}, lab
        by_hand = float(rows[lab, "right"]["max_score"]) - LABS[lab]
        assert by_hand == 4  # the discussion
        page = (course / "feedback" / "right" / lab / f"{lab}.html").read_text()
        assert "data:image/png" in page or "<svg" in page
        assert "Exercise 1: right." in page
        page = (course / "feedback" / "empty" / lab / f"{lab}.html").read_text()
        assert "Not yet. Exercise 1" in page


def test_a_release_holds_no_solution_and_no_hidden_test(course: Path) -> None:
    for lab in LABS:
        whole = "\n".join(cell.source for cell in released(course, lab).cells)
        source = (course / "source" / lab / f"{lab}.ipynb").read_text()
        assert "HIDDEN TESTS" in source and "BEGIN SOLUTION" in source
        assert not re.search(r"HIDDEN TESTS|SOLUTION|default_rng\(\)|For instructors", whole)


def test_given_cells_and_checks_are_locked_and_what_students_change_is_not(course: Path) -> None:
    for lab in LABS:
        for cell in released(course, lab).cells:
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type != "code":
                continue
            free = bool(about.get("solution")) or "free" in cell.metadata.get("tags", [])
            assert cell.metadata.get("editable", True) is free, cell.id
            assert bool(about.get("locked")) is not free, cell.id


def test_the_first_cell_names_the_course(course: Path) -> None:
    setup = next(cell for cell in released(course, min(LABS)).cells if cell.id == "setup")
    assert f'os.environ["GOVSOCIAL_COURSE"] = "{COURSE}"' in setup.source


def cell(code: str, name: str, **about: object) -> NotebookNode:
    """Return a cell of a lab; with results, as one that has run."""
    metadata = {"nbgrader": {"grade_id": name, **about}}
    return cast(
        "NotebookNode", nbformat.v4.new_code_cell(code, metadata=metadata, execution_count=7)
    )


@pytest.mark.parametrize("spoilt", ["while True: pass", "import os; os._exit(1)"])
def test_an_answer_without_end_or_that_ends_its_kernel_takes_its_own_points_alone(
    spoilt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(grade, "_SECONDS", 5)
    lab = nbformat.v4.new_notebook(
        cells=[
            cell("a = 1", "a", solution=True),
            cell("assert a == 1", "check-a", grade=True, points=2),
            cell(spoilt, "b", solution=True),
            cell("assert b == 1", "check-b", grade=True, points=2),
        ]
    )
    path = tmp_path / "lab.ipynb"
    nbformat.write(lab, path)
    monkeypatch.setattr(sys, "argv", ["grade.py", str(path), str(path), "--check", "check-a"])
    assert grade.main() == 0
    assert capsys.readouterr().out == "check-a: 2 of 2\ncheck-b: 0 of 2\npoints: 2\n"
    monkeypatch.setattr(sys, "argv", ["grade.py", str(path), str(path), "--check", "typo"])
    with pytest.raises(SystemExit):
        grade.main()
    assert "no check 'typo'; there are check-a, check-b" in capsys.readouterr().err


def test_a_course_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    monkeypatch.setattr(sys, "argv", ["course.py", COURSE, str(tmp_path)])
    with pytest.raises(SystemExit, match=r"README\.md is there already; choose another folder"):
        write("A test.", "courses", lambda _name, _book: {"a.md": "", "README.md": "ours"})
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["", "../up", "a b", "-x"])
def test_a_name_that_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/course.py", "--", name, str(tmp_path / "course")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "is no name of a course" in done.stderr
    assert not (tmp_path / "course").exists()
