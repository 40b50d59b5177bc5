"""Questions for a class: ten a chapter, numbers from the ledger, files that Moodle reads."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any
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


PARTS = {  # what Moodle's importer reads of a question, by its type
    "multichoice": {"single", "shuffleanswers", "answernumbering"},
    "numerical": set[str](),
}
COMMON = {"name", "questiontext", "generalfeedback", "defaultgrade", "answer"}
UNESCAPED = r"(?<!\\)(?:\\\\)*"
"""Before a sign of GIFT: it is not escaped."""


def of_moodle(text: str) -> list[Any]:
    """Return the questions of a Moodle file: name, question, feedback, answers, tolerance."""
    found: list[Any] = []
    for question in ET.fromstring(text).findall("question")[1:]:
        kind = question.get("type", "")
        assert {part.tag for part in question} == COMMON | PARTS[kind]
        formats = {part.get("format", "plain_text") for part in question.iter()}
        assert formats == {"plain_text"}
        answers = question.findall("answer")
        assert [answer.get("fraction") for answer in answers] == ["100"] + ["0"] * (
            len(answers) - 1
        )
        assert float(question.findtext("defaultgrade", "")) == 1
        if kind == "multichoice":
            assert question.findtext("single") == "true"
        said = [(answer.findtext("text"), answer.findtext("feedback/text")) for answer in answers]
        texts = [question.findtext(f"{part}/text") for part in ("name", "questiontext")]
        tolerance = question.findtext("answer/tolerance") if kind == "numerical" else None
        found.append([*texts, question.findtext("generalfeedback/text"), said, tolerance])
    return found


def of_gift(text: str) -> list[Any]:
    """Return the same of a GIFT file."""

    def plain(words: str) -> str:
        assert not re.search(UNESCAPED + r"[~=#{}:]", words), words
        return re.sub(r"\\(.)", r"\1", words)

    found = []
    for part in text.strip().split("\n\n")[1:]:
        whole = re.fullmatch(
            r"::(.+?)::\[plain\](.*?) \{(#?)\n(.*)\n\t####(.*)\n\}", part, re.DOTALL
        )
        assert whole is not None, part
        name, ask, number, lines, because = whole.groups()
        said, tolerance = [], None
        for place, line in enumerate(lines.split("\n")):
            assert line.startswith("\t~" if place else "\t=")
            answer, feedback = re.split(UNESCAPED + "#", line[2:])
            if number:
                answer, tolerance = answer.split(":")
            said.append((plain(answer), plain(feedback)))
        found.append([name, plain(ask), plain(because), said, tolerance])
    return found


@EVERY_FILE
def test_both_files_hold_the_same_questions(path: Path) -> None:
    numbers = {key: Entry("0.25", "25% {of} ~ a = b # c: d") for key in questions.keys(path)}
    made = questions.read(path, numbers, str)
    moodle = of_moodle(questions.moodle("A book/a", made, "Right: =1."))
    assert moodle == of_gift(questions.gift("A book/a", made, "Right: =1."))
    assert [question[0] for question in moodle] == [question.name for question in made]
    for question, known in zip(moodle, made, strict=True):
        assert question[1:3] == [known.ask, known.because]
        right = known.answers[0] if known.answers else f"{known.number:g}"
        assert question[3][0] == (right, "Right: =1.")


@pytest.mark.parametrize("edition", ["en", "it"])
def test_the_right_answer_is_not_given_away_by_its_length(edition: str) -> None:
    longest = asked = 0
    for path in FILES:
        name = path.name.removesuffix(questions.SUFFIX)
        catalogue = ROOT / "locale" / "it" / "LC_MESSAGES" / "questions" / f"{name}.po"
        with catalogue.open("rb") as file:
            known = {message.id: str(message.string) for message in read_po(file)}
        for question in questions.raw(path):
            if "right" in question:
                texts = [question["right"], *question["wrong"]]
                right, *wrong = texts if edition == "en" else [known[text] for text in texts]
                asked += 1
                longest += len(right) > max(map(len, wrong))
    assert longest <= 0.62 * asked, f"the longest answer is right in {longest} of {asked} questions"


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
