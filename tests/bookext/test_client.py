"""What a page's kernel is given, what it tells, and what a cell may show at most."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import v4

from bookext.execution import client as clients
from bookext.execution.client import Client, LongOutputError, NoAnswerError, kernel_environment

ROOT = Path(__file__).resolve().parents[2]
TELL = """import json, os
from ipykernel.connect import get_connection_info
print(json.dumps([os.getpid(), get_connection_info(unpack=True)["transport"], os.getcwd()]))"""


def client(*cells: str) -> Any:
    """Return a client of a page with these cells."""
    page = v4.new_notebook(cells=[v4.new_code_cell(code) for code in cells])
    return Client(page, asyncio.Semaphore())


def test_a_kernel_tells_what_it_opened_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "table.csv").write_text("x", "utf-8")
    clock = SimpleNamespace(monotonic=iter([100.0, 103.5]).__next__)
    monkeypatch.setattr(clients, "time", clock)
    ran = client(TELL, "open('table.csv').read()")
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    asyncio.run(ran.async_execute(cwd=str(tmp_path), env=environment))
    told, read = ran.nb.cells
    process, transport, folder = json.loads(told.outputs[0].text)
    assert transport == ("tcp" if sys.platform == "win32" else "ipc")
    assert folder == str(tmp_path)
    assert read.outputs[0].data["text/plain"] == "'x'"
    assert "execution" not in read.metadata
    assert str(tmp_path / "table.csv") in ran.opened.splitlines()
    assert ran.seconds == 3.5
    assert ran.cell_index == 1
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_before_the_first_cell_it_is_the_first_that_fails() -> None:
    assert client("a", "b").cell_index == 0


def shown(length: int) -> dict[str, Any]:
    """Return the message of a cell that prints five characters and shows a picture of so many."""
    data = {"image/svg+xml": "x" * length, "application/json": {"of": "no length " * 9}}
    return {"content": {"text": "print", "data": data}}


@pytest.mark.parametrize(
    ("lengths", "kept", "ended"),
    [([5], 1, 0), ([6], 0, 1), ([0, 0], 2, 0), ([0, 1], 1, 1)],
)
def test_a_cell_that_shows_more_than_ten_characters_ends(
    lengths: list[int], kept: int, ended: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "_LONGEST", 10)
    monkeypatch.setattr(NotebookClient, "output", lambda _client, outputs, *_: outputs.append(1))
    endings: list[int] = []
    made = client("a", "b")
    made.task_poll_for_reply = SimpleNamespace(cancel=lambda: endings.append(made.cell_index))
    for index in range(2):  # what the cell before has shown does not count
        made._begins(made.nb.cells[index], index)
        outputs: list[Any] = []
        for length in lengths:
            made.output(outputs, shown(length), None, index)
        assert len(outputs) == kept
    assert endings == [0, 1] * ended


@pytest.mark.parametrize(("length", "error"), [(10, DeadKernelError), (11, LongOutputError)])
def test_a_cell_that_was_ended_is_told_from_one_that_ended_itself(
    length: int, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_arguments: object) -> None:
        raise DeadKernelError("dead")

    monkeypatch.setattr(clients, "_LONGEST", 10)
    monkeypatch.setattr(NotebookClient, "async_execute_cell", dies)
    made = client("a")
    made._shown = length
    with pytest.raises(error):
        asyncio.run(made.async_execute_cell(made.nb.cells[0], 0))


def test_a_kernel_has_the_book_its_language_one_thread_and_one_order_of_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/before")
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    monkeypatch.setenv("BOOK_LANG", "en")
    found = kernel_environment(tmp_path, "it")
    kernel = str(ROOT / "bookext/execution/kernel")
    expected = {
        "BOOK_LANG": "it",
        "GOVSOCIAL_BOOK": "1",
        "IPYTHONDIR": str(tmp_path / "_build/ipython"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), "/before", kernel]),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    }
    assert found == os.environ | expected
    monkeypatch.delenv("PYTHONPATH")
    path = kernel_environment(tmp_path, "it")["PYTHONPATH"]
    assert path == os.pathsep.join([str(tmp_path), kernel])


def test_what_a_cell_prints_in_pieces_is_kept_as_one(tmp_path: Path) -> None:
    pieces = "import time\nfor piece in 'abc':\n    print(piece, flush=True)\n    time.sleep(0.3)"
    ran = client(pieces)
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    asyncio.run(ran.async_execute(cwd=str(tmp_path), env=environment))
    (printed,) = ran.nb.cells[0].outputs
    assert printed.text == "a\nb\nc\n"


def test_a_long_line_is_kept_at_once_and_what_is_written_over_is_gone(tmp_path: Path) -> None:
    ran = client("print('x' * 2_000_000)\nprint('ab\\bc\\a')")
    assert not ran.coalesce_streams  # whose time grows with the square of a line
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    asyncio.run(ran.async_execute(cwd=str(tmp_path), env=environment))
    (printed,) = ran.nb.cells[0].outputs
    assert printed.text == "x" * 2_000_000 + "\nac\n"


SHUT_OUT = """import sys
from pathlib import Path
from types import ModuleType
sys.modules["cudf"] = None
sys.modules["slots"] = object()
sys.modules["there"] = ModuleType("there")
sys.modules["there"].__file__ = Path("/there.py")
"""


def test_modules_that_are_none_are_no_hindrance(tmp_path: Path) -> None:
    ran = client(SHUT_OUT)
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    asyncio.run(ran.async_execute(cwd=str(tmp_path), env=environment))
    assert "/there.py" in ran.opened.splitlines()


def test_a_kernel_that_cannot_be_asked_says_why(tmp_path: Path) -> None:
    ran = client("import opened_files\nopened_files.listed = None")
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    with pytest.raises(NoAnswerError, match=r"TypeError: 'NoneType' .*; let no cell change"):
        asyncio.run(ran.async_execute(cwd=str(tmp_path), env=environment))


@pytest.mark.parametrize("more", [[], ["print(2)"]], ids=["last-cell", "cell-between"])
def test_a_kernel_that_answers_no_more_is_not_waited_for(
    more: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(clients, "_PATIENCE", 3)
    ran = client("import sys\nsys.stdout = None\nprint(1)", *more)
    ran.nb.cells.append(v4.new_markdown_cell("Text."))
    ran.timeout = 120
    environment = kernel_environment(ROOT, "en") | {"IPYTHONDIR": str(tmp_path / "ipython")}
    with pytest.raises(NoAnswerError, match=r"no answer; let no cell change .*`sys\.stdout`"):
        asyncio.run(asyncio.wait_for(ran.async_execute(cwd=str(tmp_path), env=environment), 60))
    assert ran.cell_index == len(more)
    assert "Traceback" not in capfd.readouterr().err


def test_an_answer_that_is_there_is_no_silence() -> None:
    async def gives_up() -> bool:
        answer = asyncio.get_running_loop().create_future()
        answer.set_result({})
        made = client("a")
        made._give_up(answer)
        return bool(made._is_silent)

    assert not asyncio.run(gives_up())
