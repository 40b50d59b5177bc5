"""What the book is built as: told apart here, and nowhere else.

The *site* is what a web server holds: pages with scripts, and files beside them. What readers
*take away* is whole by itself: the PDF and the EPUB. Text for one of them stands in
``{only} site`` or ``{only} takeaway``.

Closes: Sphinx counts an EPUB as HTML: the format of its builder, and so the tag ``html``, are the
site's (seen in Sphinx 9.0.4).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

SITE, TAKEAWAY = "site", "takeaway"
_TAKEAWAYS = {"epub", "typst"}
HIDDEN = frozenset(("input", "input+output", "all"))
"""How cells are marked whose code the site folds; what readers take away is without it."""


def output(made_by: Builder) -> str:
    """Return what a builder makes: ``SITE``, ``TAKEAWAY``, or nothing that is read.

    Parameters
    ----------
    made_by
        The builder; catalogues and lists of links are nothing that is read.
    """
    if made_by.name in _TAKEAWAYS:
        return TAKEAWAY
    return SITE if made_by.format == "html" else ""


def is_site(made_by: Builder) -> bool:
    """Return whether a builder makes the site."""
    return output(made_by) == SITE


def builder(env: BuildEnvironment) -> Builder:
    """Return what the book is being built by.

    Sphinx 11 takes ``env.app`` and the ``app`` of a transform away and puts nothing in their
    place; this is how its own transforms know (``sphinx/transforms/post_transforms``).
    """
    return env._app.builder


def script(kind: str, data: Any) -> str:
    """Return data as a block that a page's script can read and a browser never runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", r"<\/")
    # Places are halves at most: 26.0 is 26.
    text = re.sub(r"(\d)\.0(?=[,\]])", r"\1", text)
    return f'<script type="application/json" class="{kind}-data">{text}</script>\n'


def is_live() -> bool:
    """Return whether somebody writes, and looks at pages after each change.

    What is made from the pages and does not stand on them (search, slides, downloads, pictures for
    shared links) may then be that of the build before; so may be how a drawing is packed.
    """
    return bool(os.environ.get("BOOK_LIVE"))


def finish(
    app: Sphinx, write: Callable[[Sphinx], None], *, priority: int = 500, live: bool = True
) -> None:
    """Let something be written when all pages of the site are.

    Parameters
    ----------
    app
        The application that is being set up.
    write
        What writes it; not called after an error, nor for another output.
    priority
        When it writes (:class:`~bookext.common.order.Finished`).
    live
        Whether it also writes after each change of somebody who writes (:func:`is_live`).
    """

    def finished(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and is_site(app.builder):
            write(app)

    if live or not is_live():
        app.connect("build-finished", finished, priority=priority)


def is_older(made: Path, page: Path) -> bool:
    """Return whether a file that is made from a written page is missing, or older than the page.

    Sphinx writes a page when anything changes that it shows, so that nothing else need be asked.
    """
    return not made.is_file() or made.stat().st_mtime_ns < page.stat().st_mtime_ns


class SiteTransform(SphinxPostTransform):
    """A transform of pages that are written for the site."""

    def is_supported(self) -> bool:
        """Return whether the site is being built."""
        return is_site(builder(self.env))


def _tag(app: Sphinx) -> None:
    if made := output(app.builder):
        app.tags.add(made)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Let pages tell the outputs apart, and register what the settings say of them."""
    app.add_config_value("book_files", {}, "env", types=[dict])
    app.add_config_value("book_keywords", [], "env", types=[list])
    app.add_config_value("book_online_only", [], "env", types=[list])
    app.add_config_value("book_subtitle", "", "env", types=[str])
    app.connect("builder-inited", _tag)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
