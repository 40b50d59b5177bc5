"""Show the site in a browser, and anew after every change: ``python tools/live.py [PORT]``.

The libraries are in memory when a change comes: sphinx-autobuild forks a process per change, which
builds there, and imports the book's own modules anew if one of them is another than at the start.
Kernels are forked, too, as in a build of many pages, and what takes long is computed once, until a
module changes.
The first build makes all; after a change search, slides, downloads, pictures for shared links,
the words on the page of a figure and what is to be deleted wait for the next ``make``.

Closes: sphinx-autobuild starts a new Python for each build, which takes longer to import its
libraries than to write a page (https://github.com/sphinx-doc/sphinx-autobuild/issues/204).

Risk: if ``sphinx_autobuild.__main__.Builder`` is renamed, this command stops.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from sphinx_autobuild import __main__ as autobuild

ROOT = Path(__file__).resolve().parent.parent
# What a build imports that takes long, and is not the book's.
LIBRARIES = [
    "feedgen.feed",
    "fontTools.subset",
    "geopandas",
    "jupytext",
    "lxml.html",
    "myst_nb.sphinx_ext",
    "openpyxl",
    "pybtex.richtext",
    "pycountry",
    "pypdf",
    "scipy.stats",
    "segno",
    "sphinx.builders.epub3",
    "sphinx.builders.html",
    "sphinx.ext.autodoc",
    "sphinx_book_theme",
    "sphinx_design.extension",
    "sphinx_exercise",
    "sphinxcontrib.bibtex.plugin",
    "sphinxext.opengraph",
    "statsmodels.api",
    "tinycss2",
    "typst",
]
_OWN = ("bookext", "govsocial", "build", "stamp")
_TEXTS = {".md", ".po", ".bib"}
IGNORED = ["_build/*", ".venv/*", ".git/*"]


class Builder(autobuild.Builder):  # type: ignore[misc]
    """Builds in the process that is there, which has been forked for this."""

    at_the_start: ClassVar[dict[str, int]] = {}
    kept: ClassVar[str] = ""  # folder of what is computed once, as long as no module changes

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build the site and say what was seen, and how long it took."""
        now = modules()
        if now != self.at_the_start:
            forget_own()
        from build import BuildError, sphinx

        from govsocial.contract import ONCE

        os.environ[ONCE] = str(Path(self.kept, str(hash(tuple(sorted(now.items()))))))
        started = time.perf_counter()
        for path in changed_paths[:5]:
            print(f"{os.path.relpath(path, ROOT)} changed", flush=True)
        # One process reads the page of a changed text sooner than another can be made for it.
        left = [path for path in changed_paths if path.exists()]  # an editor's own files are gone
        texts = left and all(path.suffix in _TEXTS for path in left)
        try:
            sphinx("html", work_folder(), processes=1 if texts else 0)
        except BuildError as error:
            print(f"error: {error}", file=sys.stderr, flush=True)
        else:
            print(f"{self.uri} is new after {time.perf_counter() - started:.1f} s", flush=True)


def modules() -> dict[str, int]:
    """Return when each of the book's own modules was last written, in nanoseconds."""
    found = (
        path
        for name in ("bookext", "govsocial", "tools")
        for path in ROOT.joinpath(name).rglob("*.py")
    )
    return {str(path): path.stat().st_mtime_ns for path in found}


def import_own() -> None:
    """Import the book's own modules, from which a build starts sooner."""
    sys.path.insert(0, str(ROOT))
    package = import_module("bookext")
    for found in pkgutil.walk_packages(package.__path__, "bookext."):
        import_module(found.name)
    import_module("build")


def look_ahead() -> None:
    """Read what each build asks for, and seldom changes: descriptors, and versions of packages."""
    from bookext.common.errors import FileError
    from bookext.execution.fingerprints import libraries
    from bookext.records.descriptors import load

    libraries(ROOT)
    for path in (ROOT / "data").glob("*.resource.yaml"):
        with suppress(FileError):  # which the build names
            load(path)


def forget_own() -> None:
    """Let the book's own modules be imported anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
        del sys.modules[name]


def work_folder() -> Path:
    """Return where the edition is built that is shown."""
    from build import Edition

    from govsocial.language import language

    return Edition(language()).work


def main() -> None:
    """Serve the site until it is interrupted."""
    from port import refused

    port = sys.argv[1] if len(sys.argv) > 1 else "8000"
    if said := refused(port):
        sys.exit(f"error: {said}")
    Builder.at_the_start = modules()
    for name in LIBRARIES:
        import_module(name)
    import_own()
    look_ahead()
    from build import BuildError, alike

    try:
        os.environ |= alike()
    except BuildError as error:
        sys.exit(f"error: {error}")
    from bookext.execution.client import kernel_environment
    from bookext.execution.forkserver import forked_kernels
    from govsocial.language import language

    kernels = forked_kernels(ROOT / "govsocial", kernel_environment(ROOT, language()))
    with kernels, TemporaryDirectory(prefix="once-") as Builder.kept:
        serve(port)


def serve(port: str) -> None:
    """Make all, then serve the site and build it anew after every change."""
    from port import HOST

    gc.freeze()  # what is there stays, and need not be looked through
    autobuild.Builder = Builder
    first = Builder([], url_host=f"{HOST}:{port}", pre_build_commands=[], post_build_commands=[])
    process = get_context("fork").Process(target=first, kwargs={"changed_paths": ()})
    process.start()
    process.join()
    os.environ["BOOK_LIVE"] = "1"
    options = [f"--ignore={pattern}" for pattern in IGNORED]
    options += ["--re-ignore=/__pycache__/", "--no-initial", "--port", port]
    autobuild.main([*options, str(ROOT), str(work_folder() / "html")])


if __name__ == "__main__":
    main()
