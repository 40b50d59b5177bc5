"""Which pages run, when, and in what kernels: on a small book with one input of each kind."""

from __future__ import annotations

import importlib
import io
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr
from pathlib import Path

import nbformat
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bookext.execution.fingerprints import Fingerprint, libraries
from bookext.execution.kernel import opened_files
from bookext.execution.mentions import mentions
from bookext.execution.run import FailingCellError

ROOT = Path(__file__).resolve().parents[2]
CONF = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
extensions = ["myst_nb", "bookext.execution.run"]
include_patterns = ["*.md", "*.ipynb", "blog/**"]
nb_execution_mode = "cache"
nb_execution_cache_path = str(Path(__file__).parent / "_build/cache")
"""
PAGE = """---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
kernelspec: {{name: python3, display_name: Python 3, language: python}}
---
# A page

```{{code-cell}} ipython3
{code}
```
"""
INDEX = """# Book

```{toctree}
reads
labels
plain
looks
lab
blog/2026/post
```
"""
# What Python does not say that it reads, or that was not there.
LOOKS = """import os
import sqlite3
from pathlib import Path

try:
    import toy_module
except ImportError:
    toy_module = None
found = sqlite3.connect("data/small.db").execute("select n from one").fetchone()
print(found, os.environ.get("TOY"), Path("data/later.csv").exists(), toy_module is not None)
print(sorted(path.name for path in Path("data").glob("*.part")))"""
# Each of these lets one page print one kind of input.
HELPER = """from pathlib import Path
def read(name):
    return (Path(__file__).parent.parent / name).read_text()
"""
STYLED = "from govsocial.helper import read\nprint(read('govsocial/book.mplstyle'))"
VERSION = "site/toy_library-1.0.dist-info/METADATA"
FILES = {
    "conf.py": CONF,
    "index.md": INDEX,
    "requirements.txt": "--extra-index-url x\n# a comment\ntoy-library==1.0\nnot-installed==2.0\n",
    VERSION: "Name: toy-library\nVersion: 1.0\n",
    "govsocial/__init__.py": "",
    "govsocial/helper.py": HELPER,
    "govsocial/unused.py": "",
    "govsocial/book.mplstyle": "before",
    "data/small.csv": "before",
    "locale/en/figures.mo": "before",
    "reads.md": PAGE.format(code="print(open('data/small.csv').read())"),
    "labels.md": PAGE.format(
        code="from govsocial.helper import read\nprint(read('locale/en/figures.mo'))"
    ),
    "plain.md": PAGE.format(code="print('nothing read')"),
    "looks.md": PAGE.format(code=LOOKS),
    "blog/2026/post.md": PAGE.format(code=STYLED),
}
ALL = {"reads.md", "labels.md", "plain.md", "looks.md", "lab.ipynb", "post.md"}


def write(book: Path, name: str, text: str) -> None:
    """Write a file of the book."""
    path = book / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def build(book: Path, elsewhere: str = "_build/html", parallel: int = 1) -> tuple[set[str], str]:
    """Build the book in this process; return the pages that ran, and all that was said."""
    said = io.StringIO()
    with redirect_stderr(said):
        run_sphinx(book, elsewhere, parallel)
    ran = re.findall(r"^(?:.*/)?(\S+) ran in", said.getvalue(), re.MULTILINE)
    return set(ran), said.getvalue()


def run_sphinx(book: Path, elsewhere: str = "_build/html", parallel: int = 1) -> None:
    """Build the book as a new process would."""
    libraries.cache_clear()
    places = (book, book, book / elsewhere, book / elsewhere / "doctrees")
    with patch_docutils(), docutils_namespace():
        Sphinx(*places, "html", status=None, warning=sys.stderr, parallel=parallel).build()


def shown(book: Path, page: str) -> str:
    """Return the HTML of a page."""
    return (book / "_build/html" / page).read_text("utf-8")


@pytest.fixture(scope="module", autouse=True)
def importable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that is on the path of this process and of the kernels."""
    folder = tmp_path_factory.mktemp("small") / "book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{folder / 'site'}")
        patch.setenv("IPYTHONDIR", str(folder.with_name("ipython")))
        patch.syspath_prepend(folder / "site")
        yield folder


