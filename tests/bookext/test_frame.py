"""The frame of a page: folds, tables, policy, colours on paper, sizes, the page for no page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import lxml.html
import pytest
from docutils import nodes
from pypdf import PdfWriter

from bookext.html import policy
from bookext.html.assets import on_paper, parse, without_script
from bookext.html.fallback import from_root
from bookext.html.frames import plain
from bookext.html.takeaways import fill
from bookext.html.translator import section_title
from tests import small_book
from tests.warm import build

FRAME = """<div><style scoped>.dataframe th { color: red }</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>a</th></tr>
</thead><tbody><tr><th>0</th><td>7</td></tr></tbody></table></div>"""
CELLS = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# One

See {term}`robot`.

## First

```{code-cell} ipython3
:tags: [hide-input]
x = 7
```

```{code-cell} ipython3
:tags: [hide-input]
print(x)
```

Text between.

```{code-cell} ipython3
:tags: [hide-input]
print(x + 1)
```

| a | b |
|---|---|
| 1 | 2 |

```{exercise} A title
:label: ex-one
What is seven?
```

```{solution} ex-one
:class: dropdown
Seven.
```
"""
GLOSSARY = """# Glossary

```{glossary}
robot
  A machine that acts.

  It may speak.
```
"""


def css(rules: Iterable[object]) -> str:
    """Return rules as text."""
    return "".join(map(str, rules))


def test_a_frame_of_pandas_keeps_its_cells_and_loses_its_looks() -> None:
    table = lxml.html.fromstring(plain(FRAME, "A & B")).find(".//table")
    assert table is not None
    assert table.findtext("caption") == "A & B"
    assert [(th.text, th.get("scope")) for th in table.iter("th")] == [("a", "col"), ("0", "row")]
    assert [td.text for td in table.iter("td")] == [None, "7"]
    assert not re.search("style|border|red", plain(FRAME, ""))


def test_on_paper_the_light_colours_hold_in_either_theme() -> None:
    rules = parse("""
        html[data-theme="light"] p { color: black }
        html[data-theme="dark"] p, b { color: white }
    """)
    assert css(on_paper(rules)) == (
        'html[data-theme="light"] p{color:black}'
        "@media print{html[data-theme] p{color:black}}"
        "b{color:white}"
        '@media screen{html[data-theme="dark"] p{color:white}}'
    )


def test_without_a_script_a_dark_system_gets_the_dark_rules() -> None:
    rules = parse('p { color: black } @media all { html[data-theme="dark"] p { color: white } }')
    assert css(without_script(rules)) == (
        ".pst-js-only{display:none!important}"
        "@media screen and (prefers-color-scheme:dark)"
        "{@media all{html[data-theme] p{color:white}}}"
    )


def test_servers_are_told_one_policy() -> None:
    assert policy.POLICY["default-src"] == "'none'"
    loose = ("'unsafe-inline'", "'unsafe-eval'", "*")
    assert not any(word in value for value in policy.POLICY.values() for word in loose)
    for line in policy.nginx().splitlines():
        name, value = re.fullmatch(r'add_header (\S+) "([^"]+)" always;', line).groups()  # type: ignore[union-attr]
        assert f"  {name}: {value}\n" in policy.netlify()
    assert policy.netlify().startswith("/*\n")


def test_links_to_the_whole_book_say_its_size_or_go(tmp_path: Path) -> None:
    item = (
        '<li class="takeaway" data-file="{0}" data-language="{1}">'
        '<a href="../{0}">{0}</a> (x, <span class="size"></span>)</li>'
    )
    (tmp_path / "deep").mkdir()
    page = tmp_path / "deep" / "page.html"
    page.write_text(
        item.format("a.pdf", "it") + item.format("b.epub", "it") + item.format("none.epub", "it"),
        "utf-8",
    )
    pages = PdfWriter()
    for _page in range(3):
        pages.add_blank_page(200, 300)
    pages.write(tmp_path / "a.pdf")
    (tmp_path / "b.epub").write_bytes(b"x" * 4_849_999)
    fill(tmp_path)
    assert "(x, 3 pages, 0,1 MB)" in page.read_text("utf-8")
    assert "(x, 4,8 MB)" in page.read_text("utf-8")
    assert "none.epub" not in page.read_text("utf-8")


def test_links_of_the_page_for_no_page_begin_at_the_root() -> None:
    page = '<a href="a.html"><img src="i/b.svg"><a href="#top"><a href="mailto:x"><a href="//y">'
    assert from_root(page, "/book/") == (
        '<a href="/book/a.html"><img src="/book/i/b.svg">'
        '<a href="#top"><a href="mailto:x"><a href="//y">'
    )
    assert from_root(' href="../404.html"', "/book/it/") == ' href="/book/404.html"'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> lxml.html.HtmlElement:
    """A chapter of the small book."""
    folder = tmp_path_factory.mktemp("frame")
    small_book.write(folder)
    index = small_book.INDEX.replace("chapters/one", "chapters/one\nback/glossary")
    for name, text in {
        "chapters/one.md": CELLS,
        "back/glossary.md": GLOSSARY,
        "index.md": index,
    }.items():
        (folder / name).write_text(text, "utf-8")
    code, output = build(folder, "html")
    assert code == 0, output
    text = (folder / "_build" / "html" / "chapters" / "one.html").read_text("utf-8")
    return lxml.html.fromstring(text)


@pytest.mark.slow
def test_neighbouring_cells_share_a_fold_that_is_named_after_its_place(
    page: lxml.html.HtmlElement,
) -> None:
    folds = page.xpath("//details[contains(@class, 'code')]")
    shown = [fold.xpath("string(summary/span[@class='fold-show'])") for fold in folds]
    assert shown == ["Show the code: First", "Show the code: First"]
    assert [len(fold.xpath(".//pre")) for fold in folds] == [2, 1]
    assert "8" in page.xpath("string(//article)")


@pytest.mark.slow
def test_a_solution_is_a_fold_and_identifiers_are_single(page: lxml.html.HtmlElement) -> None:
    (solution,) = page.xpath("//details[contains(@class, 'solution')]")
    assert "Solution to" in solution.xpath("string(summary)") and not solution.xpath("summary//a")
    assert "Seven." in solution.text_content()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_a_table_without_a_title_is_called_after_its_section(page: lxml.html.HtmlElement) -> None:
    (table,) = page.xpath("//article//table")
    assert table.xpath("string(caption)") == "First"
    assert table.xpath("//article//th/@scope") == ["col", "col"]


@pytest.mark.slow
def test_a_term_shows_the_beginning_of_its_meaning(page: lxml.html.HtmlElement) -> None:
    (link,) = page.xpath("//a[@data-preview]")
    (box,) = page.xpath(f"//*[@id='{link.get('data-preview')}']")
    assert box.get("popover") is not None
    assert "A machine that acts." in box.text_content() and "speak" not in box.text_content()
    assert box.xpath(".//a/@href") == [link.get("href")]


@pytest.mark.slow
def test_the_contents_show_where_one_is(page: lxml.html.HtmlElement) -> None:
    (here,) = page.xpath("//*[@id='contents']//a[@aria-current='page']")
    assert here.text_content() == "1 One"
    assert page.xpath("//header//a[@aria-current]/text()") == ["Book"]


def test_a_table_is_named_after_its_section_without_the_note_in_its_heading() -> None:
    table, title = nodes.table(), nodes.title("", "A heading", nodes.footnote_reference("", "1"))
    section = nodes.section("", title, nodes.paragraph(), table)
    assert section_title(table) == "A heading"
    assert section.astext().startswith("A heading1")  # where the note stays
