"""Shares of posts with a hashtag: accounts that come are told from accounts that change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsocial import hashtags


def years(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["account", "year", "own_posts", "tagged"])


def test_an_account_with_too_few_posts_has_no_share() -> None:
    table = hashtags.tagged_shares(
        years(("a", 2015, 20, 5), ("a", 2016, 19, 19), ("b", 2016, 40, 10))
    )
    assert table.loc["a", 2015] == 0.25 and np.isnan(table.loc["a", 2016])
    assert table.loc["b", 2016] == 0.25


def test_newcomers_raise_the_mean_and_not_the_change() -> None:
    old = [(name, year, 100, 10) for name in "abcde" for year in (2015, 2016)]
    new = [(name, 2016, 100, 90) for name in "fghij"]
    found = hashtags.by_year(hashtags.tagged_shares(years(*old, *new))).set_index("year")
    assert found["value"].to_dict() == pytest.approx({2015: 0.1, 2016: 0.5})
    assert found.loc[2016, ["both", "step", "step_low", "step_high"]].tolist() == [5, 0, 0, 0]
    assert np.isnan(found.loc[2015, "step"])


def test_a_gap_between_years_is_not_a_year() -> None:
    rows = [(name, year, 100, 10) for name in "abcde" for year in (2014, 2016)]
    found = hashtags.by_year(hashtags.tagged_shares(years(*rows)))
    assert found["both"].tolist() == [0, 0]


def test_years_with_few_accounts_are_left_out() -> None:
    found = hashtags.by_year(hashtags.tagged_shares(years(("a", 2015, 20, 5), ("b", 2015, 20, 5))))
    assert found.empty


def test_a_change_needs_both_years() -> None:
    table = hashtags.tagged_shares(
        years(("a", 2012, 20, 5), ("a", 2016, 20, 15), ("b", 2016, 20, 1))
    )
    assert hashtags.change(table, 2012, 2016).to_dict() == {"a": 0.5}
