"""The results of pages in jupyter-cache, each with the fingerprint of what it was made from."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord
from myst_nb.core.execute.cache import NotebookClientCache
from nbformat import NotebookNode
from sphinx.environment import BuildEnvironment
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from bookext.common.errors import of_the_system
from bookext.execution.fingerprints import Fingerprint

_FINGERPRINT = "fingerprint.json"
_KEPT = 4  # results per page: those from before an edit that is undone are still there
# Tags that say how a cell runs; all other metadata is for those who read.
_RUNNING = {"raises-exception", "skip-execution"}


class Run(NamedTuple):
    """Which results a page shows: those of this code, kept at this time."""

    key: str
    kept: str


def _trust_the_system(connection: Connection, _record: object) -> None:
    """Do not wait for the disk at each of hundreds of notes: what a power cut damages heals."""
    connection.execute("PRAGMA synchronous = OFF")


class Store:
    """The results of pages, and the fingerprints of what led to them."""

    def __init__(self, folder: str, root: Path) -> None:
        self._cache = get_cache(folder)
        self._db = self._cache.db  # exists from now on, also for those who read in parallel
        event.listen(self._db, "connect", _trust_the_system)
        self._db.dispose()  # the connection that has made the data base did not hear of it
        self._root = root

    def check(self) -> None:
        """Look into the data base, which tells if it is damaged."""
        NbCacheRecord.records_all(self._db)

    def key(self, notebook: NotebookNode, path: Path) -> str:
        """Return what the results of a page are found by: a checksum of code, kernel and folder."""
        key: str = self._cache.create_hashed_notebook(self._bare(notebook, path))[1]
        return key

    def results(self, notebook: NotebookNode, path: Path) -> NotebookNode:
        """Return the notebook of a page with its results."""
        _record, found = self._cache.merge_match_into_notebook(self._bare(notebook, path))
        full = deepcopy(notebook)
        full.metadata.update(found.metadata)
        for cell, ran in zip(full.cells, found.cells, strict=True):
            if cell.cell_type == "code":
                cell.update(outputs=ran.outputs, execution_count=ran.execution_count)
        return full

    def notebook(self, key: str) -> NotebookNode:
        """Return the bare notebook with its results."""
        record = NbCacheRecord.record_from_hashkey(key, self._db)
        notebook: NotebookNode = self._cache.get_cache_bundle(record.pk).nb
        return notebook

    def run(self, key: str) -> Run:
        """Return the run whose results are kept; without a time if there are none."""
        record = self._record(key)
        return Run(key, str(record.created) if record else "")

    def fingerprint(self, key: str) -> Fingerprint | None:
        """Return what the results were made from, if both are there."""
        if record := self._record(key):
            with (
                self._cache.cache_artefacts_temppath(record.pk) as folder,
                suppress(OSError, ValueError),
            ):
                return Fingerprint.loads((folder / _FINGERPRINT).read_text("utf-8"))
        return None

    def reasons(self, key: str, path: Path) -> list[str]:
        """Say why a page must run; nothing if its results are up to date."""
        if fingerprint := self.fingerprint(key):
            return list(fingerprint.changes(self._root))
        if self._record(key):
            return ["its last run was not recorded"]
        return ["its code changed" if self._earlier(path) else "it has no results yet"]

    def weight(self, client: NotebookClientCache) -> tuple[float, int]:
        """Return how long a page has taken, for ever if it never ran; and how much code it has."""
        times = [record.data["execution_seconds"] for record in self._earlier(client.path)]
        code = (cell.source for cell in client.notebook.cells if cell.cell_type == "code")
        return max(times, default=float("inf")), sum(map(len, code))

    def keep(self, client: NotebookClientCache, seconds: float, fingerprint: Fingerprint) -> None:
        """Keep the results of a page. The fingerprint is written last: with it, all is there."""
        key = self.key(client.notebook, client.path)
        if record := self._record(key):
            NbCacheRecord.remove_record(record.pk, self._db)
        shutil.rmtree(Path(self._cache.path, "executed", key), ignore_errors=True)
        files = [(_FINGERPRINT, io.BytesIO(fingerprint.dumps().encode()))]
        data = {"execution_seconds": seconds}
        bare = self._bare(client.notebook, client.path)
        bundle = CacheBundleIn(bare, client.path, artifacts=files, data=data)
        self._cache.cache_notebook_bundle(bundle, check_validity=False)

    def hold(self, pages: int) -> None:
        """Hold results of as many pages: the cache forgets while it keeps others."""
        self._cache.change_cache_limit(_KEPT * pages + 1)

    def trim(self, keys: Iterable[str]) -> None:
        """Forget the results that were in use longest ago, none of these."""
        keys = list(keys)
        for key in keys:
            with suppress(KeyError):
                NbCacheRecord.touch_hashkey(key, self._db)
        self.hold(len(keys))
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

    def _bare(self, notebook: NotebookNode, path: Path) -> NotebookNode:
        """Return the notebook of a page with what its results follow from, and nothing else."""
        bare = deepcopy(notebook)
        own = bare.metadata.get("mystnb") or {}
        runs = {
            "folder": os.path.relpath(path.parent, self._root),
            "may_fail": bool(own.get("execution_allow_errors")),
        }
        for cell in bare.cells:  # of the notebook itself, the key knows the kernel alone
            tags = [tag for tag in cell.metadata.get("tags", []) if tag in _RUNNING]
            cell.metadata.clear()
            cell.metadata.update(tags=tags, **runs)
        return bare

    def _earlier(self, path: Path) -> list[NbCacheRecord]:
        records: list[NbCacheRecord] = NbCacheRecord.records_from_uri(str(path), self._db)
        return records


def sound_store_of(env: BuildEnvironment) -> Store:
    """Return where the results of the book are kept; one that is damaged is begun anew."""
    folder = env.mystnb_config.execution_cache_path  # type: ignore[attr-defined]
    try:
        store = store_of(env)
        store.check()
    except (DatabaseError, RuntimeError) as error:
        if of_the_system(error):
            raise  # the results are good
        sys.stderr.write(f"the results kept in {folder} were damaged: all pages run again\n")
        shutil.rmtree(folder)
        store = store_of(env)
    return store


def store_of(env: BuildEnvironment) -> Store:
    """Return where the results of the book are kept."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    return Store(config.execution_cache_path, Path(env.srcdir))
