"""The page for an address that is none, and what robots may read.

A server shows ``404.html`` for any address, so that its links begin at the root of the site.

Closes: Sphinx writes neither (https://github.com/sphinx-doc/sphinx/issues/2614).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.addresses import address
from bookext.common.i18n import folder_of
from bookext.common.order import Finished
from bookext.common.outputs import finish
from bookext.common.places import NOT_FOUND

_WAY = re.compile(r'(?<=\s)(href|src|action)="(?![a-z]+:|//|/|#)([^"]*)"')


def from_root(html: str, root: str) -> str:
    """Return a page whose links begin at the root of the site.

    Parameters
    ----------
    html
        The page, whose links begin in its folder.
    root
        The path of that folder: "/" or "/book/".

    >>> from_root('<a href="data.html"><a href="../404.html"><a href="#top">', "/book/it/")
    '<a href="/book/it/data.html"><a href="/book/404.html"><a href="#top">'
    """
    return _WAY.sub(lambda match: f'{match[1]}="{urljoin(root, match[2])}"', html)


def robots(app: Sphinx) -> str:
    """Return what robots may read: all, and where the map is if the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        lines += ["", f"Sitemap: {address(app.config, 'sitemap.xml')}"]
    return "\n".join([*lines, ""])


def _page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield NOT_FOUND, {}, f"{NOT_FOUND}.html"


def _finish(app: Sphinx) -> None:
    path = Path(app.outdir, f"{NOT_FOUND}.html")
    root = urlsplit(address(app.config, "index.html")).path.removesuffix("index.html")
    path.write_text(from_root(path.read_text("utf-8"), root), "utf-8")
    if not folder_of(app.config.language):
        Path(app.outdir, "robots.txt").write_text(robots(app), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the page with the others, and the file beside it."""
    app.connect("html-collect-pages", _page)
    finish(app, _finish, priority=Finished.FALLBACK)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
