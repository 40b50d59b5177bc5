"""Fit the words of a figure into the width of a phone's screen.

Nothing here knows what a figure shows: words are set in sizes that can be read, names of rows and
long titles break into lines, legends take fewer columns, crowded ticks are thinned, and a figure
whose rows touch grows taller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SIZES: dict[str, Any] = {
    "font.size": 8.5,
    "axes.titlesize": 9,
    "axes.titlepad": 6,
    "axes.labelsize": 8.5,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.fontsize": 8.5,
    "legend.handlelength": 1.6,
    "legend.columnspacing": 1.2,
    "lines.linewidth": 1.7,
}
"""Settings of the narrow figure beside those of the wide one; sizes in points."""

SMALLEST, LARGEST = 8.5, 9.0
"""Sizes of words in points: 8.25 are 11 pixels, the least that one reads on a phone."""

_NAMES = 0.42
"""Share of the width that the names of rows may take."""

_MARGIN = 4.0
"""Distance of words from the edge, and between the labels of two ticks, in pixels."""

_LEADING = 1.15
"""Distance of two rows as a multiple of the height of their names."""


def fit(figure: Figure) -> None:
    """Fit the words of a figure into its width, and let it grow as tall as they need.

    Parameters
    ----------
    figure
        Drawn in the narrow width; it is laid out afterwards.
    """
    renderer = FigureCanvasAgg(figure).get_renderer()
    for words in figure.findobj(Text):
        words.set_fontsize(min(max(words.get_fontsize(), SMALLEST), LARGEST))
    _upright(figure)
    for axes in figure.axes:
        _break_names(axes, figure, renderer)
    for legend in _legends(figure):
        _break_legend(legend, figure, renderer)
    figure.draw_without_rendering()
    changed = [_break_titles(axes, figure, renderer) for axes in figure.axes]
    changed += [_break_overall_labels(figure, renderer), _grow(figure, renderer)]
    if any(changed):  # to lay out is what takes the time
        figure.draw_without_rendering()
    thinned = [_thin(axes.xaxis, renderer) for axes in figure.axes]
    if any(thinned):
        figure.draw_without_rendering()
    for axes in figure.axes:
        _use_whole_width(axes, figure)


def has_room(legend: Legend) -> bool:
    """Return whether a legend is narrower than its figure."""
    figure = cast("Figure", legend.get_figure(root=True))
    renderer = FigureCanvasAgg(figure).get_renderer()
    for text in legend.get_texts():
        text.set_fontsize(min(max(text.get_fontsize(), SMALLEST), LARGEST))
    width: float = legend.get_window_extent(renderer).width
    return width <= figure.bbox.width - 2 * _MARGIN


def broken(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return a text whose lines are at most as wide as asked, where words allow it.

    Parameters
    ----------
    text
        The text; its own lines are joined first.
    width
        The greatest width of a line.
    measure
        Gives the width of a text.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def _break(words: Text, width: float, renderer: Any) -> bool:
    """Break the lines of words if they are too wide; return whether they were."""
    font = words.get_fontproperties()

    def measure(text: str) -> float:
        size: float = renderer.get_text_width_height_descent(text, font, ismath=False)[0]
        return size

    text = words.get_text()
    too_wide = max(measure(line) for line in text.split("\n")) > width
    if too_wide:
        words.set_text(broken(text, width, measure))
    return too_wide


def _legends(figure: Figure) -> list[Legend]:
    inside = (axes.get_legend() for axes in figure.axes)
    return [*figure.legends, *(legend for legend in inside if legend is not None)]


def _break_names(axes: Axes, figure: Figure, renderer: Any) -> None:
    names = axes.get_yticklabels()
    before = [name.get_text() for name in names]
    for name in names:
        if name.get_text():
            _break(name, _NAMES * figure.bbox.width, renderer)
    after = [name.get_text() for name in names]
    if after != before:
        axes.set_yticks(axes.get_yticks(), after)


def _break_legend(legend: Legend, figure: Figure, renderer: Any) -> None:
    over = legend.get_window_extent(renderer).width - figure.bbox.width + 2 * _MARGIN
    if over > 0:
        widest = max(text.get_window_extent(renderer).width for text in legend.get_texts())
        for text in legend.get_texts():
            _break(text, widest - over, renderer)


def _break_titles(axes: Axes, figure: Figure, renderer: Any) -> bool:
    place = axes.get_window_extent(renderer)
    alone = not _has_neighbour(axes, figure)
    room = figure.bbox.width - 2 * _MARGIN if alone else place.width + _MARGIN
    across = [_break(words, room, renderer) for words in (*_titles(axes), axes.xaxis.label)]
    return any([*across, _break(axes.yaxis.label, place.height, renderer)])


def _titles(axes: Axes) -> list[Text]:
    return [axes.title, axes._left_title, axes._right_title]  # type: ignore[attr-defined]


def _has_neighbour(axes: Axes, figure: Figure) -> bool:
    own = axes.get_position()
    others = (other.get_position() for other in figure.axes if other is not axes)
    return any(other.y0 < own.y1 and own.y0 < other.y1 for other in others)


def _break_overall_labels(figure: Figure, renderer: Any) -> bool:
    parts: list[Text | None] = [figure._supxlabel, figure._suptitle]  # type: ignore[attr-defined]
    room = figure.bbox.width - 2 * _MARGIN
    broke = [_break(words, room, renderer) for words in parts if words is not None]
    return any(broke)


def _upright(figure: Figure) -> None:
    """Write what panels count above them, rather than sideways."""
    words: Text | None = figure._supylabel  # type: ignore[attr-defined]
    if words is not None:
        left = _MARGIN / figure.bbox.width
        figure.suptitle(words.get_text(), x=left, ha="left", fontsize=SMALLEST, weight="normal")
        words.set_text("")


def _grow(figure: Figure, renderer: Any) -> bool:
    """Let the figure grow until the names of its rows do not touch."""
    factor = 1.0
    for axes in figure.axes:
        boxes = [box for box, _name in _shown(axes.yaxis, renderer)]
        boxes.sort(key=lambda box: box.y0)
        for below, above in pairwise(boxes):
            apart = (above.y0 + above.y1 - below.y0 - below.y1) / 2
            needed = _LEADING * (above.height + below.height) / 2
            if apart > 0:
                factor = max(factor, needed / apart)
    if factor > 1:
        figure.set_figheight(figure.get_figheight() * min(factor, 2.5))
    return factor > 1


def _shown(axis: Axis, renderer: Any) -> list[tuple[Bbox, Text]]:
    found = (label for label in axis.get_ticklabels() if label.get_visible() and label.get_text())
    return [(label.get_window_extent(renderer), label) for label in found]


def _thin(axis: Axis, renderer: Any) -> bool:
    """Leave out ticks until the labels of those that stay do not touch."""
    if axis.axes.name != "rectilinear":
        return False
    labels = _shown(axis, renderer)
    step = next(n for n in range(1, len(labels) + 2) if _parted(labels[::n]))
    if step > 1:
        kept = labels[::step]
        places = dict(zip(axis.get_ticklabels(), axis.get_ticklocs(), strict=True))
        names = [label.get_text() for _box, label in kept]
        axis.set_ticks([places[label] for _box, label in kept], names)
    return step > 1


def _parted(labels: Sequence[tuple[Bbox, Text]]) -> bool:
    margin = 0 if any(label.get_rotation() for _box, label in labels) else _MARGIN
    boxes = sorted((box for box, _label in labels), key=lambda box: box.x0)
    return all(left.x1 + margin <= right.x0 for left, right in pairwise(boxes))


def _use_whole_width(axes: Axes, figure: Figure) -> None:
    """Let titles begin, and labels of axes lie, in the whole width beside names of rows."""
    if _has_neighbour(axes, figure):
        return
    place = axes.get_window_extent()
    for title in _titles(axes):
        if title.get_text() and title.get_horizontalalignment() == "left":
            title.set_x((_MARGIN - place.x0) / place.width)
    if axes.get_xlabel():
        axes.xaxis.label.set_x((figure.bbox.width / 2 - place.x0) / place.width)
