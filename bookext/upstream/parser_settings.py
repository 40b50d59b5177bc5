"""Spares a look through all options of docutils for each text that is parsed.

Closes: MyST-Parser makes a document with the default settings of docutils whenever it parses a
text, and throws it away where it was given one, as for every message of a translation
(seen in MyST-Parser 5.2.0; not reported yet). To make the settings takes longer than to parse a
sentence.

Risk: if MyST-Parser takes its settings from elsewhere, translated editions are built more slowly,
and nothing else.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from docutils.frontend import Values, get_default_settings
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_made_once = cache(get_default_settings)


def default_settings(*components: Any) -> Values:
    """Return the default settings of components of docutils."""
    settings = copy(_made_once(*components))
    settings.record_dependencies = DependencyList()  # which a page fills
    return settings


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Let MyST-Parser ask here."""
    base.get_default_settings = default_settings  # type: ignore[attr-defined]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
