"""The figures of the first chapter draw what their tables and texts say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import moscow_2012 as moscow


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
    youtube = drawn[drawn["channel"].str.contains("YouTube")].iloc[0]
    assert [youtube["first"], youtube["last"]] == list(pd.to_datetime(["2012-07-07", "2012-07-09"]))


def test_each_statement_of_the_field_gives_the_place_its_share() -> None:
    drawn = moscow.fields(tables.load("facts")).drawn.set_index("who")
    assert drawn["countries"].to_dict() == {
        "Agence France-Presse": 120,
        "Silicon Republic": 150,
        "The Moscow Times": 146,
    }
    assert drawn["top_share"].tolist() == pytest.approx([14 / 120, 14 / 150, 14 / 146])


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
