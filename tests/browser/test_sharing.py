"""Sharing a post, in a real Chromium."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 360, "height": 740}
PLACES = {"E-mail", "Mastodon", "Bluesky", "LinkedIn", "WhatsApp", "Telegram"}


@pytest.fixture
def post(site: Path, address: str) -> str:
    """The address of a post."""
    path = sorted(site.glob("blog/2*/*.html"))[0]
    return f"{address}/{path.relative_to(site).as_posix()}"


def test_every_place_gets_the_address_and_the_title(page: Page, post: str) -> None:
    page.goto(post)
    links = page.locator(".share ul a")
    assert set(links.all_text_contents()) == PLACES
    title = page.locator("article h1").evaluate("node => node.firstChild.textContent")
    for link in links.all():
        href = link.get_attribute("href") or ""
        said = " ".join(
            value for values in parse_qs(urlsplit(href).query).values() for value in values
        )
        assert post.split("/", 3)[3] in said, href
        assert title in said or "linkedin" in href, href


def test_the_link_is_copied_and_that_is_said(
    context: BrowserContext, page: Page, post: str, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{post}#share")
    status = page.locator(".share [role=status]")
    assert status.get_attribute("aria-live") == "polite"
    assert status.text_content() == ""
    page.locator(".share button").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The link is copied.").wait_for(timeout=3_000)
    canonical = page.locator("link[rel=canonical]")
    expected = canonical.get_attribute("href") if canonical.count() else post
    assert page.evaluate("navigator.clipboard.readText()") == expected


def test_without_a_clipboard_the_address_is_shown(page: Page, post: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(post)
    page.locator(".share button").click()
    page.locator(".share [role=status]", has_text=urlsplit(post).path).wait_for(timeout=3_000)


def test_the_mastodon_server_can_be_chosen_and_is_kept(page: Page, post: str) -> None:
    page.goto(post)
    link = page.locator(".share a[data-place=Mastodon]")
    before = urlsplit(link.get_attribute("href") or "")
    page.get_by_label("Your Mastodon server").fill("https://social.example.org/@me")
    after = urlsplit(link.get_attribute("href") or "")
    assert (after.netloc, after.path, after.query) == (
        "social.example.org",
        before.path,
        before.query,
    )
    page.get_by_label("Your Mastodon server").fill("no server")
    assert urlsplit(link.get_attribute("href") or "").netloc == "social.example.org"
    page.reload()
    assert urlsplit(link.get_attribute("href") or "").netloc == "social.example.org"


def test_without_scripts_the_links_are_there(browser_without_scripts: Page, post: str) -> None:
    browser_without_scripts.goto(post)
    assert browser_without_scripts.locator(".share ul a:visible").count() == len(PLACES)
    assert not browser_without_scripts.locator(".share-more").is_visible()


@pytest.fixture
def browser_without_scripts(context: BrowserContext) -> Page:
    """A tab in which no script runs."""
    assert context.browser
    return context.browser.new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("name", ["blog/index", "blog/archive", "blog/tag"])
def test_lists_fit_a_phone(page: Page, address: str, name: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{address}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_thumbnails_are_inverted_in_the_dark(context: BrowserContext, address: str) -> None:
    assert context.browser
    dark = context.browser.new_context(color_scheme="dark").new_page()
    dark.goto(f"{address}/blog/index.html")
    style = "getComputedStyle(document.querySelector('.post-card img')).filter"
    assert "invert(1)" in dark.evaluate(style)
    dark.context.close()
