"""The labs as masters of Otter Assign, read by its rules; Otter itself is not needed here."""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import grade
import nbformat
import otter_course
import pytest
import yaml
from answers import WRONG
from course import whole_labs
from kernel import ROOT
from nbformat.notebooknode import NotebookNode

from govsocial import notebook as notebook_door
from govsocial.course import VARIABLE
from govsocial.exercises import NotYetError
from notebooks import Address, students

COURSE = "spring-2027"
LABS = sorted(path.stem for path in (ROOT / "notebooks" / "src").glob("*.md"))
SECRET = re.compile(r"BEGIN SOLUTION|HIDDEN TESTS|default_rng\(\)|For instructors")
FIRST = "00-tables-shares-intervals"


@cache
def labs() -> dict[str, NotebookNode]:
    return dict(whole_labs(COURSE, Address()))


@cache
def masters() -> dict[str, NotebookNode]:
    return {lab: otter_course.master(deepcopy(whole)) for lab, whole in labs().items()}


class Cell(NamedTuple):
    """A cell of a master, its question (or nothing) and its block (or nothing)."""

    node: NotebookNode
    question: dict[str, Any]
    block: str


def read(master: NotebookNode) -> list[Cell]:
    """Read a master as Otter Assign does: raw cells open and close questions and blocks."""
    found = []
    question: dict[str, Any] = {}
    block = ""
    for node in master.cells[1:]:
        if node.cell_type != "raw":
            found.append(Cell(node, question, block))
            continue
        line = re.match(r"# (BEGIN|END) (\w+)", node.source)
        assert line, node.source
        mark, kind = line.groups()
        if kind == "QUESTION":
            assert not block and bool(question) is (mark == "END"), node.source
            question = yaml.safe_load(node.source) if mark == "BEGIN" else {}
        else:
            assert question and block == ("" if mark == "BEGIN" else kind), node.source
            block = kind if mark == "BEGIN" else ""
    assert not question and not block
    return found


def kinds(lab: str, name: str) -> list[NotebookNode]:
    """Return the code cells of a lab that nbgrader takes for answers or checks."""
    return [
        cell
        for cell in labs()[lab].cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get(name)
    ]


def in_tests(lab: str) -> dict[str, tuple[dict[str, Any], Any]]:
    """Return the settings and the function of the test of each question."""
    found = {}
    for node, question, block in read(masters()[lab]):
        if block == "TESTS":
            settings = re.match(r'""" # BEGIN TEST CONFIG\n(.*)\n""" # END', node.source, re.S)
            assert settings
            names: dict[str, Any] = {}
            exec(node.source, names)
            found[question["name"]] = yaml.safe_load(settings[1]), names["test"]
    return found


@pytest.mark.parametrize("lab", LABS)
def test_every_exercise_is_a_question_with_the_points_of_its_check(lab: str) -> None:
    nbformat.validate(masters()[lab])
    assert masters()[lab].cells[0].source.startswith("# ASSIGNMENT CONFIG\n")
    questions = {c.question["name"]: c.question for c in read(masters()[lab]) if c.question}
    answers = [cell.id for cell in kinds(lab, "solution")]
    points = [cell.metadata["nbgrader"]["points"] for cell in kinds(lab, "grade")]
    assert list(questions) == [*answers, "discuss"]
    assert questions["discuss"] == {"name": "discuss", "manual": True, "points": 4}
    expected = [{"hidden": True, "points": each} for each in points]
    assert [settings for settings, _test in in_tests(lab).values()] == expected
    assert list(in_tests(lab)) == answers
    # Otter runs the test below the last cell of its question: this is the check.
    checks = [
        [c.node.id for c in read(masters()[lab]) if c.question.get("name") == name and not c.block]
        for name in answers
    ]
    assert checks == [[f"check-{name}"] for name in answers]


