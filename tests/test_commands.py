"""Commands of the Makefile where the machine lacks something: one line, which says what to do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import small_book
from tests.edits import differences
from tests.small_book import ROOT
from tests.warm import build


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


def test_what_its_user_has_set_up_or_not_installed_changes_no_page(tmp_path: Path) -> None:
    plain, other, home = (tmp_path / name for name in ("plain", "other", "home"))
    for place, text in {
        ".config/matplotlib/matplotlibrc": "font.size: 30\nsavefig.dpi: 300\n",
        ".ipython/profile_default/startup/mine.py": "print('mine')\n",
        ".jupyter/jupyter_config.py": "raise SystemExit('mine')\n",
    }.items():
        (home / place).parent.mkdir(parents=True)
        (home / place).write_text(text, "utf-8")
    for book in (plain, other):
        book.mkdir()
        small_book.write(book)
        small_book.write_every_kind(book)
    code, said = build(plain, "html")
    assert code == 0, said
    mine = {"HOME": str(home), "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "FORCE_COLOR": "1"}
    mine |= {"PATH": ""}  # none of the system's programs
    run = subprocess.run(
        [sys.executable, "tools/build.py", "html"],
        cwd=other,
        env=os.environ | mine | {"PYTHONPATH": str(other)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert differences(plain / "_build/html", other / "_build/html") == []


def test_live_builds_take_the_modules_of_the_book_anew_after_a_change(tmp_path: Path) -> None:
    for name in ("bookext", "govsocial", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name)
    script = """
from pathlib import Path
import live
before = live.modules()
live.import_own()
from bookext.html import pixels
Path(pixels.__file__).write_text("NEW = 6 * 7")
print(live.modules() == before, hasattr(pixels, "NEW"))
live.forget_own()
from bookext.html import pixels
print(pixels.NEW)
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "tools")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["False", "False", "42"]
