"""A drawing as a picture of dots, by Typst, which the book's PDF needs anyway.

Closes: Pillow reads no vectors (https://github.com/python-pillow/Pillow/issues/3509).
"""

from __future__ import annotations

import typst

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: eval(sys.inputs.ground))
#image(bytes(sys.inputs.picture), format: "svg", width: eval(sys.inputs.width))"""
_DPI = 144.0  # two dots a point


def pixels(svg: str, *, width: int | None = None, ground: str = "none") -> bytes:
    """Return a drawing as a PNG file.

    Parameters
    ----------
    svg
        The drawing.
    width
        Of the picture, in dots; by default two for each point of the drawing.
    ground
        The colour behind it, in Typst's words; by default one sees through.
    """
    inputs = {"picture": svg, "ground": ground, "width": f"{width / 2}pt" if width else "auto"}
    drawn: bytes = typst.compile(
        _PAGE, format="png", ppi=_DPI, ignore_system_fonts=True, sys_inputs=inputs
    )
    return drawn
