"""Time the book's machinery against its peers: ``python -m benchmarks.peers`` (``make bench``).

The same pages (chapters, bibliography, glossary) are built by the book's own extensions, by
plain Sphinx with MyST-NB in the same environment, and by Jupyter Book 1 in an environment of its
own, which is made beside the pages. Each builds from nothing, without a change, and after an edit
of one cell, several times in turns. Then pages of plain prose are built by the book's extensions,
to see how the time per page grows. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml
from packaging.requirements import Requirement

from benchmarks.measure import ROOT, Cost, clone, measure

Command = list[str]
ENABLED = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
BIBLIOGRAPHIES = ["references.bib", "data/sources.bib"]
BACK = ["back/bibliography.md", "back/glossary.md"]
PLAIN = f"""project = "Peer"
extensions = ["myst_nb", "sphinx_book_theme", "sphinx_copybutton", "sphinx_design",
              "sphinx_exercise", "sphinxcontrib.bibtex"]
html_theme = "sphinx_book_theme"
nb_execution_mode = "cache"
myst_enable_extensions = {ENABLED}
bibtex_bibfiles = {BIBLIOGRAPHIES}
bibtex_reference_style = "author_year"
"""
STEPS = ("from nothing", "no change", "one cell edited")


def sources(folder: Path, chapters: list[str]) -> list[str]:
    """Copy the book into a folder, without outputs, and return its pages."""
    found = sorted(clone(folder).glob("chapters/*.md"))
    pages = [f"chapters/{path.name}" for path in found if not chapters or path.stem in chapters]
    tree = "\n".join(name.rpartition(".")[0] for name in [*pages, *BACK])
    (folder / "index.md").write_text(f"# Book\n\n```{{toctree}}\n{tree}\n```\n", "utf-8")
    return pages


def sphinx(folder: Path, pages: list[str], *options: str) -> Command:
    """Return Sphinx's command for these pages."""
    patterns = ",".join(["index.md", *pages, *BACK])
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options]
    return [
        *command,
        "-D",
        f"include_patterns={patterns}",
        str(folder),
        str(folder / "_build/html"),
    ]


def ours(folder: Path, pages: list[str]) -> Command:
    """Prepare nothing: the book's ``conf.py`` is there."""
    return sphinx(folder, pages, "-j", "auto")


def plain(folder: Path, pages: list[str]) -> Command:
    """Put a configuration without the book's extensions in the place of its own."""
    (folder / "conf.py").write_text(PLAIN, "utf-8")
    return sphinx(folder, pages)


