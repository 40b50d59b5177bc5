"""The pictures of a post: the card that a shared link shows, and the thumbnail of the lists.

The card is 1200 × 630 pixels: the title, and the figure that stands for the post. Both pictures
come from the executed page, whose cell says ``show(..., card=True)``.

Closes: sphinxext-opengraph draws one kind of card, of text alone
(https://github.com/sphinx-doc/sphinxext-opengraph/issues/145).
"""

from __future__ import annotations

import base64
import io
import textwrap
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image, ImageDraw, ImageOps
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.front_matter import PostError
from bookext.blog.posts import Post, posts
from bookext.common.drawings import lighter, size
from bookext.common.fonts import font
from bookext.common.order import PageContext
from bookext.records.cell_outputs import executed_notebook
from govsocial import labels

WIDTH, HEIGHT = 1200, 630
_INK, _GREY, _BLUE = "#1f2328", "#57606a", "#0b4f8a"
_MARGIN = 56
_BAR = 12
_TITLE, _BELOW, _LEADING = 42, 20, 10  # pixels
_PER_LINE = 42  # letters of the title
_LINES = 3


def card(title: str, below: str, picture: bytes) -> bytes:
    """Return a card as a PNG file.

    Parameters
    ----------
    title
        Title of the post.
    below
        The line under the figure.
    picture
        The figure, a PNG file of dark ink on a transparent ground.
    """
    whole = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(whole)
    draw.rectangle((0, 0, _BAR - 1, HEIGHT), _BLUE)
    lines = textwrap.wrap(title, _PER_LINE, max_lines=_LINES, placeholder=" …")
    place = (_MARGIN, _MARGIN - 8)
    draw.multiline_text(place, "\n".join(lines), _INK, font(_TITLE, "bold"), spacing=_LEADING)
    draw.text((_MARGIN, HEIGHT - _MARGIN), below, _GREY, font(_BELOW))
    top, bottom = _MARGIN + len(lines) * (_TITLE + _LEADING) + 16, HEIGHT - 76
    with Image.open(io.BytesIO(picture)) as dots:
        room = (WIDTH - 2 * _MARGIN, bottom - top)
        drawn = ImageOps.contain(dots.convert("RGBA"), room, Image.Resampling.LANCZOS)
    whole.paste(drawn, (_MARGIN, top + (room[1] - drawn.height) // 2), drawn)
    buffer = io.BytesIO()
    whole.save(buffer, "PNG")
    return buffer.getvalue()


def _add_pictures(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Write the pictures of a post, and tell the page's readers of the card."""
    context["picture_size"] = lambda post: size(Path(app.outdir, f"{post.docname}.svg"))
    post = posts(app.env).get(pagename)
    if post is None:
        return
    shown = _output(app, post)
    target = Path(app.outdir, pagename)
    target.parent.mkdir(parents=True, exist_ok=True)
    below = f"{app.config.project} · {labels.date(post.date)}"
    picture = card(post.title, below, base64.b64decode(shown["image/png"]))
    target.with_suffix(".png").write_bytes(picture)
    target.with_suffix(".svg").write_text(lighter(shown["image/svg+xml"]), "utf-8")
    context["description"] = post.summary
    context["meta"] = (context["meta"] or {}) | {
        "og:type": "article",
        "og:description": post.summary,
        "og:image": f"{pagename}.png",
        "og:image:alt": post.alt,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
    }


def _output(app: Sphinx, post: Post) -> dict[str, str]:
    """Return the figure that stands for a post, in all its formats."""
    for cell in executed_notebook(app.env, post.docname).cells:
        if cell.metadata.get("mystnb", {}).get("figure", {}).get("name") == post.figure:
            for output in cell.outputs:
                if "image/png" in (data := output.get("data", {})):
                    return dict(data)
    raise PostError(
        f"{post.docname}.md: the figure '{post.figure}' makes no card; "
        "end its cell with show(..., card=True)"
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the pictures with the page."""
    app.setup_extension("bookext.blog.posts")
    # Before sphinxext-opengraph reads what the page says of itself.
    app.connect("html-page-context", _add_pictures, priority=PageContext.POST_PICTURES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
