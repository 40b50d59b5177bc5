"""Who is named in the book: the directive ``country-mentions``.

The build counts the names of states in chapters and parts, page by page as they are read, and shows
them by region. Matched are whole names in the language of the edition, as Unicode's CLDR and the
list below have them; no adjectives, no capitals, no names in code or citations.

Closes: nothing in Sphinx counts words across pages.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import Locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.nodes import table
from bookext.common.order import Writing
from bookext.common.places import CHAPTERS, PARTS
from govsocial import labels
from govsocial.countries import names
from govsocial.countries.places import ADDRESSES
from govsocial.language import locale

_PAGES = (CHAPTERS, PARTS)
_TABLES = (_RANKS, _COUNTRIES) = ("egdi_ranks.csv", "countries.csv")
_FIRST = 5  # names in the sentence
_LISTED = 4  # names in a row
_NOT_READ = (nodes.literal, nodes.literal_block, nodes.comment, nodes.math, nodes.raw)


class country_mentions(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the table until all pages are read."""


class CountryMentions(SphinxDirective):
    """Show how often the book names which countries, by region."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; the names are counted when all pages are read."""
        counts(self.env).readers.add(self.env.docname)
        for name in _TABLES:
            self.env.note_dependency(str(Path(self.env.srcdir, "data", name)))
        return [country_mentions()]


@dataclass
class Counts:
    """Mentions by page and code, those that were shown last, and the pages that show them."""

    pages: dict[str, Counter[str]] = field(default_factory=dict)
    shown: dict[str, Counter[str]] = field(default_factory=dict)
    readers: set[str] = field(default_factory=set)


def counts(env: BuildEnvironment) -> Counts:
    """Return the counts of the book."""
    if not hasattr(env, "bookext_country_mentions"):
        env.bookext_country_mentions = Counts()  # type: ignore[attr-defined]
    kept: Counts = env.bookext_country_mentions  # type: ignore[attr-defined]
    return kept


@cache
def _names(language: str) -> dict[str, str]:
    """Return codes by name, in a locale; empty of names that must not be taken for a country's."""
    found = dict.fromkeys(Locale.parse(language).territories.values(), "")  # Latin America
    for code in ADDRESSES:
        found |= dict.fromkeys([names.short(code), *names.others(code)], code)
    return found


@cache
def _pattern(language: str) -> re.Pattern[str]:
    # The longest first, so that Papua New Guinea is not Guinea.
    words = sorted(_names(language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def named(texts: Iterable[str], language: str) -> Counter[str]:
    """Count the names of countries in texts, by ISO 3166-1 code of three letters."""
    codes, pattern = _names(language), _pattern(language)
    return Counter(codes[name] for text in texts for name in pattern.findall(text) if codes[name])


def texts_of(document: nodes.document) -> Iterator[str]:
    """Return the texts that a reader of a page reads, without code and citations."""
    for text in document.findall(nodes.Text):
        parent: Any = text.parent
        while parent is not None and not isinstance(parent, _NOT_READ):
            if isinstance(parent, addnodes.pending_xref) and parent.get("refdomain") == "cite":
                break
            parent = parent.parent
        if parent is None:
            yield text.astext()


def _count(app: Sphinx, document: nodes.document) -> None:
    if (docname := app.env.docname).startswith(_PAGES):
        counts(app.env).pages[docname] = named(texts_of(document), locale())


def members(data: Path) -> dict[str, str]:
    """Return the regions of the members of the United Nations, by code."""
    with (data / _RANKS).open(encoding="utf-8", newline="") as file:
        codes = {row["iso3"] for row in csv.DictReader(file)}
    with (data / _COUNTRIES).open(encoding="utf-8", newline="") as file:
        regions = {row["iso3"]: row["region"] for row in csv.DictReader(file)}
    return {code: regions[code] for code in codes & regions.keys()}


class WriteMentions(SphinxPostTransform):
    """Put a sentence and a table in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write the table by region."""
        for mark in list(self.document.findall(country_mentions)):
            total: Counter[str] = sum(counts(self.env).pages.values(), Counter())
            regions = members(Path(self.env.srcdir, "data"))
            of_members = Counter({code: total[code] for code in regions if total[code]})
            mark.replace_self([_sentence(of_members, len(regions)), _table(of_members, regions)])


def _most(found: Counter[str], number: int) -> list[str]:
    """Return the codes named most often; of those named equally often, the first by code."""
    return sorted(found, key=lambda code: (-found[code], code))[:number]


def _sentence(found: Counter[str], of: int) -> nodes.paragraph:
    first = _most(found, _FIRST)
    share = sum(found[code] for code in first) / max(found.total(), 1)
    said = _(
        "Of {members} members of the United Nations, {named} are named on at least one page; "
        "those named most often, {names}, have {share} of all {mentions} mentions."
    )
    return nodes.paragraph(
        "",
        said.format(
            members=labels.decimal(of),
            named=labels.decimal(len(found)),
            names=", ".join(names.short(code) for code in first),
            share=labels.decimal(share, "0%"),
            mentions=labels.decimal(found.total()),
        ),
    )


def _table(found: Counter[str], regions: Mapping[str, str]) -> nodes.table:
    head = [_("Region"), _("Members named"), _("Mentions"), _("Named most often")]
    rows = []
    for region, title in labels.regions().items():
        inside = [code for code in regions if regions[code] == region]
        here = Counter({code: found[code] for code in inside if found[code]})
        most = ", ".join(names.short(code) for code in _most(here, _LISTED))
        part = _("{part} of {whole}").format(
            part=labels.decimal(len(here)), whole=labels.decimal(len(inside))
        )
        rows.append([title, part, labels.decimal(here.total()), most])
    rows.sort(key=lambda row: row[0])
    return table((30, 18, 16, 36), rows, ["country-mentions"], head=head)


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    counts(env).pages.pop(docname, None)
    counts(env).readers.discard(docname)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    found = counts(other)
    counts(env).pages |= {name: found.pages[name] for name in docnames if name in found.pages}
    counts(env).readers |= found.readers & docnames


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    kept = counts(env)
    changed, kept.shown = kept.shown != kept.pages, dict(kept.pages)
    return sorted(kept.readers & env.found_docs) if changed else []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the count and the table."""
    app.add_node(country_mentions)
    app.add_directive("country-mentions", CountryMentions)
    app.add_post_transform(WriteMentions)
    app.connect("doctree-read", _count)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _outdated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
