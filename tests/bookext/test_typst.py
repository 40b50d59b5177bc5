"""The builder of the PDF on small books: what it writes, and what it says of mistakes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from docutils import nodes
from docutils.utils.math import MathError
from pypdf import PdfReader

from bookext.typst import cells, compiler, images, pictures
from bookext.typst.builder import TypstBuilder
from bookext.typst.compiler import gather_fonts
from bookext.typst.markup import escape
from bookext.typst.mathematics import formula
from bookext.typst.structure import first_sentence
from tests.pdf.reading import structure

ROOT = Path(__file__).resolve().parents[2]
CONF = """project = "Small"
author = "A"
extensions = ["bookext.common", "myst_nb", "sphinx_exercise", "bookext.typst"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"
numfig = True
book_files = {"pdf": ("PDF", "small.pdf"), "tablet": ("Tablet", "small-tablet.pdf")}
book_subtitle = "A book"
"""
INDEX = """# Small

What it asks.

```{toctree}
:numbered:

chapters/one
chapters/two
```
"""
ONE = """# One

The answer; (in brackets) [1] #no $5 @tag *bold*: http://example.org/a_b. It -- ends...

## A section

See [the other](two.md) and {numref}`tbl`.[^n] In the line $x^2$.

[^n]: A note with *stress*.

```{list-table} A title
:header-rows: 1
:name: tbl

* - Head
  - Second
* - Cell
  - Other cell
```

$$\\frac{a}{b} = \\sum_{i=1}^n x_i$$

```{exercise} Try
:label: ex-one

Do it.
```

```{solution} ex-one
It is done.
```

```{warning}
Mind {index}`the step <step; mind the>`.
```

Term
: What it means.
"""
TWO = "# Two\n\nText of two, back to [the section](one.md#a-section).\n"


def build(folder: Path, settings: str = "", **files: str) -> subprocess.CompletedProcess[str]:
    """Build a small book, with further settings, and some of its files replaced."""
    found = {
        "conf.py": CONF + settings,
        "index.md": INDEX,
        "chapters/one.md": ONE,
        "chapters/two.md": TWO,
    }
    found |= {name.replace("__", "/") + ".md": text for name, text in files.items()}
    for name, text in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", "sphinx", "-W", "-b", "typst", "-d", "trees", ".", "out"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book that has been built."""
    folder = tmp_path_factory.mktemp("small")
    run = build(folder)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "out"


def pages(path: Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_page_reaches_paper_whole(small: Path) -> None:
    path = small / "small.pdf"
    text = " ".join(pages(path))
    assert "The answer; (in brackets) [1] #no $5 @tag bold: http://example.org/a_b. It" in text
    for words in ("A note with stress.", "Table 1", "A title", "Other cell", "Mind the step."):
        assert words in text
    assert "the other (chapter 2, p. " in text
    whole = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
    assert "chapter\N{NO-BREAK SPACE}2" in whole and "Table\N{NO-BREAK SPACE}1." in whole
    assert "Exercise 1" in text and text.index("Do it.") < text.index("It is done.")
    assert "Solution: page" in text
    assert "mind the, " in text, "an entry of the index, and its page"
    assert "What it means." in text and "What it asks." in text


def test_the_pages_have_two_sizes_and_one_text(small: Path) -> None:
    first, second = (PdfReader(small / name) for name in ("small.pdf", "small-tablet.pdf"))
    sizes = [round(float(book.pages[0].mediabox.width) / 72 * 25.4) for book in (first, second)]
    assert sizes == [210, 170]
    words = [
        sorted(set("".join(pages(small / name)))) for name in ("small.pdf", "small-tablet.pdf")
    ]
    assert words[0] == words[1]


def test_with_an_address_each_chapter_has_it_as_words_and_as_a_code(tmp_path: Path) -> None:
    address = "https://example.org/book/"
    run = build(tmp_path, f'html_baseurl = "{address}"\n')
    assert run.returncode == 0, run.stderr
    for name in ("small.pdf", "small-tablet.pdf"):
        file = tmp_path / "out" / name
        assert "example.org/book/chapters/one.html" in "".join(pages(file)).replace(" ", "")
        links = {
            str(link.get_object().get("/A", {}).get("/URI", ""))
            for sheet in PdfReader(file).pages
            for link in sheet.get("/Annots") or []
        }
        assert {f"{address}chapters/one.html", f"{address}chapters/two.html"} <= links
    figures = [e.alt for e in structure(tmp_path / "out" / "small.pdf") if e.kind == "Figure"]
    assert "example.org/book/chapters/one.html" in figures, "the code is told in words"


WORLD = ["Минобороны", "Υπουργείο", "Łódź", "Dışişleri", "Ngoại", "საგარეო", "Արտաքին"]


def test_letters_of_many_scripts_are_set(tmp_path: Path) -> None:
    right_to_left = "وزارة الخارجية משרד"
    one = f"# One\n\n{' '.join(WORLD)} {right_to_left}\n"
    run = build(tmp_path, chapters__one=one, chapters__two="# Two\n")
    assert run.returncode == 0, run.stderr
    text = "".join(element.words for element in structure(tmp_path / "out" / "small.pdf"))
    assert not [word for word in WORLD if word not in text]
    letters = {unicodedata.normalize("NFKC", sign) for sign in text}
    assert set(right_to_left) <= letters


def test_two_folders_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another" / "folder"
    elsewhere.mkdir(parents=True)
    assert build(elsewhere).returncode == 0
    for name in ("main.typ", "small.pdf", "small-tablet.pdf"):
        assert (elsewhere / "out" / name).read_bytes() == (small / name).read_bytes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# One\n\nA letter: 漢.\n", ["chapters/one.md:3: ", "漢", "add a font"]),
        (
            "# One\n\n![](../picture.svg)\n",
            ["chapters/one.md:3: ", "missing alt text", "alternative text"],
        ),
        (
            "# One\n\nText.\n\n$$\\nosuchcommand x$$\n",
            ["chapters/one.md:5: formula", "nosuchcommand", "write it with the LaTeX"],
        ),
    ],
    ids=["letter", "alt", "formula"],
)
def test_a_mistake_is_named_with_file_line_and_remedy(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    (tmp_path / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    run = build(tmp_path, chapters__one=text, chapters__two="# Two\n")
    assert run.returncode != 0
    for words in said:
        assert words in run.stderr, run.stderr


STRANGE = """from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class strange(nodes.General, nodes.Element): pass
class word(nodes.Inline, nodes.TextElement): pass

class Strange(SphinxDirective):
    has_content = True
    def run(self):
        title = nodes.title("", "A title of its own")
        item = nodes.list_item("", nodes.paragraph("", "", word("", "one *word*")))
        return [strange("", title, item, *self.parse_content_to_nodes(), ids=["there"])]

def setup(app):
    app.add_node(strange)
    app.add_node(word)
    app.add_directive("strange", Strange)
"""


def test_what_has_no_form_of_its_own_is_text(tmp_path: Path) -> None:
    (tmp_path / "oddities.py").write_text(STRANGE, "utf-8")
    settings = "import sys\nsys.path[:0] = ['.']\nextensions += ['oddities']\n"
    one = "# One\n\n```{strange}\nWhat it *holds*.\n```\n\nSee [it](#there).\n"
    settings += "suppress_warnings = ['myst.xref_missing']\n"
    run = build(tmp_path, settings, chapters__one=one, chapters__two="# Two\n")
    assert run.returncode == 0, run.stderr
    text = " ".join(pages(tmp_path / "out/small.pdf"))
    assert "A title of its own one *word* What it holds." in text


NOTES = """# One

## Notes

First[^n], again[^n] and again[^n].

## A section with a note[^h]

Those name each other[^m], and this itself[^s]. As in the title[^h].

```{exercise} Try
:label: ex-one

Do it.
```

```{solution} ex-one
It is done[^e].
```

[^n]: The only one.
[^h]: Of the title.
[^m]: See the other[^o].
[^o]: See the previous[^m].
[^s]: See here[^s].
[^e]: Of the solution.
"""


def test_a_note_is_printed_once(tmp_path: Path) -> None:
    run = build(tmp_path, chapters__one=NOTES, chapters__two="# Two\n")
    assert run.returncode == 0, run.stderr
    found = pages(tmp_path / "out/small.pdf")
    text = " ".join(found)
    assert "First1, again1 and again1." in text
    for words in ("only one.", "Of the title.", "See the other", "the previous", "Of the solution"):
        assert text.count(words) == 1, words
    contents = next(page for page in found if "Contents" in page)
    assert "A section with a note1" in contents and "Of the title" not in contents


BREAKS = """# One

## Breaks

One\\
two; then 100&nbsp;km.

````{list-table}
* - ```{list-table}
    * - in1
      - in2
    ```
  - out1
* - out2
  - out3
````

An icon ![A picture of nothing at all.](../picture.svg){width=12px} in a line.
"""


def test_lines_break_cells_are_printed_once_and_pictures_have_their_size(tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    settings = "myst_enable_extensions += ['attrs_inline']\n"
    run = build(tmp_path, settings, chapters__one=BREAKS, chapters__two="# Two\n")
    assert run.returncode == 0, run.stderr
    text = " ".join(pages(tmp_path / "out/small.pdf"))
    assert "One two; then 100" in text and "in1 in2 out1 out2 out3" in text
    written = (tmp_path / "out/main.typ").read_text("utf-8")
    assert "100~km" in written
    assert re.search(r"#box\(image\([^)]*, width: 9pt\)\)", written)


def test_an_authors_picture_and_a_figure_of_one_name_are_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "check", lambda *_arguments: None)
    (tmp_path / "images/figures").mkdir(parents=True)
    (tmp_path / "fig-one.svg").write_text("<svg/>", "utf-8")
    builder: Any = SimpleNamespace(
        srcdir=tmp_path,
        outdir=tmp_path,
        images={},
        env=SimpleNamespace(doc2path=lambda name, base: name),
        _fonts=tmp_path,
        _pictures={"page": {"fig-one": "<svg> </svg>"}},
    )
    own = TypstBuilder.image(builder, nodes.image("", uri="fig-one.svg"))
    drawn = TypstBuilder.picture(builder, "page", nodes.figure("", ids=["fig-one"]))
    assert [(tmp_path / name).read_text("utf-8") for name in (own, drawn)] == [
        "<svg/>", "<svg> </svg>"
    ]  # fmt: skip


def test_html_that_a_cell_shows_is_read() -> None:
    inner = "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    outputs = ("<style>p{}</style><p>Some <b>words</b></p><script>x</script>", inner, "<hr>")
    raw = [nodes.raw("", text, format="html", classes=["output"]) for text in outputs]
    page = nodes.container("", *raw)
    cells.reduce(page)
    assert [type(child).__name__ for child in page.children] == ["paragraph", "table"]
    assert page.children[0].astext() == "Some words"


def test_cells_of_a_table_that_span_rows_and_columns_keep_their_place() -> None:
    head = '<thead><tr><th></th><th colspan="2">x</th></tr><tr><th>k</th><th>p</th><th>q</th></tr>'
    body = '<tr><th rowspan="2">a</th><td>1<br>one</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>'
    (table,) = cells._read(f"<table>{head}</thead><tbody>{body}</tbody></table>")
    rows = [
        [
            (entry.astext(), entry.get("morecols", 0), entry.get("morerows", 0))
            for entry in row.findall(nodes.entry)
        ]
        for row in table.findall(nodes.row)
    ]
    assert rows == [
        [("", 0, 0), ("x", 1, 0)],
        [("k", 0, 0), ("p", 0, 0), ("q", 0, 0)],
        [("a", 0, 1), ("1 one", 0, 0), ("2", 0, 0)],
        [("3", 0, 0), ("4", 0, 0)],
    ]
    assert [group["cols"] for group in table.findall(nodes.tgroup)] == [3]
    (spanning,) = cells._read('<table><tr><td colspan="3">a</td></tr></table>')
    assert [group["cols"] for group in spanning.findall(nodes.tgroup)] == [3]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"width": "12px"}, "width: 9pt"),
        ({"width": "30%", "height": "2cm"}, "width: 30%, height: 2cm"),
        ({"width": "2000px"}, "width: 100%"),
        ({"width": "150"}, "width: 112.5pt"),
        ({"scale": 50}, "width: 50%"),
        ({"width": "wide"}, ""),
        ({"height": "90000px"}, ""),
        ({}, ""),
    ],
)
def test_sizes_of_pictures_are_those_of_the_author(given: dict[str, Any], written: str) -> None:
    assert images.size(nodes.image("", **given)) == written


