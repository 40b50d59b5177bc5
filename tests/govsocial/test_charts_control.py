"""The figures of the chapter on control: what they draw, from small tables."""

from __future__ import annotations

import pandas as pd

from govsocial import tables
from govsocial.charts import control
from govsocial.rates import composition, quartiles


def test_the_eight_countries_that_asked_most_and_the_world_are_drawn() -> None:
    google = tables.load("google_removals")
    drawn = control.removals(google).drawn
    assert drawn["code"].nunique() == 9
    world = drawn[drawn["code"] == ""]
    assert world["requests"].sum() == google["requests"].sum()


def test_each_printed_total_has_a_row_and_its_difference() -> None:
    figure, drawn, _maker = control.published(tables.load("google_published_totals"))
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert len(labels) == len(drawn) == len(set(labels))
    assert "Russia, 2011–2020: 123,606" in labels
    assert drawn.loc[drawn["difference"] == 1, "code"].tolist() == ["US"]


def test_a_heat_map_prints_shares_of_half_a_percent_and_more() -> None:
    requests = pd.DataFrame(
        {
            "code": ["RU", "RU", "RU"],
            "body": ["court", "police", "other"],
            "requests": [800, 199, 1],
        }
    )
    figure = control.bodies(composition(requests, "code", "body", "requests")).figure
    assert [text.get_text() for text in figure.axes[0].texts] == ["80%", "20%"]


def test_small_parts_of_a_bar_have_no_number() -> None:
    shares = pd.DataFrame(
        {
            "code": ["GB"],
            "items": [100],
            "items_removed": [0.8],
            "items_gone": [0.15],
            "items_unclear": [0.05],
            "items_kept": [0.0],
        }
    )
    figure = control.outcomes(shares).figure
    assert [text.get_text() for text in figure.axes[0].texts] == ["80%", "15%"]


def test_three_countries_of_twitter_stand_apart_from_the_rest() -> None:
    requests = pd.DataFrame(
        {"year": [2012] * 5, "code": ["TR", "RU", "FR", "BR", "US"], "requests": [9, 8, 7, 2, 1]}
    )
    drawn = control.twitter(requests).drawn
    assert drawn.iloc[0].to_dict() == {"year": 2012, "TR": 9, "RU": 8, "FR": 7, "others": 3}


def test_both_intervals_of_each_regime_are_drawn() -> None:
    kinds = ["closed autocracy", "electoral autocracy", "electoral democracy", "liberal democracy"]
    rates = pd.DataFrame(
        {"regime": kind, "interval": name, "value": 2.0, "low": 1.0, "high": 4.0}
        for kind in kinds
        for name in ("exact", "clustered")
    )
    axes = control.shutdowns(rates).figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["2.0"] * 4
    assert sum(len(lines.get_segments()) for lines in axes.collections) == 8


def test_the_other_figures_draw_what_they_are_given() -> None:
    pairs = pd.DataFrame({"code": ["TR", "IS"], "google": [10, 2], "twitter": [30, 1]})
    assert control.companies(pairs).drawn.equals(pairs)
    places = pd.DataFrame({"code": ["IND", "IRN"], "any_size": [651, 29], "nationwide": [1, 16]})
    figure, drawn, _maker = control.places(places)
    assert drawn.equals(places)
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == ["India", "Iran"]
    repression = tables.load("digital_repression")
    assert len(control.disinformation(repression, {"Russia": "RU"}).drawn) == 179


def test_censorship_has_a_panel_for_each_regime_and_each_region() -> None:
    censorship = tables.load("internet_censorship")
    for column, draw, panels in (
        ("regime", control.censorship_by_regime, 4),
        ("region", control.censorship_by_region, 6),
    ):
        bands = quartiles(censorship, [column, "year"], "censorship_effort")
        assert len(draw(bands).figure.axes) == panels
