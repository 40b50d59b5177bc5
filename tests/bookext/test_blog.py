"""What is built of the blog, what is wrong with a post, and what is made of it."""

from __future__ import annotations

import datetime as dt
import io
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest
from matplotlib.figure import Figure

from bookext.blog import posts as blog
from bookext.blog.card import card
from bookext.blog.feed import identifier
from bookext.blog.front_matter import PostError, front_matter, mistakes
from bookext.blog.links import chapters_of_posts, share_links
from bookext.records.cell_outputs import FigureRecord, Page
from tools import post as new_post

CONFIG = SimpleNamespace(post_tags=["rankings", "methods"], post_categories=["claims checked"])
GOOD = """---
date: "2026-07-09"
tags: [rankings]
category: claims checked
language: en
image: 1
summary: A sentence that says what the post asks and answers.
---
# Title
"""


def written(folder: Path, text: str) -> Path:
    """Return the path of a post with that text."""
    path = folder / "blog" / "2026" / "one.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def found(folder: Path, old: str, new: str) -> list[tuple[int, str]]:
    """Return the mistakes of a good post in which one thing was changed."""
    assert old in GOOD
    return list(mistakes(front_matter(written(folder, GOOD.replace(old, new))), CONFIG))  # type: ignore[arg-type]


def test_a_good_post_has_no_mistake(tmp_path: Path) -> None:
    assert found(tmp_path, "", "") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"2026-07-09"', "2026-07-09", 2, "in quotes"),
        ('"2026-07-09"', '"9 July 2026"', 2, "year-month-day"),
        ('"2026-07-09"', '"2026-02-30"', 2, "year-month-day"),
        ('date: "2026-07-09"\n', "", 1, "year-month-day"),
        ('"2026-07-09"', '"2025-07-09"', 2, "the folder is 2026"),
        ("[rankings]", "[rankings, cats]", 3, "unknown tag 'cats'; known: rankings, methods"),
        ("[rankings]", "rankings", 3, "unknown tag 'rankings'"),
        ("tags: [rankings]\n", "", 1, "unknown tag None"),
        ("claims checked", "other", 4, "unknown category 'other'"),
        ("language: en", "language: it", 5, "language: en"),
        ("image: 1", "image: 0", 6, "which figure"),
        ("image: 1", "image: one", 6, "which figure"),
        ("A sentence that says what the post asks and answers.", "Short.", 7, "summary"),
        ("summary: A", "other: A", 1, "summary"),
        ("[rankings]", "[rankings", 4, "no YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    ((where, text),) = found(tmp_path, old, new)
    assert said in text
    assert where == line


def chosen(folder: Path, text: str) -> list[str]:
    """Return what is left out of a build on 1 August 2026."""
    written(folder, text)
    config = SimpleNamespace(
        **vars(CONFIG), matched_blog_posts=["blog/2026/one"], exclude_patterns=[]
    )
    blog._choose(SimpleNamespace(srcdir=folder), config)  # type: ignore[arg-type]
    return config.exclude_patterns


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 1 August 2026."""
    monkeypatch.setenv("BLOG_TODAY", "2026-08-01")
    monkeypatch.delenv("BLOG_DRAFTS", raising=False)


TOMORROW = GOOD.replace("2026-07-09", "2026-08-02")
DRAFT = GOOD.replace("image: 1", "image: 1\ndraft: true")
HALF = DRAFT.replace("[rankings]", "[cats]")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (GOOD, False),
        (GOOD.replace("2026-07-09", "2026-08-01"), False),
        (TOMORROW, True),
        (DRAFT, True),
        (HALF, True),
    ],
    ids=["past", "today", "tomorrow", "draft", "unfinished-draft"],
)
def test_drafts_and_posts_of_the_future_are_left_out(
    tmp_path: Path, text: str, hidden: bool
) -> None:
    assert chosen(tmp_path, text) == (["blog/2026/one.md"] if hidden else [])


@pytest.mark.parametrize("text", [TOMORROW, DRAFT])
def test_they_are_built_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("BLOG_DRAFTS", "1")
    assert chosen(tmp_path, text) == []


def test_a_mistake_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(PostError, match=r"^blog/2026/one\.md:3: unknown tag 'cats'"):
        chosen(tmp_path, GOOD.replace("[rankings]", "[cats]"))


def test_a_post_belongs_to_the_chapters_that_share_most_of_its_tables() -> None:
    def drawn(*tables: str) -> Page:
        return Page(figures={"fig": FigureRecord(tables, "m.f", "")})

    pages = {
        "chapters/a": drawn("x", "y"),
        "chapters/b": drawn("x"),
        "chapters/c": drawn("z"),
        "blog/2026/p": drawn("x", "y"),
        "blog/2026/q": drawn("x"),
        "blog/2026/r": drawn("w"),
    }
    env = SimpleNamespace(
        govsocial_records=SimpleNamespace(pages=pages),
        ablog_posts=dict.fromkeys([name for name in pages if name.startswith("blog")]),
        collect_relations=lambda: dict.fromkeys(
            ["index", "chapters/a", "chapters/b", "chapters/c"]
        ),
    )
    assert chapters_of_posts(env) == {  # type: ignore[arg-type]
        "blog/2026/p": ["chapters/a"],
        "blog/2026/q": ["chapters/a", "chapters/b"],
        "blog/2026/r": [],
    }


def test_shared_titles_are_quoted() -> None:
    links = dict(share_links("A & B?", "https://example.org/p.html"))
    assert links["Bluesky"].endswith("?text=A%20%26%20B%3F%20https%3A%2F%2Fexample.org%2Fp.html")
    assert links["E-mail"].startswith("mailto:?subject=A%20%26%20B%3F&body=https%3A")


def test_a_card_has_the_size_that_sites_ask_for_and_the_same_bytes_each_time() -> None:
    buffer = io.BytesIO()
    Figure(figsize=(3, 1)).savefig(buffer, format="png")
    title = "A title so long that it fills more than a single line of the card"
    first, second = (card(title, "below", buffer.getvalue()) for _time in range(2))
    assert struct.unpack(">II", first[16:24]) == (1200, 630)
    assert first == second


def test_identifiers_differ_by_page_and_language_and_stay() -> None:
    def of(language: str, name: str) -> str:
        config = SimpleNamespace(project="Governing in Public", language=language)
        return identifier(SimpleNamespace(config=config), name)  # type: ignore[arg-type]

    assert of("en", "blog/index") == "urn:uuid:88e5b4df-86c7-5dfa-96c8-b04139f07478"
    assert len({of("en", "a"), of("it", "a"), of("en", "b")}) == 3


def test_a_new_post_is_a_draft_without_mistakes(tmp_path: Path) -> None:
    path = new_post.begin("Où est le “14th”?", dt.date(2026, 8, 1), tmp_path)
    assert path == tmp_path / "blog" / "2026" / "ou-est-le-14th.md"
    matter = front_matter(path)
    config = SimpleNamespace(post_tags=["methods"], post_categories=["counted anew"])
    assert list(mistakes(matter, config)) == []  # type: ignore[arg-type]
    assert matter.values["draft"] is True
    assert "$" not in path.read_text("utf-8")


def test_a_new_post_replaces_nothing(tmp_path: Path) -> None:
    new_post.begin("Twice", dt.date(2026, 8, 1), tmp_path)
    with pytest.raises(FileExistsError):
        new_post.begin("Twice!", dt.date(2026, 8, 1), tmp_path)
    with pytest.raises(ValueError, match="title"):
        new_post.begin("?!", dt.date(2026, 8, 1), tmp_path)
