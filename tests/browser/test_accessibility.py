"""The site by keyboard, for screen readers, on paper, and without a script (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import DRAWN, FLAGS, chromium
from tests.browser.kinds import KINDS, page_of

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
MOST_STOPS = 1_000
# What a reader at the keyboard sees of the element with the focus, and what it is called.
STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const look = getComputedStyle(at), box = at.getBoundingClientRect();
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
    // Of what is taller than half a screen, a part below the bar is to be seen.
    const bar = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
    const least = box.height > innerHeight / 2 ? Math.min(bar + 20, box.bottom - 1) : 1;
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), least), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const label = at.labels?.[0]?.textContent ?? '';
    const by = at.getAttribute('aria-labelledby');
    const words = [at.getAttribute('aria-label'), by && document.getElementById(by).textContent,
        label, at.textContent, at.querySelector('img')?.alt, at.title];
    return {
        what: at.outerHTML.slice(0, 120),
        ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
        covered: !(at.contains(top) || top?.contains(at)) && !!top?.closest('.bar, [popover]'),
        name: words.map((one) => one?.trim()).find(Boolean),
    };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_theme_on_a_phone(
    browser: Browser, site: Path, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport=NARROW, color_scheme=scheme)  # type: ignore[arg-type]
    problems, seen = [], set[str]()
    for kind in KINDS:
        page.goto(f"{address}/{page_of(site, kind)}")
        for fold in page.locator("article details").all()[:3]:
            fold.evaluate("fold => { fold.open = true }")
        page.evaluate(DRAWN)
        problems += [f"{kind}: {found[:300]}" for found in findings(page, seen=seen)]
        page.get_by_role("button", name="Contents", exact=True).click()
        found_there = findings(page, "#contents", seen)
        problems += [f"{kind}, menu: {found[:300]}" for found in found_there]
    page.close()
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_while_a_figure_is_open(
    page: Page, site: Path, address: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    page.locator("a.figure-open").first.click()
    expect(page.locator("dialog[open] h1")).to_be_visible()
    twice = """() => {
        const ids = [...document.querySelectorAll('[id]')].map(({id}) => id);
        return ids.filter((id, place) => ids.indexOf(id) !== place);
    }"""
    assert page.evaluate(twice) == []
    assert page.locator("main").count() == 1
    problems = findings(page) + findings(page, "dialog")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_stop_of_the_keyboard_is_seen_and_has_a_name(
    page: Page, site: Path, address: str, kind: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{address}/{page_of(site, kind)}")
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert 5 < len(stops) < MOST_STOPS
    problems = [
        f"{fault}: {stop['what']}"
        for stop in stops
        for fault, bad in (
            ("no ring", not stop["ring"]),
            ("covered", stop["covered"]),
            ("no name", not stop["name"]),
        )
        if bad
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("menu", ["contents", "on-this-page"])
def test_a_menu_opens_says_so_closes_and_hands_the_focus_back(
    page: Page, site: Path, address: str, menu: str
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    button = page.locator(f"button[popovertarget={menu}]:not([popovertargetaction])")
    expect(button).to_have_attribute("aria-expanded", "false")
    for key in ("Enter", " "):
        button.focus()
        page.keyboard.press(key)
        expect(page.locator(f"#{menu}")).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.activeElement.closest('#{menu}') !== null")
        page.keyboard.press("Escape")
        expect(page.locator(f"#{menu}")).to_be_hidden()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")


def test_who_leaves_a_menu_by_the_keyboard_closes_it(page: Page, site: Path, address: str) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    page.locator("button[popovertarget=on-this-page]").click()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#on-this-page")).to_be_hidden()


def test_the_menu_of_a_phone_has_a_search_and_shows_where_one_is(
    page: Page, site: Path, address: str
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{address}/chapters/lessons.html")
    page.get_by_role("button", name="Contents", exact=True).click()
    menu = page.locator("#contents")
    expect(menu.get_by_label("Search the site")).to_be_visible()
    here = menu.locator("a[aria-current=page]")
    expect(here).to_be_in_viewport()
    assert "chapters/lessons" in page.url and here.count() == 1
    assert menu.locator("details[open]").count() == 1
    menu.get_by_role("button", name="Close").click()
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_script_the_system_says_light_or_dark_and_all_is_reachable(
    browser: Browser, site: Path, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        color_scheme=scheme,
        viewport=NARROW,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    page.get_by_role("button", name="Contents").click()
    menu = page.locator("#contents")
    expect(menu.get_by_role("link", name="Front page")).to_be_visible()
    expect(menu.get_by_label("Search the site")).to_be_visible()
    # Without a script the browser runs none of ours either: what is drawn is read from a picture.
    page.keyboard.press("Escape")
    shown = page.screenshot(clip={"x": 1, "y": 300, "width": 4, "height": 4})
    assert is_dark(shown) == (scheme == "dark")
    assert page.locator(".pst-js-only:visible").count() == 0
    context.close()


def is_dark(picture: bytes) -> bool:
    """Return whether the picture of a spot is dark."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return max(image.convert("L").tobytes()) < 100


def test_on_paper_the_colours_are_light_and_the_frame_is_gone(
    browser: Browser, site: Path, address: str
) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    ink = "getComputedStyle(document.querySelector('article p')).color"
    ground = "getComputedStyle(document.body).backgroundColor"
    assert brightness(page.evaluate(ink)) > 150 > 100 > brightness(page.evaluate(ground))
    page.emulate_media(media="print", color_scheme="dark")
    assert brightness(page.evaluate(ink)) < 100
    assert "0, 0, 0, 0" in (found := page.evaluate(ground)) or brightness(found) > 240
    picture = "getComputedStyle(document.querySelector('article figure img')).filter"
    assert page.evaluate(picture) == "none"
    for gone in (".bar", "#contents", "#on-this-page", ".page-tools", "details.fold"):
        assert not page.locator(gone).first.is_visible(), gone
    page.close()


def test_the_size_of_letters_is_the_readers(browser: Browser, site: Path, address: str) -> None:
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    larger = browser.browser_type.launch(executable_path=chromium(), args=flags)
    page = larger.new_page()
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    assert page.evaluate("getComputedStyle(document.querySelector('article p')).fontSize") == "34px"
    larger.close()


def brightness(colour: str) -> float:
    """Return the mean of red, green and blue."""
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def test_a_page_cannot_be_made_to_run_what_is_written_into_it(
    page: Page, site: Path, address: str
) -> None:
    page.goto(f"{address}/{page_of(site, 'chapter')}")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
    }""")
    assert not page.evaluate("window.ran === true")
