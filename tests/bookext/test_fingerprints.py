"""What a page was made from: which files count, and what of them has changed."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from bookext.execution import fingerprints
from bookext.execution.fingerprints import ABSENT, Fingerprint, libraries, state
from bookext.execution.mentions import Mentions

STARTED = 1_700_000_000_000_000_000  # ns
LAG = 50_000_000


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A file of the book."""
    path = tmp_path / "table.csv"
    path.write_text("x", "utf-8")
    return path


def changes(before: Fingerprint, root: Path) -> list[str]:
    """Return what has changed, of the files."""
    files = Fingerprint(before.files, fingerprints.libraries(root))
    return list(files.changes(root))


class Status:
    """The times of a file."""

    st_size = 1

    def __init__(self, modified: int, changed: int) -> None:
        self.st_mtime_ns, self.st_ctime_ns = modified, changed


@pytest.mark.parametrize(
    ("modified", "changed", "kept"),
    [
        (STARTED - LAG - 1, STARTED - LAG - 1, True),
        (STARTED - LAG, STARTED - LAG, True),
        (STARTED - LAG + 1, STARTED - LAG - 1, False),  # written while the page ran
        (STARTED - 10 * LAG, STARTED - LAG + 1, False),  # moved there with its old time
    ],
)
def test_a_file_counts_if_it_was_there_before_the_page_started(
    table: Path, monkeypatch: pytest.MonkeyPatch, modified: int, changed: int, kept: bool
) -> None:
    monkeypatch.setattr(fingerprints, "libraries", lambda _root: {})
    monkeypatch.setattr(Path, "is_file", lambda _path: True)
    monkeypatch.setattr(Path, "stat", lambda _path: Status(modified, changed))
    recorded = Fingerprint.recorded(table.parent, [str(table)], STARTED)
    assert bool(recorded.files["table.csv"]) is kept


def test_an_edit_is_seen_though_size_and_time_are_the_same(table: Path) -> None:
    before = Fingerprint.recorded(table.parent, [str(table)], 2**62)
    status = table.stat()
    assert changes(before, table.parent) == []
    while table.stat().st_ctime_ns == status.st_ctime_ns:  # the file system's clock has steps
        table.write_text("y", "utf-8")
        os.utime(table, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert changes(before, table.parent) == ["table.csv changed"]


def test_files_are_named_in_order_with_their_checksums(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("abc", "utf-8")
    opened = [str(tmp_path / name) for name in ("c/d.csv", "b.csv", "a.csv", "a.csv")]
    found = Fingerprint.recorded(tmp_path, opened, 2**62).files
    assert list(found) == ["a.csv", "b.csv", "c/d.csv"]
    # SHA-256 of "abc", as in FIPS 180-4.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert set(found.values()) == {expected}


def test_libraries_that_came_went_or_changed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {"gone": "1", "python": "3", "same": "5", "renewed": "6"}
    now = {"new": "2", "python": "3", "same": "5", "renewed": "7"}
    monkeypatch.setattr(fingerprints, "libraries", lambda _root: now)
    assert list(Fingerprint({}, before).changes(tmp_path)) == [
        "gone 1 → none",
        "new none → 2",
        "renewed 6 → 7",
    ]


def test_a_fingerprint_survives_being_written(tmp_path: Path) -> None:
    before = Fingerprint({"a": "1", "b": ""}, {"python": "3"})
    assert Fingerprint.loads(before.dumps()) == before
    assert list(before.changes(tmp_path))[:2] == ["a is gone", "b is gone"]


def test_results_of_another_form_are_not_shown(tmp_path: Path) -> None:
    kept = Fingerprint({}, libraries(tmp_path))
    assert not list(kept.changes(tmp_path))
    without = json.dumps({"files": {}, "libraries": kept.libraries})  # as it was once kept
    assert list(Fingerprint.loads(without).changes(tmp_path)) == [
        "results are kept in another form now"
    ]


def test_a_fingerprint_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Fingerprint({}, {}).files = {"a": "1"}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("data/a.csv", True),
        ("_build/a", False),
        ("a/_builder.py", True),
        (".git/a", False),
        ("a/__pycache__/b.py", False),
        ("a/b__pycache__.py", True),
    ],
)
def test_what_belongs_to_the_book(tmp_path: Path, name: str, belongs: bool) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x", "utf-8")
    found = Fingerprint.recorded(tmp_path, [str(tmp_path / name)], 2**62).files
    assert bool(found) is belongs


def test_nothing_outside_the_book_counts(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "bookish.csv").write_text("x", "utf-8")
    opened = [str(tmp_path / "bookish.csv"), os.fspath(Path(os.__file__))]
    assert Fingerprint.recorded(tmp_path / "book", opened, 2**62).files == {}


def test_a_file_without_checksum_changed_while_the_page_ran(table: Path) -> None:
    before = Fingerprint({"table.csv": ""}, {})
    assert changes(before, table.parent) == ["table.csv changed while the page ran"]


def test_the_libraries_of_an_environment_in_the_book_do_not_belong_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("env/lib.py", "environment.csv")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    found = Fingerprint.recorded(tmp_path, map(str, paths), 2**62).files
    assert list(found) == ["environment.csv"]


