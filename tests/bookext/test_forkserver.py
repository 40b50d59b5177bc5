"""A forked kernel gives what a kernel of its own gives, to the byte."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from myst_nb.core.utils import coalesce_streams

from bookext.execution.client import Client, kernel_environment
from bookext.execution.forkserver import ForkedProvisioner, forked_kernels

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
