"""The one style of all figures, and the door every chart function goes through.

A figure is drawn for two widths: the measure of the text, and the screen of a phone (360 pixels),
where it is shown as large as it is drawn. A chart function asks for its panels by
:func:`subplots`, which stacks them on the narrow one, and chooses by :func:`pick` what else must
differ; :mod:`govsocial.charts.narrow` fits the words in.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar, cast

import matplotlib as mpl
import matplotlib.patheffects as effects
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from numpy.typing import NDArray

from govsocial.charts import narrow
from govsocial.labels import decimal

WIDTH = 7.2
"""Width of a figure in inches: the measure of the text."""

NARROW = 3.25
"""Width of a figure in inches where a screen is 360 pixels wide: 312 pixels of it."""

INK = "#1f2328"
GREY = "#6e7681"
PALE = "#d0d7de"

# Okabe and Ito's colours, the two lightest darkened for text and thin lines on white.
# Neighbours differ in lightness too, so that they part in grey print.
BLUE, ORANGE, GREEN, PURPLE, SKY, RED = (
    "#0b4f8a",
    "#e18d0f",
    "#00896b",
    "#a8588c",
    "#4aa3d8",
    "#c2410c",
)

DARK_ORANGE = "#9a5b00"

_INKS = {ORANGE: DARK_ORANGE, SKY: "#1d74a8", GREEN: "#00785d"}
"""Words in a colour too pale to be read (4.5 to 1 on white, and inverted) take its darker twin."""

_ROOM, _DIGIT = 0.03, 0.035
"""Share of the longest bar that a number takes on the narrow figure, and each of its signs."""

_LAYOUT: Final = "constrained"  # in the sheet, it would come back when a figure is saved
_SHEET = Path(__file__).with_name("book.mplstyle")

_drawn_width = ContextVar("_drawn_width", default=WIDTH)

P = ParamSpec("P")
T = TypeVar("T")


class Chart(NamedTuple):
    """A figure, the data drawn in it, and the dotted name of the function that drew it.

    ``narrow`` draws the same for the screen of a phone.
    """

    figure: Figure
    drawn: pd.DataFrame
    maker: str
    narrow: Callable[[], Figure]


@contextmanager
def context() -> Iterator[None]:
    """Return the context in which a figure is drawn and saved in the book's style."""
    sizes: Any = narrow.SIZES if is_narrow() else {}
    with mpl.rc_context(sizes, fname=_SHEET):
        yield


def is_narrow() -> bool:
    """Return whether the figure is being drawn for the screen of a phone."""
    return _drawn_width.get() < WIDTH


def pick(wide: T, narrow: T) -> T:
    """Return what a figure needs at the width for which it is being drawn."""
    return narrow if is_narrow() else wide


def chart(function: Callable[P, tuple[Figure, pd.DataFrame]]) -> Callable[P, Chart]:
    """Apply the book's style to a function that returns a figure and the data drawn in it."""

    @functools.wraps(function)
    def draw(*args: P.args, **kwargs: P.kwargs) -> Chart:
        drawing = functools.partial(function, *args, **kwargs)
        figure, drawn = _at(WIDTH, drawing)
        maker = f"{function.__module__}.{function.__qualname__}"
        return Chart(figure, drawn, maker, lambda: _at(NARROW, drawing)[0])

    return draw


def _at(
    width: float, drawing: Callable[[], tuple[Figure, pd.DataFrame]]
) -> tuple[Figure, pd.DataFrame]:
    """Draw for a width, and lay out once: every format is then drawn from the same places."""
    before = _drawn_width.set(width)
    try:
        with context():
            figure, drawn = drawing()
            for words in figure.findobj(Text):
                words.set_color(ink(words.get_color()))
            if is_narrow():
                narrow.fit(figure)
            else:
                figure.draw_without_rendering()
            # With an engine, even one that does nothing, each file would be drawn twice.
            figure.set_layout_engine(None)
    finally:
        _drawn_width.reset(before)
    return figure, drawn


def ink(colour: Any) -> str:
    """Return the colour in which words are written that belong to marks of a colour."""
    plain = to_hex(colour)
    return _INKS.get(plain, plain)


