"""Titles of the bibliography in another language say in which, so that they are read out rightly.

An entry's ``langid`` names the language; what stands in brackets is a translation. In running text,
write ``[la ciudad]{.language-es}``.

Closes: sphinxcontrib-bibtex does not hand ``langid`` on (seen in 2.7.0).
"""

from __future__ import annotations

import re
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from bookext.common.order import Writing
from bookext.common.outputs import SiteTransform

CODES = {"french": "fr", "german": "de", "italian": "it", "portuguese": "pt", "russian": "ru"}
_CYRILLIC = re.compile(r"[а-яА-Я]")
_BRACES = re.compile(r"[{}]")


class Foreign(SiteTransform):
    """Mark the titles of the bibliography."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the entries that name a language."""
        domain = cast("BibtexDomain", self.env.get_domain("cite"))
        entries = {one.citation_id: one.entry.fields for one in domain.citations}
        for citation in self.document.findall(nodes.citation):
            fields: dict[str, str] = next(
                (entries[name] for name in citation["ids"] if name in entries), {}
            )
            title, code = spoken(fields.get("title", ""), fields.get("langid", ""))
            if code and code != self.config.language:
                _mark(citation, title, code)


def spoken(title: str, language: str) -> tuple[str, str]:
    """Return the part of a title that is in its own language, and the code of that.

    >>> spoken("{Slova} o {Rossii} [Words on Russia]", "russian")
    ('Slova o Rossii', 'ru-Latn')
    >>> spoken("Words on Russia", "russian")  # a translation
    ('', '')
    """
    own, _bracket, translation = _BRACES.sub("", title).partition(" [")
    code = CODES.get(language, "")
    if code == "ru" and not _CYRILLIC.search(own):
        return (own, "ru-Latn") if translation else ("", "")
    return own, code


def _mark(citation: nodes.Element, title: str, code: str) -> None:
    for text in list(citation.findall(nodes.Text)):
        before, found, after = text.partition(title)
        if found:
            marked = nodes.inline("", title, classes=[f"language-{code}"])
            parts = [nodes.Text(before), marked, nodes.Text(after)]
            text.parent.replace(text, [part for part in parts if part.astext()])
            return


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mark the titles as the bibliography is written."""
    app.add_post_transform(Foreign)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
