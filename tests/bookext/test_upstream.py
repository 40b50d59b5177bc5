"""Is each patch of a library still needed? A test that fails names the module that can go.

Every project is built twice, each time in a process of its own (a patch stays for the life of a
process): as upstream does it, which shows the gap, and with the patch, which closes it.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes

from bookext.upstream.page_shares import shares

ROOT = Path(__file__).resolve().parents[2]
PATCHES = sorted(path.stem for path in (ROOT / "bookext/upstream").glob("[!_]*.py"))
PARTS = """Book
====

.. toctree::
   :caption: First part
   :numbered: 1

   one

.. toctree::
   :caption: Second part
   :numbered: 1

   two
"""
NUMBERS = """
def setup(app):
    def say(app, error):
        print("numbers", [app.env.toc_secnumbers[name][""] for name in ("one", "two")])
    app.connect("build-finished", say)
"""
FIGURE = """One
===

.. _fig-one:

.. figure:: one.svg
   :alt: nothing

   A figure.
"""
LOADED = """
from sphinx.environment import BuildEnvironment
load = BuildEnvironment.get_doctree
def get_doctree(self, docname):
    print("loaded", docname)
    return load(self, docname)
BuildEnvironment.get_doctree = get_doctree
numfig = True
"""
FAILING = """
import time
def fail(app, name, *_):
    if name == "page00":
        1 / 0
def setup(app):
    app.connect("doctree-resolved", lambda *_: time.sleep(0.1))
    app.connect("html-page-context", fail)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
SEARCHED = """
from pybtex import plugin
search = plugin.entry_points
def entry_points(**options):
    print("searched", options)
    return search(**options)
plugin.entry_points = entry_points
def setup(app):
    def format(app):
        print("formats")
        for _ in range(3):
            plugin.find_plugin("pybtex.backends", "plaintext")
    app.connect("builder-inited", format, priority=999)
"""
BEGUN = """
from sphinx.util import parallel
add = parallel.ParallelTasks.add_task
def begin(self, *arguments):
    print("a process begins", flush=True)
    add(self, *arguments)
parallel.ParallelTasks.add_task = begin
"""
SLOW = """
import time
def setup(app):  # two pages are read at the same time
    app.connect("source-read", lambda *event: time.sleep(0.5))
"""
OPTIONS = """
from docutils import frontend
from sphinx.util import docutils
class Parser(frontend.OptionParser):
    def __init__(self, *arguments, **settings):
        print("options are looked through")
        super().__init__(*arguments, **settings)
frontend.OptionParser = docutils.OptionParser = Parser
"""
IMPORTED = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
def setup(app):
    from sphinx.ext import viewcode
    def ask(app):
        print("found", viewcode.get_module_filename(app, "shy"), "shy" in sys.modules)
    app.connect("builder-inited", ask)
"""
CACHED = """
nb_execution_mode = "cache"
exclude_patterns = ["out", "jupyter_execute", ".jupyter_cache"]
"""
READS = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# Reads

```{code-cell} ipython3
print(open("table.csv").read())
```
"""

TRANSLATED = """
language = "it"
locale_dirs = ["."]
gettext_compact = False
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "A sentence."
msgstr "Una *frase*."

msgid "Count them"
msgstr "Contali"
"""
EXERCISE = """Book
====

.. exercise:: Count them
   :label: count

   A sentence.

.. solution:: count

   Seven.
"""


NUMBERED = """
from sphinx.domains import Domain
numfig = True
plain = Domain.get_enumerable_node_type
def get_enumerable_node_type(self, node):
    print("asked", self.name)
    return plain(self, node)
Domain.get_enumerable_node_type = get_enumerable_node_type
from sphinx.environment import BuildEnvironment
load = BuildEnvironment.get_doctree
def get_doctree(self, docname):
    print("loaded", docname)
    return load(self, docname)
BuildEnvironment.get_doctree = get_doctree
"""
CITED = """
bibtex_bibfiles = ["works.bib"]
from pybtex.style.formatting import BaseStyle
form = BaseStyle.format_entry
def format_entry(self, *arguments, **options):
    print("an entry is made")
    return form(self, *arguments, **options)
BaseStyle.format_entry = format_entry
"""
WORKS = "@misc{one, author = {Rossi, Ada}, title = {%s}, year = 2012}\n"
CITES = """Book
====

As :cite:t:`one` says.

.. bibliography::
"""
QUOTES = """
from pathlib import Path
def read(app, docname, source):
    source[0] = source[0].replace("LATER", Path(app.srcdir, "later.txt").read_text())
def again(app, env, *_changes):
    return ["index"] if Path(app.srcdir, "later.txt").read_text() != "before" else []
def setup(app):
    app.connect("source-read", read)
    app.connect("env-get-outdated", again)
"""


