"""The process that Sphinx runs in: less of what this build does not need, and no other beside it.

Closes: two builds that share a folder, as `make live` and `make` do, overwrite each other's work.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from functools import cache
from pathlib import Path
from typing import IO

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


_locks: dict[Path, IO[str]] = {}


def work_alone(folder: Path) -> None:
    """Wait until no other process builds into a folder; it is ours until this one ends."""
    if fcntl is None or folder in _locks:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _locks[folder] = lock = (folder / ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write(f"another build is at work in {folder}: waiting for it\n")
        fcntl.flock(lock, fcntl.LOCK_EX)


def processors() -> int:
    """Return how many processors a build may keep busy: ``BOOK_PROCESSORS``, or all there are."""
    given = os.environ.get("BOOK_PROCESSORS", "")
    return (int(given) if given.isdecimal() else 0) or os.cpu_count() or 1


@cache
def _freeze_in_forks() -> None:
    if hasattr(os, "register_at_fork"):  # not on Windows, where nothing is forked
        os.register_at_fork(after_in_child=gc.freeze)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the process, before other extensions are loaded."""
    work_alone(Path(app.doctreedir))
    # A grammar of web addresses that JSON schemas may use, and nothing here does: a second to load.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # Pages are trees of many small objects, which Python would look through again and again, and
    # once more when all is done.
    gc.set_threshold(1_000_000, 20, 100)
    atexit.register(gc.freeze)
    # Nor need the processes that read and write pages look through what was there before them.
    _freeze_in_forks()
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
