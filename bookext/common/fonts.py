"""The letters of pictures that Pillow draws: those of the figures."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties, findfont
from PIL import ImageFont


@cache
def font(size: int, weight: str = "normal") -> ImageFont.FreeTypeFont:
    """Return DejaVu Sans in a size in pixels."""
    path = findfont(FontProperties(family="DejaVu Sans", weight=weight))
    return ImageFont.truetype(path, size)
