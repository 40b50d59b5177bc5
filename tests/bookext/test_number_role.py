"""Numbers in sentences: their forms by kind and language, on their page and on others."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document

from bookext.common.i18n import compile_catalogues
from bookext.common.italian import ARTICLES, with_article
from bookext.common.places import GLOSSARY
from bookext.html.previews import definitions
from bookext.records import number_role
from bookext.records.cell_outputs import NumberRecord, Page, records
from bookext.records.number_role import printed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    """The words of Italian."""
    compile_catalogues(ROOT / "locale", "it")


def number(kind: str, value: Any, pattern: str = "") -> NumberRecord:
    """Return a number."""
    return NumberRecord("page-key", kind, value, pattern, "unused", "unit", (), 7)


SHARE, INTERVAL = number("number", 0.812, "0%"), number("interval", [0.38, 0.81], "0%")


@pytest.mark.parametrize(
    ("entry", "english", "italian"),
    [
        (number("number", 1234.5, "#,##0.0"), "1,234.5", "1.234,5"),
        (SHARE, "81%", "81%"),
        (INTERVAL, "38% to 81%", "da 38% a 81%"),
        (number("month", "2012-04-01"), "April 2012", "aprile 2012"),
        (number("date", "2012-07-01"), "1 July 2012", "1º luglio 2012"),
        (number("date", "2012-07-11"), "11 July 2012", "11 luglio 2012"),
        (number("country", "KR"), "South Korea", "Corea del Sud"),
        (number("word", "Suriname"), "Suriname", "Suriname"),
    ],
)
def test_every_kind_is_printed_in_the_language_of_the_edition(
    entry: NumberRecord, english: str, italian: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printed(entry) == english
    monkeypatch.setenv("BOOK_LANG", "it")
    assert printed(entry) == italian


@pytest.mark.parametrize(
    ("entry", "form", "expected"),
    [
        (SHARE, "al", "all’81%"),
        (SHARE, "Il", "L’81%"),
        (number("number", 0.38, "0%"), "al", "al 38%"),
        (number("number", 0.004, "0.0%"), "del", "dello 0,4%"),
        (number("number", 8123, "#,##0"), "dei", "degli 8.123"),
        (number("month", "2012-10-01"), "nel", "nell’ottobre 2012"),
        (number("date", "2012-07-08"), "dal", "dall’8 luglio 2012"),
        (number("date", "2012-07-01"), "il", "il 1º luglio 2012"),
        (INTERVAL, "dash", "38%–81%"),
        (INTERVAL, "dal", "dal 38% all’81%"),
        (INTERVAL, "Dal", "Dal 38% all’81%"),
        (INTERVAL, "tra", "tra il 38% e l’81%"),
        (number("interval", [-3, 2], "0"), "dash", "da −3 a 2"),
    ],
)
def test_forms_of_the_italian_edition(
    entry: NumberRecord, form: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_LANG", "it")
    assert printed(entry, form) == expected


def test_brackets_take_a_dash_in_every_language() -> None:
    assert printed(INTERVAL, "dash") == "38%–81%"
    assert printed(number("interval", [-3, 2], "0"), "dash") == "−3 to 2"


@pytest.mark.parametrize(
    ("entry", "form", "language"),
    [(SHARE, "al", "en"), (SHARE, "ad", "it"), (SHARE, "dash", "it"), (INTERVAL, "il", "it")],
)
def test_a_form_that_does_not_exist_is_an_error(
    entry: NumberRecord, form: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_LANG", language)
    with pytest.raises(ValueError, match=rf"'page-key' \({entry.kind}\) has no form '{form}'"):
        printed(entry, form)


def vowel(number: int) -> bool:
    """Return whether the Italian name of a whole number below ten thousand begins with a vowel."""
    thousands, rest = divmod(number, 1000)
    if thousands:
        return thousands == 8  # mille, duemila, …, ottomila
    return number in {1, 8, 11} or 80 <= rest < 90 or 800 <= rest < 900


@pytest.mark.parametrize("article", ["il", "del", "al", "dal", "nel", "sul"])
def test_an_article_elides_before_a_vowel(article: str) -> None:
    for value in range(1, 10_000):
        text = f"{value:,}".replace(",", ".")
        assert ("’" in with_article(article, text)) == vowel(value), text


def test_the_thousands_of_eight_and_eleven_begin_with_a_vowel() -> None:
    elided = ["8.000", "11.000", "80.000", "89.999", "800.000", "11.000.000"]
    whole = ["1.000", "18.000", "10.000", "90.000", "180.000", "111.000"]
    assert [text for text in elided if with_article("il", text) != f"l’{text}"] == []
    assert [text for text in whole if with_article("il", text) != f"il {text}"] == []


def test_every_article_has_its_three_forms() -> None:
    assert {with_article(name, "81").removesuffix("81")[-1] for name in ARTICLES} == {"’", " "}
    assert {with_article(name, "0").split()[0][-1] for name in ARTICLES} == {"o", "i"}


def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the warnings to come."""
    said: list[str] = []
    monkeypatch.setattr(
        number_role._LOGGER, "warning", lambda text, *words, **_options: said.append(text % words)
    )
    return said


