"""The blog: which posts are built, their list pages, and what ABlog lacks in this book.

ABlog collects the posts with their tags, categories and years. Closes:

- The pages of drafts, and of posts of the future, are built and public, only not listed (compare
  https://github.com/sunpy/ablog/issues/123): here they are left out, unless ``BLOG_DRAFTS`` is set.
- A mistake in the front matter is a traceback, or nothing: here it is a message with file and line.
- It calls itself unsafe for parallel reading, as it does not merge what workers read
  (https://github.com/sunpy/ablog/pull/330).
- A second build in one process finds the posts of the first
  (its ``Blog`` keeps them in the class).
- Its list pages have no top heading, English months and a page of drafts, and its post pages a
  second link to the next page: :func:`_pages` and ``blog-footer.html`` stand in their place.
- Front matter is not translated: the summary becomes the first paragraph, where gettext finds it.
- Sphinx numbers the figures of pages in a toctree only, and posts are in none.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import ablog
from ablog.blog import Blog, Post
from ablog.post import register_posts
from babel.dates import format_date
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.front_matter import PostError, front_matter, mistakes
from bookext.records.cell_outputs import records

_ = get_translation("book")
_WORDS_PER_MINUTE = 220
NEWEST = 20  # posts on the front page and in a feed


class Group(NamedTuple):
    """Posts under one heading of a list page, and the page of their own, if they have one."""

    heading: str
    docname: str
    posts: list[Post]


class Listing(NamedTuple):
    """A page that lists posts: the newest, those of a year, of a tag or of a category."""

    docname: str
    title: str
    groups: list[Group]
    feed: str  # the name of its feed, empty if it has none


def posts(app: Sphinx) -> Blog:
    """Return ABlog's collections, filled."""
    blog = Blog(app)
    if not blog:
        register_posts(app)
    return blog