@pytest.mark.parametrize(
    "place",
    [f'#to("nowhere:", "{kind}")[text]' for kind in ("quiet", "page", "number", "chapter 2")]
    + ['#page-of("nowhere:")', '#figures((("Fig. 1", "nowhere:", [text]),))'],
)
def test_a_place_that_is_not_there_is_a_mistake(small: Path, place: str) -> None:
    """Something stands in for it when the compiler knows no places yet, but not to the end."""
    source = small / "lost.typ"
    source.write_text(
        f'#import "book.typ": *\n#show: book\n#front-matter[]\n// @ one.md:3\n{place}\n', "utf-8"
    )
    with pytest.raises(compiler.CompilerError, match="that the reference leads to is not in"):
        compiler.compile_pdf(source, small / "lost.pdf", small / "fonts")


def test_colours_of_code_have_contrast() -> None:
    folder = ROOT / "bookext/typst/template"
    found = re.search('ground = rgb\\("(#.{6})"', (folder / "book.typ").read_text("utf-8"))
    assert found
    colours = re.findall(">(#.{6})<", (folder / "book.tmTheme").read_text("utf-8"))
    assert len(colours) == 4
    light = _luminance(found[1]) + 0.05
    assert min(light / (_luminance(colour) + 0.05) for colour in colours) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


