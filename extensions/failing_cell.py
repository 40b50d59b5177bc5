"""A failing cell ends the build with one message: file, line, cell and traceback.

Closes: MyST-NB raises an exception without line, which Sphinx reports as a crash of its own with
a traceback through nbclient, and with it a request to file a bug.
"""

from __future__ import annotations

import re

from myst_nb.core.execute.base import ExecutionError
from myst_nb.core.execute.cache import NotebookClientCache
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

_start = NotebookClientCache.start_client
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class FailingCellError(SphinxError):
    """A cell of a page raised an exception."""

    category = "Failing cell"


def _start_or_explain(self: NotebookClientCache) -> None:
    try:
        _start(self)
    except ExecutionError as error:
        number, line = _failed(self)
        place = f"{self.path}:{line}, cell {number}"
        report = _COLOURS.sub("", str(error.__cause__)).strip()
        raise FailingCellError(f"{place}\n{report}") from None


def _failed(client: NotebookClientCache) -> tuple[int, int]:
    code_cells = [
        (index, cell)
        for index, cell in enumerate(client.notebook.cells)
        if cell.cell_type == "code"
    ]
    for number, (index, cell) in enumerate(code_cells, start=1):
        if any(output.output_type == "error" for output in cell.outputs):
            return number, client.cell_line(index)
    return 0, 1  # the kernel died or ran out of time: no cell holds an error


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap the execution."""
    NotebookClientCache.start_client = _start_or_explain
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
