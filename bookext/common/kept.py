"""What is kept from build to build: by page, on the environment, and in files beside the pages.

What is kept by page is forgotten with the page, and brought back from Sphinx's other processes. A
file is written whole: no other process, and no build after one that was cut off, meets half of it.

Closes: Sphinx leaves it to each extension to clean and to merge what it keeps on the environment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookext.common.errors import FileError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, and put it there."""
    fresh = Path(path.parent, f"{path.name}.{os.getpid()}")  # with Sphinx's, `replace` is another
    fresh.write_bytes(content)
    fresh.replace(path)


def write_note(path: Path, content: object) -> None:
    """Note something for the next build; one that is cut off leaves the note before."""
    write_whole(path, json.dumps(content).encode())


def read_note(path: Path) -> Any:
    """Return what was noted in a file; None if it is not there.

    Raises
    ------
    FileError
        If the file is damaged.
    """
    try:
        return json.loads(path.read_text("utf-8")) if path.is_file() else None
    except ValueError:
        said = "is damaged; delete the folder _build/work, and build again"
        raise FileError(path, said) from None


def keep_by_page(app: Sphinx, kept: Callable[[BuildEnvironment], dict[str, Any]]) -> None:
    """Forget what is kept of a page when it is read anew or gone, and merge what others have read.

    Parameters
    ----------
    app
        The application, in an extension's ``setup``.
    kept
        Returns what an environment keeps, by page.
    """

    def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        kept(env).pop(docname, None)

    def merge(
        _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        found = kept(other)
        kept(env).update({name: found[name] for name in docnames if name in found})

    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