NAMES = "@realDonaldTrump and @a_b, FiveThirtyEight; (YouTube) V-Dem, CC BY-SA; Hootsuite a_bC"


@pytest.mark.parametrize("language", ["en", "it"])
def test_names_have_no_hyphens_but_their_own(tmp_path: Path, language: str) -> None:
    text = f"# Two\n\n## Names\n\n{NAMES}: so.\n"
    run = build(tmp_path, f"language = {language!r}\n", chapters__two=text)
    assert run.returncode == 0, run.stderr
    written = (tmp_path / "out/main.typ").read_text("utf-8")
    assert f"{NAMES}: so." in " ".join(pages(tmp_path / "out/small.pdf"))
    whole = re.findall(r"#whole\[(.+?)\];", written)
    names = ["\\@realDonaldTrump", "\\@a\\_b", "FiveThirtyEight", "YouTube"]
    assert [name for name in whole if name not in ("\\@tag", "\\@ref")] == [
        *names, *(["Hootsuite"] if language == "it" else [])
    ]  # fmt: skip
    assert re.findall(r"#unbroken\[(.+?)\];", written) == ["V-Dem", "BY-SA"]


NASTY = [
    "a;b", "(x) y", "[y] z", "= no heading", "- no list", "+ no list", "/ no: term", "1. no item",
    "https://example.org/x", "a // no comment", "a /* no */ b", "a--b --- c", "wait...", "a~b",
    "@ref <label> $5 #tag", "*b* _i_ `c`", "back\\slash", "5 -3", "\"quoted\" 'it'", "{x: 1}, %",
    "x.y(z)", ".5", "-?", "a#b[c](d)",
]  # fmt: skip


