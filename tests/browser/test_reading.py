"""Previews of what a reference leads to, citations that are copied, and the measure of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.kinds import page_of

KINDS = {
    "term": "a[data-preview][href*='glossary.html#term']",
    "source": "a[data-preview][href*='bibliography.html#']",
    "figure": "a[data-preview][href^='#fig-']",
}


@pytest.fixture
def chapter(page: Page, site: Path, address: str) -> Page:
    """A chapter with terms, citations and references to its figures."""
    page.goto(f"{address}/chapters/adoption.html")
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_shows_on_focus_and_leaves_with_it(chapter: Page, kind: str) -> None:
    link = chapter.locator(KINDS[kind]).first
    box = chapter.locator(f"#{link.get_attribute('data-preview')}")
    expect(box).to_be_hidden()
    chapter.keyboard.press("Tab")
    link.focus()
    expect(box).to_be_visible()
    assert len(box.inner_text()) > 20
    if kind == "figure":
        loaded = "image => image.complete && image.naturalWidth > 0"
        chapter.wait_for_function(f"({loaded})(document.querySelector('#{box_id(link)} img'))")
    # What the preview is of stays in view (WCAG 1.4.13 and 2.4.11).
    at, shown = link.bounding_box(), box.bounding_box()
    assert at and shown
    assert shown["y"] >= at["y"] or shown["y"] + shown["height"] <= at["y"] + at["height"]
    chapter.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()


def box_id(link: object) -> str:
    """Return the identifier of the preview of a link."""
    name: str = link.get_attribute("data-preview")  # type: ignore[attr-defined]
    return name


def test_a_preview_stays_while_the_mouse_is_on_it(chapter: Page) -> None:
    link = chapter.locator(KINDS["source"]).first
    box = chapter.locator(f"#{box_id(link)}")
    link.hover()
    expect(box).to_be_visible()
    box.hover()
    chapter.wait_for_timeout(700)
    expect(box).to_be_visible()
    chapter.mouse.move(2, 2)
    expect(box).to_be_hidden()


def test_a_mouse_that_crosses_another_link_leaves_no_preview_open(chapter: Page) -> None:
    place = chapter.evaluate("""() => {
        const links = [...document.querySelectorAll("a[data-preview]")];
        const line = (link) => link.getBoundingClientRect().top + scrollY;
        return links.findIndex((link, n) => n && line(link) === line(links[n - 1]));
    }""")
    second, first = (chapter.locator("a[data-preview]").nth(place - back) for back in (0, 1))
    first.hover()
    box = chapter.locator(f"#{box_id(first)}")
    expect(box).to_be_visible()
    crossed = second.bounding_box()
    assert crossed
    chapter.mouse.move(crossed["x"] + 2, crossed["y"] + crossed["height"] / 2)
    chapter.mouse.move(2, 2)
    chapter.wait_for_timeout(400)
    expect(chapter.locator(".preview:popover-open")).to_have_count(0)


def test_the_first_tap_shows_and_the_second_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}/chapters/adoption.html")
    link = page.locator(KINDS["term"]).first
    link.tap()
    expect(page.locator(f"#{box_id(link)}")).to_be_visible()
    assert page.url.endswith("adoption.html")
    page.locator(f"#{box_id(link)} a").tap()
    page.wait_for_url("**/back/glossary.html#term-*")
    context.close()


def test_a_citation_is_copied_and_that_is_said(
    context: BrowserContext, site: Path, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    page.locator("#cite summary", has_text="BibTeX").click()
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.locator("#cite [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@incollection{governing")


@pytest.mark.parametrize("width", [1280, 1440])
def test_a_line_has_about_seventy_letters_of_seventeen_pixels(
    page: Page, site: Path, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).fontSize") == "17px"
    letters = page.evaluate("""() => {
        const paragraph = document.querySelector("article section > p");
        const line = parseFloat(getComputedStyle(paragraph).lineHeight);
        return paragraph.textContent.length / Math.round(paragraph.clientHeight / line);
    }""")
    assert 58 <= letters <= 80


def test_the_front_page_shows_its_ways_in_one_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/index.html")
    for selector in ("a.start", ".takeaway", ".findings"):
        assert page.locator(f"article {selector}").first.is_visible()
        box = page.locator(f"article {selector}").first.bounding_box()
        assert box and box["y"] + box["height"] <= 800, selector
    chapters = page.locator(".chapter-list").bounding_box()
    assert chapters and chapters["y"] < 800
