"""Questions for a class, as Moodle XML and GIFT: what ``make instructors`` puts into its package.

They stand beside each chapter, ``chapters/NAME.questions.yml``: ten with one right answer, some of
which ask for a number. A number comes from the ledger of the built site (``numbers.csv``), so that
it is that of the text; ``{key}`` prints one. The words are translated by the catalogues
``questions/NAME``.

References
----------
https://docs.moodle.org/en/Moodle_XML_format, https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import yaml

SUFFIX = ".questions.yml"
_KEY = re.compile(r"\{([\w-]+)\}")
_FIELDS = {"ask", "right", "wrong", "because"}
_NUMBER = {"ask", "number", "within", "because"}
_TAKEN = re.compile(r"([~=#{}:\\])")

Words = Callable[[str], str]


class QuestionError(ValueError):
    """A question is not as it must be; the message says where."""


class Entry(NamedTuple):
    """A number of the ledger: as it is, and as the text prints it."""

    value: str
    printed: str


class Question(NamedTuple):
    """A question: of several answers the first is right, or the answer is a number."""

    name: str
    ask: str
    because: str
    answers: tuple[str, ...] = ()
    number: float = 0.0
    within: float = 0.0


def files(root: Path) -> list[Path]:
    """Return the files of questions of a book."""
    return sorted((root / "chapters").glob(f"*{SUFFIX}"))


def raw(path: Path) -> list[dict[str, Any]]:
    """Return the questions of a file as they are written.

    Raises
    ------
    QuestionError
        If one has other fields than those of its kind.
    """
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    for place, question in enumerate(found, start=1):
        wanted = _NUMBER if "number" in question else _FIELDS
        if set(question) - {"percent"} != wanted:
            said = f"question {place} has {sorted(question)}; write {sorted(wanted)}"
            raise QuestionError(f"{path}: {said}")
    return found


def messages(path: Path) -> Iterator[str]:
    """Return the words of a file of questions, to be translated."""
    for question in raw(path):
        yield question["ask"]
        yield from ([question["right"], *question["wrong"]] if "right" in question else [])
        yield question["because"]


def keys(path: Path) -> set[str]:
    """Return the keys of the ledger that a file of questions needs."""
    asked = {question.get("number") for question in raw(path)}
    printed = {key for text in messages(path) for key in _KEY.findall(text)}
    return printed | {key for key in asked if isinstance(key, str)}


def ledger(site: Path) -> dict[str, Entry]:
    """Return the numbers of a built site by their keys."""
    with (site / "numbers.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Entry(row["value"], row["printed"]) for row in csv.DictReader(file)}


def read(path: Path, numbers: Mapping[str, Entry], words: Words) -> list[Question]:
    """Return the questions of a chapter, in a language and with their numbers.

    Parameters
    ----------
    path
        File of the questions.
    numbers
        The ledger of the edition.
    words
        Translates a text.

    Raises
    ------
    QuestionError
        If a number is not in the ledger.
    """

    def said(text: str) -> str:
        return _KEY.sub(lambda found: entry(found[1]).printed, words(text))

    def entry(key: str) -> Entry:
        if key not in numbers:
            raise QuestionError(f"{path}: the ledger has no number '{key}'")
        return numbers[key]

    made = []
    for place, question in enumerate(raw(path), start=1):
        name = f"{path.name.removesuffix(SUFFIX)}-{place:02}"
        ask, because = said(question["ask"]), said(question["because"])
        if "right" in question:
            answers = tuple(map(said, [question["right"], *question["wrong"]]))
            made.append(Question(name, ask, because, answers))
            continue
        asked = question["number"]
        value = float(entry(asked).value) if isinstance(asked, str) else float(asked)
        value *= 100 if question.get("percent") else 1
        made.append(
            Question(name, ask, because, number=round(value, 4), within=float(question["within"]))
        )
    return made


def moodle(title: str, questions: list[Question], right: str) -> str:
    """Return questions as Moodle XML, in a category of their own.

    Parameters
    ----------
    title
        Of the category.
    questions
        The questions.
    right
        What a right answer is told.
    """
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/{title.replace('/', '-')}")
    for question in questions:
        kind = "multichoice" if question.answers else "numerical"
        made = ET.SubElement(quiz, "question", type=kind)
        _text(made, "name", question.name)
        _text(made, "questiontext", question.ask, format="plain_text")
        _text(made, "generalfeedback", question.because, format="plain_text")
        ET.SubElement(made, "defaultgrade").text = "1"
        if question.answers:
            ET.SubElement(made, "single").text = "true"
            ET.SubElement(made, "shuffleanswers").text = "true"
            ET.SubElement(made, "answernumbering").text = "abc"
        for answer, is_right in _mixed(question):
            _answer(made, answer, right if is_right else question.because, is_right=is_right)
        if not question.answers:
            number = _answer(made, written(question.number), right, is_right=True)
            ET.SubElement(number, "tolerance").text = written(question.within)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, "unicode") + "\n"


def written(number: float) -> str:
    """Return a number with all its digits, of a whole one without a point.

    >>> written(1234567.0), written(0.25), written(81.0)
    ('1234567', '0.25', '81')
    """
    return repr(number).removesuffix(".0")


def _mixed(question: Question) -> list[tuple[str, bool]]:
    """Return the answers in an order of the question's own, each with whether it is right.

    Not every reader of these formats shuffles. The order depends on the name alone: it is that of
    both formats, of all languages and of each build.
    """
    places = range(len(question.answers))
    order = sorted(places, key=lambda place: sha256(f"{question.name} {place}".encode()).digest())
    return [(question.answers[place], place == 0) for place in order]


def _text(parent: ET.Element, name: str, text: str, **about: str) -> ET.Element:
    made = ET.SubElement(parent, name, about)
    ET.SubElement(made, "text").text = text
    return made


def _answer(parent: ET.Element, text: str, feedback: str, *, is_right: bool) -> ET.Element:
    about = {"fraction": "100" if is_right else "0", "format": "plain_text"}
    made = _text(parent, "answer", text, **about)
    _text(made, "feedback", feedback, format="plain_text")
    return made


def gift(title: str, questions: list[Question], right: str) -> str:
    """Return questions in the GIFT format; parameters as those of :func:`moodle`."""
    lines = [f"$CATEGORY: $course$/top/{title.replace('/', '-')}", ""]
    for question in questions:
        why = _escaped(question.because)
        lines.append(f"::{question.name}::[plain]{_escaped(question.ask)} {{")
        if question.answers:
            for answer, is_right in _mixed(question):
                mark, said = ("=", _escaped(right)) if is_right else ("~", why)
                lines.append(f"\t{mark}{_escaped(answer)}#{said}")
        else:
            lines[-1] += "#"
            asked = f"{written(question.number)}:{written(question.within)}"
            lines.append(f"\t={asked}#{_escaped(right)}")
        lines += [f"\t####{why}", "}", ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return _TAKEN.sub(r"\\\1", text)
