"""Captions and alternative texts for the figures of a notebook that leaves the book.

On a page they stand in the metadata of a cell, which Jupyter does not show; in a copy of the
notebook they become arguments of ``show``, which is the last thing that the cell does.

Closes: Jupyter reads no captions from the metadata of a cell
(https://github.com/jupyter/notebook/issues/4578), and nbconvert no alternative texts.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

_WIDTH = 88
_NUMBERS = "Numbers"
_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*?)(?:\s*<[^>]*>)?`")
_MARKS = re.compile(r"[*_`]([^*_`]+)[*_`]")


def plain(words: str) -> str:
    """Return a caption without roles and marks.

    >>> plain("Data of {cite:t}`Yu <yu2020>`; *bold* words.")
    'Data of Yu; bold words.'
    """
    return _MARKS.sub(r"\1", _ROLE.sub(r"\1", " ".join(words.split())))


def described(source: str, caption: str, alt: str) -> str:
    """Return the code of a cell whose call of ``show`` has a caption and an alternative text.

    Parameters
    ----------
    source
        Code of a cell.
    caption, alt
        The words; what is empty is left out.

    Returns
    -------
    str
        The same code if the cell does not end with ``show(...)``.
    """
    words = {"caption": plain(caption), "alt": plain(alt)}
    last = next(reversed(_statements(source)), None)
    call = last.value if isinstance(last, ast.Expr) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "show":
        return source
    added = "".join(_argument(name, text) for name, text in words.items() if text)
    if not added:
        return source
    given = [*call.args, *call.keywords]
    inside = ",\n".join(
        textwrap.indent(str(ast.get_source_segment(source, part)), "    ") for part in given
    )
    before = source.encode().splitlines(keepends=True)[: call.lineno - 1]
    return f"{b''.join(before).decode()}show(\n{inside},\n{added})"


def without_numbers(source: str) -> str:
    """Return the code of a page without what hands numbers to its prose.

    Left out are the statements that call ``numbers(...)``, and those that import and make it.
    """
    lines: list[str | None] = list(source.splitlines())
    for node in _bookkeeping(_statements(source)):
        first, last = node.lineno - 1, node.end_lineno or node.lineno
        lines[first:last] = [None] * (last - first)
        if isinstance(node, ast.ImportFrom):
            node.names = [name for name in node.names if name.name != _NUMBERS]
            lines[first] = ast.unparse(node) if node.names else None
    kept = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}(?=\S)", "\n\n", kept).strip("\n")


def _statements(source: str) -> list[ast.stmt]:
    """Return the statements of a cell: none of one with orders to IPython, or with a mistake."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _bookkeeping(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements that hand numbers over: a block with nothing else as a whole."""
    for node in body:
        inside = [part for part in getattr(node, "body", []) if isinstance(part, ast.stmt)]
        found = list(_bookkeeping(inside))
        if _hands_over(node) or (found == inside != [] and not getattr(node, "orelse", [])):
            yield node
        else:
            yield from found


def _hands_over(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(name.name == _NUMBERS for name in node.names)
    value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") in {"numbers", _NUMBERS}


def _argument(name: str, text: str) -> str:
    """Return an argument as narrow lines of code."""
    shown = _quoted(text)
    if len(shown) <= _WIDTH - len(name) - 6:
        return f"    {name}={shown},\n"
    lines = textwrap.wrap(text, _WIDTH - 20, drop_whitespace=False, break_on_hyphens=False)
    return f"    {name}=(\n" + "".join(f"        {_quoted(line)}\n" for line in lines) + "    ),\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'
