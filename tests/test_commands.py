"""Commands of the Makefile where the machine lacks something: one line, which says what to do."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small_book import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the commands, as an archive of the book has them: without a history or a site."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/one.md").write_text("# One\n", "utf-8")
    return tmp_path


@pytest.fixture
def busy() -> Iterator[int]:
    """A port at which somebody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        yield place.getsockname()[1]


def ended(command: list[str], folder: Path, **variables: str) -> list[str]:
    """Run a command, which must fail, and return the lines it wrote, without those of make."""
    run = subprocess.run(
        command, cwd=folder, env=variables or None, capture_output=True, text=True, check=False
    )
    assert run.returncode
    return [line for line in run.stderr.splitlines() if not line.startswith("make")]


def serve(folder: Path, port: object) -> list[str]:
    return ended(["make", "serve", f"PYTHON={sys.executable}", f"PORT={port}"], folder)


def test_without_a_site_nothing_is_served(folder: Path) -> None:
    assert serve(folder, 8000) == ["error: there is no site yet; run: make"]


@pytest.mark.parametrize("port", ["", "abc", "0", "65536", "80 81", "٨٠", "-1"])
def test_what_is_no_port_is_said(folder: Path, port: str) -> None:
    (folder / "_build/html").mkdir(parents=True)
    (folder / "_build/html/index.html").touch()
    said = [f"error: PORT={port} is no port; give a number below 65536: PORT=8001"]
    assert serve(folder, port) == said


def test_a_port_that_is_taken_is_said(folder: Path, busy: int) -> None:
    (folder / "_build/html").mkdir(parents=True)
    (folder / "_build/html/index.html").touch()
    said = [f"error: port {busy}: address already in use; give another: PORT=8001"]
    assert serve(folder, busy) == said
    assert ended([sys.executable, "tools/live.py", str(busy)], ROOT) == said


def test_without_git_or_a_history_no_dates_are_written(folder: Path) -> None:
    command = [sys.executable, "tools/dates.py"]
    assert ended(command, folder, PATH="") == ["error: git not found; it knows the history"]
    (said,) = ended(command, folder)
    assert said.startswith("error: there is no history here: ") and "git" in said
    assert not (folder / "dates.yml").exists()
