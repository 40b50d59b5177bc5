"""The panel of leaders, the countries and the map, counted again another way."""

from __future__ import annotations

import csv
from collections import Counter

import geopandas as gpd
import pytest

from govsocial import tables
from pipeline import raw

PANEL = "data/data01-leader-adoption.csv"


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_the_panel_gives_the_same_counts_line_by_line() -> None:
    last: Counter[str] = Counter()
    first: dict[str, str] = {}
    with raw.locate("world-leaders-isq", PANEL).open() as lines:
        for row in csv.DictReader(lines):
            if row["leader_active_tw_any"] == "1":
                last[row["month"]] += 1
                first.setdefault(row["iso3c"], row["month"])
    table = tables.load("leader_adoption")
    twitter = table[(table["platform"] == "twitter") & (table["kind"] == "any")]
    assert {
        str(m.date()): n for m, n in zip(twitter["month"], twitter["active"], strict=True) if n
    } == last
    months = tables.load("leader_first_months").set_index("iso3")["first_twitter"].dropna()
    assert {iso3: str(month.date()) for iso3, month in months.items()} == first


def test_nobody_leaves_the_panel() -> None:
    table = tables.load("leader_adoption")
    for _, rows in table.groupby(["platform", "kind"]):
        assert rows.sort_values("month")["active"].is_monotonic_increasing


def test_every_studied_country_is_on_the_map_and_has_a_region() -> None:
    studied = set(tables.load("leader_first_months")["iso3"])
    assert len(studied) == 195
    assert studied <= set(tables.load("world_map")["iso3"].dropna())
    assert tables.load("leader_first_months")["region"].notna().all()


def test_the_outlines_are_valid_and_stay_on_the_map() -> None:
    outlines = tables.load("world_map")
    shapes = gpd.GeoSeries.from_wkt(outlines["geometry"])
    assert shapes.is_valid.all()
    # The map is 34,487 km wide: a shape torn at the 180th meridian would span it, but for
    # the countries that lie on both sides of it.
    widths = shapes.bounds["maxx"] - shapes.bounds["minx"]
    both_sides = set(outlines.loc[widths > 30_000, "name"])
    assert both_sides <= {"Russia", "Fiji", "United States of America", "Kiribati", "New Zealand"}
    torn = shapes.explode().bounds
    assert (torn["maxx"] - torn["minx"]).max() < 15_000


def test_areas_agree_with_published_ones() -> None:
    areas = tables.load("world_map").set_index("iso3")["area_km2"]
    # CIA World Factbook, total areas.
    published = {"RUS": 17_098_242, "BRA": 8_515_770, "ITA": 301_340}
    for iso3, area in published.items():
        assert areas[iso3] == pytest.approx(area, rel=0.03)
