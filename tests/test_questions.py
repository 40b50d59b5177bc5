"""Questions for a class: ten a chapter, numbers from the ledger, files that Moodle reads."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import questions
import yaml
from babel.messages.pofile import read_po
from questions import Entry, Question, QuestionError

ROOT = Path(__file__).resolve().parents[1]
FILES = questions.files(ROOT)
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
NUMBERS = {"adoption-either": Entry("158", "158"), "adoption-either-share": Entry("0.81", "81%")}


def test_each_chapter_has_its_questions() -> None:
    chapters = {path.stem for path in (ROOT / "chapters").glob("*.md")}
    assert {path.name.removesuffix(questions.SUFFIX) for path in FILES} == chapters


@EVERY_FILE
def test_a_chapter_has_ten_questions_two_of_them_about_numbers(path: Path) -> None:
    found = questions.raw(path)
    assert len(found) == 10 == len({question["ask"] for question in found})
    assert sum("number" in question for question in found) >= 1
    for question in found:
        assert question["ask"].endswith(("?", "…")), question["ask"]
        answers = [question.get("right"), *question.get("wrong", [])]
        assert len(set(answers)) == len(answers)
        assert "number" in question or len(answers) == 3


@EVERY_FILE
def test_every_number_of_a_question_is_in_a_code_book(path: Path) -> None:
    known = set()
    for book in (ROOT / "chapters").glob("*.numbers.yml"):
        text = book.read_text("utf-8")
        entries = yaml.safe_load(text)
        prefix = entries.pop("prefix", "") if isinstance(entries, dict) else ""
        known |= set(re.findall(r"[\w-]+", text)) | {str(prefix)}
    for key in questions.keys(path):
        _prefix, _dash, rest = key.partition("-")
        assert rest.removesuffix("-interval") in known, f"{path.name}: {key}"


@EVERY_FILE
def test_a_file_of_questions_is_translated_whole(path: Path) -> None:
    name = path.name.removesuffix(questions.SUFFIX)
    catalogue = ROOT / "locale" / "it" / "LC_MESSAGES" / "questions" / f"{name}.po"
    with catalogue.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if not message.fuzzy}
    for words in questions.messages(path):
        assert known.get(words), words
        assert set(re.findall(r"\{.*?\}", words)) == set(re.findall(r"\{.*?\}", known[words]))


def test_a_number_is_printed_and_asked_from_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / f"one{questions.SUFFIX}"
    path.write_text(
        "- {ask: 'How many?', number: adoption-either, within: 0, because: '{adoption-either}.'}\n"
        "- {ask: 'Share?', number: adoption-either-share, within: 1, percent: true, because: x}\n"
        "- {ask: 'Why?', right: a, wrong: [b, c], because: 'It is {adoption-either-share}.'}\n"
    )
    first, second, third = questions.read(path, NUMBERS, lambda text: f"{text}!")
    assert first == Question("one-01", "How many?!", "158.!", number=158)
    assert (second.number, second.within) == (81, 1)
    assert third.because == "It is 81%.!" and third.answers == ("a!", "b!", "c!")
    with pytest.raises(QuestionError, match="the ledger has no number 'adoption-either'"):
        questions.read(path, {}, str)


@pytest.mark.parametrize("written", ["{ask: a, right: b}", "{ask: a, number: k, because: c, x: 1}"])
def test_a_question_that_is_not_whole_is_refused(written: str, tmp_path: Path) -> None:
    path = tmp_path / f"one{questions.SUFFIX}"
    path.write_text(f"- {written}\n")
    with pytest.raises(QuestionError, match=r"one\.questions\.yml: question 1 has"):
        questions.raw(path)


CHOICE = Question("a-01", "Is 1 < 2: {yes}?", "It ~ is = so.", ("yes & <no>", "no #1", "no"))
NUMBER = Question("a-02", "How many?", "Many.", number=3.5, within=0.1)


def test_moodle_reads_what_was_asked() -> None:
    quiz = ET.fromstring(questions.moodle("Book/A", [CHOICE, NUMBER], "Right."))
    category, choice, number = quiz.findall("question")
    assert category.findtext("category/text") == "$course$/top/Book-A"
    assert choice.get("type") == "multichoice" and choice.findtext("single") == "true"
    answers = [
        (a.get("fraction"), a.findtext("text"), a.findtext("feedback/text"))
        for a in choice.findall("answer")
    ]
    assert answers == [
        ("100", "yes & <no>", "Right."),
        ("0", "no #1", "It ~ is = so."),
        ("0", "no", "It ~ is = so."),
    ]
    assert number.get("type") == "numerical" and number.findtext("answer/text") == "3.5"
    assert number.findtext("answer/tolerance") == "0.1"
    assert choice.findtext("generalfeedback/text") == "It ~ is = so."


def test_gift_escapes_its_own_signs() -> None:
    text = questions.gift("Book/A", [CHOICE, NUMBER], "Right.")
    assert r"::a-01::[plain]Is 1 < 2\: \{yes\}? {" in text
    assert "\t=yes & <no>#Right.\n\t~no \\#1#It \\~ is \\= so.\n\t~no#" in text
    assert "::a-02::[plain]How many? {#\n\t=3.5:0.1#Right.\n\t####Many.\n}" in text


@pytest.mark.parametrize("edition", ["", "it"])
def test_every_question_can_be_made_from_the_built_ledger(edition: str, site: Path) -> None:
    numbers = questions.ledger(site / edition)
    marks = (".", ",") if edition else (",", ".")  # of thousands, of decimals
    for path in FILES:
        made = questions.read(path, numbers, str)
        for question, raw in zip(made, questions.raw(path), strict=True):
            if isinstance(key := raw.get("number"), str):  # what the text prints is accepted
                said = numbers[key].printed.replace(marks[0], "").replace(marks[1], ".")
                assert abs(float(said.strip("%")) - question.number) <= question.within + 1e-9, key


def test_the_ledger_is_read_by_key(tmp_path: Path) -> None:
    with (tmp_path / "numbers.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["key", "value", "printed"], ["k", "0.5", "50%"]])
    assert questions.ledger(tmp_path) == {"k": Entry("0.5", "50%")}
