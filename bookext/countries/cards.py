"""The picture that a shared link to the page of a place shows: its name, and what stands out.

A few milliseconds each: Matplotlib would take half a minute for all places.

Closes: sphinxext-opengraph draws one kind of card, of the title alone, with Matplotlib
(https://github.com/sphinx-doc/sphinxext-opengraph/issues/145).
"""

from __future__ import annotations

import io
import textwrap
import zlib

from PIL import Image, ImageDraw

from bookext.common.fonts import font

WIDTH, HEIGHT = 800, 420
# Drawn in greys, of which fifteen are enough for letters; the sixteenth colour is the bar's.
_INK, _GREY, _WHITE = 0, 72, 255
_DARK, _BAR_COLOUR = (31, 35, 40), (11, 79, 138)
_GREYS = 15
_PLACES = [round(level / 255 * (_GREYS - 1)) for level in range(256)]
_PALETTE = [
    round(dark + (255 - dark) * place / (_GREYS - 1)) for place in range(_GREYS) for dark in _DARK
] + list(_BAR_COLOUR)
_MARGIN, _BAR = 48, 8
_NAME, _TEXT, _BELOW = 40, 23, 16  # pixels
_NAME_LETTERS, _TEXT_LETTERS = 28, 56  # a line
_LINES = 6


def card(name: str, lede: str, below: str) -> bytes:
    """Return a card as a PNG file.

    Parameters
    ----------
    name
        Name of the place.
    lede
        What stands out.
    below
        The line at the foot.
    """
    picture = Image.new("L", (WIDTH, HEIGHT), _WHITE)
    draw = ImageDraw.Draw(picture)
    title = textwrap.fill(name, _NAME_LETTERS)
    draw.multiline_text((_MARGIN, _MARGIN), title, _INK, font(_NAME, "bold"), spacing=8)
    lines = 1 + title.count("\n")
    text = textwrap.fill(lede, _TEXT_LETTERS, max_lines=_LINES, placeholder=" …")
    top = _MARGIN + lines * (_NAME + 12) + 16
    draw.multiline_text((_MARGIN, top), text, _INK, font(_TEXT), spacing=9)
    draw.text((_MARGIN, HEIGHT - _MARGIN), below, _GREY, font(_BELOW))
    coloured = picture.point(_PLACES, "P")
    coloured.putpalette(_PALETTE)
    coloured.paste(len(_PALETTE) // 3 - 1, (0, 0, _BAR, HEIGHT))
    buffer = io.BytesIO()
    # Runs of one grey: as small as with more work, and faster.
    coloured.save(buffer, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return buffer.getvalue()
