"""The cover, drawn by code: the words in the language of the edition, and what the book counts.

Each dot is a government, in the order in which they were first seen on a platform, from the first
to the last; a ring is one that never was. Above stands the book's sign, a bubble of speech that
holds a public building.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

WIDTH, HEIGHT = 1600, 2560
_DPI = 100
_GROUND, _INK, _PALE, _WARM = "#0b4f8a", "#ffffff", "#cfe0f0", "#f59b6c"
_MARGIN = 140
_FAMILY = "DejaVu Sans"  # comes with matplotlib, so that each machine draws the same
_TITLE, _SUBTITLE, _SMALL = 168, 66, 48  # pixels
_PER_LINE, _PER_SMALL_LINE = 12, 34  # letters
_TOP, _PER_ROW, _DOT = 1130, 15, 46  # of the dots
_SIGN = 230


def cover(title: str, subtitle: str, author: str, dates: Sequence[str]) -> bytes:
    """Return the cover as a PNG file.

    Parameters
    ----------
    title, subtitle, author
        The words on it.
    dates
        For each government when it was first seen; empty if it never was.
    """
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=_GROUND)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.axis("off")
    _sign(axes)
    lines = textwrap.wrap(title, _PER_LINE, break_long_words=False)
    below = _MARGIN + _SIGN + 90
    _write(axes, below, lines, _TITLE, _INK, "bold")
    below += round(len(lines) * _TITLE * 1.17) + 50
    _write(axes, below, textwrap.wrap(subtitle, _PER_SMALL_LINE), _SUBTITLE, _PALE, "normal")
    _dots(axes, dates)
    _write(axes, HEIGHT - _MARGIN - _SMALL, [author], _SMALL, _PALE, "normal")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _write(
    axes: Axes, top: float, lines: list[str], pixels: float, colour: str, weight: str
) -> None:
    size = pixels * 72 / _DPI
    look: dict[str, Any] = {"family": _FAMILY, "fontsize": size, "color": colour, "weight": weight}
    for number, line in enumerate(lines):
        y = top + number * pixels * 1.17
        axes.text(_MARGIN, y, line, va="top", ha="left", parse_math=False, **look)


def _sign(axes: Axes) -> None:
    """Draw the sign; its measures are those of ``_static/logo.svg``."""
    step = _SIGN / 57

    def at(x: float, y: float) -> tuple[float, float]:
        return _MARGIN + (x - 4) * step, _MARGIN + (y - 4) * step

    bubble = [(4, 4), (60, 4), (60, 50), (32, 50), (18, 61), (18, 50), (4, 50)]
    axes.add_patch(Polygon([at(*point) for point in bubble], color=_INK, joinstyle="round"))
    roof = [(32, 10), (52, 20), (52, 23), (12, 23), (12, 20)]
    axes.add_patch(Polygon([at(*point) for point in roof], color=_GROUND))
    for left, top, width, height in (
        (16, 26, 6, 12),
        (29, 26, 6, 12),
        (42, 26, 6, 12),
        (12, 41, 40, 4),
    ):
        axes.add_patch(Rectangle(at(left, top), width * step, height * step, color=_GROUND))


def _dots(axes: Axes, dates: Sequence[str]) -> None:
    """Draw a dot for each government, line by line; the colour follows the order."""
    step = (WIDTH - 2 * _MARGIN - _DOT) / (_PER_ROW - 1)
    colours = LinearSegmentedColormap.from_list("order", [_WARM, _INK])
    came = sum(map(bool, dates))
    for place in range(len(dates)):
        row, column = divmod(place, _PER_ROW)
        at = (_MARGIN + _DOT / 2 + column * step, _TOP + _DOT / 2 + row * step)
        if place < came:
            look: dict[str, Any] = {"facecolor": colours(place / came), "linewidth": 0}
        else:
            look = {"facecolor": "none", "edgecolor": _PALE, "linewidth": 2.5}
        axes.add_patch(Circle(at, _DOT / 2 - (place >= came), **look))
