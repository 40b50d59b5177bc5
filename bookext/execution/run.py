"""Runs the pages whose results are out of date, before Sphinx reads them.

A page runs when its code changed, or a file of the book that it opened, a module that it imported,
or a pinned library (see ``fingerprints``). What a page opens is recorded while it runs. Results and
fingerprints are kept in jupyter-cache (see ``store``). As many pages run at a time as there are
processors, in kernels forked from a warm process (see ``forkserver``).

Closes: MyST-NB runs a page while Sphinx reads it, one after the other. It takes whatever is cached
for a page, though a table may have changed since
(https://github.com/executablebooks/MyST-NB/issues/621), and runs the page again when a caption or
a tag changes. Sphinx does not read a page again whose results changed. A failing cell is reported
as a crash of Sphinx, without its line.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_client.kernelspec import NoSuchKernel
from myst_nb.core.execute import create_client
from myst_nb.core.execute.cache import NotebookClientCache
from myst_nb.core.nb_to_tokens import nb_node_to_dict
from myst_nb.core.read import create_nb_reader
from nbclient.exceptions import CellControlSignal, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from tqdm import tqdm

from bookext.common.errors import FileError, explained, of_the_system, read_text
from bookext.common.kept import keep_by_page
from bookext.common.process import processors
from bookext.execution import front_matter
from bookext.execution.client import Client, kernel_environment
from bookext.execution.fingerprints import ELSEWHERE, Fingerprint, libraries, state
from bookext.execution.forkserver import forked_kernels
from bookext.execution.mentions import mentions
from bookext.execution.store import Run, Store, sound_store_of, store_of
from govsocial.contract import ONCE
from govsocial.language import SOURCE

_LOGGER = logging.getLogger(__name__)
_PACKAGE = "govsocial"
_OF_CELLS = (CellControlSignal, DeadKernelError, NoSuchKernel)
_SHOWN = 40  # lines of a failing cell, at the beginning and at the end
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class FailingCellError(SphinxError):
    """Cells failed; what they said has been shown."""

    category = "Failing cell"


_ANEW = "mend it, or save it anew in Jupyter (format 4)"


class UnreadablePageError(SphinxError):
    """Pages cannot be read; the message says which, a line each."""

    category = "Unreadable page"


class Stale(NamedTuple):
    """A page that must run, and why."""

    client: NotebookClientCache
    reasons: list[str]


def runs(env: BuildEnvironment) -> dict[str, Run]:
    """Return the results that the pages of the environment show, by page."""
    if not hasattr(env, "bookext_runs"):
        env.bookext_runs = {}  # type: ignore[attr-defined]
    found: dict[str, Run] = env.bookext_runs  # type: ignore[attr-defined]
    return found


def execute(pages: list[Stale], store: Store, env: BuildEnvironment) -> None:
    """Run pages and keep their results.

    Raises
    ------
    FailingCellError
        If a cell fails: after the other pages have run.
    """
    root = Path(env.srcdir)
    environment = kernel_environment(root, env.config.language)
    warm = forked_kernels(root / _PACKAGE, environment) if len(pages) > 1 else nullcontext()
    failed: list[str] = []
    cores = processors()
    turns, kernels = asyncio.Semaphore(cores), asyncio.Semaphore(cores + 1)
    # The longest first: at the end, no processor waits for one that has just begun. Another edition
    # beside that of the source begins at the other end, and finds what this one has computed.
    last = ONCE in os.environ and env.config.language != SOURCE
    pages = sorted(pages, key=lambda page: store.weight(page.client), reverse=not last)

    async def run(page: Stale) -> None:
        name = page.client.path.relative_to(root)
        async with kernels:
            bar.set_postfix_str(str(name))
            started = time.time_ns()
            config = page.client.nb_config
            client = Client(
                page.client.notebook,
                turns,
                timeout=config.execution_timeout,
                allow_errors=config.execution_allow_errors,
            )
            try:
                await client.async_execute(cwd=str(page.client.path.parent), env=environment)
                opened = client.opened.splitlines()
                code = (cell.source for cell in _code(page.client.notebook))
                named = mentions(code, page.client.path.parent)
                fingerprint = Fingerprint.recorded(root, opened, started, named)
                store.keep(page.client, client.seconds, fingerprint)
            except Exception as error:  # of the cells, of Jupyter, of what keeps the results
                if (task := asyncio.current_task()) and task.cancelling():
                    raise asyncio.CancelledError from None  # nbclient takes it for a dead kernel
                if not isinstance(error, _OF_CELLS) and of_the_system(error):
                    raise
                failed.append(f"{name}{_place(page.client, client.cell_index)}")
                said = _said(error, config.execution_timeout)
                bar.write(f"{failed[-1]}\n{said}", file=sys.stderr)
            else:
                why = ", ".join(page.reasons[:3] + ["…"] * (len(page.reasons) > 3))
                bar.write(f"{name} ran in {client.seconds:.1f} s: {why}", file=sys.stderr)
            bar.update()

    async def run_all() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for page in pages:
                    group.create_task(run(page))
        except ExceptionGroup as error:  # of the system: each page would say the same
            raise error.exceptions[0] from None

    with warm, tqdm(total=len(pages), unit="page", disable=None, leave=False) as bar:
        asyncio.run(run_all())
    if failed:
        raise FailingCellError("; ".join(failed))


def _said(error: Exception, timeout: int) -> str:
    """Return what an author is told of a page that did not run to its end."""
    said = str(error) if isinstance(error, _OF_CELLS) else explained(error)
    said = _shortened(_COLOURS.sub("", said).strip())
    if isinstance(error, CellTimeoutError):
        return (
            f"{said}\nLonger than {timeout} s: give the page more in its front matter, "
            f"`mystnb: {{execution_timeout: {2 * timeout}}}`."
        )
    if isinstance(error, DeadKernelError):
        return f"{said}\nThe cell ended its own process; or the memory was not enough."
    if isinstance(error, NoSuchKernel):
        return f"{said}\nWrite `kernelspec: {{name: python3}}` into the page."
    return said


def _shortened(said: str) -> str:
    """Return the first and the last lines of what may have thousands: of endless recursion."""
    lines = said.splitlines()
    left_out = len(lines) - 2 * _SHOWN
    if left_out <= 0:
        return said
    return "\n".join([*lines[:_SHOWN], f"… {left_out:,} lines …", *lines[-_SHOWN:]])


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _place(client: NotebookClientCache, index: int) -> str:
    cells = client.notebook.cells[: index + 1]
    number = sum(cell.cell_type == "code" for cell in cells)
    line = f":{client.cell_line(index)}" if "source_map" in client.notebook.metadata else ""
    return f"{line}, cell {number}"


def source(env: BuildEnvironment, docname: str) -> str:
    """Return the source of a page as its parser gets it: a lab is translated while it is read."""
    found = [read_text(env.doc2path(docname))]
    env.events.emit("source-read", docname, found)
    return found[0]


def _is_notebook(path: str | Path) -> bool:
    return Path(path).suffix == ".ipynb"


def notebook_client(env: BuildEnvironment, docname: str) -> NotebookClientCache | None:
    """Return what MyST-NB would run a page with, if it would."""
    path = env.doc2path(docname)
    text = source(env, docname)
    front_matter.check(path, text)
    config = env.mystnb_config  # type: ignore[attr-defined]
    reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
    if reader is None:
        return None
    try:
        notebook = reader.read(text)
    except Exception as error:  # of whatever reads this format
        found = re.search(r"at line (\d+)", str(error))
        reason = str(error).strip().partition("\n")[0]
        said = f"{reason}; {_ANEW if _is_notebook(path) else 'mend the header of the cell'}"
        raise FileError(path, said, int(found[1]) if found else None) from None
    if not isinstance(notebook, NotebookNode):  # of format 3 and older
        raise FileError(path, f"the notebook is of an old format; {_ANEW}")
    front_matter.check_cells(path, notebook, config.cell_metadata_key)
    own = nb_node_to_dict(notebook.metadata.get(config.metadata_key, {}))
    own.pop("output_folder", None)
    config = front_matter.settings(path, text, config, own)
    client = create_client(notebook, str(path), config, _LOGGER, reader.read_fmt)
    return client if isinstance(client, NotebookClientCache) else None


def _execute_stale(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    store = sound_store_of(env)
    keys = {name: run.key for name, run in runs(env).items() if name in env.found_docs}
    unreadable = []
    for docname in docnames:
        keys.pop(docname, None)
        try:
            if client := notebook_client(env, docname):
                keys[docname] = store.key(client.notebook, client.path)
        except FileError as error:
            unreadable.append(str(error))
    if unreadable:
        raise UnreadablePageError("\n".join(unreadable))
    stale = {}
    for docname, key in keys.items():
        why = store.reasons(key, env.doc2path(docname))
        if why and (client := notebook_client(env, docname)):
            stale[key] = Stale(client, why)
    if stale:
        store.hold(len(keys))
        execute(list(stale.values()), store, env)
        store.trim(keys.values())
    # Sphinx compares sources; this page's results may have changed, or another build ran it.
    shown = runs(env)
    docnames += [name for name, key in keys.items() if shown.get(name) != store.run(key)]
    docnames[:] = sorted(set(docnames))


def _note_elsewhere(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write down what the pages depend on that is no file of the book."""
    root, store = Path(env.srcdir), store_of(env)
    noted = {root / path for paths in env.dependencies.values() for path in paths}
    files = {str(path): state(path) for path in noted if not path.is_relative_to(root)}
    whole = Fingerprint(files, libraries(root))
    for run in runs(env).values():
        if page := store.fingerprint(run.key):
            files |= {name: known for name, known in page.files.items() if Path(name).is_absolute()}
            whole.variables.update(page.variables)
            whole.modules.update(page.modules)
    Path(env.doctreedir, ELSEWHERE).write_text(whole.dumps(), "utf-8")
    return []


def results(
    env: BuildEnvironment, client: NotebookClientCache
) -> tuple[NotebookNode, dict[str, Any]]:
    """Return the results of the page being read, and what MyST-NB tells about its run."""
    store = store_of(env)
    key = store.key(client.notebook, client.path)
    if why := store.reasons(key, client.path):  # edited since the pages ran
        execute([Stale(client, why)], store, env)
    runs(env)[env.docname] = store.run(key)
    return store.results(client.notebook, client.path), store.facts(key)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run pages before Sphinx reads, and note which results it then shows."""
    app.setup_extension("bookext.upstream.results_cache")
    app.connect("env-before-read-docs", _execute_stale)
    app.connect("env-updated", _note_elsewhere)
    keep_by_page(app, runs)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
