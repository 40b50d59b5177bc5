"""The labs in another language: the texts of their cells, as messages, and the cells with others.

What is translated is each paragraph, heading, item and cell of a table in the text, the captions
and alternative texts of figures, and of the code what a student reads: comments, docstrings, what
is printed, and every string with a blank in it. Names of variables, columns and files stay. A
formatted string is translated as it is written, with its braces.

Closes: Sphinx translates the text of a page, not that of a notebook which students take away, and
no code; gettext needs a call around each string, which students would have to read past.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import jupytext
from markdown_it import MarkdownIt
from nbformat import NotebookNode

Door = Callable[[str], str]

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# Conditions of a query, and forms of a date: they are code.
_CODE = re.compile(r"[=!]=|^[\W%\w]{0,3}%[A-Za-z]")
_FORMULA = re.compile(r"\$\$.*\$\$", re.DOTALL)
_QUOTES = re.compile(r"(?P<letters>[a-zA-Z]*)(?P<quote>\"\"\"|'''|\"|')")
_KEPT = ("### ", "# noqa", "# type:")


class Span(NamedTuple):
    """A text of a cell: where it stands, from and to, by line (from 0) and column."""

    start: tuple[int, int]
    end: tuple[int, int]
    words: str


def messages(path: Path) -> Iterator[tuple[str, int]]:
    """Return the texts of the source of a lab, and the line of each."""
    source = path.read_text("utf-8").splitlines()
    notebook = jupytext.read(path, fmt="md:myst")
    line = 0
    for cell in notebook.cells:
        for holder, name in _of_figure(cell):
            begin = " ".join(holder[name].split()[:3])
            line = next((n for n in range(line, len(source)) if begin in source[n]), line)
            yield holder[name], line + 1
        for span in sorted(spans(cell)):
            first = cell.source.splitlines()[span.start[0]].strip()
            line = next((n for n in range(line, len(source)) if first in source[n]), line)
            yield span.words, line + 1


def translated(notebook: NotebookNode, words: Door) -> NotebookNode:
    """Return a lab in another language.

    Parameters
    ----------
    notebook
        The lab.
    words
        What returns the translation of a text, or the text.
    """
    made = deepcopy(notebook)
    for cell in made.cells:
        for holder, name in _of_figure(cell):
            holder[name] = words(holder[name])
        lines = cell.source.splitlines()
        for span in sorted(spans(cell), reverse=True):
            (first, begin), (last, end) = span.start, span.end
            text = words(span.words)
            if text != span.words:
                lines[first : last + 1] = [lines[first][:begin] + text + lines[last][end:]]
        cell.source = "\n".join(lines)
    return made


def headings(notebook: NotebookNode) -> list[str]:
    """Return the headings of a lab as they are read, without marks."""
    return [
        "".join(part.content for part in words.children or ())
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for token, words in pairwise(_MARKDOWN.parse(cell.source))
        if token.type == "heading_open"
    ]


def spans(cell: NotebookNode) -> Iterator[Span]:
    """Return the texts of a cell."""
    find = _of_text if cell.cell_type == "markdown" else _of_code
    return (span for span in find(cell.source) if _LETTERS.search(span.words))


def figure_words(cell: NotebookNode) -> dict[str, str]:
    """Return the words of a cell's figure: ``caption`` and ``alt``, where there are such."""
    return {name: " ".join(holder[name].split()) for holder, name in _of_figure(cell)}


def _of_figure(cell: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    """Return where the caption and the alternative text of a cell's figure stand."""
    given = cell.metadata.get("mystnb", {})
    for part, name in (("figure", "caption"), ("image", "alt")):
        if name in given.get(part, {}):
            yield given[part], name


def _of_text(source: str) -> Iterator[Span]:
    lines = source.splitlines()
    columns: dict[int, int] = {}
    for token in _MARKDOWN.parse(source):
        if token.type != "inline" or token.map is None:
            continue
        if _FORMULA.fullmatch(token.content) and r"\text{" not in token.content:
            continue
        written = token.content.split("\n")
        first, last = token.map[0], token.map[0] + len(written) - 1
        begin = lines[first].index(written[0], columns.get(first, 0))
        end = lines[last].index(written[-1], begin if first == last else 0) + len(written[-1])
        columns[last] = end
        yield Span((first, begin), (last, end), " ".join(written))


def _of_code(source: str) -> Iterator[Span]:
    yield from _comments(source)
    yield from _strings(source)


def _comments(source: str) -> Iterator[Span]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith(_KEPT):
            (line, column), text = token.start, token.string.removeprefix("# ")
            begin = column + len(token.string) - len(text)
            yield Span((line - 1, begin), (line - 1, begin + len(text)), text)


def _strings(source: str) -> Iterator[Span]:
    tree = ast.parse(source)
    formatted = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in formatted for part in ast.walk(node) if part is not node}
    printed = {id(part) for node in ast.walk(tree) for part in _printed(node)}
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) in inside or not (text or isinstance(node, ast.JoinedStr)):
            continue
        span = _literal(source, node)  # type: ignore[arg-type]
        said = " " in re.sub(r"\{[^{}]*\}", "", span.words) or id(node) in printed
        if said and not _CODE.search(span.words):
            yield span


def _printed(node: ast.AST) -> list[ast.expr]:
    called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    return node.args if called else []  # type: ignore[attr-defined]


def _literal(source: str, node: ast.expr) -> Span:
    """Return what stands between the quotes of a string."""
    lines = source.splitlines()
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    begin = len(lines[first].encode()[: node.col_offset].decode())
    end = len(lines[last].encode()[: node.end_col_offset].decode())
    opening = _QUOTES.match(lines[first], begin)
    assert opening, "a string begins with a quote"  # noqa: S101
    begin, end = opening.end(), end - len(opening["quote"])
    inside = lines[first][begin:end] if first == last else ""
    if first != last or opening["quote"] in inside.replace(f"\\{opening['quote']}", ""):
        raise ValueError(f"write this text in one line and one pair of quotes: {lines[first]}")
    return Span((first, begin), (last, end), inside)
