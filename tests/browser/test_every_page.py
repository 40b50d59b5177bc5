"""Every page of the site, on a phone and on a desk: axe, its policy, its width, its silence."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, Page, async_playwright
from playwright.sync_api import Page as SyncPage

from tests.browser.axe import AXE, MARK, RUN
from tests.browser.conftest import DRAWN, FLAGS, chromium
from tests.editions import OTHERS, pages

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
# Of these there are many of a kind.
MANY = ("_modules/", "countries/", "data/", "figures/", "numbers/")
SEARCHES = ("search.html?q=adoption", "it/search.html?q=adozione")
NOTE_BROKEN = """window.broken = [];
addEventListener("securitypolicyviolation", (event) => {
    window.broken.push(`${event.effectiveDirective} ${event.blockedURI}`);
});"""


class Visit(NamedTuple):
    """A page that was visited: its policy, what broke it, what axe found, its width on a phone."""

    policy: str
    broken: list[str]
    findings: list[str]
    width: int


class Walk:
    """A walk through the pages of a site; what it asked for, and what the browser complained of."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.visits: dict[str, Visit] = {}
        self.asked: set[str] = set()
        self.errors: list[str] = []
        # The looks of words whose contrast was measured on a page before.
        self._seen: set[str] = set()

    async def through(self, names: list[str]) -> None:
        """Visit pages, as many at a time as there are processors."""
        left = iter(names)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            await asyncio.gather(*(self._some(browser, left) for _ in range(os.cpu_count() or 1)))
            await browser.close()

    async def _some(self, browser: Browser, left: Iterator[str]) -> None:
        page = await browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        await page.add_init_script(NOTE_BROKEN)
        page.on("request", lambda request: self.asked.add(request.url))
        page.on("console", lambda line: self._complaint(page, line.type, line.text))
        page.on("pageerror", lambda error: self._complaint(page, "error", str(error)))
        for name in left:
            self.visits[name] = await self._visit(page, name)

    def _complaint(self, page: Page, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(f"{page.url.removeprefix(self.address)}: {text}")

    async def _visit(self, page: Page, name: str) -> Visit:
        """Open a page as on a phone, and see it on a desk; axe comes in when all else is known."""
        await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        response = await page.goto(f"{self.address}/{name}")
        assert response
        if "?q=" in name:
            await page.locator(".search-found > li").first.wait_for()
        width = await page.evaluate("document.documentElement.scrollWidth")
        broken = await page.evaluate("window.broken")
        await page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        await page.evaluate(DRAWN)
        await page.evaluate(AXE)
        self._seen |= set(await page.evaluate(MARK, list(self._seen)))
        found = [text[:300] for text in await page.evaluate(RUN, "html")]
        return Visit(response.headers.get("content-security-policy", ""), broken, found, width)


@pytest.fixture(scope="module")
def walk(site: Path, address: str) -> Walk:
    """All pages, each visited once; of another language those of which there are few of a kind."""
    names = [path.relative_to(site).as_posix() for path in pages(site)]
    few = [name for name in names if not name.startswith(MANY)]
    names += [f"{code}/{name}" for code in OTHERS for name in few]
    done = Walk(address)
    # A loop of its own: that of the other tests' browser runs in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(done.through([*names, *SEARCHES]))).result()
    return done


def test_axe_finds_nothing_on_any_page(walk: Walk) -> None:
    problems = [f"{name}: {found}" for name, v in walk.visits.items() for found in v.findings]
    assert not problems, "\n".join(problems)


def test_faint_words_are_found_on_a_page_that_looks_like_others(walk: Walk, page: SyncPage) -> None:
    page.goto(f"{walk.address}/chapters/adoption.html")
    page.evaluate(AXE)
    seen = page.evaluate(MARK, [])
    page.evaluate("document.querySelector('[data-fresh]').removeAttribute('data-fresh')")
    assert len(seen) > 20 and page.evaluate(MARK, seen) == []
    page.evaluate("document.querySelectorAll('article p')[3].style.color = '#ccc'")
    assert len(page.evaluate(MARK, seen)) > 0
    assert [found.partition(":")[0] for found in page.evaluate(RUN, "html")] == ["color-contrast"]


def test_pages_fit_a_phone_stay_at_home_and_are_silent(walk: Walk) -> None:
    limit = PHONE["width"]
    wide = [f"{name}: {v.width} px" for name, v in walk.visits.items() if v.width > limit]
    outside = sorted(url for url in walk.asked if not url.startswith((walk.address, "data:")))
    assert not wide, f"pages that scroll sideways at {limit} px: {wide}"
    assert not outside, f"requests that leave the site: {outside}"
    assert not walk.errors, f"messages in the browser's console: {walk.errors}"


def test_no_page_breaks_the_policy(page: SyncPage, site: Path, walk: Walk) -> None:
    strict = "default-src 'none'"
    problems = [f"{name}: no policy" for name, v in walk.visits.items() if strict not in v.policy]
    problems += [
        f"{name}: {broken}" for name, visit in walk.visits.items() for broken in visit.broken
    ]
    assert not problems, "\n".join(problems)
    picture = next(site.glob("_images/*.svg")).relative_to(site)
    response = page.goto(f"{walk.address}/{picture}")
    assert response and strict in response.headers["content-security-policy"]
