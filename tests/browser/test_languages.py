"""The languages in Chromium: the switch leads to the same section; the offer comes once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from conf import BASE_URL
from tests.editions import BASE

OFFER = "[data-offer]"
LONG = "chapters/adoption.html"


def heading(page: Page) -> tuple[str, float]:
    """Return the section that the address names, and how far from the top of the window it is."""
    found: tuple[str, float] = page.evaluate(
        """() => {
            const id = location.hash.slice(1);
            return [id, document.getElementById(id).getBoundingClientRect().top];
        }"""
    )
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_the_switch_leads_to_the_section_that_one_reads_and_back(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/{LONG}")
    ids = page.eval_on_selector_all(
        "main section section[id]", "sections => sections.map(one => one.id)"
    )
    target = ids[3]
    page.evaluate("id => document.getElementById(id).scrollIntoView()", target)
    for code in ("it", "en"):
        if width < 800:
            page.locator("button[popovertarget=contents]").first.click()
        link = page.locator(f"a.language[hreflang={code}]:visible")
        expect(link).to_have_count(1)
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/it/{LONG}#*" if code == "it" else f"{address}/{LONG}#*")
        assert page.locator("html").get_attribute("lang") == code
        identity, top = heading(page)
        assert identity == target and -10 < top < 300
    page.close()


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("countries/hub.html", "#hub?home=FRA&measure=google&countries=DEU"),
        ("chapters/ranking.html", "#reweigh?edition=2003"),
        ("search.html", "?q=Kenya"),
    ],
)
def test_what_one_has_chosen_goes_along(page: Page, address: str, name: str, chosen: str) -> None:
    page.goto(f"{address}/{name}{chosen}")
    page.wait_for_load_state("networkidle")
    kept = page.evaluate("location.search + location.hash")
    page.locator("a.language[hreflang=it]:visible").first.click()
    page.wait_for_url(f"{address}/it/{name}*")
    assert page.evaluate("location.search + location.hash") == kept
    assert kept.startswith(chosen[:12])


def test_at_the_top_of_a_page_the_switch_leads_to_the_top(page: Page, address: str) -> None:
    page.goto(f"{address}/{LONG}")
    page.locator("a.language[hreflang=it]:visible").click()
    page.wait_for_url(f"{address}/it/{LONG}")


@pytest.mark.parametrize(
    ("start", "asks", "offered"),
    [("", "it-IT", "it"), ("", "en-GB", ""), ("", "de-DE", ""), ("it/", "en-US", "en")],
)
def test_the_front_page_offers_the_language_of_the_browser_once(
    browser: Browser, address: str, start: str, asks: str, offered: str
) -> None:
    context = browser.new_context(locale=asks)
    page = context.new_page()
    page.goto(f"{address}/{start}index.html")
    shown = page.locator(f"{OFFER}:visible")
    assert (
        shown.evaluate_all("boxes => boxes.map(box => box.dataset.offer)")
        == [offered][: bool(offered)]
    )
    # It is not forced: the page stays as it is, and the second time nothing is offered.
    assert page.url == f"{address}/{start}index.html"
    page.goto(f"{address}/{LONG}")
    assert page.locator(OFFER).count() == 0
    page.goto(f"{address}/{start}index.html")
    expect(shown).to_have_count(0)
    context.close()


def test_the_offer_can_be_taken_or_closed_by_the_keyboard(browser: Browser, address: str) -> None:
    for key, expected in (
        ("link", f"{address}/it/index.html"),
        ("button", f"{address}/index.html"),
    ):
        context = browser.new_context(locale="it-IT")
        page = context.new_page()
        page.goto(f"{address}/index.html")
        box = page.locator(f"{OFFER}:visible")
        expect(box).to_have_count(1)
        box.get_by_role(key).focus()  # type: ignore[arg-type]
        page.keyboard.press("Enter")
        page.wait_for_url(expected)
        expect(page.locator(f"{OFFER}:visible")).to_have_count(0)
        context.close()


@pytest.mark.parametrize("name", ["index.html", LONG, "countries/kenya.html"])
def test_search_engines_get_the_whole_address_of_each_edition(
    page: Page, address: str, name: str
) -> None:
    page.goto(f"{address}/{name}")
    found = page.eval_on_selector_all(
        "link[hreflang]", "links => links.map(link => [link.hreflang, link.getAttribute('href')])"
    )
    root = BASE if BASE_URL else f"{address}/"
    here, there = f"{root}{name}", f"{root}it/{name}"
    assert dict(found) == {"en": here, "it": there, "x-default": here}
