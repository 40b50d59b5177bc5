"""Whose names the book mentions: whole names, no code, no citations; and what its list may say."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import mentions as proposals
import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from bookext.common.errors import FileError
from bookext.countries import mentions
from bookext.records.country_mentions import (
    CountryMentions,
    Counts,
    members,
    named,
    texts_of,
)

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


def test_a_page_that_counts_is_read_again_when_the_members_are_others() -> None:
    env = Mock(srcdir=ROOT, docname="one", bookext_country_mentions=Counts())
    CountryMentions.run(Mock(env=env))
    noted = {Path(call.args[0]).name for call in env.note_dependency.call_args_list}
    assert noted == {"egdi_ranks.csv", "countries.csv"}


def listed_in(folder: Path, text: str) -> dict[str, list[str]]:
    """Return what a list of mentions says, in a book of one chapter and one post."""
    for name in ("chapters/control.md", "blog/2026/draft.md", "back/data.md", mentions.LIST):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return mentions.listed(Mock(srcdir=folder))


def test_the_list_says_where_a_name_means_the_place(tmp_path: Path) -> None:
    text = "page,countries\nchapters/control,IND RUS\nblog/2026/draft,ITA\n"
    assert listed_in(tmp_path, text) == {
        "chapters/control": ["IND", "RUS"],
        "blog/2026/draft": ["ITA"],
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "chapters/controls,ITA",
            "no chapter, part or post is chapters/controls; correct its name",
        ),
        ("back/data,ITA", "no chapter, part or post is back/data"),
        ("chapters/control;ITA", "write a page and its codes: chapters/control,IND RUS"),
        ("chapters/control", "write a page and its codes"),
        ("chapters/control,", "write a page and its codes"),
        ("chapters/control,IND,RUS", "write a page and its codes"),
        ("chapters/control,IND XYZ", "XYZ is no code of a place; look into govsocial/countries"),
    ],
)
def test_a_line_that_marks_nothing_is_named(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=rf"mentions\.csv:3: {said}"):
        listed_in(tmp_path, f"page,countries\n\n{line}\n")


def test_a_page_stands_in_the_list_once(tmp_path: Path) -> None:
    line = "chapters/control,ITA\n"
    with pytest.raises(FileError, match=r"mentions\.csv:3: chapters/control stands in line 2, too"):
        listed_in(tmp_path, f"page,countries\n{line}{line}")


def test_the_proposals_know_every_page_that_the_list_may_name() -> None:
    kinds = {pattern.partition("*")[0].removesuffix(".md") for pattern in proposals.PAGES}
    assert kinds == set(mentions._PAGES)


def test_a_name_that_leads_from_the_index_is_proposed_and_one_in_a_caption_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "{index}`Tuvalu` and {index}`Iran's <single: Iran; visits>`.\n```\ncaption: Peru\n```\n"
    (tmp_path / "one.md").write_text(text, "utf-8")
    monkeypatch.setattr(proposals, "ROOT", tmp_path)
    assert proposals.named("one", []) == {"TUV", "IRN"}
    assert proposals.named("one", ["PER", "CHL"]) == {"TUV", "IRN", "PER"}


def test_every_member_of_the_united_nations_has_a_region() -> None:
    regions = members(ROOT / "data")
    assert len(regions) == 193
    assert regions["TUV"] == "East Asia & Pacific" and "TWN" not in regions
