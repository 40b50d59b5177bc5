"""A client that runs a page, and asks its kernel for the files that it opened.

Closes: nbclient takes the signals for itself, one notebook for all that run; here, an interrupt
ends every kernel. And a kernel has its processor while cells run only: half a second of its life
is waiting for messages, before and after. What a cell prints without end would fill the memory
before the cell's time is over. A kernel whose streams or modules a cell took away says that it is
done, and answers nothing; nbclient waits for that as long as a cell may take.

Closes: Jupyter's kernels listen on ports of the machine, which another program may take between
being chosen and being opened; here they talk over files.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from ast import literal_eval
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode

from bookext.execution.printed import tidy

_KERNEL = Path(__file__).parent / "kernel"
_LONGEST = 10_000_000  # characters of what a cell shows: of some figures, a million
_PATIENCE = 60  # seconds for an answer when nothing is left to do


class LongOutputError(CellControlSignal):
    """A cell shows more than a page can hold."""

    def __init__(self) -> None:
        super().__init__(f"an output of more than {_LONGEST:,} characters; print less of it")


class NoAnswerError(CellControlSignal):
    """A kernel does not answer, or does not say what it opened."""

    def __init__(self, answer: dict[str, Any]) -> None:
        said = f"{answer.get('ename', 'no answer')}: {answer.get('evalue', '')}".strip(": ")
        super().__init__(
            f"the kernel cannot be asked any more: {said}; let no cell change what Python itself "
            "works with, as `builtins`, `sys.modules` and `sys.stdout`"
        )


class Client(NotebookClient):
    """Runs a page; afterwards it knows the files that were opened, and the time that it took."""

    opened: str = ""
    seconds: float = 0
    cell_index: int = 0
    _shown: int = 0
    _is_silent: bool = False

    def __init__(
        self, notebook: NotebookNode, processors: asyncio.Semaphore, **kwargs: Any
    ) -> None:
        super().__init__(notebook, record_timing=False, shutdown_kernel="immediate", **kwargs)
        self._processors = processors
        own = (f"--ext={name}" for name in ("opened_files", "text_sizes", "whole_text"))
        self.extra_arguments = [*own, "--log-level=CRITICAL"]
        self.on_cell_start = self._begins

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        """Start a kernel, and end it in any case."""
        manager = self.create_kernel_manager()
        with TemporaryDirectory(prefix="kernel-") as folder:
            if sys.platform != "win32":
                manager.transport, manager.ip = "ipc", str(Path(folder, "channel"))
            try:
                await self.async_start_new_kernel(**kwargs)
                await self.async_start_new_kernel_client()
                async with self._processors:
                    started = time.monotonic()
                    yield
                    self.opened = await self._opened()
                    tidy(self.nb.cells)
                    self.seconds = time.monotonic() - started
            finally:
                if self.km:
                    await self._async_cleanup_kernel()

    def output(self, outs: Any, msg: dict[str, Any], *place: Any) -> Any:
        """Keep what a cell shows, or end a cell that shows too much."""
        content = msg["content"]
        texts = [content.get("text", ""), *content.get("data", {}).values()]
        self._shown += sum(len(text) for text in texts if isinstance(text, str))
        if self._shown > _LONGEST and self.task_poll_for_reply:
            self.task_poll_for_reply.cancel()
            return None
        return super().output(outs, msg, *place)

    async def async_execute_cell(self, *args: Any, **kwargs: Any) -> NotebookNode:
        """Run a cell.

        Raises
        ------
        LongOutputError
            If it shows too much.
        NoAnswerError
            If the kernel is done with it, and does not say how it went.
        """
        try:
            return await super().async_execute_cell(*args, **kwargs)
        except DeadKernelError:
            if self._shown > _LONGEST:
                raise LongOutputError from None
            if self._is_silent:
                raise NoAnswerError({}) from None
            raise

    async def _async_poll_output_msg(self, *place: Any) -> None:
        """Take what a cell shows until the kernel is done with it; its answer is under way then."""
        await super()._async_poll_output_msg(*place)
        loop = asyncio.get_running_loop()
        loop.call_later(_PATIENCE, self._give_up, self.task_poll_for_reply)

    def _give_up(self, answer: asyncio.Future[Any] | None) -> None:
        if answer and answer.cancel():  # which does nothing to an answer that is there
            self._is_silent = True

    def _begins(self, cell: NotebookNode, cell_index: int) -> None:
        if cell.cell_type == "code":
            self.cell_index = cell_index
        self._shown = 0

    async def _opened(self) -> str:
        assert self.kc  # noqa: S101
        question = {"opened": "__import__('opened_files').listed()"}
        message = self.kc.execute("", silent=True, user_expressions=question)
        self.timeout = None  # is that of cells
        try:
            reply = await asyncio.wait_for(self.async_wait_for_reply(message), _PATIENCE)
        except TimeoutError:
            raise NoAnswerError({}) from None
        found = (reply or {"content": {}})["content"].get("user_expressions", {}).get("opened", {})
        if "data" not in found:
            raise NoAnswerError(found)
        answer: str = literal_eval(found["data"]["text/plain"])
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
    # With one thread the order of a sum, and so its last digit, is the same on every machine; the
    # order of a set is, too.
    one = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1") | {"PYTHONHASHSEED": "0"}
    return os.environ | one | book
