"""From the book to the blog and back; the links to share a post; the list of posts.

A post belongs to the chapters whose figures share most tables with its own, or with its numbers.
The directive ``list-of-posts`` names all posts, in the PDF too, which does not hold them.

Closes: Sphinx knows no relation between pages but the order of the book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import Post, newest, posts
from bookext.common.addresses import address
from bookext.common.dependencies import depends_on_files
from bookext.common.i18n import _
from bookext.common.order import PageContext, Writing
from bookext.common.outputs import builder, is_site
from bookext.common.places import BLOG, CHAPTERS
from bookext.records.cell_outputs import FigureRecord, NumberRecord, records
from govsocial import labels

_SHARE = {
    "Mastodon": "https://mastodon.social/share?text={text}",
    "Bluesky": "https://bsky.app/intent/compose?text={text}",
    "LinkedIn": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "WhatsApp": "https://wa.me/?text={text}",
    "Telegram": "https://t.me/share/url?url={url}&text={title}",
}


class Link(NamedTuple):
    """A link below the text of a page."""

    kind: str  # "chapter" or "post" between book and blog; "earlier" or "later" among posts
    docname: str
    title: str


def chapters_of_posts(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the chapters of each post, in the order of the book."""
    pages = records(env).pages
    chapters = {name: _tables(pages[name].figures) for name in _book(env) if name in pages}
    found = {}
    for name in posts(env):
        shared = _shared(_tables(pages[name].figures), chapters)
        if not any(shared.values()):
            shared = _shared(_tables(pages[name].numbers), chapters)
        most = max(shared.values(), default=0)
        found[name] = [chapter for chapter, n in shared.items() if n == most > 0]
    return found


def _book(env: BuildEnvironment) -> list[str]:
    return [name for name in env.collect_relations() if name.startswith(CHAPTERS)]


def _tables(found: Mapping[str, FigureRecord] | Sequence[NumberRecord]) -> set[str]:
    records_ = found.values() if isinstance(found, Mapping) else found
    return {table for record in records_ for table in record.tables}


def _shared(mine: set[str], chapters: dict[str, set[str]]) -> dict[str, int]:
    return {chapter: len(mine & tables) for chapter, tables in chapters.items()}


def share_links(title: str, url: str) -> list[tuple[str, str]]:
    """Return name and address of each place where a post can be shared."""
    parts = {"title": title, "url": url, "text": f"{title} {url}"}
    quoted = {name: quote(part, safe="") for name, part in parts.items()}
    mail = "mailto:?subject={title}&body={url}"
    places = {_("E-mail"): mail} | _SHARE
    return [(str(name), pattern.format(**quoted)) for name, pattern in places.items()]


def _links(env: BuildEnvironment) -> dict[str, list[Link]]:
    """Return the links below the text of each page that has some."""
    found: dict[str, list[Link]] = {}
    order = sorted(posts(env), key=lambda name: (posts(env)[name].date, name))
    for earlier, later in pairwise(order):
        found.setdefault(later, []).append(_link(env, "earlier", earlier))
        found.setdefault(earlier, []).append(_link(env, "later", later))
    chapters = chapters_of_posts(env)
    for name in reversed(order):
        for chapter in chapters[name]:
            found.setdefault(name, []).append(_link(env, "chapter", chapter))
            found.setdefault(chapter, []).append(_link(env, "post", name))
    return found


def _link(env: BuildEnvironment, kind: str, docname: str) -> Link:
    return Link(kind, docname, env.titles[docname].astext())


def _find_links(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Note the links of all pages, and have those written anew whose links have changed."""
    before: dict[str, list[Link]] = getattr(env, "blog_links", {})
    found = env.blog_links = _links(env)  # type: ignore[attr-defined]
    pages = (found.keys() | before.keys()) & env.found_docs
    return sorted(name for name in pages if found.get(name) != before.get(name))


def _add_links(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    links: dict[str, list[Link]] = app.env.blog_links  # type: ignore[attr-defined]
    context["blog_links"] = links.get(pagename, [])
    if pagename in posts(app.env):
        url = address(app.config, app.builder.get_target_uri(pagename))
        context["share_links"] = share_links(app.env.titles[pagename].astext(), url)
        app.add_js_file("share.js", loading_method="defer")


class list_of_posts(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the list until all pages are read."""


class ListOfPosts(SphinxDirective):
    """List all posts, the newest first."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark; other pages may not be read yet."""
        catalogues = f"locale/{self.config.language}/LC_MESSAGES"
        for pattern in (f"{BLOG}/*/*.md", f"{catalogues}/{BLOG}/*/*.po"):
            depends_on_files(self.env, Path(self.env.srcdir), pattern)
        return [list_of_posts()]


class WriteList(SphinxPostTransform):
    """Put the list in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write date, title and summary of each post."""
        for mark in list(self.document.findall(list_of_posts)):
            items = [self._item(post) for post in newest(self.env)]
            mark.replace_self(nodes.bullet_list("", *items, bullet="*"))

    def _item(self, post: Post) -> nodes.list_item:
        day = labels.date(post.date)
        title: nodes.Node = nodes.strong("", post.title)
        made = builder(self.env)
        if is_site(made):
            target = made.get_relative_uri(self.env.docname, post.docname)
            title = nodes.reference("", post.title, refuri=target, internal=True)
        elif self.config.html_baseurl:
            title = nodes.reference(
                "", post.title, refuri=address(self.config, f"{post.docname}.html")
            )
        first = nodes.paragraph("", "", title, nodes.Text(f" · {day}"))
        return nodes.list_item("", first, nodes.paragraph("", post.summary))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Find the links when all pages are read."""
    app.setup_extension("bookext.blog.posts")
    app.add_node(list_of_posts)
    app.add_directive("list-of-posts", ListOfPosts)
    app.add_post_transform(WriteList)
    app.connect("env-updated", _find_links)
    app.connect("html-page-context", _add_links, priority=PageContext.BLOG)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
