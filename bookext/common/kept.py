"""What is kept by page: forgotten with the page, and brought back from Sphinx's other processes.

Closes: Sphinx leaves it to each extension to clean and to merge what it keeps on the environment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


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
