"""Opens the results of a book in a folder whose name has a `?`, or a `%20`.

Closes: jupyter-cache writes the path of its data base into an address as it is; what looks like an
escape in it is decoded, and the data base is not found, or made elsewhere (seen in jupyter-cache
1.0.1; not reported yet).

Risk: if ``jupyter_cache.cache.db`` no longer calls ``create_engine`` with an address, the build
stops at an attribute error.
"""

from __future__ import annotations

from jupyter_cache.cache import db
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sqlalchemy import URL, Engine, create_engine


def _engine(address: str) -> Engine:
    """Return the engine of a data base in a file."""
    return create_engine(URL.create("sqlite", database=address.removeprefix("sqlite:///")))


def setup(_app: Sphinx | None) -> ExtensionMetadata:
    """Put our way to the data base in the place of that of jupyter-cache."""
    db.create_engine = _engine
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
