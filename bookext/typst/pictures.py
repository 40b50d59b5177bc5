"""The pictures of figures for paper: SVG whose letters are text, from the results of the cells.

Closes: MyST-NB knows one picture per format; the SVG of the site has outlines for letters, and
Typst cannot embed PDF in a file for PDF/UA (seen in Typst 0.15).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml import etree
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from bookext.execution.run import runs
from bookext.records.cell_outputs import executed_notebook
from govsocial.contract import FIGURE

_INDENTED = re.compile(r"(<text\b[^>]*>)( +)")
_TEXTS = ("{http://www.w3.org/2000/svg}text", "{http://www.w3.org/2000/svg}tspan")


class MissingLetterError(SphinxError):
    """No font for figures has a letter."""

    category = "Missing letter"


def pictures(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Return the SVG of each figure of a page, by the figure's name."""
    return dict(_pictures(env, docname)) if docname in runs(env) else {}


def _pictures(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str]]:
    for cell in executed_notebook(env, docname).cells:
        name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
        for output in cell.get("outputs", []):
            picture = output.get("metadata", {}).get(FIGURE, {}).get("paper")
            if name and picture:
                yield name, spaced(picture)


def spaced(picture: str) -> str:
    """Return a picture that keeps the spaces with which its texts begin, as Matplotlib draws them.

    SVG drops them; what stands beside a point would move onto it.
    """
    return _INDENTED.sub(lambda found: found[1] + "\u00a0" * len(found[2]), picture)


def words(picture: str) -> list[str]:
    """Return the texts of a picture."""
    root = etree.fromstring(picture.encode())
    found = (" ".join(node.itertext()).strip() for node in root.iter(_TEXTS[0]))
    return [text for text in found if text]


def check(name: str, docname: str, picture: str, fonts: Path) -> None:
    """Stop the build where a picture has a letter that no font for figures has.

    The compiler checks the text of the book, but not that of its pictures.
    """
    known = letters(fonts)
    missing = {sign for text in words(picture) for sign in text if ord(sign) not in known}
    if missing := {sign for sign in missing if not sign.isspace()}:
        signs = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in sorted(missing))
        raise MissingLetterError(
            f"{docname}: {name} has {signs}, which the font of figures (DejaVu Sans) lacks; write "
            "it otherwise, or add a font to bookext/typst/fonts and to govsocial/charts/"
            "book.mplstyle"
        )


@cache
def letters(font: Path) -> frozenset[int]:
    """Return the code points that a font has."""
    return frozenset(TTFont(font, lazy=True).getBestCmap())