def is_post(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a page is a post."""
    return docname in getattr(env, "ablog_posts", {})


def long_date(day: dt.date, language: str) -> str:
    """Return a day in words: "9 July 2012"."""
    return format_date(day, "long", locale={"en": "en_GB"}.get(language, language))


def listings(app: Sphinx) -> Iterator[Listing]:
    """Return the list pages of the blog; none if there is no post."""
    blog = posts(app)
    if not blog:
        return
    path = blog.blog_path
    newest = [Group("", "", list(blog.posts)[:NEWEST])]
    yield Listing(f"{path}/index", _("Blog"), newest, f"{path}/atom.xml")
    for catalog, title, of_one in (
        (blog.archive, _("All posts"), _("Posts of {name}")),
        (blog.tags, _("Tags"), _("Posts tagged: {name}")),
        (blog.category, _("Categories"), _("Posts in: {name}")),
    ):
        groups = [Group(_(str(one)), one.docname, list(one)) for one in catalog if one]
        yield Listing(catalog.docname, title, groups, "")
        for heading, docname, members in groups:
            one_title = of_one.format(name=heading)
            one_group = [Group("", "", members)]
            yield Listing(docname, one_title, one_group, f"{docname}/atom.xml")


class LeadParagraph(SphinxTransform):
    """Put the summary of a post below its title."""

    default_priority = 9  # before the text is translated

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Insert the paragraph."""
        if self.env.docname not in self.config.matched_blog_posts:
            return
        found = front_matter(Path(self.env.doc2path(self.env.docname)))
        text = " ".join(found.values["summary"].split())
        lead = nodes.paragraph(text, text, classes=["post-summary"])
        lead.source, lead.line = self.document["source"], found.line("summary")
        next(self.document.findall(nodes.section)).insert(1, lead)


def _choose(app: Sphinx, config: Config) -> None:
    """Leave out what is not to be built, and stop at mistakes."""
    drafts = bool(os.environ.get("BLOG_DRAFTS"))
    today = os.environ.get("BLOG_TODAY") or dt.date.today().isoformat()
    found = []
    for docname in config.matched_blog_posts:
        matter = front_matter(Path(app.srcdir, f"{docname}.md"))
        wrong = [f"{docname}.md:{line}: {text}" for line, text in mistakes(matter, config)]
        hidden = matter.values.get("draft") is True
        if not hidden and not wrong:
            hidden = matter.values["date"] > today
        if hidden and not drafts:
            config.exclude_patterns.append(f"{docname}.md")
        else:
            found += wrong
    if found:
        raise PostError("\n".join(found))


def _begin(app: Sphinx) -> None:
    Blog._dict.clear()
    ablog.blog.TOMORROW = dt.datetime.max  # what is built is published
    app.extensions["ablog"].parallel_read_safe = True


def _describe(app: Sphinx, doctree: nodes.document) -> None:
    """Note of each post what lists and pages say of it, and forget its text."""
    env = app.env
    if not is_post(env, env.docname):
        return
    (post,) = env.ablog_posts[env.docname]  # type: ignore[attr-defined]
    (lead,) = (p for p in doctree.findall(nodes.paragraph) if "post-summary" in p["classes"])
    figures = {node["names"][0]: node for node in doctree.findall(nodes.figure) if node["names"]}
    computed = [name for name in records(env).pages[env.docname].figures if name in figures]
    if len(computed) < post["image"]:
        line = front_matter(Path(env.doc2path(env.docname))).line("image")
        raise PostError(f"{env.docname}.md:{line}: there is no such figure on the page")
    figure = computed[post["image"] - 1]
    post |= {
        "summary": lead.astext(),
        "excerpt": [lead.deepcopy()],
        "doctree": None,
        "language": [],
        "minutes": _minutes(doctree),
        "figure": figure,
        "alt": next(figures[figure].findall(nodes.image))["alt"],
        "figure_ids": [figures[name]["ids"][0] for name in computed],
    }


def _minutes(doctree: nodes.document) -> int:
    prose = (p for p in doctree.findall(nodes.paragraph) if "figure-line" not in p["classes"])
    words = sum(len(paragraph.astext().split()) for paragraph in prose)
    return math.ceil(words / _WORDS_PER_MINUTE)


def _number_figures(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    for docname, (post,) in getattr(env, "ablog_posts", {}).items():
        numbers: dict[str, tuple[int, ...]] = {
            name: (place,) for place, name in enumerate(post["figure_ids"], start=1)
        }
        env.toc_fignumbers[docname] = {"figure": numbers}
    return []


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    found = getattr(other, "ablog_posts", {})
    merged = {name: found[name] for name in docnames if name in found}
    env.ablog_posts = getattr(env, "ablog_posts", {}) | merged  # type: ignore[attr-defined]


def _add_byline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write date, reading time, category and tags below the title of a post."""
    if app.builder.format != "html" or not is_post(app.env, docname):
        return
    post = posts(app)[docname]
    time = _("{n} min read").format(n=post.options["minutes"])
    day = long_date(post.date, app.config.language)
    line = nodes.paragraph("", f"{day} · {time}", classes=["post-byline"])
    for collection in [*post.category, *post.tags]:
        address = app.builder.get_relative_uri(docname, collection.docname)
        link = nodes.reference("", _(str(collection)), refuri=address, internal=True)
        line += [nodes.Text(" · "), link]
    next(doctree.findall(nodes.section)).insert(1, line)


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the list pages, and remove those of former builds."""
    made = list(listings(app))
    kept = app.env.found_docs | {listing.docname for listing in made}
    kept |= {listing.feed.removesuffix(".xml") for listing in made}
    out = Path(app.outdir)
    for path in (out / app.config.blog_path).rglob("*"):
        if path.is_file() and path.relative_to(out).with_suffix("").as_posix() not in kept:
            path.unlink()
    for listing in made:
        front = listing.docname == made[0].docname
        context = {"title": listing.title, "groups": listing.groups, "front": front}
        yield listing.docname, context | {"post_feed": listing.feed}, "blog-list.html"


def _add_context(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    blog = posts(app)
    context["t"] = _
    context["post_date"] = lambda day: long_date(day, app.config.language)
    context["blog_index"] = f"{blog.blog_path}/index" if blog else ""
    context["blog_feed"] = context.get("post_feed") or f"{blog.blog_path}/atom.xml"
    context["blog_archives"] = [blog.archive.docname, blog.tags.docname, blog.category.docname]
    context["post"] = blog[pagename] if is_post(app.env, pagename) else None


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set ABlog up, its own list pages and feeds apart."""
    ablog.generate_archive_pages = _pages
    ablog.generate_atom_feeds = lambda _app: ()
    app.setup_extension("ablog")
    app.add_config_value("post_tags", [], "env", types=[list])
    app.add_config_value("post_categories", [], "env", types=[list])
    app.add_transform(LeadParagraph)
    app.connect("config-inited", _choose, priority=600)  # ABlog has found the posts
    app.connect("builder-inited", _begin)
    app.connect("doctree-read", _describe, priority=600)  # ABlog has read the post
    app.connect("env-get-updated", _number_figures, priority=600)  # Sphinx has numbered the others
    app.connect("env-merge-info", _merge)
    app.connect("doctree-resolved", _add_byline)
    # Early: the theme leaves out parts of the page that are empty by then.
    app.connect("html-page-context", _add_context, priority=300)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
