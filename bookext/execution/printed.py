r"""What cells print, in the form that a page can hold: the same whenever they run.

Closes: what a cell prints comes in pieces, more or fewer as the moment has it. A terminal takes
``\r`` and ``\b`` for movements and other signs for orders, which XML has no place for. nbclient
joins the pieces in a time that grows with the square of a line (``coalesce_streams``, seen in
nbclient 0.11.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from nbformat import NotebookNode

from bookext.execution.front_matter import CONTROL

_COLOUR = r"\x1b\[[0-9;]*m"
_PLAIN = "\x1b[0m"
# Colours are kept; titles and links of a terminal, its other orders, and what is no sign are not.
_GONE = re.compile(
    rf"({_COLOUR})|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]"
    rf"|(?!\x08){CONTROL.pattern}"
)
_MOVES = re.compile(rf"(\r|\x08|(?:{_COLOUR})+)")
_PLACE = re.compile(r"/[^\s'\"]*/ipykernel_\d+/\d+\.py")


def tidy(cells: Iterable[NotebookNode]) -> None:
    """Bring what cells have shown into the form that is kept."""
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
            for output in cell.outputs:
                _clean(output, "raises-exception" in cell.metadata.get("tags", []))


def joined(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return outputs with the pieces of each stream in one, where the first stood.

    Of the two streams side by side, the one of errors is the second: they come as they can.
    """
    found: list[NotebookNode] = []
    pieces: dict[str, list[str]] = {}
    for output in outputs:
        if output.output_type != "stream":
            found.append(output)
        elif output.name in pieces:
            pieces[output.name].append(output.text)
        else:
            pieces[output.name] = [output.text]
            found.append(output)
    for output in found:
        if output.output_type == "stream":
            output.text = "".join(pieces[output.name])
    names = [output.get("name") for output in found]
    if "stderr" in names and names[(at := names.index("stderr")) + 1 :][:1] == ["stdout"]:
        found[at], found[at + 1] = found[at + 1], found[at]
    return found


def shown(text: str) -> str:
    """Return a text as a terminal shows it, with its colours, in a time that grows as it does."""
    lines = _GONE.sub(r"\1", text).split("\n")
    return "\n".join(_moved(line) if "\r" in line or "\b" in line else line for line in lines)


def _moved(line: str) -> str:
    r"""Return a line within which ``\r`` and ``\b`` lead back: what comes then is written over."""
    signs: list[str] = []
    looks: list[str] = []
    place, look = 0, ""
    for part in _MOVES.split(line):
        if part in {"\r", "\b"}:
            place = 0 if part == "\r" else max(0, place - 1)
        elif part.startswith("\x1b"):
            look = part
        else:
            signs[place : place + len(part)] = part
            looks[place : place + len(part)] = [look] * len(part)
            place += len(part)
    spots = zip([*looks, look], [*signs, ""], strict=True)
    return "".join(
        (look or (_PLAIN if number else "")) + "".join(sign for _look, sign in run)
        for number, (look, run) in enumerate(groupby(spots, itemgetter(0)))
    )


def _clean(output: NotebookNode, may_fail: bool) -> None:
    """Take out what no page can show; of what may fail, the places of this machine, too."""

    def printed(text: str) -> str:
        text = shown(text)
        return _PLACE.sub("<cell>", text) if may_fail else text

    if output.output_type == "stream":
        output.text = printed(output.text)
    elif output.output_type == "error":
        output.evalue = printed(output.evalue)
        output.traceback = [printed(line) for line in output.traceback]
    else:
        data: dict[str, Any] = output.data
        for kind, text in data.items():
            if isinstance(text, str) and kind.startswith("text/"):
                data[kind] = printed(text) if kind == "text/plain" else CONTROL.sub("", text)
