"""The facts quoted from published prose: complete, short, and each with its citation."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run
from pipeline.sources import facts as module

FACTS = tables.load("facts")
LONGEST_QUOTATION = 15


def test_no_quotation_is_longer_than_a_quotation_should_be() -> None:
    words = FACTS["as_stated"].dropna().str.split().map(len)
    assert words.max() <= LONGEST_QUOTATION


def test_each_text_has_one_citation_and_each_citation_one_text() -> None:
    pairs = FACTS[["citation", "url"]].drop_duplicates()
    assert pairs["citation"].is_unique and pairs["url"].is_unique


@pytest.mark.parametrize(
    ("fact", "value", "qualifier", "of"),
    [("F012", 14, "exact", 146), ("F009", 2.64, "exact", None), ("F010", 44, "almost", None)],
)
def test_the_figures_of_july_2012(fact: str, value: float, qualifier: str, of: int | None) -> None:
    row = FACTS.set_index("id").loc[fact]
    assert (row["value"], row["qualifier"]) == (value, qualifier)
    assert pd.isna(row["denominator"]) if of is None else row["denominator"] == of


@pytest.mark.parametrize(
    ("fact", "date", "subject", "value"),
    [
        ("F182", "2022-03-14", "Russia", 1),
        ("F193", "2025-10-10", "European Union", 1),
        ("F205", "2024", "Japan", 46_648),
        ("F222", "2024-03-15", "United States", 9),
    ],
)
def test_the_facts_of_the_years_since_2022(
    fact: str, date: str, subject: str, value: float
) -> None:
    row = FACTS.set_index("id").loc[fact]
    assert (row["date"], row["subject"], row["value"]) == (date, subject, value)
    assert str(int(value)) in row["as_stated"].replace(",", "") or value < 10


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_every_row_of_the_registered_file_is_kept() -> None:
    with Run().raw("facts", "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = FACTS.set_index("id")
    assert {row["id"] for row in rows} <= set(kept.index)
    for row in rows:
        assert kept.loc[row["id"], "as_stated"] == row["as_stated"]
        assert row["value"] == "" or kept.loc[row["id"], "value"] == float(row["value"])


def test_a_day_taken_from_another_text_names_that_text() -> None:
    for fact, date in module._DATES.items():
        row = FACTS.set_index("id").loc[fact]
        assert row["date"] == date
        assert "fact-breakinggov-2013" in row["note"]


def test_a_text_without_citation_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fact_keys", dict)
    with pytest.raises(ValueError, match=r"fact_sources\.yml has no entry for https://example"):
        module._citations(pd.Series(["https://example.org/text"]))
