"""A forked kernel gives what a kernel of its own gives, to the byte."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from myst_nb.core.utils import coalesce_streams

from bookext.common.errors import explained
from bookext.execution import forkserver
from bookext.execution.client import Client, kernel_environment
from bookext.execution.forkserver import ForkedKernel, ForkedProvisioner, forked_kernels

ROOT = Path(__file__).resolve().parents[2]
LAB = ROOT / "notebooks" / "solutions" / "02-decode-a-tweet-id.ipynb"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

# What a kernel may notice of how it came into being, and a figure of each kind.
CELLS = [
    "import os, signal, sys\nprint(sys.path, sys.argv[0], __name__, os.getcwd())\n"
    "print(os.environ['MPLBACKEND'], [name for name in os.environ if 'MALLOC' in name])\n"
    "print('govsocial' in sys.modules, signal.getsignal(signal.SIGCHLD), sys.stdin.read(0))",
    "import numpy as np\nimport pandas as pd\nrandom = np.random.default_rng(1)\n"
    "frame = pd.DataFrame(random.normal(size=(500, 3)), columns=list('abc'))\nframe.describe()",
    "from scipy import stats\nstats.linregress(frame['a'], frame['b'])",
    "np.linalg.svd(frame.to_numpy() @ frame.to_numpy().T)[1][:5]",
    "import matplotlib.pyplot as plt\nframe.plot()",
    "import subprocess\nsubprocess.run(['true']).returncode",
    "print('to standard error', file=sys.stderr)\nfor name in ('x', 'y'):\n    display(name)",
]


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    """A process that waits for a minute."""
    with subprocess.Popen(["sleep", "60"]) as found:
        yield found
        found.kill()


def test_the_process_that_forks_has_nothing_to_say(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(forkserver._SERVER), str(tmp_path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (run.stdout, run.stderr) == ("ready\n", "")


@pytest.mark.parametrize(
    ("end", "number"), [("kill", signal.SIGKILL), ("terminate", signal.SIGTERM)]
)
def test_a_forked_kernel_ends_when_it_is_told(
    end: str, number: int, process: subprocess.Popen[bytes]
) -> None:
    kernel = ForkedKernel(process.pid)
    assert kernel.poll() is None
    getattr(kernel, end)()
    assert process.wait() == -number
    assert kernel.poll() == 0
    kernel.kill()  # nobody is left to be told
    assert kernel.wait() == 0


def test_asking_whether_a_kernel_has_ended_does_not_wait(
    process: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = ForkedKernel(process.pid)
    waited = []

    def select(*arguments: object) -> tuple[list[int], ...]:
        waited.append(arguments[3:])
        return [], [], []

    monkeypatch.setattr(forkserver, "select", SimpleNamespace(select=select))
    assert kernel.poll() is None
    assert waited == [(0,)]


PYTHON = [sys.executable, "-m", "ipykernel_launcher", "-f", "connection.json"]


def test_a_kernel_is_ordered_with_its_arguments_folder_and_variables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    received, sending = os.pipe()
    with os.fdopen(received) as orders, os.fdopen(sending, "w") as stdin:
        warm = SimpleNamespace(stdin=stdin, stdout=io.StringIO("4711\n"))
        monkeypatch.setattr(ForkedProvisioner, "warm", warm)
        monkeypatch.setattr(forkserver, "ForkedKernel", lambda pid: f"process {pid}")
        made: Any = ForkedProvisioner()
        asyncio.run(made.launch_kernel(PYTHON, cwd=Path("/book"), env={"A": "1"}))
        order = {"arguments": ["-f", "connection.json"], "cwd": "/book", "env": {"A": "1"}}
        assert json.loads(orders.readline()) == order
    assert (made.pid, made.pgid, made.process) == (4711, 4711, "process 4711")


def test_that_the_process_that_forks_is_gone_is_said_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(["true"], text=True, bufsize=1, stdin=pipe, stdout=pipe) as gone:
        gone.wait()
        monkeypatch.setattr(ForkedProvisioner, "warm", gone)
        start = ForkedProvisioner().launch_kernel(PYTHON, cwd=Path("/book"), env={})
        with pytest.raises(OSError, match="the process that makes kernels has ended") as found:
            asyncio.run(start)
        assert "the memory was not enough: close other programs" in explained(found.value)


@pytest.mark.parametrize(
    ("command", "warm"),
    [
        (["ir", "-f", "x"], SimpleNamespace()),
        ([sys.executable, "-m", "other_kernel"], SimpleNamespace()),
        (PYTHON, None),
    ],
    ids=["other language", "other kernel", "module imported anew"],
)
def test_a_kernel_that_cannot_be_forked_starts_as_ever(
    command: list[str], warm: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ForkedProvisioner, "warm", warm)

    async def launch(_self: object, cmd: list[str], **options: object) -> tuple[object, ...]:
        return cmd, options

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    started: object = asyncio.run(ForkedProvisioner().launch_kernel(command, cwd="/book"))
    assert started == (command, {"cwd": "/book"})


def test_elsewhere_than_on_linux_kernels_start_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with forked_kernels(tmp_path, os.environ.copy()):
        name = KernelProvisionerFactory.instance().default_provisioner_name
    assert name == "local-provisioner"


def outputs(path: Path | None, folder: Path) -> list[object]:
    """Run a notebook in whatever kernels are given, and return its outputs."""
    notebook = (
        nbformat.read(path, nbformat.NO_CONVERT)
        if path
        else nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS])
    )
    client = Client(notebook, asyncio.Semaphore())
    asyncio.run(client.async_execute(cwd=str(folder), env=kernel_environment(ROOT, "en")))
    # In how many pieces printed text arrives depends on how busy the machine is.
    return [coalesce_streams(cell.get("outputs", [])) for cell in notebook.cells]


@pytest.fixture(scope="module")
def forked() -> dict[Path | None, list[object]]:
    """The outputs of both notebooks in forked kernels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with forked_kernels(ROOT / "govsocial", kernel_environment(ROOT, "en")):
            name = KernelProvisionerFactory.instance().default_provisioner_name
            assert name == ForkedProvisioner.__name__
            return {path: outputs(path, ROOT) for path in (None, LAB)}


