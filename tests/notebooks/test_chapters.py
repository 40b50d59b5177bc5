"""The notebooks of the chapters: complete, plain, and running with the book's packages only."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from docutils import nodes
from docutils.utils import new_document
from kernel import ROOT, kernel
from markdown_it import MarkdownIt
from packaging.utils import canonicalize_name
from sphinx_exercise.nodes import exercise_node, solution_node

from bookext.notebooks.chapter_notebook import Writer, cells

FOLDER = ROOT / "notebooks" / "chapters"
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))
EVERY_CHAPTER = pytest.mark.parametrize("chapter", CHAPTERS)
RAW = re.compile(r"\{(glue|cite|term|numref|index|doc|ref)[:}]|^\s*(:::|```\{)", re.MULTILINE)


@EVERY_CHAPTER
def test_a_chapters_notebook_is_that_of_the_built_site(chapter: str, site: Path) -> None:
    built = site / "notebooks" / "chapters" / f"{chapter}.ipynb"
    ours = FOLDER / f"{chapter}.ipynb"
    assert ours.is_file() and ours.read_bytes() == built.read_bytes(), "run: make html labs"


def test_there_is_no_notebook_without_a_chapter() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == CHAPTERS


@EVERY_CHAPTER
def test_a_chapters_notebook_is_plain_markdown(chapter: str) -> None:
    notebook = nbformat.read(FOLDER / f"{chapter}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not (found := RAW.search(cell.source)), f"{chapter}, {cell.id}: {found}"
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert words.startswith("# ") and "## Exercises" in words and "## Solutions" in words
    source = (ROOT / "chapters" / f"{chapter}.md").read_text("utf-8")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert 1 < len(code) <= source.count("```{code-cell}") + 1  # one installs the library
    assert not any("numbers(" in cell.source for cell in code), "bookkeeping is left in"


@pytest.fixture(scope="session")
def only_requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of IPython in which nothing can be imported that requirements.txt does not name."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    named = {
        canonicalize_name(found[1]) for line in lines if (found := re.match(r"([\w.-]+)==", line))
    }
    foreign = {
        module
        for module, owners in packages_distributions().items()
        if not {canonicalize_name(owner) for owner in owners} & (named | {"pip", "govsocial"})
    }
    profile = tmp_path_factory.mktemp("ipython") / "profile_default" / "startup"
    profile.mkdir(parents=True)
    (profile / "only.py").write_text(
        "import sys\n"
        "class Refuse:\n"
        f"    foreign = {sorted(foreign)!r}\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in self.foreign:\n"
        "            raise ModuleNotFoundError(f'{name} is not in requirements.txt', name=name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
    )
    return profile.parents[1]


def test_what_is_not_required_cannot_be_imported(only_requirements: Path) -> None:
    with kernel(FOLDER, IPYTHONDIR=str(only_requirements)) as works:
        assert works.run("import pytest").error == "ModuleNotFoundError"
        assert not works.run("import pandas, ibis").error


@EVERY_CHAPTER
def test_a_chapters_notebook_runs(chapter: str, only_requirements: Path) -> None:
    notebook = nbformat.read(FOLDER / f"{chapter}.ipynb", as_version=4)
    with kernel(FOLDER, IPYTHONDIR=str(only_requirements)) as works:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                outcome = works.run(cell.source)
                assert not outcome.error, f"{chapter}, {cell.id}: {outcome.shown}"


def env() -> Any:
    """What the writer asks of Sphinx."""
    return SimpleNamespace(
        get_domain=lambda _name: SimpleNamespace(
            bibdata=SimpleNamespace(data=SimpleNamespace(entries={})), citations=[]
        ),
        toc_fignumbers={"page": {"figure": {"fig-one": (3, 1)}}},
        config=SimpleNamespace(
            numfig_format={"figure": "Fig. %s"},
            project="Book",
            copyright="2026",
            html_baseurl="",
        ),
        metadata={"page": {}},
        docname="page",
        doc2path=lambda name, base=True: f"chapters/{name}.md",
    )


def write(*children: nodes.Node) -> str:
    document = new_document("page")
    document += children
    return "\n\n".join(cell.source for cell in cells(Writer(env(), "page"), document, []))


def test_text_is_written_as_markdown() -> None:
    link = nodes.reference("", "there", refuri="https://example.org")
    inside = nodes.reference("", "a chapter", refuri="other.html", internal=True)
    items = nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", w)) for w in "ab"))
    box = nodes.admonition("", nodes.title("", "Mind"), nodes.paragraph("", "this"))
    found = write(
        nodes.section(
            "",
            nodes.title("", "Title"),
            nodes.paragraph(
                "", "", nodes.Text("a_b costs $5, see "), link, nodes.Text(" and "), inside
            ),
            items,
            box,
            nodes.paragraph("", "2012. It began."),
            nodes.math_block("", "x^2"),
        )
    )
    assert found.startswith("# Title\n\n")
    assert r"a\_b costs \$5, see [there](https://example.org) and a chapter" in found
    assert "- a\n- b" in found
    assert "> **Mind**\n>\n> this" in found
    assert "2012\\. It began." in found
    assert "$$\nx^2\n$$" in found


def test_a_table_is_written_as_markdown() -> None:
    def row(*words: str) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", word)) for word in words))

    group = nodes.tgroup("", nodes.thead("", row("a", "b")), nodes.tbody("", row("1", "2")), cols=2)
    assert "| a | b |\n| --- | --- |\n| 1 | 2 |" in write(nodes.table("", group))


def shown(*children: nodes.Node) -> str:
    """Return what Jupyter shows of inline nodes, or of a table."""
    if not isinstance(children[0], nodes.table):
        children = (nodes.paragraph("", "", *children),)
    whole = MarkdownIt("gfm-like", {"linkify": False}).render(write(*children))
    return re.sub(r"\s*\n\s*", "", whole.partition("<p><em>Book</em>")[0])


def link(text: str, address: str) -> nodes.reference:
    return nodes.reference("", text, refuri=address)


def cell(*children: nodes.Node | str, **spans: int) -> nodes.entry:
    blocks = (nodes.paragraph("", c) if isinstance(c, str) else c for c in children)
    return nodes.entry("", *blocks, **spans)


def grid(*rows: list[nodes.entry]) -> nodes.table:
    body = nodes.tbody("", *(nodes.row("", *row) for row in rows))
    return nodes.table("", nodes.tgroup("", body, cols=2))


@pytest.mark.parametrize(
    "text", ["&copy; &#38; AT&T", "about ~~5~~", "-", "+", "#", "## x", "---", "~~~", "1.", "1) a"]
)
def test_no_text_is_taken_for_markup(text: str) -> None:
    said = text.replace("&", "&amp;")
    assert shown(nodes.Text(text)) == f"<p>{said}</p>"


@pytest.mark.parametrize("text", ["- a", "# a", "1. a", "=", "+"])
def test_no_line_after_a_break_is_taken_for_markup(text: str) -> None:
    broken = nodes.Text("one"), nodes.raw("", "<br />\n", format="html"), nodes.Text(text)
    assert shown(*broken) == f"<p>one<br />{text}</p>"
    in_cell = shown(grid([nodes.entry("", nodes.paragraph("", "", *broken))]))
    assert f"<td>one<br />{text}</td>" in in_cell


@pytest.mark.parametrize("address", ["https://e.org/a)b", "https://e.org/A_(b)", "https://e.org/("])
def test_a_link_is_neither_a_picture_nor_cut_off(address: str) -> None:
    assert shown(nodes.Text("Wow!"), link("a", address)) == f'<p>Wow!<a href="{address}">a</a></p>'
    assert write(nodes.paragraph("", "Wow!")).startswith("Wow!\n")


def test_marks_of_stress_are_never_shown() -> None:
    stress, strong = nodes.emphasis, nodes.strong
    assert shown(
        nodes.Text("a"), stress("", "“b”"), nodes.Text("c"), strong("", "d "), nodes.Text("e"),
        strong("", "f"), stress("", "g"), nodes.Text(", "), stress("", "h"),
    ) == (
        "<p>a<em>“b”</em>c<strong>d </strong>e<strong>f</strong><em>g</em>, <em>h</em></p>"
    )  # fmt: skip


def test_a_heading_keeps_the_sign_at_its_end() -> None:
    section = nodes.section("", nodes.title("", "Which #"))
    assert "<h1>Which #</h1>" in MarkdownIt().render(write(section))


def test_pictures_of_one_name_are_two(tmp_path: Path) -> None:
    for name in ("x/dots.png", "y/dots.png", "my pic).png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    source = env()
    source.srcdir = tmp_path
    writer = Writer(source, "page")
    names = ["x/dots.png", "y/dots.png", "my pic).png", "x/dots.png"]
    found = [writer.write(nodes.image("", uri=name, alt="a ] b")) for name in names]
    files = ["dots.png", "dots-2.png", "my-pic-.png", "dots.png"]
    assert found == [rf"![a \] b](attachment:{file})" for file in files]
    assert len(writer.pictures) == 3


def test_merged_cells_leave_the_others_in_their_columns() -> None:
    found = write(
        grid(
            [cell("a", morecols=1), cell("c")],
            [cell("d", morerows=1), cell("e"), cell("f")],
            [cell("h"), cell("i")],
        )
    )
    assert "| a |  | c |\n| d | e | f |\n|  | h | i |" in found


def test_blocks_in_a_cell_stay_in_it() -> None:
    code = nodes.literal_block("", "a = 1 | 2\nb = *c*", language="python")
    items = nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "one")))
    inner = grid([cell("in1"), cell("in2")])
    inner.insert(0, nodes.title("", "Inner"))
    formula = nodes.paragraph("", "", nodes.math("", "P(A|B)"))
    found = shown(grid([cell(code), cell(items)], [cell(inner), cell(formula)]))
    assert "<td><pre>a = 1 | 2<br>b = *c*</pre></td><td><ul><li>one</li></ul></td>" in found
    assert "<strong>Inner</strong><table><tr><td>in1</td><td>in2</td></tr></table>" in found
    assert r"$P(A\vert B)$" in found and found.count("in1") == found.count("Inner") == 1
    assert write(nodes.table("", nodes.tgroup("", nodes.tbody("")))).startswith("*Book*")


def test_titles_of_exercises_do_not_act() -> None:
    script = "<script>alert(1)</script>"
    title = [nodes.Text("("), nodes.literal("", script), nodes.Text(" a*b*"), nodes.Text(")")]
    exercise = exercise_node("", nodes.title("", "", *title), nodes.paragraph("", "How?"))
    words = nodes.title("", "", nodes.Text("Solution to "), nodes.literal("", script))
    solution = solution_node("", words, nodes.paragraph("", "So."))
    found = write(exercise, solution)
    assert f"**Exercise: `{script}` a\\*b\\***" in found
    assert "<summary>Solution to &lt;script&gt;alert(1)&lt;/script&gt;</summary>" in found


def test_unknown_content_keeps_its_text() -> None:
    strange = nodes.option_list("", nodes.option_group("", nodes.option_string("", "--deep")))
    assert "--deep" in write(strange)


def test_a_list_in_a_cell_of_a_table_keeps_its_breaks() -> None:
    lines = nodes.entry("", nodes.paragraph("", "a|b"), nodes.paragraph("", "c"))
    group = nodes.tgroup("", nodes.tbody("", nodes.row("", lines)), cols=1)
    assert r"| a\|b<br>c |" in write(nodes.table("", group))
