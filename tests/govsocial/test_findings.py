"""The findings of the last chapter: whole, sourced, and what their tables say."""

from __future__ import annotations

import pytest

from govsocial import tables
from govsocial.charts import lessons
from govsocial.findings import summary


def test_every_finding_has_a_place_in_the_figure() -> None:
    found = summary.findings()
    drawn = {item for _title, words in lessons._panels().values() for item in words}
    assert set(found["item"]) == drawn
    pairs = found["item"].duplicated(keep=False)
    assert set(found.loc[pairs, "key"]) <= set(lessons._marks()) <= set(found["key"])


def test_estimates_lie_within_their_intervals() -> None:
    found = summary.findings()
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert set(found["grade"]) == {summary.STRONG, summary.MODERATE, summary.SUGGESTIVE}


def test_the_tables_named_are_the_tables_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read, load = set(), tables.load
    monkeypatch.setattr(tables, "load", lambda name: read.add(name) or load(name))
    summary.findings()
    assert read == set(summary.TABLES)


def test_the_figure_stays_within_its_scales() -> None:
    chart = lessons.evidence(summary.findings())
    for axis in chart.figure.axes:
        low, high = axis.get_xlim()
        for line in axis.get_lines()[:-1]:
            assert low <= min(line.get_xdata()) and max(line.get_xdata()) <= high
