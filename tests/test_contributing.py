"""CONTRIBUTING, followed to the letter: a source, a table, a measure, a figure, numbers, a post.

Somebody who has counted something, and has no other raw file than their own, goes from a clone to a
chapter and a post. Each command is one that CONTRIBUTING names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import begin
import chapter
import lxml.html
import pytest

from tests import small_book
from tests.warm import build

ROOT = small_book.ROOT
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COUNTED = "office,answered,asked\nRome,3,8\nMilan,6,8\n"
ENTRY = f"""title: Answers of town halls, counted by hand
canonical: https://example.org/town-answers
licence: CC0-1.0
licence_seen: counted for the book
redistribution: anything
coverage: 2026-10/2026-10
caveats:
- One week, two towns.
citation:
  author: Rossi, Ada
  year: 2026
  title: Answers of town halls
files:
  answers.csv:
    sha256: {hashlib.sha256(COUNTED.encode()).hexdigest()}
    made: counted by hand
"""
SOURCE = '''"""Answers of town halls: how many questions each answered."""

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table


def build(run: Run) -> list[Table]:
    """Return the table ``town_answers``."""
    return [
        Table(
            name="town_answers",
            title="Answers of two town halls",
            description="We asked each town hall eight questions in October 2026.",
            frame=pd.read_csv(run.raw("town-answers", "answers.csv")),
            fields=(
                Field("office", "string", "Town whose hall was asked"),
                Field("answered", "integer", "Questions that got an answer", "questions"),
                Field("asked", "integer", "Questions that we asked", "questions"),
            ),
            key=("office",),
            slugs=("town-answers",),
        )
    ]
'''
MEASURE = '''"""Shares of questions that were answered."""

import pandas as pd


def answered(towns: pd.DataFrame) -> pd.Series:
    """Return the share of questions that each town answered."""
    return (towns["answered"] / towns["asked"]).set_axis(towns["office"]).rename("share")
'''


def make(book: Path, *words: str) -> str:
    """Run a command that CONTRIBUTING names, and return what it said."""
    assert any(f"make {word}" in CONTRIBUTING for word in (words[0], " ".join(words))), words
    there = ("-o", ".venv/book", "-o", ".venv/write")  # what installs the environment
    environment = {**os.environ, "GOVSOCIAL_RAW": str(book.with_name("my files"))}
    environment |= {"XDG_CACHE_HOME": str(book.with_name("cache")), "PATH": os.environ["PATH"]}
    run = subprocess.run(
        ["make", "-s", *there, *words],
        cwd=book,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Put other words into a file, each of which must be there."""
    text = path.read_text("utf-8")
    for before, after in changes:
        assert before in text, f"{path.name}: {before}"
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def clone(folder: Path) -> Path:
    """Return a small clone, below a path with a blank, beside a folder with one raw file."""
    book = folder / "a book"
    book.mkdir()
    small_book.write(book)
    for name in ("Makefile", "CONTRIBUTING.md", "LICENSE-content.md"):
        shutil.copy(ROOT / name, book)
    shutil.copytree(ROOT / "pipeline", book / "pipeline")
    (book / "tests/govsocial").mkdir(parents=True)
    shutil.copy(ROOT / "tests/govsocial/drawn.py", book / "tests/govsocial")
    for path in (ROOT / "data").glob("egdi_ranks.*"):
        shutil.copy(path, book / "data")
    (book / "data/small.csv").unlink()
    (book / "data/small.resource.yaml").unlink()
    (book / "dates.yml").write_text(
        "chapters/one: {published: 2026-11-22, changed: 2026-11-28}\n", "utf-8"
    )
    bibliography = "# Works\n\n```{bibliography}\n```\n"
    (book / "back/bibliography.md").write_text(bibliography, "utf-8")
    edit(
        book / "index.md",
        (
            "chapters/one\nback/data\n```",
            "chapters/one\n```\n\n```{toctree}\nback/data\nback/bibliography\n```",
        ),
    )
    (book / "chapters/one.md").write_text("# One\n\nText.\n", "utf-8")
    (book / ".venv").symlink_to(sys.prefix)
    raw = folder / "my files" / "town-answers"
    raw.mkdir(parents=True)
    (raw / "answers.csv").write_text(COUNTED, "utf-8")
    return book


