"""The coverages that the book prints are those of the benchmark's table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govsocial import codebook
from govsocial.coverage import ENOUGH, ROUGH

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (.+?) \| (.+?) \| ([\d.]+) \| \d+ \| (.+?) \|$", re.MULTILINE)


def printed() -> dict[tuple[str, str], tuple[float, str]]:
    text = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    rows = ROW.findall(text[text.index("## Coverage of the intervals") :])
    return {(what, data): (round(float(share) / 100, 4), word) for what, data, share, word in rows}


def test_every_rough_interval_of_the_table_is_here_with_its_coverage() -> None:
    rough = {key: share for key, (share, word) in printed().items() if word == "rough"}
    assert len(rough) > 9
    assert {(row.interval, row.data): row.covers for row in ROUGH.values()} == rough


def test_rough_is_what_covers_too_little() -> None:
    for share, word in printed().values():
        assert word == ("range" if word == "range" else "95%" if share >= ENOUGH else "rough")


PRINTED = {
    ("rate of shutdowns, exact", "electoral autocracy"): "control-rate-autocracy-exact",
    ("ratio of rates, exact", "autocracies to democracies"): """
        control-ratio-democracy control-ratio-closed""",
    ("weekend share of an account, stretches of weeks", "52 accounts, half-years resampled"): """
        hours-truth-weekend hours-truth-office hours-twitter-weekend""",
    ("weekend share, mean of fixed accounts, stretches of weeks", "4 British institutions"): """
        hours-british-weekend""",
    ("growth, pages resampled", "99 pages, government"): "conversation-government",
    ("replies per retweet, median, weeks resampled", "902 posts, candidate"): """
        conversation-candidate""",
    ("replies per retweet, median, weeks resampled", "352 posts, elect"): "conversation-elect",
    (
        "Gini coefficient, range when accounts are resampled",
        "64 Chinese accounts, followers",
    ): "diplomats-gini-followers diplomats-gini-retweets diplomats-gini-posts",
    (
        "top tenth, range when accounts are resampled",
        "64 Chinese accounts, followers",
    ): "diplomats-top-followers",
    (
        "Gini coefficient of posts, range when members are resampled",
        "518 members",
    ): "conversation-gini-posts conversation-gini-followers conversation-naive",
    ("top hundredth of posts, range when members are resampled", "518 members"): """
        conversation-top-hundredth""",
    ("exponent, range when members are resampled", "518 members"): "conversation-exponent",
    (
        "rank correlation, countries as strangers",
        "179 countries in 10 regions, half of the variance",
    ): """control-both-spearman control-disinformation control-parties control-within-closed
        control-within-liberal ranking-services ranking-listening ranking-oecd
        ranking-democracy-portals""",
    (
        "posts per week in a wave to the year before",
        "model: 14 and 52 weeks, neighbours correlate 0.8",
    ): """emergency-italy-first emergency-italy-second emergency-italy-change
        emergency-germany-first emergency-sweden-first emergency-palazzo-first
        emergency-conte-first emergency-farnesina-first emergency-farnesina-second""",
    ("gain of an interval from the trend, prediction", "18 intervals"): """
        emergency-sandy-expected emergency-sandy-multiple emergency-week-after-multiple
        post-sandy-expected post-sandy-multiple""",
    ("one more ordinary day, prediction", "18 days"): """
        emergency-evening-usual emergency-seven-usual amplification-ordinary""",
    ("forecast of August 2015, conditional prediction", "model true: known to 2010"): """
        adoption-foretold-2010 adoption-foretold-2011 adoption-foretold-2012 adoption-facebook-2010
        adoption-facebook-2011 adoption-facebook-2012 adoption-undoubted-2010
        adoption-undoubted-2011 adoption-undoubted-2012""",
}
"""The numbers whose intervals are no 95% intervals, by the line that tells why."""

PAGES = sorted(page for folder in ("chapters", "blog") for page in (ROOT / folder).rglob("*.md"))
SAID = re.compile(
    r"\b(rough|range|prediction)\b(?:(?!\{glue:text\})[^.;]){0,60}"
    r"\{glue:text\}`(?:[^`]*::)?([\w-]+?)-interval(?::s)?`"
)
"""What a sentence calls an interval just before it."""


@pytest.fixture(scope="module")
def kinds() -> dict[str, str]:
    """The kind of interval in the code books of chapters and posts, by key."""
    books = (page.with_suffix(codebook.SUFFIX) for page in PAGES)
    read = [codebook.read(path) for path in books if path.is_file()]
    return {entry.key: entry.interval for book in read for entry in book.values()}


def test_the_ledger_calls_an_interval_what_its_coverage_calls_it(kinds: dict[str, str]) -> None:
    rows = printed()
    wanted: dict[str, str] = {}
    for line, keys in PRINTED.items():
        kind = "prediction" if "prediction" in line[0] else rows[line][1]
        wanted |= dict.fromkeys(keys.split(), kind)
    assert {key: kind for key, kind in kinds.items() if kind != codebook.INTERVAL} == wanted


def test_the_ledger_calls_an_interval_what_the_sentence_calls_it(kinds: dict[str, str]) -> None:
    said = [match.groups() for page in PAGES for match in SAID.finditer(page.read_text("utf-8"))]
    assert len(said) > 15
    assert [(word, key) for word, key in said if kinds[key] != word] == []
