"""The style of the bibliography: titles as they were given, letters, languages, one alphabet.

Closes: pybtex's styles put titles in lower case and sort names by their braces and accents
(seen in pybtex 0.26.1), say nothing of the language of a text, and the author-year citations of
sphinxcontrib-bibtex do not tell two works of one author and year apart (seen in 2.7.0).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any, cast

from pybtex.backends.plaintext import Backend
from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import field, sentence
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.order import Updated

NAME = "governing"


class LanguageError(SphinxError):
    """An entry names a language that the bibliography has no words for."""

    category = "Unknown language in the bibliography"


def _languages() -> dict[str, str]:
    return {
        "french": _("In French"),
        "german": _("In German"),
        "italian": _("In Italian"),
        "portuguese": _("In Portuguese"),
        "russian": _("In Russian"),
    }


def _language(entry: Entry) -> str:
    given = entry.fields.get("langid", "english")
    known = _languages() | {"english": ""}
    if given not in known:
        raise LanguageError(
            f"{entry.key}: langid = {given}; write one of {', '.join(sorted(known))}, "
            f"or add its words to {__name__}"
        )
    return known[given]


def _plain(latex: str) -> str:
    return cast(str, Text.from_latex(latex).render(Backend()))


def _alphabetical(latex: str) -> str:
    """Return what a text is sorted by: no marks, accents, capitals or article."""
    bare = unicodedata.normalize("NFKD", _plain(latex))
    letters = "".join(sign for sign in bare if sign.isalnum() or sign == " ").casefold()
    return letters.removeprefix("the ").strip()


def _authors(entry: Entry) -> list[Person]:
    return list(entry.persons.get("author") or entry.persons.get("editor") or [])


def _cited_as(entry: Entry) -> tuple[str, ...]:
    """Return what author-year citations print of the authors: all that they tell them apart by."""
    names = tuple(
        _alphabetical(" ".join(person.prelast_names + person.last_names))
        for person in _authors(entry)
    )
    return names if len(names) < 3 else (names[0], "et al")


def _year(entry: Entry) -> str:
    return re.sub(r"(?<=\d)[a-z]$", "", str(entry.fields.get("year", "")))


def sorting_key(entry: Entry) -> tuple[str, str, str]:
    """Return what an entry stands in the bibliography by: authors, year, title."""
    authors = "  ".join(
        _alphabetical(
            " ".join(
                person.prelast_names + person.last_names + person.first_names + person.middle_names
            )
        )
        for person in _authors(entry)
    )
    return authors, _year(entry), _alphabetical(entry.fields.get("title", ""))


def give_letters(entries: Iterable[Entry]) -> None:
    """Write 2012a, 2012b into the years of works that would be cited with the same words."""
    alike: dict[tuple[tuple[str, ...], str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[_cited_as(entry), _year(entry)].append(entry)
    for (_names, year), works in alike.items():
        letters = ascii_lowercase if len(works) > 1 else ("",)
        for letter, work in zip(letters, sorted(works, key=sorting_key), strict=False):
            work.fields["year"] = f"{year}{letter}"


class _Sorting(BaseSortingStyle):  # type: ignore[misc]
    """One alphabet for persons and bodies."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        return sorting_key(entry)


class BookStyle(Style):  # type: ignore[misc]
    """pybtex's plain layout, with the words of a title untouched and its language named."""

    default_sorting_style = _Sorting

    def format_title(
        self,
        e: Entry,  # noqa: ARG002
        which_field: str,
        as_sentence: bool = True,
    ) -> Any:
        """Return the title as it was given."""
        return sentence[field(which_field)] if as_sentence else field(which_field)

    def format_web_refs(self, e: Entry) -> Any:
        """Return language and addresses; a DOI is not printed twice."""
        doi = e.fields.get("doi", "")
        if doi and e.fields.get("url", "").lower().endswith(doi.lower()):
            addresses = sentence[self.format_doi(e)]
        else:
            addresses = super().format_web_refs(e)
        language = _language(e)
        return sentence(sep=". ")[language, addresses] if language else addresses


def _letters_of_the_cited(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    domain = env.get_domain("cite")
    entries: Mapping[str, Entry] = domain.bibdata.data.entries  # type: ignore[attr-defined]
    cited = {
        target.key
        for reference in domain.citation_refs  # type: ignore[attr-defined]
        for target in reference.targets
    }
    give_letters(entries[key] for key in sorted(cited) if key in entries)
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the style, and give letters before sphinxcontrib-bibtex formats the entries."""
    register_plugin("pybtex.style.formatting", NAME, BookStyle, force=True)
    app.connect("env-updated", _letters_of_the_cited, priority=Updated.CITATION_LETTERS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
