"""Figures and numbers leave complete records, and the same ones each time."""

from __future__ import annotations

import base64
import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from govsocial import contract, notebook
from govsocial.charts.style import GREEN, chart, label, letters_on, subplots
from govsocial.uncertainty import Estimate, Range


@chart
def dots(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    figure, axes = subplots(height=2)
    axes.plot(frame["year"], frame["rank"], "o")
    return figure, frame


RANKS = pd.DataFrame({"year": [2012, 2014], "rank": [19, 30]})


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    outputs: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(notebook, "display", lambda data, **rest: outputs.append((data, rest)))
    monkeypatch.setenv("GOVSOCIAL_BOOK", "1")
    return outputs


def test_a_figure_is_shown_once_with_its_record(shown: list[Any]) -> None:
    notebook.show(dots(RANKS))
    [(bundle, rest)] = shown
    assert bundle["image/svg+xml"].lstrip().startswith("<?xml")
    record = rest["metadata"][contract.FIGURE]
    assert ">2013.00</text>" in record["paper"]
    assert record["tables"] == []  # outside a notebook nobody knows
    assert record["maker"].endswith("test_notebook.dots")
    assert record["drawn"] == "year,rank\n2012,19\n2014,30\n"
    assert set(bundle) == {"image/svg+xml", "text/plain"} and rest["raw"]


def test_counts_beside_a_gap_are_whole_numbers() -> None:
    frame = pd.DataFrame({"year": [2012, 2014], "posts": [19.0, None], "share": [0.5, 1.0]})
    text = notebook._counts(frame).to_csv(index=False, lineterminator="\n")
    assert text == "year,posts,share\n2012,19,0.5\n2014,,1.0\n"


def test_what_is_larger_than_a_whole_number_can_be_stays_a_fraction() -> None:
    frame = pd.DataFrame({"views": [1e20, 2.0]})
    assert notebook._counts(frame)["views"].tolist() == [1e20, 2.0]


def test_the_same_figure_has_the_same_bytes(shown: list[Any]) -> None:
    for _ in range(2):
        notebook.show(dots(RANKS))
    assert shown[0] == shown[1]


def test_a_figure_on_a_card_is_a_picture_as_well(shown: list[Any]) -> None:
    notebook.show(dots(RANKS), card=True)
    bundle = shown[0][0]
    assert set(bundle) == {"image/svg+xml", "image/png", "text/plain"}
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_of_a_figure_of_many_marks_only_these_are_dots_on_paper(shown: list[Any]) -> None:
    @chart
    def dense(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
        figure, axes = subplots(height=2)
        axes.scatter(frame["year"], frame["rank"], rasterized=True)
        return figure, frame

    notebook.show(dense(RANKS))
    paper = shown[0][1]["metadata"][contract.FIGURE]["paper"]
    assert "data:image/png" in paper and "</text>" in paper


def test_a_label_on_paper_is_text_over_a_halo(shown: list[Any]) -> None:
    @chart
    def labelled(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
        figure, axes = subplots(height=2)
        label(axes, 0.5, 0.5, "a name")
        axes.text(0.1, 0.1, "on a bar", **letters_on(GREEN))
        return figure, frame

    notebook.show(labelled(RANKS))
    paper = shown[0][1]["metadata"][contract.FIGURE]["paper"]
    assert paper.count(">a name</text>") == 1
    assert paper.index("stroke-width: 2.5") < paper.index(">a name</text>")
    assert paper.count(">on a bar</text>") == 1


RECORD = contract.GLUE + contract.NUMBER
WORD = contract.GLUE + "text/plain"


BOOK = """prefix: {prefix}
numbers:
  - unit: share
    pattern: {pattern}
    keys: a b k gap
"""


@pytest.fixture
def numbers(
    shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., notebook.Numbers]:
    """What hands over numbers of one pattern."""
    monkeypatch.chdir(tmp_path)

    def found(pattern: str = '"#,##0"', prefix: str = "page") -> notebook.Numbers:
        text = BOOK.format(prefix=prefix, pattern=pattern)
        (tmp_path / "page.numbers.yml").write_text(text, "utf-8")
        return notebook.Numbers("page")

    return found


Make = Callable[..., notebook.Numbers]


def test_a_number_carries_its_ledger_entry(numbers: Make, shown: list[Any]) -> None:
    numbers(prefix="moscow")("k", np.int64(1419))
    [(bundle, rest)] = shown
    assert rest["metadata"]["scrapbook"]["name"] == "moscow-k" and rest["raw"]
    assert bundle[WORD] == "'1,419'"
    assert bundle[RECORD] == {
        "key": "moscow-k",
        "kind": "number",
        "value": 1419,
        "pattern": "#,##0",
        "printed": "1,419",
        "unit": "share",
        "tables": [],
        "constant": False,
    }


DAY = pd.Timestamp("2012-07-09")


@pytest.mark.parametrize(
    ("value", "pattern", "kind", "kept", "printed"),
    [
        (0.25649, "0.0%", "number", 0.25649, "25.6%"),
        (-1.5, "0.0", "number", -1.5, "\N{MINUS SIGN}1.5"),
        ("Eritrea", "0%", "word", "Eritrea", "Eritrea"),
        (2012, "0", "number", 2012, "2012"),
        (DAY, "month", "month", "2012-07-09", "July 2012"),
        (dt.date(2012, 7, 9), "date", "date", "2012-07-09", "9 July 2012"),
        ("TUR", "country", "country", "TUR", "Türkiye"),
    ],
)
def test_a_number_is_printed_as_its_sentence_needs(
    value: Any,
    pattern: str,
    kind: str,
    kept: object,
    printed: str,
    numbers: Make,
    shown: list[Any],
) -> None:
    numbers(pattern)("k", value)
    [(bundle, _rest)] = shown
    assert bundle[WORD] == repr(printed)
    record = bundle[RECORD]
    assert (record["kind"], record["value"], record["printed"]) == (kind, kept, printed)
    assert record["pattern"] == (pattern if kind == "number" else "")


@pytest.mark.parametrize(
    "value",
    [
        Estimate(0.4, 0.3801, 0.4422),
        pd.Series({"low": 0.3801, "of": 7, "value": 0.4, "high": 0.4422}),
    ],
)
def test_an_estimate_gives_its_value_and_its_interval(
    value: Any, numbers: Make, shown: list[Any]
) -> None:
    numbers("0.0%")("k", value)
    records = [bundle[RECORD] for bundle, _rest in shown]
    assert [tuple(record[name] for name in ("key", "kind", "printed")) for record in records] == [
        ("page-k", "number", "40.0%"),
        ("page-k-interval", "interval", "38.0% to 44.2%"),
    ]
    assert records[1]["unit"] == "share; 95% interval"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("rough", "rough interval"),
        ("range", "range when cases are resampled"),
        ("prediction", "95% prediction interval"),
    ],
)
def test_an_interval_is_called_what_the_code_book_calls_it(
    kind: str, said: str, numbers: Make, shown: list[Any]
) -> None:
    numbers(f"0.0%\n    interval: {kind}")("k", Estimate(0.4, 0.38, 0.44))
    assert [bundle[RECORD]["unit"] for bundle, _rest in shown] == ["share", f"share; {said}"]
    with pytest.raises(ValueError, match="'page-k' has no interval: move it to a group without"):
        numbers(f"0.0%\n    interval: {kind}")("k", 0.4)


def test_a_range_is_not_handed_over_as_an_interval(numbers: Make, shown: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"'page-k' is a range .* 'interval: range' at page"):
        numbers()("k", Range(1, 0, 2))
    numbers("'0'\n    interval: range")("k", Range(1, 0, 2))
    assert shown[-1][0][RECORD]["unit"] == "share; range when cases are resampled"


@pytest.mark.parametrize(
    "values",
    [
        [(3, 1)],
        [[3, 1]],
        [pd.Series([3, 1], index=["x", "y"])],
        [pd.Series([3, 1], index=["value", "low"])],
        [pd.Series([3, 1], index=["value", "high"])],
        [np.array([3, 1])],
        [3, 1],
        [3, [1]],
        [(value for value in (3, 1))],
    ],
)
def test_one_call_hands_over_several(values: Any, numbers: Make, shown: list[Any]) -> None:
    numbers()("k gap", *values)
    found = {bundle[RECORD]["key"]: bundle[RECORD]["value"] for bundle, _rest in shown}
    assert found == {"page-k": 3, "page-gap": 1}


@pytest.mark.parametrize(
    "values",
    [
        [{"k": 3, "gap": 1}],
        [pd.Series({"k": 3, "gap": 1})],
        [{"k": 3}, pd.Series({"gap": 1})],
    ],
)
def test_values_may_bring_their_keys_along(values: Any, numbers: Make, shown: list[Any]) -> None:
    numbers()(*values)
    found = {bundle[RECORD]["key"]: bundle[RECORD]["value"] for bundle, _rest in shown}
    assert found == {"page-k": 3, "page-gap": 1}


def test_the_rows_of_a_table_are_estimates(numbers: Make, shown: list[Any]) -> None:
    rows = pd.DataFrame({"value": [1.0, 2.0], "low": [0.5, 1.5], "high": [4.0, 3.0]})
    numbers("0.0")("a b k", rows, Estimate(7, 6, 8))
    found = [bundle[RECORD]["value"] for bundle, _rest in shown]
    assert found == [1, [0.5, 4], 2, [1.5, 3], 7, [6, 8]]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), pd.NA, Estimate(1, float("nan"), 2)])
