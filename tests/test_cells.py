"""The code on pages is code like all other: it obeys the linter, and its cells are short."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*(ROOT / "chapters").glob("*.md"), *(ROOT / "blog").rglob("*.md")])
LONGEST = 30  # lines: one screen
# A page is no module: it has no docstrings, a cell imports what it is the first to need, and may
# assert what a sentence says.
NO_MODULE = "D,E402,INP,S101"


def cells(page: Path) -> list[str]:
    found = jupytext.read(page, fmt="md:myst").cells
    return [cell.source for cell in found if cell.cell_type == "code"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_cells_of_a_page_obey_the_linter(page: Path, tmp_path: Path) -> None:
    code = tmp_path / f"{page.stem.replace('-', '_')}.py"
    code.write_text("\n\n".join(cells(page)) + "\n", "utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml")]
    run = subprocess.run(
        [*command, "--no-cache", "--extend-ignore", NO_MODULE, "--output-format", "concise", code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{page.relative_to(ROOT)}, its cells as one file:\n{run.stdout}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_cell_fits_on_a_screen(page: Path) -> None:
    long = [cell for cell in cells(page) if len(cell.strip().splitlines()) > LONGEST]
    assert not long, f"{page.relative_to(ROOT)}: move the work into govsocial/:\n{long[0]}"
