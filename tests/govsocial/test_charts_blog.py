"""The figures of the blog draw what their tables hold."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import blog
from govsocial.findings import amplification, control, office_hours
from govsocial.ranking import tie_rules
from tests.govsocial.drawn import bars

ROOT = Path(__file__).resolve().parents[2]


def test_different_places_are_those_of_a_dense_ranking() -> None:
    editions = tables.load("egdi_ranks")
    drawn = blog.distinct_places(editions).drawn.set_index("edition")
    for edition, ranked in editions.groupby("edition"):
        assert drawn["places"][edition] == tie_rules(ranked["epi_rank"])["dense"].max()
        assert drawn["countries"][edition] == ranked["epi_rank"].count()
    # Montenegro and South Sudan were not yet members.
    assert drawn["countries"].tolist() == [191] * 3 + [192] * 2 + [193] * 7


def test_squares_are_thousands_and_none_is_lost() -> None:
    gains = pd.Series({"a": 4_400.0, "b": 2_400.0, "c": 700.0, "d": 600.0})
    chart = blog.thousands(2_900.0, gains, 2)
    assert dict(zip(chart.drawn["part"], chart.drawn["followers"], strict=True)) == {
        "expected": 2900,
        "a": 4400,
        "b": 2400,
        "the other 2": 1300,
    }
    squares = [bar for bar in bars(chart.figure.axes[0]) if bar.get_width() == 0.88]
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


def test_the_links_of_2012_are_no_survivors_and_the_post_says_who_chose_them() -> None:
    facebook = tables.load("us_registry_2012").query("platform == 'Facebook'")
    assert facebook["listed_2017"].sum() / facebook["accounts"].sum() > 0.95
    post = (ROOT / "blog" / "2026" / "a-quarter-of-the-links.md").read_text("utf-8")
    assert "its addresses were chosen to work" in post
    assert "weeded out is not the reason, for nearly all of them were still listed" in post


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


def test_the_requests_of_a_half_year_stand_above_each_other() -> None:
    halves = control.italian_halves(tables.load("google_removal_products"))
    chart = blog.requests_by_half(halves)
    totals = tables.load("google_removals").query("code == 'IT'").set_index("half")["requests"]
    drawn = chart.drawn.set_index("half")
    assert (drawn.sum(axis=1) == totals).all() and len(drawn) == 30
    named = drawn.index >= control.KINDS_SINCE
    assert drawn["communications"].isna().sum() == (~named).sum() == 16
    tops = [bar.get_y() + bar.get_height() for bar in bars(chart.figure.axes[0])]
    assert max(tops) == totals.iloc[-1] == 1_210


def test_an_account_stands_in_the_row_of_its_country() -> None:
    accounts = pd.DataFrame(
        {
            "country": ["IT", "FR", "IT", "FR"],
            "account": list("abcd"),
            "years": [1, 2, 3, 4],
            "ratio": [0.5, 0.9, 0.3, 1.1],
        }
    )
    chart = blog.august_posts(accounts)
    assert chart.drawn["account"].tolist() == ["c", "a", "b", "d"]
    ticks = [tick.get_text() for tick in chart.figure.axes[0].get_yticklabels()]
    assert ticks == ["Italy", "France"]


def test_no_euro_is_lost_between_the_kinds() -> None:
    sizes = tables.load("ad_italy_sizes")
    drawn = blog.advertisers(amplification.payers_by_kind(sizes)).drawn.set_index("kind")
    assert drawn.sum(axis=1)["candidates"] == 291_957 and drawn.sum().sum() == 1_196_626


def test_august_is_compared_where_all_its_months_are_whole() -> None:
    months = pd.to_datetime(
        [f"{year}-{month:02}-01" for year in (2018, 2019) for month in range(5, 12)]
    )
    posts = [1, 10, 20, 6, 30, 20, 1, 1, 10, 10, 15, 10, 10, 1]
    table = pd.DataFrame({"account": "a", "month": months, "posts": posts})
    # A month without posts has no row.
    table = table[~(table["month"] == "2019-09-01")]
    account = {"account": ["a"], "country": ["IT"], "kind": ["health"]}
    span = {
        "first_month": pd.to_datetime(["2018-05-01"]),
        "last_month": pd.to_datetime(["2019-11-01"]),
    }
    found = office_hours.augusts(table, pd.DataFrame(account | span))
    assert found["ratio"].tolist() == [6 / 20, 15 / 7.5]
    whole = office_hours.by_account(found)
    assert whole["ratio"].tolist() == [21 / 27.5] and whole["years"].tolist() == [2]
    later = {"first_month": pd.to_datetime(["2018-06-01"]), "last_month": span["last_month"]}
    assert office_hours.augusts(table, pd.DataFrame(account | later))["year"].tolist() == [2019]


def test_the_italian_posts_say_what_their_tables_say() -> None:
    years = office_hours.augusts(tables.load("posting_months"), tables.load("posting_accounts"))
    august = years[(years["country"] == "IT") & (years["year"] == 2020)].set_index("account")
    assert (august["ratio"].drop("MinisteroSalute") < 0.5).all()
    health = years[(years["account"] == "MinisteroSalute") & (years["year"] < 2020)]
    assert len(health) == 5 and (health["ratio"] < 0.61).sum() == 4
    italy = office_hours.italian_augusts(years)
    assert italy["italy"].high < italy["others"].low
    campaign = amplification.regional_campaign(tables.load("ad_italy_sizes"))
    assert campaign["others-first"] > campaign["first"]
    products = tables.load("google_removal_products")
    asked = control.italian_products(products) | control.italian_place(
        tables.load("google_removals")
    )
    assert asked["others"] > asked["before-most"] and asked["place-ever"] == 14
    resolver = products["code"].eq("IT") & products["product"].eq("Public DNS")
    early = products[resolver].head(1).assign(half=pd.Timestamp("2012-01-01"))
    with pytest.raises(ValueError, match="earlier than the post says"):
        control.italian_products(pd.concat([products, early]))