def test_a_missing_number_is_refused_by_key(value: Any, numbers: Make, shown: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"the number 'page-gap(-interval)?' is .*cannot print"):
        numbers()("gap", value)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("a b k", "'a b k' are 3 keys for 2 values"),
        ("a", "'a' are 1 keys for 2 values"),
        ("a x", "the number 'x' is not in page.numbers.yml; add its key there"),
    ],
)
def test_keys_and_values_belong_together(
    keys: str, said: str, numbers: Make, shown: list[Any]
) -> None:
    with pytest.raises(ValueError, match=said):
        numbers()(keys, [1, 2])


def test_a_page_of_the_book_must_have_a_code_book_and_a_copy_of_it_need_not(
    shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"no code book .*/page\.numbers\.yml; write one"):
        notebook.Numbers("page")
    monkeypatch.delenv("GOVSOCIAL_BOOK")
    notebook.Numbers("page")("k", 1)
    assert not shown


def test_in_jupyter_a_figure_is_a_picture_with_its_words(
    shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVSOCIAL_BOOK")
    notebook.show(dots(RANKS), caption="Places rise & fall.", alt='A "rising" line.')
    [(bundle, rest)] = shown
    assert rest["raw"]
    page = bundle["text/html"]
    assert f'src="data:image/png;base64,{bundle["image/png"]}"' in page
    assert 'alt="A &quot;rising&quot; line."' in page
    assert "<figcaption><p>Places rise &amp; fall.</p>" in page
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == 'A "rising" line.'
    assert "Data:" not in page and "Code: " in page  # no table is known here


def test_in_jupyter_a_picture_has_two_dots_for_each_of_the_screen(
    shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVSOCIAL_BOOK")
    drawing = dots(RANKS)
    drawing.figure.set_size_inches(5, 2)
    notebook.show(drawing)
    bundle = shown[0][0]
    picture = base64.b64decode(bundle["image/png"])
    assert struct.unpack(">II", picture[16:24]) == (960, 384)  # the header of a PNG
    assert 'width="480"' in bundle["text/html"]
    assert bundle["text/plain"].startswith("<Figure ")
    assert "<figcaption><p><small>" in bundle["text/html"]  # no caption


def test_the_line_of_origin_names_each_table_and_each_source_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sources = {"one": ["A", "B"], "two": ["B", "C"]}
    monkeypatch.setattr(
        notebook,
        "descriptor",
        lambda name: {"sources": [{"title": title} for title in sources[name]]},
    )
    said = notebook._origin(dots(RANKS), ["one", "two"])
    data, source, code = said.split(" · ")
    assert data == 'Data: tables.load("one"), tables.load("two")'
    assert source == "Source: A; B; C"
    assert code.startswith("Code: ") and code.endswith("test_notebook.dots")
