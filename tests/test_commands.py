"""Commands of the Makefile where the machine lacks something: one line, which says what to do."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import build as tool
import dates
import pytest
import stamp
import students
import system

from bookext.notebooks.lab_pages import readme
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


def test_dates_are_those_of_authors_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*words: str, day: int = 1) -> None:
        who = {f"GIT_{one}_{what}": "a" for one in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
        who |= {"GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_EMAIL": "a@b"}
        who["GIT_AUTHOR_DATE"] = f"2026-05-0{day}T12:00:00"
        subprocess.run(["git", *words], cwd=tmp_path, env=os.environ | who, check=True)

    page = tmp_path / "one.md"
    git("init", "--quiet")
    for day in (2, 3, 1):  # as after a rebase
        page.write_text(f"# One\n\nA long text, the same each time.\n{day}\n", "utf-8")
        git("add", "one.md")
        git("commit", "--quiet", "--message", "x", day=day)
    monkeypatch.setattr(dates, "ROOT", tmp_path)
    assert dates.dates(page) == "{published: 2026-05-01, changed: 2026-05-03}"


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, and a book of which students may have a file."""
    book = tmp_path / "book"
    for name in ("notebooks/one.ipynb", "README.md"):
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text("new", "utf-8")
    monkeypatch.setattr(students, "ROOT", book)
    monkeypatch.setattr(students, "files", lambda: [book / "notebooks/one.ipynb"])
    return tmp_path / "share"


def test_what_students_may_have_is_written_anew_beside_what_else_is_there(share: Path) -> None:
    students.write(share)
    for name in (".git/HEAD", ".github/mark.yml", "notebooks/gone.ipynb"):
        (share / name).parent.mkdir(exist_ok=True)
        (share / name).write_text("old", "utf-8")
    students.write(share)
    found = sorted(path.relative_to(share).as_posix() for path in share.rglob("*.*"))
    assert [name for name in found if not name.startswith(".git/")] == [
        ".git",
        ".github",
        ".github/mark.yml",
        "README.md",
        "notebooks/one.ipynb",
    ]
    assert (share / "README.md").read_text("utf-8") == readme("notebooks")


@pytest.mark.parametrize(
    "there", [["notes.txt"], ["notebooks/mine.ipynb"], ["notebooks/a", "README.md", "bookext/a"]]
)
def test_a_folder_with_something_else_is_not_written_into(share: Path, there: list[str]) -> None:
    for name in there:
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        (share / name).write_text("mine", "utf-8")
    with pytest.raises(SystemExit, match="share holds something else; name an empty folder"):
        students.write(share)
    assert [(share / name).read_text("utf-8") for name in there] == ["mine"] * len(there)


def test_an_edition_that_is_killed_is_said_and_does_not_count(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "__file__", "-c")
    kill = "import os, sys; 'it' in sys.argv and os.kill(os.getpid(), 9)"
    assert tool.side_by_side(["en", "it"], [kill]) == 9
    said = "error: it: ended by signal 9; if it is 9, the memory was not enough"
    assert capfd.readouterr().err.startswith(said)


def test_what_an_edition_prints_may_be_no_text(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "__file__", "-c")
    prints = r"import os; os.write(1, b'perch\xe9\n'); print('a fault', flush=True)"
    assert tool.side_by_side(["en", "it"], [prints]) == 0
    lines = [f"{code}: {said}" for code in ("en", "it") for said in ("a fault", "perch\ufffd")]
    assert sorted(capfd.readouterr().out.splitlines()) == lines


def test_what_editions_share_does_not_make_them_anew(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "__file__", "-c")
    tells = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tools')!r}]\n"
        "from pathlib import Path\nimport stamp\nprint(stamp.sources(Path('chapters')))"
    )
    for _build in range(2):
        assert tool.side_by_side(["en", "it"], [tells]) == 0
    assert len({line[4:] for line in capfd.readouterr().out.splitlines()}) == 1


