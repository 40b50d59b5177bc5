"""The figures of the first chapter draw what their tables and texts say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import moscow_2012 as moscow

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("value", "qualifier", "squares"),
    [
        (2.5, "exact", [(1, True), (1, True), (0.5, True)]),
        (2, "exact", [(1, True), (1, True)]),
        (2, "almost", [(1, True), (1, False)]),
        (1, "more than", [(1, True), (1, False)]),
    ],
)
def test_an_audience_in_squares(
    value: float, qualifier: str, squares: list[tuple[float, bool]]
) -> None:
    assert moscow._squares(value, qualifier) == squares


def test_the_timeline_holds_four_months_of_the_panel_and_three_told_days() -> None:
    drawn = moscow.arrivals(tables.load("leader_first_months"), tables.load("facts")).drawn
    assert drawn["first"].is_monotonic_increasing
    assert drawn["evidence"].value_counts().to_dict() == {"panel": 4, "published text": 3}
    panel = drawn.loc[drawn["evidence"] == "panel", "first"]
    assert [f"{day:%Y-%m}" for day in panel] == ["2010-02", "2010-07", "2012-07", "2012-08"]
    youtube = drawn[drawn["channel"].str.contains("YouTube")].iloc[0]
    assert [youtube["first"], youtube["last"]] == list(pd.to_datetime(["2012-07-07", "2012-07-09"]))


def test_the_ministrys_days_are_those_of_2011_to_2013_whatever_else_the_facts_hold() -> None:
    drawn = moscow.arrivals(tables.load("leader_first_months"), tables.load("facts")).drawn
    told = drawn[drawn["evidence"] == "published text"]
    assert told["last"].tolist() == list(pd.to_datetime(["2011-06-29", "2012-07-09", "2013-06-14"]))


def test_audiences_are_drawn_as_they_are_stated() -> None:
    facts = tables.load("facts")
    drawn = moscow.audiences(facts[facts["id"].isin(["F010", "F235", "F236"])]).drawn
    assert drawn.set_index("subject")["value"].to_dict() == {
        "United States": 44,
        "Arkady Dvorkovich": 0.15,
        "Russia": 0.0025,
    }
    assert moscow._stated(0.0025, "about") == "about 2,500"
    assert moscow._stated(44, "almost") == "almost 44 million"


def test_the_bars_hold_every_listed_account() -> None:
    listed = tables.load("us_diplomatic_accounts_2012")
    drawn = moscow.missions(listed, 40).drawn
    assert drawn.loc[drawn["country"] == "US", "accounts"].sum() == listed["accounts"].sum()


def test_the_ranks_are_russias_and_the_tie_rules_enclose_them() -> None:
    drawn = moscow.ranks(tables.load("egdi_ranks")).drawn
    assert len(drawn) == 12
    assert (drawn["dense"] <= drawn["best"]).all() and (drawn["best"] <= drawn["worst"]).all()


def test_the_handover_divides_the_posts() -> None:
    months = pd.date_range("2012-03-01", periods=4, freq="MS", name="month")
    drawn = moscow.posts(pd.Series([1, 2, 3, 4], months, name="posts")).drawn
    assert drawn["office"].tolist() == ["President"] * 2 + ["Prime minister"] * 2
    assert drawn["posts"].tolist() == [1, 2, 3, 4]


def test_the_split_of_the_account_divides_the_months() -> None:
    months = pd.date_range("2010-10-01", periods=3, freq="MS", name="month")
    drawn = moscow.posts(pd.Series([3, 2, 1], months, name="posts")).drawn
    assert drawn["only_english_account"].tolist() == [True, True, False]


def test_readers_of_blogs_are_not_called_followers() -> None:
    stated = tables.load("facts").set_index("id")["unit"]
    assert stated[["F009", "F010"]].tolist() == ["million readers", "million followers"]
    post = (ROOT / "blog" / "2026" / "fourteenth-of-how-many.md").read_text(encoding="utf-8")
    assert "followed the first country's diplomats as read Russia's" in post
