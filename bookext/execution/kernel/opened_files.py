"""Runs inside every kernel of a build: keeps the paths that are opened for reading or listed.

Paths that are not there are kept, too. An extension of IPython (``--ext=opened_files``), loaded
before the first cell. ``listed`` is asked for after the last one.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC  # nothing that was there before is read
_LISTING = {"os.listdir", "os.scandir"}
_HERE = str(Path(__file__).parent)
_ADDRESS = re.compile(r"^file:(?://)?([^?]*).*")
_opened: set[str] = set()


def load_ipython_extension(_shell: object) -> None:
    """Start to listen."""
    sys.addaudithook(_listen)


def listed() -> str:
    """Return the files that were opened and those that the loaded modules came from, by line."""
    # An import opens a compiled file, which may lie anywhere; the module knows its source.
    found = _opened.union(map(_source, list(sys.modules.values())))
    return "\n".join(sorted(path for path in found if path and not path.startswith(_HERE)))


def of_address(text: str) -> str:
    """Return the path in the address of a data base, as SQLite has it; another text as it is."""
    return _ADDRESS.sub(r"\1", text)


def _source(module: object) -> str:
    """Return where a module came from; a cell may have put anything in the place of one."""
    with suppress(Exception):
        path = vars(module).get("__file__")
        return str(path) if isinstance(path, str | os.PathLike) else ""
    return ""


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(path := arguments[0], str | bytes | os.PathLike):
        flags = arguments[2]
        if isinstance(flags, int) and not flags & _ANEW:
            _note(path)
    elif event == "sqlite3.connect" and arguments[0] != ":memory:":
        _note(of_address(str(arguments[0])))
    elif event in _LISTING and not _by_an_import():
        path = arguments[0] if arguments and arguments[0] is not None else "."
        if isinstance(path, str | bytes | os.PathLike):
            _note(path)


def _note(path: str | bytes | os.PathLike[str]) -> None:
    _opened.add(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100  # cells may go elsewhere


def _by_an_import() -> bool:
    """Return whether Python lists a folder to find a module in it."""
    return sys._getframe(2).f_code.co_filename.startswith("<frozen importlib")