@pytest.mark.parametrize("failing", ["typst", "epub", ""])
def test_each_output_replaces_the_former_one_when_it_is_without_fault(
    failing: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tool, "BUILD", tmp_path)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    edition = tool.Edition("en")
    places = {"html": edition.site / "index.html", "typst": edition.pdfs[0], "epub": edition.epub}
    for place in places.values():
        place.parent.mkdir(parents=True)
        place.write_text("old", "utf-8")

    def sphinx(builder: str, work: Path) -> None:
        if builder == failing:
            raise tool.BuildError("a link leads nowhere")
        (work / builder).mkdir(parents=True)
        (work / builder / places[builder].name).write_text("new", "utf-8")

    monkeypatch.setattr(tool, "sphinx", sphinx)
    failures = tool.make(edition, ["html", "pdf", "epub"])
    name = failing.replace("typst", "pdf")
    assert failures == ({name: "a link leads nowhere"} if failing else {})
    for builder, place in places.items():
        assert place.read_text("utf-8") == ("old" if builder == failing else "new")
    monkeypatch.setattr(stamp, "sources", lambda _root: "")
    monkeypatch.setattr(tool, "make", lambda *_asked: failures)
    if failing:
        assert tool.build(edition, ["html", "pdf", "epub"]) == 1
        said = capsys.readouterr()
        assert f"error: the {name.upper()} was not built: a link leads nowhere" in said.err
        assert f"{name.upper()}: " not in said.out and "HTML: " in said.out


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


def copy_modules(folder: Path) -> None:
    """Copy the book's own modules, which the test then changes."""
    for name in ("bookext", "govsocial", "tools"):
        shutil.copytree(ROOT / name, folder / name)


def said_of(folder: Path, script: str) -> str:
    """Return what a script prints that imports the modules of a folder."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "tools")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_live_builds_take_the_modules_of_the_book_anew_after_a_change(tmp_path: Path) -> None:
    copy_modules(tmp_path)
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
    assert said_of(tmp_path, script).split() == ["False", "False", "42"]


def test_live_builds_share_what_takes_long_until_a_module_changes(tmp_path: Path) -> None:
    copy_modules(tmp_path)
    (tmp_path / "tools/build.py").write_text(
        """
import os
from types import SimpleNamespace
class BuildError(Exception): pass
def Edition(language): return SimpleNamespace(work="work")
def sphinx(*_arguments, **_options): print("in", os.environ["GOVSOCIAL_ONCE"])
""",
        "utf-8",
    )
    script = """
import os
from pathlib import Path
import live
live.Builder.kept = "kept"
build = live.Builder([], url_host="-", pre_build_commands=[], post_build_commands=[])
for change in (False, False, True):
    if change:
        Path("govsocial/adoption.py").touch()
    build(changed_paths=[])
"""
    one, same, other = re.findall(r"^in (kept/.+)$", said_of(tmp_path, script), re.MULTILINE)
    assert one == same != other


def test_live_builds_have_read_what_seldom_changes_until_it_does(tmp_path: Path) -> None:
    copy_modules(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("posting_weeks.csv", "posting_weeks.resource.yaml"):
        shutil.copy(ROOT / "data" / name, tmp_path / "data")
    script = """
import live
live.import_own()
live.look_ahead()
from bookext.execution.fingerprints import libraries
from bookext.records import descriptors
read, again = descriptors.read_yaml, []
descriptors.read_yaml = lambda path: again.append(path) or read(path)
path = live.ROOT / "data/posting_weeks.resource.yaml"
descriptors.load(path)
print(len(again), libraries.cache_info().currsize)
path.touch()
descriptors.load(path)
print(len(again))
"""
    assert said_of(tmp_path, script).split() == ["0", "1", "1"]


APT_GET = """#!/bin/sh
for word in "$@"; do
  [ "$word" = gone ] && { echo "E: Package 'gone' has no installation candidate" >&2; exit 100; }
done
echo "$@" >> "$0.log"
"""


def test_a_package_that_the_system_lacks_leaves_the_others_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = {"apt-get": APT_GET, "dpkg-query": "#!/bin/sh\nexit 1\n", "here": "#!/bin/sh\n"}
    for name, text in programs.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    wanted = tmp_path / "apt.txt"
    wanted.write_text("here\ngone\nother\n", "utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(system, "authority", list)
    monkeypatch.setattr(sys, "argv", ["system.py", str(wanted)])
    system.main()
    lines = (tmp_path / "apt-get.log").read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in lines] == ["update", "other"]
    assert "gone' failed: " in capsys.readouterr().out
