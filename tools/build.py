"""Build the book: ``python tools/build.py [html] [pdf]``, both by default.

Pages are built in ``_build/work/``, where Sphinx keeps what it needs for quick rebuilds, and
replace those in ``_build/html/`` and ``_build/pdf/`` only when everything went well.
Site and PDF share one execution of the chapters.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError, SphinxParallelError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
NAME = "governing-in-public.pdf"
PROGRAMS = ("latexmk", "lualatex", "upmendex", "rsvg-convert")
# Files that carry a date carry this one: two builds give the same bytes.
EPOCH = "1767225600"  # 2026-01-01


class BuildError(Exception):
    """The build cannot go on; the message says why, and what to do."""


def main() -> int:
    """Build what is asked for and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("outputs", nargs="*", metavar="html|pdf", help="default: both")
    os.environ |= {"SOURCE_DATE_EPOCH": EPOCH, "FORCE_SOURCE_DATE": "1"}
    outputs = parser.parse_args().outputs or ["html", "pdf"]
    work = BUILD / "work" / os.environ.get("BOOK_LANG", "en")
    # The PDF is made before the site is put in its place, since every page links to it.
    try:
        if "html" in outputs:
            sphinx("html", work)
        failure = pdf(work) if "pdf" in outputs else ""
        if "html" in outputs:
            publish(work / "html", BUILD / "html")
            print(f"HTML: {(BUILD / 'html' / 'index.html').relative_to(ROOT)}")
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; pages that have run will not run again", file=sys.stderr)
        return 130
    if failure:
        site = "HTML is at _build/html/index.html; " if "html" in outputs else ""
        print(f"error: {site}the PDF was not built: {failure}", file=sys.stderr)
        return 1
    if "pdf" in outputs:
        print(f"PDF:  {(BUILD / 'pdf' / NAME).relative_to(ROOT)}")
    return 0


def sphinx(builder: str, work: Path) -> None:
    """Run Sphinx, with every warning an error."""
    # Where a build fails early, the theme would otherwise leave a file of this name.
    (work / builder / "_static").mkdir(parents=True, exist_ok=True)
    logging.getLogger("traitlets").setLevel(logging.WARNING)  # not a line per kernel
    if not sys.stderr.isatty():
        nocolor()
    status = sys.stdout if sys.stdout.isatty() else None
    try:
        with patch_docutils(str(ROOT)), docutils_namespace():
            folders = (ROOT, ROOT, work / builder, work / "doctrees")
            processes = os.cpu_count() or 1
            app = Sphinx(*folders, builder, status=status, warningiserror=True, parallel=processes)
            app.build()
    except SphinxParallelError as error:  # of another process; its message starts with its class
        raise BuildError(error.message.partition(": ")[2]) from None
    except SphinxError as error:
        raise BuildError(f"{error.category}: {error}") from None
    if app.statuscode:
        raise BuildError(f"the {builder} output was not built; the messages are above")


def pdf(work: Path) -> str:
    """Build the PDF and return the reason why it was not built, if it was not."""
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        return f"{', '.join(missing)} not found; run: {apt_command()}"
    sphinx("latex", work)
    folder = work / "latex"
    logo = [str(folder / name) for name in ("logo.svg", "logo.pdf")]
    subprocess.run(["rsvg-convert", "--format=pdf", logo[0], "--output", logo[1]], check=True)
    tex = NAME.replace(".pdf", ".tex")
    run = subprocess.run(
        ["latexmk", "-r", "latexmkrc", "-silent", "-interaction=nonstopmode", tex],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    log = folder / NAME.replace(".pdf", ".log")
    if run.returncode:
        return f"LaTeX stopped: {first_error(log)} (see {log.relative_to(ROOT)})"
    target = BUILD / "pdf"
    target.mkdir(parents=True, exist_ok=True)
    for path in (folder / NAME, log):
        shutil.copy(path, target / f"{path.name}.new")
        (target / f"{path.name}.new").replace(target / path.name)
    return ""


def first_error(log: Path) -> str:
    """Return the first error of a LaTeX log."""
    text = log.read_text("utf-8", errors="replace") if log.is_file() else ""
    found = re.search(r"^! (.+)", text, re.MULTILINE)
    return found[1] if found else "no error in its log"


def apt_command() -> str:
    """Return the command that installs the system packages for the PDF."""
    packages = (ROOT / "apt.txt").read_text("utf-8").split()
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def publish(source: Path, target: Path) -> None:
    """Put the new pages, and the latest PDF, in the place of the old ones."""
    fresh, old = target.with_name("html.new"), target.with_name("html.old")
    for path in (fresh, old):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=stale)
    if (BUILD / "pdf" / NAME).is_file():
        shutil.copy(BUILD / "pdf" / NAME, fresh)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def stale(folder: str, names: list[str]) -> list[str]:
    """Return what is not published: pages whose source is gone, and Sphinx's own notes."""
    inside = Path(folder).relative_to(BUILD / "work").parts[2:]
    generated = {"genindex.html", "search.html"}
    if inside and (inside[0].startswith("_") or inside[0] == "blog"):  # which cleans up itself
        generated.update(names)
    sources = {
        path.stem for path in ROOT.joinpath(*inside).glob("*") if path.suffix in {".md", ".ipynb"}
    }
    return [
        name
        for name in names
        if name.startswith(".buildinfo")
        or (name.endswith(".html") and name not in generated and name[:-5] not in sources)
    ]


if __name__ == "__main__":
    sys.exit(main())