def jupyter_book(folder: Path, pages: list[str]) -> Command:
    """Make an environment with Jupyter Book 1 and the library's requirements; configure it."""
    environment = folder.with_name("jupyter-book")
    venv.create(environment, with_pip=True)
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (folder / "requirements.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    library = [Requirement(each).name for each in project["dependencies"]]
    wanted = ["jupyter-book<2", "sphinx-exercise", *(f"{each}=={locked[each]}" for each in library)]
    install = [str(environment / "bin/python"), "-m", "pip", "install", "-qq", *wanted]
    subprocess.run(install, check=True)  # noqa: S603
    config = {
        "title": "Peer",
        "execute": {"execute_notebooks": "cache", "timeout": 300},
        "parse": {"myst_enable_extensions": ENABLED},
        "bibtex_bibfiles": BIBLIOGRAPHIES,
        "only_build_toc_files": True,
        "sphinx": {"extra_extensions": ["sphinx_exercise"]},
    }
    entries = [{"file": name.rpartition(".")[0]} for name in [*pages, *BACK]]
    contents = {"format": "jb-book", "root": "index", "chapters": entries}
    (folder / "conf.py").unlink()
    (folder / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    return [str(environment / "bin/jupyter-book"), "build", "-q", str(folder)]


def edit(page: Path) -> None:
    """Add a comment to the first cell of a chapter."""
    before, cell, after = page.read_text("utf-8").partition("```{code-cell}")
    page.write_text(before + cell + after.replace("\n```\n", "\n# edited\n```\n", 1), "utf-8")


def compare(
    scratch: Path, makers: dict[str, Callable[..., Command]], chapters: list[str], rounds: int
) -> None:
    """Print the seconds and memory of each maker's builds, and the first's as a share of these."""
    ready = {}
    for name, prepare in makers.items():
        folder = scratch / name.replace(" ", "-").lower() / "book"
        pages = sources(folder, chapters)
        ready[name] = folder, folder / pages[0], prepare(folder, pages)
    # In turns, since a machine is not equally fast all the time.
    costs = [{name: build(*what) for name, what in ready.items()} for _round in range(rounds)]
    print("| built by | " + " | ".join(STEPS) + " | memory MB |\n|---|" + "--:|" * 4)  # noqa: T201
    for name in ready:
        seconds = [median(each[name][step].wall for each in costs) for step in range(len(STEPS))]
        memory = max(each[name][0].memory for each in costs)
        print(f"| {name} | {' | '.join(f'{s:.1f}' for s in seconds)} | {memory:.0f} |")  # noqa: T201
    first, *others = ready
    for peer in others:
        shares = [
            median(each[first][step].wall / each[peer][step].wall for each in costs)
            for step in range(len(STEPS))
        ]
        columns = " | ".join(f"{share:.2f}" for share in shares)
        print(f"| {first}, as a share of {peer} | {columns} | |")  # noqa: T201


def build(folder: Path, page: Path, command: Command) -> list[Cost]:
    """Return what the builds of a folder cost: from nothing, without a change, one cell edited."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    os.environ["PYTHONPATH"] = str(folder)
    costs = [measure(command, folder), measure(command, folder)]
    edit(page)
    return [*costs, measure(command, folder)]


def growth(scratch: Path, counts: list[int]) -> None:
    """Print the seconds per page for books of plain prose."""
    print("\n| pages | s | s per page |\n|--:|--:|--:|")  # noqa: T201
    prose = "\n\n".join(["A sentence of plain prose, as there are many in a book. " * 8] * 12)
    for count in counts:
        folder = scratch / f"pages-{count}"
        (folder / "chapters").mkdir(parents=True)
        (folder / "data").mkdir()
        for name in BIBLIOGRAPHIES:
            (folder / name).touch()
        for name in ("conf.py", "bookext", "_static", "_templates", "requirements.txt"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        pages = [f"chapters/{number:03}" for number in range(count)]
        for page in pages:
            text = f"# Page {page}\n\n{prose}\n\n## A section\n\n{prose}\n"
            (folder / f"{page}.md").write_text(text, "utf-8")
        tree = "\n".join(pages)
        (folder / "index.md").write_text(f"# Book\n\n```{{toctree}}\n{tree}\n```\n", "utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto"]
        wall = measure([*command, str(folder), str(folder / "_build/html")], folder).wall
        print(f"| {count} | {wall:.1f} | {wall / count:.3f} |", flush=True)  # noqa: T201


def main() -> None:
    """Make all comparisons that are asked for."""
    makers = {
        "This book": ours,
        "Sphinx and MyST-NB": plain,
        "Jupyter Book 1": jupyter_book,
    }
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--chapters", nargs="*", default=[], help="only these, as 'exit ranking'")
    parser.add_argument("--peers", nargs="*", default=list(makers), help=", ".join(makers))
    parser.add_argument("--rounds", type=int, default=3, help="of which the medians are printed")
    parser.add_argument("--pages", nargs="*", type=int, default=[60, 600])
    options = parser.parse_args()
    os.environ["GOVSOCIAL_BOOK"] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        wanted = {name: makers[name] for name in options.peers}
        compare(Path(scratch), wanted, options.chapters, options.rounds)
        growth(Path(scratch), options.pages)


if __name__ == "__main__":
    main()
