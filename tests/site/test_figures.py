"""Every figure of the book: its words fit in, are read on a phone and in the dark; it opens."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from govsocial import contract
from govsocial.charts import lettering
from govsocial.language import SOURCE
from tests.editions import OTHERS, tree

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build/html"
CACHE = ROOT / "_build/.jupyter_cache"

PHONE = 312
"""Pixels of a screen of 360 that a figure has."""

LEAST = 11
"""Pixels of the smallest words there."""

CONTRAST = 4.5
DARK = "#121212"
"""Ground of the dark theme, on which the drawings stand inverted (custom.css)."""


def executed(code: str) -> Iterator[dict[str, Any]]:
    """Yield the records of the figures in the results that an edition was built from."""
    cache = CACHE / code
    with sqlite3.connect(cache / "global.db") as database:
        keys = [key for (key,) in database.execute("select hashkey from nbcache")]
    for key in keys:
        notebook = json.loads((cache / "executed" / key / "base.ipynb").read_text("utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                if contract.FIGURE in output.get("metadata", {}):
                    found = output["metadata"][contract.FIGURE]
                    svg = "".join(output["data"].get("image/svg+xml", ""))
                    yield found | {"svg": svg}


@pytest.fixture(scope="module", params=[SOURCE, *OTHERS])
def figures(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Return the records of all figures, in each language."""
    found = list(executed(request.param))
    assert len(found) > 100
    return found


def sides(figure: dict[str, Any]) -> Iterator[tuple[str, list[lettering.Words], float, float]]:
    """Yield both drawings: name, words, width and height in hundredths of an inch."""
    for name, svg in (("wide", figure["svg"]), ("narrow", figure["narrow"])):
        size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
        assert size, figure["maker"]
        width, height = (float(part) * 100 / 72 for part in size.groups())
        words = [
            lettering.Words(text, tuple(box), *looks) for text, box, *looks in figure["words"][name]
        ]
        yield f"{figure['maker']} {name}", words, width, height


def test_all_words_are_inside_their_figure(figures: list[dict[str, Any]]) -> None:
    wrong = [
        (name, over)
        for figure in figures
        for name, words, width, height in sides(figure)
        if (over := lettering.outside(words, width, height))
    ]
    assert not wrong


def test_no_words_lie_on_each_other_on_a_phone(figures: list[dict[str, Any]]) -> None:
    wrong = [
        (name, pairs)
        for figure in figures
        for name, words, _width, _height in sides(figure)
        if name.endswith("narrow") and (pairs := lettering.overlapping(words))
    ]
    assert not wrong


def test_words_can_be_read_on_a_phone(figures: list[dict[str, Any]]) -> None:
    """A point of the drawing is as many pixels as the figure's width allows."""
    for figure in figures:
        *_wide, (name, words, width, _height) = sides(figure)
        pixels = PHONE / (width * 72 / 100)
        assert min(word.size for word in words) * pixels >= LEAST, name


def luminance(red: float, green: float, blue: float) -> float:
    parts = np.array([red, green, blue])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: Any, other: Any) -> float:
    low, high = sorted((luminance(*one), luminance(*other)))
    return (high + 0.05) / (low + 0.05)


TURN = np.array(
    [[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]]
)  # hue-rotate(180deg), Filter Effects 1


def inverted(colour: str) -> Any:
    """Return a colour as the dark theme shows it; paper is not painted."""
    if colour == "#ffffff":
        return to_rgb(DARK)
    return np.clip(TURN @ (1 - np.array(to_rgb(colour))), 0, 1)


def test_the_contrast_is_that_of_known_colours() -> None:
    assert contrast(to_rgb("#767676"), to_rgb("#ffffff")) == pytest.approx(4.54, abs=0.005)
    assert inverted("#000000") == pytest.approx([1, 1, 1])
    assert inverted("#ff0000") == pytest.approx([1, 0.574, 0.574])


def test_words_stand_out_in_light_and_in_dark(figures: list[dict[str, Any]]) -> None:
    pale = {
        (figure["maker"], word.text, word.colour, word.ground)
        for figure in figures
        for _name, words, _width, _height in sides(figure)
        for word in words
        if contrast(to_rgb(word.colour), to_rgb(word.ground)) < CONTRAST
        or _in_the_dark(word) < CONTRAST
    }
    assert not pale


def _in_the_dark(word: lettering.Words) -> float:
    # White letters on a bar are painted, and turn black.
    letters = np.zeros(3) if word.colour == "#ffffff" else inverted(word.colour)
    return contrast(letters, inverted(word.ground))


def test_each_figure_has_a_drawing_for_phones_and_opens_large() -> None:
    pages = [*SITE.glob("chapters/*.html"), *SITE.glob("blog/2026/*.html")]
    number = 0
    for page in pages:
        for figure in tree(page).xpath("//figure[.//img[contains(@src, '_images')]]"):
            if not figure.xpath(".//*[@class='figure-line']"):
                continue
            (link,) = figure.xpath(".//a[@class='figure-open']")
            (source,) = link.xpath("picture/source[@media and @width]")
            assert (page.parent / source.get("srcset")).is_file()
            large = page.parent / link.get("href")
            opened = tree(large)
            (back,) = opened.xpath("//p[@class='figure-back']/a/@href")
            assert (large.parent / back.split("#")[0]).resolve() == page.resolve()
            files = opened.xpath("//p[@class='figure-files']/a/@href")
            assert [Path(name).suffix for name in files] == [".svg", ".png", ".csv", ".json"]
            assert all((large.parent / name).is_file() for name in files)
            assert opened.xpath("//table/tbody/tr")
            number += 1
    assert number > 100
