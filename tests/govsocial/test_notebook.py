"""Figures and numbers leave complete records, and the same ones each time."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from govsocial import contract, notebook
from govsocial.charts.style import chart, subplots
from govsocial.uncertainty import Estimate


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
    assert base64.b64decode(bundle["application/pdf"]).startswith(b"%PDF")
    record = rest["metadata"][contract.FIGURE]
    assert record["tables"] == []  # outside a notebook nobody knows
    assert record["maker"].endswith("test_notebook.dots")
    assert record["drawn"] == "year,rank\n2012,19\n2014,30\n"


def test_the_same_figure_has_the_same_bytes(shown: list[Any]) -> None:
    for _ in range(2):
        notebook.show(dots(RANKS))
    assert shown[0] == shown[1]


def test_a_dense_figure_is_a_picture(shown: list[Any]) -> None:
    notebook.show(dots(RANKS), raster=True)
    bundle = shown[0][0]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "image/svg+xml" not in bundle


RECORD = contract.GLUE + contract.NUMBER
WORD = contract.GLUE + "text/plain"


def test_a_number_carries_its_ledger_entry(shown: list[Any]) -> None:
    notebook.Numbers("moscow")("rank", np.int64(1419), unit="rank")
    [(bundle, rest)] = shown
    assert rest["metadata"]["scrapbook"]["name"] == "moscow-rank"
    assert bundle[WORD] == "'1,419'"
    assert bundle[RECORD] == {
        "key": "moscow-rank",
        "kind": "number",
        "value": 1419,
        "pattern": "#,##0",
        "printed": "1,419",
        "unit": "rank",
        "tables": [],
        "constant": False,
    }


@pytest.mark.parametrize(
    ("value", "pattern", "printed"),
    [
        (0.25649, "0.0%", "25.6%"),
        (-1.5, "0.0", "\N{MINUS SIGN}1.5"),
        ("Eritrea", "#,##0", "Eritrea"),
        (2012, "0", "2012"),
    ],
)
def test_a_number_is_printed_as_its_sentence_needs(
    value: Any, pattern: str, printed: str, shown: list[Any]
) -> None:
    notebook.Numbers("page")("k", value, pattern, unit="u")
    assert shown[0][0][WORD] == repr(printed)


@pytest.mark.parametrize(
    "value",
    [
        Estimate(0.4, 0.3801, 0.4422),
        pd.Series({"low": 0.3801, "of": 7, "value": 0.4, "high": 0.4422}),
    ],
)
def test_an_estimate_gives_its_value_and_its_interval(value: Any, shown: list[Any]) -> None:
    notebook.Numbers("page")("k", value, "0.0%", unit="share")
    records = [bundle[RECORD] for bundle, _rest in shown]
    assert [tuple(record[name] for name in ("key", "kind", "printed")) for record in records] == [
        ("page-k", "number", "40.0%"),
        ("page-k-interval", "interval", "38.0% to 44.2%"),
    ]
    assert records[1]["unit"] == "share; 95% interval"


@pytest.mark.parametrize(
    "values", [(3, 1), [3, 1], pd.Series([3, 1], index=["x", "y"]), np.array([3, 1])]
)
def test_one_call_hands_over_several(values: Any, shown: list[Any]) -> None:
    notebook.Numbers("page")("first second", values, unit="u")
    found = {bundle[RECORD]["key"]: bundle[RECORD]["value"] for bundle, _rest in shown}
    assert found == {"page-first": 3, "page-second": 1}


def test_the_rows_of_a_table_are_estimates(shown: list[Any]) -> None:
    rows = pd.DataFrame({"value": [1.0, 2.0], "low": [0.5, 1.5], "high": [4.0, 3.0]})
    notebook.Numbers("page")("a b", rows, "0.0", unit="u")
    assert [bundle[RECORD]["value"] for bundle, _rest in shown] == [1, [0.5, 4], 2, [1.5, 3]]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), pd.NA, Estimate(1, float("nan"), 2)])
def test_a_missing_number_is_refused_by_key(value: Any, shown: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"the number 'page-gap(-interval)?' is .*cannot print"):
        notebook.Numbers("page")("gap", value, unit="u")


def test_keys_and_values_are_as_many(shown: list[Any]) -> None:
    with pytest.raises(ValueError, match="'a b c' are 3 keys for 2 values"):
        notebook.Numbers("page")("a b c", [1, 2], unit="u")
    assert not shown
