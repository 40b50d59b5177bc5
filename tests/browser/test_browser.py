"""The site in a real Chromium: a phone, the dark theme, the search, the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 360, "height": 740}


def names(site: Path) -> list[str]:
    """Return the addresses of the pages, the highlighted code apart."""
    paths = (path.relative_to(site) for path in sorted(site.rglob("*.html")))
    return [p.as_posix() for p in paths if p.parts[0] not in {"_static", "_modules"}]


def chapter(site: Path) -> str:
    """Return the address of a page with a figure and a folded solution."""
    for path in sorted(site.glob("chapters/*.html")):
        text = path.read_text("utf-8")
        if "<figure" in text and "dropdown" in text:
            return path.relative_to(site).as_posix()
    pytest.fail("no chapter has a figure and a folded solution")


def test_pages_fit_a_phone_stay_at_home_and_are_silent(
    context: BrowserContext, site: Path, address: str
) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide, strangers, errors = [], set(), []
    page.on("request", lambda request: strangers.add(request.url))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in names(site):
        page.goto(f"{address}/{name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append(f"{name}: {width} px")
    outside = sorted(url for url in strangers if not url.startswith((address, "data:")))
    assert not wide, f"pages that scroll sideways at {PHONE['width']} px: {wide}"
    assert not outside, f"requests that leave the site: {outside}"
    assert not errors, f"messages in the browser's console: {errors}"


def test_the_dark_theme_inverts_the_figures(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    page.locator("button.theme-switch-button:visible").first.click()
    page.locator("button.theme-change-button[data-mode=dark]:visible").first.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    style = "getComputedStyle(document.querySelector('article figure img')).filter"
    assert "invert(1)" in page.evaluate(style)


def test_the_search_finds_a_word(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=adoption")
    # The summary changes from "Searching" when the last result is in.
    page.locator("#search-results .search-summary", has_text="found").wait_for(timeout=10_000)
    assert page.locator("#search-results li a").count() > 0


def test_solutions_open_with_the_keyboard(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    solution = page.locator(".solution.dropdown").first
    body = solution.locator(".section, p:not(.admonition-title), section").last
    toggle = solution.locator("button, summary").first
    assert not body.is_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    body.wait_for(state="visible", timeout=3_000)


def test_folded_code_opens_with_the_keyboard(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    code = page.locator("details.hide").first
    code.locator("summary").focus()
    page.keyboard.press("Enter")
    assert code.locator("pre").first.is_visible()


def test_the_focus_is_visible(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2
