"""Natural Earth's countries, as the npm package world-atlas packs them: the map of the book."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from babel.core import get_global

from pipeline.run import Run
from pipeline.table import Field, Table

# The coarser file draws the world; it leaves out Tuvalu, whose place the finer one knows.
_COARSE, _FINE = "countries-50m.json", "countries-10m.json"
_ONLY_FINE = ["TUV"]

# Without it the map is a sixth taller, and no government is there.
_LEFT_OUT = ["ATA"]

# Codes of countries that are no more, which CLDR keeps as other names of their successors.
_WITHDRAWN = ["ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"]

_EQUAL_EARTH = "EPSG:8857"
_KILOMETRE = 1000.0
_HALF_WAY_ROUND = 180.0
_TOLERANCE = 25.0
"""Detail kept, in km: less than the width of a line when the map is as wide as a page."""
_SPECK = 400.0
"""Islands below this area, in km², are left out unless they are all of a country."""


def build(run: Run) -> list[Table]:
    """Return the table ``world_map``."""
    coarse = _read(run.raw("world-atlas", _COARSE))
    fine = _read(run.raw("world-atlas", _FINE))
    shapes = pd.concat([coarse, fine[fine["iso3"].isin(_ONLY_FINE)]])
    shapes = _projected(shapes[~shapes["iso3"].isin(_LEFT_OUT)])
    return [
        Table(
            name="world_map",
            title="Countries of the world in the Equal Earth projection",
            description=(
                "Outlines of the countries and territories in Natural Earth's 1:50m map of 2018, "
                "as packed in world-atlas 2.0.2, without Antarctica: projected, simplified and "
                "rounded to a kilometre, for drawing only."
            ),
            frame=_frame(shapes),
            fields=_FIELDS,
            key=("name",),
            slugs=("world-atlas",),
            caveats=(
                "Islands below 400 km² are left out unless they are all of a country; area_km2 "
                "is that of the full outline.",
                "Tuvalu is missing from the 1:50m map and comes from the 1:10m one.",
                "Areas without a code of their own have no iso3 (Kosovo, Northern Cyprus, "
                "Somaliland and others).",
            ),
        )
    ]


_FIELDS = (
    Field("name", "string", "Country or territory, as Natural Earth names it"),
    Field("iso3", "string", "ISO 3166-1 alpha-3 code; empty: none", "", {"pattern": "[A-Z]{3}"}),
    Field("x", "integer", "Point inside, east of Greenwich (EPSG:8857)", "km"),
    Field("y", "integer", "Point inside, north of the Equator (EPSG:8857)", "km"),
    Field("area_km2", "number", "Area of the full outline", "km²", {"minimum": 0}),
    Field("geometry", "string", "Outline as well-known text (EPSG:8857, in km)", "km"),
)


def _read(path: Path) -> gpd.GeoDataFrame:
    shapes = gpd.read_file(path, layer="countries")
    shapes["iso3"] = shapes["id"].map(_codes())
    # TopoJSON joins what lies on both sides of the 180th meridian; a flat map parts it again.
    shapes["geometry"] = shapes.geometry.map(_parted)
    # Australia's Ashmore and Cartier Islands have a row of their own under Australia's code.
    return shapes[~shapes.duplicated("iso3") | shapes["iso3"].isna()]


def _parted(shape: Any) -> Any:
    """Cut a shape at the 180th meridian where a part of it goes on beyond."""
    parts = [_cut(part) for part in shapely.get_parts(shape)]
    return shapely.union_all(parts) if len(parts) > 1 else parts[0]


def _cut(polygon: Any) -> Any:
    west, _south, east, _north = polygon.bounds
    if east - west < _HALF_WAY_ROUND:
        return shapely.make_valid(polygon)
    whole = shapely.make_valid(shapely.transform(polygon, _eastwards))
    beyond = shapely.intersection(whole, shapely.box(180, -90, 360, 90))
    return shapely.union(
        shapely.intersection(whole, shapely.box(0, -90, 180, 90)),
        shapely.transform(beyond, lambda points: points - [360, 0]),
    )


def _eastwards(points: Any) -> Any:
    """Count longitudes from 0 to 360, so that nothing jumps at the 180th meridian."""
    return np.column_stack([points[:, 0] % 360, points[:, 1]])


def _codes() -> dict[str, str]:
    """Return alpha-3 by numeric codes of ISO 3166-1: CLDR gives the alpha-2 code of both."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    alpha3 = {
        new[0]: old
        for old, new in aliases.items()
        if len(old) == 3 and old.isalpha() and old not in _WITHDRAWN
    }
    return {
        old: alpha3[new[0]] for old, new in aliases.items() if old.isdigit() and new[0] in alpha3
    }


def _projected(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    metres = shapes.set_crs(4326).to_crs(_EQUAL_EARTH)
    km = metres.scale(1 / _KILOMETRE, 1 / _KILOMETRE, origin=(0, 0)).make_valid()
    return metres.set_geometry(km)


def _frame(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    inside = shapes.representative_point()
    frame = pd.DataFrame(
        {
            "name": shapes["name"],
            "iso3": shapes["iso3"],
            "x": inside.x.round(),
            "y": inside.y.round(),
            "area_km2": shapes.area.round(1),
            "geometry": shapely.to_wkt(_outlines(shapes.geometry.array), rounding_precision=1),
        }
    )
    return frame.sort_values("name")


def _outlines(shapes: Any) -> Any:
    """Return outlines for drawing: without specks, simplified so that borders still meet."""
    simple = shapely.coverage_simplify([_without_specks(shape) for shape in shapes], _TOLERANCE)
    return shapely.set_precision(simple, 0.1)


def _without_specks(shape: Any) -> Any:
    *smaller, largest = sorted(shapely.get_parts(shape), key=shapely.area)
    return shapely.MultiPolygon([*(part for part in smaller if part.area >= _SPECK), largest])
