"""Runs inside every kernel of a build: a text is measured once, not anew in each drawing.

Closes: Matplotlib keeps the size of a text with the renderer that measured it, and makes a renderer
for each time that a figure is laid out or drawn, while the size follows from the kind of renderer,
its dots per inch, text and font. For each text of each drawing it looks up a font and some of its
tables, too (seen in Matplotlib 3.11.2; not reported yet). A figure of the book is laid out and
drawn six times: to measure took an eighth of the time.

Risk: if Matplotlib measures elsewhere, figures are drawn more slowly, and nothing else. So they are
where kernels are not forked from a process that has loaded Matplotlib.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from matplotlib.font_manager import FontPath, FontProperties

Size = tuple[float, float, float]
"""Width, height and descent in pixels."""

_sizes: dict[tuple[object, ...], Size] = {}


class _Tables(NamedTuple):
    """The tables of a font, of which Matplotlib asks for the height of its lines."""

    get_sfnt_table: Callable[[str], Any]


def load_ipython_extension(_shell: object) -> None:
    """Let Matplotlib ask here, if it is loaded: a page without figures does not wait for it."""
    if "matplotlib" in sys.modules:
        from matplotlib import text

        text._get_text_metrics_function = measuring  # type: ignore[attr-defined]
        text.get_font = lambda fonts: tables(tuple(fonts))  # type: ignore[attr-defined]


def measuring(renderer: Any) -> Callable[..., Size]:
    """Return a function that measures a text as a renderer does, if it is not known."""
    from matplotlib import rcParams
    from matplotlib.font_manager import fontManager

    kind = type(renderer), getattr(renderer, "dpi", None)

    def measured(words: str, font: FontProperties, ismath: object, dpi: float) -> Size:
        if ismath:  # which depends on more
            return cast("Size", renderer.get_text_width_height_descent(words, font, ismath))
        files = tuple(fontManager._find_fonts_by_props(font))  # "sans-serif" may be any
        key = (*kind, dpi, words, font, files, rcParams["text.hinting"])
        if key not in _sizes:
            _sizes[key] = renderer.get_text_width_height_descent(words, font, ismath)
        return _sizes[key]

    return measured


@cache
def tables(fonts: Sequence[str | FontPath]) -> _Tables:
    """Return the tables of the first of some fonts."""
    from matplotlib.font_manager import get_font

    return _Tables(cache(get_font(fonts).get_sfnt_table))
