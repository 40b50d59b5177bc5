"""A descriptor has the form that its readers expect, or says by name what it lacks."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bookext.common.errors import FileError
from bookext.records import descriptors
from bookext.records.descriptors import check_table, load
from tests.small_book import TABLE

FIELDS = "[{name: x, type: integer, description: A number}]"
SOURCE = "[{{citation: a, {}}}]"


def written(folder: Path, text: str) -> Path:
    """Return the path of a descriptor beside its table."""
    (folder / "small.csv").write_text("x\n1\n", "utf-8")
    path = folder / "small.resource.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_descriptor_is_read(tmp_path: Path) -> None:
    assert load(written(tmp_path, TABLE))["title"] == "A small table"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{fields: " + FIELDS + "}", "", "`schema` is no mapping; write one"),
        (FIELDS, "", "`fields` is no list; write one"),
        (FIELDS, "[x]", "item 1 of `fields` has no text `name`; add it"),
        (", description: A number", "", "item 1 of `fields` has no text `description`"),
        ("[{name: CC0-1.0}]", "CC0", "`licenses` is no list"),
        ("sources: []", "sources: [{title: A}]", "item 1 of `sources` has no text `citation`"),
        ("rows: 1\n", "", "the descriptor has no rows; add them"),
        ("madeBy: a test\n", "", "the descriptor has no madeBy; add them"),
        ("rows: 1", "rows: many", "`rows` is no whole number; write one"),
        ("rows: 1", "rows: true", "`rows` is no whole number; write one"),
        ("rows: 1", "rows: 1.5", "`rows` is no whole number; write one"),
        (FIELDS, "[]", "`fields` is empty; describe each column of the table"),
        (
            FIELDS,
            FIELDS.replace("}]", "}, {name: x, type: string, description: A word}]"),
            "`x` stands in `fields` twice; delete or rename one of them",
        ),
        ("name: small\n", "name: smal\n", "`name: smal` is not that of the file; write small"),
        ("number}", "number, unit: 5}", "item 1 of `fields` has a `unit` that is no text; put it"),
        ("[]", SOURCE.format(""), "item 1 of `sources` has no text `title`; add it"),
        ("[]", SOURCE.format("title: A"), "item 1 of `sources` has no text `path`; add it"),
        (
            "[]",
            SOURCE.format("title: A, path: x.csv, coverage: 2012"),
            "item 1 of `sources` has a `coverage` that is no text; put it in quotes",
        ),
        ("madeBy: a test", "madeBy: a test\nterms: [1]", "item 1 of `terms` is no text"),
        ("[anything]", "anything", "`redistribution` is no list"),
        ("[anything]", "[2012]", "item 1 of `redistribution` is no text; put it in quotes"),
        ("A small table", "2012", "`title` is no text"),
        ("A small table", "", "`title` is no text"),
        ("path: small.csv", "path: ../small.csv", "`path: ../small.csv` leads elsewhere"),
        ("rows: 1", "title: Again", ":6: `title` stands there twice; delete one of them"),
        ("madeBy: a test", "madeBy: a test\ncaveats: What to know", "`caveats` is no list"),
    ],
)
def test_what_has_another_form_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TABLE
    path = written(tmp_path, TABLE.replace(old, new))
    with pytest.raises(FileError) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        (b"x\n1\n2,3\n", 2, "small.csv:3: 2 cells where the head has 1; mend the row"),
        (b"x\n1\n\n", 1, "small.csv:3: 0 cells where the head has 1; mend the row"),
        (b"y\n1\n", 1, "small.csv: columns differ from its descriptor (x, y); restore it"),
        (b"", 0, "small.csv: columns differ from its descriptor (x); restore it"),
        (b"x\n1\n", 7, "`rows: 7` is not what small.csv has; write 1, or restore the table"),
        (b"x\n1\n", -1, "`rows: -1` is not what small.csv has; write 1, or restore the table"),
        (b"x\n", 1, "`rows: 1` is not what small.csv has; write 0, or restore the table"),
        ("x\n1\n".encode("utf-16"), 1, "small.csv:1: the file is not UTF-8; save it as UTF-8"),
        ("x\n1\né\n".encode("latin-1"), 2, "small.csv:3: the file is not UTF-8; save it as"),
        (b"x\n" + b"1" * 200_000 + b"\n", 1, "small.csv:2: field larger than field limit"),
    ],
)
def test_a_table_that_is_not_what_its_descriptor_says_is_named(
    tmp_path: Path, table: bytes, rows: int, said: str
) -> None:
    csv.field_size_limit(131_072)  # Python's own; a library may have raised it
    path = written(tmp_path, TABLE.replace("rows: 1", f"rows: {rows}"))
    (tmp_path / "small.csv").write_bytes(table)
    with pytest.raises(FileError) as caught:
        check_table(path, load(path))
    assert said in str(caught.value)


@pytest.mark.parametrize("table", [b"x\n1\n", b"\xef\xbb\xbfx\r\n1\r\n", b'x\n"1\n2"\n'])
def test_a_table_of_one_row_is_one(tmp_path: Path, table: bytes) -> None:
    path = written(tmp_path, TABLE)
    (tmp_path / "small.csv").write_bytes(table)
    check_table(path, load(path))


def test_rows_in_parquet_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.replace("small.csv", "small.parquet"))
    packed = tmp_path / "small.parquet"
    pq.write_table(pa.table({"x": [1]}), packed)
    check_table(path, load(path))
    pq.write_table(pa.table({"x": [1, 2]}), packed)
    with pytest.raises(FileError, match=r"`rows: 1` is not what small\.parquet has; write 2"):
        check_table(path, load(path))
    packed.write_bytes(b"PAR1")
    with pytest.raises(FileError, match=r"small\.parquet: is no Parquet file; restore it"):
        check_table(path, load(path))


def test_a_table_is_compared_again_when_it_or_its_descriptor_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(descriptors, "check_table", lambda path, _: compared.append(path.name))
    (tmp_path / "data").mkdir()
    path = written(tmp_path / "data", TABLE)
    env: Any = SimpleNamespace(srcdir=tmp_path)
    for changed in (None, None, path, path.with_name("small.csv"), None):
        if changed:
            os.utime(changed, ns=(0, len(compared)))
        descriptors._check(env, env, [])
    assert compared == [path.name] * 3
