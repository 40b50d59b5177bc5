"""A chapter is read in one sitting: its prose has a limit."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
LONGEST = 2200  # words
# What is no prose: front matter, cells, index entries, figures, tables, targets, directives' lines.
NO_PROSE = re.compile(
    r"\A---.*?^---$|^(`{3,})\{(?:code-cell|index|list-table|my-country|reweigh)\}.*?^\1$"
    r"|^\([\w-]+\)=$|^:::[^\n]*$|^:[\w-]+:[^\n]*$|\{cite:\w+\}`[^`]*`|^\|[^\n]*\|$",
    re.MULTILINE | re.DOTALL,
)


def words(text: str) -> list[str]:
    """Return the words of a chapter before its exercises; a number that is handed over is one."""
    prose = NO_PROSE.sub("", text[: text.index("\n## Exercises")])
    named = re.sub(r"\{[\w:]+\}`([^`<]*?)\s*(?:<[^`]*>)?`", r"\1", prose)
    linked = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", named)
    return re.findall(r"\w[\w'’.,–-]*", linked)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_stays_within_its_length(page: Path) -> None:
    count = len(words(page.read_text("utf-8")))
    assert count <= LONGEST, f"{page.name} has {count} words before its exercises"


def test_words_are_counted_as_read() -> None:
    page = (
        "---\na: b\n---\n(here)=\n# Two words\n\n```{index} no, no\n```\n"
        "```{code-cell} ipython3\nx = 1\n```\n"
        ":::{admonition} No\n:class: caveat\nA {term}`post <thread>` of {glue:text}`a-b` "
        "[by them](x.md) {cite:p}`nobody`.\n:::\n\n## Exercises\n\nNo more.\n"
    )
    assert words(page) == ["Two", "words", "A", "post", "of", "a-b", "by", "them"]


def test_the_reading_load_that_instructors_are_told_is_that_of_a_chapter() -> None:
    figures = [
        len(re.findall(r"^ +name: fig-", page.read_text("utf-8"), re.M)) for page in CHAPTERS
    ]
    plan = (ROOT / "back" / "instructors.md").read_text("utf-8")
    assert f"at most {LONGEST:,} words of prose and some seven figures" in plan
    assert statistics.median(figures) == 7


# A number that another page borrows, and what must be said with it in the same paragraph or item.
SAID_WITH = {
    "adoption-foretold-2010": r"traced back(.|\n)*adoption-foretold-2010-interval",
    "control-printed-same": "one study",
    "conversation-top-hundredth": "conversation-top-hundredth-interval|one candidate decides",
    "diplomats-london-handover": "Washington",
    "exit-wave-public": "still listed",
    "official-dead-all": "no page",
}
BORROWERS = [
    path for folder in ("chapters", "parts", "back", ".") for path in ROOT.glob(f"{folder}/*.md")
]
ITEM = re.compile(r"\n\s*\n|\n(?=\* -|- |\d+\. )")


@pytest.mark.parametrize("key", SAID_WITH)
def test_a_borrowed_number_brings_its_caveat_along(key: str) -> None:
    items = [item for page in BORROWERS for item in ITEM.split(page.read_text("utf-8"))]
    borrowed = [item for item in items if f"::{key}:s`" in item]
    assert borrowed
    for item in borrowed:
        assert re.search(SAID_WITH[key], item), item
