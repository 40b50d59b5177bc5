"""Show the site in a browser, and anew after every change: ``python tools/live.py [PORT]``.

The libraries are in memory when a change comes: sphinx-autobuild forks a process per change, which
builds there, and imports only the book's own modules, so that these are never old. The search is
made anew by the next ``make``.

Closes: sphinx-autobuild starts a new Python for each build, which takes longer to import its
libraries than to write a page (https://github.com/sphinx-doc/sphinx-autobuild/issues/204).

Risk: if ``sphinx_autobuild.__main__.Builder`` is renamed, this command stops.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sphinx.cmd.build import build_main
from sphinx_autobuild import __main__ as autobuild

ROOT = Path(__file__).resolve().parent.parent
# What a build imports that takes long, and is not the book's.
LIBRARIES = [
    "fontTools.subset",
    "jupytext",
    "lxml.html",
    "myst_nb.sphinx_ext",
    "sphinx.builders.epub3",
    "sphinx.builders.html",
    "sphinx.ext.autodoc",
    "sphinx_book_theme",
    "sphinx_design",
    "sphinx_exercise",
    "sphinxcontrib.bibtex",
    "sphinxext.opengraph",
    "tinycss2",
]
IGNORED = ["_build/*", ".venv/*", ".git/*"]


class Builder(autobuild.Builder):  # type: ignore[misc]
    """Builds in the process that is there, which has been forked for this."""

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build the site and say what was seen, and how long it took."""
        started = time.perf_counter()
        for path in changed_paths[:5]:
            print(f"{os.path.relpath(path, ROOT)} changed", flush=True)
        if build_main(self.sphinx_args):
            print("not built; the messages are above, and the page is as it was", flush=True)
        else:
            print(f"{self.uri} is new after {time.perf_counter() - started:.1f} s", flush=True)


def main() -> None:
    """Serve the site until it is interrupted."""
    for name in LIBRARIES:
        import_module(name)
    language = os.environ.get("BOOK_LANG") or "en"
    os.environ["BOOK_LIVE"] = "1"
    work = ROOT / "_build" / "work" / language
    autobuild.Builder = Builder
    options = [f"--ignore={pattern}" for pattern in IGNORED]
    options += ["--re-ignore=/__pycache__/", "--port", *(sys.argv[1:] or ["8000"])]
    folders = ["-d", str(work / "doctrees"), str(ROOT), str(work / "html")]
    autobuild.main([*options, "--quiet", "-j", "auto", *folders])


if __name__ == "__main__":
    main()
