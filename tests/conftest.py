"""Fixtures that several rooms of the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests import small_book

# A test that fails because the machine is busy says nothing.
settings.register_profile("book", deadline=None)
settings.load_profile("book")

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "pdf" / "governing-in-public.pdf"


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    if not (SITE / "index.html").is_file():
        pytest.fail(f"{SITE} is not there: run make")
    return SITE


@pytest.fixture(scope="session")
def pdf_file() -> Path:
    """The built PDF."""
    if not PDF.is_file():
        pytest.fail(f"{PDF} is not there: run make")
    return PDF


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The folder of a small book."""
    small_book.write(tmp_path)
    return tmp_path
