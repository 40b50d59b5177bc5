"""Pages of the labs with and without solutions, and never with hidden tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from bookext.notebooks.lab_pages import ReadLab

CODE = """\
with check("Exercise 1"):
    assert yours == 2
    ### BEGIN HIDDEN TESTS
    agree(yours, right)
    ### END HIDDEN TESTS
    print("seen")"""


def cell(code: str, **kind: bool) -> nodes.container:
    found = nodes.container("", nodes.literal_block(code, code))
    found["cell_metadata"] = {"nbgrader": kind}
    return found


def page(solutions: str) -> str:
    """Return what is left of a small lab's page."""
    document = new_document("lab")
    quote = nodes.block_quote(
        "",
        nodes.paragraph("", "", nodes.strong("", "For instructors")),
        nodes.paragraph("", "It takes ten minutes."),
    )
    document += nodes.paragraph("", "The question.")
    document += cell("### BEGIN SOLUTION\nanswer = 2\n### END SOLUTION", solution=True)
    document += cell(CODE, grade=True)
    document += quote
    settings = document.settings
    settings.env = SimpleNamespace(
        docname="notebooks/solutions/01-lab",
        current_document={},
        config=SimpleNamespace(book_solutions=solutions),
    )
    ReadLab(document).apply()
    return document.astext()


@pytest.mark.parametrize(("solutions", "there"), [("shown", True), ("hidden", False)])
def test_solutions_and_notes_are_shown_or_left_out(solutions: str, there: bool) -> None:
    left = page(solutions)
    assert ("answer = 2" in left) is there
    assert ("It takes ten minutes." in left) is there
    assert "The question." in left and "assert yours == 2" in left
    assert "BEGIN" not in left


@pytest.mark.parametrize("solutions", ["shown", "hidden"])
def test_a_hidden_test_is_on_no_page(solutions: str) -> None:
    left = page(solutions)
    assert "agree" not in left and 'print("seen")' in left
