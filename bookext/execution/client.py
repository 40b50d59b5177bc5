"""A client that runs a page, and asks its kernel for the files that it opened.

Closes: nbclient takes the signals for itself, one notebook for all that run; here, an interrupt
ends every kernel. And a kernel has its processor while cells run only: half a second of its life
is waiting for messages, before and after.
"""

from __future__ import annotations

import asyncio
import os
import time
from ast import literal_eval
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode

_KERNEL = Path(__file__).parent / "kernel"


class Client(NotebookClient):
    """Runs a page; afterwards it knows the files that were opened, and the time that it took."""

    opened: str = ""
    seconds: float = 0
    cell_index: int = 0

    def __init__(
        self, notebook: NotebookNode, processors: asyncio.Semaphore, **kwargs: Any
    ) -> None:
        super().__init__(notebook, record_timing=False, shutdown_kernel="immediate", **kwargs)
        self._processors = processors
        # A kernel need not say that it talks over a local port.
        self.extra_arguments = ["--ext=opened_files", "--log-level=ERROR"]
        self.on_cell_start = self._begins

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        """Start a kernel, and end it in any case."""
        self.create_kernel_manager()
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            async with self._processors:
                started = time.monotonic()
                yield
                self.opened = await self._opened()
                self.seconds = time.monotonic() - started
        finally:
            if self.km:
                await self._async_cleanup_kernel()

    def _begins(self, cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG002
        self.cell_index = cell_index

    async def _opened(self) -> str:
        assert self.kc  # noqa: S101
        question = {"opened": "__import__('opened_files').listed()"}
        message = self.kc.execute("", silent=True, user_expressions=question)
        reply = await self.async_wait_for_reply(message) or {}
        answer: str = literal_eval(
            reply["content"]["user_expressions"]["opened"]["data"]["text/plain"]
        )
        return answer


def kernel_environment(root: Path, language: str) -> dict[str, str]:
    """Return the variables of the kernels of a book.

    Parameters
    ----------
    root
        Folder of the book, from which the kernels import its library.
    language
        Language of the edition.
    """
    path = filter(None, [str(root), os.environ.get("PYTHONPATH"), str(_KERNEL)])
    book = {
        "BOOK_LANG": language,
        "GOVSOCIAL_BOOK": "1",  # `show` leaves the line under a figure to the site
        # A profile of the book's own: nobody's private settings of IPython change a figure.
        "IPYTHONDIR": str(root / "_build" / "ipython"),
        "PYTHONPATH": os.pathsep.join(path),
    }
    # With one thread the order of a sum, and so its last digit, is the same on every machine.
    one = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
    return os.environ | one | book
