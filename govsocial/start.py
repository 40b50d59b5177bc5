"""Say, in the first cell of a notebook, whether there is all that the notebook needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from govsocial import course, tables
from govsocial.language import translation

_ = translation(__name__)

SPARK_NEEDS_JAVA = 17
"""Apache Spark 4 runs on Java 17 and newer (https://spark.apache.org/docs/latest/)."""


class NotReadyError(ImportError):
    """Something is missing; the message says how to get it."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: the student reads the message, not a traceback.
        return [str(self)]


def ready(needs: Iterable[str] = (), extra: str = "") -> None:
    """Say in one line that a notebook can begin, or what it misses.

    Parameters
    ----------
    needs
        Modules that it imports, beside those of the library.
    extra
        Extra of the library that brings them.

    Raises
    ------
    NotReadyError
        If one is missing.
    """
    if missing := [module for module in needs if find_spec(module) is None]:
        said = _(
            "This notebook needs {missing}. Run `%pip install {packages}` in a cell of its own, "
            "restart the kernel, and run this cell again."
        )
        names = ", ".join(missing)
        raise NotReadyError(
            said.format(missing=names, packages=" ".join(_packages(extra, missing)))
        )
    words = [_("Ready."), _("Tables: {number}.").format(number=len(tables.names()))]
    if name := course.name():
        words.append(_("Course: {name}.").format(name=name))
    print(*words)  # noqa: T201 - it is what the student waits for


def _packages(extra: str, missing: list[str]) -> list[str]:
    """Return the names under which modules are installed."""
    try:
        version("govsocial")
    except PackageNotFoundError:  # it lies beside the notebook
        return [{"ibis": '"ibis-framework[duckdb]"'}.get(name, name) for name in missing]
    return [f'"govsocial[{extra}]"'] if extra else missing


def java() -> int:
    """Return the version of the Java that is installed, such as 21; 0 without any."""
    if (command := shutil.which("java")) is None:
        return 0
    said = subprocess.run([command, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found and said.returncode == 0 else 0


@contextmanager
def silent() -> Iterator[None]:
    """Throw away what programs that start in this block, such as Spark's Java, say of themselves.

    It is their standard error: in a notebook it looks like a fault of the reader's.
    """
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