def write_database(book: Path, number: int) -> None:
    """Write a data base that SQLite's library reads, not Python."""
    (book / "data/small.db").unlink(missing_ok=True)
    with closing(sqlite3.connect(book / "data/small.db")) as base, base:
        base.execute("create table one (n)")
        base.execute("insert into one values (?)", [number])


@pytest.fixture(scope="module")
def built(importable: Path) -> Path:
    """The small book, built once, read in parallel, from an empty cache."""
    book = importable
    for name, text in FILES.items():
        write(book, name, text)
    cells = [nbformat.v4.new_markdown_cell("# Lab"), nbformat.v4.new_code_cell(STYLED)]
    write_database(book, 1)
    lab = nbformat.v4.new_notebook(cells=cells)
    write(book, "lab.ipynb", nbformat.writes(lab))
    ran, _said = build(book, parallel=2)
    assert ran == ALL
    return book


@pytest.fixture
def book(built: Path) -> Iterator[Path]:
    """The small book, as after the first build."""
    kept = built.with_name("kept")
    shutil.copytree(built, kept)
    yield built
    shutil.rmtree(built)
    kept.rename(built)


TAGGED = FILES["plain.md"].replace("ipython3\n", "ipython3\n:tags: [hide-input]\n")
EDITS = {
    "table": ({"data/small.csv": "after it"}, {"reads.md"}),
    "module": (
        {"govsocial/helper.py": HELPER + "# edited\n"},
        {"labels.md", "lab.ipynb", "post.md"},
    ),
    "unused-module": ({"govsocial/unused.py": "# edited\n"}, set()),
    "style": ({"govsocial/book.mplstyle": "after it"}, {"lab.ipynb", "post.md"}),
    "labels": ({"locale/en/figures.mo": "after it"}, {"labels.md"}),
    "code": ({"plain.md": PAGE.format(code="print('another')")}, {"plain.md"}),
    "prose": ({"plain.md": FILES["plain.md"] + "\nMore prose.\n"}, set()),
    "tag": ({"plain.md": TAGGED}, set()),
    "library": ({VERSION: "Name: toy-library\nVersion: 1.1\n"}, ALL),
    "comment": ({"requirements.txt": FILES["requirements.txt"] + "# another\n"}, set()),
    "nothing": ({}, set()),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_runs_the_pages_that_depend_on_it(
    book: Path, edit: dict[str, str], expected: set[str]
) -> None:
    for name, text in edit.items():
        write(book, name, text)
    ran, said = build(book)
    assert ran == expected, said


def test_new_results_are_shown_and_the_reason_is_said(book: Path) -> None:
    write(book, "data/small.csv", "after it")
    _ran, said = build(book)
    assert "data/small.csv changed" in said
    assert "after it" in shown(book, "reads.html")


def test_results_of_another_build_are_shown_too(book: Path) -> None:
    """Two builds share the results; the second one must notice what the first one ran."""
    write(book, "data/small.csv", "after it")
    build(book, "_build/elsewhere")
    ran, _said = build(book)
    assert not ran
    assert "after it" in shown(book, "reads.html")


def test_an_edit_that_is_undone_runs_nothing(book: Path) -> None:
    write(book, "plain.md", PAGE.format(code="print('another')"))
    build(book)
    write(book, "plain.md", FILES["plain.md"])
    ran, _said = build(book)
    assert not ran
    assert "nothing read" in shown(book, "plain.html")


def test_the_same_code_in_two_folders_reads_the_files_of_each(book: Path) -> None:
    for folder in ("", "blog/2026/"):
        write(book, f"{folder}own.txt", f"it lies in /{folder}")
        name = f"{folder}post.md" if folder else "plain.md"
        write(book, name, PAGE.format(code="print(open('own.txt').read())"))
    assert build(book)[0] == {"plain.md", "post.md"}
    assert "it lies in /\n" in shown(book, "plain.html")
    assert "it lies in /blog/2026/\n" in shown(book, "blog/2026/post.html")


def test_a_page_that_must_not_fail_any_more_runs_again(book: Path) -> None:
    failing = PAGE.format(code="1 / 0")
    may = failing.replace("---\n#", "mystnb: {execution_allow_errors: true}\n---\n#")
    write(book, "plain.md", may)
    assert build(book)[0] == {"plain.md"}
    assert "ZeroDivisionError" in shown(book, "plain.html")
    write(book, "plain.md", failing)
    with pytest.raises(FailingCellError):
        run_sphinx(book)


def test_a_damaged_cache_is_made_anew(book: Path) -> None:
    for path in (book / "_build/cache/executed").rglob("fingerprint.json"):
        path.write_text("{", "utf-8")
    ran, said = build(book)
    assert ran == ALL
    assert "was not recorded" in said


def test_a_failing_cell_lets_the_other_pages_finish(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(book, "plain.md", PAGE.format(code="1 / 0"))
    write(book, "data/small.csv", "after it")
    with pytest.raises(FailingCellError, match=r"^plain\.md:9, cell 1$"):
        run_sphinx(book)
    said = capsys.readouterr().err
    assert said.count("ZeroDivisionError: division by zero") == 1
    assert "reads.md ran in" in said
    write(book, "plain.md", FILES["plain.md"])
    assert not build(book)[0]


def test_a_file_edited_while_a_page_ran_has_no_checksum(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("x", "utf-8")
    late = Fingerprint.recorded(tmp_path, [str(tmp_path / "table.csv")], started=time.time_ns())
    assert list(late.changes(tmp_path)) == ["table.csv changed while the page ran"]
    soon = time.time_ns() + 10**9
    early = Fingerprint.loads(Fingerprint.recorded(tmp_path, late.files, soon).dumps())
    assert list(early.changes(tmp_path)) == []


def test_only_the_books_own_files_count(tmp_path: Path) -> None:
    names = ["data/a.csv", ".venv/b.py", "_build/c.json", "govsocial/__pycache__/d.pyc"]
    for name in names:
        write(tmp_path, name, "x")
    opened = [str(tmp_path / name) for name in names] + ["/etc/hostname", str(tmp_path / "gone")]
    recorded = Fingerprint.recorded(tmp_path, opened, 2**62)
    assert list(recorded.files) == ["data/a.csv", "gone"]
    write(tmp_path, "gone", "x")
    assert list(recorded.changes(tmp_path)) == ["gone is there now"]
    (tmp_path / "data/a.csv").unlink()
    assert list(Fingerprint({"data/a.csv": "1"}, libraries(tmp_path)).changes(tmp_path)) == [
        "data/a.csv is gone"
    ]


LOOKED_FOR = {
    "database": lambda book, _patch: write_database(book, 2),
    "absent-file": lambda book, _patch: write(book, "data/later.csv", "x"),
    "file-under-a-pattern": lambda book, _patch: write(book, "data/new.part", "x"),
    "variable": lambda _book, patch: patch.setenv("TOY", "set"),
    "module": lambda book, _patch: write(book, "site/toy_module.py", ""),
}


@pytest.mark.parametrize("edit", LOOKED_FOR.values(), ids=LOOKED_FOR)
def test_what_python_does_not_open_runs_the_page_too(
    book: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    edit(book, monkeypatch)
    importlib.invalidate_caches()
    assert build(book)[0] == {"looks.md"}
    assert not build(book)[0]


@pytest.mark.parametrize("address", ["file:/kept/x.db?mode=ro", "file:///kept/x.db", "/kept/x.db"])
def test_a_data_base_is_a_file_however_it_is_named(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened_files, "_opened", set())
    opened_files._listen("sqlite3.connect", (address,))
    assert opened_files._opened == {"/kept/x.db"}


def test_names_in_the_code_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/one")
    cells = [
        "%matplotlib inline\nduckdb.sql(\"select * from 'data/x.parquet' where n > 0.5\")",
        "os.environ['HOME_TOWN']; os.getenv('LANGUAGE'); find_spec('pyspark')",
        "try:\n    import polars.io\nexcept ImportError: pass",
        "a sentence, which does not parse",
        "open('~/x.csv'), open('~nobody9/y.csv')",
    ]
    found = mentions(cells, Path("/book/chapters"))
    assert found.paths == {
        "/book/chapters/data/x.parquet",
        "/home/one/x.csv",
        "/book/chapters/~nobody9/y.csv",
    }
    assert found.variables == {"HOME_TOWN", "LANGUAGE"}
    assert found.modules == {"pyspark", "polars.io"}


@pytest.mark.parametrize(
    ("code", "paths"),
    [
        ("read('../data/two words (1), a.csv')", {"data/two words (1), a.csv"}),
        ("sql(\"select * from 'my data/x.orc' where n > 1\")", {"chapters/my data/x.orc"}),
        ("read(Path('../data') / 'rows.parquet')", {"data/rows.parquet"}),
        ("os.chdir('../data'); read('rows.parquet')", {"data/rows.parquet"}),
        ("read(f'../data/{name}.parquet')", {"data/*.parquet"}),
        ("connect('file:../data/rows.db?mode=ro')", {"data/rows.db"}),
        ("connect(f'file:///data/{name}.db?mode=ro')", {"/data/*.db"}),
        ("read('my-data/rows.PARQUET')", {"chapters/my-data/rows.PARQUET"}),
        ("read('rows.orc', 'rows.ndjson', 'rows.h5')", {"chapters/rows.orc", "chapters/rows.h5"}),
    ],
)
def test_paths_in_the_code_of_a_page(code: str, paths: set[str]) -> None:
    found = mentions([code], Path("/book/chapters")).paths
    assert {str(Path("/book") / name) for name in paths} <= set(map(os.path.normpath, found))


def test_what_is_no_path_is_none() -> None:
    code = (
        "print('a sentence, of words.', 'posts / day', 'https://a.org/x.csv', 'a\\nb.csv', '$x$')"
    )
    found = mentions([code], Path("/book"))
    assert not found.paths - {"/book/b.csv"} | found.variables


@pytest.mark.parametrize(
    "code",
    [
        "'TOY' in os.environ",
        "os.getenv(key='TOY')",
        "os.environ.get('TOY', 'none')",
        "os.environ.setdefault('TOY', 'none')",
        "os.environb[b'TOY']",
        "os.path.expandvars('$TOY/x')",
        "%env TOY",
        "!echo ${TOY}",
        "%%bash\necho $TOY",
    ],
)
def test_variables_in_the_code_of_a_page(code: str) -> None:
    assert mentions([code], Path("/book")).variables == {"TOY"}


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something holds, half a minute at most."""
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within half a minute")


def gone(process: int) -> bool:
    """Tell whether a process has ended."""
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_an_interrupt_ends_all_kernels_and_leaves_what_has_run(book: Path) -> None:
    slow = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    write(book, "labels.md", PAGE.format(code=slow))
    write(book, "data/small.csv", "after it")
    command: list[str | Path] = [sys.executable, "-m", "sphinx"]
    command += ["-d", book / "_build/html/doctrees"]
    said = book / "said"
    with said.open("w") as output:
        run = subprocess.Popen(
            [*command, book, book / "_build/html"],
            stdout=output,
            stderr=output,
            start_new_session=True,
            # Where the tests themselves run in the background, an interrupt would be ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        wait_for(lambda: "reads.md ran" in said.read_text() and (book / "pid").exists())
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        assert run.wait(timeout=30) != 0
    wait_for(lambda: gone(int((book / "pid").read_text())))
    assert "cell 1" not in said.read_text()
    write(book, "labels.md", FILES["labels.md"])
    assert not build(book)[0]