def stored(content: nodes.Element, docname: str = "here") -> nodes.document:
    """Return a page as it is stored; the other page has `page-key`."""
    document = new_document(docname)
    document.settings.env = SimpleNamespace(docname=docname, found_docs={docname})
    records(document.settings.env).pages |= {
        "chapters/other": Page(numbers=[SHARE]),
        docname: Page(),
    }
    document += content
    return document


def resolved(monkeypatch: pytest.MonkeyPatch, **mark: str) -> tuple[str, list[str]]:
    """Return what a page prints for a mark, and the warnings."""
    said = warned(monkeypatch)
    paragraph = nodes.paragraph("", "", number_role.number("", **mark))
    number_role.PrintNumbers(stored(paragraph)).run()
    return paragraph.astext(), said


def test_a_number_of_another_page_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("", "chapters/other"):
        assert resolved(monkeypatch, key="page-key", page=page, form="") == ("81%", [])


@pytest.mark.parametrize(
    ("mark", "warning"),
    [
        ({"key": "page-k", "page": "", "form": ""}, "there is no number 'page-k'; back/numbers"),
        ({"key": "page-key", "page": "index", "form": ""}, "no number 'page-key' of index;"),
        ({"key": "page-key", "page": "", "form": "al"}, "'page-key' (number) has no form 'al'"),
    ],
)
def test_what_cannot_be_printed_is_said(
    mark: dict[str, str], warning: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _text, said = resolved(monkeypatch, **mark)
    assert len(said) == 1 and warning in said[0]


MARK = {"key": "page-key", "page": "", "form": ""}


@pytest.mark.parametrize("kind", [nodes.title, nodes.caption])
def test_a_number_of_another_page_in_what_others_take_over_is_refused(
    kind: type[nodes.TextElement], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = warned(monkeypatch)
    words = kind("", "", number_role.number("", **MARK))
    number_role.PrintOwnNumbers(stored(words)).apply()
    assert len(said) == 1 and "'page-key' of another page in a title or a caption" in said[0]


def test_the_meaning_of_a_term_has_its_numbers_and_the_stored_page_keeps_its_marks() -> None:
    meaning = nodes.paragraph("", "gave ", number_role.number("", **MARK), nodes.Text(" or more"))
    term = nodes.term("", "interval", ids=["term-interval"])
    item = nodes.definition_list_item("", term, nodes.definition("", meaning))
    glossary = stored(nodes.definition_list("", item), GLOSSARY)
    env = glossary.settings.env
    env.get_doctree = {GLOSSARY: glossary}.__getitem__
    assert definitions(env) == {"term-interval": "gave 81% or more"}
    assert list(glossary.findall(number_role.number))
