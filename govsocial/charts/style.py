"""The one style of all figures, and the door every chart function goes through."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec

import matplotlib as mpl
import matplotlib.patheffects as effects
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

WIDTH = 7.2
"""Width of a figure in inches: the measure of the text."""

INK = "#1f2328"
GREY = "#6e7681"
PALE = "#d0d7de"

# Okabe and Ito's colours, the two lightest darkened for text and thin lines on white.
# Neighbours differ in lightness too, so that they part in grey print.
BLUE, ORANGE, GREEN, PURPLE, SKY, RED = (
    "#0b4f8a",
    "#e08a00",
    "#00896b",
    "#a8588c",
    "#4aa3d8",
    "#c2410c",
)

_SHEET = Path(__file__).with_name("book.mplstyle")


P = ParamSpec("P")


class Chart(NamedTuple):
    """A figure, the data drawn in it, and the dotted name of the function that drew it."""

    figure: Figure
    drawn: pd.DataFrame
    maker: str


def context() -> AbstractContextManager[None]:
    """Return the context in which a figure is drawn and saved in the book's style."""
    return mpl.rc_context(fname=_SHEET)


def chart(function: Callable[P, tuple[Figure, pd.DataFrame]]) -> Callable[P, Chart]:
    """Apply the book's style to a function that returns a figure and the data drawn in it."""

    @functools.wraps(function)
    def draw(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with context():
            figure, drawn = function(*args, **kwargs)
            # Lay out once: every format is then drawn from the same places, in half the time.
            figure.draw_without_rendering()
            figure.set_layout_engine("none")
        return Chart(figure, drawn, f"{function.__module__}.{function.__qualname__}")

    return draw


def subplots(
    rows: int = 1, columns: int = 1, *, height: float = 3.6, **options: Any
) -> tuple[Figure, Any]:
    """Return a figure as wide as the text and its axes, without pyplot's global state.

    Parameters
    ----------
    rows, columns
        The grid of axes; a grid of one gives the axes itself.
    height
        Height of the figure in inches.
    **options
        Passed to :meth:`matplotlib.figure.Figure.subplots`.
    """
    figure = Figure(figsize=(WIDTH, height))
    return figure, figure.subplots(rows, columns, **options)


def label(axes: Axes, x: Any, y: Any, text: str, **options: Any) -> Text:
    """Write a label on the figure, parted from what lies under it by a pale halo."""
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
