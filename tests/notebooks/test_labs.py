"""The labs: two copies of one source, and what happens when a student works through one."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from answers import ENGINES, RIGHT, WRONG
from kernel import ROOT, Kernel, Outcome, kernel
from nbformat.notebooknode import NotebookNode

from conf import BASE_URL
from govsocial import rhythm, tables
from notebooks import taken_away

NOTEBOOKS = ROOT / "notebooks"
LABS = sorted(path.stem for path in (NOTEBOOKS / "src").glob("*.md"))
EVERY_LAB = pytest.mark.parametrize("lab", LABS)
PARTS = ["Before you start", "Warm-up", "Exercise 1", "To discuss", "What you take along"]
DIRECTIVES = re.compile(r"^\s*(:::|```\{)|\{(glue|cite|term|numref|doc|ref)[:}]", re.MULTILINE)


def students(lab: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(NOTEBOOKS / f"{lab}.ipynb", as_version=4)
    return notebook


def instructors(lab: str) -> NotebookNode:
    return students(f"solutions/{lab}")


def graded(notebook: NotebookNode, kind: str) -> dict[str, NotebookNode]:
    """Return the code cells of a kind, ``solution`` or ``grade``, by their ids."""
    cells = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}
    return {
        name: cell for name, cell in cells.items() if cell.metadata.get("nbgrader", {}).get(kind)
    }


def text(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_the_labs_are_numbered_in_a_row() -> None:
    assert [int(lab.partition("-")[0]) for lab in LABS] == list(range(len(LABS)))


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_copies_are_those_of_the_sources(language: str) -> None:
    run = subprocess.run(
        [sys.executable, "tools/notebooks.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "BOOK_LANG": language, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"run: make labs ({run.stderr.strip()})"


@EVERY_LAB
def test_a_lab_has_its_parts(lab: str) -> None:
    notebook = instructors(lab)
    words = text(notebook)
    headings = re.findall(r"^## (.+)$", words, re.MULTILINE)
    places = [next(i for i, h in enumerate(headings) if h.startswith(part)) for part in PARTS]
    assert places == sorted(places)
    for opening in ("**For** ", "**You need** ", "**Time** ", "**Afterwards you can**"):
        assert opening in words
    about = notebook.metadata["lab"]
    assert 30 <= about["minutes"] <= 120
    assert f"**Time** {about['minutes']} minutes (estimated; " in words
    assert f"](../../{about['chapter']}.md)" in words, "there is no way back"
    back = re.search(r"^Back to the \w+: (.*)$", text(students(lab)), re.MULTILINE)
    assert back is not None
    leads = re.search(r"\]\((.*)\)", back[1])  # to an address, or to a notebook beside this one
    assert leads is None or leads[1].startswith("http") or (NOTEBOOKS / leads[1]).is_file()
    assert not DIRECTIVES.search(words), "a lab is plain Markdown"
    assert all(not cell.get("outputs") for cell in notebook.cells)


@EVERY_LAB
def test_an_exercise_has_a_hint_a_solution_a_check_and_notes(lab: str) -> None:
    exercises: dict[str, list[NotebookNode]] = {"": []}
    title = ""
    for cell in instructors(lab).cells:
        if cell.cell_type == "markdown" and (found := re.match(r"## (.+)", cell.source)):
            title = found[1]
        exercises.setdefault(title, []).append(cell)
    numbered = {name: cells for name, cells in exercises.items() if name.startswith("Exercise")}
    assert 4 <= len(numbered) <= 8
    hints = sum("*Hint.*" in cells[0].source for cells in numbered.values())
    assert hints >= len(numbered) - 2
    for name, cells in numbered.items():
        kinds = [cell.metadata.get("nbgrader", {}) for cell in cells]
        solutions = [kind["grade_id"] for kind in kinds if kind.get("solution")]
        checks = [kind["grade_id"] for kind in kinds if kind.get("grade")]
        assert checks == [f"check-{solution}" for solution in solutions] != [], name
        assert any("instructor" in cell.metadata.get("tags", []) for cell in cells), name


@EVERY_LAB
def test_a_folded_cell_says_what_it_is(lab: str) -> None:
    """JupyterLab shows the first line of it."""
    folded = [cell for cell in students(lab).cells if cell.metadata.get("jupyter")]
    first = [cell.source.splitlines()[0] for cell in folded]
    checks = len(graded(students(lab), "grade"))
    assert first[0] == "# Run this cell first."
    assert first[1:] == ["# Run this cell: it checks your answer."] * checks


@pytest.mark.parametrize("language", ["", "it"])
def test_the_code_that_students_see_is_not_wider_than_a_cell(language: str) -> None:
    """A window of 1,280 pixels shows that many letters beside the list of files."""
    wide = {
        f"{path.stem}: {line}"
        for path in (NOTEBOOKS / language).glob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and not cell.metadata.get("jupyter")
        for line in cell.source.splitlines()
        if len(line) > 102
    }
    assert not wide


@EVERY_LAB
def test_no_number_is_printed_in_a_way_that_another_language_reads_otherwise(lab: str) -> None:
    """2,724 is two thousand in English, and less than three in Italian."""
    code = [cell.source for cell in instructors(lab).cells if cell.cell_type == "code"]
    assert not re.findall(r"\{[^{}]*:,[^{}]*\}", "\n".join(code))


@EVERY_LAB
def test_every_assertion_of_a_check_says_what_to_look_at(lab: str) -> None:
    for name, cell in graded(instructors(lab), "grade").items():
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assert):
                assert node.msg is not None, f"{name}: {ast.unparse(node)}"


@EVERY_LAB
def test_no_solution_is_left_in_a_students_copy(lab: str) -> None:
    left = {line.strip() for cell in students(lab).cells for line in cell.source.splitlines()}
    for name, cell in graded(instructors(lab), "solution").items():
        region = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL)
        assert len(region) == 1, f"{name} has {len(region)} regions between BEGIN and END SOLUTION"
        lines = {line.strip() for line in region[0].splitlines()} - {"", ")", "}", "]"}
        assert lines and not lines & left, f"{name}: {lines & left}"
    for cell in instructors(lab).cells:
        if cell.cell_type == "markdown" and (
            "instructor" in cell.metadata.get("tags", []) or cell.id == "discuss"
        ):
            assert cell.source not in text(students(lab))
            assert "instructors" not in text(students(lab))


@EVERY_LAB
def test_what_a_student_should_have_written_was_asked_for_before(lab: str) -> None:
    asked, *later = re.split(r"that you wrote", text(students(lab)))
    assert not later or "write down" in asked


def test_lab_2_says_how_much_too_narrow_an_interval_over_posts_is() -> None:
    alone = rhythm.clock_survey(tables.load("posting_seconds")).loc["DHSCgovuk"]
    months = rhythm.versus_even(tables.load("posting_months")).loc["DHSCgovuk"]
    assert round((months["high"] - months["low"]) / (alone["high"] - alone["low"])) == 5
    assert "that of `DHSCgovuk` is about five times as wide" in text(students(LABS[2]))


def test_lab_3_says_how_many_accounts_its_figure_is_about() -> None:
    kinds = tables.load("posting_zones")["kind"].value_counts()
    figures = [
        cell.metadata.get("mystnb", {}).get("figure", {}) for cell in instructors(LABS[3]).cells
    ]
    (caption,) = [figure["caption"] for figure in figures if figure.get("name") == "fig-lab-week"]
    assert f"those of {kinds['health']} health agencies" in caption
    assert f"those of {kinds['leader']} leaders" in caption


def test_a_course_with_nbgrader_gets_the_same_students_copies(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text((NOTEBOOKS / "nbgrader_config.py").read_text())
    for lab in LABS:
        folder = tmp_path / "source" / lab
        folder.mkdir(parents=True)
        source = taken_away(instructors(lab), BASE_URL, NOTEBOOKS / "chapters")
        nbformat.write(source, folder / f"{lab}.ipynb")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "--no-db"]
    for lab in LABS:
        run = subprocess.run([*command, lab], cwd=tmp_path, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        released = nbformat.read(tmp_path / "release" / lab / f"{lab}.ipynb", as_version=4)
        ours = [cell.source for cell in students(lab).cells]
        assert [cell.source for cell in released.cells] == ours


def work_through(lab: str, works: Kernel) -> None:
    """Answer each exercise wrongly, then rightly, and look at what the checks say."""
    solutions = graded(instructors(lab), "solution")
    for cell in students(lab).cells:
        if cell.cell_type != "code":
            continue
        outcome = works.run(cell.source)
        if not cell.metadata.get("nbgrader", {}).get("grade"):
            assert not outcome.error, f"{cell.id}: {outcome.shown}"
            continue
        name = cell.id.removeprefix("check-")
        refused(name, "nothing", outcome, "nothing yet")
        # The forms of the other labs are tried without a kernel, in test_answers.
        for answer, word in WRONG[name] if lab == ENGINES else WRONG[name][:1]:
            works.run(answer.replace("SOLUTION", solutions[name].source))
            refused(name, answer, works.run(cell.source), word)
        assert not (solved := works.run(solutions[name].source)).error, solved.shown
        outcome = works.run(cell.source)
        assert not outcome.error, f"the solution of {name} does not pass: {outcome.shown}"
        assert outcome.output.rstrip().endswith(": right.")


def refused(name: str, answer: str, outcome: Outcome, word: str) -> None:
    error, shown, _output = outcome
    assert error == "NotYetError", f"{name}: {answer!r} gives {error or 'no error'}: {shown}"
    assert "Traceback" not in shown and max(map(len, shown.splitlines())) <= 76, shown
    shown = " ".join(shown.split())
    assert shown.startswith("Not yet. Exercise "), shown
    assert re.search(word, shown), f"{name}: {answer!r} gives: {shown}"


@EVERY_LAB
def test_a_student_works_through_a_lab(lab: str) -> None:
    with kernel(NOTEBOOKS) as works:
        work_through(lab, works)


@EVERY_LAB
def test_only_the_page_of_the_book_leaves_out_what_starts_spark(lab: str) -> None:
    skipped = [
        [cell for cell in copy.cells if "skip-execution" in cell.metadata.get("tags", [])]
        for copy in (instructors(lab), students(lab))
    ]
    assert ["start_spark()" in cell.source for cell in skipped[0]] == [True] * (lab == ENGINES)
    assert not skipped[1]


def test_without_java_the_lab_on_engines_says_so_and_goes_on() -> None:
    lab = ENGINES
    with kernel(NOTEBOOKS, PATH=str(Path(sys.executable).parent)) as works:
        work_through(lab, works)
        assert "There is no Java" in works.run("start_spark()").output


def test_every_mistake_belongs_to_an_exercise() -> None:
    known = {name for lab in LABS for name in graded(instructors(lab), "solution")}
    assert set(WRONG) == known
    measured = set(graded(instructors(ENGINES), "solution"))
    assert set(RIGHT) == known - measured
    assert all(len(answers) >= 2 for answers in RIGHT.values())
