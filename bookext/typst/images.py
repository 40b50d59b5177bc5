"""How large an author's picture is on paper, and whether it stands in a line of text."""

from __future__ import annotations

import re

from docutils import nodes

_LENGTH = re.compile(r"([\d.]+)\s*([a-z%]*)", re.IGNORECASE)
# Units of docutils, in those of Typst: the pixel of CSS is a 96th of an inch.
_UNITS = {
    "": (0.75, "pt"),
    "px": (0.75, "pt"),
    "pc": (12, "pt"),
    "ex": (0.5, "em"),
    "rem": (1, "em"),
    **{unit: (1, unit) for unit in ("pt", "mm", "cm", "in", "em", "%")},
}
_POINTS = {"pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "em": 10.5}
_MOST = 360  # points: as wide as the text; what is wider is as wide as its place


def size(node: nodes.Element) -> str:
    """Return the size that the author gave as arguments of Typst's; nothing if none was given.

    Parameters
    ----------
    node
        The picture; of its size in per cent (``scale``) the width of the place is the whole.
    """
    given = node.get("width") or (f"{node['scale']}%" if "scale" in node else "")
    width, height = _length(given), _length(node.get("height", ""))
    if height.endswith("%"):  # of what is not known
        height = ""
    found = {"width": width, "height": height}
    return ", ".join(f"{name}: {length}" for name, length in found.items() if length)


def _length(given: str) -> str:
    found = _LENGTH.fullmatch(given.strip())
    if not found or found[2].lower() not in _UNITS:
        return ""
    factor, unit = _UNITS[found[2].lower()]
    length = float(found[1]) * factor
    if unit == "%":
        return f"{min(length, 100):g}%"
    return f"{length:g}{unit}" if length * _POINTS[unit] <= _MOST else "100%"


def in_text(node: nodes.Element) -> bool:
    """Return whether a picture has text before or after it, in its paragraph."""
    at = node
    while isinstance(at.parent, nodes.TextElement):
        if len(at.parent.children) > 1:
            return True
        at = at.parent
    return False
