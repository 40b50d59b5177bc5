"""Which results of a page are kept, found, and taken for good."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbformat import NotebookNode, v4
from sqlalchemy.exc import OperationalError

from bookext.execution.fingerprints import Fingerprint, libraries, state
from bookext.execution.store import Store, sound_store_of

PAGE = Path("/book/page.md")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The results of a book that has none."""
    return Store(str(tmp_path / "cache"), tmp_path)


def notebook(code: str, *outputs: str, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Return a page: text, then a cell, which has been run if it has outputs."""
    cell = v4.new_code_cell(code, metadata={"tags": list(tags)})
    cell.outputs = [v4.new_output("stream", text=text) for text in outputs]
    cell.execution_count = len(outputs) or None
    page: NotebookNode = v4.new_notebook(cells=[v4.new_markdown_cell("# A long title"), cell])
    return page


def keep(
    store: Store, page: NotebookNode, seconds: float = 1.25, files: dict[str, str] | None = None
) -> str:
    """Keep the results of a page, and return their key."""
    root = store._root
    store.keep(client(page), seconds, Fingerprint(files or {}, libraries(root)))
    return store.key(page, PAGE)


def client(page: NotebookNode) -> Any:
    """Return as much of a client as the store asks."""
    return SimpleNamespace(notebook=page, path=PAGE)


def test_no_note_waits_for_the_disk(store: Store) -> None:
    with store._db.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 0


def test_the_key_follows_from_what_runs(store: Store) -> None:
    key = store.key(notebook("print(1)"), PAGE)
    assert store.key(notebook("print(1)", tags=("hide-input",)), PAGE) == key
    assert store.key(notebook("print(1)", "1"), PAGE) == key
    others = [
        notebook("print(2)"),
        notebook("print(1)", tags=("raises-exception",)),
        notebook("print(1)", tags=("skip-execution",)),
    ]
    may_fail = notebook("print(1)")
    may_fail.metadata["mystnb"] = {"execution_allow_errors": True}
    found = [store.key(other, PAGE) for other in (*others, may_fail)]
    elsewhere = store.key(notebook("print(1)"), Path("/book/elsewhere/page.md"))
    assert len({key, elsewhere, *found}) == 6
    assert store.key(notebook("print(1)"), Path("/book/another.md")) == key


def test_results_are_put_into_the_cells_of_the_page(store: Store) -> None:
    key = keep(store, notebook("print(1)", "one", "two"), seconds=2.5)
    page = notebook("print(1)", tags=("hide-input",))
    text, cell = store.results(page, PAGE).cells
    assert (text.source, cell.metadata.tags) == ("# A long title", ["hide-input"])
    assert [output.text for output in cell.outputs] == ["one", "two"]
    assert cell.execution_count == 2
    assert page.cells[1].outputs == []
    (only,) = store.notebook(key).cells
    assert [output.text for output in only.outputs] == ["one", "two"]
    facts = store.facts(key)
    assert (facts["runtime"], facts["succeeded"], facts["error"]) == (2.5, True, None)


def test_a_page_whose_cells_do_not_all_run_is_kept(store: Store) -> None:
    page = notebook("print(1)", tags=("skip-execution",))
    page.cells.append(v4.new_code_cell("2", execution_count=1))
    assert store.run(keep(store, page)).kept


def test_a_run_has_a_time_if_its_results_are_kept(store: Store) -> None:
    page = notebook("print(1)")
    assert store.run(store.key(page, PAGE)) == (store.key(page, PAGE), "")
    assert store.fingerprint(store.key(page, PAGE)) is None
    key = keep(store, notebook("print(1)", "one"))
    assert store.run(key).key == key
    assert store.run(key).kept.startswith("20")


def test_a_second_run_takes_the_place_of_the_first(store: Store) -> None:
    keep(store, notebook("print(1)", "one"), files={"a.csv": "1"})
    key = keep(store, notebook("print(1)", "another"), seconds=7, files={"b.csv": "2"})
    assert store.results(notebook("print(1)"), PAGE).cells[1].outputs[0].text == "another"
    assert store.facts(key)["runtime"] == 7
    kept = store.fingerprint(key)
    assert kept and kept.files == {"b.csv": "2"}


def test_an_interrupt_between_two_runs_leaves_no_results(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    key = keep(store, notebook("print(1)", "one"))
    monkeypatch.setattr(shutil, "rmtree", interrupt)
    with pytest.raises(KeyboardInterrupt):
        keep(store, notebook("print(1)", "another"))
    assert store.reasons(key, PAGE) == ["it has no results yet"]


def test_why_a_page_runs(store: Store, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("x", "utf-8")
    key = store.key(notebook("print(1)"), PAGE)
    assert store.reasons(key, PAGE) == ["it has no results yet"]
    keep(store, notebook("print(1)", "one"), files={"table.csv": state(table)})
    assert store.reasons(key, PAGE) == []
    assert store.reasons(store.key(notebook("print(2)"), PAGE), PAGE) == ["its code changed"]
    assert store.reasons("another", Path("/book/other.md")) == ["it has no results yet"]
    table.write_text("another", "utf-8")
    assert store.reasons(key, PAGE) == ["table.csv changed"]
    (written,) = tmp_path.rglob("fingerprint.json")
    written.write_text("{", "utf-8")
    assert store.reasons(key, PAGE) == ["its last run was not recorded"]


def test_the_weight_of_a_page_is_its_longest_time_and_its_code(store: Store) -> None:
    page = notebook("12345")
    page.cells.append(v4.new_code_cell("678"))
    assert store.weight(client(page)) == (float("inf"), 8)
    for code, seconds in (("1", 2.5), ("2", 4.5), ("3", 3.5)):
        keep(store, notebook(code, "x"), seconds)
    assert store.weight(client(page)) == (4.5, 8)


def test_four_results_of_each_page_are_held(store: Store) -> None:
    store.hold(3)
    assert store._cache.get_cache_limit() == 13


def test_what_was_in_use_longest_ago_is_forgotten(store: Store) -> None:
    store.hold(3)
    keys = [keep(store, notebook(str(number), "x")) for number in range(10)]
    store.trim([keys[0], "of a page that did not run"])
    assert [bool(store.run(key).kept) for key in keys] == [True, False, *[True] * 8]
    store.trim([keys[0]])
    assert [bool(store.run(key).kept) for key in keys] == [True, *[False] * 5, *[True] * 4]


def environment(folder: Path) -> Any:
    """Return as much of Sphinx's environment as the store needs."""
    config = SimpleNamespace(execution_cache_path=str(folder / "cache"))
    return SimpleNamespace(mystnb_config=config, srcdir=folder)


def test_results_that_are_damaged_are_begun_anew(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = notebook("print(1)", "one")
    key = keep(store, page)
    assert sound_store_of(environment(tmp_path)).run(key).kept
    (tmp_path / "cache/global.db").write_bytes(b"no data base" * 1000)
    anew = sound_store_of(environment(tmp_path))
    assert anew.run(key).kept == ""
    assert "were damaged: all pages run again" in capsys.readouterr().err
    assert not list((tmp_path / "cache").rglob("*.ipynb"))


def test_results_stay_when_the_system_stands_in_the_way(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_store: Store) -> None:
        busy = sqlite3.OperationalError("database is locked")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("select", None, busy) from busy

    key = keep(store, notebook("print(1)", "one"))
    monkeypatch.setattr(Store, "check", locked)
    with pytest.raises(OperationalError, match="database is locked"):
        sound_store_of(environment(tmp_path))
    assert store.run(key).kept
