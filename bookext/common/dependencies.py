"""What a page depends on besides files: noted, and looked at again at every build.

Closes: Sphinx compares the files that a page depends on; it cannot see that there is one file more
in a folder, or another version of a package. The way out that it offers, to read the page at every
build, costs more than all the rest of a build in which nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

_KEY = "bookext_dependencies"
P = ParamSpec("P")
T = TypeVar("T")


def depends_on(
    env: BuildEnvironment, look: Callable[P, T], *arguments: P.args, **options: P.kwargs
) -> T:
    """Return what a function finds, and read the page again when it finds something else."""
    found = look(*arguments, **options)
    env.metadata[env.docname].setdefault(_KEY, []).append((look, arguments, options, found))
    return found


def depends_on_files(env: BuildEnvironment, folder: Path, pattern: str) -> list[Path]:
    """Return files of a folder, sorted, and read the page again when one is new, gone or edited."""
    found = depends_on(env, _found, folder, pattern)
    for path in found:
        env.note_dependency(str(path))
    return found


def _found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _outdated(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    return [
        docname
        for docname, metadata in env.metadata.items()
        if any(
            look(*arguments, **options) != found
            for look, arguments, options, found in metadata.get(_KEY, [])
        )
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look again before Sphinx reads."""
    app.connect("env-get-outdated", _outdated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
