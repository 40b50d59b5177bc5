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
from matplotlib import image
from matplotlib.figure import Figure
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.front_matter import PostError
from bookext.blog.posts import Post, posts
from bookext.common.drawings import lighter, size
from bookext.common.order import PageContext
from bookext.records.cell_outputs import executed_notebook
from govsocial import labels

WIDTH, HEIGHT = 1200, 630
_INK, _GREY, _BLUE = "#1f2328", "#57606a", "#0b4f8a"
_MARGIN = 56
_TITLE = 42  # pixels
_PER_LINE = 42  # letters of the title
_LINES = 3
_DPI = 100


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
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor="white")
    lines = textwrap.wrap(title, _PER_LINE, max_lines=_LINES, placeholder=" …")
    top = _MARGIN + len(lines) * _TITLE * 1.25
    ink = {"ha": "left", "va": "top", "family": "DejaVu Sans"}
    _write(figure, _MARGIN - 8, "\n".join(lines), _TITLE, ink | {"weight": "bold", "color": _INK})
    _write(figure, HEIGHT - 56, below, 20, ink | {"color": _GREY})
    bar = figure.add_axes((0, 0, 12 / WIDTH, 1))
    bar.set_facecolor(_BLUE)
    bar.set(xticks=[], yticks=[])
    bottom, space = 76, HEIGHT - top - 76 - 16
    box = (_MARGIN / WIDTH, bottom / HEIGHT, 1 - 2 * _MARGIN / WIDTH, space / HEIGHT)
    axes = figure.add_axes(box, anchor="W")
    axes.imshow(image.imread(io.BytesIO(picture)), interpolation="lanczos")
    axes.axis("off")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _write(figure: Figure, top: float, text: str, pixels: float, look: dict[str, Any]) -> None:
    place = (_MARGIN / WIDTH, 1 - top / HEIGHT)
    # A title about $5 and $6 is no formula.
    plain = {"fontsize": pixels * 72 / _DPI, "linespacing": 1.2, "parse_math": False}
    figure.text(*place, text, **look | plain)


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
