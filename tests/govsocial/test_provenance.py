"""The tables behind a number or a figure follow from the code of the cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from govsocial import contract, notebook, provenance, ranking, tables
from govsocial.findings import summary

IMPORTS = "from govsocial import tables\nfrom govsocial.notebook import Numbers, show\n"
ONE, TWO = 'tables.load("egdi_ranks")', 'tables.load("facts")'


def origins(*cells: str) -> list[list[str]]:
    """Return the tables of each element that the last line hands over."""
    *before, last = (IMPORTS + cells[0], *cells[1:])
    names: dict[str, Any] = {"tables": tables, "ranking": ranking, "pd": pd}
    (call,) = [
        call
        for (line, *_place), call in provenance.calls(before, last, names).items()
        if line == len(last.splitlines()) and call.positional[0].whole == {"=k"}
    ]
    return [
        provenance.named(found)
        for passed in call.positional[1:]
        for found in passed.parts or [passed.whole]
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (f"a = {ONE}\nnumbers('k', len(a))", ["egdi_ranks"]),
        (f"a = {ONE}\na = {TWO}\nnumbers('k', a.shape[0])", ["facts"]),
        (f"a, b = {ONE}, {TWO}\nnumbers('k', b.size)", ["facts"]),
        (f"a, [b, *c] = {ONE}.shape\nnumbers('k', b)", ["egdi_ranks"]),
        (f"a, b = {ONE}, {TWO}\nnumbers('k', a.size / b.size)", ["egdi_ranks", "facts"]),
        (
            f"a = {ONE}\nb = {TWO}\na['x'] = b['y']\nnumbers('k', a.x[0])",
            ["egdi_ranks", "facts"],
        ),
        (
            f"d = {{}}\nd['x'] = {ONE}\nd.update(y={TWO})\nnumbers('k', d['y'])",
            ["egdi_ranks", "facts"],
        ),
        (
            f"a = {ONE}\nn = 0\nfor row in a.rank:\n    n += row\nnumbers('k', n)",
            ["egdi_ranks"],
        ),
        (
            f"l = []\nfor row in {ONE}.rank:\n    l.append(row)\nnumbers('k', l[0])",
            ["egdi_ranks"],
        ),
        (
            "f = {n: tables.load(n) for n in {'egdi_ranks', 'facts'}}\nnumbers('k', f)",
            ["egdi_ranks", "facts"],
        ),
        (
            f"b = {TWO}\na = {ONE}.pipe(lambda t: t.merge(b))\nnumbers('k', a.size)",
            ["egdi_ranks", "facts"],
        ),
        (
            f"a = {ONE}\ndef part(x):\n    return x / len(a)\nnumbers('k', part(1))",
            ["egdi_ranks"],
        ),
        (f"a = {ONE}\nnumbers('k', [r for r in {TWO}.value if r > 1][0])", ["facts"]),
        (f"a = {ONE}\nx = [a for a in (1, 2)]\nnumbers('k', x[0])", []),
        (
            f"with_ = {ONE}\nif (n := len(with_)) > 1:\n    pass\nnumbers('k', n)",
            ["egdi_ranks"],
        ),
        (
            "d = {'x': 'facts'}\nf = [tables.load(t) for t in d]\nnumbers('k', f)",
            ["facts"],
        ),
        ("numbers('k', 5 / 60)", []),
        ("numbers('k', 'egdi_ranks')", []),
    ],
)
def test_a_value_comes_from_the_tables_that_went_into_it(code: str, expected: list[str]) -> None:
    assert origins(code) == [expected]


def test_each_of_several_numbers_has_tables_of_its_own() -> None:
    code = f"a = {ONE}\nb = {TWO}\nnumbers('k', [len(a), b.size, 3], b.value, len(a))"
    assert origins(code) == [["egdi_ranks"], ["facts"], [], ["facts"], ["egdi_ranks"]]


def test_earlier_cells_count_in_the_order_in_which_they_ran() -> None:
    assert origins(f"a = {ONE}", f"a = {TWO}", "numbers('k', len(a))") == [["facts"]]
    assert origins(f"a = {TWO}", f"a = {ONE}", "numbers('k', len(a))") == [["egdi_ranks"]]


def test_of_a_notebook_that_goes_on_only_new_cells_are_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    followed: list[str] = []
    run = provenance.Flow.run

    def noted(flow: provenance.Flow, code: str) -> None:
        followed.append(code)
        run(flow, code)

    monkeypatch.setattr(provenance.Flow, "run", noted)

    def tables_of(before: list[str], names: dict[str, Any]) -> list[list[str]]:
        found = provenance.calls(before, "numbers(a)", names)
        return [provenance.named(call.positional[0].whole) for call in found.values()]

    names = {"tables": tables}
    first, second, last = f"a = {ONE}", f"a = (a, {TWO})", "numbers(a)"
    assert tables_of([first], names) == tables_of([first], names) == [["egdi_ranks"]]
    assert tables_of([first, second], names) == [["egdi_ranks", "facts"]]
    assert followed == [first, last, last, second, last]
    # Neither another past nor another notebook is taken for this one.
    assert tables_of([second], names) == [["facts"]]
    assert tables_of([second, first], dict(names)) == [["egdi_ranks"]]
    assert tables_of([second, first], {}) == [[]]


def test_a_module_defines_what_it_writes_to() -> None:
    code = (
        "import os\nA, (B, *C) = 1, (2, 3)\nD: int = 4\nos.environ['E'] = str([F for F in C])\n"
        "def g(): pass\nasync def h(): pass\nclass I: pass\n"
    )
    assert sorted(provenance._defined(code)) == ["A", "B", "C", "D", "I", "g", "h"]


def test_a_function_of_the_library_adds_the_tables_that_it_loads() -> None:
    assert {"us_facebook_links_2017", "covid_posting_weeks"} < provenance.loads(summary.findings)
    assert provenance.loads(tables.load) == frozenset()
    assert provenance.loads(ranking.tie_rules) == frozenset()


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[InteractiveShell, list[Any]]]:
    """A notebook, and what it displays."""
    shell, shown = InteractiveShell(), list[Any]()
    monkeypatch.setattr(provenance, "get_ipython", lambda: shell)
    monkeypatch.setattr(notebook, "display", lambda data, **rest: shown.append((data, rest)))
    monkeypatch.setenv("GOVSOCIAL_BOOK", "1")
    yield shell, shown
    if shell.history_manager:
        shell.history_manager.end_session()


NUMBER = contract.GLUE + contract.NUMBER
BOOK = """prefix: p
numbers:
  - unit: rows
    keys: n-2012 n-2024 one two
  - unit: share of a minute
    constant: true
    keys: five
