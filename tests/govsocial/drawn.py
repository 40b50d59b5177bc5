"""What a figure drew, with the types that Matplotlib's hints leave open."""

from __future__ import annotations

from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray


def bars(axes: Axes) -> list[Rectangle]:
    return cast("list[Rectangle]", list(axes.patches))


def xs(line: Line2D) -> list[float]:
    return list(np.asarray(line.get_xdata()))


def ys(line: Line2D) -> list[float]:
    return list(np.asarray(line.get_ydata()))


def segments(lines: Collection) -> list[NDArray[np.float64]]:
    return cast("LineCollection", lines).get_segments()
