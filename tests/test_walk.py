"""A walk of edits of every kind: after each, the site equals one that is built from nothing.

The edits follow one another on one small book, as in an author's week: in a few groups here, and at
night one by one. After each, the book is built where it stands and, from a copy of its sources, in
an empty folder. Both sites must be the same bytes: pages, search, pictures, style sheet, feeds,
files to download; nothing may be left of what was removed. A last build without an edit must change
nothing and run no cell.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from tests import small_book
from tests.edits import (
    Edit,
    all_of,
    append,
    dated_earlier,
    differences,
    fresh,
    remove,
    rename,
    replace,
    write,
)
from tests.warm import Build, build

pytestmark = pytest.mark.slow

IMPORTED = re.compile(
    r"^ *(?:from (govsocial[\w.]*) import (\([^)]*\)|.+)|import (govsocial[\w.]*))", re.MULTILINE
)

TWO = (
    small_book.CHAPTER.replace("# One", "# Two")
    % """import os
import sqlite3
from pathlib import Path

import pandas as pd

try:
    import small_extra
except ImportError:
    small_extra = None
with sqlite3.connect("../data/base.db") as base:
    print("SQLite", base.execute("select n from one").fetchone()[0])
print("Parquet", pd.read_parquet("../data/rows.parquet")["x"].sum())
print("folder", sorted(path.name for path in Path("../data/parts").iterdir()))
print("absent", Path("../data/later.csv").exists(), small_extra is not None)
print("variable", os.environ.get("SMALL_BOOK"))"""
    + """
