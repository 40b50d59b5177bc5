"""One chapter with every kind of content that MyST knows: on the page and in the notebook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import nbformat
import pytest

from tests.small_book import INDEX, ROOT, write
from tests.warm import build

KITCHEN = ROOT / "tests" / "kitchen"
WORD = re.compile(r"[A-Za-z]{2,}")
# What the page says for itself: folds, buttons, and the outputs of cells, which Jupyter computes.
PAGE_ONLY = "//button|//summary|//*[contains(@class, 'cell_output')]|//math|//svg|//script"


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book with the chapter, built."""
    book = tmp_path_factory.mktemp("sink")
    write(book)
    for path in KITCHEN.iterdir():
        shutil.copy(path, book / "chapters")
    index = INDEX.replace("chapters/one", "chapters/one\nchapters/sink")
    (book / "index.md").write_text(index, "utf-8")
    code, output = build(book, "html")
    assert code == 0, output
    return book


@pytest.mark.slow
def test_whatever_myst_renders_is_a_page_and_a_notebook(sink: Path) -> None:
    site = sink / "_build" / "html"
    page = lxml.html.fromstring((site / "chapters" / "sink.html").read_text("utf-8"))
    notebook = nbformat.read(site / "notebooks" / "chapters" / "sink.ipynb", as_version=4)

    (article,) = page.xpath("//article[contains(@class, 'bd-article')]")
    for element in article.xpath(f"({PAGE_ONLY})[ancestor::article]"):
        element.drop_tree()
    shown = set(WORD.findall(" ".join(article.itertext())))
    text = "\n".join(cell.source for cell in notebook.cells)
    assert not shown - set(WORD.findall(text)), "text of the page that the notebook lost"

    assert r"\$5 and another of \$6" in text  # money, no formula
    assert r"\tag{2.1}" in text and "(2.1)" in article.text_content()
    assert "| 1 | 2 | three |" in text and r"`a\|b`" in text
    assert "- one\n> - two" in text  # a list in a box
    assert "   code = 1\n\n   more = 2" in text  # code in a list keeps its blank line
    assert "````markdown\n```\nfence inside\n```\n````" in text
    pictured = [cell for cell in notebook.cells if "attachment:dots.png" in cell.source]
    assert pictured and all("dots.png" in cell.attachments for cell in pictured)
    assert 'style="width: 40px;"' in (site / "chapters" / "sink.html").read_text("utf-8")


@pytest.mark.slow
def test_the_cells_of_a_gated_solution_come_after_its_text(sink: Path) -> None:
    path = sink / "_build" / "html" / "notebooks" / "chapters" / "sink.ipynb"
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells]
    (at,) = [index for index, source in enumerate(sources) if source == "half = 4 / 2"]
    assert "## Solutions" in sources[at - 1] and "First step:" in sources[at - 1]
    assert sources.index("left_out = 1") < at  # left out on the page, needed by what follows
