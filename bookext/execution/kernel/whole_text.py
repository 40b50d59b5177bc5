"""Runs inside every kernel of a build: a cell that prints half a character fails where it prints.

Closes: Jupyter sends a cell's output as UTF-8 and drops it, with a traceback of its own, if a
surrogate stands in it, as in a post of a platform that was cut within an emoji; the cell goes on
(seen in ipykernel 7.4.0).
"""

from __future__ import annotations

import sys
from collections.abc import Callable


def load_ipython_extension(_shell: object) -> None:
    """Look at what is printed from now on."""
    for stream in (sys.stdout, sys.stderr):
        stream.write = _whole(stream.write)  # type: ignore[method-assign]


def _whole(write: Callable[[str], int]) -> Callable[[str], int]:
    def looked_at(text: str) -> int:
        if isinstance(text, str):  # the stream says what else is wrong
            text.encode()
        return write(text)

    return looked_at