@pytest.mark.slow
def test_from_a_file_of_ones_own_to_a_chapter_and_a_post(tmp_path: Path) -> None:
    book = clone(tmp_path)
    before = {path.name: path.read_bytes() for path in (book / "data").glob("egdi*")}

    # 2. A source and its table.
    (book / "pipeline/registry/town-answers.yml").write_text(ENTRY, "utf-8")
    (book / "pipeline/sources/town_answers.py").write_text(SOURCE, "utf-8")
    assert "2 rows" in make(book, "data", "SOURCE=town_answers")
    assert (book / "data/town_answers.csv").read_text("utf-8") == COUNTED
    assert "data-town-answers" in (book / "data/sources.bib").read_text("utf-8")
    assert {path.name: path.read_bytes() for path in (book / "data").glob("egdi*")} == before

    # 3 and 4. A chapter, with its measure, figure, numbers and test.
    said = make(book, "chapter", "NAME=town-answers")
    assert "chapters/town-answers.md" in said
    code, said = build(book, "html")
    assert code == 0, said
    tested = "tests/govsocial/test_charts_town_answers.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tested]
    environment = {**os.environ, "PYTHONPATH": str(book)}
    assert subprocess.run(command, cwd=book, env=environment, check=False).returncode == 0

    (book / "govsocial/town_answers.py").write_text(MEASURE, "utf-8")
    edit(
        book / "chapters/town-answers.md",
        (
            'town_answers.shared_places(tables.load("egdi_ranks"))',
            'town_answers.answered(tables.load("town_answers"))',
        ),
        ("data-egdi", "data-town-answers"),
        ("of the countries shared their place with another one", "of the questions got an answer"),
    )
    edit(book / "chapters/town-answers.numbers.yml", ("countries of an edition", "questions"))
    make(book, "post", "TITLE=Who answers? $5 & `more`")
    (post,) = (book / f"blog/{dt.date.today().year}").glob("*.md")
    edit(
        post, ("draft: true\n", ""), ("../../chapters/ranking.md", "../../chapters/town-answers.md")
    )
    code, said = build(book, "html")
    assert code == 0, said

    site = book / "_build/html"
    page = lxml.html.parse(site / "chapters/town-answers.html").getroot()
    numbers = [node.text_content() for node in page.find_class("pasted-text")]
    assert numbers[:2] == ["75%", "38%"]
    assert page.xpath("//figure[@id='fig-town-answers-shares']//img/@alt")
    assert "Rossi" in page.text_content()
    shown = lxml.html.parse(site / post.relative_to(book).with_suffix(".html")).getroot()
    assert "Who answers? $5 & `more`".replace("`", "") in shown.xpath("string(//h1)")
    notebook = json.loads((site / "notebooks/chapters/town-answers.ipynb").read_text("utf-8"))
    assert notebook["cells"]


INDEX = """# Book

```{toctree}
:numbered: 1

chapters/one
```

```{toctree}
:caption: Second
```

```{toctree}
:numbered: 1

chapters/two
```

```{toctree}
back/data
```
"""


def test_a_chapter_is_named_at_the_end_of_the_last_numbered_list(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(INDEX, "utf-8")
    (tmp_path / "dates.yml").write_text("# Dates\n", "utf-8")
    made = chapter.begin("three-towns", dt.date(2026, 12, 1), tmp_path)
    assert len(made) == len(chapter.FILES) and all(path.is_file() for path in made)
    changed = INDEX.replace("chapters/two\n", "chapters/two\nchapters/three-towns\n")
    assert (tmp_path / "index.md").read_text("utf-8") == changed
    assert (tmp_path / "dates.yml").read_text("utf-8") == (
        "# Dates\nchapters/three-towns: {published: 2026-12-01, changed: 2026-12-01}\n"
    )
    for path in made:
        assert not re.search(r"\$(name|module|title|last)\b", path.read_text("utf-8")), path
    with pytest.raises(FileExistsError):
        chapter.begin("three-towns", dt.date(2026, 12, 1), tmp_path)
    assert (tmp_path / "index.md").read_text("utf-8") == changed


@pytest.mark.parametrize(
    "name", ["", "Three", "three towns", "../three", "3", "three-", "$(id)", "a" * 61]
)
def test_a_name_that_is_no_address_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "index.md").write_text(INDEX, "utf-8")
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        chapter.begin(name, dt.date(2026, 12, 1), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.md"]


@pytest.mark.parametrize(
    "name", ["class", "is", "countries", "findings", "numbers", "charts", "print", "test", "con"]
)
def test_a_name_that_python_or_the_library_has_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "index.md").write_text(INDEX, "utf-8")
    for package in ("charts", "countries", "findings"):
        (tmp_path / "govsocial" / package).mkdir(parents=True)
    with pytest.raises(ValueError, match=f"'{name}' is a word of .*; give another name"):
        chapter.begin(name, dt.date(2026, 12, 1), tmp_path)
    assert not list(tmp_path.rglob("*.py")) and not (tmp_path / "chapters").exists()


def test_a_disk_that_takes_nothing_leaves_no_half_of_a_chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.md").write_text(INDEX, "utf-8")
    (tmp_path / "tests").touch()  # where a folder must be
    monkeypatch.setattr(begin, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["chapter.py", "three-towns"])
    assert chapter.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ") and said.endswith("or build in a copy\n")
    assert said.count("\n") == 1 and str(tmp_path / "tests") in said
    assert not list(tmp_path.rglob("*three*"))
    assert (tmp_path / "index.md").read_text("utf-8") == INDEX


def test_without_a_list_of_chapters_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Book\n", "utf-8")
    with pytest.raises(ValueError, match="numbered toctree"):
        chapter.begin("three", dt.date(2026, 12, 1), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.md"]
