"""The room of tables: terms, years, first rows, files, and pages that come and go."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bookext.common.errors import FileError
from bookext.countries import heads as countries
from bookext.countries import sheets as country_sheets
from bookext.records import ledger_pages
from bookext.records.cell_outputs import FigureRecord, NumberRecord, Page, records
from bookext.tables import files, heads, overview, pages, uses
from bookext.tables.pages import first_rows, short, years
from bookext.tables.terms import sentence
from bookext.upstream import named_pages
from tests import warm
from tests.small_book import TABLE

PATH = Path("data/small.resource.yaml")


def resource(*names: str, terms: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a descriptor with some licences."""
    return {"licenses": [{"name": name} for name in names], "terms": list(terms)}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (resource("CC0-1.0"), "for anything (CC0 1.0)"),
        (resource("CC0-1.0", "CC-BY-4.0"), "if you cite the source (CC BY 4.0)"),
        (resource("CC-BY-4.0", "MIT"), "keep the notice of its licence (MIT)"),
        (resource("MIT", "none stated"), "states no licence: you may quote"),
        (resource("none stated", "CC-BY-SA-4.0"), "states no licence: you may quote"),
        (resource("CC-BY-NC-SA-4.0"), "not commercially"),
        (resource("none stated", terms=("non-commercial",)), "not commercially"),
        (resource(), "if you cite the source."),
    ],
)
def test_the_strictest_licence_speaks(found: dict[str, Any], words: str) -> None:
    assert words in sentence(found, PATH)


def test_a_licence_that_nobody_has_read_stops_the_build() -> None:
    with pytest.raises(FileError, match=r"small\.resource\.yaml: .*AGPL-3\.0.*terms\.py"):
        sentence(resource("MIT", "AGPL-3.0"), PATH)


def test_programs_are_told_of_no_licence_where_the_terms_have_no_address() -> None:
    assert heads.licence("non-commercial") == heads.licence("none stated") == {}
    config = SimpleNamespace(language="en", author="A", blog_baseurl="https://example.org/")
    for name, address in (("non-commercial", None), ("CC-BY-NC-SA-4.0", "by-nc-sa/4.0/")):
        war = {"name": "war", "licenses": [], "terms": [name]}
        found = {"tables": {"war": war}, "hub": {"tables": ["war"]}}
        said = countries.hub(config, found, "Hub", "Of all.").get("license")  # type: ignore[arg-type]
        assert said is address is None or str(said).endswith(str(address))


def test_years_are_those_of_the_sources() -> None:
    sources = [{"coverage": "2012-09-28/2026-07"}, {"coverage": "2008/2017"}, {}]
    assert years({"sources": sources}) == "2008–2026"
    assert years({"sources": [{"coverage": "2015-11-30/2015-11-30"}]}) == "2015"
    assert years({"sources": [{}]}) == ""


def test_a_long_text_is_cut_and_a_number_has_the_digits_that_one_reads() -> None:
    assert short("0.123456") == "0.1235"
    assert short("x" * 70) == "x" * 59 + "…"
    assert short("20140101") == "20140101"


def test_a_table_is_read_by_the_types_of_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("iso2,day,share,on,year\nNA,2014-03-01,0.5,True,2014\n,,,,\n", "utf-8")
    types = {"iso2": "string", "day": "date", "share": "number", "on": "boolean", "year": "year"}
    fields = [{"name": name, "type": kind} for name, kind in types.items()]
    found = files.read(path, fields)
    first = {"iso2": "NA", "day": dt.date(2014, 3, 1), "share": 0.5, "on": True, "year": 2014}
    assert found.to_pylist() == [first, dict.fromkeys(types)]


def test_a_value_that_is_not_of_its_type_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("n\n1.5\n", "utf-8")
    with pytest.raises(FileError, match=r"t\.csv: .*'1\.5'.*mend the type"):
        files.read(path, [{"name": "n", "type": "integer"}])


def test_the_first_rows_are_those_of_either_format(tmp_path: Path) -> None:
    rows = [[str(n), "" if n % 2 else "a"] for n in range(20)]
    text = tmp_path / "t.csv"
    text.write_text("n,word\n" + "".join(f"{n},{word}\n" for n, word in rows), "utf-8")
    packed = tmp_path / "t.parquet"
    columns = {"n": [int(n) for n, _ in rows], "word": [word or None for _, word in rows]}
    pq.write_table(pa.table(columns), packed)
    assert first_rows(text) == first_rows(packed) == rows[:8]


