"""Says on which page an extension or a library failed, and reads the other pages all the same.

Closes: an exception that no one foresaw ends the build with its own words alone, and where pages
are read or written side by side, even its traceback is lost; which of a hundred pages it was cannot
be found out, nor what is wrong with the others (seen in Sphinx 9.0.4).

Risk: if ``read_doc``, ``_read_serial``, ``_read_parallel`` or ``write_doc`` of ``Builder``, or
``get_and_resolve_doctree`` or ``merge_info_from`` of ``BuildEnvironment`` is renamed, the build
stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment, _CurrentDocument
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, explained, names_its_place, of_the_system
from bookext.common.sheets import source_of

_resolve = BuildEnvironment.get_and_resolve_doctree
_merge = BuildEnvironment.merge_info_from
_REMEDY = "take out what was written last in this file, and report it with those lines"
_ENDLESS = "look for a page that includes itself"


class FailingPageError(SphinxError):
    """Pages cannot be read; the message says which, a line each."""

    category = ""


def _failed(env: BuildEnvironment) -> dict[str, str]:
    """Return what is said of the pages that could not be read, by page."""
    if not hasattr(env, "bookext_failed"):
        env.bookext_failed = {}  # type: ignore[attr-defined]
    found: dict[str, str] = env.bookext_failed  # type: ignore[attr-defined]
    return found


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


def _read(act: Callable[..., Any], env: BuildEnvironment) -> Callable[..., Any]:
    """Return what reads a page, and keeps what is said of one that fails."""
    named = _named(act, env)

    def read(docname: str, *args: Any, **options: Any) -> None:
        try:
            named(docname, *args, **options)
        except Exception as error:
            if of_the_system(error):
                raise  # each page would say the same
            _failed(env)[docname] = explained(error)
            env.current_document = _CurrentDocument()
            env.ref_context.clear()

    return read


def _read_all(act: Callable[..., Any], env: BuildEnvironment) -> Callable[..., Any]:
    """Return what reads the pages, and then stops at those that failed."""

    def read_all(*args: Any, **options: Any) -> None:
        act(*args, **options)
        if failed := _failed(env):
            raise FailingPageError("\n".join(failed[name] for name in sorted(failed)))

    return read_all


def _merged(
    self: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment, app: Sphinx
) -> None:
    """Take what another process has read; of a page that failed, what is said of it."""
    failed = _failed(other)
    _failed(self).update(failed)
    _merge(self, [name for name in docnames if name not in failed], other, app)


def _wrap(app: Sphinx) -> None:
    wrappers = {
        "read_doc": _read,
        "_read_serial": _read_all,
        "_read_parallel": _read_all,
        "write_doc": _named,
    }
    for name, wrapper in wrappers.items():
        setattr(app.builder, name, wrapper(getattr(app.builder, name), app.env))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wrap what reads, completes and writes a page."""
    BuildEnvironment.get_and_resolve_doctree = _resolved  # type: ignore[assignment, method-assign]
    BuildEnvironment.merge_info_from = _merged  # type: ignore[method-assign]
    app.connect("builder-inited", _wrap)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
