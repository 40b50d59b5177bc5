"""The list of countries in a real Chromium: box, table and map, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

LIST = "countries/index.html"
WANTED = {
    "kenya": "kenya",
    "Kenya": "kenya",
    "Türkiye": "turkiye",
    "Holy See": "holy-see",
    "turkiye": "turkiye",
    "Turkey": "turkiye",
    "Burma": "myanmar",
    "Holland": "netherlands",
    "holy see": "holy-see",
    "vatican": "holy-see",
    "cote d'iv": "cote-d-ivoire",
    "England": "united-kingdom",
    "DRC": "democratic-republic-of-the-congo",
    "DPRK": "north-korea",
}


@pytest.mark.parametrize("typed", WANTED)
def test_a_place_is_two_actions_away(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}/{LIST}")
    page.locator("#country-find").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/countries/{WANTED[typed]}.html")


def test_the_box_says_how_many_it_found(page: Page, address: str) -> None:
    page.goto(f"{address}/{LIST}")
    box, status = page.locator("#country-find"), page.locator(".country-find [role=status]")
    box.fill("guinea")
    expect(status).to_have_text("4 found")
    box.fill("atlantis")
    expect(status).to_have_text("None found")
    page.keyboard.press("Escape")
    expect(page.locator(".country-letters li:visible")).to_have_count(197)


def test_enter_in_the_empty_box_does_nothing(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/{LIST}")
    for typed in ("", " ", "atlantis"):
        page.locator("#country-find").fill(typed)
        page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert not errors and page.url.endswith(LIST)


def column(page: Page, index: int) -> list[str]:
    """Return the cells of a column as they stand."""
    cells = page.locator(f"table.country-table tbody tr > :nth-child({index + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_columns_sort_by_keyboard_and_the_uncounted_stay_last(page: Page, address: str) -> None:
    page.goto(f"{address}/{LIST}")
    head = page.locator("table.country-table thead th").nth(3)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    requests = [int(text.replace(",", "")) for text in column(page, 3)]
    assert requests == sorted(requests, reverse=True)
    assert column(page, 0)[0] == "Russia"
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    places = page.locator("table.country-table thead th").nth(2).get_by_role("button")
    places.click()
    found = column(page, 2)
    assert found[0] == "1"
    assert found[-4:] == ["not ranked"] * 4
    ranked = list(map(int, found[:-4]))
    assert ranked == sorted(ranked)
    places.click()
    assert column(page, 2)[0] == str(max(ranked))
    assert column(page, 2)[-1] == "not ranked"
    months = page.locator("table.country-table thead th").nth(1).get_by_role("button")
    for down in (False, True):
        months.click()
        found = column(page, 1)
        known = [text for text in found if re.fullmatch(r"\d{4}-\d{2}", text)]
        assert known == sorted(known, reverse=down) == found[: len(known)]
        assert sum(text.endswith("doubtful") for text in found[len(known) :]) == 9
    page.locator("table.country-table thead th").nth(0).get_by_role("button").click()
    assert column(page, 0)[0] == "Afghanistan"


def test_a_country_on_the_map_leads_to_its_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/{LIST}")
    brazil = page.locator('svg.country-map a[href="brazil.html"] path')
    brazil.click()
    page.wait_for_url("**/countries/brazil.html")


def test_without_a_script_all_links_are_there(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/{LIST}")
    expect(page.locator(".country-find")).to_be_hidden()
    expect(page.locator(".country-letters li a:visible")).to_have_count(197)
    page.get_by_role("link", name="Kenya", exact=True).first.click()
    page.wait_for_url("**/countries/kenya.html")
    page.close()


@pytest.mark.parametrize(
    "name", ["index", "italy", "myanmar", "nauru", "holy-see", "united-states"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/countries/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    letters = page.eval_on_selector_all(
        "svg.strip",
        "all => all.map(s => 11 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)",
    )
    assert all(size >= 10 for size in letters)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("typed", ["Kenya", "Türkiye", "Burma", "Holland", "Holy See"])
def test_a_search_from_any_page_finds_a_place_first(
    page: Page, address: str, typed: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/chapters/control.html")
    if width < 1000:  # there the field is behind its sign
        page.locator("a.bar-button.narrow").click()
        page.get_by_label("Search the site").last.fill(typed)
    else:
        page.locator("#search-field").fill(typed)
        page.keyboard.press("Enter")
    first = page.locator(".search-found > li > .search-title a").first
    expect(first).to_have_attribute("href", re.compile(f"{WANTED[typed]}\\.html"), timeout=30_000)
    first.click()
    page.wait_for_url(f"**/countries/{WANTED[typed]}.html*")
