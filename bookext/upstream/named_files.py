"""Names the file that a message is about as it is called, and says what to do with one unread.

Closes: what is no name of a page that was found, such as that of a file that a page quotes or of a
link that leads nowhere, Sphinx gives an ending of its own (seen in Sphinx 9.0.4; not reported yet).

Risk: if ``Project.doc2path`` is renamed, an attribute error stops the build; if the message of
``Project.discover`` is another, it has no remedy, which ``tests/test_faults.py`` notices.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.project import Project
from sphinx.util._pathlib import _StrPath
from sphinx.util.logging import NAMESPACE
from sphinx.util.typing import ExtensionMetadata

_path = Project.doc2path
_UNREAD = "Ignored unreadable document"
_REMEDY = " It leads to no file, or this user may not read it: mend or delete it."


def _as_it_is(self: Project, docname: str, absolute: bool) -> _StrPath:
    """Return the file of a page, or the file of that name, with an ending or without."""
    if docname not in self._docname_to_path:
        for ending in ("", *self.source_suffix):
            path = Path(self.srcdir, docname + ending)
            if path.is_file() or (ending and os.path.lexists(path)):
                return _StrPath(path if absolute else docname + ending)
    return _path(self, docname, absolute)


def _with_remedy(record: logging.LogRecord) -> bool:
    if str(record.msg).startswith(_UNREAD) and not str(record.msg).endswith(_REMEDY):
        record.msg = str(record.msg) + _REMEDY
    return True


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what names the file of a page."""
    Project.doc2path = _as_it_is  # type: ignore[method-assign]
    logging.getLogger(f"{NAMESPACE}.sphinx.project").addFilter(_with_remedy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
