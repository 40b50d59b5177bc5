"""The order of the ledger, its file, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from docutils import nodes
from docutils.parsers.rst import DirectiveError
from docutils.utils import new_document
from sphinx import addnodes

from bookext.records import number_ledger
from bookext.records.cell_outputs import NumberRecord, Page, records
from bookext.records.number_ledger import as_csv, entries, parts_of_a_unit


def number(key: str, *tables: str, value: Any = 1, line: int = 7) -> NumberRecord:
    """Return a number."""
    unit = "share of posts; 95% interval"
    return NumberRecord(key, "number", value, "0", "printed", unit, tables, line)


APP: Any = None  # the checks ask it nothing


def book(**pages: list[NumberRecord]) -> Any:
    """Return a book: front, two (the first page), one, then two posts that stand outside."""
    following = {"front": "two", "two": "one", "one": None}
    env: Any = SimpleNamespace(
        config=SimpleNamespace(root_doc="front"),
        collect_relations=lambda: {name: [None, None, n] for name, n in following.items()},
        doc2path=lambda name, base: f"{'/book/' if base else ''}{name}.md",
        metadata={name: {"orphan": True} if name[0] == "z" else {} for name in pages},
    )
    records(env).pages = {name: Page(numbers=numbers) for name, numbers in pages.items()}
    return env


def test_pages_come_in_the_order_of_the_book_then_the_posts_by_name() -> None:
    env = book(
        z_late=[number("e")],
        one=[number("c"), number("b")],
        z_early=[number("d")],
        two=[number("a")],
        unread=[number("nowhere")],
    )
    found = [(entry.docname, entry.number.key) for entry in entries(env)]
    assert found == [
        ("two", "a"),
        ("one", "c"),
        ("one", "b"),
        ("z_early", "d"),
        ("z_late", "e"),
    ]


def test_the_file_has_full_values_and_says_what_is_constant() -> None:
    env = book(
        two=[
            number("whole", "t", "u", value=3),
            number("interval", "t", value=[0.25, 1.5]),
            number("word", "t", value="Suriname, once"),
            number("method", value=5),
        ]
    )
    assert as_csv(entries(env)).splitlines() == [
        "key,value,printed,unit,chapter,tables",
        "whole,3,printed,share of posts; 95% interval,two,t u",
        'interval,"[0.25, 1.5]",printed,share of posts; 95% interval,two,t',
        'word,"Suriname, once",printed,share of posts; 95% interval,two,t',
        f"method,5,printed,share of posts; 95% interval,two,{number_ledger._CONSTANT}",
    ]


def test_the_kind_of_an_interval_is_a_part_of_the_unit() -> None:
    assert parts_of_a_unit(number("a")) == ["share of posts", "95% interval"]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The warnings of the check; the book has the tables t and u."""
    found: list[str] = []

    def warn(text: str, *arguments: object, **_options: object) -> None:
        found.append(text % arguments)

    monkeypatch.setattr(number_ledger, "_LOGGER", SimpleNamespace(warning=warn))
    tables = {name: Path(name) for name in ("t", "u")}
    monkeypatch.setattr(number_ledger, "descriptor_paths", lambda _env: tables)
    return found


def test_different_keys_of_known_tables_are_right(said: list[str]) -> None:
    number_ledger._check(APP, book(two=[number("a", "t"), number("b", "u"), number("c")]))
    assert said == []


def test_a_key_used_twice_is_named_with_both_places(said: list[str]) -> None:
    env = book(two=[number("a", "t")], one=[number("a", "t", line=30), number("b", "t")])
    number_ledger._check(APP, env)
    assert said == [
        "the number 'a' is handed over twice, at two.md:7 and one.md:30; rename one of them"
    ]


def test_an_unknown_table_is_named_with_number_and_place(said: list[str]) -> None:
    number_ledger._check(APP, book(two=[number("a", "x", "t", "w", line=9)]))
    assert said == [
        "two.md:9: the number 'a' names the unknown table w, x; the tables are in data/"
    ]


def test_a_key_that_only_a_code_book_has_is_named_with_file_and_line(
    said: list[str], tmp_path: Path
) -> None:
    text = "prefix: one\nnumbers:\n  - unit: u\n    keys: a b\n  - {unit: v, keys: c}\n"
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/one.numbers.yml").write_text(text, "utf-8")
    env = book(two=[number("one-b"), number("one-a-interval")])
    env.srcdir, env.found_docs = tmp_path, {"chapters/one", "two"}
    env.doc2path = lambda name: tmp_path / f"{name}.md"
    number_ledger._check_code_books(APP, env)
    remedy = "is in the code book, and no cell hands it over; delete its key there, or hand it over"
    assert said == [
        f"chapters/one.numbers.yml:4: the number 'one-a' {remedy}",
        f"chapters/one.numbers.yml:5: the number 'one-c' {remedy}",
    ]


def test_the_list_stands_on_its_page_and_nowhere_else() -> None:
    env = book()
    directive: Any = number_ledger.NumberLedger.__new__(number_ledger.NumberLedger)
    directive.state = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
    env.docname = "back/numbers"
    assert [type(node) for node in directive.run()] == [number_ledger.number_ledger]
    assert records(env).readers == {"back/numbers"}
    env.docname = "one"
    with pytest.raises(DirectiveError) as error:
        directive.run()
    assert "belongs into back/numbers.md" in error.value.msg


def listed(name: str, kind: str) -> Any:
    """Return the page of numbers as a builder gets it."""
    env = book(two=[number("a")], one=[number("b"), number("c"), number("d")])
    env.docname = "back/numbers"
    env.titles = {name: nodes.title("", name.title()) for name in ("one", "two")}
    env._app = SimpleNamespace(builder=SimpleNamespace(name=name, format=kind))
    document = new_document("page")
    document.settings.env = env
    document += [nodes.paragraph("", "All."), number_ledger.number_ledger()]
    number_ledger.WriteLedger(document).run()
    return document


def test_on_the_site_the_list_names_pages_with_how_many_numbers_they_have() -> None:
    _first, download, pages = listed("html", "html")
    (link,) = download.findall(nodes.reference)
    assert (link["refuri"], link["internal"]) == ("../numbers.csv", True)
    assert [item.astext() for item in pages] == ["Two (1)", "One (3)"]
    assert all(isinstance(item, nodes.list_item) for item in pages)
    targets = [item.next_node(addnodes.pending_xref)["reftarget"] for item in pages]
    assert targets == ["/numbers/two", "/numbers/one"]


def test_elsewhere_there_is_no_list() -> None:
    assert [node.astext() for node in listed("typst", "typst")] == ["All."]


def test_the_file_stands_beside_the_pages(tmp_path: Path) -> None:
    app: Any = SimpleNamespace(outdir=tmp_path, env=book(two=[number("a")]))
    number_ledger._write_csv(app)
    assert [path.name for path in tmp_path.iterdir()] == ["numbers.csv"]


def test_pages_with_numbers_are_read_by_several_processes() -> None:
    told = number_ledger.setup(Mock())
    assert told["parallel_read_safe"] and told["parallel_write_safe"]
