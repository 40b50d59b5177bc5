"""A Jupyter kernel that a test works in as a student would, cell by cell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds for one cell


class Outcome(NamedTuple):
    """What a cell did: the name of its error or nothing, what the reader sees of it, the output."""

    error: str
    shown: str
    output: str


class Kernel:
    """A running kernel."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def run(self, code: str) -> Outcome:
        """Run a cell."""
        printed: list[str] = []

        def listen(message: dict[str, Any]) -> None:
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        reply = self.client.execute_interactive(code, output_hook=listen, timeout=PATIENCE)
        content = reply["content"]
        shown = "\n".join(content.get("traceback", []))
        return Outcome(content.get("ename", ""), shown, "".join(printed))


@contextmanager
def kernel(folder: Path, **environment: str) -> Iterator[Kernel]:
    """Start a kernel in a folder, and stop it."""
    variables = {k: v for k, v in os.environ.items() if k != "GOVSOCIAL_BOOK"}
    variables |= {"PYTHONPATH": str(ROOT), **environment}
    manager, client = start_new_kernel(cwd=str(folder), env=variables)
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
