"""Build the book: ``python tools/build.py [--language CODE ...] [html] [pdf] [epub]``.

Without a name of an output, all are built, in ``_build/work/<language>/``, where Sphinx keeps what
it needs for quick rebuilds. The site in ``_build/html/``, the PDF files in ``_build/pdf/`` and the
EPUB in ``_build/epub/`` each replace the former ones when they were built without a fault; the exit
code tells whether all were. English is at the root of the site, another language in a folder of its
code. Site, PDF and EPUB share one execution of the chapters. Several editions are built side by
side, each in a process of its own.
``python tools/build.py linkcheck`` asks every address that the book links to.
"""

from __future__ import annotations

import argparse
import fcntl
import logging
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import traceback
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple, cast

from sphinx.application import Sphinx
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import stamp  # noqa: E402

from bookext.common.dates import day_of  # noqa: E402
from bookext.common.errors import FileError, explained  # noqa: E402
from bookext.common.i18n import file_name, folder_of, languages, suffix  # noqa: E402
from bookext.common.process import processors  # noqa: E402
from bookext.execution.fingerprints import ELSEWHERE, Fingerprint  # noqa: E402
from bookext.html import leftovers, takeaways  # noqa: E402
from govsocial.contract import ONCE  # noqa: E402
from govsocial.language import SOURCE, language  # noqa: E402

BUILD = ROOT / "_build"
OUTPUTS = ("html", "pdf", "epub", "linkcheck")


class BuildError(Exception):
    """The build cannot go on; the message says why, and what to do."""


class Edition(NamedTuple):
    """The book in one language, and where its files are."""

    language: str

    @property
    def work(self) -> Path:
        """Where Sphinx works."""
        return BUILD / "work" / self.language

    @property
    def site(self) -> Path:
        """Where the pages are published."""
        return BUILD / "html" / folder_of(self.language)

    @property
    def pdfs(self) -> list[Path]:
        """Where the PDF files are published: the book, the book for a tablet, the checklist."""
        kinds = ("", "-tablet", "-checklist")
        return [BUILD / "pdf" / f"{file_name(self.language)}{kind}.pdf" for kind in kinds]

    @property
    def epub(self) -> Path:
        """Where the EPUB is published."""
        return BUILD / "epub" / f"{file_name(self.language)}.epub"

    @property
    def stamp_file(self) -> Path:
        """Where is written what the edition was built from."""
        return BUILD / "work" / f"{self.language}.json"

    def made(self) -> str:
        """Return a checksum of the state of all that was made."""
        return stamp.made(BUILD, [self.work, self.site, *self.pdfs, self.epub], others(self))


