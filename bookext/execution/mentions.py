"""What the code of a page names: files, folders, variables of the system, modules.

Closes: Python tells of each file that it opens itself (see ``kernel/opened_files.py``), not of one
that a library reads in another language (Arrow, SQLite, DuckDB), of a path that was looked for and
not found, of a variable of the system, or of a module that might be installed. Names that stand in
a cell are found by reading it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

_TOKEN = re.compile(r"[^\s'\"`;,()\[\]{}|<>]+")
_DATA = re.compile(
    r"\.(csv|tsv|txt|json|jsonl|parquet|feather|arrow|xlsx?|ods|db|sqlite3?|duckdb|ya?ml|toml|npy"
    r"|npz|pkl|geojson|gpkg|shp|xml|html?|md|bib|svg|png|jpe?g|zip|gz|bz2|xz|zst)$"
)
_FOLDERS = re.compile(r"(\.{1,2}|~|\w*)/\w")
_LONGEST = 200  # a text, not a path
_LOOKING = {"find_spec", "import_module"}


@dataclass(frozen=True)
class Mentions:
    """Paths (patterns too), variables and modules that the code of a page names."""

    paths: frozenset[str]
    variables: frozenset[str]
    modules: frozenset[str]


def mentions(cells: Iterable[str], folder: Path) -> Mentions:
    """Return what cells name.

    Parameters
    ----------
    cells
        Their code; a cell that does not parse names nothing.
    folder
        Where the cells run.
    """
    paths: set[str] = set()
    variables: set[str] = set()
    modules: set[str] = set()
    for node in _nodes(cells):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            paths |= {str(folder / _at_home(token)) for token in _paths(node.value)}
        elif isinstance(node, ast.Subscript | ast.Call):
            variables |= set(_variables(node))
            modules |= set(_looked_for(node))
        elif isinstance(node, ast.Try):
            modules |= {name for part in node.body for name in _imported(part)}
    return Mentions(frozenset(paths), frozenset(variables), frozenset(modules))


def _nodes(cells: Iterable[str]) -> Iterator[ast.AST]:
    magics = TransformerManager()
    for cell in cells:
        try:
            yield from ast.walk(ast.parse(magics.transform_cell(cell)))
        except SyntaxError:
            continue


def _paths(text: str) -> Iterator[str]:
    """Return the words of a text that can be paths: in a query of SQL, for one."""
    for token in _TOKEN.findall(text):
        short = len(token) < _LONGEST and "://" not in token and "\0" not in token
        if short and (_DATA.search(token) or _FOLDERS.match(token)):
            yield token


def _at_home(token: str) -> str:
    """Return a path with the folder of a user, if there is one, in the place of ``~``."""
    return os.path.expanduser(token)  # noqa: PTH111 - pathlib stops at users that are not


def _variables(node: ast.Subscript | ast.Call) -> Iterator[str]:
    if isinstance(node, ast.Subscript):
        named = node.slice if _last(node.value) == "environ" else None
    else:
        environ = isinstance(node.func, ast.Attribute) and _last(node.func.value) == "environ"
        named = node.args[0] if node.args and (environ or _last(node.func) == "getenv") else None
    if isinstance(named, ast.Constant) and isinstance(named.value, str):
        yield named.value


def _looked_for(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _last(node.func) in _LOOKING and node.args:
        named = node.args[0]
        if isinstance(named, ast.Constant) and isinstance(named.value, str):
            yield named.value


def _imported(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module


def _last(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