@pytest.mark.parametrize("lab", LABS)
def test_what_students_must_not_see_is_where_otter_takes_it_out(lab: str) -> None:
    released = {cell.id: cell for cell in students(deepcopy(labs()[lab])).cells}
    for node, _question, block in read(masters()[lab]):
        if block in {"", "PROMPT"}:
            assert node == released[node.id] and not SECRET.search(node.source)
        elif block == "SOLUTION" and node.cell_type == "code":
            left, inside = [], False
            for line in node.source.splitlines():
                inside = inside or line.strip() == "# BEGIN SOLUTION"
                left += [] if inside else [line]
                inside = inside and line.strip() != "# END SOLUTION"
            stub = released[node.id].source.splitlines()
            assert left == [line for line in stub if line.strip() != "# YOUR CODE HERE"]
            assert not inside


def test_hidden_tests_are_in_the_tests() -> None:
    for lab in LABS:
        whole = sum("HIDDEN TESTS" in cell.source for cell in labs()[lab].cells)
        cells = [c for c in read(masters()[lab]) if "HIDDEN TESTS" in c.node.source]
        assert len(cells) == whole and {c.block for c in cells} <= {"TESTS"}
        assert whole or lab not in {FIRST, "01-fit-an-adoption-curve"}


def test_the_text_of_the_discussion_can_be_written() -> None:
    # Otter Assign locks the first text of a question that is marked by hand.
    for master in masters().values():
        asked = [c for c in read(master) if c.question.get("name") == "discuss"]
        assert [(c.node.cell_type, c.block) for c in asked] == [
            ("markdown", ""),
            ("markdown", "PROMPT"),
            ("markdown", "SOLUTION"),
        ]
        assert asked[1].node.metadata.get("editable", True)


@pytest.mark.parametrize("who", ["right", "wrong", "empty"])
def test_a_test_passes_right_answers_and_no_others(
    who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, COURSE)
    monkeypatch.setattr(notebook_door, "show", lambda _figure, **_words: None)
    names: dict[str, Any] = {}
    for node, question, block in read(masters()[FIRST]):
        if node.cell_type != "code" or node.id in {"setup", f"check-{question.get('name')}"}:
            continue
        if block == "SOLUTION":
            wrong = WRONG[node.id][0][0].replace("SOLUTION", node.source)
            exec({"right": node.source, "wrong": wrong, "empty": "..."}[who], names)
        elif block != "TESTS":
            exec(node.source, names)
        elif who == "right":
            in_tests(FIRST)[question["name"]][1](names)
        else:
            with pytest.raises(NotYetError, match="Exercise"):
                in_tests(FIRST)[question["name"]][1](names)


def test_an_answer_that_ends_python_is_wrong_and_no_more() -> None:
    names: dict[str, Any] = {}
    exec("def interval(name): raise SystemExit", names)
    with pytest.raises(AssertionError, match="ends Python"):
        in_tests(FIRST)["interval"][1](names)


def test_given_cells_and_checks_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, handed_in = deepcopy(labs()[FIRST]), deepcopy(labs()[FIRST])
    for cell in handed_in.cells:
        cell.source = f"mine = '{cell.id}'"
        cell.metadata.pop("jupyter", None)
    nbformat.write(source, tmp_path / "source.ipynb")
    nbformat.write(handed_in, tmp_path / "handed-in.ipynb")
    paths = [str(tmp_path / name) for name in ("source.ipynb", "handed-in.ipynb")]
    target = tmp_path / "ready" / "lab.ipynb"
    monkeypatch.setattr(sys, "argv", ["grade.py", *paths, "--put-back", str(target)])
    assert grade.main() == 0
    written = nbformat.read(target, as_version=4)
    answers = {cell.id for cell in kinds(FIRST, "solution")}
    for cell, whole in zip(written.cells, source.cells, strict=True):
        assert cell.source == (f"mine = '{cell.id}'" if cell.id in answers else whole.source)
        assert cell.metadata == whole.metadata
