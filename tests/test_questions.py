"""Questions for a class: ten a chapter, numbers from the ledger, files that Moodle reads."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import questions
from babel.messages.pofile import read_po
from questions import Entry, Question, QuestionError

from govsocial import codebook

ROOT = Path(__file__).resolve().parents[1]
FILES = questions.files(ROOT)
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
EVERY_EDITION = pytest.mark.parametrize("edition", ["en", "it"])
NUMBERS = {"adoption-either": Entry("158", "158"), "adoption-either-share": Entry("0.81", "81%")}


def test_each_chapter_has_its_questions() -> None:
    chapters = {path.stem for path in (ROOT / "chapters").glob("*.md")}
    assert {path.name.removesuffix(questions.SUFFIX) for path in FILES} == chapters


@EVERY_FILE
def test_a_chapter_has_ten_questions_two_of_them_about_numbers(path: Path) -> None:
    found = questions.raw(path)
    assert len(found) == 10 == len({question["ask"] for question in found})
    assert sum("number" in question for question in found) >= 2
    for question in found:
        assert question["ask"].endswith(("?", "…")), question["ask"]
        answers = [question.get("right"), *question.get("wrong", [])]
        assert len(set(answers)) == len(answers)
        assert "number" in question or len(answers) == 3


@EVERY_FILE
def test_every_number_of_a_question_is_in_a_code_book(path: Path) -> None:
    books = map(codebook.read, (ROOT / "chapters").glob(f"*{codebook.SUFFIX}"))
    known = {entry.key for book in books for entry in book.values()}
    for key in questions.keys(path):
        assert key.removesuffix("-interval") in known, f"{path.name}: {key}"


def italian(name: str) -> dict[str, str]:
    """Return what the questions of a chapter say in Italian, by their English."""
    catalogue = ROOT / "locale" / "it" / "LC_MESSAGES" / "questions" / f"{name}.po"
    with catalogue.open("rb") as file:
        return {str(word.id): str(word.string) for word in read_po(file) if not word.fuzzy}


@EVERY_FILE
def test_a_file_of_questions_is_translated_whole(path: Path) -> None:
    known = italian(path.name.removesuffix(questions.SUFFIX))
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


CHOICE = Question("a-02", "Is 1 < 2: {yes}?", "It ~ is = so.", ("yes & <no>", "no #1", "no"))
NUMBER = Question("a-03", "How many?", "Many.", number=3.5, within=0.1)


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
        ("0", "no #1", "It ~ is = so."),
        ("100", "yes & <no>", "Right."),
        ("0", "no", "It ~ is = so."),
    ]
    assert number.get("type") == "numerical" and number.findtext("answer/text") == "3.5"
    assert number.findtext("answer/tolerance") == "0.1"
    assert choice.findtext("generalfeedback/text") == "It ~ is = so."


def test_gift_escapes_its_own_signs() -> None:
    text = questions.gift("Book/A", [CHOICE, NUMBER], "Right.")
    assert r"::a-02::[plain]Is 1 < 2\: \{yes\}? {" in text
    assert "\t~no \\#1#It \\~ is \\= so.\n\t=yes & <no>#Right.\n\t~no#" in text
    assert "::a-03::[plain]How many? {#\n\t=3.5:0.1#Right.\n\t####Many.\n}" in text


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
        assert sorted(answer.get("fraction", "") for answer in answers) == ["0"] * (
            len(answers) - 1
        ) + ["100"]
        assert float(question.findtext("defaultgrade", "")) == 1
        if kind == "multichoice":
            assert question.findtext("single") == "true"
        said = [
            (answer.findtext("text"), answer.findtext("feedback/text"), answer.get("fraction"))
            for answer in answers
        ]
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
        for line in lines.split("\n"):
            answer, feedback = re.split(UNESCAPED + "#", line[2:])
            if number:
                answer, tolerance = answer.split(":")
            fraction = {"\t=": "100", "\t~": "0"}[line[:2]]
            said.append((plain(answer), plain(feedback), fraction))
        found.append([name, plain(ask), plain(because), said, tolerance])
    return found


@pytest.mark.parametrize(
    ("number", "said"), [(1_234_567.0, "1234567"), (0.1234567, "0.1234567"), (158, "158")]
)
def test_a_number_keeps_all_its_digits(number: float, said: str) -> None:
    many = [NUMBER._replace(number=number, within=number)]
    (moodle,) = of_moodle(questions.moodle("A", many, "Right."))
    (gift,) = of_gift(questions.gift("A", many, "Right."))
    assert moodle == gift and (moodle[3][0][0], moodle[4]) == (said, said)


@EVERY_FILE
def test_both_files_hold_the_same_questions(path: Path) -> None:
    numbers = {key: Entry("0.25", "25% {of} ~ a = b # c: d") for key in questions.keys(path)}
    made = questions.read(path, numbers, str)
    moodle = of_moodle(questions.moodle("A book/a", made, "Right: =1."))
    assert moodle == of_gift(questions.gift("A book/a", made, "Right: =1."))
    assert [question[0] for question in moodle] == [question.name for question in made]
    for question, known in zip(moodle, made, strict=True):
        assert question[1:3] == [known.ask, known.because]
        right = known.answers[0] if known.answers else question[3][0][0]
        assert known.answers or float(right) == known.number
        assert known.answers or float(question[4]) == known.within
        wrong = [(answer, known.because, "0") for answer in known.answers[1:]]
        assert sorted(question[3]) == sorted([(right, "Right: =1.", "100"), *wrong])


def offered(edition: str) -> dict[str, list[str]]:
    """Return what each question says that offers answers: question, right answer, wrong ones."""
    found = {}
    for path in FILES:
        name = path.name.removesuffix(questions.SUFFIX)
        known = italian(name)
        for place, question in enumerate(questions.raw(path), start=1):
            if "right" in question:
                texts = [question["ask"], question["right"], *question["wrong"]]
                said = texts if edition == "en" else [known[text] for text in texts]
                found[f"{name}-{place:02}"] = [re.sub(r"\{.*?\}", "95%", text) for text in said]
    return found


def no_cue(hits: int, of: int) -> bool:
    """Return whether a rule is right about as often as a guess among three, give or take an error.

    The error is the standard error of a guess: sqrt(1/3 · 2/3 / n), four points for all questions.
    """
    return hits / of <= 1 / 3 + math.sqrt(2 / 9 / of)


# What an answer must not tell by its form: Haladyna, Downing & Rodriguez (2002), "A review of
# multiple-choice item-writing guidelines for classroom assessment", Applied Measurement in
# Education 15(3), 309-334: guidelines 20 (place), 24 (length) and those on clues.


@EVERY_EDITION
def test_the_right_answer_is_not_given_away_by_its_length(edition: str) -> None:
    ranks: Counter[str] = Counter()
    for _ask, right, *wrong in offered(edition).values():
        lengths = [len(answer) for answer in wrong]
        longest, shortest = len(right) > max(lengths), len(right) < min(lengths)
        ranks["longest" if longest else "shortest" if shortest else "between"] += 1
    for rank, hits in ranks.items():
        assert no_cue(hits, ranks.total()), f"the {rank} answer is right in {hits} questions"


@EVERY_EDITION
def test_the_answers_of_a_question_are_of_about_equal_length(edition: str) -> None:
    uneven = [
        name
        for name, (_ask, *answers) in offered(edition).items()
        if min(map(len, answers)) < 0.6 * max(map(len, answers))
    ]
    assert not uneven, f"the shortest answer has less than three fifths of the longest: {uneven}"


ABSOLUTE = {
    "en": r"\b(all|always|never|none|nobody|nothing|only|every|everybody|everything|exactly|any)\b",
    "it": r"\b(tutt[aoie]|sempre|mai|nessun[oa]?|niente|nulla|sol[aoie]|soltanto|ogni|esattamente"
    r"|unic[oa]|qualunque)\b",
}
REFUSES = {  # an answer that says that nothing follows, or that it cannot be known
    "en": r"(?i:no|not|none|nobody|nothing|neither|never|little)\b|There is none"
    r"|(That|It|They|Th[eo]se data|The \w+) (cannot|could not|does not|do not)\b",
    "it": r"(?i:no|non|nessun[oa]?|niente|né|mai|poco)\b|(L[aeo] \w+|I dati|Questi dati) non\b",
}


@EVERY_EDITION
def test_a_word_without_exception_says_neither_right_nor_wrong(edition: str) -> None:
    texts = offered(edition).values()
    right = sum(bool(re.search(ABSOLUTE[edition], answer, re.I)) for _, answer, *_ in texts)
    every = sum(
        bool(re.search(ABSOLUTE[edition], word, re.I)) for _, *all_ in texts for word in all_
    )
    assert every > 60 and abs(right / every - 1 / 3) <= 0.1, f"{right} of {every} are right"


@EVERY_EDITION
def test_whoever_always_doubts_is_not_always_right(edition: str) -> None:
    texts = offered(edition).values()
    right = sum(bool(re.match(REFUSES[edition], answer)) for _, answer, *_ in texts)
    every = sum(bool(re.match(REFUSES[edition], word)) for _, *all_ in texts for word in all_)
    assert every > 50 and right / every < 0.5, f"{right} of {every} answers that refuse are right"


@EVERY_EDITION
def test_the_right_answer_does_not_echo_the_question(edition: str) -> None:
    def echoes(ask: str, answer: str) -> int:
        stems = [
            {word[:5] for word in re.findall(r"\w{4,}", text.lower())} for text in (ask, answer)
        ]
        return len(stems[0] & stems[1])

    texts = offered(edition).values()
    hits = sum(
        echoes(ask, right) > max(echoes(ask, answer) for answer in wrong)
        for ask, right, *wrong in texts
    )
    assert no_cue(hits, len(texts)), f"the answer that repeats the question is right {hits} times"


def test_the_right_answer_stands_in_no_favourite_place() -> None:
    places: Counter[int] = Counter()
    for name, (ask, *answers) in offered("en").items():
        text = questions.gift("A book", [Question(name, ask, "So.", tuple(answers))], "Right.")
        places[[line[:2] for line in text.split("\n") if line.startswith("\t")].index("\t=")] += 1
    for place in range(3):
        assert no_cue(places[place], places.total()), f"place {place}: {places[place]}"


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


def test_no_question_says_how_far_to_round_so_each_takes_the_nearest_whole_number(
    site: Path,
) -> None:
    numbers = questions.ledger(site)
    made = [question for path in FILES for question in questions.read(path, numbers, str)]
    asked = [question for question in made if not question.answers]
    off = {q.name: abs(round(q.number) - q.number) - q.within for q in asked if q.number}
    assert len(off) > 30 and not [name for name, over in off.items() if over > 1e-9]


def test_the_ledger_is_read_by_key(tmp_path: Path) -> None:
    with (tmp_path / "numbers.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["key", "value", "printed"], ["k", "0.5", "50%"]])
    assert questions.ledger(tmp_path) == {"k": Entry("0.5", "50%")}
