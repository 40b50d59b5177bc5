"""Titles of the bibliography in another language say in which, so that they are read out rightly.

An entry's ``langid`` names the language, without one it is English; what stands in brackets is a
translation. In running text, write ``[la ciudad]{.language-es}``.

Closes: sphinxcontrib-bibtex does not hand ``langid`` on (seen in 2.7.0).
"""

from __future__ import annotations

import re
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from bookext.common.order import Writing
from bookext.common.outputs import SiteTransform
from bookext.records.bibliography import LANGUAGES

_CYRILLIC = re.compile(r"[а-яА-Я]")
_BRACES = re.compile(r"[{}]")


class Foreign(SiteTransform):
    """Mark the titles of the bibliography."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the entries that name a language."""
        titles = foreign_titles(self.env)
        for citation in self.document.findall(nodes.citation):
            for name in citation["ids"]:
                if name in titles:
                    _mark(citation, *titles[name])


def foreign_titles(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return the titles that are not in the language of the edition, and theirs, by citation."""
    domain = cast("BibtexDomain", env.get_domain("cite"))
    fields = {one.citation_id: one.entry.fields for one in domain.citations}
    titles = {
        name: spoken(of.get("title", ""), of.get("langid", "english"))
        for name, of in fields.items()
    }
    here = env.config.language
    return {name: (own, code) for name, (own, code) in titles.items() if own and code != here}


def spoken(title: str, language: str) -> tuple[str, str]:
    """Return the part of a title that is in its own language, and the code of that.

    >>> spoken("{Slova} o {Rossii} [Words on Russia]", "russian")
    ('Slova o Rossii', 'ru-Latn')
    >>> spoken("Words on Russia", "russian")  # a translation
    ('Words on Russia', 'en')
    """
    own, _bracket, translation = _BRACES.sub("", title).partition(" [")
    code = LANGUAGES[language][0]
    if code == "ru" and not _CYRILLIC.search(own):
        return own, "ru-Latn" if translation else "en"
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
