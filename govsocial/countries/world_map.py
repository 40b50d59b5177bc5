"""The map of the list page: outlines small enough for a page, a dot where a place is too small.

Outlines are those of the table ``world_map`` (Natural Earth, Equal Earth projection), rounded to
the steps of the drawing. Borders show who holds a territory, by Natural Earth's rule.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
from shapely import Polygon, make_valid
from shapely.geometry.base import BaseGeometry

from govsocial import tables
from govsocial.countries.names import resolve

WIDTH, HEIGHT = 712, 314
STEPS = 4
"""Steps of the paths per unit of the drawing."""
_SCALE = 48.0
"""Kilometres per unit."""
_LEFT, _TOP = -17_000.0, 8_400.0
_DOT_BELOW_KM2 = 15_000
_STEP = 30.0
"""Outlines are simplified by this many kilometres."""
_KOSOVO = "Kosovo"


def shapes() -> dict[str, Any]:
    """Return the outlines as SVG paths.

    Returns
    -------
    dict
        ``size``: width and height of the drawing; ``steps``: steps of a path per unit; ``places``:
        by code, ``path`` and for a small place ``dot``, its position in units; ``rest``: the path
        of all other land.
    """
    frame = tables.load("world_map")
    outlines = gpd.GeoSeries.from_wkt(frame["geometry"]).simplify(_STEP)
    found: dict[str, dict[str, Any]] = {}
    rest = []
    rows = zip(frame["name"], frame["iso3"].fillna(""), outlines, strict=True)
    small = frame["area_km2"] < _DOT_BELOW_KM2
    dots = zip(small, frame["x"], frame["y"], strict=True)
    for (name, iso3, outline), (is_small, x, y) in zip(rows, dots, strict=True):
        code = "XKX" if name == _KOSOVO else (resolve(iso3) if iso3 else None)
        if code is None:
            rest.append(_path(outline))
            continue
        found[code] = {"path": _path(outline)}
        if is_small:
            found[code]["dot"] = [round((x - _LEFT) / _SCALE, 1), round((_TOP - y) / _SCALE, 1)]
    return {"size": [WIDTH, HEIGHT], "steps": STEPS, "places": found, "rest": "".join(rest)}


def _path(outline: BaseGeometry) -> str:
    """Return the rings of an outline as the steps of a path."""
    parts = getattr(make_valid(outline), "geoms", [outline])
    return "".join(_ring(part) for part in parts if isinstance(part, Polygon))


def _ring(part: Polygon) -> str:
    corners = np.asarray(part.exterior.coords)
    x = np.round((corners[:, 0] - _LEFT) / _SCALE * STEPS).astype(int)
    y = np.round((_TOP - corners[:, 1]) / _SCALE * STEPS).astype(int)
    points = [(x[0], y[0])]
    for point in zip(x[1:], y[1:], strict=True):
        if point != points[-1]:
            points.append(point)
    if len(points) < 4:  # a speck
        return ""
    steps = np.diff(np.array(points[:-1]), axis=0)
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps)
    return f"M{points[0][0]} {points[0][1]}l{moves}z"
