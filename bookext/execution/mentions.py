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

from bookext.execution.kernel.opened_files import of_address

_TOKEN = re.compile(r"[^\s'\"`;,()\[\]{}|<>]+")
_QUOTE = re.compile(r"['\"]")
_DATA = re.compile(
    r"[^/.]\.(csv|tsv|txt|json|jsonl|ndjson|parquet|feather|arrow|orc|avro|xlsx?|ods|db|sqlite3?"
    r"|duckdb|ya?ml|toml|npy|npz|pkl|h5|hdf5|nc|dta|sav|geojson|gpkg|shp|tiff?|xml|html?|md|bib"
    r"|svg|png|jpe?g|zip|gz|bz2|xz|zst)$",
    re.IGNORECASE,
)
_FOLDERS = re.compile(r"(\.{1,2}|~|[\w-]*)/\w")
_LONGEST = 200  # bytes: a text, not a path
_ENVIRONMENT = {"environ", "environb"}
_SHELL = {"system", "getoutput", "run_cell_magic", "expandvars"}
_OF_THE_SHELL = re.compile(r"\$\{?([A-Za-z_]\w*)")
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
        paths |= {path for text in _written(node) for path in _paths(text)}
        variables |= set(_variables(node))
        modules |= set(_looked_for(node))
        if isinstance(node, ast.Try):
            modules |= {name for part in node.body for name in _imported(part)}
    whole = {str(folder / _at_home(path)) for path in paths | set(_joined(paths))}
    return Mentions(frozenset(whole), frozenset(variables), frozenset(modules))


def _nodes(cells: Iterable[str]) -> Iterator[ast.AST]:
    magics = TransformerManager()
    for cell in cells:
        try:
            yield from ast.walk(ast.parse(magics.transform_cell(cell)))
        except SyntaxError:
            continue


def _written(node: ast.AST) -> Iterator[str]:
    """Return a text of the code; what is put into it may be anything."""
    if isinstance(node, ast.JoinedStr):
        parts = (next(_texts(part), "*") for part in node.values)
        yield re.sub(r"\*+", "*", "".join(parts))
    elif isinstance(node, ast.expr):
        yield from _texts(node)


def _paths(text: str) -> Iterator[str]:
    """Return what of a text can be a path: itself, what it quotes, or, as in SQL, its words."""
    for part in {text, *_QUOTE.split(text), *_TOKEN.findall(text)}:
        path = of_address(part)
        short = len(path.encode("utf-8", "replace")) < _LONGEST
        is_one_line = not re.search(r"://|[\0\n]", path)
        if short and is_one_line and (_DATA.search(path) or _FOLDERS.match(path)):
            yield path


def _joined(paths: Iterable[str]) -> Iterator[str]:
    """Return each file that is named without a folder, in each of the folders."""
    folders = [path for path in paths if not _DATA.search(path)]
    files = [path for path in paths if "/" not in path]
    yield from (f"{folder}/{file}" for folder in folders for file in files)


def _at_home(token: str) -> str:
    """Return a path with the folder of a user, if there is one, in the place of ``~``."""
    return os.path.expanduser(token)  # noqa: PTH111 - pathlib stops at users that are not


def _variables(node: ast.AST) -> Iterator[str]:
    """Return the variables of the system that a piece of code looks for."""
    match node:
        case ast.Subscript(value=place, slice=name) if _last(place) in _ENVIRONMENT:
            yield from _texts(name)
        case ast.Compare(left=name, comparators=[place]) if _last(place) in _ENVIRONMENT:
            yield from _texts(name)
        case ast.Call(func=ast.Attribute(value=place)) if _last(place) in _ENVIRONMENT:
            yield from _texts(*node.args[:1])
        case ast.Call(func=called) if _last(called) in {"getenv", "getenvb"}:
            yield from _texts(*node.args[:1], *(given.value for given in node.keywords[:1]))
        case ast.Call(func=called) if _last(called) in _SHELL:
            yield from _OF_THE_SHELL.findall(" ".join(_texts(*node.args)))
        case ast.Call(func=called, args=[ast.Constant("env"), name]):
            if _last(called) == "run_line_magic":
                yield from (text.partition("=")[0] for text in _texts(name) if text)


def _texts(*nodes: ast.expr) -> Iterator[str]:
    """Return the texts among pieces of code."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield os.fsdecode(node.value)


def _looked_for(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _last(node.func) in _LOOKING:
        yield from _texts(*node.args[:1])


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
