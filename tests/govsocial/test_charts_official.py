"""The figures of the chapter on official accounts draw what their tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import official
from govsocial.decay import dead_links, shares_by_age


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
    of_2023 = drawn[drawn["congress"] == 2023].set_index("moment")
    assert of_2023.loc["january", ["members", "listed"]].tolist() == [79, 0]
    assert of_2023.loc["last", ["members", "listed"]].tolist() == [89, 45]
    assert of_2023.loc["others", ["members", "listed"]].tolist() == [460, 450]
    assert drawn["congress"].nunique() == 7
    assert "last" not in set(drawn.loc[drawn["congress"] == 2025, "moment"])


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
