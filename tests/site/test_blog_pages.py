"""The blog of the built site: its pages, its feeds, and what a shared link shows."""

from __future__ import annotations

import datetime as dt
import struct
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from tests.editions import BASE, behind, pages, soup, tree

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"


def sources() -> list[Path]:
    """Return the sources of the published posts, the oldest first."""
    paths = (path for path in ROOT.glob("blog/*/*.md") if "\ndraft: true" not in path.read_text())
    day = dt.date.today().isoformat()
    return sorted(
        (path for path in paths if date(path) <= day), key=lambda path: (date(path), path)
    )


def date(source: Path) -> str:
    """Return the date of a post."""
    return source.read_text("utf-8").split('\ndate: "')[1][:10]


def page(site: Path, source: Path) -> Path:
    """Return the page of a post."""
    return site / source.relative_to(ROOT).with_suffix(".html")


def feeds(site: Path) -> list[Path]:
    """Return all feeds."""
    found = sorted((site / "blog").rglob("*.xml"))
    assert found, "the blog has no feed"
    return found


def meta(found: BeautifulSoup, name: str) -> str:
    """Return the content of a meta element."""
    (element,) = found.select(f'meta[property="{name}"], meta[name="{name}"]')
    return str(element["content"])


def target(site: Path, address: str) -> Path:
    """Return the file behind an address of the site."""
    assert address.startswith(BASE), address
    return behind(site, site, address)


def test_feeds_obey_the_schema(site: Path) -> None:
    for path in feeds(site):
        document = etree.parse(path)
        assert SCHEMA.validate(document), f"{path}: {SCHEMA.error_log.last_error}"
        identifiers = [element.text for element in document.iter(f"{ATOM}id")]
        assert len(identifiers) == len(set(identifiers)), f"{path}: an identifier twice"


def test_the_feed_holds_every_post_in_full(site: Path) -> None:
    parsed = feedparser.parse((site / "blog" / "atom.xml").read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    expected = sources()[::-1][:20]
    links = [entry.link for entry in parsed.entries]
    assert links == [
        BASE + path.relative_to(ROOT).with_suffix(".html").as_posix() for path in expected
    ]
    for entry, source in zip(parsed.entries, expected, strict=True):
        text = BeautifulSoup(entry.content[0].value, "html.parser")
        article = BeautifulSoup(page(site, source).read_bytes(), "lxml").select_one("article")
        assert article
        for mark in article.select(".headerlink"):
            mark.decompose()
        for paragraph in article.select("p:not(.post-byline, details p)")[1:]:
            words = " ".join(paragraph.get_text().split())
            assert words in " ".join(text.get_text().split()), f"{entry.link}: {words[:60]}"
        assert text.select("figcaption .caption-number"), f"{entry.link}: figures without numbers"
        assert entry.summary and entry.author and entry.tags


def test_times_in_a_feed_are_those_of_its_posts(site: Path) -> None:
    for path in feeds(site):
        parsed = feedparser.parse(path.read_bytes())
        assert parsed.feed.updated == max(entry.updated for entry in parsed.entries), path
        for entry in parsed.entries:
            source = ROOT / target(Path(), entry.link).with_suffix(".md")
            assert entry.published == f"{date(source)}T00:00:00+00:00", entry.link


def test_addresses_in_a_feed_are_whole_and_lead_somewhere(site: Path) -> None:
    for path in feeds(site):
        parsed = feedparser.parse(path.read_bytes())
        addresses = [link.href for link in parsed.feed.links]
        for entry in parsed.entries:
            text = BeautifulSoup(entry.content[0].value, "html.parser")
            assert text.select("img[src]"), entry.link
            addresses += [entry.link, *(str(image["src"]) for image in text.select("img"))]
            addresses += [str(link["href"]) for link in text.select("a[href]")]
        for address in addresses:
            assert urlsplit(address).netloc, f"{path}: {address}"
            if address.startswith(BASE):
                assert target(site, address).is_file(), f"{path}: {address}"


def test_every_page_names_the_feed(site: Path) -> None:
    for path in pages(site):
        if path.parent.name == "figures":
            continue  # a page of a page
        (link,) = tree(path).xpath("//link[@rel='alternate'][@type='application/atom+xml']")
        assert behind(site, path, link.attrib["href"]).is_file(), path


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_a_shared_post_shows_a_card(site: Path, source: Path) -> None:
    found = soup(page(site, source))
    picture = target(site, meta(found, "og:image"))
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630)
    assert len(meta(found, "og:image:alt")) >= 40
    assert target(site, meta(found, "og:url")) == page(site, source)
    assert meta(found, "og:type") == "article"
    lead = found.select_one(".post-summary")
    assert lead and meta(found, "og:description") == meta(found, "description") == lead.get_text()


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_a_post_has_a_byline_chapters_and_one_way_on(site: Path, source: Path) -> None:
    path = page(site, source)
    found = soup(path)
    byline = found.select_one("article .post-byline")
    assert byline and "min read" in byline.get_text() and len(byline.select("a")) >= 2
    assert len(found.select(".post-neighbours")) == 1
    assert not found.select(".prev-next-area a"), "a second way to the next page"
    chapters = [str(link["href"]) for link in found.select(".blog-links a")]
    assert chapters, "a post without a chapter: draw a figure from a table of the book"
    for chapter in chapters:
        back = soup((path.parent / chapter).resolve()).select(".blog-links a")
        assert any(str(link["href"]).endswith(f"/{path.name}") for link in back)


def test_posts_are_neighbours_in_the_order_of_their_dates(site: Path) -> None:
    pages = [page(site, source) for source in sources()]
    for earlier, later in pairwise(pages):
        (forward,) = soup(earlier).select(".post-neighbours a[rel=next]")
        (back,) = soup(later).select(".post-neighbours a[rel=prev]")
        assert (str(forward["href"]), str(back["href"])) == (later.name, earlier.name)


def test_posts_stand_outside_the_table_of_contents(site: Path) -> None:
    contents = soup(site / "index.html").select("#contents .parts a")
    assert contents and not [a for a in contents if "blog/" in str(a["href"])]
    assert soup(site / "index.html").select_one('.bar .rooms a[href="blog/index.html"]')


def test_the_front_page_shows_the_newest_post_first(site: Path) -> None:
    cards = soup(site / "blog" / "index.html").select(".post-card")
    links = [str(link["href"]) for card in cards if (link := card.select_one("h2 a"))]
    expected = [
        path.relative_to(ROOT / "blog").with_suffix(".html") for path in sources()[::-1][:20]
    ]
    assert links == [path.as_posix() for path in expected]
    assert all(card.select_one("img") and len(card.get_text()) > 100 for card in cards)


def test_each_post_is_in_the_lists_of_its_year_tags_and_category(site: Path) -> None:
    for source in sources():
        byline = soup(page(site, source)).select_one("article .post-byline")
        assert byline
        year = site / "blog" / f"{source.parent.name}.html"
        lists = [(page(site, source).parent / str(a["href"])).resolve() for a in byline.select("a")]
        for path in [year, *lists]:
            found = [str(a["href"]) for a in soup(path).select("article .post-card h2 a")]
            assert any(href.endswith(f"{source.stem}.html") for href in found), f"{path}: {source}"


def test_the_back_matter_names_every_post(site: Path) -> None:
    found = [str(a["href"]) for a in soup(site / "back" / "posts.html").select("article li a")]
    assert [Path(href).stem for href in found] == [path.stem for path in sources()[::-1]]
