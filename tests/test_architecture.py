"""Imports point one way: pipeline -> (data) -> govsocial -> pages; nothing points back."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import jupytext
import pytest

from bookext.common import dependencies

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"govsocial", "pipeline", "bookext", "tests", "benchmarks", "tools"}
# A cell joins, selects and names; measuring, drawing and reading are the library's.
IN_A_CELL = {"govsocial", "pandas", "numpy", "datetime"}
LABS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
MAY_USE = {
    "govsocial": {"govsocial"},
    "pipeline": {"pipeline"},
    "bookext": {"bookext", "govsocial"},
}
# What both rooms must agree on; neither needs more than Python, and Babel for catalogues.
AGREED = {"govsocial.contract", "govsocial.countries.places", "govsocial.language"}
# Numbers, days and countries are printed in one way, in cells and by the site; so is what the
# columns of drawn data mean, which the charts know.
PRINTED = {
    "govsocial.columns",
    "govsocial.countries",
    "govsocial.countries.names",
    "govsocial.labels",
}
# The build compares what a page hands over with its code book.
CODE_BOOK = "govsocial.codebook"
NEVER = {
    "govsocial": {"sphinx", "docutils", "myst_nb", "requests", "urllib", "socket", "http"},
    "pipeline": {"sphinx", "docutils", "matplotlib"},
    # They may set type (the card of a post), but neither compute nor draw data.
    "bookext": {"pandas", "numpy"},
}


def imported(code: str) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module.split(".")[0])
    return modules


@pytest.mark.parametrize("room", MAY_USE)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        modules = imported(path.read_text("utf-8"))
        wrong = modules & (ROOMS - MAY_USE[room] | NEVER[room])
        assert not wrong, f"{path.relative_to(ROOT)} must not import {', '.join(sorted(wrong))}"


def modules_named(code: str) -> set[str]:
    found = {node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)}
    packages = {"govsocial", "govsocial.countries"}
    inside = {f"{n.module}.{a.name}" for n in found if n.module in packages for a in n.names}
    return inside | {node.module for node in found if node.module} - {"govsocial"}


def test_the_extensions_share_the_agreements_with_the_library_and_no_more() -> None:
    for path in (ROOT / "bookext").rglob("*.py"):
        code = path.read_text("utf-8")
        shared = {name for name in modules_named(code) if name.startswith("govsocial")}
        wrong = shared - AGREED - PRINTED - {CODE_BOOK}
        if path.name == "lab_sheet.py":  # a workbook is packed from tables, and runs no cell
            wrong -= {"govsocial.audit", "govsocial.tables"}
        assert not wrong, f"{path.relative_to(ROOT)} must not import {wrong}"
        assert "import govsocial" not in code, path
    for name in AGREED:
        code = (ROOT / f"{name.replace('.', '/')}.py").read_text("utf-8")
        assert imported(code) <= sys.stdlib_module_names | {"babel"}, name


def test_what_the_extensions_ask_of_the_library_makes_all_pages_anew() -> None:
    seen: set[Path] = set()
    waiting = list((ROOT / "bookext").rglob("*.py"))
    while waiting:
        for name in modules_named(waiting.pop().read_text("utf-8")):
            path = ROOT / f"{name.replace('.', '/')}.py"
            if name.startswith("govsocial.") and path.is_file() and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert {path.stem for path in seen} == dependencies._PRINTING
    assert {path.parent.name for path in seen} == {"govsocial", "countries"}


def pages() -> Iterator[Path]:
    for folder in ("chapters", "countries", "blog", "back"):
        yield from (ROOT / folder).rglob("*.md")
    yield ROOT / "index.md"


def code_cells(path: Path) -> str:
    cells = jupytext.read(path, fmt="md:myst" if path.suffix == ".md" else None).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", list(pages()), ids=lambda path: path.stem)
def test_a_page_computes_with_govsocial_only(path: Path) -> None:
    wrong = imported(code_cells(path)) - IN_A_CELL
    assert not wrong, f"{path.relative_to(ROOT)}: move the work with {wrong} into govsocial/"


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_a_lab_never_reaches_behind_the_tables(path: Path) -> None:
    wrong = imported(code_cells(path)) & (ROOMS - {"govsocial"})
    assert not wrong, f"{path.relative_to(ROOT)} must not import {', '.join(sorted(wrong))}"


def test_the_rooms_have_code() -> None:
    assert all(any((ROOT / room).rglob("*.py")) for room in MAY_USE)
    assert any(code_cells(path) for path in pages())


def test_no_rooms_of_the_extensions_import_each_other_in_a_circle() -> None:
    rooms: dict[str, set[str]] = {}
    for path in (ROOT / "bookext").glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bookext."):
                rooms.setdefault(path.parent.name, set()).add((node.module or "").split(".")[1])
    assert len(rooms) > 8
    ordered = TopologicalSorter({room: used - {room} for room, used in rooms.items()})
    ordered.prepare()  # raises CycleError, which names the rooms
