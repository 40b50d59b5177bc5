"""The EPUB in a reading system: epub.js in a real Chromium."""

from __future__ import annotations

import base64
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server


class Quiet(Server):
    """A server of the reading system, which has a policy of its own."""

    headers_of_the_site: ClassVar[list[tuple[str, str]]] = []


# Opens the book, and shows a page of it; returns what the frame of the page holds.
SHELL = """<!DOCTYPE html><meta charset="utf-8"><title>Reader</title>
<style>body { margin: 0 } #book { height: 100vh; width: 100vw }</style><div id="book"></div>
<script src="jszip/dist/jszip.min.js"></script><script src="epubjs/dist/epub.min.js"></script>
<script>
  let book, rendition;
  async function open_(base64) {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    book = ePub(bytes.buffer);
    rendition = book.renderTo("book", { width: "100%", height: "100%", flow: "scrolled-doc" });
    const { toc } = await book.loaded.navigation;
    const { title, language } = await book.loaded.metadata;
    const entries = toc.map(e => ({ label: e.label.trim(), below: e.subitems.length }));
    return { title, language, toc: entries };
  }
  async function show(address) {
    await rendition.display(address);
    const frame = document.querySelector("iframe").contentDocument;
    await Promise.all([...frame.images].map(i => i.decode().catch(() => {})));
    return {
      text: frame.body.innerText,
      wide: frame.documentElement.scrollWidth,
      width: frame.defaultView.innerWidth,
      images: [...frame.images].map(i => i.naturalWidth),
      math: frame.querySelectorAll("math").length,
      formula: Math.max(0, ...[...frame.querySelectorAll("math")].map(m => m.clientHeight)),
      ground: getComputedStyle(frame.querySelector("figure img") || frame.body).backgroundColor,
      letters: getComputedStyle(frame.body).color,
    };
  }
</script>"""
PLACES = [
    "cover.xhtml",
    "title.xhtml",
    "nav.xhtml",
    "index.xhtml",
    "chapters/adoption.xhtml",
    "chapters/ranking.xhtml",
    "back/checklist.xhtml",
    "back/data.xhtml",
    "back/bibliography.xhtml",
    "genindex.xhtml",
    "notebooks/solutions/05-build-and-break-a-ranking.xhtml",
]

# The notebooks, and the page of the spreadsheet.
LABS = 1 + len(list((Path(__file__).parents[2] / "notebooks" / "solutions").glob("*.ipynb")))


@pytest.fixture(scope="module")
def reader(tools: Path) -> Iterator[str]:
    """The address of the reading system."""
    folder = tools / "node_modules"
    (folder / "reader.html").write_text(SHELL, "utf-8")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/reader.html"
        server.shutdown()


def opened(page: Page, reader: str, epub_file: Path) -> Any:
    """Open the book and return what the reading system knows of it."""
    page.goto(reader)
    return page.evaluate("open_", base64.b64encode(epub_file.read_bytes()).decode())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600])
def test_pages_fit_the_screen_by_day_and_by_night(
    browser: Browser, reader: str, epub_file: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    opened(page, reader, epub_file)
    for place in PLACES:
        found = page.evaluate("show", place)
        assert found["wide"] <= found["width"], f"{place} is wider than the screen"
        assert all(found["images"]), f"{place}: a picture is not drawn"
        if place.startswith("chapters/"):
            assert found["ground"] == "rgb(255, 255, 255)", "ink of figures stands on white"
        light = found["letters"] == "rgb(255, 255, 255)"
        assert light == (scheme == "dark"), f"{place}: letters are {found['letters']}"
    assert not errors
    context.close()


def test_it_opens_with_its_contents_and_formulas(
    browser: Browser, reader: str, epub_file: Path
) -> None:
    page = browser.new_page()
    known = opened(page, reader, epub_file)
    assert known["title"] == "Governing in Public" and known["language"] == "en"
    below = {entry["label"]: entry["below"] for entry in known["toc"]}
    assert below["Arriving"] == 4 and below["Labs"] == LABS, below
    lab = page.evaluate("show", PLACES[-1])
    assert lab["math"] and lab["formula"] > 10, "a formula is drawn"
    page.close()


# The words of tables that stand on more than one line; a hyphen of the text is a place to break.
TORN = """() => {
  const frame = document.querySelector("iframe").contentDocument;
  const torn = [];
  for (const table of frame.querySelectorAll("table")) {
    const texts = frame.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/\\p{L}+/gu)) {
        const range = frame.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) torn.push(word[0]);
      }
    }
  }
  return torn;
}"""


def test_words_of_the_checklist_are_whole_on_a_telephone(
    browser: Browser, reader: str, epub_file: Path
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    opened(page, reader, epub_file)
    page.evaluate("show", "back/checklist.xhtml")
    assert page.evaluate(TORN) == []
    page.close()