def main() -> int:
    """Build what is asked for and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("outputs", nargs="*", metavar="html|pdf|epub", help="default: all")
    parser.add_argument(
        "--language", action="append", help="may be given twice; default: BOOK_LANG, or English"
    )
    options = parser.parse_args()
    outputs = options.outputs or ["html", "pdf", "epub"]
    if unknown := set(outputs) - set(OUTPUTS):
        parser.error(f"unknown output {', '.join(sorted(unknown))}; there are {', '.join(OUTPUTS)}")
    codes = options.language or [language()]
    if wrong := [code for code in codes if not re.fullmatch(r"\w+", code)]:
        parser.error(f"{wrong[0]!r} is no code of a language; write one such as `it`")
    try:
        if len(codes) > 1:
            return side_by_side(codes, outputs)
        os.environ["BOOK_LANG"] = codes[0]
        return build(Edition(codes[0]), outputs)
    except (BuildError, OSError) as error:
        said = error if isinstance(error, BuildError) else explained(error)
        print(f"error: {said}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; pages that have run will not run again", file=sys.stderr)
        return 130


def side_by_side(codes: list[str], outputs: list[str]) -> int:
    """Build several editions at a time and return the exit code; each line says of which it is.

    They share the processors, which more processes would only take from each other, and the
    results of what takes long (see :mod:`govsocial.once`).
    """
    BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="once-", dir=BUILD) as folder:
        return _side_by_side(codes, outputs, {ONCE: folder})


def _side_by_side(codes: list[str], outputs: list[str], shared: dict[str, str]) -> int:
    def relay(code: str, said: IO[str]) -> None:
        with said:
            for line in said:
                print(f"{code}: {line}", end="", flush=True)

    command = [sys.executable, str(Path(__file__)), *outputs]
    share = max(1, processors() // len(codes))
    runs = {
        code: subprocess.Popen(
            [*command, "--language", code],
            env=os.environ | shared | {"BOOK_PROCESSORS": str(share)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",  # what a cell prints past Python may be anything
        )
        for code in codes
    }
    with ThreadPoolExecutor() as relays:
        list(relays.map(relay, runs, [cast("IO[str]", run.stdout) for run in runs.values()]))
    ended = {code: run.wait() for code, run in runs.items()}
    for code, number in ended.items():
        if number < 0:
            said = f"ended by signal {-number}; if it is 9, the memory was not enough: build one "
            print(f"error: {code}: {said}edition at a time", file=sys.stderr)
    return max(map(abs, ended.values()))


def build(edition: Edition, outputs: list[str]) -> int:
    """Build an edition, if anything is other than it was, and return the exit code."""
    begun, last = stamp.sources(ROOT), stamp.Stamp.read(edition.stamp_file)
    if last and last.holds(outputs, ROOT, begun, edition.made()):
        report(edition, outputs)
        return 0
    failures = make(edition, outputs)
    report(edition, [output for output in outputs if output not in failures])
    for output, why in failures.items():
        print(f"error: the {output.upper()} was not built: {why}", file=sys.stderr)
    if failures:
        return 1
    if "linkcheck" not in outputs:
        elsewhere = Fingerprint.loads((edition.work / "doctrees" / ELSEWHERE).read_text("utf-8"))
        stamp.Stamp(outputs, begun, elsewhere, edition.made()).write(edition.stamp_file)
    return 0


def make(edition: Edition, outputs: list[str]) -> dict[str, str]:
    """Make the outputs, and return why PDF or EPUB could not be built.

    Raises
    ------
    BuildError
        If the site cannot be built: of its pages the others are made.
    """
    if "linkcheck" in outputs:
        sphinx("linkcheck", edition.work)
    if "html" in outputs:
        sphinx("html", edition.work)
    # PDF and EPUB are made before the site is put in its place, since every page links to them; the
    # EPUB after the PDF, whose pages it lists.
    failures = {}
    for output, build_file in (("pdf", pdf), ("epub", epub)):
        try:
            if output in outputs:
                build_file(edition)
        except BuildError as error:
            failures[output] = str(error)
    if "html" in outputs:
        publish(edition)
    return failures


def report(edition: Edition, outputs: list[str]) -> None:
    """Say where the outputs are."""
    places = {"html": edition.site / "index.html", "pdf": edition.pdfs[0], "epub": edition.epub}
    for output, place in places.items():
        if output in outputs:
            print(f"{output.upper()}: {place.relative_to(ROOT)}")


def sphinx(builder: str, work: Path, pages: str = "doctrees", processes: int = 0) -> None:
    """Run Sphinx, with every warning an error.

    Parameters
    ----------
    builder
        Name of the builder; its output is in the folder of this name.
    work
        Where the edition is built.
    pages
        Folder of the pages that have been read: builders share them, ``gettext`` cannot.
    processes
        How many read and write pages; if none are named, as many as there are processors for it.
    """
    os.environ |= alike()
    # Where a build fails early, the theme would otherwise leave a file of this name.
    (work / builder / "_static").mkdir(parents=True, exist_ok=True)
    # What goes in Sphinx 11 is an error already where the book's own extensions use it.
    warnings.filterwarnings("error", category=RemovedInSphinx11Warning, module=r"bookext\b")
    logging.getLogger("traitlets").setLevel(logging.WARNING)  # not a line per kernel
    if not sys.stderr.isatty():
        nocolor()
    status = sys.stdout if sys.stdout.isatty() else None
    try:
        with patch_docutils(str(ROOT)), docutils_namespace():
            folders = (ROOT, ROOT, work / builder, work / pages)
            parallel = processes or processors()
            app = Sphinx(*folders, builder, status=status, warningiserror=True, parallel=parallel)
            app.build()
    except (SphinxError, OSError, SyntaxError) as error:
        raise BuildError(explained(error)) from None
    except Exception as error:
        report = work / "error.txt"
        report.write_text(traceback.format_exc(), "utf-8")
        said = f"{explained(error)} (a fault of the book's tools or of a library: {report})"
        raise BuildError(said) from None
    finally:
        for process in multiprocessing.active_children():
            process.terminate()  # it would wait for ever to tell what it has done
    if app.statuscode:
        raise BuildError(f"the {builder} output was not built; the messages are above")


def alike() -> dict[str, str]:
    """Return the variables by which every machine dates its files and draws its pictures alike.

    Files that carry a date carry the day of the edition: two builds give the same bytes. Who builds
    the book may have set up Matplotlib; its own settings are those that count.

    Raises
    ------
    BuildError
        If the dates of the chapters are not as they must be.
    """
    try:
        midnight = datetime.combine(day_of(ROOT), time(), UTC)
    except FileError as error:
        raise BuildError(str(error)) from None
    matplotlib = cast("ModuleSpec", find_spec("matplotlib"))
    settings = Path(str(matplotlib.origin)).with_name("mpl-data") / "matplotlibrc"
    return {"SOURCE_DATE_EPOCH": f"{midnight.timestamp():.0f}", "MATPLOTLIBRC": str(settings)}


def pdf(edition: Edition) -> None:
    """Build the PDF files."""
    sphinx("typst", edition.work)
    BUILD.joinpath("pdf").mkdir(parents=True, exist_ok=True)
    for target in edition.pdfs:
        made, fresh = edition.work / "typst" / target.name, target.with_suffix(".new")
        if made.is_file():  # a small book may do without a checklist
            shutil.copy(made, fresh)
            fresh.replace(target)


def epub(edition: Edition) -> None:
    """Build the EPUB."""
    sphinx("epub", edition.work)
    target = edition.epub
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(edition.work / "epub" / target.name, target.with_suffix(".new"))
    target.with_suffix(".new").replace(target)


def publish(edition: Edition) -> None:
    """Put the new pages, and the latest PDF and EPUB, in the place of the old ones.

    One edition at a time: that of the source language has the folders of the others in its own.
    """
    with (BUILD / "publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _publish(edition)


def _publish(edition: Edition) -> None:
    fresh = BUILD / f"html{suffix(edition.language)}.new"
    old = fresh.with_suffix(".old")
    for path in (fresh, old):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(edition.work / "html", fresh, ignore=shutil.ignore_patterns(".buildinfo*"))
    for path in filter(Path.is_file, (*edition.pdfs, edition.epub)):
        shutil.copy(path, fresh)
    takeaways.fill(fresh)
    leftovers.drop_unused(fresh)
    if edition.site.exists():
        for path in others(edition):
            path.rename(fresh / path.name)
        edition.site.rename(old)
    edition.site.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(edition.site)
    shutil.rmtree(old, ignore_errors=True)


def others(edition: Edition) -> list[Path]:
    """Return the folders of other editions that are within that of this one."""
    if edition.language != SOURCE:
        return []
    found = (edition.site / code for code in languages(ROOT / "locale") if code != SOURCE)
    return [path for path in found if path.is_dir()]


if __name__ == "__main__":
    sys.exit(main())
