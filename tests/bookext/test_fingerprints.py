"""What a page was made from: which files count, and what of them has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bookext.execution import fingerprints
from bookext.execution.fingerprints import Fingerprint

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