def test_of_a_folder_or_a_pattern_the_names_count(tmp_path: Path) -> None:
    pattern = tmp_path / "*.csv"
    nothing = state(pattern)
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    # SHA-256 of nothing, as in FIPS 180-4, and of the names in order.
    assert nothing.removeprefix("names:").startswith("e3b0c44298fc1c149afbf4c8996fb924")
    named = [
        hashlib.sha256(names).hexdigest() for names in (b"a.csv\nb.csv\nc.txt", b"a.csv\nb.csv")
    ]
    assert [state(tmp_path), state(pattern)] == [f"names:{found}" for found in named]
    for name in ("_build", "__pycache__", ".cache"):
        (tmp_path / name).mkdir()
    assert state(tmp_path) == f"names:{named[0]}"
    assert state(tmp_path / "later.csv") == ABSENT


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("**.csv", ["a.csv"]),
        ("d/**", ["b.csv", "e", "e/c.csv"]),
        ("d/**/*.csv", ["b.csv", "e/c.csv"]),
        ("*/*.csv", ["d/b.csv"]),
        ("**/c.csv", ["d/e/c.csv"]),
        ("[.csv", []),
    ],
)
def test_any_pattern_has_the_names_that_match(
    tmp_path: Path, pattern: str, names: list[str]
) -> None:
    for name in ("a.csv", "d/b.csv", "d/e/c.csv", "_build/c.csv", ".cache/c.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert state(tmp_path / pattern) == _names(names)


def _names(names: list[str]) -> str:
    return "names:" + hashlib.sha256("\n".join(names).encode()).hexdigest()


def test_what_cells_name_counts_as_what_was_opened_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOY_SET", "1")
    monkeypatch.delenv("TOY_NOT", raising=False)
    monkeypatch.setitem(sys.modules, "toy_bare", ModuleType("toy_bare"))
    root, outside = tmp_path / "book", tmp_path / "outside.csv"
    (root / "data").mkdir(parents=True)
    outside.write_text("abc", "utf-8")
    opened = root / "a.csv"
    opened.write_text("abc", "utf-8")
    paths = [
        str(root / "chapters/../later.csv"),
        str(root / "data"),
        str(root / "_build/c.csv"),
        str(outside),
        str(tmp_path / "nowhere.csv"),
    ]
    modules = ["json", "no_such_module", "no_such_package.module", ".labels", "toy_bare"]
    named = Mentions(frozenset(paths), frozenset({"TOY_SET", "TOY_NOT"}), frozenset(modules))
    found = Fingerprint.recorded(root, [str(opened)], 2**62, named)
    assert list(found.files) == ["a.csv", "data", "later.csv", outside.as_posix()]
    assert found.files["later.csv"] == ABSENT
    assert found.variables == {"TOY_NOT": None, "TOY_SET": "1"}
    assert [name for name, there in found.modules.items() if there] == ["json"]
    assert found.modules.keys() == set(modules)
    assert list(found.changes(root)) == []


def test_variables_and_modules_that_changed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOY_SET", "2")
    monkeypatch.setenv("TOY_SAME", "3")
    variables = {"TOY_SET": "1", "TOY_SAME": "3", "TOY_GONE": "4", "TOY_NEVER": None}
    modules = {"json": False, "csv": True, "no_such_module": True, "no_such_package.one": False}
    before = Fingerprint({}, fingerprints.libraries(tmp_path), variables, modules)
    assert list(before.changes(tmp_path)) == [
        "the variable TOY_SET changed",
        "the variable TOY_GONE changed",
        "json is installed now",
        "no_such_module is gone",
    ]


@pytest.mark.parametrize("name", ["data/parts", "data/parts/*.csv", "data/p*s"])
def test_of_folders_and_patterns_that_cells_name_the_contents_count(
    tmp_path: Path, name: str
) -> None:
    part = tmp_path / "data/parts/1.csv"
    part.parent.mkdir(parents=True)
    part.write_text("one", "utf-8")
    named = Mentions(frozenset({str(tmp_path / name)}), frozenset(), frozenset())
    kept = Fingerprint.loads(Fingerprint.recorded(tmp_path, [], 2**62, named).dumps())
    assert list(kept.changes(tmp_path)) == []
    part.write_text("another", "utf-8")
    assert list(kept.changes(tmp_path)) == [f"{name} changed"]


def test_a_book_may_lie_where_a_folder_looks_like_a_pattern(tmp_path: Path) -> None:
    root = tmp_path / "my [book]? *"
    (root / "data").mkdir(parents=True)
    named = Mentions(
        frozenset({str(root / "data/*.csv"), str(root / "later.csv")}), frozenset(), frozenset()
    )
    kept = Fingerprint.recorded(root, [], 2**62, named)
    assert kept.files["later.csv"] == ABSENT
    (root / "data/a.csv").touch()
    assert list(kept.changes(root)) == ["data/*.csv changed"]


def test_what_came_and_what_went_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "came.csv").write_text("x", "utf-8")
    (tmp_path / "other.csv").write_text("x", "utf-8")
    before = Fingerprint({"came.csv": ABSENT, "went.csv": "1", "other.csv": "1", "no": ABSENT}, {})
    assert changes(before, tmp_path) == [
        "came.csv is there now",
        "went.csv is gone",
        "other.csv changed",
    ]


def test_libraries_are_those_that_are_pinned_and_installed(tmp_path: Path) -> None:
    pins = "# pins\n--extra-index-url x\nsphinx==1.0 \\\n    --hash=sha256:0\nno-such-package==2\n"
    (tmp_path / "requirements.txt").write_text(pins, "utf-8")
    found = fingerprints.libraries(tmp_path)
    assert found == {"python": platform.python_version(), "sphinx": version("sphinx")}
    assert fingerprints.libraries(tmp_path / "none") == {"python": platform.python_version()}
