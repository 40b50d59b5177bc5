"""A figure is drawn for two widths; its words fit in, are large enough and stand out."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from govsocial.charts import lettering, style
from govsocial.charts.narrow import broken
from tests.govsocial.drawn import bars


@style.chart
def panels(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw two panels beside each other, with words that are too long for a phone."""
    figure, (left, right) = style.subplots(1, 2, height=2, sharey=True)
    places = np.arange(len(frame))
    for axes, title in ((left, "A first panel"), (right, "A second panel, of which one says more")):
        axes.barh(places, frame["n"], color=style.ORANGE, label="a legend of some length")
        axes.set_title(title)
    left.set_yticks(places, list(frame["name"]))
    style.label(left, 1, 0, "orange", color=style.ORANGE, fontsize=4)
    style.common_labels((left, right), x="a long label of the axis that both of the panels share")
    style.legend(figure, loc="outside upper center", ncols=2)
    return figure, frame


NAMES = ["the ministry of foreign affairs and of trade", "b", "c", "d", "e", "f", "g", "h"]
FRAME = pd.DataFrame({"name": NAMES, "n": range(1, 9)})


@pytest.fixture(scope="module")
def chart() -> style.Chart:
    """Return the chart."""
    return panels(FRAME)


def test_the_narrow_figure_has_its_panels_below_each_other(chart: style.Chart) -> None:
    narrow = chart.narrow()
    assert chart.figure.get_figwidth() == 7.2
    assert narrow.get_figwidth() == 3.25
    (a, b), (c, d) = ([axes.get_position() for axes in f.axes] for f in (chart.figure, narrow))
    assert (a.y0, a.y1) == pytest.approx((b.y0, b.y1))
    assert d.y1 < c.y0


def test_only_the_narrow_figure_is_fitted(chart: style.Chart) -> None:
    """Its words keep inside, do not touch and are at least 11 pixels high: 8.25 points."""
    found = lettering.words(chart.narrow())
    narrow = chart.narrow().bbox
    assert not lettering.outside(found, narrow.width, narrow.height)
    assert not lettering.overlapping(found)
    assert min(word.size for word in found) >= 8.25
    assert min(word.size for word in lettering.words(chart.figure)) == 4
    assert any("\n" in word.text for word in found if word.text.startswith("the ministry"))


def test_words_that_lie_on_each_other_or_outside_are_found() -> None:
    def word(text: str, *box: float) -> lettering.Words:
        return lettering.Words(text, (box[0], box[1], box[2], box[3]), 9, "#000000", "#ffffff")

    found = [word("a", 10, 10, 40, 20), word("b", 35, 12, 60, 22), word("c", 41, 10, 48, 11)]
    assert lettering.overlapping(found) == [("a", "b")]
    assert lettering.outside([*found, word("d", 90, 0, 103, 10)], 100, 50) == ["d"]


def test_words_in_a_pale_colour_take_its_darker_twin(chart: style.Chart) -> None:
    colours = {word.text: word.colour for word in lettering.words(chart.figure)}
    assert colours["orange"] == style.DARK_ORANGE


def test_the_ground_of_words_is_what_is_painted_under_them(chart: style.Chart) -> None:
    grounds = {word.text: word.ground for word in lettering.words(chart.figure)}
    assert grounds["orange"] == "#ffffff"  # its halo, on a bar
    assert grounds["A first panel"] == "#ffffff"


@pytest.mark.parametrize(
    ("ground", "colour", "halo"),
    [
        ("#ffffff", style.INK, False),
        (style.BLUE, "white", False),
        (style.PALE, style.INK, False),
        (style.ORANGE, "black", False),
        (style.GREEN, style.INK, True),  # neither reaches 4.5 to 1 in both
    ],
)
def test_letters_are_read_on_their_ground_in_both_themes(
    ground: str, colour: str, halo: bool
) -> None:
    found = style.letters_on(ground)
    assert (found["color"], "path_effects" in found) == (colour, halo)


def test_lines_are_broken_between_words() -> None:
    assert broken("one two\nthree", 7, len) == "one two\nthree"
    assert broken("immeasurable is one", 6, len) == "immeasurable\nis one"


def test_bars_of_parts_have_their_numbers_where_there_is_room() -> None:
    counts = pd.DataFrame({"a": [30, 1], "b": [70, 99]})
    looks = {"a": ("A", style.BLUE), "b": ("B", style.PALE)}

    @style.chart
    def parts(frame: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
        figure, axes = style.subplots()
        style.stacked(axes, np.arange(2.0), frame, looks, least=0.05)
        return figure, frame

    (axes,) = parts(counts).figure.axes
    assert [text.get_text() for text in axes.texts] == ["30", "70", "99"]
    assert [text.get_color() for text in axes.texts] == ["#ffffff", style.INK, style.INK]
    assert [round(bar.get_width(), 2) for bar in bars(axes)] == [0.3, 0.01, 0.7, 0.99]


def test_the_style_sheet_has_each_key_once_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    # Matplotlib would say so on every page that draws, with the path of the file.
    mpl.rc_params_from_file(style._SHEET, use_default_template=False)
    assert not caplog.messages
