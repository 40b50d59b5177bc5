"""A descriptor has the form that its readers expect, or says by name what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookext.common.errors import FileError
from bookext.records.descriptors import load
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
        ("rows: 1", "rows: 1.5", "`rows` is no whole number; write one"),
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
