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
from packaging.utils import canonicalize_name

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


def test_unknown_content_keeps_its_text() -> None:
    strange = nodes.option_list("", nodes.option_group("", nodes.option_string("", "--deep")))
    assert "--deep" in write(strange)


def test_a_list_in_a_cell_of_a_table_keeps_its_breaks() -> None:
    lines = nodes.entry("", nodes.paragraph("", "a|b"), nodes.paragraph("", "c"))
    group = nodes.tgroup("", nodes.tbody("", nodes.row("", lines)), cols=1)
    assert r"| a\|b<br>c |" in write(nodes.table("", group))