def test_that_the_compiler_was_killed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "killed.py").write_text("import os\nos.kill(os.getpid(), 9)\n", "utf-8")
    monkeypatch.setattr(compiler, "_PROGRAM", tmp_path / "killed.py")
    with pytest.raises(compiler.CompilerError, match="ended with -9 and no word; the memory"):
        compiler.compile_pdf(tmp_path / "main.typ", tmp_path / "main.pdf", tmp_path)


def test_no_text_is_taken_for_markup(tmp_path: Path) -> None:
    import typst

    source = "\n".join(f"#page[#emph[E]{escape(text)}#pagebreak(weak: true)]" for text in NASTY)
    source = f"#set smartquote(enabled: false)\n#set text(hyphenate: false)\n{source}\n"
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[gather_fonts(tmp_path / "fonts")])
    path = tmp_path / "nasty.pdf"
    path.write_bytes(typst.compile(source.encode(), font_paths=fonts))
    assert pages(path) == [f"E{text}" for text in NASTY]


@pytest.mark.parametrize(
    ("latex", "typst", "words"),
    [
        ("n - p", "n − p", "n − p"),
        (r"\frac{1}{x+1}", 'frac("1", x \\+ "1")', "1 divided by (x + 1)"),
        ("e^{-x}", "attach(e, t: − x)", "e to the power of (− x)"),
        (
            r"\sum_{i=1}^n x_i",
            'attach(limits(∑), b: i \\= "1", t: n) attach(x, b: i)',
            "∑ from i = 1 to n x with index i",
        ),
        (r"\hat{\beta}_1", 'attach(accent(β, hat), b: "1")', "β hat with index 1"),
        (r"\left(\frac{a}{b}\right)", "lr(\\( frac(a, b) \\))", "( a divided by b )"),
        (r"\text{share} = \sqrt{2}", '"share" \\= sqrt("2")', "share = the square root of 2"),
        (r"\log x", 'op("log")  x', "log x"),
        (r"\#\$\&\_", "\\# \\$ \\& \\_", "# $ & _"),
        (r"\sqrt{}", 'sqrt("")', "the square root of"),
        (r"\frac{}{}", 'frac("", "")', "divided by"),
        ("x^{}", 'attach(x, t: "")', "x to the power of"),
        (r"\hat{}", 'accent("", hat)', "hat"),
        (r"\phantom{x}", "hidden(x)", " "),
        (r"\boxed{x}", "boxed(x)", "x"),
        (r"\operatorname*{arg\,max}_x", 'attach(op("arg max"), b: x)', "(arg max) with index x"),
        (
            r"\text{5 \$ \& $a\%$ \{}",
            '"5 $ &\N{NO-BREAK SPACE}" a \\% "\N{NO-BREAK SPACE}{"',
            "5 $ & a % {",
        ),
    ],
)
def test_formulas_are_mathematics_and_words(latex: str, typst: str, words: str) -> None:
    assert formula(latex) == (typst, words)


def test_an_unknown_command_is_a_mistake() -> None:
    with pytest.raises(MathError, match="nosuchcommand"):
        formula(r"\nosuchcommand x")


def test_the_finding_of_a_caption_is_its_first_sentence() -> None:
    assert first_sentence("Most came in 2.5 years. Data from X [2018].") == (
        "Most came in 2.5 years."
    )
    assert (
        first_sentence("The U.S. posts most; others follow") == "The U.S. posts most; others follow"
    )
