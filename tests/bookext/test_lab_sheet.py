"""The lab in a spreadsheet: a real spreadsheet computes its checks."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from unittest.mock import Mock

import pytest
from openpyxl import load_workbook

from bookext.notebooks import lab_sheet
from bookext.notebooks.lab_sheet import asked, workbook
from govsocial import audit, tables
from govsocial.findings import official

DATA = Path(__file__).resolve().parents[2] / "data"
FIRST = 5  # row of the first question
ANSWERS = 4  # place of the sheet, from 1


def checks(folder: Path, books: dict[str, dict[int, float | str]]) -> dict[str, list[str]]:
    """Return what each copy of the workbook says when some cells hold other answers, by row."""
    if not shutil.which("soffice"):
        told = "soffice not found; run: sudo apt-get install libreoffice-calc-nogui"
        pytest.fail(told, pytrace=False)
    for name, answers in books.items():
        book = load_workbook(io.BytesIO(workbook(DATA, solved=name == "solved")))
        for row, answer in answers.items():
            book["answers"].cell(row, 3).value = answer
        book.save(folder / f"{name}.xlsx")
    names = [str(folder / f"{name}.xlsx") for name in books]
    form = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{ANSWERS}"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    said = {}
    for name in books:
        (path,) = folder.glob(f"{name}*.csv")
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        said[name] = [row[3] for row in rows[FIRST - 1 :]]
    return said


def test_a_spreadsheet_says_right_nothing_yet_and_what_is_wrong(tmp_path: Path) -> None:
    questions = asked()
    rows = {question.number: row for row, question in enumerate(questions, start=FIRST)}
    most = max(len(question.mistakes) for question in questions)
    books: dict[str, dict[int, float | str]] = {"empty": {}, "solved": {}}
    for place in range(most):
        books[f"mistake{place}"] = {
            rows[question.number]: question.mistakes[place][0]
            for question in questions
            if place < len(question.mistakes)
        }
    shares = [question for question in questions if question.is_share]
    books["percent"] = {rows[q.number]: 100 * q.value for q in shares}
    books["rounded"] = {rows[q.number]: round(q.value, 3) for q in shares}
    books["whole"] = {rows[q.number]: round(100 * q.value) for q in shares}
    books["words"] = dict.fromkeys(rows.values(), "many")
    books["other"] = dict.fromkeys(rows.values(), 0.4321)
    said = checks(tmp_path, books)
    assert set(said["empty"]) == {"nothing yet"}
    assert set(said["solved"]) == {"right"}
    assert set(said["words"]) == {"a number is asked for"}
    for row, question in enumerate(questions):
        for place, (_value, words) in enumerate(question.mistakes):
            assert said[f"mistake{place}"][row] == words, question.number
        assert said["other"][row] == question.hint
        if question.is_share:
            assert said["percent"][row].startswith("this is in percent")
            assert said["rounded"][row].startswith("this is rounded. Do not round")
            assert said["whole"][row].startswith("this is rounded, and in percent")


def test_the_answers_are_near_those_of_the_chapter() -> None:
    """The chapter counts from the register of 2017, in which a few addresses are others."""
    values = {question.number: question.value for question in asked()}
    chapter = official.dead(tables.load("us_facebook_links_2017"))["in_2012"]
    found = [values[number] for number in ("3b", "4a", "4b")]
    assert found == pytest.approx(list(chapter), abs=2e-3)
    assert values["1a"] == tables.load(audit.SEED)["accounts"].sum()
    assert values["2"] == (tables.load(audit.AGENCIES)["accounts"] > 0).mean()


def test_no_usual_mistake_is_right_nor_another_one() -> None:
    for question in asked():
        by_value: dict[float, str] = {question.value: "right"}
        for value, words in question.mistakes:
            near = [known for known in by_value if abs(known - value) < 2 * question.within]
            assert all(by_value[known] == words for known in near), question.number
            by_value[value] = words


def test_the_workbook_has_the_same_bytes_twice_and_hides_what_it_expects() -> None:
    once = workbook(DATA, solved=False)
    assert once == workbook(DATA, solved=False)
    book = load_workbook(io.BytesIO(once))
    assert book["checks"].sheet_state == "hidden"
    cells = [book["answers"].cell(FIRST + place, 3).value for place in range(len(asked()))]
    assert cells == [None] * len(asked())
    assert book["r2012"].max_row == len(tables.load(audit.SEED)) + 1
    assert book["r2012"]["D3"].value is None, "a blank stays a blank"


def test_a_question_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab_sheet, "depends_on_files", lambda *_asked: [])
    directive = Mock(
        arguments=["1a 9z"],
        config=Mock(book_solutions="shown"),
        env=Mock(srcdir=DATA),
        error=ValueError,
    )
    with pytest.raises(ValueError, match="there is no question '9z'; there are 1a, "):
        lab_sheet.SheetAnswers.run(directive)


def test_a_formula_is_typed_as_the_edition_types_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert audit.shown("SUMIF(A:A,1.5)") == "=SUMIF(A:A,1.5)"
    italian = {"SUMIF": "SOMMA.SE", ",": ";", ".": ","}
    monkeypatch.setattr(audit, "_", lambda words: italian.get(words, words))
    assert audit.shown("SUMIF(A:A,1.5)") == "=SOMMA.SE(A:A;1,5)"


def test_a_sheet_may_have_a_name_of_two_words_in_another_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    italian = {"checks": "le verifiche", "answers": "risposte"}
    monkeypatch.setattr(lab_sheet, "_", lambda words: italian.get(words, words))
    book = load_workbook(io.BytesIO(workbook(DATA, solved=False)))
    assert book["le verifiche"].sheet_state == "hidden"
    said = str(book["risposte"].cell(FIRST, 4).value)
    assert "'le verifiche'!$B$1" in said and "checks" not in said
