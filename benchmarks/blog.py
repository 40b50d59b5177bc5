"""Time the site with many posts: ``python -m benchmarks.blog [6 60 600]``.

Prints a Markdown table of processor seconds: for each number of generated posts a build of the
site from nothing, a build without a change, and one after a new post; then what each post costs
between two numbers. The posts share one figure, which is computed once and is in the cache, so that
the cost is that of reading and writing pages, lists, cards and feeds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import BUILD, ROOT, clone, measure

_TAGS = ["audiences", "emergencies", "leaving", "methods", "rankings", "transparency"]
_CELL = """
```{{code-cell}} ipython3
---
mystnb:
  figure: {{name: fig-post-{name}, caption: The same figure on every generated post.}}
  image: {{alt: Twelve bars of equal height with a coloured part that differs from year to year.}}
---
from govsocial import tables
from govsocial.charts import blog
from govsocial.notebook import show

show(blog.distinct_places(tables.load("egdi_ranks")), tables=["egdi_ranks"], card=True)
```
"""
_POST = (
    """---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
kernelspec: {{name: python3, display_name: Python 3, language: python}}
date: "{day}"
tags: [{tag}]
category: counted anew
language: en
image: 1
summary: What it costs to build one post more, when there are many posts already.
---

# Generated post {number}

{prose}
"""
    + _CELL
)
_PROSE = "A sentence of nine words stands here many times. " * 50


def write_posts(folder: Path, numbers: range) -> None:
    """Write generated posts, thirty a month backwards from 2020."""
    for number in numbers:
        day = dt.date(2020, 12, 31) - dt.timedelta(days=number)
        path = folder / "blog" / str(day.year) / f"generated-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        tag = _TAGS[number % len(_TAGS)]
        path.write_text(
            _POST.format(day=day, tag=tag, number=number, prose=_PROSE, name=number), "utf-8"
        )


def main() -> None:
    """Measure all sizes and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[6, 60, 600])
    sizes = sorted(parser.parse_args().sizes)
    seconds = {}
    print("| posts | from nothing | no change | one post more |\n|--:|--:|--:|--:|")  # noqa: T201
    with tempfile.TemporaryDirectory() as scratch:
        book = clone(Path(scratch) / "book")
        os.environ["PYTHONPATH"] = str(book)
        results = Path("_build", ".jupyter_cache")  # how long cells take is not the question here
        shutil.copytree(ROOT / results, book / results)
        write_posts(book, range(1))
        measure([*BUILD, "html"], book)
        for size in sizes:
            seconds[size] = measure_size(book, size)
            print(f"| {size} | {' | '.join(f'{s:.1f}' for s in seconds[size])} |", flush=True)  # noqa: T201
    for few, many in pairwise(sizes):
        each = [
            f"{(b - a) / (many - few):.3f}"
            for a, b in zip(seconds[few], seconds[many], strict=True)
        ]
        print(f"| each from {few} to {many} | {' | '.join(each)} |")  # noqa: T201


def measure_size(book: Path, size: int) -> list[float]:
    """Return the processor seconds of the three builds with so many posts."""
    write_posts(book, range(size))
    shutil.rmtree(book / "_build" / "work")
    builds = [measure([*BUILD, "html"], book).processor for _time in range(2)]
    write_posts(book, range(size, size + 1))
    return [*builds, measure([*BUILD, "html"], book).processor]


if __name__ == "__main__":
    main()
