"""The Atom feeds of the blog: of all posts, and of each tag, category and year.

Closes: ABlog's feeds carry links that lead nowhere from a reader
(https://github.com/sunpy/ablog/issues/19), figures without numbers, English titles, addresses as
identifiers, which change when the site moves, and the time of the build, so that two builds never
agree. Here the text of an entry is the article of the page that was just written, and its times
are those of the post.
"""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import ablog
import lxml.html
from ablog.blog import Post
from feedgen.feed import FeedGenerator
from lxml import etree
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import NEWEST, Listing, listings

# Of the page, not of the text: what a reader cannot use.
_LEFT_OUT = "//h1 | //script | //a[@class='headerlink'] | //details | //*[@class='post-byline']"


def _write_feeds(app: Sphinx) -> tuple[()]:
    text = cache(lambda docname: article(app, docname))
    for listing in listings(app):
        if listing.feed:
            path = Path(app.outdir, listing.feed)
            path.parent.mkdir(parents=True, exist_ok=True)
            entries = [(post, text(post.docname)) for post in listing.groups[0].posts[:NEWEST]]
            path.write_bytes(feed(app, listing, entries))
    return ()


def feed(app: Sphinx, listing: Listing, entries: list[tuple[Post, str]]) -> bytes:
    """Return the feed of a list page.

    Parameters
    ----------
    app
        The build.
    listing
        The list page.
    entries
        Its posts, the newest first, and their texts.
    """
    made = FeedGenerator()
    made.id(identifier(app, listing.docname))
    made.title(f"{app.config.project}: {listing.title}")
    made.subtitle(app.config.blog_feed_subtitle)
    made.language(app.config.language)
    made.generator("ABlog", ablog.__version__, "https://ablog.readthedocs.io/")
    made.link(href=address(app, f"{listing.docname}.html"), rel="alternate", type="text/html")
    made.link(href=address(app, listing.feed), rel="self", type="application/atom+xml")
    made.updated(max(_midnight(post.update) for post, _text in entries))
    for post, text in entries:
        entry = made.add_entry(order="append")
        entry.id(identifier(app, post.docname))
        entry.title(post.title)
        entry.link(href=address(app, f"{post.docname}.html"), rel="alternate", type="text/html")
        entry.author({"name": app.config.author})
        entry.published(_midnight(post.date))
        entry.updated(_midnight(post.update))
        entry.summary(post.options["summary"])
        entry.content(text, type="html")
        for tag in sorted(str(tag) for tag in post.tags):
            entry.category({"term": tag})
    document: bytes = made.atom_str(pretty=True)
    return document


def article(app: Sphinx, docname: str) -> str:
    """Return the text of a written page as HTML that can be read anywhere."""
    page = lxml.html.fromstring(Path(app.outdir, f"{docname}.html").read_text("utf-8"))
    (body,) = page.xpath("//article[contains(@class, 'bd-article')]/section")
    body.make_links_absolute(address(app, f"{docname}.html"))
    for element in body.xpath(f"({_LEFT_OUT})[ancestor-or-self::article]"):
        element.drop_tree()
    text: str = etree.tostring(body, encoding="unicode", method="html")
    return text.strip()


def address(app: Sphinx, name: str) -> str:
    """Return the address of a file of the site."""
    base: str = app.config.blog_baseurl
    return urljoin(base, name)


def identifier(app: Sphinx, docname: str) -> str:
    """Return an identifier that stays when the site moves."""
    name = f"{app.config.project}/{app.config.language}/{docname}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _midnight(day: dt.datetime) -> dt.datetime:
    return day.replace(tzinfo=dt.UTC)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the feeds when the pages are there."""
    app.setup_extension("bookext.blog.posts")
    app.connect("html-collect-pages", _write_feeds, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
