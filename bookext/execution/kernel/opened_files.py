"""Runs inside every kernel of a build: keeps the path of each file that is opened for reading.

An extension of IPython (``--ext=opened_files``), loaded before the first cell. ``listed`` is asked
for after the last one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WRITING = os.O_WRONLY | os.O_RDWR
_HERE = str(Path(__file__).parent)
_opened: set[str] = set()


def load_ipython_extension(_shell: object) -> None:
    """Start to listen."""
    sys.addaudithook(_listen)


def listed() -> str:
    """Return the files that were opened and those that the loaded modules came from, by line."""
    # An import opens a compiled file, which may lie anywhere; the module knows its source.
    sources = (vars(module).get("__file__") for module in list(sys.modules.values()))
    found = _opened.union(filter(None, sources))
    return "\n".join(sorted(path for path in found if not path.startswith(_HERE)))


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(path := arguments[0], str | bytes | os.PathLike):
        flags = arguments[2]
        if isinstance(flags, int) and not flags & _WRITING:
            _opened.add(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100  # cells may go elsewhere
