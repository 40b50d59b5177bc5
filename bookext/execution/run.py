"""Runs the pages whose results are out of date, before Sphinx reads them.

A page runs when its code changed, or a file of the book that it opened, a module that it imported,
or a pinned library (see ``inputs``). What a page opens is recorded while it runs. Results and
inputs are kept in jupyter-cache. As many pages run at a time as there are processors, in kernels
forked from a warm process (see ``forking``).

Closes: MyST-NB runs a page while Sphinx reads it, one after the other. It takes whatever is cached
for a page, though a table may have changed since
(https://github.com/executablebooks/MyST-NB/issues/621), and runs the page again when a caption or
a tag changes. Sphinx does not read a page again whose results changed. A failing cell is reported
as a crash of Sphinx, without its line.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import sys
import time
from ast import literal_eval
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_client.kernelspec import NoSuchKernel
from myst_nb.core.execute import create_client
from myst_nb.core.execute.cache import NotebookClientCache
from myst_nb.core.nb_to_tokens import nb_node_to_dict
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from tqdm import tqdm

from bookext.execution.fingerprints import Inputs
from bookext.execution.forkserver import forked_kernels

_LOGGER = logging.getLogger(__name__)
_PACKAGE = "govsocial"
_KERNEL = Path(__file__).parent / "kernel"
_INPUTS = "inputs.json"
_KEPT = 4  # results per page: those from before an edit that is undone are still there
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Tags that say how a cell runs; all other metadata is for those who read.
_RUNNING = {"raises-exception", "skip-execution"}


class FailingCellError(SphinxError):
    """Cells failed; what they said has been shown."""

    category = "Failing cell"


class Run(NamedTuple):
    """Which results a page shows: those of this code, kept at this time."""

    key: str
    kept: str


def runs(env: BuildEnvironment) -> dict[str, Run]:
    """Return the results that the pages of the environment show, by page."""
    if not hasattr(env, "govsocial_runs"):
        env.govsocial_runs = {}  # type: ignore[attr-defined]
    found: dict[str, Run] = env.govsocial_runs  # type: ignore[attr-defined]
    return found


class Store:
    """The results of pages, and the inputs that led to them, in jupyter-cache."""

    def __init__(self, folder: str, root: Path) -> None:
        self._cache = get_cache(folder)
        self._db = self._cache.db  # exists from now on, also for those who read in parallel
        self._root = root

    def key(self, notebook: NotebookNode) -> str:
        """Return what the results of a notebook are found by: a checksum of code and kernel."""
        key: str = self._cache.create_hashed_notebook(_bare(notebook))[1]
        return key

    def results(self, notebook: NotebookNode) -> NotebookNode:
        """Return a notebook with its results."""
        _record, found = self._cache.merge_match_into_notebook(_bare(notebook))
        full = deepcopy(notebook)
        full.metadata.update(found.metadata)
        for cell, ran in zip(full.cells, found.cells, strict=True):
            if cell.cell_type == "code":
                cell.update(outputs=ran.outputs, execution_count=ran.execution_count)
        return full

    def run(self, key: str) -> Run:
        """Return the run whose results are kept; without a time if there are none."""
        record = self._record(key)
        return Run(key, str(record.created) if record else "")

    def inputs(self, key: str) -> Inputs | None:
        """Return the inputs of the results, if both are there."""
        if record := self._record(key):
            with (
                self._cache.cache_artefacts_temppath(record.pk) as folder,
                suppress(OSError, ValueError),
            ):
                return Inputs.loads((folder / _INPUTS).read_text("utf-8"))
        return None

    def reasons(self, key: str, path: Path) -> list[str]:
        """Say why a page must run; nothing if its results are up to date."""
        if inputs := self.inputs(key):
            return list(inputs.changes(self._root))
        if self._record(key):
            return ["its last run was not recorded"]
        return ["its code changed" if self._earlier(path) else "it has no results yet"]

    def weight(self, page: Stale) -> tuple[float, int]:
        """Return how long a page has taken, for ever if it never ran; and how much code it has."""
        times = [record.data["execution_seconds"] for record in self._earlier(page.client.path)]
        code = (cell.source for cell in page.client.notebook.cells if cell.cell_type == "code")
        return max(times, default=float("inf")), sum(map(len, code))

    def keep(self, client: NotebookClientCache, seconds: float, inputs: Inputs) -> None:
        """Keep the results of a page. The inputs are written last: with them, all is there."""
        key = self.key(client.notebook)
        if record := self._record(key):
            NbCacheRecord.remove_record(record.pk, self._db)
        shutil.rmtree(Path(self._cache.path, "executed", key), ignore_errors=True)
        files = [(_INPUTS, io.BytesIO(inputs.dumps().encode()))]
        data = {"execution_seconds": seconds}
        bundle = CacheBundleIn(_bare(client.notebook), client.path, artifacts=files, data=data)
        self._cache.cache_notebook_bundle(bundle, check_validity=False)

    def trim(self, keys: Iterable[str]) -> None:
        """Forget the results that were in use longest ago, none of these."""
        keys = list(keys)
        for key in keys:
            with suppress(KeyError):
                NbCacheRecord.touch_hashkey(key, self._db)
        self._cache.change_cache_limit(_KEPT * len(keys) + 1)
        self._cache.truncate_caches()

    def facts(self, key: str) -> dict[str, Any]:
        """Return what MyST-NB tells about a run, in its table of run times."""
        record = NbCacheRecord.record_from_hashkey(key, self._db)
        return {
            "mtime": record.created.timestamp(),
            "runtime": record.data["execution_seconds"],
            "method": "cache",
            "succeeded": True,
            "error": None,
            "traceback": None,
        }

    def _record(self, key: str) -> NbCacheRecord | None:
        with suppress(KeyError):
            return NbCacheRecord.record_from_hashkey(key, self._db)
        return None

    def _earlier(self, path: Path) -> list[NbCacheRecord]:
        records: list[NbCacheRecord] = NbCacheRecord.records_from_uri(str(path), self._db)
        return records


def _bare(notebook: NotebookNode) -> NotebookNode:
    bare = deepcopy(notebook)
    for cell in bare.cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in _RUNNING]
        cell.metadata.clear()
        cell.metadata["tags"] = tags
    return bare


class Execution(NotebookClient):
    """Runs a page and asks its kernel for the files it opened.

    Closes: nbclient takes the signals for itself, one notebook for all that run; here, an
    interrupt ends every kernel. And a kernel has its processor while cells run only: half a second
    of its life is waiting for messages, before and after.
    """

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


class Stale(NamedTuple):
    """A page that must run, and why."""

    client: NotebookClientCache
    reasons: list[str]


def kernel_environment() -> dict[str, str]:
    """Return the variables of the kernels."""
    path = filter(None, [os.environ.get("PYTHONPATH"), str(_KERNEL)])
    # With one thread the order of a sum, and so its last digit, is the same on every machine.
    one = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
    return os.environ | one | {"PYTHONPATH": os.pathsep.join(path)}


def execute(pages: list[Stale], store: Store, root: Path) -> None:
    """Run pages and keep their results.

    Raises
    ------
    FailingCellError
        If a cell fails: after the other pages have run.
    """
    environment = kernel_environment()
    warm = forked_kernels(root / _PACKAGE, environment) if len(pages) > 1 else nullcontext()
    failed: list[str] = []
    cores = os.cpu_count() or 1
    processors, kernels = asyncio.Semaphore(cores), asyncio.Semaphore(cores + 1)
    # The longest first: at the end, no processor waits for one that has just begun.
    pages = sorted(pages, key=store.weight, reverse=True)

    async def run(page: Stale) -> None:
        name = page.client.path.relative_to(root)
        async with kernels:
            bar.set_postfix_str(str(name))
            started = time.time_ns()
            config = page.client.nb_config
            execution = Execution(
                page.client.notebook,
                processors,
                timeout=config.execution_timeout,
                allow_errors=config.execution_allow_errors,
            )
            try:
                await execution.async_execute(cwd=str(page.client.path.parent), env=environment)
            except (CellControlSignal, NoSuchKernel, RuntimeError) as error:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise asyncio.CancelledError from None  # nbclient takes it for a dead kernel
                failed.append(f"{name}{_place(page.client, execution.cell_index)}")
                said = _COLOURS.sub("", str(error)).strip()
                bar.write(f"{failed[-1]}\n{said}", file=sys.stderr)
            else:
                inputs = Inputs.recorded(root, execution.opened.splitlines(), started)
                store.keep(page.client, execution.seconds, inputs)
                why = ", ".join(page.reasons[:3] + ["…"] * (len(page.reasons) > 3))
                bar.write(f"{name} ran in {execution.seconds:.1f} s: {why}", file=sys.stderr)
            bar.update()

    async def run_all() -> None:
        async with asyncio.TaskGroup() as group:
            for page in pages:
                group.create_task(run(page))

    with warm, tqdm(total=len(pages), unit="page", disable=None, leave=False) as bar:
        asyncio.run(run_all())
    if failed:
        raise FailingCellError("; ".join(failed))


def _place(client: NotebookClientCache, index: int) -> str:
    cells = client.notebook.cells[: index + 1]
    number = sum(cell.cell_type == "code" for cell in cells)
    line = f":{client.cell_line(index)}" if "source_map" in client.notebook.metadata else ""
    return f"{line}, cell {number}"


def notebook_client(env: BuildEnvironment, docname: str) -> NotebookClientCache | None:
    """Return what MyST-NB would run a page with, if it would."""
    path = env.doc2path(docname)
    text = path.read_text("utf-8")
    config = env.mystnb_config  # type: ignore[attr-defined]
    reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
    if reader is None:
        return None
    notebook = reader.read(text)
    own = nb_node_to_dict(notebook.metadata.get(config.metadata_key, {}))
    own.pop("output_folder", None)
    client = create_client(notebook, str(path), config.copy(**own), _LOGGER, reader.read_fmt)
    return client if isinstance(client, NotebookClientCache) else None


def store_of(env: BuildEnvironment) -> Store:
    """Return where the results of the book are kept."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    return Store(config.execution_cache_path, Path(env.srcdir))


