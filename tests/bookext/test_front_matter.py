"""What a page says of how it runs is read, or refused by line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from myst_nb.core.config import NbParserConfig
from nbformat import NotebookNode, from_dict

from bookext.common.errors import FileError
from bookext.execution.front_matter import check, check_cells, settings

GOOD = """---
jupytext:
  text_representation: {format_name: myst}
kernelspec: {name: python3}
mystnb: {execution_timeout: 600}
---
# Title
"""


@pytest.mark.parametrize("text", [GOOD, "# Title\n", "---\n---\n# Title\n", "--- \na: 1\n...\n"])
def test_good_front_matter_is_read(text: str) -> None:
    check("one.md", text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\n# Title", "# Title", "one.md:1: the front matter has no end; close it with a line"),
        ("{name: python3}", "[python3", "one.md:5: no YAML: .*; put texts with : # or quotes"),
        ("{name: python3}", "python3", "one.md:4: `kernelspec: python3` is no mapping; write"),
        ("{format_name: myst}", "myst", "one.md:2: `jupytext: text_representation: myst` is no"),
        ("mystnb", "kernelspec", "one.md:5: `kernelspec` stands there twice; delete one of them"),
        ("kernelspec", "\u0000", "one.md:4: U.0000 is no letter; delete it"),
        ("# Title", "# Title\n\nText\u000b.", r"one.md:9: U.000B is no letter; delete it"),
        ("kernelspec", "\u0085\u0086", "one.md:4: no YAML: control characters are not allowed"),
        (GOOD, "---\n- a\n---\n", "one.md:2: the front matter is no mapping; write lines of"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(FileError, match=said):
        check("one.md", GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            {"execution_timout": 9},
            "one.md:5: .* is no setting of a page; did you mean `execution_t",
        ),
        ({"other": 9}, "one.md:5: `mystnb: other` is no setting of a page; there are append_css"),
        ({"execution_timeout": "long"}, "one.md:5: `mystnb`: .*execution_timeout.*; mend the val"),
    ],
)
def test_a_setting_that_is_none_is_named(own: dict[str, object], said: str) -> None:
    with pytest.raises(FileError, match=said):
        settings("one.md", GOOD, NbParserConfig(), own)


def test_the_settings_of_a_page_come_before_those_of_the_book() -> None:
    found = settings("one.md", GOOD, NbParserConfig(execution_timeout=30), {"execution_timeout": 9})
    assert found.execution_timeout == 9


def notebook(own: object) -> NotebookNode:
    """Return a notebook whose second cell, below line 12, has these settings."""
    cells = [SimpleNamespace(metadata={}), SimpleNamespace(metadata={"mystnb": own})]
    found: NotebookNode = from_dict({"metadata": {"source_map": [3, 12]}})
    found.cells = cells
    return found


@pytest.mark.parametrize("own", [["a"], {"figure": ["a"]}, {"image": "a"}])
def test_settings_of_a_cell_are_mappings(own: object) -> None:
    with pytest.raises(FileError, match=r"one\.md:13: `.*` is no mapping; write"):
        check_cells("one.md", notebook(own), "mystnb")
    check_cells("one.md", notebook({"figure": {"name": "fig-one"}}), "mystnb")
