"""Fixtures that several rooms of the tests share."""

from __future__ import annotations

from collections import Counter
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
# Java for a check of seconds: what its second compiler makes faster is not run often enough.
QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how many tests were left out, and why."""
    reasons = Counter(
        "the raw files are not here" if "raw file" in (why := str(report.longrepr[2])) else why
        for report in terminalreporter.stats.get("skipped", [])
    )
    if reasons:
        said = "; ".join(
            f"{count}: {why.removeprefix('Skipped: ')}" for why, count in reasons.most_common()
        )
        terminalreporter.write_line(f"{reasons.total()} tests were left out ({said})")
