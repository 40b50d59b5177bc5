"""The labs in the built site: solutions folded, notebooks without them, archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.editions import soup

ROOT = Path(__file__).resolve().parents[2]
LABS = sorted(path.stem for path in (ROOT / "notebooks" / "src").glob("*.md"))
EVERY_LAB = pytest.mark.parametrize("lab", LABS)


def page(site: Path, name: str) -> BeautifulSoup:
    return soup(site / f"{name}.html")


def summaries(found: BeautifulSoup) -> list[str]:
    return [tag.get_text(" ", strip=True) for tag in found.select("article details > summary")]


@EVERY_LAB
def test_solutions_and_checks_are_folded(lab: str, site: Path) -> None:
    found = page(site, f"notebooks/solutions/{lab}")
    words = summaries(found)
    solutions = sum(line.startswith("Show a solution") for line in words)
    checks = sum(line.startswith("Show the check") for line in words)
    assert solutions == checks >= 4
    assert "BEGIN SOLUTION" not in found.get_text()
    assert 'find_spec("govsocial")' not in found.get_text()
    boxes = found.select("article .admonition.lab-box")
    assert all(box.name == "details" for box in boxes)
    assert len(boxes) == solutions + 2  # how to run the lab, and what a good answer holds


@EVERY_LAB
def test_a_lab_offers_the_students_copy(lab: str, site: Path) -> None:
    link = page(site, f"notebooks/solutions/{lab}").select_one("a.launch, details.launch a")
    assert isinstance(link, Tag) and str(link["href"]).endswith(f"../{lab}.ipynb")
    copy = (site / "notebooks" / f"{lab}.ipynb").read_text("utf-8")
    assert "YOUR CODE HERE" in copy and "BEGIN SOLUTION" not in copy


def test_the_page_of_the_labs_lists_them_with_their_downloads(site: Path) -> None:
    table = page(site, "notebooks/index").select_one("table.labs")
    assert isinstance(table, Tag)
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all("td")] for row in table.find_all("tr")
    ]
    assert len([row for row in rows if row and all(row)]) == len(LABS)
    links = {str(link["href"]) for link in table.find_all("a")}
    assert {f"{lab}.ipynb" for lab in LABS} <= links
    assert {f"solutions/{lab}.html" for lab in LABS} <= links


def test_the_archives_hold_the_labs_and_one_of_them_all_tables(site: Path) -> None:
    chapters = (ROOT / "notebooks" / "chapters").glob("*.ipynb")
    places = [*(f"{lab}.ipynb" for lab in LABS), *(f"chapters/{path.name}" for path in chapters)]
    copies = {f"governing-in-public/notebooks/{place}" for place in places}
    with zipfile.ZipFile(site / "notebooks" / "labs.zip") as archive:
        assert set(archive.namelist()) == copies
    with zipfile.ZipFile(site / "notebooks" / "labs-with-data.zip") as archive:
        names = set(archive.namelist())
    tables = {f"governing-in-public/data/{path.name}" for path in (ROOT / "data").iterdir()}
    beside = {f"governing-in-public/{name}" for name in ("pyproject.toml", "README.md")}
    assert copies | tables | beside <= names
    assert not any("__pycache__" in name or "solutions" in name for name in names)
