"""Where records are kept, merged and forgotten, and where a node of a page stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import nbformat
import pytest
from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util.docutils import new_document

from bookext.records import cell_outputs
from bookext.records.cell_outputs import (
    FigureRecord,
    NumberRecord,
    Page,
    is_outside,
    place,
    records,
)
from bookext.records.cell_settings import misspelt

APP: Any = None  # the records ask it nothing


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
    paragraph.line = None
    assert place(env, text) == ("page", None)


def test_records_of_other_processes_are_added_for_their_pages_only() -> None:
    here, there = environment(), environment()
    records(here).pages = {"a": page("old"), "b": page("b")}
    records(there).pages = {"a": page("new"), "c": page("c"), "b": page("not read there")}
    records(here).readers, records(there).readers = {"x"}, {"c", "not read there"}
    records(here).copiers, records(there).copiers = {"y"}, {"a", "not read there"}
    cell_outputs._merge(APP, here, {"a", "c", "without"}, there)
    keys = {name: found.numbers[0].key for name, found in records(here).pages.items()}
    assert keys == {"a": "new", "b": "b", "c": "c"}
    assert records(here).readers == {"x", "c"}
    assert records(here).copiers == {"y", "a"}


def test_pages_that_show_records_are_written_anew_when_these_are_others() -> None:
    env = environment(
        found_docs={"data", "numbers", "index", "copies"},
        config=SimpleNamespace(root_doc="index"),
        titles={"a": nodes.title("", "A")},
        toc_fignumbers={},
        collect_relations=dict,
    )
    kept = records(env)
    kept.readers, kept.copiers = {"numbers", "gone", "data"}, {"copies"}
    kept.pages = {"a": page("one")}
    kept.pages["a"].pictures = "one"
    outdated = cell_outputs._outdated
    assert outdated(APP, env) == ["copies", "data", "numbers"]  # a first build
    assert outdated(APP, env) == []
    cell_outputs._purge(APP, env, "a")
    assert kept.pages == {}
    kept.pages = {"a": page("one"), "without": Page()}  # read again, and as it was
    kept.pages["a"].pictures = "one"
    kept.pages["a"].numbers[0] = replace(kept.pages["a"].numbers[0], line=99)
    assert outdated(APP, env) == []
    kept.pages["a"].numbers[0] = replace(kept.pages["a"].numbers[0], printed="another")
    assert outdated(APP, env) == ["data", "numbers"]
    env.titles["a"] = nodes.title("", "B")
    assert outdated(APP, env) == ["data", "numbers"]
    kept.pages["a"].figures["fig-a"] = FigureRecord(("t",), "m", "x\n1\n")
    assert outdated(APP, env) == ["data", "numbers"]
    env.toc_fignumbers = {"a": {"figure": {"fig-a": (1, 2)}}}
    assert outdated(APP, env) == ["data", "numbers"]
    kept.pages["a"].pictures = "another"
    assert outdated(APP, env) == ["copies"]
    cell_outputs._purge(APP, env, "a")
    assert outdated(APP, env) == ["copies", "data", "numbers"]
    cell_outputs._purge(APP, env, "numbers")
    assert kept.readers == {"gone", "data"}


def test_what_copies_of_figures_show_is_told_apart_from_the_words_below() -> None:
    env = environment()
    env.docname = "page"
    app: Any = SimpleNamespace(env=env)
    records(env).pages["page"] = Page()
    image = nodes.image(uri="one.svg", alt="Falls from 9 to 4")
    caption = nodes.caption("", "Who answers")
    document = new_document("page.md")
    kept = []

    def keep() -> None:
        cell_outputs._keep_pictures(app, document)
        kept.append(records(env).pages["page"].pictures)

    keep()
    document += nodes.figure("", image, caption, ids=["fig-one"])
    keep()
    caption.replace_self(nodes.caption("", "Who answers whom"))
    keep()
    image["alt"] = "Falls from 9 to 3"
    keep()
    image["narrow"] = "narrow.svg"
    keep()
    assert kept[0] == ""
    assert kept[1] == kept[2]
    assert len(set(kept)) == 4


def test_the_notebook_of_a_page_has_the_results_that_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "chapters").mkdir()
    path = tmp_path / "chapters/one.ipynb"
    asked = []

    class Store(NamedTuple):
        folder: str
        root: Path

        def results(self, notebook: nbformat.NotebookNode, page: Path) -> list[str]:
            asked.append((*self, page.name))
            return ["with results", notebook.cells[0].source]

    def write(code: str, nanoseconds: int) -> None:
        cells = [nbformat.v4.new_code_cell(code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        os.utime(path, ns=(nanoseconds, nanoseconds))

    executed: Callable[..., Any] = cell_outputs.executed_notebook
    monkeypatch.setattr(cell_outputs, "Store", Store)
    config = SimpleNamespace(output_folder=tmp_path, execution_cache_path="kept")
    env = environment(mystnb_config=config, srcdir="book", doc2path=lambda docname: f"{docname}.md")
    write("7 * 6", 1_000)
    executed(env, "chapters/one").clear()  # what one changes, no other has
    assert executed(env, "chapters/one") == ["with results", "7 * 6"]
    assert asked == [("kept", Path("book"), "one.md")]
    write("7 * 7", 2_000)
    assert executed(env, "chapters/one") == ["with results", "7 * 7"]


def test_records_do_not_change() -> None:
    with pytest.raises(AttributeError):
        page("a").numbers[0].key = "b"  # type: ignore[misc]


def test_a_page_that_did_not_run_has_no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    ran = {"page": {"runtime": 1}, "prose": None}
    monkeypatch.setattr(NbMetadataCollector, "get_exec_data", lambda _env, name: ran[name])
    monkeypatch.setattr(cell_outputs, "executed_notebook", lambda _env, name: read.append(name))
    monkeypatch.setattr(
        cell_outputs, "collect", lambda found, _notebook, _folder: found.cells.update({3: []})
    )
    for name in ran:
        env = environment()
        env.docname = name
        env.mystnb_config = SimpleNamespace(output_folder="pictures")
        settings = SimpleNamespace(env=env)
        transform: Any = cell_outputs.CollectRecords.__new__(cell_outputs.CollectRecords)
        transform.document = SimpleNamespace(settings=settings)
        transform.apply()
        assert records(env).pages[name].cells == ({3: []} if ran[name] else {})
    assert read == ["page"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("hide-inputs", ["the tag `hide-inputs` is unknown; did you mean `hide-input`?"]),
        ("hide_input", ["the tag `hide_input` is unknown; did you mean `hide-input`?"]),
        ("raise-exception", ["the tag `raise-exception` is unknown; did you mean `raises-excepti"]),
        ("hide-input", []),
        ("instructor", []),
        ("output", []),
    ],
)
def test_a_misspelt_tag_is_named(tag: str, said: list[str]) -> None:
    found = list(misspelt([tag]))
    assert len(found) == len(said)
    assert all(one.startswith(start) for one, start in zip(found, said, strict=True))
