"""The built site behind a web server that sends its headers, and a browser to read it with."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.editions import ROOT_PATH

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Until the page is laid out, and its scripts have measured what scrolls.
DRAWN = "new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); })"


class Server(http.server.SimpleHTTPRequestHandler):
    """A web server that sends the headers which the site asks for, and writes no line a request."""

    headers_of_the_site: ClassVar[list[tuple[str, str]]] = []

    def translate_path(self, path: str) -> str:
        """Return the file of an address, which begins with the path that the site will have."""
        return super().translate_path(f"/{path.removeprefix(ROOT_PATH)}")

    def end_headers(self) -> None:
        """Send the headers of the site after the others."""
        for name, value in self.headers_of_the_site:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site behind a local web server, under its own policy."""
    first, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    Server.headers_of_the_site = [
        (name.strip(), value.strip()) for name, value in (line.split(":", 1) for line in lines)
    ]
    handler = functools.partial(Server, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{ROOT_PATH}".rstrip("/")
        server.shutdown()


def chromium() -> str:
    """Return where Debian's Chromium is."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("chromium not found; run: sudo apt-get install chromium", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one module: its event loop would be in the way of other tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past."""
    fresh = browser.new_context()
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of a desktop's size."""
    return context.new_page()
