"""Keeps the formatted entries of the bibliography where nothing that they are made from changed.

Closes: sphinxcontrib-bibtex formats every entry, label and tooltip anew at each build, for this
book a second (seen in sphinxcontrib-bibtex 2.7.0).

Risk: if ``BibtexDomain`` keeps its entries elsewhere, an attribute error stops the build.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

_format = BibtexDomain.env_updated


def _checksum(domain: BibtexDomain) -> str:
    """Return a checksum of the entries, of where they are cited, and of where they are listed."""
    cited: dict[str, list[str]] = defaultdict(list)
    for reference in domain.citation_refs:
        cited[reference.docname] += [target.key for target in reference.targets]
    lists = [
        (place, [(key, node["ids"]) for key, node in listed.citation_nodes.items()], listed.style)
        for place, listed in domain.bibliographies.items()
    ]
    language = domain.env.config.language
    catalogues = Path(domain.env.srcdir, "locale", str(language)).rglob("*.po")
    words = [path for path in catalogues if path.stem in {"book", "references"}]
    style = Path(__file__).parents[1] / "records" / "bibliography.py"
    made_from = (
        [path.read_text("utf-8") for path in (style, *sorted(words))],
        language,
        domain.env.config.bibtex_default_style,
        [repr(entry) for entry in domain.bibdata.data.entries.values()],
        sorted(cited.items()),
        lists,
    )
    return hashlib.blake2b(repr(made_from).encode()).hexdigest()


def _format_what_changed(self: BibtexDomain) -> Iterable[str]:
    checksum = _checksum(self)
    # A page with a list of works that is read again loses the entries.
    if self.data.get("bookext_kept") != (checksum, len(self.citations)):
        _format(self)
        self.data["bookext_kept"] = checksum, len(self.citations)
    return []


def setup(_app: Sphinx) -> ExtensionMetadata:
    """Wrap what sphinxcontrib-bibtex does when all pages are read."""
    BibtexDomain.env_updated = _format_what_changed  # type: ignore[method-assign]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
