"""Says on which page an extension or a library failed.

Closes: an exception that no one foresaw ends the build with its own words alone, and where pages
are read or written side by side, even its traceback is lost; which of a hundred pages it was cannot
be found out (seen in Sphinx 9.0.4).

Risk: if ``Builder.read_doc``, ``Builder.write_doc`` or ``get_and_resolve_doctree`` is renamed, the
build stops.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, explained, names_its_place
from bookext.common.sheets import source_of

_resolve = BuildEnvironment.get_and_resolve_doctree
_REMEDY = "take out what was written last in this file, and report it with those lines"
_ENDLESS = "look for a page that includes itself"


def _named(act: Callable[..., Any], env: BuildEnvironment) -> Callable[..., Any]:
    """Return what does the same with a page, and names it if that fails."""

    def named(docname: str, *args: Any, **options: Any) -> Any:
        try:
            return act(docname, *args, **options)
        except Exception as error:
            if names_its_place(error):
                raise
            path = source_of(env, docname)
            remedy = _ENDLESS if isinstance(error, RecursionError) else _REMEDY
            raise FileError(path, f"{explained(error)}; {remedy}") from error

    return named


def _resolved(env: BuildEnvironment, *args: Any, **options: Any) -> Any:
    return _named(partial(_resolve, env), env)(*args, **options)


def _wrap(app: Sphinx) -> None:
    for name in ("read_doc", "write_doc"):
        setattr(app.builder, name, _named(getattr(app.builder, name), app.env))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wrap what reads, completes and writes a page."""
    BuildEnvironment.get_and_resolve_doctree = _resolved  # type: ignore[assignment, method-assign]
    app.connect("builder-inited", _wrap)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
