"""How lists age: known lists with known fates."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial.decay import dead_links, half_life, shares_by_age


def copies(*rows: tuple[str, str, int, int, int, int, int]) -> pd.DataFrame:
    columns = ["copied", "checked", "entries", "same", "changed", "unlisted", "left"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        copied=pd.to_datetime(frame["copied"]), checked=pd.to_datetime(frame["checked"])
    )


def test_shares_are_means_of_the_copies_of_one_month() -> None:
    ages = shares_by_age(
        copies(
            ("2013-04-15", "2014-04-15", 10, 8, 1, 0, 1),
            ("2014-04-15", "2015-04-15", 100, 60, 10, 10, 20),
            ("2014-01-15", "2015-01-15", 10, 0, 0, 0, 10),
            ("2013-04-15", "2013-07-15", 10, 10, 0, 0, 0),
        ),
        month=4,
    )
    assert ages.index.tolist() == [0.25, 1.0]
    year = ages.loc[1.0]
    assert year.index[0] == "copies"  # of how many, before all shares
    assert list(year[["copies", "same", "low", "high"]]) == pytest.approx([2, 0.7, 0.6, 0.8])
    assert year[["same", "changed", "unlisted", "left"]].sum() == pytest.approx(1)


def test_a_month_without_copies_is_an_error() -> None:
    with pytest.raises(ValueError, match="month 7"):
        shares_by_age(copies(("2013-04-15", "2014-04-15", 10, 8, 1, 0, 1)), month=7)


@pytest.mark.parametrize(
    ("remaining", "age"),
    [([1.0, 0.6, 0.5, 0.2], 2.0), ([1.0, 0.4], 1.0), ([0.3], 0.0), ([1.0, 0.51], None), ([], None)],
)
def test_the_half_life_is_the_first_age_at_half(remaining: list[float], age: float | None) -> None:
    found = half_life(pd.Series(remaining, index=[float(n) for n in range(len(remaining))]))
    assert math.isnan(found) if age is None else found == age


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_before_the_half_life_more_than_half_remains(shares: list[float]) -> None:
    remaining = pd.Series(shares, index=[float(n) for n in range(len(shares))])
    found = half_life(remaining)
    before = remaining if math.isnan(found) else remaining[remaining.index < found]
    assert (before > 0.5).all()


def test_groups_of_links_are_counted_with_wilsons_interval() -> None:
    columns = ["kind", "in_2012", "underscore", "twitter_name", "addresses", "unavailable"]
    rows = [
        ("embassy or consulate", True, False, True, 10, 1),
        ("embassy or consulate", False, False, True, 20, 15),
        ("park or refuge", False, False, False, 60, 4),
        ("study and exchange", False, True, False, 10, 10),
    ]
    groups = dead_links(pd.DataFrame(rows, columns=columns))
    assert list(groups.loc["all", ["addresses", "unavailable", "share"]]) == [100, 30, 0.3]
    # Wilson's interval of 30 in 100, as in statsmodels and in R's prop.test without correction.
    assert list(groups.loc["all", ["low", "high"]]) == pytest.approx([0.2189, 0.3958], abs=1e-4)
    assert groups.loc["twitter_name", "addresses"] == 20
    assert groups.loc["embassy_before", "unavailable"] == 1
    assert groups.loc["underscore", "share"] == 1


def test_a_row_of_one_address_is_counted_in_each_of_its_groups() -> None:
    columns = ["addresses", "unavailable", "in_2012", "underscore", "twitter_name", "kind"]
    rows = [
        (1, 1, True, False, False, "embassy or consulate"),
        (3, 0, False, True, True, "embassy or consulate"),
        (5, 2, False, False, True, "study and exchange"),
        (7, 3, True, True, True, "park or refuge"),
    ]
    groups = dead_links(pd.DataFrame(rows, columns=columns))
    assert groups[["addresses", "unavailable"]].T.to_dict("list") == {
        "all": [16, 6],
        "in_2012": [8, 4],
        "later": [8, 2],
        "underscore": [10, 3],
        "twitter_name": [8, 2],
        "embassy_before": [1, 1],
        "embassy_later": [3, 0],
        "study": [5, 2],
        "park": [7, 3],
    }
