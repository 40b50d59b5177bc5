"""Kernels forked from one process that has imported the libraries already.

Closes: Jupyter starts every kernel as a new Python, and a good part of a page's time goes into
importing pandas and Matplotlib once more. A forked kernel has them at once; the book's own modules
it imports itself, so that they are never old. All that stands above the provisioner (managers and
clients of Jupyter, nbclient) stays as it is.
"""

from __future__ import annotations

import errno
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

_SERVER = Path(__file__).parent / "kernel" / "forkserver.py"


@contextmanager
def forked_kernels(package: Path, environment: dict[str, str]) -> Iterator[None]:
    """Have the Python kernels forked that are started meanwhile, where the system can do that.

    Where that is so already, also in the process that this one was forked from, it stays.

    Parameters
    ----------
    package
        Folder of the modules whose imports from elsewhere are made in advance.
    environment
        Variables of the kernels.
    """
    factory = KernelProvisionerFactory.instance()
    usual, name = factory.default_provisioner_name, ForkedProvisioner.__name__
    # Elsewhere than on Linux, system libraries do not survive a fork.
    if sys.platform != "linux" or usual == name:
        yield
        return
    with subprocess.Popen(  # noqa: S603
        [sys.executable, str(_SERVER), str(package)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as warm:
        ForkedProvisioner.warm = warm
        factory.provisioners[name] = EntryPoint(name, f"{__name__}:{name}", factory.GROUP_NAME)
        if warm.stdout and warm.stdout.readline() == "ready\n":
            factory.default_provisioner_name = name
        try:
            yield
        finally:
            factory.default_provisioner_name = usual


class ForkedKernel:
    """A forked process, with those methods of :class:`subprocess.Popen` that a provisioner calls.

    The exit code is known to the parent of the process only; here it is 0.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)  # unlike a number, never given to another process

    def poll(self) -> int | None:
        """Return 0 if the process has ended."""
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self) -> int:
        """Return 0 when the process has ended."""
        select.select([self._handle], [], [])
        os.close(self._handle)
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)


class ForkedProvisioner(LocalProvisioner):
    """Has Python kernels forked; kernels of other languages start as ever.

    Without ``warm``, as where this module has been imported anew, all do.
    """

    warm: subprocess.Popen[str] | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel.

        Raises
        ------
        OSError
            If the process that forks is gone.
        """
        if not self.warm or cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
            return await super().launch_kernel(cmd, **kwargs)
        assert self.warm.stdin and self.warm.stdout  # noqa: S101
        order = {"arguments": cmd[3:], "cwd": str(kwargs["cwd"]), "env": kwargs["env"]}
        with suppress(BrokenPipeError):  # past the buffer, which would be left with the order
            os.write(self.warm.stdin.fileno(), f"{json.dumps(order)}\n".encode())
        if not (answer := self.warm.stdout.readline()):
            raise OSError(errno.ENOMEM, "the process that makes kernels has ended")
        self.pid = self.pgid = int(answer)  # it leads a session of its own
        self.process = ForkedKernel(self.pid)  # type: ignore[assignment]
        self.cwd = kwargs["cwd"]
        return self.connection_info
