"""Time the pages of countries: ``python -m benchmarks.countries [TURNS]``.

Prints processor seconds of builds of a small book with the real list of countries, results of cells
in the cache, with the 197 pages and without them (the project does not name them; their list, and
all that leads to them, stays): from nothing, of no change, and, with them, when their sheet was
touched, so that all of them are made anew. The differences are what the pages cost. Then what the
library takes, and what pages, hub and pictures of the built site weigh, packed by gzip.

The book is made in ``TMPDIR``. On a disk with many files a new one may take ten times as long as on
another, which tells nothing of the book: ``TMPDIR=/dev/shm`` makes it in memory.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import BUILD, ROOT, measure
from govsocial.countries import facts, pages, strips
from govsocial.countries.places import ADDRESSES, FOLDER

sys.path.append(str(ROOT / "tools"))  # as in tests
from tests import small_book
from tests.bookext.test_countries_builder import write

_TURNS = 3
_NAMED, _UNNAMED = "return map(page, ADDRESSES) if COUNTRY_LIST in found else ()", "return ()"


def main() -> None:
    """Measure and print."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else _TURNS
    with tempfile.TemporaryDirectory() as scratch:
        book = small(Path(scratch) / "book")
        os.environ["PYTHONPATH"] = str(book)
        measure([*BUILD, "html"], book)  # the cells run
        with_pages = [builds(book) for _turn in range(turns)]
        _leave_out(book)
        measure([*BUILD, "html"], book)
        without = [builds(book) for _turn in range(turns)]
    print("| | from nothing | all pages of countries | no change |\n|---|--:|--:|--:|")  # noqa: T201
    for name, rows in (("with the pages", with_pages), ("without", without)):
        medians = map(statistics.median, zip(*rows, strict=True))
        print(f"| {name} | {' | '.join(f'{s:.1f}' for s in medians)} |")  # noqa: T201
    print(library())  # noqa: T201
    built = ROOT / "_build" / "html" / FOLDER
    print(weight(built) if built.is_dir() else "the site is not built: nothing to weigh")  # noqa: T201


def small(book: Path) -> Path:
    """Write the small book of the tests, with modules of its own, and return its folder."""
    book.mkdir()
    small_book.write(book)
    write(book)
    (book / "bookext").unlink()  # a link to those of the real book
    shutil.copytree(ROOT / "bookext", book / "bookext")
    return book


def _leave_out(book: Path) -> None:
    """Let the project name no page of a country."""
    sheets = book / "bookext" / "countries" / "sheets.py"
    text = sheets.read_text("utf-8")
    if _NAMED not in text:
        sys.exit(f"{sheets} names the pages in another way: say in benchmarks/countries.py how")
    sheets.write_text(text.replace(_NAMED, _UNNAMED), "utf-8")


def builds(book: Path) -> list[float]:
    """Return the seconds from nothing, after a change of all these pages, and of no change."""
    for made in ("work", "html"):  # the cache of results stays
        shutil.rmtree(book / "_build" / made, ignore_errors=True)
    nothing = measure([*BUILD, "html"], book).processor
    (book / "bookext/countries/country.sheet").touch()
    return [nothing, *(measure([*BUILD, "html"], book).processor for _time in range(2))]


def library() -> str:
    """Return what facts, sentences and drawings take, in one process."""
    started = time.process_time()
    found = facts.world()
    grouped = time.process_time()
    pages.record()
    written = time.process_time()
    for place in found.places.values():
        if place.arrival:
            strips.arriving(place.arrival)
        if place.listening:
            strips.listening(place.listening)
        strips.removals(place.removals)
        strips.shutdowns(place.shutdowns)
        if place.freedom:
            strips.freedom(place.freedom, found.band)
    drawn = 1000 * (time.process_time() - written) / len(ADDRESSES)
    return (
        f"facts {grouped - started:.2f} s, pages {written - grouped:.2f} s, "
        f"the strips of a page {drawn:.1f} ms"
    )


def weight(folder: Path) -> str:
    """Return what the pages, the hub with its script, and the pictures of shared links weigh."""
    packed = {path.stem: _packed(path.read_bytes()) for path in folder.glob("*.html")}
    listed, hub = packed.pop("index"), packed.pop("hub")
    mean = statistics.mean(packed.values())
    data = re.search(r'class="hub-data">(.*?)</script>', (folder / "hub.html").read_text("utf-8"))
    script = _packed((folder.parent / "_static" / "hub.js").read_bytes())
    pictures = sum(path.stat().st_size for path in folder.glob("*.png"))
    return (
        f"packed: list {listed:.1f} KiB, pages from {min(packed.values()):.1f} to "
        f"{max(packed.values()):.1f} KiB, {mean:.1f} on average, "
        f"{sum(packed.values()) / 1024:.2f} MiB together; hub {hub:.1f} KiB, of which data "
        f"{_packed(data[1].encode()) if data else 0:.1f}, and its script {script:.1f}; pictures "
        f"{pictures / 1024**2:.2f} MiB"
    )


def _packed(text: bytes) -> float:
    """Return KiB as a web server sends them."""
    return len(gzip.compress(text, 9)) / 1024


if __name__ == "__main__":
    main()