def build(
    folder: Path,
    files: dict[str, str],
    *extensions: str,
    builder: str = "html",
    jobs: int = 1,
    code: int = 0,
) -> str:
    """Write the files, build, and return what was said; the build ends with the code."""
    settings = f"extensions = {list(extensions)!r}\n"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(settings * (name == "conf.py") + text, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, *f"-m sphinx -b {builder} -j {jobs} -d trees . out".split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


def still_needed(gap: bool, module: str) -> None:
    """Say which module can go, if there is no gap."""
    assert gap, f"upstream does it now: drop bookext/upstream/{module}.py, and its test"


def test_every_patch_has_its_test() -> None:
    named = Path(__file__).read_text("utf-8")
    assert PATCHES
    assert [name for name in PATCHES if f'"{name}"' not in named] == []


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_says_what_it_closes_where_it_was_seen_and_what_it_risks(name: str) -> None:
    text = (ROOT / f"bookext/upstream/{name}.py").read_text("utf-8").split('"""')[1]
    assert "\n\nCloses: " in text
    assert "seen in " in text
    assert "\n\nRisk: " in text


def test_chapters_are_numbered_anew_in_each_part(tmp_path: Path) -> None:
    files = {"index.rst": PARTS, "one.rst": "One\n===\n", "two.rst": "Two\n===\n"}
    files["conf.py"] = NUMBERS
    still_needed("numbers [(1,), (1,)]" in build(tmp_path, files), "chapter_numbering")
    (tmp_path / "trees/environment.pickle").unlink()
    said = build(tmp_path, files, "bookext.upstream.chapter_numbering")
    assert "numbers [(1,), (2,)]" in said


def test_the_index_sorts_accents_after_all_letters(tmp_path: Path) -> None:
    index = ".. index:: embassy\n   experiment\n   single: Élysée\n   single: experiment; é\n"
    files = {"index.rst": f"Book\n====\n\n{index}   single: experiment; field\n", "conf.py": ""}

    def entries() -> list[str]:
        text = (tmp_path / "out/genindex.html").read_text("utf-8")
        return re.findall(r"embassy|Élysée|experiment(?=</a>)|\bé(?=<)|field(?=<)", text)

    build(tmp_path, files)
    still_needed(entries().index("Élysée") > entries().index("experiment"), "index_order")
    build(tmp_path, files, "bookext.upstream.index_order")
    assert entries() == ["Élysée", "embassy", "experiment", "é", "field"]


def test_a_page_is_loaded_for_every_reference_to_its_figure(tmp_path: Path) -> None:
    refers = "Two\n===\n\n" + "See :numref:`fig-one`.\n\n" * 5
    files = {"index.rst": PARTS, "one.rst": FIGURE, "two.rst": refers, "conf.py": LOADED}
    files["one.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    still_needed(build(tmp_path, files).count("loaded one") >= 5, "numref_cache")
    (tmp_path / "trees/environment.pickle").unlink()
    assert build(tmp_path, files, "bookext.upstream.numref_cache").count("loaded one") <= 2


def test_a_process_is_begun_for_every_few_pages(tmp_path: Path) -> None:
    files = {f"page-{number}.rst": f":orphan:\n\nA\n=\n\nNo. {number}.\n" for number in range(90)}
    files |= {"index.rst": "Book\n====\n", "conf.py": BEGUN}
    many = build(tmp_path, files, jobs=2).count("a process begins")
    (tmp_path / "trees/environment.pickle").unlink()
    few = build(tmp_path, files, "bookext.upstream.page_shares", jobs=2).count("a process begins")
    assert few == 4  # two read, two write
    still_needed(many >= 2 * few, "page_shares")


def test_each_process_has_its_share_of_the_pages() -> None:
    assert shares(["a", "b", "c", "d", "e"], 2) == [["a", "c", "e"], ["b", "d"]]
    assert shares(["a", "b", "c", "d"], 3) == [["a", "d"], ["b"], ["c"]]
    assert shares(["a", "b", "c"], 1) == [["a", "c"], ["b"]]
    assert shares(["a"], 2) == [["a"]]
    assert shares([], 2) == []


def test_pybtex_searches_the_environment_at_every_citation(tmp_path: Path) -> None:
    files = {"index.rst": "Book\n====\n", "conf.py": SEARCHED}
    said = build(tmp_path, files).partition("formats")[2]
    still_needed(said.count("searched") == 3, "pybtex_cache")
    said = build(tmp_path, files, "bookext.upstream.pybtex_cache").partition("formats")[2]
    assert "searched" not in said


def test_all_options_are_looked_through_for_each_page_and_text(tmp_path: Path) -> None:
    pages = {f"{name}.md": f"# {name}\n\nWords.\n" for name in ("index", "one", "two", "three")}
    files = pages | {"conf.py": OPTIONS}

    def looked(*more: str) -> int:
        return build(tmp_path, files, "myst_parser", *more).count("options are looked through")

    often = looked()
    (tmp_path / "trees/environment.pickle").unlink()
    seldom = looked("bookext.upstream.parser_settings")
    still_needed(often - seldom == 2 * (len(pages) - 1), "parser_settings")


def test_viewcode_imports_a_module_to_find_its_file(tmp_path: Path) -> None:
    files = {"index.rst": "Book\n====\n", "conf.py": IMPORTED, "shy.py": "value = 1\n"}
    found = f"found {tmp_path / 'shy.py'} "
    still_needed(f"{found}True" in build(tmp_path, files, "sphinx.ext.viewcode"), "source_files")
    said = build(tmp_path, files, "sphinx.ext.viewcode", "bookext.upstream.source_files")
    assert f"{found}False" in said


def test_the_page_of_a_module_keeps_what_was_around_it(tmp_path: Path) -> None:
    path = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
    files = {"index.rst": "Book\n====\n\n.. automodule:: shy\n   :members:\n"}
    files["shy.py"] = 'def one():\n    """Return one."""\n'
    page = tmp_path / "out/_modules/shy.html"

    def titled(title: str, *extensions: str) -> bool:
        files["conf.py"] = f'{path}html_title = "{title}"\n'
        build(tmp_path, files, "sphinx.ext.autodoc", "sphinx.ext.viewcode", *extensions)
        files.pop("shy.py", None)  # it stays as it is
        return title in page.read_text("utf-8")

    assert titled("Before")
    still_needed(not titled("After"), "module_pages")
    assert titled("Before", "bookext.upstream.module_pages")
    assert titled("After", "bookext.upstream.module_pages")


def test_a_translated_page_keeps_a_document_per_message(tmp_path: Path) -> None:
    files = {"index.md": "# Book\n\nA sentence.\n", "conf.py": TRANSLATED}
    files["it/LC_MESSAGES/index.po"] = CATALOGUE

    def documents() -> int:
        tree = pickle.loads((tmp_path / "trees/index.doctree").read_bytes())
        assert next(tree.findall(nodes.paragraph)).astext() == "Una frase."
        return len({id(node.document) for node in tree.findall()})

    build(tmp_path, files, "myst_parser")
    still_needed(documents() > 1, "translated_nodes")
    (tmp_path / "trees/environment.pickle").unlink()
    build(tmp_path, files, "myst_parser", "bookext.upstream.translated_nodes")
    assert documents() == 1


def test_the_titles_of_exercises_are_not_translated(tmp_path: Path) -> None:
    files = {"index.rst": EXERCISE, "conf.py": TRANSLATED, "it/LC_MESSAGES/index.po": CATALOGUE}
    build(tmp_path, files, "sphinx_exercise")
    page = (tmp_path / "out/index.html").read_text("utf-8")
    still_needed("<em>frase</em>" in page and "Contali" not in page, "exercise_titles")
    (tmp_path / "trees/environment.pickle").unlink()
    build(tmp_path, files, "sphinx_exercise", "bookext.upstream.exercise_titles")
    page = (tmp_path / "out/index.html").read_text("utf-8")
    assert page.count("Contali") == 2 and "Count them" not in page  # of exercise and solution

    files["conf.py"] = ""
    (tmp_path / "trees/environment.pickle").unlink()
    extensions = ("sphinx_exercise", "bookext.upstream.exercise_titles")
    build(tmp_path, files, *extensions, builder="gettext")
    assert '"Count them"' in (tmp_path / "out/index.pot").read_text("utf-8")


def test_a_repeated_label_of_an_exercise_has_no_line(tmp_path: Path) -> None:
    twice = ".. exercise::\n   :label: one\n\n   Count.\n\n"
    files = {"index.rst": f"Book\n====\n\n{twice}{twice}", "conf.py": ""}
    said = build(tmp_path, files, "sphinx_exercise")
    still_needed("index.rst:9: " not in said, "exercise_labels")
    (tmp_path / "trees/environment.pickle").unlink()
    said = build(tmp_path, files, "sphinx_exercise", "bookext.upstream.exercise_labels")
    assert "index.rst:9: WARNING: the label one is that of an exercise in index.rst, too" in said


def test_a_picture_with_a_blank_in_its_name_is_not_found(tmp_path: Path) -> None:
    files = {"index.md": "# Book\n\n![A map](<my map \u00e4.svg>)\n", "conf.py": ""}
    files["my map \u00e4.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    said = build(tmp_path, files, "myst_parser")
    still_needed("image file not readable: my%20map" in said, "image_names")
    (tmp_path / "trees/environment.pickle").unlink()
    said = build(tmp_path, files, "myst_parser", "bookext.upstream.image_names")
    assert "not readable" not in said
    assert "my%20map%20%C3%A4.svg" in (tmp_path / "out/index.html").read_text("utf-8")


def test_results_in_a_folder_with_a_percent_sign_are_not_found(tmp_path: Path) -> None:
    folder = tmp_path / "my%20book?"
    folder.mkdir()
    there = folder / "global.db"
    opened = f"from jupyter_cache import get_cache; get_cache({str(folder)!r}).db"
    patched = "from bookext.upstream import cache_address; cache_address.setup(None); " + opened
    subprocess.run([sys.executable, "-c", opened], cwd=ROOT, capture_output=True, check=False)
    still_needed(not there.is_file(), "cache_address")
    subprocess.run([sys.executable, "-c", patched], cwd=ROOT, capture_output=True, check=False)
    assert there.is_file()


def test_the_failure_of_a_process_that_writes_is_lost(tmp_path: Path) -> None:
    names = [f"page{number:02}" for number in range(30)]
    files = {f"{name}.rst": f"{name}\n======\n" for name in names}
    files["index.rst"] = "Book\n====\n\n.. toctree::\n\n   " + "\n   ".join(names)
    # The pages are written by another process than the one that resolves references, slowly.
    files["conf.py"] = FAILING
    said = build(tmp_path, files, jobs=2)
    missing = not (tmp_path / "out/page00.html").is_file()
    still_needed(missing and "division" not in said, "lost_failures")
    (tmp_path / "trees/environment.pickle").unlink()
    said = build(tmp_path, files, "bookext.upstream.lost_failures", jobs=2, code=2)
    assert "division by zero" in said


@pytest.mark.parametrize("event", ["doctree-read", "doctree-resolved"])
def test_an_exception_says_not_on_which_page(tmp_path: Path, event: str) -> None:
    failing = f"""
def setup(app):
    app.connect("{event}", lambda app, doctree, *name: "one" in doctree["source"] and 1 / 0)
"""
    files = {"index.rst": PARTS, "one.rst": "One\n===\n", "two.rst": "Two\n===\n"}
    files["conf.py"] = failing
    still_needed("one.rst" not in build(tmp_path, files, code=2), "named_pages")
    said = build(tmp_path, files, "bookext.upstream.named_pages", code=2)
    assert "one.rst: ZeroDivisionError: division by zero; take out what was written last" in said


@pytest.mark.parametrize(
    ("gates", "said"),
    [
        ("solution-start:: one", ":9: `solution-start` has no end; write `solution-end` below it"),
        ("solution-end::", ":9: `solution-end` closes nothing; write `solution-start`, or"),
        (
            "solution-start:: one\n\n.. solution-start:: one\n\n.. solution-end::\n\n"
            ".. solution-end::",
            ":11: `solution-start` within the solution of line 9; write `solution-end` before it",
        ),
    ],
)
def test_a_gate_that_does_not_close_has_no_line(tmp_path: Path, gates: str, said: str) -> None:
    text = f"Book\n====\n\n.. exercise::\n   :label: one\n\n   Count.\n\n.. {gates}\n"
    files = {"index.rst": text, "conf.py": ""}
    upstream = build(tmp_path, files, "sphinx_exercise", code=2)
    still_needed("index.rst:" not in upstream, "exercise_gates")
    found = build(tmp_path, files, "sphinx_exercise", "bookext.upstream.exercise_gates", code=2)
    assert f"index.rst{said}" in found


def test_all_pages_are_loaded_and_asked_about_to_number_the_figures(tmp_path: Path) -> None:
    files = {"index.rst": PARTS, "one.rst": FIGURE, "two.rst": "Two\n===\n", "conf.py": NUMBERED}
    files["one.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    still_needed("asked py" in build(tmp_path, files), "figure_numbers")
    edited = files | {"two.rst": "Two\n===\n\nA sentence.\n"}
    still_needed("loaded one" in build(tmp_path, edited), "figure_numbers")
    (tmp_path / "trees/environment.pickle").unlink()
    patch = "bookext.upstream.figure_numbers"
    assert "asked py" not in build(tmp_path, files, patch)
    assert "Fig. 1" in (tmp_path / "out/one.html").read_text("utf-8")
    assert "loaded one" not in build(tmp_path, edited, patch)
    earlier = edited | {"index.rst": PARTS.replace("one", "zero\n   one"), "zero.rst": FIGURE}
    build(tmp_path, earlier, patch)
    assert "Fig. 2" in (tmp_path / "out/one.html").read_text("utf-8")


def test_all_works_are_formatted_at_each_build(tmp_path: Path) -> None:
    files = {"index.rst": CITES, "works.bib": WORKS % "One", "conf.py": CITED}
    extensions: tuple[str, ...] = ("sphinxcontrib.bibtex",)
    build(tmp_path, files, *extensions)
    again = build(tmp_path, {"conf.py": CITED}, *extensions)
    still_needed("an entry is made" in again, "kept_citations")
    extensions += ("bookext.upstream.kept_citations",)
    assert "an entry is made" in build(tmp_path, files, *extensions)
    assert "an entry is made" not in build(tmp_path, {"conf.py": CITED}, *extensions)
    files["index.rst"] += "\nMore prose.\n"  # the page with the list is read again
    build(tmp_path, files, *extensions)
    assert "Rossi" in (tmp_path / "out/index.html").read_text("utf-8")
    files["works.bib"] = WORKS % "Two"
    assert "an entry is made" in build(tmp_path, files, *extensions)
    files["index.rst"] += "\nAnd more.\n"
    build(tmp_path, files, *extensions)
    assert "Two" in (tmp_path / "out/index.html").read_text("utf-8")


def test_an_output_does_not_see_what_another_one_has_read(tmp_path: Path) -> None:
    page = "Book\n====\n\nIt is LATER.\n"

    def read_by_another_first(*extensions: str) -> str:
        build(tmp_path, {"conf.py": QUOTES, "index.rst": page, "later.txt": "before"}, *extensions)
        later = {"conf.py": QUOTES, "later.txt": "after it"}
        build(tmp_path, later, *extensions, builder="dummy")
        # The page has been read: it is not outdated any longer.
        read = later | {"conf.py": QUOTES.replace('!= "before"', '== "never"')}
        build(tmp_path, read, *extensions)
        return (tmp_path / "out/index.html").read_text("utf-8")

    still_needed("after it" not in read_by_another_first(), "pending_pages")
    (tmp_path / "trees/environment.pickle").unlink()
    assert "after it" in read_by_another_first("bookext.upstream.pending_pages")


def test_the_search_loses_index_entries_of_pages_that_are_not_written(tmp_path: Path) -> None:
    files = {"index.rst": PARTS, "two.rst": "Two\n===\n\nA word gone.\n", "conf.py": ""}
    files["one.rst"] = "One\n===\n\n.. index:: an entry\n\nText.\n"
    index = tmp_path / "out/searchindex.js"
    build(tmp_path, files)
    assert "an entry" in index.read_text("utf-8")
    again = {"conf.py": "", "two.rst": "Two\n===\n\nOther text.\n"}
    build(tmp_path, again)
    text = index.read_text("utf-8")
    still_needed("an entry" not in text and '"gone"' in text, "whole_search")
    build(tmp_path, again, "bookext.upstream.whole_search")
    text = index.read_text("utf-8")
    assert "an entry" in text and '"gone"' not in text and "Other" in text


def test_myst_nb_shows_old_results_of_a_table_that_changed(tmp_path: Path) -> None:
    files = {"index.md": READS, "conf.py": CACHED, "table.csv": "before"}
    build(tmp_path, files, "myst_nb")
    files["index.md"] += "\nMore prose.\n"
    files["table.csv"] = "after it"
    build(tmp_path, files, "myst_nb")
    page = (tmp_path / "out/index.html").read_text("utf-8")
    still_needed("More prose" in page and "after it" not in page, "results_cache")
    build(tmp_path, files, "myst_nb", "bookext.execution")
    assert "after it" in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_label_on_two_pages_is_seen_by_the_process_that_reads_both(tmp_path: Path) -> None:
    page = ":orphan:\n\n.. _same:\n\n%s\n===\n"
    files = {"a.rst": page % "One", "b.rst": page % "Two", "index.rst": PARTS, "conf.py": SLOW}
    still_needed("duplicate" not in build(tmp_path, files, jobs=2), "names_once")
    (tmp_path / "trees/environment.pickle").unlink()
    said = build(tmp_path, files, "bookext.upstream.names_once", jobs=2)
    assert "b.rst:6: WARNING: the label same stands at a.rst:6, too; rename one" in said


def test_a_page_with_a_fault_passes_in_the_build_after(tmp_path: Path) -> None:
    files = {"index.rst": PARTS, "one.rst": "One\n===\n\n:ref:`gone`\n", "conf.py": ""}
    files["two.rst"] = "Two\n===\n\n.. gone::\n"
    again = {"conf.py": ""}
    assert "two.rst:4: " in build(tmp_path, files)
    still_needed(".rst:" not in build(tmp_path, again), "warned_pages")
    (tmp_path / "trees/environment.pickle").unlink()
    patch = "bookext.upstream.warned_pages"
    first = [line for line in build(tmp_path, files, patch).splitlines() if ".rst:" in line]
    second = [line for line in build(tmp_path, again, patch).splitlines() if ".rst:" in line]
    assert len(first) > 1 and sorted(first) == sorted(second)


def test_a_comma_too_many_in_a_citation_has_no_line(tmp_path: Path) -> None:
    cites = "Book\n====\n\nAs :cite:p:`rossi,` says.\n\n.. bibliography::\n   :all:\n"
    files = {"index.rst": cites, "works.bib": WORKS % "One", "conf.py": CITED}
    upstream = build(tmp_path, files, "sphinxcontrib.bibtex", code=2)
    still_needed("index.rst:4" not in upstream, "cited_keys")
    said = build(tmp_path, files, "sphinxcontrib.bibtex", "bookext.upstream.cited_keys")
    assert "index.rst:4: WARNING: the citation `rossi,` cannot be read; write the keys" in said


def test_a_file_that_is_no_page_is_named_with_another_ending(tmp_path: Path) -> None:
    (tmp_path / "loop.rst").symlink_to("loop.rst")
    files = {"index.rst": "Book\n====\n", "conf.py": 'source_suffix = [".md", ".rst"]\n'}
    still_needed("loop.md: WARNING" in build(tmp_path, files, "myst_parser"), "named_files")
    said = build(tmp_path, files, "myst_parser", "bookext.upstream.named_files")
    assert "loop.rst: WARNING: Ignored unreadable document" in said and "delete it" in said
