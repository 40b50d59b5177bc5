"""Figures and numbers leave complete records, and the same ones each time."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from govsocial import notebook
from govsocial.charts.style import Chart, chart, subplots
from govsocial.tables import TableError
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
    notebook.show(dots(RANKS), tables=["egdi_ranks"])
    [(bundle, rest)] = shown
    assert bundle["image/svg+xml"].lstrip().startswith("<?xml")
    assert base64.b64decode(bundle["application/pdf"]).startswith(b"%PDF")
    record = rest["metadata"]["govsocial"]
    assert record["tables"] == ["egdi_ranks"]
    assert record["maker"].endswith("test_notebook.dots")
    assert record["drawn"] == "year,rank\n2012,19\n2014,30\n"


def test_the_same_figure_has_the_same_bytes(shown: list[Any]) -> None:
    for _ in range(2):
        notebook.show(dots(RANKS), tables=["egdi_ranks"])
    assert shown[0] == shown[1]


def test_a_dense_figure_is_a_picture(shown: list[Any]) -> None:
    notebook.show(dots(RANKS), tables=["egdi_ranks"], raster=True)
    bundle = shown[0][0]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "image/svg+xml" not in bundle


def test_outside_the_book_the_origin_is_written_below(
    shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVSOCIAL_BOOK")
    notebook.show(dots(RANKS), tables=["egdi_ranks"])
    line = shown[1][0].data
    assert 'tables.load("egdi_ranks")' in line and "UN E-Government Survey" in line


def test_a_number_carries_its_ledger_entry(shown: list[Any]) -> None:
    notebook.number("moscow-rank", np.int64(1419), unit="rank", tables=["egdi_ranks"])
    [(bundle, rest)] = shown
    assert rest["metadata"]["scrapbook"]["name"] == "moscow-rank"
    prefix = rest["metadata"]["scrapbook"]["mime_prefix"]
    assert bundle[prefix + "text/plain"] == "'1,419'"
    assert bundle[prefix + "application/vnd.govsocial.number+json"] == {
        "key": "moscow-rank",
        "value": 1419,
        "printed": "1,419",
        "unit": "rank",
        "tables": ["egdi_ranks"],
    }


@pytest.mark.parametrize(
    ("value", "pattern", "printed"),
    [
        (0.25649, "0.0%", "25.6%"),
        (-1.5, "0.0", "\N{MINUS SIGN}1.5"),
        (Estimate(0.4, 0.3801, 0.4422), "0.0%", "38.0% to 44.2%"),
        ("Eritrea", "#,##0", "Eritrea"),
        (2012, "0", "2012"),
    ],
)
def test_a_number_is_printed_as_its_sentence_needs(
    value: Any, pattern: str, printed: str, shown: list[Any]
) -> None:
    notebook.number("k", value, pattern, unit="u", tables=["egdi_ranks"])
    assert shown[0][0]["application/papermill.record/text/plain"] == repr(printed)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), pd.NA, Estimate(1, float("nan"), 2)])
def test_a_missing_number_is_refused_by_key(value: Any, shown: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"the number 'gap' is .*cannot print"):
        notebook.number("gap", value, unit="u", tables=["egdi_ranks"])
    assert not shown


def test_an_unknown_table_is_refused(shown: list[Any]) -> None:
    with pytest.raises(TableError, match="did you mean egdi_ranks"):
        notebook.number("k", 1, unit="u", tables=["egdi"])
    with pytest.raises(TableError, match="did you mean egdi_ranks"):
        notebook.show(Chart(Figure(), RANKS, "m"), tables=["egdi"])
    assert not shown