def _execute_stale(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    store = store_of(env)
    keys = {name: run.key for name, run in runs(env).items() if name in env.found_docs}
    for docname in docnames:
        client = notebook_client(env, docname)
        keys.pop(docname, None)
        if client:
            keys[docname] = store.key(client.notebook)
    stale = {}
    for docname, key in keys.items():
        why = store.reasons(key, env.doc2path(docname))
        if why and (client := notebook_client(env, docname)):
            stale[key] = Stale(client, why)
    if stale:
        execute(list(stale.values()), store, Path(env.srcdir))
    store.trim(keys.values())
    # Sphinx compares sources; this page's results may have changed, or another build ran it.
    shown = runs(env)
    docnames += [name for name, key in keys.items() if shown.get(name) != store.run(key)]
    docnames[:] = sorted(set(docnames))


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    runs(env).pop(docname, None)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    found = runs(other)
    runs(env).update({name: found[name] for name in docnames if name in found})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run pages before Sphinx reads, and note which results it then shows."""

    def start(client: NotebookClientCache) -> None:
        env, store = app.env, store_of(app.env)
        key = store.key(client.notebook)
        if why := store.reasons(key, client.path):  # edited since the pages ran
            execute([Stale(client, why)], store, Path(env.srcdir))
        client._notebook = store.results(client.notebook)
        client.exec_metadata = store.facts(key)
        runs(env)[env.docname] = store.run(key)

    NotebookClientCache.start_client = start
    app.connect("env-before-read-docs", _execute_stale)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