"""


@pytest.fixture
def page(
    shell: tuple[InteractiveShell, list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[InteractiveShell, list[Any]]:
    """A notebook with a code book and two tables, and what it displays."""
    (tmp_path / "page.numbers.yml").write_text(BOOK, "utf-8")
    monkeypatch.chdir(tmp_path)
    start = f"a, b = {ONE}, {TWO}\nnumbers = Numbers('page')"
    shell[0].run_cell(IMPORTS + start, store_history=True).raise_error()
    return shell


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("numbers('n-2012 n-2024 one two', len(a), [b.size, len(a)], b.size)", "abab"),
        ("numbers('n-2012 n-2024', [len(a), b.size])\nnumbers('one two', len(a), b.size)", "abab"),
        ("Numbers('page')('n-2012 n-2024 one two', len(a), b.size, len(a), b.size)", "abab"),
        ("numbers('n-2012 n-2024 one two', len(a), b.size, len(a), b.size).__repr__()", "abab"),
        ("numbers({'n-2012': len(a)}, dict.fromkeys(['n-2024', 'one', 'two'], b.size))", "abbb"),
        ("numbers('n-2012 n-2024 one two', a['edition'].iloc[:1], b['value'].iloc[:3])", "abbb"),
        (
            "for year in (2012, 2024):\n    numbers(f'n-{year}', len(a))\n"
            "numbers('one two', b['value'].iloc[:2])",
            "aabb",
        ),
    ],
)
def test_each_number_is_recorded_with_its_own_tables(
    code: str, tables: str, page: tuple[InteractiveShell, list[Any]]
) -> None:
    kernel, shown = page
    kernel.run_cell(code, store_history=True).raise_error()
    names = {"a": ["egdi_ranks"], "b": ["facts"]}
    assert [(data[NUMBER]["key"], data[NUMBER]["tables"]) for data, _rest in shown] == [
        (f"p-{key}", names[table])
        for key, table in zip(["n-2012", "n-2024", "one", "two"], tables, strict=True)
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            "numbers('one', 5 / 60)",
            "'p-one' depends on no table: write 'constant: true' at page.numbers.yml:4",
        ),
        (
            "numbers('five', len(a))",
            "'p-five' depends on egdi_ranks: delete 'constant: true' at page.numbers.yml:7",
        ),
        ("numbers('one two', *b['value'].iloc[:2])", "without a star"),
    ],
)
def test_what_hides_or_belies_the_tables_is_refused(
    call: str, message: str, page: tuple[InteractiveShell, list[Any]]
) -> None:
    kernel, shown = page
    with pytest.raises(ValueError, match=message):
        kernel.run_cell(call, store_history=True).raise_error()
    assert not shown


def test_of_a_call_in_other_code_than_a_cell_nobody_knows_the_tables(
    page: tuple[InteractiveShell, list[Any]],
) -> None:
    kernel, shown = page
    code = "exec(\"numbers('one two', 1, 2)\", {'numbers': numbers})"
    kernel.run_cell(code, store_history=True).raise_error()
    assert [data[NUMBER]["tables"] for data, _rest in shown] == [[], []]


def test_a_figure_is_recorded_with_its_tables(shell: tuple[InteractiveShell, list[Any]]) -> None:
    kernel, shown = shell
    code = (
        "from govsocial.charts import moscow_2012 as charts\n"
        f"ranks = {ONE}\nrussia = ranks[ranks['iso3'] == 'RUS']\nshow(charts.ranks(russia))"
    )
    kernel.run_cell(IMPORTS + code, store_history=True).raise_error()
    assert shown[0][1]["metadata"][contract.FIGURE]["tables"] == ["egdi_ranks"]