It quotes {glue:text}`one-half` of another page, {cite:t}`both`, {numref}`fig-one`, {term}`a thing`,
[a section](one.md#a-section) and {index}`a remark`.

![Nine dots in three rows, with the one in the middle filled.](dots.svg)
"""
)
DUCK = (
    small_book.CHAPTER.replace("# One", "# Three")
    % """import duckdb
print("DuckDB", duckdb.sql("select sum(x) from '../data/small.csv'").fetchone()[0])"""
)
DOTS = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle r="%d"/></svg>\n'
FIGURE_BEFORE = small_book.FIGURE.replace("fig-one", "fig-before").replace(
    "A figure with a caption.", "A figure before the other."
)
ITALIAN = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "One"
msgstr "Il primo"

msgid "A figure with a caption."
msgstr "Una figura con didascalia."

msgid "A box without a title."
msgstr "Ecco una frase."
"""
GLOSSARY = """# Glossary

:::{glossary}
a thing
  What it is.
:::
"""
LIBRARY = """# The library

```{eval-rst}
.. automodule:: govsocial.charts.small
   :undoc-members:
   :members:
```
"""
MENTIONS = """
## All countries

```{country-mentions}
```
"""
REGIONS = "iso3,region\n" + "".join(f"{code},North America\n" for code in ("ITA", "FRA", "DEU"))
EXTRA = """
@misc{extra, author = {Bianchi, Eva}, title = {Another work}, year = 2013}
"""


def rows(numbers: list[int]) -> Edit:
    """Return what writes another table, with the checksum in its descriptor."""

    def edit(book: Path) -> None:
        text = "\n".join(["x", *map(str, numbers), ""])
        (book / "data/small.csv").write_text(text, "utf-8")
        path = book / "data/small.resource.yaml"
        descriptor = re.sub(
            "sha256:.*", f"sha256:{sha256(text.encode()).hexdigest()}", path.read_text("utf-8")
        )
        descriptor = re.sub(r"rows: \d+", f"rows: {len(numbers)}", descriptor)
        path.write_text(descriptor, "utf-8")

    return edit


def parquet(number: int) -> Edit:
    """Return what writes a file that Arrow reads."""
    return lambda book: pd.DataFrame({"x": [number]}).to_parquet(book / "data/rows.parquet")


def database(number: int) -> Edit:
    """Return what writes a file that SQLite reads."""

    def edit(book: Path) -> None:
        (book / "data/base.db").unlink(missing_ok=True)
        with closing(sqlite3.connect(book / "data/base.db")) as base, base:
            base.execute("create table one (n)")
            base.execute("insert into one values (?)", [number])

    return edit


def variable(value: str) -> Edit:
    """Return what sets a variable of the system for all builds that follow."""
    return write(VARIABLE, value)


def second_post(book: Path) -> None:
    """Write one post more, with the table of the first."""
    text = small_book.POST.replace("fig-post", "fig-second").replace("07-09", "07-10")
    text = text.replace("The title of a post", "A second post")
    write("blog/2026/second.md", text)(book)
    shutil.copy(book / "blog/2026/post.numbers.yml", book / "blog/2026/second.numbers.yml")


def second_table(book: Path) -> None:
    """Write one table more."""
    shutil.copy(book / "data/small.csv", book / "data/other.csv")
    text = (book / "data/small.resource.yaml").read_text("utf-8")
    text = text.replace("small", "other").replace("A other table", "Another table")
    write("data/other.resource.yaml", text)(book)


def used(book: Path) -> set[Path]:
    """Return the files of the library that the book and its extensions import."""
    seen: set[Path] = set()
    waiting = [*(book / "bookext").rglob("*.py"), *book.glob("*/*.md"), *book.glob("blog/*/*.md")]
    while waiting:
        for module, names, alone in IMPORTED.findall(waiting.pop().read_text("utf-8")):
            parts = [module or alone, *(f"{module}.{name}" for name in re.findall(r"\w+", names))]
            places = [book / part.replace(".", "/") for part in parts]
            places += [parent for place in places for parent in place.parents if parent > book]
            for place in places:
                for path in (place.with_suffix(".py"), place / "__init__.py"):
                    if path.is_relative_to(book) and path.is_file() and path not in seen:
                        seen.add(path)
                        waiting.append(path)
    return seen


def start(book: Path) -> None:
    """Write the book that is walked through."""
    small_book.write(book)
    small_book.write_every_kind(book)
    for name in small_book.LINKED:  # which the walk edits, too
        (book / name).unlink()
        shutil.copytree(
            small_book.ROOT / name, book / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for path in set((book / "govsocial").rglob("*.py")) - used(book):
        path.unlink()  # kernels import less, and start sooner
    all_of(
        append("back/matter.md", MENTIONS),
        write("data/egdi_ranks.csv", "iso3,rank\nITA,1\nFRA,2\n"),
        write("data/countries.csv", REGIONS),
        write("chapters/two.md", TWO),
        write("chapters/dots.svg", DOTS % 9),
        write("data/parts/first.txt", "1\n"),
        write("dates.yml", "".join(f"{page}: {DATED}\n" for page in PAGES)),
        write("back/glossary.md", GLOSSARY),
        write("back/library.md", LIBRARY),
        replace(
            "index.md",
            "chapters/one\n",
            "chapters/one\nchapters/two\nback/glossary\nback/library\n",
        ),
        write(PO, ITALIAN),
        write("locale/it/LC_MESSAGES/book.po", ITALIAN),
        database(1),
        parquet(1),
    )(book)
    shutil.rmtree(book / "_build")


VARIABLE = ".variable"  # what the cells see as $SMALL_BOOK
DATED = "{published: 2026-11-22, changed: 2026-11-28}"
PAGES = ("chapters/one", "chapters/two", "chapters/three", "chapters/four")
ONE, OTHER, POST = "chapters/one.md", "chapters/two.md", "blog/2026/post.md"
PO = "locale/it/LC_MESSAGES/chapters/one.po"
# What one page shows of another.
QUOTED: dict[str, Edit] = {
    "a-sentence": append(ONE, "\nOne more sentence, with a [link](two.md) in it.\n"),
    "a-number-that-another-page-quotes": replace(ONE, ".sum() / 2", ".sum() / 4"),
    "how-a-number-is-printed": replace("chapters/one.numbers.yml", "#,##0.0", "#,##0.00"),
    "what-a-number-counts": replace("chapters/one.numbers.yml", "half of the", "a quarter of the"),
    "how-the-library-prints": replace(
        "govsocial/labels.py",
        "    form = format_percent",
        "    value = value + 1000\n    form = format_percent",
    ),
    "an-author-of-a-work": replace("references.bib", "Rossi, Ada", "Neri, Ada"),
    "a-citation-of-one-work-more": all_of(
        append("references.bib", EXTRA), append(OTHER, "\nAs {cite:t}`extra` says.\n")
    ),
    "a-bibliography-dated-earlier": dated_earlier(
        replace("references.bib", "Bianchi, Eva", "Bruni, Eva"), "references.bib"
    ),
    "a-title-of-a-page": replace(ONE, "# One", "# The first"),
    "a-title-of-the-front-page": replace("index.md", "# A front page", "# The front page"),
    "a-heading-that-is-linked": all_of(
        replace(ONE, "## A section", "## One section"),
        replace(OTHER, "one.md#a-section", "one.md#one-section"),
    ),
    "a-term-of-the-glossary": replace("back/glossary.md", "What it is.", "What it is called."),
    "an-entry-of-the-index": replace(OTHER, "{index}`a remark`", "{index}`an aside`"),
    "a-figure-before-another": replace(ONE, "Half of it is", FIGURE_BEFORE + "\nHalf of it is"),
    "a-label": all_of(
        *(replace(page, "fig-one", "fig-first") for page in (ONE, OTHER, "index.md"))
    ),
    "the-order-of-pages": replace(
        "index.md", "chapters/one\nchapters/two\n", "chapters/two\nchapters/one\n"
    ),
    "a-page-dated-earlier": dated_earlier(append(ONE, "\nRestored.\n"), ONE),
}
# What extensions ask of the library and of tables. Edits beside these would hide them.
ASKED: dict[str, Edit] = {
    "what-a-column-means": replace(
        "govsocial/columns.py", "return (figure, column) in _meanings(language())", "return True"
    ),
    "who-is-a-member": append("data/egdi_ranks.csv", "DEU,3\n"),
}
# What cells read, and what draws.
READ: dict[str, Edit] = {
    "a-value-of-a-table": rows([3]),
    "a-chart": replace("govsocial/charts/small.py", "Accounts: {n}", "All accounts: {n}"),
    "the-style-of-charts": replace(
        "govsocial/charts/book.mplstyle", "lines.linewidth: 1.9", "lines.linewidth: 3"
    ),
    "a-cell": replace(OTHER, 'print("variable"', 'print("the variable"'),
    "a-module-dated-earlier": dated_earlier(
        replace("govsocial/charts/small.py", "A figure for a test", "A chart for a test"),
        "govsocial/charts/small.py",
    ),
    "a-module-that-prints": append("govsocial/labels.py", "\n\nTHINGS = 1\n"),
    "a-picture-dated-earlier": dated_earlier(
        write("chapters/dots.svg", DOTS % 7), "chapters/dots.svg"
    ),
    "a-title-of-a-table": replace("data/small.resource.yaml", "A small table", "A tiny table"),
    "a-caveat": replace("data/small.resource.yaml", "What to know", "What to know of it"),
    "one-table-more": second_table,
    "a-data-base": database(2),
    "a-parquet-file": parquet(2),
    "one-file-more-in-a-folder": write("data/parts/second.txt", "2\n"),
    "a-file-that-was-not-there": write("data/later.csv", "x\n1\n"),
    "a-module-that-was-not-there": write("small_extra.py", "there = True\n"),
    "a-variable-of-the-system": variable("set"),
    "a-page-that-asks-duckdb": all_of(
        write("chapters/three.md", DUCK),
        replace("index.md", "chapters/two\n", "chapters/two\nchapters/three\n"),
    ),
    "a-table-that-duckdb-reads": rows([5, 6]),
}
# What is around the text, and the blog.
AROUND: dict[str, Edit] = {
    "a-caption": replace(ONE, "A figure with a caption", "A figure with another caption"),
    "a-title-of-a-post": replace(POST, "# The title of a post", "# What a \\<b> & a `<i>` are"),
    "a-summary-of-a-post": replace(POST, "A summary of the post", "The summary of this post"),
    "one-post-more": second_post,
    "a-tag-of-a-post": replace("blog/2026/second.md", "tags: [methods]", "tags: [rankings]"),
    "a-day-of-a-chapter": replace("dates.yml", "changed: 2026-11-28", "changed: 2026-11-29"),
    "a-lab": replace("notebooks/solutions/01-lab.ipynb", "For** students", "For** all students"),
    "the-style-sheet": append("_static/custom.css", "\n.caveat { color: #123456; }\n"),
    "a-script": append("_static/shell.js", "\n// One line more.\n"),
    "a-file-to-serve": write("_static/notes.txt", "one\n"),
    "a-file-to-serve-dated-earlier": dated_earlier(
        write("_static/notes.txt", "two\n"), "_static/notes.txt"
    ),
}
# What is no longer there.
GONE: dict[str, Edit] = {
    "a-table-gone": remove("data/other.csv", "data/other.resource.yaml"),
    "a-page-renamed": all_of(
        rename("chapters/three.md", "chapters/four.md"),
        replace("index.md", "chapters/three\n", "chapters/four\n"),
    ),
    "a-page-gone": all_of(
        remove(OTHER, "chapters/dots.svg"),
        replace("index.md", "chapters/two\n", ""),
        replace(ONE, "with a [link](two.md) in it", "without a link"),
    ),
    "a-post-renamed": all_of(
        rename("blog/2026/second.md", "blog/2026/third.md"),
        rename("blog/2026/second.numbers.yml", "blog/2026/third.numbers.yml"),
    ),
    "a-post-gone": remove("blog/2026/third.md", "blog/2026/third.numbers.yml"),
    "a-file-to-serve-gone": remove("_static/notes.txt"),
}
# What every page is made with, and another output beside the site.
EVERY: dict[str, Edit] = {
    "a-setting": replace("conf.py", 'noted("methods")', 'noted("methods"),\n    noted("rows")'),
    "the-subtitle": replace("conf.py", "How governments use", "How some governments use"),
    "a-template-dated-earlier": dated_earlier(
        replace("_templates/blog-footer.html", "<", "<!-- edited -->\n<"),
        "_templates/blog-footer.html",
    ),
    "an-extension": replace("bookext/records/figure_line.py", '_("Data")', '_("The data")'),
    "the-epub-before-the-site": all_of(
        replace(ONE, ".sum() / 4", ".sum() / 5"),
        lambda book: built(book, "epub"),
        lambda book: shutil.rmtree(book / "_build/epub"),  # the site would offer it
    ),
}
# The second edition.
TRANSLATED: dict[str, Edit] = {
    "a-sentence-in-italian": replace(PO, "una frase", "un’altra frase"),
    "a-caption-in-italian": replace(PO, "didascalia", "nuova didascalia"),
    "a-word-around-the-text": append(
        "locale/it/LC_MESSAGES/book.po", '\nmsgid "Contents"\nmsgstr "Il sommario"\n'
    ),
    "a-title-of-a-table-in-italian": write(
        "locale/it/LC_MESSAGES/tables/a test.po",
        ITALIAN + '\nmsgid "A small table"\nmsgstr "Una tabellina"\n',
    ),
    "a-unit-in-italian": write(
        "locale/it/LC_MESSAGES/units/chapters/one.po",
        ITALIAN + '\nmsgid "half of the accounts"\nmsgstr "metà dei profili"\n',
    ),
    "a-title-of-a-post-in-italian": write(
        "locale/it/LC_MESSAGES/blog/2026/post.po",
        ITALIAN + '\nmsgid "The title of a post"\nmsgstr "Il titolo di un post"\n',
    ),
    "a-title-in-italian": replace(PO, "Il primo", "La prima"),
    "a-sentence-that-is-no-longer-translated": replace(ONE, "Half of it is", "One half is"),
    "a-number": replace(ONE, ".sum() / 2", ".sum() / 4"),
}
WALK = {"asked": ASKED, "read": READ, "quoted": QUOTED, "around": AROUND, "gone": GONE}


def system(book: Path) -> dict[str, str]:
    """Return the variables of the system, as the walk has set them."""
    path = book / VARIABLE
    return {"SMALL_BOOK": path.read_text("utf-8")} if path.is_file() else {}


def built(book: Path, output: str, language: str = "en") -> None:
    """Build a book, which must succeed."""
    code, said = build(book, output, "--language", language, **system(book))
    assert code == 0, said


def equals_cold(book: Path, cold: Path, name: str, language: str = "en") -> list[str]:
    """Build where the book stands and from nothing, and return the files that differ."""
    fresh(book, cold)
    builds = [Build(each, "html", "--language", language, **system(book)) for each in (book, cold)]
    for code, said in [each.end() for each in builds]:
        assert code == 0, f"{name}: {said}"
    return differences(book / "_build/html", cold / "_build/html")


def nothing_to_do(book: Path, cold: Path, language: str = "en") -> None:
    """Build once more, which must run no cell and change no byte."""
    code, said = build(book, "html", "--language", language, **system(book))
    assert code == 0 and "ran in" not in said, said
    assert not differences(book / "_build/html", cold / "_build/html")


@pytest.fixture
def walked(tmp_path: Path) -> Path:
    """The book that is walked through."""
    book = tmp_path / "book"
    book.mkdir()
    start(book)
    return book


def test_the_site_equals_its_cold_build_after_edits_of_every_kind(
    walked: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    built(walked, "html")
    for name, edits in WALK.items():
        all_of(*edits.values())(walked)
        with subtests.test(name):
            assert not equals_cold(walked, tmp_path / "cold", name)
    nothing_to_do(walked, tmp_path / "cold")


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("edits", "language"),
    [(ASKED | READ | QUOTED | AROUND | EVERY | GONE, "en"), (TRANSLATED, "it")],
    ids=["en", "it"],
)
def test_the_site_equals_its_cold_build_after_every_edit(
    walked: Path,
    tmp_path: Path,
    subtests: pytest.Subtests,
    edits: dict[str, Edit],
    language: str,
) -> None:
    built(walked, "html", language)
    for name, edit in edits.items():
        edit(walked)
        with subtests.test(name):
            assert not equals_cold(walked, tmp_path / "cold", name, language)
    nothing_to_do(walked, tmp_path / "cold", language)