def letters_on(ground: Any) -> dict[str, Any]:
    """Return options of words on a colour, such that they can be read in light and in the dark.

    The dark theme shows figures inverted. Where neither light nor dark letters reach 4.5 to 1 in
    both (WCAG 2.2), they get a pale halo.

    Parameters
    ----------
    ground
        The colour under the words.
    """
    for colour in ("white", INK, "black"):
        pair = np.array(to_rgb(colour)), np.array(to_rgb(ground))
        if min(_contrast(*pair), _contrast(*(_TURN @ (1 - part) for part in pair))) >= _READ:
            return {"color": colour}
    return {"color": INK, "path_effects": [_HALO]}


_HALO = effects.withStroke(linewidth=3.5, joinstyle="round", foreground="white")
_READ = 4.5
_TURN = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])
"""A half turn of the hue, by which the dark theme undoes what inverting does to it."""


def _contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    low, high = sorted(_luminance(np.clip(colour, 0, 1)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: NDArray[np.float64]) -> float:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def inner_legend(axes: Axes, loc: str, ncols: int = 1) -> Legend:
    """Write a legend among the marks; above the narrow figure, which has no room for it there.

    Parameters
    ----------
    axes
        The axes, with named marks.
    loc
        Place of the legend on the wide figure.
    ncols
        Columns, the most there may be.
    """
    if not is_narrow():
        return legend(axes, loc=loc, ncols=ncols)
    figure = cast("Figure", axes.get_figure(root=True))
    named = axes.get_legend_handles_labels()
    return legend(figure, *named, loc="outside upper left", ncols=max(ncols, 2))


def subplots(
    rows: int = 1,
    columns: int = 1,
    *,
    height: float = 3.6,
    tall: float | None = None,
    across: int = 1,
    **options: Any,
) -> tuple[Figure, Any]:
    """Return a figure of the width being drawn and its axes, without pyplot's global state.

    Parameters
    ----------
    rows, columns
        The grid of axes; a grid of one gives the axes itself. The narrow figure has the same
        axes, in the same order, in other rows.
    height
        Height of the figure in inches.
    tall
        Height of the narrow figure, if it is not to follow from the number of its rows.
    across
        Axes beside each other in the narrow figure.
    **options
        Passed to :meth:`matplotlib.figure.Figure.subplots`.
    """
    if not is_narrow():
        figure = Figure(figsize=(WIDTH, height), layout=_LAYOUT)
        return figure, figure.subplots(rows, columns, **options)
    lines = -(-rows * columns // across)
    if columns > across:
        options.pop("width_ratios", None)
        height *= 0.85 * lines / rows
    figure = Figure(figsize=(NARROW, tall or height), layout=_LAYOUT)
    grid = figure.subplots(lines, across, squeeze=False, **options).ravel()
    for place in range(rows * columns, len(grid)):
        grid[place].remove()
        grid[place - across].tick_params(labelbottom=True)
    axes = grid[: rows * columns].reshape(rows, columns)
    return figure, axes.item() if axes.size == 1 else axes.squeeze()


def legend(host: Figure | Axes, *handles: Any, loc: str, ncols: int = 1, **options: Any) -> Legend:
    """Write a legend: on the narrow figure in as many columns as it has room for, from the left.

    Parameters
    ----------
    host
        The figure, or the axes in which the legend stands.
    *handles, **options
        Passed to :meth:`matplotlib.figure.Figure.legend`.
    loc
        Place of the legend, such as ``"outside upper center"``.
    ncols
        Columns, the most there may be.
    """
    write: Callable[..., Legend] = host.legend
    if not is_narrow():
        return write(*handles, loc=loc, ncols=ncols, **options)
    if loc.startswith("outside upper"):
        loc = "outside upper left"
    for columns in range(ncols, 1, -1):
        tried = write(*handles, loc=loc, ncols=columns, **options)
        if narrow.has_room(tried):
            return tried
        tried.remove()
    return write(*handles, loc=loc, ncols=1, **options)


def columns(kinds: pd.Series[str], groups: Sequence[_Groups]) -> dict[str, Any]:
    """Return options of two columns of rows: side by side, or below each other as long as needed.

    Parameters
    ----------
    kinds
        The kind of each row.
    groups
        By column, title and kinds of each group; a group takes two rows more than it has.
    """
    if not is_narrow():
        return {"sharey": True}
    ends = [
        sum(2 + int(kinds.isin(chosen).sum()) for _title, chosen in column) for column in groups
    ]
    return {"height_ratios": [end + 1 for end in ends]}


_Groups = Sequence[tuple[str, list[str]]]


def end_columns(grid: Sequence[Axes], ends: Sequence[int], spare: Sequence[float]) -> None:
    """Let columns of rows end where the longest does, or on the narrow figure where each does.

    Parameters
    ----------
    grid
        The axes of the columns; side by side, they share their rows.
    ends
        Where the rows of each end.
    spare
        Rows less to be shown of each column, with a negative number: more.
    """
    if not is_narrow():
        grid[0].set_ylim(max(ends) - spare[0], -1)
        return
    for axes, end, less in zip(grid, ends, spare, strict=True):
        axes.set_ylim(end - less, -1)


def common_labels(panels: Any, *, x: str = "", y: str = "") -> None:
    """Name the axes that panels of one row have in common: once, for all of them.

    Parameters
    ----------
    panels
        The axes.
    x, y
        Labels of the axis to the right and of the axis upwards.
    """
    if not is_narrow():
        panels[0].set_ylabel(y)
        panels[(len(panels) - 1) // 2].set_xlabel(x)
        return
    panels[-1].set_xlabel(x)
    if y:
        panels[0].figure.supylabel(y)


def stacked(
    axes: Axes,
    places: NDArray[np.float64],
    counts: pd.DataFrame,
    looks: Mapping[str, tuple[str, str]],
    *,
    pattern: str = "#,##0",
    shares: bool = True,
    least: float = 0.035,
    height: float = 0.75,
    **words: Any,
) -> None:
    """Draw a bar per row, of parts that stand behind each other, with their numbers in them.

    Parameters
    ----------
    axes
        Where the bars are drawn, from the left.
    places
        Places of the rows.
    counts
        A row per bar, a column per part.
    looks
        Name and colour of each part, in their order.
    pattern
        Pattern of the numbers (see :func:`govsocial.labels.decimal`).
    shares
        Whether each bar is as long as the whole, instead of as long as its numbers.
    least
        Length from which on a part has room for its number, as a share of the longest bar.
    height
        Height of a bar.
    **words
        Passed to :meth:`matplotlib.axes.Axes.text`.
    """
    parts = counts[list(looks)].astype(float)
    lengths = parts.div(parts.sum(axis=1), axis=0) if shares else parts
    longest = lengths.sum(axis=1).max()
    start = np.zeros(len(parts))
    for name, (text, colour) in looks.items():
        length = lengths[name].to_numpy()
        axes.barh(places, length, left=start, color=colour, height=height, label=text)
        look = {"ha": "center", "va": "center"} | letters_on(colour)
        for row, size in enumerate(length):
            number = decimal(parts[name].iloc[row], pattern)
            if size >= longest * pick(least, _ROOM + _DIGIT * len(number)):
                axes.text(start[row] + size / 2, places[row], number, **look | words)
        start = start + length


def label(axes: Axes, x: Any, y: Any, text: str, *, letters: int = 24, **options: Any) -> Text:
    """Write a label on the figure, parted from what lies under it by a pale halo.

    Parameters
    ----------
    axes, x, y, text
        As of :meth:`matplotlib.axes.Axes.text`.
    letters
        Of a line on the narrow figure, about so many.
    **options
        Passed on.
    """
    if is_narrow() and max(map(len, text.split("\n"))) > letters:
        text = textwrap.fill(text, letters, break_long_words=False)
    halo = effects.withStroke(linewidth=2.5, foreground="white")
    style: dict[str, Any] = {"fontsize": 9, "color": INK, "va": "center", "path_effects": [halo]}
    return axes.text(x, y, text, **style | options)


def errors(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return how far the bounds of intervals lie from the values, as Matplotlib wants them.

    Parameters
    ----------
    rows
        ``value``, ``low`` and ``high``, one row per interval.

    Returns
    -------
    array
        Two rows, both positive: down to the lower bounds, up to the upper ones.
    """
    bounds = rows[["low", "high"]].to_numpy(float).T
    return np.array(np.abs(bounds - rows["value"].to_numpy(float)))