@pytest.mark.slow
@pytest.mark.parametrize("path", [None, LAB], ids=["environment", "lab"])
def test_the_outputs_are_those_of_a_kernel_of_its_own(
    path: Path | None, forked: dict[Path | None, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert forked[path] == outputs(path, ROOT)


def _say_parent_of_kernel(folder: Path) -> None:
    """Write down which process the kernel of a page was forked from."""
    with forked_kernels(
        folder, kernel_environment(ROOT, "en")
    ):  # as a build of several pages asks for it
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("import os; print(os.getppid())")]
        )
        client = Client(notebook, asyncio.Semaphore())
        asyncio.run(client.async_execute(cwd=str(folder), env=kernel_environment(ROOT, "en")))
    (folder / "parent").write_text(notebook.cells[0].outputs[0].text, "utf-8")


def test_a_build_that_is_forked_has_its_kernels_from_the_process_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with forked_kernels(tmp_path, kernel_environment(ROOT, "en")):
        build = get_context("fork").Process(target=_say_parent_of_kernel, args=(tmp_path,))
        build.start()
        build.join()
        assert ForkedProvisioner.warm
        assert int((tmp_path / "parent").read_text("utf-8")) == ForkedProvisioner.warm.pid


def test_a_library_that_starts_a_thread_is_not_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package/module.py").write_text("import threaded\n", "utf-8")
    code = "from threading import Event, Thread\nThread(target=Event().wait, daemon=True).start()\n"
    (tmp_path / "threaded.py").write_text(code, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    factory = KernelProvisionerFactory.instance()
    with forked_kernels(tmp_path / "package", os.environ.copy()):
        assert factory.default_provisioner_name == "local-provisioner"
