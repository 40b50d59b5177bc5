"""In which order pages run, and what is said of those that ran and of those that failed."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import v4

from bookext.execution import run
from bookext.execution.fingerprints import ELSEWHERE, Fingerprint, state
from bookext.execution.run import FailingCellError, Stale, runs
from bookext.execution.store import Run

execute: Callable[..., None] = run.execute  # keeps results in what is no store


def env_of(book: Path, **more: Any) -> Any:
    """Return as much of Sphinx's environment as running pages needs."""
    config = SimpleNamespace(language="en")
    return SimpleNamespace(srcdir=str(book), config=config, docname="page", **more)


class Kernel:
    """Runs nothing; a page fails with the error that its notebook brings along."""

    opened, seconds, cell_index = "/elsewhere.csv", 1.25, 2
    ran: list[str]

    def __init__(self, notebook: Any, _processors: object, **options: object) -> None:
        self.notebook, self.options = notebook, options

    async def async_execute(self, cwd: str, env: dict[str, str]) -> None:
        """Write down which page runs, and where."""
        self.ran.append(f"{Path(cwd).name}: {self.notebook.cells[0].source}")
        if error := self.notebook.metadata.get("error"):
            raise error


class Kept:
    """The results of pages: of each, how long it took, and what is kept."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[float, Fingerprint]] = {}

    def weight(self, client: Any) -> tuple[float, int]:
        """Return what the page says."""
        weight: tuple[float, int] = client.notebook.metadata.weight
        return weight

    def keep(self, client: Any, seconds: float, fingerprint: Fingerprint) -> None:
        """Keep it."""
        self.kept[client.path.name] = seconds, fingerprint


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Run pages without kernels; the packages whose imports were made in advance."""
    packages: list[Path] = []

    def fork(package: Path, _environment: object) -> Any:
        packages.append(package)
        return nullcontext()

    monkeypatch.setattr(Kernel, "ran", [], raising=False)
    monkeypatch.setattr(run, "Client", Kernel)
    monkeypatch.setattr(run, "forked_kernels", fork)
    return packages


def stale(book: Path, name: str, *reasons: str, **metadata: Any) -> Stale:
    """Return a page that must run: text and three cells, from the lines 1, 5, 9 and 13 on."""
    cells = [v4.new_markdown_cell(f"# {name}"), *(v4.new_code_cell(code) for code in "abc")]
    client: Any = SimpleNamespace(
        path=book / "chapters" / name,
        notebook=v4.new_notebook(cells=cells, metadata={"weight": (1.0, 3)} | metadata),
        nb_config=SimpleNamespace(execution_timeout=30, execution_allow_errors=False),
        cell_line=lambda index: 1 + 4 * index,
    )
    return Stale(client, list(reasons))


def test_the_longest_page_runs_first(forked: list[Path], tmp_path: Path) -> None:
    weights = {"short": (2.0, 90), "new": (float("inf"), 5), "long": (30.0, 1), "other": (2.0, 91)}
    pages = [stale(tmp_path, name, weight=weight) for name, weight in weights.items()]
    execute(pages, Kept(), env_of(tmp_path))
    assert Kernel.ran == [f"chapters: # {name}" for name in ("new", "long", "other", "short")]


@pytest.mark.parametrize(("pages", "warm"), [("a", False), ("ab", True), ("abc", True)])
def test_kernels_are_forked_when_several_pages_run(
    pages: str, warm: bool, forked: list[Path], tmp_path: Path
) -> None:
    execute([stale(tmp_path, name) for name in pages], Kept(), env_of(tmp_path))
    assert forked == [tmp_path / "govsocial"] * warm


