"""What a reader's first page costs: bytes, requests, and what stands before the first line."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from tests.editions import classed, pages, tree

BYTES = 120 * 1024
REQUESTS = 15
# The figure that readers weigh themselves: its script and its look; its data are in the page.
FIGURE = {"reweigh.js", "reweigh.css"}
AT_ONCE = (
    "//script/@src | //head/link[@rel='stylesheet']/@href | //link[@rel='icon']/@href"
    " | //img[not(@loading)][not(ancestor::article)]/@src"
)
DATA = re.compile(rb'<script type="application/json".*?</script>', re.DOTALL)


def loaded(page: Path) -> set[Path]:
    """Return a page and what it loads at once, its figures apart."""
    paths = (address.partition("?")[0] for address in tree(page).xpath(AT_ONCE))
    files = {(page.parent / path).resolve() for path in paths}
    sheet = next(path for path in files if path.name == "book.css")
    return {page, *files, sheet.with_name("icons.woff2")}


@cache
def packed(path: Path) -> int:
    """Return the bytes that a web server sends, the data of figures apart."""
    return len(gzip.compress(DATA.sub(b"", path.read_bytes()), 6, mtime=0))


def test_a_chapter_without_its_figures_is_light(site: Path) -> None:
    for page in sorted(site.glob("chapters/*.html")):
        weights = {path.name: packed(path) for path in loaded(page) if path.name not in FIGURE}
        assert sum(weights.values()) <= BYTES, f"{page.name}: {weights}"
        assert len(weights) <= REQUESTS, f"{page.name}: {sorted(weights)}"


def test_little_stands_before_the_first_line(site: Path) -> None:
    # The one script that does not wait says whether the page is light or dark.
    assert (site / "_static" / "early.js").stat().st_size < 1_200
    for page in pages(site):
        scripts = tree(page).xpath("//script[not(@defer)][not(@async)]/@src")
        assert [s.partition("?")[0].rpartition("/")[2] for s in scripts] == ["early.js"]
    for page in sorted(site.glob("chapters/*.html")):
        sheets = tree(page).xpath("//head/link[@rel='stylesheet']/@href")
        assert "book.css?v=" in sheets[0]
        assert len(sheets) <= 2, f"{page.name}: {sheets}"


def test_only_the_page_of_the_search_loads_it(site: Path) -> None:
    for page in pages(site):
        names = {path.name for path in loaded(page)}
        assert ("search.js" in names) == (page.name == "search.html"), page.relative_to(site)
        assert "searchindex.js" not in names, page.relative_to(site)


def test_pictures_have_their_place_and_wait(site: Path) -> None:
    for page in pages(site):
        for number, picture in enumerate(tree(page).xpath("//article//img")):
            name = f"{page.relative_to(site)}: {picture.attrib['src']}"
            assert picture.get("width") and picture.get("height"), f"{name} has no size"
            if number:
                assert picture.get("loading") == "lazy", name
                assert picture.get("decoding") == "async", name


def test_every_icon_of_a_page_is_in_the_style_sheet(site: Path) -> None:
    css = (site / "_static" / "book.css").read_text("utf-8")
    icons = {
        name
        for page in pages(site)
        for classes in tree(page).xpath(f"//*[{classed('fa-solid')}]/@class")
        for name in classes.split()
        if name.startswith("fa-") and name != "fa-solid"
    }
    missing = [name for name in sorted(icons) if not re.search(rf"\.{name}\b[^{{}}]*{{--fa:", css)]
    assert icons and not missing
    assert "Font Awesome" in css and "CC BY 4.0" in css
