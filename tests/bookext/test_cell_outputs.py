"""Where records are kept, merged and forgotten, and where a node of a page stands."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes

from bookext.records import cell_outputs
from bookext.records.cell_outputs import NumberRecord, Page, is_outside, place, records


def environment(**attributes: Any) -> Any:
    """Return as much of Sphinx's environment as the records need."""
    return SimpleNamespace(docname="page", **attributes)


def page(key: str) -> Page:
    """Return the records of a page with one number."""
    return Page(numbers=[NumberRecord(key, "number", 1, "0", "1", "u", ("t",), 7)])


def test_a_page_stands_outside_the_book_if_it_says_so() -> None:
    env = environment(metadata={"post": {"orphan": True}, "chapter": {}})
    assert is_outside(env, "post")
    assert not is_outside(env, "chapter")


def cell(index: int, *children: nodes.Node) -> nodes.container:
    """Return the node of a code cell."""
    return nodes.container("", *children, nb_element="cell_code", cell_index=index)


def test_a_node_of_a_cell_stands_where_the_cell_does() -> None:
    image = nodes.image()
    cell(1, nodes.figure("", image))
    markdown = environment(metadata={"page": {"source_map": [3, 11]}})
    assert place(markdown, image) == ("page", 12)
    notebook = environment(metadata={"page": {}})  # without lines: the cell's number
    assert place(notebook, image) == ("page", 2)


def test_a_node_with_a_line_stands_there() -> None:
    image = nodes.image()
    image.line = 5
    cell(1, image)
    assert place(environment(metadata={"page": {"source_map": [3, 11]}}), image) == ("page", 5)


def test_a_node_without_line_stands_where_its_parent_does() -> None:
    text, other = nodes.inline(), nodes.container("", nb_element="cell_markdown", cell_index=1)
    paragraph = nodes.paragraph("", "", text)
    other += paragraph
    paragraph.line = 8
    env = environment(metadata={"page": {"source_map": [3, 11]}})
    assert place(env, text) == ("page", 8)
    assert place(env, other) == ("page", None)


def test_records_of_other_processes_are_added_for_their_pages_only() -> None:
    here, there = environment(), environment()
    records(here).pages = {"a": page("old"), "b": page("b")}
    records(there).pages = {"a": page("new"), "c": page("c"), "b": page("not read there")}
    records(here).readers, records(there).readers = {"x"}, {"y"}
    cell_outputs._merge(None, here, {"a", "c", "without"}, there)
    keys = {name: found.numbers[0].key for name, found in records(here).pages.items()}
    assert keys == {"a": "new", "b": "b", "c": "c"}
    assert records(here).readers == {"x", "y"}


def test_pages_that_show_records_are_written_anew_once_when_records_changed() -> None:
    env = environment(found_docs={"data", "numbers"})
    records(env).readers = {"numbers", "gone", "data"}
    assert cell_outputs._outdated(None, env) == ["data", "numbers"]  # a first build
    assert cell_outputs._outdated(None, env) == []
    records(env).pages = {"a": page("a")}
    cell_outputs._purge(None, env, "a")
    assert records(env).pages == {}
    assert cell_outputs._outdated(None, env) == ["data", "numbers"]
    cell_outputs._purge(None, env, "never read")
    assert cell_outputs._outdated(None, env) == ["data", "numbers"]


def test_records_do_not_change() -> None:
    with pytest.raises(AttributeError):
        page("a").numbers[0].key = "b"  # type: ignore[misc]


def test_a_page_that_did_not_run_has_no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    ran = {"page": {"runtime": 1}, "prose": None}
    monkeypatch.setattr(
        cell_outputs.NbMetadataCollector, "get_exec_data", lambda _env, name: ran[name]
    )
    monkeypatch.setattr(cell_outputs, "executed_notebook", lambda _env, name: read.append(name))
    monkeypatch.setattr(
        cell_outputs, "collect", lambda found, _notebook, _folder: found.cells.update({3: []})
    )
    for name in ran:
        env = environment()
        env.docname = name
        env.mystnb_config = SimpleNamespace(output_folder="pictures")
        settings = SimpleNamespace(env=env)
        transform = cell_outputs.CollectRecords.__new__(cell_outputs.CollectRecords)
        transform.document = SimpleNamespace(settings=settings)
        transform.apply()
        assert records(env).pages[name].cells == ({3: []} if ran[name] else {})
    assert read == ["page"]


def test_records_are_merged_by_workers() -> None:
    app = SimpleNamespace(add_transform=lambda _: None, connect=lambda *_: None)
    told = cell_outputs.setup(app)  # type: ignore[arg-type]
    assert told["parallel_read_safe"] and told["parallel_write_safe"]
    assert Path(cell_outputs.__file__).name == "cell_outputs.py"
