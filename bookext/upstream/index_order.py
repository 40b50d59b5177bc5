"""Sorts the index as if its letters had no accents: *Élysée* stands before *embassy*.

Closes: Sphinx takes the letters of an index apart from their accents and sorts these as signs,
which come after all letters (seen in Sphinx 9.0.4; not reported yet). Site, EPUB and PDF ask it.

Risk: if ``IndexEntries.create_index`` is renamed, the build stops.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.util.typing import ExtensionMetadata

_create = IndexEntries.create_index


def order(word: str) -> tuple[bool, str, str]:
    """Return what an entry is sorted by: signs before letters, letters without accents.

    >>> sorted(["experiment", "Élysée", "embassy", "#blue"], key=order)
    ['#blue', 'Élysée', 'embassy', 'experiment']
    """
    apart = unicodedata.normalize("NFD", word.lower())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain[:1].isalpha(), plain, word


def _create_in_order(self: IndexEntries, *arguments: Any, **options: Any) -> Any:
    found = _create(self, *arguments, **options)
    for _letter, entries in found:
        entries.sort(key=lambda entry: order(entry[0]))
        for _word, (_links, below, _key) in entries:
            below.sort(key=lambda entry: order(entry[0]))
    return found


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap Sphinx's index."""
    IndexEntries.create_index = _create_in_order  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
