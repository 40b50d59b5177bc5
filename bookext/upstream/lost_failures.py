"""Ends the build when a process beside it fails, whenever that is noticed.

Closes: Sphinx drops the failure of a process that reads or writes pages if it learns of it while it
hands out others; the build goes on, and the pages of that process are missing or as they were
before (seen in Sphinx 9.0.4; not reported yet).

Risk: if ``ParallelTasks.add_task`` or ``_join_one`` is renamed, an attribute error stops the build.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks
from sphinx.util.typing import ExtensionMetadata

_add, _join = ParallelTasks.add_task, ParallelTasks._join_one


def _join_one(self: ParallelTasks) -> bool:
    """Take what a process has done, and keep its failure."""
    try:
        return _join(self)
    except Exception as error:
        self.failure = error  # type: ignore[attr-defined]
        raise


def _add_task(self: ParallelTasks, *args: Any) -> None:
    """Hand out work, unless a process has failed."""
    _add(self, *args)
    if failure := getattr(self, "failure", None):
        raise failure


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Keep the failures."""
    ParallelTasks._join_one = _join_one  # type: ignore[method-assign]
    ParallelTasks.add_task = _add_task  # type: ignore[assignment, method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
