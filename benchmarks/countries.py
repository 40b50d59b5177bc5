"""Time the pages of countries: ``python -m benchmarks.countries``.

Prints processor seconds of builds of the site, results of cells in the cache: from nothing, when
the sheet of these pages was touched, so that all of them are made anew, and of no change; the
difference of the last two is what the pages cost. Then what the library takes, and what they
weigh, packed by gzip.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.measure import BUILD, ROOT, clone, measure
from govsocial.countries import facts, pages, strips
from govsocial.countries.places import ADDRESSES, FOLDER

_TURNS = 3


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        book = clone(Path(scratch) / "book")
        os.environ["PYTHONPATH"] = str(book)
        results = Path("_build", ".jupyter_cache")  # how long cells take is not the question here
        shutil.copytree(ROOT / results, book / results)
        measure([*BUILD, "html"], book)
        turns = [builds(book) for _turn in range(_TURNS)]
    print("| from nothing | all pages of countries | no change |\n|--:|--:|--:|")  # noqa: T201
    medians = map(statistics.median, zip(*turns, strict=True))
    print(f"| {' | '.join(f'{s:.1f}' for s in medians)} |")  # noqa: T201
    print(library())  # noqa: T201
    print(weight(ROOT / "_build" / "html" / FOLDER))  # noqa: T201


def builds(book: Path) -> list[float]:
    """Return the seconds from nothing, after a change of all these pages, and of no change."""
    shutil.rmtree(book / "_build" / "work", ignore_errors=True)
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
    """Return what the pages weigh."""
    packed = {path.stem: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.html")}
    listed = packed.pop("index")
    mean = statistics.mean(packed.values())
    return (
        f"packed: list {listed / 1024:.1f} KiB, pages from {min(packed.values()) / 1024:.1f} to "
        f"{max(packed.values()) / 1024:.1f} KiB, {mean / 1024:.1f} on average, "
        f"{sum(packed.values()) / 1024**2:.2f} MiB together"
    )


if __name__ == "__main__":
    main()
