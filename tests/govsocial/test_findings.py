"""The findings of the last chapter: whole, sourced, and what their tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import lessons
from govsocial.findings import effects, summary
from govsocial.findings import exit as leaving


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


SWEDES = pd.DataFrame(
    {
        "kind": ["agency", "agency", "agency", "mission"],
        "state": ["dated", "dated", "closed", "unread"],
        "last_post": pd.to_datetime(["2020-01-01", "2026-02-01", None, None]),
    }
)
"""Two accounts with a date, one before the sale and one that goes on; a closed one; one unread."""


def test_a_closed_account_counts_as_gone_only_where_one_says_so() -> None:
    counts = leaving.states(SWEDES)
    assert counts.loc["agency", ["posting", "silent", "closed"]].tolist() == [1, 1, 1]
    assert counts.loc["mission", "unknown"] == 1
    assert leaving.going_on(counts)["agency"] == pytest.approx(1 / 3)


def test_the_pace_of_a_kind_is_ends_over_its_own_years() -> None:
    pace = leaving.pace(SWEDES[SWEDES["kind"] == "agency"])
    years = 2.0 + 4.82  # one account until 2020, the other until the sale
    assert pace.loc["agency", "before"] == pytest.approx(100 / years, rel=0.01)
    assert pace.loc["agency", "after"] == 0


def test_bluesky_is_compared_within_groups() -> None:
    both = pd.DataFrame(
        {
            "group": ["A", "A", "A", "A", "B", "B"],
            "x_link": [True, True, False, False, True, False],
            "bluesky": [True, False, True, False, False, True],
            "members": [3, 1, 1, 4, 5, 2],
        }
    )
    assert leaving.groups_with_more(both) == [1, 2]
    assert [found.value for found in leaving.on_bluesky(both)] == [3 / 9, 3 / 7]


def test_bulk_accounts_are_no_part_of_what_was_kept() -> None:
    months = pd.DataFrame(
        {
            "snapshot": pd.to_datetime(["2025-02-21", "2025-10-01", "2025-10-01", "2025-10-01"]),
            "kind": ["public body", "public body", "bulk", "public body"],
            "month": pd.to_datetime(["2022-11-01", "2022-11-01", "2022-11-01", "2023-05-01"]),
            "accounts": [9, 7, 5, 3],
            "posting": [9, 4, 5, 2],
        }
    )
    kept = leaving.kept(months).set_index("opened")
    assert kept.loc["wave", ["accounts", "posting"]].tolist() == [7, 4]
    assert kept.loc["2023", ["accounts", "posting"]].tolist() == [3, 2]


def test_only_accounts_that_posted_first_can_go_on() -> None:
    rows = {
        "kind": ["public body", "public body", "public body", "party or politician"],
        "posting": [True, True, False, True],
        "state": ["posting", "silent", "posting", "posting"],
        "accounts": [5, 2, 8, 4],
    }
    found = leaving.went_on(pd.DataFrame(rows))
    assert found.loc["public body", ["accounts", "posting"]].tolist() == [7, 5]


def test_studies_are_counted_by_what_they_measured() -> None:
    studies = pd.DataFrame(
        {
            "country": ["Italy", "Italy", "not stated", "Kenya"],
            "outcome": ["trust", "answers", "trust", "trust"],
            "design": ["survey", "experiment", "experiment", "survey"],
            "direction": ["positive", "positive", "none", "positive"],
        }
    )
    found = effects.counts(studies)
    assert found.to_dict() == {
        "studies": 4,
        "countries": 2,
        "trust": 3,
        "trust-experiments": 1,
        "trust-positive": 2,
    }
