"""Tag and reading: shares, precision and recall of known lists."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from govsocial import tag_accuracy
from govsocial.uncertainty import share


def report(**drawn: int) -> pd.DataFrame:
    """Return a report: 100 tagged, of which 80 are right; 300 read with 40; a rest of 600."""
    rows = [
        {"part": "tagged", "rows": 5, "spent": 100, "public": 4, "public_spent": 80},
        {"part": "read", "rows": 10, "spent": 300, "public": 2, "public_spent": 40},
    ]
    if drawn:
        rows.append({"part": "drawn", "rows": 90, "spent": 600, **drawn})
    frame = pd.DataFrame(rows, columns=["part", "rows", "spent", "draws", "public", "public_spent"])
    return frame.assign(period=2025, country="XX").astype({"draws": "Int64"})


def test_a_report_read_in_full_has_no_interval() -> None:
    found = tag_accuracy.public_share(report())
    assert found == pytest.approx((0.3, 0.3, 0.3))
    assert tag_accuracy.tagged_share(report()) == 0.25
    assert tag_accuracy.money_precision(report()) == 0.8
    assert tag_accuracy.money_recall(report()) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_the_rest_has_wilsons_interval() -> None:
    found = tag_accuracy.public_share(report(draws=60, public=6))
    part = share(6, 60)
    for value, bound in zip(found, part, strict=True):
        assert value == pytest.approx((120 + 600 * bound) / 1000)


def test_recall_falls_as_the_rest_holds_more() -> None:
    found = tag_accuracy.money_recall(report(draws=60, public=6))
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(80 / 180)


def test_precision_counts_advertisers() -> None:
    assert tag_accuracy.precision(report()) == share(4, 5)


def test_nothing_tagged_and_nothing_found() -> None:
    empty = report().assign(rows=[0, 10], spent=[0, 300], public=0, public_spent=0)
    assert math.isnan(tag_accuracy.money_precision(empty))
    assert tag_accuracy.public_share(empty).value == 0
    with pytest.raises(ValueError, match="no public body"):
        tag_accuracy.money_recall(empty)
    with pytest.raises(ValueError, match="total > 0"):
        tag_accuracy.precision(empty)


def test_recall_where_only_the_rest_holds_public_bodies_and_where_it_may_hold_none() -> None:
    only = report(draws=60, public=30).assign(public_spent=0)
    assert tag_accuracy.money_recall(only) == (0, 0, 0)
    few = report(draws=60, public=0)
    assert tag_accuracy.money_recall(few).high == pytest.approx(80 / 120)


def test_the_survey_says_recall_with_its_interval_and_none_where_nothing_was_found() -> None:
    nothing = report().assign(country="YY", public=0, public_spent=0)
    found = tag_accuracy.by_report(pd.concat([report(draws=60, public=6), nothing]))
    found = found.set_index("country")
    recall = tag_accuracy.money_recall(report(draws=60, public=6))
    columns = ["recall", "recall_low", "recall_high"]
    assert list(found.loc["XX", columns]) == pytest.approx(list(recall))
    assert found.loc["YY", columns].isna().all()


def test_the_survey_has_a_row_for_each_report() -> None:
    two = pd.concat([report(), report(draws=60, public=0).assign(country="YY")])
    found = tag_accuracy.by_report(two).set_index("country")
    assert found.index.tolist() == ["XX", "YY"]
    assert found.loc["XX", "value"] == pytest.approx(0.3)
    assert found["low"]["YY"] == found["value"]["YY"] == pytest.approx(0.12)


def test_drawing_money_covers_the_truth() -> None:
    random = np.random.default_rng(3)
    spent = np.sort(random.pareto(1.2, 2_000))[::-1]
    public = random.random(2_000) < 0.2
    truth = spent[public].sum() / spent.sum()
    covered = 0
    for start in random.random(200):
        points = (np.arange(60) + start) * spent.sum() / 60
        hits = public[np.searchsorted(spent.cumsum(), points)].sum()
        low, high = share(int(hits), 60)[1:]
        covered += low <= truth <= high
    assert covered >= 190
