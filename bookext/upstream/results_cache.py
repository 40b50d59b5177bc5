"""Has MyST-NB take the results of a page from the book's store.

Closes: MyST-NB takes whatever jupyter-cache holds for the code of a page, though a table or a
module may have changed since (https://github.com/executablebooks/MyST-NB/issues/621), and has no
place to say otherwise: ``create_client`` chooses among classes of its own (seen in MyST-NB 1.4.0).

Risk: if ``start_client`` is no longer called, each page runs twice, and old results come back; the
tests of the execution see both. ``_notebook`` and ``exec_metadata`` are private.
"""

from __future__ import annotations

from myst_nb.core.execute.cache import NotebookClientCache
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.execution.run import results


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace what happens when MyST-NB opens a page."""

    def start(client: NotebookClientCache) -> None:
        client._notebook, client.exec_metadata = results(app.env, client)

    NotebookClientCache.start_client = start
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
