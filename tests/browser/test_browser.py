"""The site in a real Chromium: a phone, the dark theme, the search, the keyboard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

PHONE = {"width": 320, "height": 640}


def chapter(site: Path) -> str:
    """Return the address of a page with a figure and a folded solution."""
    for path in sorted(site.glob("chapters/*.html")):
        text = path.read_text("utf-8")
        if "<figure" in text and re.search(r'<details class="[^"]*\bsolution\b', text):
            return path.relative_to(site).as_posix()
    pytest.fail("no chapter has a figure and a folded solution")


def test_the_dark_theme_inverts_the_figures(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    page.get_by_role("button", name="Colours").click()
    dark = page.locator("#colours button[data-mode=dark]")
    dark.click()
    assert dark.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    style = "getComputedStyle(document.querySelector('article figure img')).filter"
    assert "invert(1)" in page.evaluate(style)


def test_solutions_open_with_the_keyboard(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    solution = page.locator("details.solution").first
    body = solution.locator("p").last
    toggle = solution.locator("summary")
    assert not body.is_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    body.wait_for(state="visible", timeout=3_000)


def test_folded_code_opens_with_the_keyboard(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    code = page.locator("details.fold.code").first
    code.locator("summary").focus()
    assert not code.locator("pre").first.is_visible()
    page.keyboard.press("Enter")
    pre = code.locator("pre").first
    assert pre.is_visible()
    wide = pre.evaluate("pre => pre.scrollWidth > pre.clientWidth")
    if wide:
        expect(pre).to_have_attribute("tabindex", "0")
    else:
        expect(pre).not_to_have_attribute("tabindex", "0")


def test_a_search_starts_from_any_page_and_only_then_loads_its_index(
    page: Page, site: Path, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{chapter(site)}")
    page.keyboard.press("Control+k")
    field = page.locator("#search-field")
    expect(field).to_be_focused()
    assert not any("pagefind" in url for url in asked)
    field.fill("governments")
    field.press("Enter")
    page.locator("#search-results [role=status]", has_text="found").wait_for(timeout=30_000)
    assert any("pagefind" in url for url in asked)


def test_the_menu_of_colours_opens_below_its_button(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    button = page.get_by_role("button", name="Colours")
    button.click()
    outer, inner = button.bounding_box(), page.locator("#colours").bounding_box()
    assert outer and inner
    assert inner["y"] >= outer["y"] + outer["height"] - 1
    assert abs(inner["x"] + inner["width"] - outer["x"] - outer["width"]) < 3


def test_a_choice_of_colours_lasts(page: Page, site: Path, address: str) -> None:
    html = page.locator("html")
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/{chapter(site)}")
    page.get_by_role("button", name="Colours").click()
    page.locator("#colours button[data-mode=dark]").click()
    page.goto(f"{address}/index.html")
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Colours").click()
    page.locator("#colours button[data-mode=auto]").click()
    expect(html).to_have_attribute("data-theme", "light")
    page.emulate_media(color_scheme="dark")
    expect(html).to_have_attribute("data-theme", "dark")


def test_links_have_one_colour_in_the_text_and_in_tables(page: Page, address: str) -> None:
    colour = "link => getComputedStyle(link).color"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/notebooks/index.html")
        in_table = page.locator("article .table td a").first.evaluate(colour)
        assert in_table == page.locator("article section > p a").first.evaluate(colour)


def test_icons_are_drawn(page: Page, site: Path, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{address}/{chapter(site)}")
    page.locator(".fa-solid:visible").first.wait_for()
    fonts = "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    assert any("Font Awesome" in family for family in page.evaluate(fonts))
    signs = """[...document.querySelectorAll('.fa-solid')].map(
        icon => getComputedStyle(icon, '::before').content)"""
    assert "none" not in page.evaluate(signs)


def test_code_can_be_copied(context: BrowserContext, site: Path, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/{chapter(site)}")
    code = page.locator("details.fold.code").first
    code.locator("summary").click()
    code.locator("pre").first.hover()
    code.locator("button.copybtn").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.locator("pre").first.inner_text().strip()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_when_the_scripts_come_late(
    browser: Browser, site: Path, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 412, "height": 823})
    page.add_init_script("""
        window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => { window.moved += e.value }))
            .observe({type: "layout-shift", buffered: true});
    """)

    def delay(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/*.js*", delay)
    page.goto(f"{address}/{chapter(site)}", wait_until="commit")
    page.locator("article h1").wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.01
    page.close()


def test_two_clicks_on_a_figure_open_it_once(page: Page, site: Path, address: str) -> None:
    held: list[Route] = []
    page.goto(f"{address}/{chapter(site)}")
    figure = page.locator("a.figure-open").first
    page.route("**/figures/*.html", lambda route: held.append(route))
    with page.expect_request("**/figures/*.html"):
        figure.click()
    figure.click()
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.wait_for_timeout(300)
    assert (len(held), page.locator("dialog").count()) == (1, 1)


def test_figures_keep_their_shape_on_a_phone(page: Page, site: Path, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shape = """[...document.querySelectorAll('article img')].filter(i => i.naturalWidth).map(
        i => i.clientHeight / i.clientWidth * i.naturalWidth / i.naturalHeight)"""
    for name in ("blog/index.html", chapter(site)):
        page.goto(f"{address}/{name}")
        found = page.evaluate(shape)
        assert found and all(0.98 < ratio < 1.02 for ratio in found), name


def test_figures_wait_and_are_there_on_paper(page: Page, site: Path, address: str) -> None:
    page.goto(f"{address}/{chapter(site)}")
    there = (
        "[...document.querySelectorAll('article img')].map(i => i.complete && i.naturalWidth > 0)"
    )
    assert not all(page.evaluate(there))
    page.pdf()
    assert all(page.evaluate(there))
