"""Russia and Italy since 2012: places and requests, by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from govsocial import tables
from govsocial.charts import moscow_rome as figures
from govsocial.findings import control
from govsocial.findings import moscow_rome as findings

ROOT = Path(__file__).resolve().parents[2]

REMOVALS = pd.DataFrame(
    {
        "half": pd.to_datetime(["2011-01-01", "2011-07-01", "2012-01-01", "2011-01-01"]),
        "code": ["RU", "RU", "RU", "IT"],
        "requests": [3, 4, 9, 2],
    }
)


def test_the_two_halves_of_a_year_are_added() -> None:
    assert findings.requests(REMOVALS)["RUS"].to_dict() == {2011: 7, 2012: 9}


def test_a_year_without_a_request_is_a_zero() -> None:
    assert findings.requests(REMOVALS)["ITA"].to_dict() == {2011: 2, 2012: 0}


def test_the_places_of_2012_are_those_of_the_table() -> None:
    places = findings.places(tables.load("egdi_ranks"))
    assert places.loc[2012].to_dict() == {"RUS": 19, "ITA": 56}
    assert places.loc[2024].to_dict() == {"RUS": 66, "ITA": 61}


def test_the_first_place_is_on_top_and_every_point_is_drawn() -> None:
    places = findings.places(tables.load("egdi_ranks"))
    chart = figures.since(places, findings.requests(tables.load("google_removals")))
    bottom, top = chart.figure.axes[0].get_ylim()
    assert top < places.min().min() and places.max().max() < bottom
    assert (chart.drawn["part"] == "places").sum() == places.size


def test_what_a_reader_of_2012_is_told_of_orders_and_of_town_halls_is_in_the_tables() -> None:
    services = tables.load("dsa_services").set_index("service")
    social = services.loc[control.PLATFORMS]
    assert social["to_provide"].sum() > 15 * social["to_act"].sum()
    assert 0.4 < social["to_provide"].max() / social["to_provide"].sum() < 0.5
    reverse = services["to_act"] > services["to_provide"]
    assert reverse[["YouTube", "Google Search", "Amazon"]].all()  # not of all platforms
    halls = tables.load("german_town_halls")
    assert halls[["facebook", "instagram"]].mean().min() > 2 * halls["x"].mean()
    chapter = (ROOT / "chapters" / "moscow-rome-2026.md").read_text(encoding="utf-8")
    assert "would give eight social platforms far more orders for information" in chapter
    assert "would be listed on Facebook and Instagram far more often than on X" in chapter
