"""Numbers and dates by language, and no word drawn that cannot be translated."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from govsocial import labels, language

CHARTS = Path(labels.__file__).parent / "charts"
DRAWS = {
    "annotate",
    "label",
    "legend",
    "set_label",
    "set_title",
    "set_xlabel",
    "set_xticklabels",
    "set_ylabel",
    "set_yticklabels",
    "suptitle",
    "supxlabel",
    "supylabel",
    "text",
}
LABEL_ARGUMENTS = {"label", "labels", "title", "tick_labels", "xlabel", "ylabel"}


def test_numbers_follow_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert labels.decimal(1234.5, "#,##0.0") == "1,234.5"
    assert labels.decimal(0.256, "0.0%") == "25.6%"
    monkeypatch.setenv("BOOK_LANG", "it")
    assert labels.decimal(1234.5, "#,##0.0") == "1.234,5"
    assert labels.date(dt.date(2012, 7, 9)) == "9 luglio 2012"


def test_dates_and_intervals_read_well() -> None:
    assert labels.month(dt.date(2012, 7, 9)) == "July 2012"
    assert labels.date(dt.date(2012, 7, 9)) == "9 July 2012"
    assert labels.interval(0.38, 0.44, "0%") == "38% to 44%"
    assert labels.decimal(-0.5, "0.0") == "\N{MINUS SIGN}0.5"


def test_a_language_without_a_catalogue_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_LANG", "tlh")
    with pytest.raises(FileNotFoundError):
        labels._("accounts")


def drawn_words(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the literal words a module hands to a drawing call without a translation."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        parts = [word.value for word in call.keywords if word.arg in LABEL_ARGUMENTS]
        parts += call.args if name in DRAWS else []
        for part in parts:
            for leaf in [part, *getattr(part, "elts", []), *getattr(part, "values", [])]:
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    yield leaf.lineno, leaf.value


@pytest.mark.parametrize("path", sorted(CHARTS.glob("*.py")), ids=lambda path: path.stem)
def test_every_word_in_a_figure_can_be_translated(path: Path) -> None:
    # The handle of an account is a name in every language.
    words = ((line, text) for line, text in drawn_words(path) if not text.startswith("@"))
    bare = [(line, text) for line, text in words if any(map(str.isalpha, text))]
    assert not bare, f"{path.name}: wrap in _(): {bare}"


def test_without_compiled_catalogues_the_words_come_from_their_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = tmp_path / "locale/it/LC_MESSAGES/govsocial/labels.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "{low} to {high}"\nmsgstr "da {low} fino a {high}"\n', "utf-8")
    monkeypatch.setattr(language, "_PACKAGE", tmp_path / "govsocial")
    monkeypatch.setenv("BOOK_LANG", "it")
    language._catalogue.cache_clear()
    assert labels.interval(1, 2) == "da 1 fino a 2"
    language._catalogue.cache_clear()