def book_of(**pages: Page) -> Any:
    """Return an environment with the records of some pages: one and two are chapters."""
    env: Any = SimpleNamespace(
        config=SimpleNamespace(root_doc="one"),
        collect_relations=lambda: {"one": [None, None, "two"], "two": [None, None, None]},
        metadata={name: {"orphan": ""} if name == "post" else {} for name in pages},
        titles={name: SimpleNamespace(astext=lambda name=name: name.title()) for name in pages},
        found_docs={"data/a", "data/b", *pages},
        toc_secnumbers={"one": {"": (1,)}, "two": {"": (2,)}},
        srcdir="nowhere",
    )
    records(env).pages = dict(pages)
    return env


def number(key: str, *tables: str) -> NumberRecord:
    """Return a number that is computed from tables."""
    return NumberRecord(key, "number", 1, "0", "1", "posts", tables, 7)


def test_uses_are_counted_by_page_and_a_page_is_written_again_when_they_change() -> None:
    drawn = {"fig-x": FigureRecord(("a",), "m.f", "x\n1\n")}
    env = book_of(
        one=Page(numbers=[number("k", "a", "b"), number("l", "a")]),
        two=Page(figures=drawn),
        post=Page(numbers=[number("m", "b")]),
    )
    assert uses._outdated(env, env) == ["data/a", "data/b"]
    assert uses.uses(env)["a"] == (("one", "One", (), 2), ("two", "Two", ("fig-x",), 0))
    assert uses.uses(env)["b"] == (("one", "One", (), 1), ("post", "Post", (), 1))
    assert uses._outdated(env, env) == []
    records(env).pages["post"].numbers.clear()
    assert uses._outdated(env, env) == ["data/b"]


def test_a_table_stands_with_the_chapter_that_uses_it_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env = book_of(
        one=Page(numbers=[number("k", "a"), number("l", "b")]),
        two=Page(numbers=[number("m", "a"), number("n", "a")]),
        post=Page(numbers=[number("o", "c"), number("p", "b"), number("q", "b")]),
    )
    monkeypatch.setattr(overview, "descriptor_paths", lambda _env: dict.fromkeys("abcd"))
    uses._outdated(env, env)
    found = [(group.title, group.tables) for group in overview.groups(env)]
    assert found == [("1. One", ["b"]), ("2. Two", ["a"]), ("Outside the chapters", ["c", "d"])]


def build(folder: Path, code: int = 0) -> str:
    """Build a small book and return what was said."""
    found, said = warm.build(folder, "html")
    assert found == code, said
    return said


def test_pages_come_and_go_with_their_tables(book: Path) -> None:
    other = TABLE.replace("small", "other").replace("integer", "number")
    (book / "data/other.resource.yaml").write_text(other, "utf-8")
    (book / "data/other.csv").write_text("x\n0.123456\n", "utf-8")
    site = book / "_build/html"
    build(book)
    assert {path.name for path in (site / "data").iterdir()} == {
        f"{name}.{kind}"
        for name in ("small", "other")
        for kind in ("html", "csv", "parquet", "resource.yaml")
    }
    page = (site / "data/other.html").read_text("utf-8")
    assert "for anything (CC0 1.0)" in page and "<p>0.1235</p>" in page
    assert 'id="table-other"' in (site / "back/data.html").read_text("utf-8")

    for path in (book / "data").glob("other.*"):
        path.unlink()
    build(book)
    assert not list((site / "data").glob("other.*"))
    assert "table-other" not in (site / "back/data.html").read_text("utf-8")


def test_a_list_of_tables_on_another_page_is_refused(book: Path) -> None:
    shutil.copy(book / "back/data.md", book / "chapters/two.md")
    index = (book / "index.md").read_text("utf-8")
    (book / "index.md").write_text(index.replace("chapters/one", "chapters/one\nchapters/two"))
    said = build(book, code=1)
    assert "chapters/two.md:3" in said and "back/data.md" in said


@pytest.mark.parametrize(
    ("room", "docname", "file"),
    [
        (pages, "data/small", "data/small.resource.yaml"),
        (ledger_pages, "numbers/chapters/one", "chapters/one.numbers.yml"),
        (country_sheets, "countries/it", "countries/index.md"),
    ],
)
def test_what_fails_on_a_page_that_is_filled_in_names_its_file(
    room: Any, docname: str, file: str
) -> None:
    room.setup(MagicMock())
    env: Any = SimpleNamespace(doc2path=lambda *_, **__: room._SHEET)
    with pytest.raises(FileError, match=f"^{file}: ZeroDivisionError: .*in this file"):
        named_pages._named(lambda _docname: 1 / 0, env)(docname)
