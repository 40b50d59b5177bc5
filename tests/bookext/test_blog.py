"""What is built of the blog, what is wrong with a post, and what is made of it."""

from __future__ import annotations

import datetime as dt
import io
import struct
import subprocess
import warnings
from pathlib import Path
from types import SimpleNamespace

import feedparser
import jinja2
import jupytext
import lxml.html
import post as new_post
import pytest
from lxml import etree
from matplotlib.figure import Figure

from bookext.blog import posts as blog
from bookext.blog.card import card
from bookext.blog.feed import feed, identifier
from bookext.blog.front_matter import PostError, front_matter, mistakes
from bookext.blog.links import Link, chapters_of_posts, share_links
from bookext.records.cell_outputs import FigureRecord, Page
from govsocial import notebook

ROOT = Path(__file__).resolve().parents[2]

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
        ("image: 1", "image: true", 6, "which figure"),
        ("[rankings]", "a: b: c", 3, "no YAML"),
        ("[rankings]", "\u0007", 3, "no YAML: control characters"),
        ("[rankings]", "[rankings]\ntags: [methods]", 4, "`tags` stands there twice; delete one"),
        ("image: 1", 'image: 1\ndraft: "true"', 7, "`draft: true`, without quotes"),
        ("image: 1", "image: 1\ndratf: true", 7, "did you mean `draft`?"),
        ("---\ndate", "\n---\ndate", 1, "begin with the fields of a post"),
        ("A sentence that says what the post asks and answers.", "Short.", 7, "summary"),
        ("summary: A", "other: A", 1, "summary"),
        ("A sentence that says what the post asks and answers.", f"'{50 * ' '}'", 7, "summary"),
        ("[rankings]", "[rankings, methods, rankings]", 3, "the tag rankings stands there twice"),
        ("[rankings]", "[rankings", 4, "no YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    ((where, text),) = found(tmp_path, old, new)
    assert said in text
    assert where == line


def test_a_file_from_another_editor_is_read_or_refused_by_line(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert list(mistakes(front_matter(path), CONFIG)) == []  # type: ignore[arg-type]
    path.write_bytes(GOOD.replace("asks", "asks \u00e8").encode("latin-1"))
    assert list(mistakes(front_matter(path), CONFIG)) == [  # type: ignore[arg-type]
        (7, "the file is not UTF-8; save it as UTF-8")
    ]


def chosen(folder: Path, text: str) -> list[str]:
    """Return what is left out of a build on 1 August 2026."""
    written(folder, text)
    config = SimpleNamespace(**vars(CONFIG), exclude_patterns=[])
    blog._choose(SimpleNamespace(srcdir=folder), config)  # type: ignore[arg-type]
    left_out: list[str] = config.exclude_patterns
    return left_out


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


@pytest.mark.parametrize("name", ["two.ipynb", "two.rst", "two.myst"])
def test_a_post_is_a_text_notebook(tmp_path: Path, name: str) -> None:
    for other in ("2026/two.png", "2026/two.numbers.yml", "drafts/two.ipynb", f"2026/{name}"):
        path = tmp_path / "blog" / other
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with pytest.raises(
        PostError, match=rf"^blog/2026/{name}: a post is a file \.md; begin it with"
    ):
        chosen(tmp_path, GOOD)


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
        bookext_records=SimpleNamespace(pages=pages),
        book_posts=dict.fromkeys([name for name in pages if name.startswith("blog")]),
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
        new_post.begin("  ", dt.date(2026, 8, 1), tmp_path)
    path = new_post.begin("\u4e16\u754c", dt.date(2026, 8, 1), tmp_path)
    assert path.name == "2026-08-01.md"
    path = new_post.begin("\u754c", dt.date(2026, 8, 1), tmp_path)
    assert path.name == "2026-08-01-2.md"
    path = new_post.begin("a b" * 100, dt.date(2026, 8, 1), tmp_path)
    assert len(path.stem) <= 80 and path.is_file()


def test_the_cells_of_a_new_post_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new_post.begin("Fourteenth of how many?", dt.date(2026, 8, 1), tmp_path)
    monkeypatch.setattr(notebook, "display", lambda *_data, **_rest: None)
    names: dict[str, object] = {}
    for cell in jupytext.read(path, fmt="md:myst").cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    assert "numbers" in names


@pytest.mark.parametrize("title", ["A $5 question", "`touch x` and $(touch x)", '"it\'s" \\ %'])
def test_no_shell_reads_the_title(tmp_path: Path, title: str) -> None:
    for name in ("Makefile", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text('#!/bin/sh\nprintf %s "$BOOK_POST_TITLE" > title\n')
    (tmp_path / ".venv/bin/python").chmod(0o755)
    command = ["make", "-s", "-o", ".venv/book", "post", f"TITLE={title}"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert (tmp_path / "title").read_text() == title
    assert not (tmp_path / "x").exists()


# What somebody might paste into a title, as text: nothing of it may act.
HOSTILE = [
    "</title><script>alert(1)</script>",
    'A "quoted" & <b>bold</b> title',
    "Braces {{ 7 * 7 }} and {% raw %}",
    "\u202eright to left\u202c \u4e16\u754c \U0001f4a3",
]


def hostile_post(title: str) -> blog.Post:
    return blog.Post(
        date=dt.date(2026, 7, 9),
        title=title,
        docname="blog/2026/one",
        summary=title,
        tags=("rankings",),
        category="claims checked",
        minutes=2,
        figure="fig-post-one",
        alt=title,
        figure_ids=(),
    )


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_in_lists_and_footers(title: str) -> None:
    post = hostile_post(title)
    loader = jinja2.ChoiceLoader(
        [
            jinja2.DictLoader({"page.html": "{% block body %}{% endblock %}"}),
            jinja2.FileSystemLoader(ROOT / "_templates"),
        ]
    )
    environment = jinja2.Environment(loader=loader)  # as Sphinx's: nothing is escaped by itself
    words = {
        "t": str,
        "pathto": lambda name, *_rest: f"{name}.html",
        "post_date": str,
        "tag_page": lambda tag: blog.page_of("tag", tag),
        "picture_size": lambda _post: (1, 1),
        "blog_archives": ["a", "b", "c"],
    }
    groups = [blog.Group("", "", [post]), blog.Group(title, "blog/tag/x", [post])]
    page = environment.get_template("blog-list.html").render(**words, title="T", groups=groups)
    links = [Link(kind, "x", title) for kind in ("chapter", "earlier", "later")]
    shared = share_links(title, "https://example.org/p.html")
    footer = environment.get_template("blog-footer.html").render(
        **words, post=post, blog_links=links, share_links=shared
    )
    for html in (page, footer):
        tree = lxml.html.fromstring(html)
        assert not tree.xpath("//script | //b")
        assert title in tree.text_content()
    assert lxml.html.fromstring(page).xpath("//img/@alt") == [title]


@pytest.mark.parametrize("title", [*HOSTILE, "$5 or $6", "word " * 60])
def test_a_card_is_drawn_for_any_title(title: str) -> None:
    buffer = io.BytesIO()
    Figure(figsize=(3, 1)).savefig(buffer, format="png")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # letters that the typeface lacks
        drawn = card(title, title[:20], buffer.getvalue())
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_in_the_feed(title: str) -> None:
    config = SimpleNamespace(
        project="P",
        language="en",
        author="A",
        copyright="2026",
        html_favicon="_static/f.svg",
        blog_baseurl="https://example.org/",
        blog_feed_subtitle="S",
    )
    app = SimpleNamespace(config=config)
    listing = blog.Listing("blog/index", title, [], "blog/atom.xml")
    made = feed(app, listing, [(hostile_post(title), "<p>text</p>")])  # type: ignore[arg-type]
    (entry,) = feedparser.parse(made).entries
    atom = etree.fromstring(made)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.xpath("string(a:entry/a:title)", namespaces=names) == title
    assert atom.xpath("string(a:entry/a:summary)", namespaces=names) == title
    assert atom.xpath("string(a:rights)", namespaces=names) == "2026"
    assert atom.xpath("string(a:icon)", namespaces=names) == "https://example.org/_static/f.svg"
    assert entry.link == "https://example.org/blog/2026/one.html"
