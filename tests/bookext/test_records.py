"""What the site takes from executed notebooks, and the numbers of its chapters."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
import pytest
from docutils import nodes
from nbformat import v4
from sphinx import addnodes
from sphinx.util.docutils import new_document

from bookext.records.cell_outputs import FigureRecord, Page, collect
from bookext.upstream.chapter_numbering import merge_toctrees
from govsocial import contract

NUMBER = {
    "key": "k",
    "kind": "interval",
    "pattern": "0",
    "value": [1, 2],
    "printed": "1 to 2",
    "unit": "u",
    "tables": ["t"],
}
WORDS = {"wide": [["Rank", [0, 0, 9, 4], 9, "#000000", "#ffffff"]], "narrow": []}
FIGURE = {
    "tables": ["t"],
    "maker": "m.f",
    "drawn": "x\n1\n",
    "narrow": "<svg id='a'/>",
    "words": WORDS,
}


def notebook(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook whose second cell, from line 12 on, has these outputs."""
    cells = [v4.new_markdown_cell("# T"), v4.new_code_cell("f()", outputs=list(outputs))]
    made: nbformat.NotebookNode = v4.new_notebook(cells=cells, metadata={"source_map": [3, 11]})
    return made


def display(data: dict[str, object], **metadata: object) -> nbformat.NotebookNode:
    """Return an output."""
    made: nbformat.NotebookNode = v4.new_output("display_data", data, metadata=metadata)
    return made


def test_a_number_keeps_its_value_and_line(tmp_path: Path) -> None:
    page = Page()
    collect(page, notebook(display({contract.GLUE + contract.NUMBER: NUMBER})), tmp_path)
    (number,) = page.numbers
    assert (number.key, number.value, number.tables, number.line) == ("k", [1, 2], ("t",), 12)


def test_a_figure_keeps_its_record_and_one_without_is_noticed(tmp_path: Path) -> None:
    page = Page()
    svg: dict[str, object] = {"image/svg+xml": "<svg/>"}
    collect(page, notebook(display(svg, **{contract.FIGURE: FIGURE}), display(svg)), tmp_path)
    (narrow,) = tmp_path.iterdir()
    assert narrow.read_text() == "<svg id='a'/>"
    kept = FigureRecord(("t",), "m.f", "x\n1\n", ("Rank",), str(narrow))
    assert page.cells == {1: [kept, None]}


def test_other_outputs_are_no_records(tmp_path: Path) -> None:
    page = Page()
    collect(
        page, notebook(display({"text/plain": "1"}), v4.new_output("stream", text="x")), tmp_path
    )
    assert not page.cells
    assert not page.numbers


def test_in_a_notebook_without_lines_a_record_has_that_of_its_cell(tmp_path: Path) -> None:
    page, made = Page(), notebook(display({contract.GLUE + contract.NUMBER: NUMBER}))
    del made.metadata["source_map"]
    collect(page, made, tmp_path)
    assert [number.line for number in page.numbers] == [2]


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div>"}, True),
        ({"application/vnd.vegalite.v4+json": {}}, True),
        ({"application/vnd.bokehjs_load.v0+json": ""}, True),
        ({"application/geo+json": {}, "text/plain": "1"}, True),
        ({"application/json": {"a": 1}, "text/plain": "1"}, True),
        ({"application/pdf": "1", "text/plain": "1"}, False),
        ({f"{contract.GLUE}text/plain": "1"}, False),
        ({"text/html": "<table></table>", "text/plain": "1"}, False),
        ({}, False),
    ],
)
def test_an_output_that_needs_a_script_is_refused(
    data: dict[str, object], refused: bool, tmp_path: Path
) -> None:
    page = Page()
    collect(page, notebook(display(data)), tmp_path)
    assert [line for line, _why in page.refused] == [12] * refused
    assert all(why.startswith("an output that needs a script") for _line, why in page.refused)


ADDRESS, PLACE = "<f at 0x7f9900256480>", "/tmp/ipykernel_24056/8332.py:2: UserWarning: beware"


@pytest.mark.parametrize(
    ("output", "refused"),
    [
        (v4.new_output("stream", name="stderr", text=PLACE), "a place of this machine"),
        (v4.new_output("stream", text=f"a\n{ADDRESS}\n"), "an address in memory"),
        (v4.new_output("stream", text="meet at 0x, at 0x1f"), ""),
        (v4.new_output("stream", text=f"{Path.home()}\n"), "a place of this machine"),
        (v4.new_output("stream", text=f"in {Path.cwd()}/chapters"), "a place of this machine"),
        (display({"text/plain": f"'{tempfile.gettempdir()}/x1'"}), "a place of this machine"),
        (v4.new_output("stream", text=f"https://a.org{tempfile.gettempdir()}/x1"), ""),
        (v4.new_output("stream", text=f"{tempfile.gettempdir()}late"), ""),
        (v4.new_output("error", traceback=[f"File {Path.cwd()}/lib/a.py:1, in f"]), ""),
        (v4.new_output("error", traceback=["E", ADDRESS]), "an address in memory"),
        (display({"text/plain": ADDRESS}), "an address in memory"),
        (display({"text/html": ["<b>", ADDRESS]}), "an address in memory"),
        (display({"text/plain": ADDRESS, "text/html": "<b>1</b>"}), ""),  # not what is shown
        (display({"text/plain": ADDRESS, "image/png": "aa"}), ""),
    ],
)
def test_an_output_that_is_another_at_each_run_is_refused(
    output: nbformat.NotebookNode, refused: str, tmp_path: Path
) -> None:
    page, made = Page(), notebook(output)
    collect(page, made, tmp_path)
    assert [line for line, _why in page.refused] == [12] * bool(refused)
    for _line, why in page.refused:
        assert why.startswith(f"the output shows {refused}, another at each run; end the line")
    page, made.cells[1].metadata["tags"] = Page(), ["remove-output"]
    collect(page, made, tmp_path)
    assert not page.refused


def test_a_misspelt_setting_of_a_cell_is_refused(tmp_path: Path) -> None:
    page, made = Page(), notebook()
    made.cells[1].metadata["mystnb"] = {"figure": {"captoin": "x"}}
    collect(page, made, tmp_path)
    said = "`mystnb: figure: captoin` is no setting of a cell; did you mean `caption`?"
    assert page.refused == [(12, said)]


def test_numbered_toctrees_become_one() -> None:
    document = new_document("index")
    for entries, numbered in (("ab", 1), ("c", 1), ("d", 0)):
        document += addnodes.toctree(entries=list(entries), numbered=numbered)
    document += nodes.paragraph()
    trees = merge_toctrees(document).findall(addnodes.toctree)
    assert [tree["entries"] for tree in trees] == [["a", "b", "c"], [], ["d"]]
