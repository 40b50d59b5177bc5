"""Pages on paper: nothing is cut, no heading stands over nothing, heads are on each sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.editions import classed, pages, tree

SHEET = {"width": 718, "height": 1000}  # A4 between margins of a centimetre, in pixels
WIDE = """() => [...document.querySelectorAll("main *")]
    .filter((box) => box.scrollWidth > box.clientWidth + 2 && box.clientWidth
        && !["visible", "hidden"].includes(getComputedStyle(box).overflowX))
    .map((box) => `${box.tagName}.${box.className}: ${box.scrollWidth} of ${box.clientWidth}`)"""


def with_code_or_wide_rows(site: Path) -> list[str]:
    """Return the labs with solutions, the pages with a frame of data, and the widest tables."""
    labs = sorted(site.glob("notebooks/solutions/*.html"))
    heads = f"//*[{classed('table-rows')}]//thead//th"
    columns = {page: len(tree(page).xpath(heads)) for page in pages(site / "data")}
    tables = sorted(columns, key=lambda page: columns[page])[-25:]
    return [page.relative_to(site).as_posix() for page in (*labs, *tables)]


EMPTY = """() => [...document.querySelectorAll(".bd-article .cell")]
    .filter((box) => box.getClientRects().length && !box.innerText.trim()
        && !box.querySelector("img, svg"))
    .length"""


@pytest.mark.parametrize("folder", ["", "it/"])
def test_nothing_is_cut(page: Page, address: str, site: Path, folder: str) -> None:
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    cut = {}
    for name in with_code_or_wide_rows(site):
        page.goto(f"{address}/{folder}{name}")
        if wide := page.evaluate(WIDE):
            cut[name] = wide
    assert not cut


def test_no_empty_box_parts_a_heading_from_its_figure(page: Page, address: str) -> None:
    page.goto(f"{address}/chapters/ranking.html")
    page.emulate_media(media="print")
    assert page.locator(".bd-article .cell").count() > 10
    assert page.evaluate(EMPTY) == 0


def test_the_list_of_countries_has_heads_and_no_empty_heading(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/countries/index.html")
    expect(page.locator("#on-map")).to_be_hidden()
    # A box in a head is left out where the head is repeated.
    button = page.locator("table.country-table thead button").first
    assert button.evaluate("button => getComputedStyle(button).display") == "contents"


def test_the_end_of_a_page_names_nothing_that_is_not_there(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.locator("[data-offer]").first.evaluate("offer => { offer.hidden = false; }")
    page.emulate_media(media="print")
    expect(page.get_by_text("To take away", exact=True)).to_be_hidden()
    expect(page.locator("[data-offer]").first).to_be_hidden()
    expect(page.locator(".site-end p").last).to_be_visible()
