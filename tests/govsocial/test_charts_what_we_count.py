"""The first page: which country is in which table, and the bars that count them."""

from __future__ import annotations

import pandas as pd

from govsocial.charts import what_we_count as charts
from govsocial.findings import what_we_count
from tests.govsocial.drawn import bars


def test_codes_of_two_and_three_letters_are_the_same_country() -> None:
    found = what_we_count.held(
        {"wide": pd.Series(["ITA", "KEN", None]), "narrow": pd.Series(["IT", "IT", "ZZZ9"])}
    )
    assert list(found.loc["ITA"]) == [True, True]
    assert list(found.loc["KEN"]) == [True, False]
    assert list(found.loc["ZZZ9"]) == [False, True]
    assert found.sum().to_dict() == {"wide": 2, "narrow": 2}


def test_the_longest_bar_comes_first() -> None:
    held = pd.DataFrame({"orders": [True, False, False], "places": [True, True, False]})
    chart = charts.coverage(held)
    assert [bar.get_width() for bar in bars(chart.figure.axes[0])] == [2, 1]
    assert chart.drawn["topic"].tolist() == ["places", "orders"]


def test_a_region_is_the_mean_of_its_countries_and_others_are_left_out() -> None:
    times = pd.Series({"ITA": 8, "KEN": 7, "TGO": 2, "NIL": 9})
    countries = pd.DataFrame(
        {"iso3": ["ITA", "KEN", "TGO"], "region": ["Europe", "Africa", "Africa"]}
    )
    assert what_we_count.by_region(times, countries).to_dict() == {"Africa": 4.5, "Europe": 8.0}
