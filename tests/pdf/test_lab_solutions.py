"""The labs in the PDF: exercises in their place, solutions in a chapter after the last lab."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader


@pytest.fixture(scope="module")
def pages(pdf_file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(pdf_file).pages]


def chapters(pdf_file: Path) -> dict[str, int]:
    """Return the page of each bookmark."""
    reader = PdfReader(pdf_file)

    def walk(items: list[object]) -> list[object]:
        return [x for item in items for x in (walk(item) if isinstance(item, list) else [item])]

    found = {}
    for item in walk(reader.outline):
        found.setdefault(str(item.title), reader.get_destination_page_number(item))  # type: ignore[attr-defined]
    return found


def test_solutions_stand_after_the_labs(pdf_file: Path, pages: list[str]) -> None:
    places = chapters(pdf_file)
    labs = [page for title, page in places.items() if re.match(r"Lab \d: ", title)]
    start = places["Solutions of the labs"]
    end = places["The data"]
    exercises = " ".join(pages[min(labs) : start])
    solutions = " ".join(pages[start:end])
    assert max(labs) < start < end
    assert exercises.count("Solution: page") >= 6 * 4
    assert "common mistakes" not in exercises and "with check(" not in exercises
    assert solutions.count("common mistakes") >= 6 * 4
    assert "1288834974657) << 22" in solutions and "1288834974657) << 22" not in exercises
