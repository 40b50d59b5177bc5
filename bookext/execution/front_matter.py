"""What a page says of how it runs, at its top and in its cells, and what is wrong with it.

Closes: MyST-NB takes a page whose front matter it cannot read for one without cells, and hands its
settings to Python, whose error names neither file nor line (seen in MyST-NB 1.4.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from myst_nb.core.config import NbParserConfig, Section
from nbformat import NotebookNode

from bookext.common.errors import FileError, parsed_yaml

_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)?(---|\.\.\.)[ \t]*(\n|\Z)", re.DOTALL)
_MAPPINGS = ("jupytext", "jupytext: text_representation", "kernelspec", "mystnb")
_TEXTS = {
    "jupytext: text_representation: extension": "extension: .md",
    "jupytext: text_representation: format_name": "format_name: myst",
    "kernelspec: name": "name: python3",
}
_SETTINGS = sorted(
    setting.name
    for setting in fields(NbParserConfig)
    if Section.file_lvl in setting.metadata.get("sections", (Section.global_lvl, Section.file_lvl))
)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""A sign that no page can show, as XML has it."""


def check(path: Path | str, text: str) -> None:
    """Stop at front matter that cannot be read.

    Parameters
    ----------
    path
        The page.
    text
        What stands in it.

    Raises
    ------
    FileError
        If it has no end, is no YAML, or has another form than Jupytext and MyST-NB expect; or if
        a sign that no page can show stands in the page.
    """
    if sign := CONTROL.search(text):
        where = text.count("\n", 0, sign.start()) + 1
        raise FileError(path, f"U+{ord(sign[0]):04X} is no letter; delete it", where)
    if not re.match(r"---[ \t]*\n", text):
        return
    block = _BLOCK.match(text)
    if not block:
        raise FileError(path, "the front matter has no end; close it with a line of ---", 1)
    found = parsed_yaml(block[1] or "", path, first=2)
    if not isinstance(found, Mapping | None):
        raise FileError(path, "the front matter is no mapping; write lines of `name: value`", 2)
    for name in _MAPPINGS:
        inside = _inside(found, name)
        if not isinstance(inside, Mapping | None):
            said = f"`{name}: {inside}` is no mapping; write `{name}: {{name: value}}`"
            raise FileError(path, said, line(text, name.split(":")[0]))
    for name, remedy in _TEXTS.items():
        inside = _inside(found, name)
        if not isinstance(inside, str | None):
            said = f"`{name}: {inside}` is no text; write `{remedy}`"
            raise FileError(path, said, line(text, name.split(":")[0]))


def _inside(found: Any, name: str) -> Any:
    """Return a field of a mapping, or of one in it."""
    for part in name.split(": "):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def settings(path: Path | str, text: str, config: NbParserConfig, own: Any) -> NbParserConfig:
    """Return the settings of MyST-NB for a page.

    Parameters
    ----------
    path
        The page.
    text
        What stands in it.
    config
        The settings of the book.
    own
        Those that the page names.

    Raises
    ------
    FileError
        If there is no setting of that name, or the value is none.
    """
    where = line(text, "mystnb")
    for name in own:
        if name not in _SETTINGS:
            meant = get_close_matches(str(name), _SETTINGS, 1)
            remedy = f"did you mean `{meant[0]}`?" if meant else f"there are {', '.join(_SETTINGS)}"
            raise FileError(path, f"`mystnb: {name}` is no setting of a page; {remedy}", where)
    try:
        return config.copy(**own)
    except (TypeError, ValueError) as error:
        raise FileError(path, f"`mystnb`: {error}; mend the value", where) from None


def check_cells(path: Path | str, notebook: NotebookNode, key: str) -> None:
    """Stop at settings of a cell that have another form than MyST-NB expects.

    Parameters
    ----------
    path
        The page.
    notebook
        Its cells.
    key
        What the settings of a cell stand under.

    Raises
    ------
    FileError
        If they are no mapping, or those of a figure or a picture are none.
    """
    lines = notebook.metadata.get("source_map") or [None] * len(notebook.cells)
    for cell, where in zip(notebook.cells, lines, strict=True):
        own = cell.metadata.get(key) or {}
        for name, given in {key: own, **(own if isinstance(own, Mapping) else {})}.items():
            if name in {key, "figure", "image"} and not isinstance(given, Mapping):
                said = f"`{name}: {given}` is no mapping; write `{name}: {{name: value}}`"
                raise FileError(path, said, where and where + 1)


def line(text: str, key: str) -> int | None:
    """Return the line of a field at the top of a page."""
    before, found, _after = f"\n{text}".partition(f"\n{key}:")
    return before.count("\n") + 1 if found else None
