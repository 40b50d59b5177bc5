"""The figures of the chapter on official accounts draw what their tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import official
from govsocial.decay import dead_links, shares_by_age
from govsocial.findings import official as findings


def test_the_panels_hold_all_posts_in_a_region_that_is_stated() -> None:
    listed = tables.load("us_diplomatic_accounts_2012")
    drawn = official.posts(listed).drawn
    unplaced = listed[listed["region"].isin(["other", "not stated"])]["accounts"].sum()
    assert drawn["accounts"].sum() == listed["accounts"].sum() - unplaced


def test_a_zero_before_the_list_had_the_field_is_not_drawn() -> None:
    drawn = official.panel(
        tables.load("congress_list_quarters"), tables.load("congress_list_revisions")
    ).drawn
    instagram = drawn[drawn["platform"] == "Instagram"]
    assert instagram["quarter"].min() == pd.Timestamp("2015-04-15")
    assert drawn.loc[drawn["platform"] != "revisions", "value"].between(0.2, 1).all()


def test_the_newcomers_of_2023_start_at_nothing_and_stop_at_half() -> None:
    quarters = tables.load("congress_list_quarters")
    drawn = official.newcomers(quarters[quarters["platform"] == "Twitter"]).drawn
    of_2023 = drawn[drawn["congress"] == 2023].set_index(["quarter", "new"])
    assert list(of_2023.loc[("2023-01-15", True), ["members", "listed"]]) == [79, 0]
    assert list(of_2023.loc[("2024-10-15", True), ["members", "listed"]]) == [89, 45]
    assert list(of_2023.loc[("2023-01-15", False), ["members", "listed"]]) == [460, 450]
    assert sorted(drawn["congress"].unique()) == [2013, 2015, 2017, 2019, 2021, 2023, 2025]


def test_half_of_an_april_copy_is_lost_after_years_and_younger_ones_are_missing() -> None:
    days = pd.to_datetime(["2013-04-15", "2013-04-15", "2014-04-15", "2014-01-15"])
    copies = pd.DataFrame(
        {
            "copied": days,
            "checked": pd.to_datetime(["2014-04-15", "2017-04-15", "2016-04-15", "2016-01-15"]),
            "same": [8, 5, 6, 0],
            "entries": [10, 10, 10, 10],
        }
    )
    lives = findings.half_lives(copies)
    assert lives["2013-04-15"] == pytest.approx(4, abs=0.01)
    assert pd.isna(lives["2014-04-15"]) and len(lives) == 2


def test_the_traces_of_mistakes_explain_a_part_of_the_gap() -> None:
    columns = ["in_2012", "underscore", "twitter_name", "addresses", "unavailable"]
    rows = [
        (True, False, False, 10, 1),
        (False, False, False, 10, 2),
        (False, True, False, 5, 5),
        (False, False, True, 5, 3),
    ]
    gap = findings.gap(pd.DataFrame(rows, columns=columns))
    assert gap.all_new == pytest.approx(10 / 20 - 1 / 10)
    assert gap.without_mistakes == pytest.approx(2 / 10 - 1 / 10)


def test_the_other_figures_draw_every_row() -> None:
    legislatures = tables.load("legislature_handles_2015")
    assert len(official.blanks(legislatures, {"CA House of Commons": "above"}).drawn) == 239
    groups = dead_links(tables.load("us_facebook_links_2017"))
    assert len(official.links(groups).drawn) == len(groups)
    ages = shares_by_age(tables.load("congress_list_ageing"), 4)
    drawn = official.ageing(ages).drawn
    assert drawn[["same", "changed", "unlisted", "left"]].sum(axis=1).tolist() == pytest.approx(
        [1] * len(ages)
    )


def test_growth_keeps_the_order_of_the_agencies() -> None:
    before = pd.Series([3, 8], index=["A", "B"])
    drawn = official.growth(before, before * 10).drawn
    assert drawn["accounts_2017"].tolist() == [30, 80]


def test_most_agencies_shown_had_three_times_as_many_accounts() -> None:
    before = tables.load("us_registry_2012").groupby("agency")["accounts"].sum()
    after = tables.load("us_registry_agencies_2017").set_index("agency")["accounts"]
    shown = after[after.index.isin(before.index)].nlargest(12)
    factors = shown / before[shown.index]
    assert factors.min() > 1 and (factors >= 3).sum() == 11
