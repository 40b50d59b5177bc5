"""The record that the cell of the list page left: all pages of places, and what changed in it.

A page of a place is read again when its part of the record differs from the one it was made from:
because a table, a module of the library or a word changed, and the list page ran.

Closes: Sphinx compares the files of a page; these have none of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import BeforeReading
from bookext.common.places import COUNTRY_LIST, HUB
from bookext.execution.run import notebook_client
from bookext.execution.store import Run, Store, store_of
from govsocial.contract import COUNTRIES, GLUE
from govsocial.countries.places import ADDRESSES, FOLDER

_RECORD = GLUE + COUNTRIES
_CODES = {f"{FOLDER}/{slug}": code for code, slug in ADDRESSES.items()}

Record = Mapping[str, Any]


class NoRecordError(SphinxError):
    """The list page leaves no record."""

    category = "Countries"


@dataclass
class State:
    """Which record the pages show, what of it each, and where the book marks a place."""

    run: Run | None = None
    shown: dict[str, str] = field(default_factory=dict)
    """Checksum of what a page shows, by page: a place, the hub, or the names that are marked."""
    mentions: dict[str, dict[str, str]] = field(default_factory=dict)
    """Anchor of the first mark of each place, by page and code."""
    written: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """Mentions that the page of a place was written with, by code."""


def state(env: BuildEnvironment) -> State:
    """Return what the environment knows of these pages."""
    if not hasattr(env, "bookext_countries"):
        env.bookext_countries = State()  # type: ignore[attr-defined]
    kept: State = env.bookext_countries  # type: ignore[attr-defined]
    return kept


def code_of(docname: str) -> str | None:
    """Return the place that a page is of."""
    return _CODES.get(docname)


def record(env: BuildEnvironment) -> Record:
    """Return the record of the list page.

    Raises
    ------
    NoRecordError
        If no cell of the list page leaves one.
    """
    run = state(env).run
    if run is None:
        raise NoRecordError(f"the book has no {COUNTRY_LIST}.md")
    config = env.mystnb_config  # type: ignore[attr-defined]
    return _loaded(config.execution_cache_path, Path(env.srcdir), run)


@lru_cache(maxsize=2)
def _loaded(folder: str, root: Path, run: Run) -> Record:
    notebook = Store(folder, root).notebook(run.key)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    found = [output.data[_RECORD] for output in outputs if _RECORD in output.get("data", {})]
    if not found:
        raise NoRecordError(
            f"no cell of {COUNTRY_LIST}.md leaves the pages: "
            "call govsocial.countries.pages.leave() in one"
        )
    loaded: dict[str, Any] = json.loads(found[0])
    shared = json.dumps([loaded["words"], loaded["tables"]])
    return loaded | {"shared": _digest(shared)}  # what all pages show alike


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def place_digest(env: BuildEnvironment, code: str) -> str:
    """Return a checksum of what the page of a place shows."""
    found = record(env)
    return _digest(json.dumps([found["places"][code], found["shared"]]))


def hub_digest(env: BuildEnvironment) -> str:
    """Return a checksum of what the hub shows."""
    found = record(env)
    return _digest(json.dumps([found["hub"], found["shared"]]))


def names_digest(env: BuildEnvironment) -> str:
    """Return a checksum of the names of all places."""
    return _digest(json.dumps([place["name"] for place in record(env)["places"].values()]))


def _digest_of(env: BuildEnvironment, docname: str) -> str:
    """Return a checksum of what a page shows of the record."""
    if docname == HUB:
        return hub_digest(env)
    code = code_of(docname)
    return place_digest(env, code) if code else names_digest(env)


def _stale(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Add the pages whose part of the record changed to those that are read."""
    kept = state(env)
    if COUNTRY_LIST not in env.found_docs:
        kept.run = None
        return
    if COUNTRY_LIST not in docnames and kept.run:
        return
    client = notebook_client(env, COUNTRY_LIST)
    if client is None:
        raise NoRecordError(f"{COUNTRY_LIST}.md has no cell")
    store = store_of(env)
    kept.run = store.run(store.key(client.notebook, client.path))
    record(env)  # the processes that read and write have it from this one
    for docname, shown in kept.shown.items():
        if docname in env.found_docs and shown != _digest_of(env, docname):
            docnames.append(docname)
    docnames[:] = sorted(set(docnames))


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    state(env).shown.pop(docname, None)
    state(env).mentions.pop(docname, None)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    mine, found = state(env), state(other)
    mine.shown |= {name: found.shown[name] for name in docnames if name in found.shown}
    mine.mentions |= {name: found.mentions[name] for name in docnames if name in found.mentions}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the record before Sphinx reads."""
    app.connect("env-before-read-docs", _stale, priority=BeforeReading.COUNTRIES)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
