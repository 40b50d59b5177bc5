"""The figures of the blog draw what their tables hold."""

from __future__ import annotations

import pandas as pd

from govsocial import tables
from govsocial.charts import blog
from govsocial.ranking import tie_rules


def test_different_places_are_those_of_a_dense_ranking() -> None:
    editions = tables.load("egdi_ranks")
    drawn = blog.distinct_places(editions).drawn.set_index("edition")
    for edition, ranked in editions.groupby("edition"):
        assert drawn.loc[edition, "places"] == tie_rules(ranked["epi_rank"])["dense"].max()
        assert drawn.loc[edition, "countries"] == len(ranked)


def test_squares_are_thousands_and_none_is_lost() -> None:
    gains = pd.Series({"a": 4_400.0, "b": 2_400.0, "c": 700.0, "d": 600.0})
    chart = blog.thousands(2_900.0, gains, 2)
    assert dict(zip(chart.drawn["part"], chart.drawn["followers"], strict=True)) == {
        "expected": 2900,
        "a": 4400,
        "b": 2400,
        "the other 2": 1300,
    }
    squares = [patch for patch in chart.figure.axes[0].patches if patch.get_width() == 0.88]  # type: ignore[attr-defined]
    assert len(squares) == 3 + 8


def test_each_clock_face_holds_all_posts_of_its_account() -> None:
    drawn = blog.clock_faces(tables.load("posting_seconds"), ["WHO", "HHSGov"]).drawn
    shares = drawn.groupby("account")["share"].sum()
    assert set(shares.index) == {"WHO", "HHSGov"}
    assert (shares - 1).abs().max() < 1e-12
    assert (drawn.groupby("account").size() == 60).all()


def test_each_address_has_one_fate() -> None:
    links = tables.load("us_facebook_links_2017")
    drawn = blog.link_fates(links).drawn.set_index("in_2012")
    assert drawn.sum().sum() == links["addresses"].sum()
    assert drawn.drop(columns="works").sum().sum() == links["unavailable"].sum()
    assert list(drawn.index) == [True, False]


def test_every_printed_total_is_a_box() -> None:
    totals = tables.load("google_published_totals")
    names = {citation: citation for citation in totals["citation"].unique()}
    chart = blog.printed(totals, names)
    assert len(chart.figure.axes[0].patches) == len(totals) == len(chart.drawn)
    same = totals["published"] == totals["computed"]
    assert (chart.drawn["difference"] == 0).sum() == same.sum()


def test_farewells_are_drawn_by_year() -> None:
    years = pd.Series({2018: 3, 2019: 5})
    drawn = blog.farewells(years, 2018.5).drawn
    assert drawn.to_dict("list") == {"year": [2018, 2019], "accounts": [3, 5]}
