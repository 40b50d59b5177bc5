"""The code on pages is code like all other: it obeys the linter, and its cells are short."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
import pytest

from govsocial.codebook import SUFFIX

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
PAGES = [*CHAPTERS, *sorted((ROOT / "blog").rglob("*.md"))]
LONGEST = 20  # lines: half a screen
SHORT = 12
LONG_CELLS = 15  # of all chapters
HANDING_OVER = 300  # lines of all chapters
# A page is no module: it has no docstrings, a cell imports what it is the first to need, and may
# assert what a sentence says.
NO_MODULE = "D,E402,INP,S101"


def cells(page: Path) -> list[str]:
    found = jupytext.read(page, fmt="md:myst").cells
    return [cell.source for cell in found if cell.cell_type == "code"]


def lines(cell: str) -> int:
    return sum(bool(line.strip()) for line in cell.splitlines())


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the pages as notebooks, whose cells ruff checks one by one."""
    folder = tmp_path_factory.mktemp("cells")
    for page in PAGES:
        code = [nbformat.v4.new_code_cell(cell) for cell in cells(page)]
        path = folder / f"{page.stem.replace('-', '_')}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=code), path)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--extend-ignore", NO_MODULE, "--output-format", "concise"],
        ["format", "--diff"],
    ],
    ids=["check", "format"],
)
def test_the_cells_obey_the_linter_and_the_formatter(command: list[str], notebooks: Path) -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            *command,
            "--no-cache",
            "--config",
            "pyproject.toml",
            notebooks,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_a_cell_is_short() -> None:
    long = [(page.stem, cell) for page in PAGES for cell in cells(page) if lines(cell) > LONGEST]
    assert not long, f"{long[0][0]}: move the work into govsocial/:\n{long[0][1]}"
    longer = [page.stem for page in CHAPTERS for cell in cells(page) if lines(cell) > SHORT]
    assert len(longer) <= LONG_CELLS, f"more than {SHORT} lines: {longer}"


def handing_over(cell: str) -> Iterator[ast.stmt]:
    """Yield the statements that hand numbers over, and those that write their keys."""
    for node in ast.walk(ast.parse(cell)):
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id="numbers"))):
                yield node
            case ast.Assign(targets=[ast.Name(id="keys")]):
                yield node


def test_few_lines_hand_numbers_over() -> None:
    found = {
        page.stem: sum(
            (node.end_lineno or node.lineno) - node.lineno + 1
            for cell in cells(page)
            for node in handing_over(cell)
        )
        for page in CHAPTERS
    }
    assert sum(found.values()) <= HANDING_OVER, f"let a finding bring its keys along: {found}"


def test_each_code_book_belongs_to_a_page() -> None:
    books = {
        path for folder in ("chapters", "blog") for path in (ROOT / folder).rglob("*" + SUFFIX)
    }
    assert books == {
        page.with_suffix(SUFFIX)
        for page in PAGES
        if any("Numbers(" in cell for cell in cells(page))
    }
