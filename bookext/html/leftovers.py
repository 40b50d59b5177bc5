"""What no page shows is deleted: old figures, sources of modules, unused files of the theme.

Closes: Sphinx writes into the folder of the build before, and deletes nothing that is there: the
figure of a chapter that is gone would be published for ever. And it copies all files of a theme,
6 MB here, whatever the pages load.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Finished
from bookext.common.outputs import is_site

_PACKAGE = "govsocial"
_STATIC = re.compile(rb"_static/([\w./-]+)")
_TEXTS = {".css", ".js", ".json", ".webmanifest"}
# The names that MyST-NB gives to the pictures of cells.
_DRAWN = re.compile(r"[0-9a-f]{64}\.")


def _delete(app: Sphinx, exception: Exception | None) -> None:
    if exception or not is_site(app.builder):
        return
    shown = {name for _pages, name in app.env.images.values()}
    for path in Path(app.outdir, "_images").glob("*.*"):
        if _DRAWN.match(path.name) and path.name not in shown:
            path.unlink()
    # Sphinx lists all modules that a name comes from, Python's own too; nothing leads to the list.
    modules = getattr(app.env, "_viewcode_modules", {})
    sources = Path(app.outdir, "_modules")
    for path in sources.rglob("*.html"):
        name = ".".join(path.relative_to(sources).with_suffix("").parts)
        if name not in modules or not name.startswith(_PACKAGE):
            path.unlink()


def drop_unused(site: Path) -> None:
    """Delete the static files that no page of a published site loads, nor what pages load.

    A build needs them again: this is for the copy that is published.

    Parameters
    ----------
    site
        The folder of the site, other editions apart.
    """
    files = {path: path.read_bytes() for path in Path(site, "_static").rglob("*") if path.is_file()}
    pages = (path.read_bytes() for path in site.rglob("*.html") if path not in files)
    named = {name for page in pages for name in _STATIC.findall(page)}
    used = {
        path for path in files if path.relative_to(site / "_static").as_posix().encode() in named
    }
    fresh = used
    while fresh:
        texts = [files[path] for path in fresh if path.suffix in _TEXTS]
        fresh = {
            path
            for path in files.keys() - used
            if any(_names(text, path.name.encode()) for text in texts)
        }
        used |= fresh
    for path in files.keys() - used:
        path.unlink()


def _names(text: bytes, name: bytes) -> bool:
    """Return whether a script or a sheet names a file, and not one whose name ends alike."""
    return bool(re.search(rb"[\"'(/]" + re.escape(name) + rb"[\"')?#]", text))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Delete when the pages are written, before their style sheet is made."""
    app.connect("build-finished", _delete, priority=Finished.LEFTOVERS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
