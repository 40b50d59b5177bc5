"""Whose names the book mentions: whole names, the longest first, no code and no citations."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from bookext.records.country_mentions import members, named, texts_of

ROOT = Path(__file__).parents[2]


def test_whole_names_are_counted_the_longest_first() -> None:
    text = "Niger, Nigeria and Papua New Guinea; Guinea's mission; Indiana; Russian; US embassies"
    assert named([text], "en_GB") == {"NER": 1, "NGA": 1, "PNG": 1, "GIN": 1, "USA": 1}


def test_other_names_count_for_the_same_country() -> None:
    text = "Britain, the UK and the United Kingdom; Turkey and Türkiye; Burma"
    assert named([text], "en_GB") == {"GBR": 3, "TUR": 2, "MMR": 1}


def test_a_continent_is_no_country() -> None:
    assert named(["Latin America, North America; America"], "en_GB") == {"USA": 1}


def test_code_and_citations_are_not_read() -> None:
    citation = addnodes.pending_xref("", nodes.inline("", "Kenya 2020"), refdomain="cite")
    link = addnodes.pending_xref("", nodes.inline("", "Italy"), refdomain="std")
    paragraph = nodes.paragraph("", "", nodes.Text("Peru "), nodes.literal("", "France"))
    paragraph += [citation, link]
    document = new_document("x")
    document += [paragraph, nodes.literal_block("", "Spain")]
    assert named(texts_of(document), "en_GB") == {"PER": 1, "ITA": 1}


def test_every_member_of_the_united_nations_has_a_region() -> None:
    regions = members(ROOT / "data")
    assert len(regions) == 193
    assert regions["TUV"] == "East Asia & Pacific" and "TWN" not in regions
