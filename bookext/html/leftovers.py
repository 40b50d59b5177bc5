"""What no page shows is deleted: old figures, sources of modules, unused files of the theme.

Closes: Sphinx writes into the folder of the build before, and deletes nothing that is there: the
figure of a chapter that is gone would be published for ever. And it copies all files of a theme,
6 MB here, whatever the pages load.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Finished
from bookext.common.outputs import finish
from bookext.common.places import NOT_FOUND

_PACKAGE = "govsocial"
_STATIC = re.compile(rb"_static/([\w./-]+)")
_TEXTS = {".css", ".js", ".json", ".webmanifest"}
_IMAGE = re.compile(r"_images/([^\s\"'?#,)]+)")
# Pages without a source: their makers make them anew, or delete them.
_MADE = {"blog", "countries", "data", "figures", "numbers", "slides"}
_ALONE = {"genindex", "search", NOT_FOUND}


def _delete(app: Sphinx) -> None:
    _delete_pages(Path(app.outdir), app.env.found_docs)
    # Not by the environment, which forgets the pictures of pages that it did not write this time.
    pages = [path for path in Path(app.outdir).rglob("*.html") if "_static" not in path.parts]
    shown = {unquote(name) for page in pages for name in _IMAGE.findall(page.read_text("utf-8"))}
    for path in Path(app.outdir, "_images").glob("*.*"):
        if path.name not in shown:
            path.unlink()
    # Sphinx lists all modules that a name comes from, Python's own too; nothing leads to the list.
    modules = app.env._viewcode_modules if "sphinx.ext.viewcode" in app.extensions else {}  # type: ignore[attr-defined]
    sources = Path(app.outdir, "_modules")
    for path in sources.rglob("*.html"):
        name = ".".join(path.relative_to(sources).with_suffix("").parts)
        if name not in modules or not name.startswith(_PACKAGE):
            path.unlink()


def _delete_pages(folder: Path, docnames: set[str]) -> None:
    """Delete the pages, with their cards, whose source is gone."""
    for path in folder.rglob("*.html"):
        name = path.relative_to(folder).with_suffix("").as_posix()
        room = name.partition("/")[0]
        if room.startswith("_") or room in _MADE or name in docnames | _ALONE:
            continue
        path.unlink()
        path.with_suffix(".png").unlink(missing_ok=True)


def drop_unused(site: Path) -> None:
    """Delete the static files that no page of a published site loads, and folders without files.

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
    for path in sorted(filter(Path.is_dir, site.rglob("*")), reverse=True):  # the deepest first
        if not any(path.iterdir()):
            path.rmdir()


def _names(text: bytes, name: bytes) -> bool:
    """Return whether a script or a sheet names a file, and not one whose name ends alike."""
    return bool(re.search(rb"[\"'(/]" + re.escape(name) + rb"[\"')?#]", text))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Delete when the pages are written, before their style sheet is made."""
    finish(app, _delete, priority=Finished.LEFTOVERS, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
