"""What no page shows any longer is deleted from the output: figures, sources of modules.

Closes: Sphinx writes into the folder of the build before, and deletes nothing that is there: the
figure of a chapter that is gone would be published for ever.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Finished
from bookext.common.outputs import is_site

_PACKAGE = "govsocial"
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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Delete when the pages are written, before their style sheet is made."""
    app.connect("build-finished", _delete, priority=Finished.LEFTOVERS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
