"""Where the words of a figure stand, how large they are, and what they are written on.

What is found goes into the record of a figure, so that a test can go through every figure of the
book, and a search can find the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Patch
from matplotlib.text import Text

_TOUCH = 1.5
"""Pixels by which two boxes may meet: a box is larger than the letters in it."""

_PAPER = (1.0, 1.0, 1.0)

Box = tuple[float, float, float, float]


class Words(NamedTuple):
    """Words of a figure: their box (hundredths of an inch, from the lower left) and looks.

    ``size`` is in points, ``colour`` and ``ground`` are those of the letters and of what is
    under them.
    """

    text: str
    box: Box
    size: float
    colour: str
    ground: str


def words(figure: Figure) -> list[Words]:
    """Return the words that can be seen in a figure that is laid out.

    Parameters
    ----------
    figure
        The figure.
    """
    renderer = FigureCanvasAgg(figure).get_renderer()
    painters = {axes: list(_painters(axes)) for axes in figure.axes}
    found = []
    for text in _texts(figure):
        left, low, right, high = (float(edge) for edge in text.get_window_extent(renderer).extents)
        ground = _ground(painters, text, ((left + right) / 2, (low + high) / 2))
        if text.get_rotation() % 90:  # the letters fill only a part of an upright box
            left, right, low, high = *[(left + right) / 2] * 2, *[(low + high) / 2] * 2
        box = (round(left, 1), round(low, 1), round(right, 1), round(high, 1))
        size, colour = round(float(text.get_fontsize()), 2), to_hex(text.get_color())
        found.append(Words(text.get_text(), box, size, colour, ground))
    return found


def outside(found: list[Words], width: float, height: float) -> list[str]:
    """Return the words that reach over the edge of a figure.

    Parameters
    ----------
    found
        What :func:`words` returns.
    width, height
        Size of the figure in hundredths of an inch.
    """
    return [
        word.text
        for word in found
        if min(word.box[:2]) < -_TOUCH
        or word.box[2] > width + _TOUCH
        or word.box[3] > height + _TOUCH
    ]


def overlapping(found: list[Words]) -> list[tuple[str, str]]:
    """Return the pairs of words that lie on each other.

    Parameters
    ----------
    found
        What :func:`words` returns.
    """
    return [(a.text, b.text) for a, b in combinations(found, 2) if _meet(a.box, b.box)]


def _meet(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    upwards = min(a[3], b[3]) - max(a[1], b[1])
    return across > _TOUCH and upwards > 2 * _TOUCH


def _texts(figure: Figure) -> Iterator[Text]:
    whole = (figure._suptitle, figure._supxlabel, figure._supylabel)  # type: ignore[attr-defined]
    legends = [*figure.legends]
    candidates = [*figure.texts, *(text for text in whole if text is not None)]
    for axes in figure.axes:
        candidates += [*axes.texts, axes.title, axes._left_title, axes._right_title]  # type: ignore[attr-defined]
        if axes.axison:
            candidates += [*_of_axis(axes.xaxis), *_of_axis(axes.yaxis)]
        if (legend := axes.get_legend()) is not None:
            legends.append(legend)
    for legend in legends:
        candidates += [*legend.get_texts(), legend.get_title()]
    seen = {id(text): text for text in candidates if text.get_visible() and text.get_text()}
    return iter(seen.values())


def _of_axis(axis: Axis) -> Iterator[Text]:
    yield axis.label
    low, high = sorted(axis.get_view_interval())
    for tick in axis.get_major_ticks():
        slack = 1e-9 * (high - low)
        if low - slack <= tick.get_loc() <= high + slack:
            yield from (label for label in (tick.label1, tick.label2) if label.get_visible())


class _Painter(NamedTuple):
    """What gives words a ground, and the box in which it may do so."""

    artist: AxesImage | QuadMesh | Patch
    box: Box


def _painters(axes: Axes) -> Iterator[_Painter]:
    """Yield what is painted in axes, from below upwards."""
    found = [*axes.images, *axes.collections, *axes.patches]
    for artist in sorted(found, key=lambda artist: artist.get_zorder()):
        if isinstance(artist, Patch):
            # Quicker than to ask each patch about each point; a line is drawn around its path.
            box = artist.get_window_extent().padded(artist.get_linewidth())
            yield _Painter(artist, box.extents)
        elif isinstance(artist, AxesImage | QuadMesh):
            yield _Painter(artist, axes.bbox.extents)


def _ground(
    painters: Mapping[Axes, Sequence[_Painter]], text: Text, middle: tuple[float, float]
) -> str:
    """Return the colour on which words stand: paper, with all that is painted over it."""
    if text.get_path_effects():  # a halo, which is as white as paper
        return to_hex(_PAPER)
    colour = np.array(_PAPER)
    for axes in [text.axes] if text.axes is not None else painters:
        for red, green, blue, alpha in _painted(painters[cast("Axes", axes)], middle):
            colour = (1 - alpha) * colour + alpha * np.array([red, green, blue])
    return to_hex(tuple(colour))


def _painted(
    painters: Iterable[_Painter], point: tuple[float, float]
) -> Iterator[tuple[float, ...]]:
    x, y = point
    for artist, (left, low, right, high) in painters:
        if not (left <= x <= right and low <= y <= high):
            continue
        if isinstance(artist, AxesImage):
            yield from _of_image(artist, point)
        elif isinstance(artist, QuadMesh):
            yield from _of_mesh(artist, point)
        elif artist.contains_point(point):
            yield to_rgba(artist.get_facecolor())


def _of_image(image: AxesImage, point: tuple[float, float]) -> Iterator[tuple[float, ...]]:
    x, y = image.axes.transData.inverted().transform(point)
    values: Any = image.get_array()
    row, column = round(float(y)), round(float(x))
    if 0 <= row < values.shape[0] and 0 <= column < values.shape[1]:
        colour = image.to_rgba(values[row : row + 1, column : column + 1])[0, 0]
        yield tuple(float(part) for part in colour)


def _of_mesh(mesh: QuadMesh, point: tuple[float, float]) -> Iterator[tuple[float, ...]]:
    at = mesh.axes.transData.inverted().transform(point)  # type: ignore[union-attr]
    colours = mesh.to_rgba(np.ravel(cast("Any", mesh.get_array())))
    for path, colour in zip(mesh.get_paths(), colours, strict=True):
        if path.contains_point((float(at[0]), float(at[1]))):
            yield tuple(float(part) for part in colour)