@pytest.mark.parametrize(
    ("there", "allowed", "places"),
    [
        (3, "", [3, 4]),
        (None, "", [1, 2]),
        (8, "2", [2, 3]),
        (3, "0", [3, 4]),
        (3, "two", [3, 4]),
    ],
)
def test_as_many_pages_compute_as_there_are_processors_and_one_more_has_a_kernel(
    there: int | None,
    allowed: str,
    places: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[int] = []
    monkeypatch.setenv("BOOK_PROCESSORS", allowed)
    monkeypatch.setattr(os, "cpu_count", lambda: there)
    monkeypatch.setattr(asyncio, "Semaphore", found.append)
    execute([], Kept(), env_of(tmp_path))
    assert found == places


@pytest.mark.parametrize(
    ("reasons", "said"), [("xyz", "x, y, z\n"), ("xyzw", "x, y, z, …\n"), ("x", "x\n")]
)
def test_of_a_page_that_ran_time_and_reasons_are_said_and_its_inputs_kept(
    reasons: str,
    said: str,
    forked: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store, page = Kept(), stale(tmp_path, "one.md", *reasons)
    page.client.notebook.cells[0].source = "open('no-code.csv')"
    page.client.notebook.cells[2].source = "open('../data.csv')"
    execute([page], store, env_of(tmp_path))
    assert capsys.readouterr().err == f"chapters/one.md ran in 1.2 s: {said}"
    seconds, fingerprint = store.kept["one.md"]
    assert (seconds, list(fingerprint.files)) == (1.25, ["data.csv"])


FAILURES = [
    (RuntimeError("\x1b[31mred\x1b[0m words\n"), "RuntimeError: red words\n"),
    (
        CellTimeoutError("slow"),
        "slow\nLonger than 30 s: give the page more in its front matter, "
        "`mystnb: {execution_timeout: 60}`.\n",
    ),
    (DeadKernelError("dead"), "dead\nThe cell ended its own process; or the memory was not enough"),
    (
        NoSuchKernel("fortran"),
        "No such kernel named fortran\nWrite `kernelspec: {name: python3}` into the page",
    ),
]


@pytest.mark.parametrize(("error", "said"), FAILURES)
def test_what_failed_is_said_with_a_remedy(
    error: Exception,
    said: str,
    forked: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = Kept()
    pages = [
        stale(tmp_path, "one.md", weight=(9.0, 3), error=error, source_map=[0, 4, 8, 12]),
        stale(tmp_path, "two.md"),
        stale(tmp_path, "three.ipynb", error=RuntimeError("too")),
    ]
    failed = r"^chapters/one\.md:9, cell 2; chapters/three\.ipynb, cell 2$"
    with pytest.raises(FailingCellError, match=failed):
        execute(pages, store, env_of(tmp_path))
    words = capsys.readouterr().err
    assert f"chapters/one.md:9, cell 2\n{said}" in words
    assert "chapters/three.ipynb, cell 2\nRuntimeError: too\n" in words
    assert list(store.kept) == ["two.md"]


def test_of_endless_words_the_first_and_the_last_are_said() -> None:
    words = [f"line {number}" for number in range(85)]
    said = run._said(CellTimeoutError("\n".join(words)), 30).splitlines()
    assert said[:40] == words[:40] and said[41:81] == words[45:]
    assert said[40] == "… 5 lines …"
    assert run._said(RuntimeError("\n".join(words[:80])), 30) == "RuntimeError: " + "\n".join(
        words[:80]
    )


def test_what_of_the_system_stands_in_the_way_ends_all(
    forked: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="No space left") as error:
        execute([stale(tmp_path, "one.md", error=full)], Kept(), env_of(tmp_path))
    assert error.value is full
    assert capsys.readouterr().err == ""


def test_a_page_that_is_interrupted_has_not_failed(
    forked: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def interrupted(*_arguments: object, **_options: object) -> None:
        task = asyncio.current_task()
        assert task
        task.cancel()
        raise DeadKernelError("dead")

    monkeypatch.setattr(Kernel, "async_execute", interrupted)
    execute([stale(tmp_path, "one.md")], Kept(), env_of(tmp_path))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("reasons", [[], ["its code changed"]])
def test_a_page_that_was_edited_meanwhile_runs_when_it_is_read(
    reasons: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[Stale] = []
    store = SimpleNamespace(
        key=lambda notebook, _path: f"key of {notebook}",
        reasons=lambda _key, _path: reasons,
        run=lambda key: f"run of {key}",
        results=lambda notebook, _path: f"results of {notebook}",
        facts=lambda key: f"facts of {key}",
    )
    monkeypatch.setattr(run, "store_of", lambda _env: store)
    monkeypatch.setattr(run, "execute", lambda pages, *_: ran.extend(pages))
    env, client = env_of(tmp_path), SimpleNamespace(notebook="it", path=tmp_path)
    found: Callable[..., object] = run.results
    assert found(env, client) == ("results of it", "facts of key of it")
    assert [page.reasons for page in ran] == [reasons] * bool(reasons)
    kept: object = runs(env)
    assert kept == {"page": "run of key of it"}


def test_what_pages_depend_on_outside_the_book_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, outside = tmp_path / "book", tmp_path / "outside.csv"
    book.mkdir()
    outside.write_text("x", "utf-8")
    page = Fingerprint({"inside.csv": "1", "/far.csv": "2"}, {}, {"TOY": "set"}, {"toy": True})
    found = {"a": page, "b": None}
    monkeypatch.setattr(run, "store_of", lambda _env: SimpleNamespace(fingerprint=found.get))
    env = env_of(
        book, doctreedir=tmp_path, dependencies={"one": {"inside.csv"}, "two": {str(outside)}}
    )
    runs(env).update(one=Run("a", "now"), two=Run("b", "now"))
    app: Any = None  # is not asked
    run._note_elsewhere(app, env)
    written = Fingerprint.loads((tmp_path / ELSEWHERE).read_text("utf-8"))
    assert written.files == {str(outside): state(outside), "/far.csv": "2"}
    assert (written.variables, written.modules) == ({"TOY": "set"}, {"toy": True})
