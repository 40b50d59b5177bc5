"""The map: every country of the study is on it, in its place and of its size."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from govsocial import tables
from pipeline.sources import world_atlas


@pytest.fixture(scope="module")
def world() -> gpd.GeoDataFrame:
    outlines = tables.load("world_map")
    return gpd.GeoDataFrame(outlines, geometry=gpd.GeoSeries.from_wkt(outlines["geometry"]))


def test_every_country_of_the_study_is_on_the_map_once(world: gpd.GeoDataFrame) -> None:
    codes = world["iso3"].dropna()
    assert codes.is_unique
    assert set(tables.load("leader_first_months")["iso3"]) <= set(codes)


def test_outlines_can_be_drawn(world: gpd.GeoDataFrame) -> None:
    assert world.is_valid.all() and not world.is_empty.any()
    west, south, east, north = world.total_bounds
    # Equal Earth is 34,490 km wide and, without Antarctica, 15,000 high.
    assert -17_245 <= west < -16_000 and 16_000 < east <= 17_245
    assert south > -7_000 and north < 8_400


def test_areas_are_those_of_the_world(world: gpd.GeoDataFrame) -> None:
    # Equal-area: square kilometres on the map are square kilometres on the ground.
    area = world.set_index("iso3")["area_km2"]
    assert area["RUS"] == pytest.approx(17.1e6, rel=0.03)
    assert area["FRA"] == pytest.approx(0.64e6, rel=0.03)  # with the departments overseas
    assert area["BRA"] == pytest.approx(8.5e6, rel=0.03)
    assert area.sum() == pytest.approx(135e6, rel=0.02)
    assert (world.area.sum() / area.sum()) == pytest.approx(1, abs=0.01)


def test_nothing_is_smeared_across_the_180th_meridian(world: gpd.GeoDataFrame) -> None:
    parts = world.explode(index_parts=False).bounds
    # From Saint Petersburg to the Bering Strait: no land of one piece is wider on this map.
    assert (parts["maxx"] - parts["minx"]).max() < 12_000
    russia = world.set_index("iso3").geometry["RUS"]
    assert russia.bounds[0] < -12_000  # Chukotka's end lies at the western edge


def test_points_lie_in_their_countries(world: gpd.GeoDataFrame) -> None:
    large = world[world["area_km2"] > 20_000].reset_index(drop=True)
    points = gpd.GeoSeries.from_xy(large["x"], large["y"])
    # Outlines are simplified: a point near a border may lie just beyond.
    assert (points.distance(large.geometry) < 30).all()
    tuvalu = world.set_index("iso3").loc["TUV"]
    assert tuvalu["x"] > 15_000 and -1_500 < tuvalu["y"] < -700


def test_codes_are_todays() -> None:
    codes = world_atlas._codes()
    assert (codes["276"], codes["643"], codes["688"]) == ("DEU", "RUS", "SRB")
    assert (codes["516"], codes["180"], codes["626"]) == ("NAM", "COD", "TLS")


def test_specks_go_but_an_island_state_stays() -> None:
    speck, islet = shapely.box(0, 0, 10, 10), shapely.box(50, 0, 55, 5)
    assert world_atlas._without_specks(shapely.MultiPolygon([speck, islet])).area == 100
    mainland = shapely.box(100, 0, 200, 100)
    kept = world_atlas._without_specks(shapely.MultiPolygon([speck, mainland]))
    assert kept.area == mainland.area
