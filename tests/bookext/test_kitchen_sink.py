"""One chapter with every kind of content that MyST knows: in all editions and the notebook."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import lxml.html
import nbformat
import pytest

from tests.pdf.reading import squeeze, texts
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
    code, output = build(book, "html", "pdf", "epub")
    assert code == 0, output
    return book


def read(sink: Path) -> lxml.html.HtmlElement:
    """Return the text of the page, without what the page says for itself."""
    path = sink / "_build" / "html" / "chapters" / "sink.html"
    page = lxml.html.fromstring(path.read_text("utf-8"))
    (article,) = page.xpath("//article[contains(@class, 'bd-article')]")
    for element in article.xpath(f"({PAGE_ONLY})[ancestor::article]"):
        element.drop_tree()
    return article


@pytest.mark.slow
def test_whatever_myst_renders_is_a_page_and_a_notebook(sink: Path) -> None:
    site = sink / "_build" / "html"
    notebook = nbformat.read(site / "notebooks" / "chapters" / "sink.ipynb", as_version=4)
    article = read(sink)
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


# Raw HTML is for browsers, as are marks of links and what is said to be; on paper the title of a
# solution is that of the exercise.
FOR_BROWSERS = (
    "//*[@class='alert'] | //*[@class='headerlink'] | //*[contains(text(), 'on the web')]"
    " | //text()[contains(., 'Solution to')]/.."
)


def lost(article: lxml.html.HtmlElement, whole: str) -> list[str]:
    """Return the texts of the page that an edition does not have."""
    for element in article.xpath(f"({FOR_BROWSERS})[ancestor::article]"):
        element.drop_tree()
    found = re.split(r"[,\n]", "\n".join(article.itertext()))  # between formulas there are commas
    return [text for text in found if squeeze(text) not in squeeze(whole)]


@pytest.mark.slow
def test_it_is_in_the_pdf(sink: Path) -> None:
    (path,) = (sink / "_build" / "pdf").glob("*public.pdf")
    whole = "\n".join(texts(path))
    assert not lost(read(sink), whole), "text of the page that the PDF lost"
    words = " ".join(whole.split())
    assert "Listing 2.1 A function that halves" in words and "marked down" in words
    assert "(2.2)" in words, "the number of a formula, as references name it"


@pytest.mark.slow
def test_it_is_in_the_epub(sink: Path) -> None:
    (path,) = (sink / "_build" / "epub").glob("*.epub")
    with zipfile.ZipFile(path) as book:
        page = lxml.html.fromstring(book.read("EPUB/chapters/sink.xhtml"))
    assert not lost(read(sink), page.text_content()), "text of the page that the EPUB lost"


@pytest.mark.slow
def test_the_cells_of_a_gated_solution_come_after_its_text(sink: Path) -> None:
    path = sink / "_build" / "html" / "notebooks" / "chapters" / "sink.ipynb"
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells]
    (at,) = [index for index, source in enumerate(sources) if source == "half = 4 / 2"]
    assert "## Solutions" in sources[at - 1] and "First step:" in sources[at - 1]
    assert sources.index("left_out = 1") < at  # left out on the page, needed by what follows
