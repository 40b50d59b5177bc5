"""What an author gets wrong ends with one message that names the place and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_book import CHAPTER, INDEX
from tests.warm import build

# Records as govsocial.notebook leaves them, without the time to import the library.
NUMBER = """from IPython.display import display
def number(key):
    from govsocial.contract import GLUE, NUMBER
    record = {"key": key, "kind": "number", "value": 1, "pattern": "0", "printed": "1",
              "unit": "x", "tables": ["small"]}
    display(
        {GLUE + "text/plain": "1", GLUE + NUMBER: record},
        metadata={"scrapbook": {"name": key, "mime_prefix": GLUE}},
        raw=True,
    )
"""
FIGURE = """---
mystnb:
  figure: {name: fig-one, caption: A figure whose picture nobody describes.}
---
from IPython.display import display
from govsocial.contract import FIGURE
svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
record = {"tables": ["small"], "maker": "govsocial.charts.style.chart", "drawn": "x\\n1\\n"}
display({"image/svg+xml": svg}, metadata={FIGURE: record}, raw=True)"""


def empty(book: Path) -> None:
    """Leave a chapter without text."""
    (book / "chapters/one.md").write_text("", "utf-8")


def cell(code: str) -> Callable[[Path], None]:
    """Return what puts a cell into the chapter."""

    def spoil(book: Path) -> None:
        (book / "chapters/one.md").write_text(CHAPTER % code, "utf-8")

    return spoil


CODE_BOOK = """prefix: small
numbers:
  - unit: rows
    keys: count
  - unit: columns
    pattern: 0.0
    keys: width height
"""


def cell_with_code_book(code: str) -> Callable[[Path], None]:
    """Return what puts a cell into the chapter, and a code book beside it."""

    def spoil(book: Path) -> None:
        cell(code)(book)
        (book / "chapters/one.numbers.yml").write_text(CODE_BOOK, "utf-8")

    return spoil


def twice_on_two_pages(book: Path) -> None:
    """Hand a number over under one key on two pages."""
    text = CHAPTER % (NUMBER + 'number("small-count")')
    (book / "chapters/one.md").write_text(text, "utf-8")
    (book / "chapters/two.md").write_text(text, "utf-8")
    (book / "index.md").write_text(INDEX.replace("back/data", "chapters/two\nback/data"), "utf-8")


def post_without_quotes(book: Path) -> None:
    """Add a post whose date is no text."""
    path = book / "blog" / "2026" / "one.md"
    path.parent.mkdir(parents=True)
    front = CHAPTER.replace("---\n# One", "date: 2026-07-09\ntags: [cats]\n---\n# One")
    path.write_text(front % "print(1)", "utf-8")


ENDLESS = "def f(): return f()\nf()"
HALF_A_LETTER = 'print("cut \\ud83d")'
UNKNOWN = 'from govsocial import tables\ntables.load("smalls")'
MOVING = """from IPython.display import HTML
HTML("<div id='x'></div><script>draw()</script>")"""
NEVER = NUMBER + 'number("small-count")\nnumber("small-width")'
NUMBERS = "from govsocial.notebook import Numbers\nnumbers = Numbers('one')\n"
TWICE = NUMBER + 'number("small-count")\nnumber("small-count")'


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            cell("1 / 0"),
            ["chapters/one.md:9", "cell 1", "1 / 0", "ZeroDivisionError: division by zero"],
        ),
        (cell(ENDLESS), ["chapters/one.md:9", " lines …", "maximum recursion depth exceeded"]),
        (cell(HALF_A_LETTER), ["chapters/one.md:9", "surrogates not allowed"]),
        (cell(UNKNOWN), ["chapters/one.md:9", "there is no table 'smalls'", "did you mean small"]),
        (cell(TWICE), ["chapters/one.md:9", "small-count", "rename one of them"]),
        (twice_on_two_pages, ["small-count", "one.md:9", "two.md:9", "rename"]),
        (
            cell_with_code_book(NEVER),
            ["chapters/one.numbers.yml:7", "'small-height'", "no cell hands it over; delete"],
        ),
        (
            cell_with_code_book(NUMBERS + "numbers('depth', 1)"),
            ["chapters/one.md:9", "the number 'depth' is not in one.numbers.yml; add its key"],
        ),
        (empty, ["error: ", "chapters/one.md is empty", "give it a title"]),
        (cell(MOVING), ["chapters/one.md:10", "needs a script", "as a picture"]),
        (cell(FIGURE), ["chapters/one.md:10", "alternative text", "image: alt:"]),
        (
            post_without_quotes,
            ["blog/2026/one.md:5", "in quotes", "one.md:6: unknown tag 'cats'", "`summary:`"],
        ),
    ],
    ids=[
        "failing-cell",
        "endless-recursion",
        "half-a-letter",
        "unknown-table",
        "twice",
        "twice-on-two-pages",
        "never",
        "unknown-key",
        "empty",
        "interactive",
        "no-alt",
        "post",
    ],
)
def test_bad_input_is_named_and_earlier_pages_stay(
    book: Path, spoil: Callable[[Path], None], said: list[str]
) -> None:
    spoil(book)
    code, output = build(book, "html")
    assert code != 0
    for words in said:
        assert words in output
    assert output.count(said[-1]) == 1, f"said more than once:\n{output}"
    assert "sphinx-err" not in output, f"a crash of Sphinx:\n{output}"
    assert (book / "_build/html/index.html").read_text("utf-8") == "earlier"


def test_without_a_pdf_the_site_is_built_and_the_line_and_the_remedy_are_said(book: Path) -> None:
    (book / "chapters/one.md").write_text("# One\n\nNo font has 漢.\n", "utf-8")
    code, output = build(book)
    assert code != 0
    assert "error: the PDF was not built: The PDF was not made: chapters/one.md:3: " in output
    assert "add a font to bookext/typst/fonts" in output
    assert "Small book" in (book / "_build/html/index.html").read_text("utf-8")
