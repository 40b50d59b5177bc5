"""Spares a look through all options of docutils for each text that is parsed.

Closes: MyST-Parser makes a document with the default settings of docutils whenever it parses a
text, and throws it away where it was given one, as for every message of a translation
(seen in MyST-Parser 5.2.0; not reported yet). Sphinx does so for each page (seen in Sphinx 9.0.4).
To make the settings takes longer than to parse a sentence.

Risk: if MyST-Parser or Sphinx takes its settings from elsewhere, editions are built more slowly,
and nothing else. Pages share lists among their settings, which nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any

from docutils.frontend import Values, get_default_settings
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx.application import Sphinx
from sphinx.util import docutils
from sphinx.util.typing import ExtensionMetadata

_made_once = cache(get_default_settings)
_GET = docutils._get_settings
_of_pages: dict[str, Values] = {}


def default_settings(*components: Any) -> Values:
    """Return the default settings of components of docutils."""
    return _own(_made_once(*components))


def page_settings(*components: Any, defaults: Mapping[str, Any], **options: bool) -> Values:
    """Return the settings of a page for components of docutils and defaults of the book."""
    kinds = [part if isinstance(part, type) else type(part) for part in components]
    key = repr((kinds, defaults, options))
    if key not in _of_pages:
        _of_pages[key] = _GET(*components, defaults=defaults, **options)
    return _own(_of_pages[key])


def _own(settings: Values) -> Values:
    """Return a copy with a list of dependencies of its own, which a page fills."""
    settings = copy(settings)
    settings.record_dependencies = DependencyList()
    return settings


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Let MyST-Parser and Sphinx ask here."""
    base.get_default_settings = default_settings  # type: ignore[attr-defined]
    docutils._get_settings = page_settings
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
