"""The figures of the chapter on control: what they draw, from small tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import control
from govsocial.findings import control as findings
from govsocial.rates import composition, quartiles
from tests.govsocial.drawn import segments

ROOT = Path(__file__).resolve().parents[2]


def test_the_eight_countries_that_asked_most_and_the_world_are_drawn() -> None:
    google = tables.load("google_removals")
    drawn = control.removals(google).drawn
    assert drawn["code"].nunique() == 9
    world = drawn[drawn["code"] == ""]
    assert world["requests"].sum() == google["requests"].sum()


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


def test_kinds_of_bodies_are_counted_only_where_google_names_them() -> None:
    """Before 2019 the file has courts and all others: they would share Russia's requests."""
    requesters = findings.classed(tables.load("google_removal_requesters"))
    assert not set(requesters["requester"]) & {"Executive", "Judicial"}
    shares = composition(requesters, "code", "body", "requests").set_index(["code", "body"])
    assert shares["share"]["RU", "communications"] == pytest.approx(0.99, abs=0.005)
    chapter = (ROOT / "chapters" / "control.md").read_text(encoding="utf-8")
    assert 'findings.classed(tables.load("google_removal_requesters"))' in chapter


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


def test_a_handful_of_events_is_not_resampled() -> None:
    kinds = ["closed autocracy", "electoral autocracy", "electoral democracy", "liberal democracy"]
    rates = pd.DataFrame(
        {"regime": kind, "interval": name, "events": n, "value": 2.0, "low": 1.0, "high": 4.0}
        for kind, n in zip(kinds, (40, 90, 5, 4), strict=True)
        for name in ("exact", "clustered")
    )
    axes = control.shutdowns(rates).figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["2.0"] * 4
    exact, resampled = (segments(lines) for lines in axes.collections)
    assert [round(line[0][1], 2) for line in exact] == [-0.14, 0.86, 1.86, 2.86]
    assert [round(line[0][1], 2) for line in resampled] == [0.14, 1.14, 2.14]


def test_the_other_figures_draw_what_they_are_given() -> None:
    places = pd.DataFrame({"code": ["IND", "IRN"], "any_size": [651, 29], "nationwide": [1, 16]})
    chart = control.places(places)
    assert chart.drawn.equals(places)
    labels = [text.get_text() for text in chart.figure.axes[0].get_yticklabels()]
    assert labels == ["India", "Iran"]
    repression = tables.load("digital_repression")
    assert len(control.disinformation(repression, {"Russia": "RU"}).drawn) == 179


def test_censorship_has_a_panel_for_each_regime() -> None:
    censorship = tables.load("internet_censorship")
    bands = quartiles(censorship, ["regime", "year"], "censorship_effort")
    assert len(control.censorship_by_regime(bands).figure.axes) == 4


def test_of_criticism_the_share_is_of_items_whose_fate_is_stated() -> None:
    rows = [
        ("VN", 2018, "Government criticism", 9, 900, 900, 0, 0, 0),
        ("VN", 2019, "Government criticism", 2, 400, 300, 50, 25, 25),
        ("VN", 2020, "Government criticism", 1, 110, 0, 50, 25, 25),
        ("BD", 2020, "Government criticism", 7, 900, 9, 0, 0, 891),
        ("BD", 2020, "Defamation", 7, 900, 900, 0, 0, 0),
        ("KZ", 2020, "Government criticism", 7, 299, 299, 0, 0, 0),
    ]
    columns = ["code", "year", "reason", "requests", "items", *findings.FATES]
    fates = findings.criticism(pd.DataFrame(rows, columns=columns))
    assert fates["code"].tolist() == ["BD", "VN"]
    assert fates["removed_share"].tolist() == [0.01, 0.6]
    texts = [text.get_text() for text in control.criticism(fates).figure.axes[0].texts]
    assert texts == ["1%", "900", "60%", "510", "Items named"]


def test_countries_that_asked_as_often_share_the_best_place() -> None:
    requests = {"RU": (9, 90), "TR": (7, 70), "IT": (5, 50), "FR": (5, 50), "DE": (1, 10)}
    google = pd.DataFrame(
        [
            (pd.Timestamp(half), code, counts[place], 2)
            for code, counts in requests.items()
            for place, half in enumerate(("2020-01-01", "2020-07-01"))
        ],
        columns=["half", "code", "requests", "items"],
    )
    found = findings.italian_place(google)
    assert found["place"] == found["place-ever"] == 3
    assert [found[code] for code in ("ru", "tr", "requests", "requests-ever")] == [90, 70, 50, 55]


def test_orders_are_divided_by_users_where_there_are_enough() -> None:
    orders = pd.DataFrame(
        {
            "service": ["X", "X", "X", "TikTok"],
            "state": ["IT", "DE", "MT", "DE"],
            "to_act": [6, 8, 5, 7],
            "to_provide": [15, 400, 5, 7],
            "recipients": [3_000_000, 4_000_000, 1_499_999, 5_000_000],
        }
    )
    states = findings.per_million(orders, "X")
    assert states["state"].tolist() == ["DE", "IT"]
    assert states["act_per_million"].tolist() == [2, 2]
    assert states["provide_per_million"].tolist() == [100, 5]
    left, right = control.orders_by_state(states).figure.axes
    assert [text.get_text() for text in right.texts] == ["100.0", "5.0"]
    assert [text.get_text() for text in left.get_yticklabels()] == ["Germany", "Italy"]


def test_both_kinds_of_orders_are_printed_beside_their_marks() -> None:
    services = pd.DataFrame({"service": ["X"], "to_act": [10], "to_provide": [5928]})
    axes = control.orders(services).figure.axes[0]
    places = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert list(places) == ["10", "5,928"]
    assert places["10"] < 10 < 5928 < places["5,928"]


def test_causes_are_counted_outside_india_and_the_unknown_comes_last() -> None:
    rows = [
        (2022, False, "protests", "network", 99),
        (2023, True, "protests", "network", 99),
        (2023, False, "other or unknown", "network", 20),
        (2023, False, "protests", "network", 3),
        (2024, False, "protests", "both", 1),
        (2024, False, "conflict", "network", 14),
        (2025, False, "conflict", "services", 2),
    ]
    table = pd.DataFrame(rows, columns=["year", "india", "cause", "extent", "events"])
    counts = findings.by_cause(table)
    assert counts.index.tolist() == ["conflict", "protests", "other or unknown"]
    assert counts.loc["conflict"].to_dict() == {"network": 14, "both": 0, "services": 2}
    axes = control.causes(counts).figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["14", "3", "20", "1", "2"]
