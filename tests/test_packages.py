"""What instructors get, and what students get: two packages that share no solution."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import grade
import instructors
import nbformat
import openpyxl
import pytest
import students

from govsocial import course, tables

ROOT = Path(__file__).resolve().parents[1]
SECRET = re.compile(r"BEGIN SOLUTION|HIDDEN TESTS|For instructors|Per chi insegna")


def test_students_get_everything_but_what_gives_answers_away() -> None:
    paths = {path.relative_to(ROOT).as_posix() for path in students.files()}
    assert "notebooks/01-fit-an-adoption-curve.ipynb" in paths
    assert "notebooks/it/01-fit-an-adoption-curve.ipynb" in paths
    assert "notebooks/chapters/adoption.ipynb" in paths
    assert {"pyproject.toml", "govsocial/tables.py", "binder/postBuild"} <= paths
    assert not any("solutions" in path or path.startswith("notebooks/src") for path in paths)
    for path in students.files():
        if path.parent.name in {"notebooks", "it"}:
            assert not SECRET.search(path.read_text("utf-8")), path


def test_a_workbook_holds_a_table_and_says_what_its_fields_mean() -> None:
    frame = tables.load("leader_first_months")
    book = openpyxl.load_workbook(io.BytesIO(instructors.workbook("leader_first_months", frame)))
    assert book.sheetnames == ["data", "code book", "source"]
    rows = list(book["data"].iter_rows(values_only=True))
    assert list(rows[0]) == list(frame.columns) and len(rows) == len(frame) + 1
    place = list(frame.columns).index("first_twitter")
    gaps = [row[place] is None for row in rows[1:]]
    assert gaps == frame["first_twitter"].isna().tolist()
    fields = [row[1] for row in book["code book"].iter_rows(min_row=2, values_only=True)]
    assert fields == list(frame.columns)
    assert book["source"]["A1"].value == tables.descriptor("leader_first_months")["title"]


@pytest.mark.slow
def test_all_tables_are_in_one_archive_with_their_code_book() -> None:
    with zipfile.ZipFile(io.BytesIO(instructors.packed_tables())) as archive:
        names = set(archive.namelist())
        for form in ("csv", "xlsx"):
            assert {f"{form}/{name}.{form}" for name in tables.names()} <= names
        rows = list(csv.DictReader(io.StringIO(archive.read("code-book.csv").decode())))
    assert {row["table"] for row in rows} == set(tables.names())
    assert all(row["meaning"] for row in rows)


def lab(answer: str) -> Any:
    """Return a lab of one exercise."""
    about = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3}
    given = nbformat.v4.new_code_cell("limit = 3")
    given.metadata["nbgrader"] = about | {"grade_id": "given"}
    solution = nbformat.v4.new_code_cell(answer)
    solution.metadata["nbgrader"] = about | {"grade_id": "double", "solution": True}
    check = nbformat.v4.new_code_cell("assert double(limit) == 6 and double(5) == 10")
    check.metadata["nbgrader"] = about | {"grade_id": "check-double", "grade": True, "points": 2}
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return nbformat.v4.new_notebook(cells=[given, solution, check], metadata=metadata)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("double = lambda x: 2 * x", 2),
        ("double = lambda x: 6", 0),
        ("", 0),
        ("raise SystemExit", 0),
    ],
)
def test_a_hand_in_is_marked_by_the_source(answer: str, points: int, tmp_path: Path) -> None:
    handed_in = lab(answer)
    handed_in.cells[0].source = "limit = 0"  # what a student changes is put back
    handed_in.cells[2].source = "pass"
    marked = grade.joined(lab("double = lambda x: 2 * x"), handed_in)
    assert grade.graded(marked, tmp_path) == {"check-double": (points, 2)}


def test_a_course_leaves_out_a_tenth_and_keeps_what_is_named(monkeypatch: Any) -> None:
    whole = tables.load("posting_hours")
    assert course.ours(whole, "account") is whole
    assert course.one_of([7, 6, 8]) == 7
    left_out = {}
    for name in ("spring-2027", "autumn-2027"):
        monkeypatch.setenv(course.VARIABLE, name)
        frame = course.ours(whole, "account", keep=["WHO"])
        left_out[name] = set(whole["account"]) - set(frame["account"])
        assert len(left_out[name]) == 5 and "WHO" not in left_out[name]
        shuffled = course.ours(whole.sample(frac=1, random_state=1), "account", keep=["WHO"])
        assert set(shuffled["account"]) == set(frame["account"])
        weeks = course.ours(tables.load("posting_weeks"), "account", keep=["WHO"])
        assert set(weeks["account"]) == set(frame["account"])
        by_index = course.ours(frame.set_index("account"), "account")
        assert set(by_index.index) < set(frame["account"])
    assert left_out["spring-2027"] != left_out["autumn-2027"]
