"""The Atom feeds of the blog: of all posts, and of each tag, category and year.

Closes: Sphinx writes no feeds. The text of an entry is the article of the page that was just
written, so that figures have their numbers and links lead somewhere from a reader; its times are
those of the post and its identifier is none of an address, so that two builds agree, and the site
may move.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from functools import cache
from pathlib import Path

import lxml.html
from feedgen.feed import FeedGenerator
from lxml import etree
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import NEWEST, Listing, Post, listings
from bookext.common.addresses import address
from bookext.common.i18n import _
from bookext.common.order import Pages

# Of the page, not of the text: what a reader cannot use.
_LEFT_OUT = "//h1 | //script | //a[@class='headerlink'] | //details | //*[@class='post-byline']"


def _write_feeds(app: Sphinx) -> tuple[()]:
    text = cache(lambda docname: article(app, docname))
    for listing in listings(app.env):
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
    made.rights(app.config.copyright)
    made.icon(address(app.config, app.config.html_favicon))
    made.link(
        href=address(app.config, f"{listing.docname}.html"), rel="alternate", type="text/html"
    )
    made.link(href=address(app.config, listing.feed), rel="self", type="application/atom+xml")
    made.updated(max((_midnight(post.date) for post, _text in entries), default=_built()))
    for post, text in entries:
        entry = made.add_entry(order="append")
        entry.id(identifier(app, post.docname))
        entry.title(post.title)
        entry.link(
            href=address(app.config, f"{post.docname}.html"), rel="alternate", type="text/html"
        )
        entry.author({"name": app.config.author})
        entry.published(_midnight(post.date))
        entry.updated(_midnight(post.date))
        entry.summary(post.summary)
        entry.content(text, type="html")
        for tag in sorted(post.tags):
            entry.category({"term": tag, "label": _(tag)})
    document: bytes = made.atom_str(pretty=True)
    return document


def article(app: Sphinx, docname: str) -> str:
    """Return the text of a written page as HTML that can be read anywhere."""
    page = lxml.html.fromstring(Path(app.outdir, f"{docname}.html").read_text("utf-8"))
    (body,) = page.xpath("//article[contains(@class, 'bd-article')]/section")
    body.make_links_absolute(address(app.config, f"{docname}.html"))
    for element in body.xpath(f"({_LEFT_OUT})[ancestor-or-self::article]"):
        element.drop_tree()
    for source in body.xpath("//source"):
        source.drop_tag()  # the parser takes the picture for what is in it
    text: str = etree.tostring(body, encoding="unicode", method="html")
    return text.strip()


def identifier(app: Sphinx, docname: str) -> str:
    """Return an identifier that stays when the site moves."""
    name = f"{app.config.project}/{app.config.language}/{docname}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _built() -> dt.datetime:
    """Return the day that the files of the build carry: a feed without posts needs one."""
    return dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), dt.UTC)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the feeds when the pages are there."""
    app.setup_extension("bookext.blog.posts")
    app.connect("html-collect-pages", _write_feeds, priority=Pages.FEEDS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
