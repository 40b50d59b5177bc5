"""Pages without files, in a small book with the real tables: built, kept, renewed and removed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from govsocial import tables
from govsocial.countries.places import ADDRESSES, FOLDER
from tests import warm
from tests.small_book import ROOT

pytestmark = pytest.mark.slow

INDEX = """# Small book

```{toctree}
:numbered: 1

%s
```

```{toctree}
countries/index
back/tables
```
"""
CHAPTERS = (
    "adoption",
    "amplification",
    "control",
    "conversation",
    "diplomats",
    "exit",
    "networks",
    "ranking",
)
CHAPTER = """# The chapter on {name}

Nothing is said here.

(in-{name})=
## A section

{text}
"""
TEXTS = {
    "control": "Papua New Guinea and Kenya; Kenya again, `Italy`, and {country}`Georgia <GEO>`.",
    "exit": "Kenya is not in the list for this page.",
}
MENTIONS = "page,countries\nchapters/control,KEN PNG ITA\n"


def write(folder: Path) -> None:
    """Turn a small book into one with countries."""
    shutil.rmtree(folder / "data")
    (folder / "data").symlink_to(ROOT / "data")
    shutil.copytree(ROOT / FOLDER, folder / FOLDER, ignore=shutil.ignore_patterns("hub.*"))
    # The hub cites and leads to pages that are not here.
    index = folder / FOLDER / "index.md"
    index.write_text(index.read_text("utf-8").replace("[hub](hub.md)", "hub"), "utf-8")
    (folder / FOLDER / "mentions.csv").write_text(MENTIONS, "utf-8")
    # Places to lead to, in the place of all tables' pages.
    (folder / "back/data.md").unlink()
    sections = "".join(f"\n(table-{name})=\n## {name}\n" for name in tables.names())
    (folder / "back/tables.md").write_text(f"# The tables\n{sections}", "utf-8")
    for name in CHAPTERS:
        text = CHAPTER.format(name=name, text=TEXTS.get(name, "Nor here."))
        (folder / f"chapters/{name}.md").write_text(text, "utf-8")
    (folder / "chapters/one.md").unlink()
    chapters = "\n".join(f"chapters/{name}" for name in CHAPTERS)
    (folder / "index.md").write_text(INDEX % chapters, "utf-8")


def build(folder: Path) -> str:
    """Build the site and return what was said."""
    code, said = warm.build(folder, "html")
    assert code == 0, said
    return said


def written(folder: Path) -> dict[str, int]:
    """Return when each page of a place was written."""
    work = folder / "_build/work/en/html" / FOLDER
    return {path.stem: path.stat().st_mtime_ns for path in work.glob("*.html")}


def test_pages_of_places_live_and_die_with_the_build(book: Path) -> None:
    write(book)
    build(book)
    site = book / "_build/html" / FOLDER
    assert {path.stem for path in site.glob("*.html")} == {*ADDRESSES.values(), "index"}

    # Marks: whole names, the first time, on the listed page; and the role.
    control = (book / "_build/html/chapters/control.html").read_text("utf-8")
    links = re.findall(r'class="country-link[^"]*" href="\.\./countries/([a-z-]+)\.html"', control)
    assert links == ["papua-new-guinea", "kenya", "georgia"]
    assert "country-link" not in (book / "_build/html/chapters/exit.html").read_text("utf-8")
    kenya = (site / "kenya.html").read_text("utf-8")
    assert 'href="../chapters/control.html#in-control"' in kenya
    # Listed, and in no sentence: the page is named, without a place in it.
    italy = (site / "italy.html").read_text("utf-8").partition('id="book"')[2]
    assert 'href="../chapters/control.html">' in italy.partition("</section>")[0]

    # Nothing changed: nothing is written.
    before = written(book)
    build(book)
    assert written(book) == before

    # A word of the library changes: the pages that say it are made anew, and no others.
    sentences = book / "govsocial/countries/sentences.py"
    text = sentences.read_text("utf-8")
    rated = "V-Dem rates 179 places, and not this one."
    assert rated in text
    sentences.write_text(text.replace(rated, "V-Dem rates 179 places, not this."), "utf-8")
    build(book)
    changed = {slug for slug, when in written(book).items() if when != before[slug]} - {"index"}
    assert "nauru" in changed and "italy" not in changed
    assert "V-Dem rates 179 places, not this." in (site / "nauru.html").read_text("utf-8")

    # A mark is taken off: the place's page no longer says so.
    (book / FOLDER / "mentions.csv").write_text("page,countries\nchapters/control,PNG\n", "utf-8")
    build(book)
    assert "chapters/control.html#in-control" not in (site / "kenya.html").read_text("utf-8")

    # Without the list there are no pages, and none is left behind.
    shutil.rmtree(book / FOLDER)
    (book / "index.md").write_text(
        (book / "index.md").read_text("utf-8").replace("countries/index\n", ""), "utf-8"
    )
    (book / "chapters/control.md").write_text(CHAPTER.format(name="control", text="None."), "utf-8")
    build(book)
    assert not list(site.glob("*.html"))
