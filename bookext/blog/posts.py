"""The blog: which posts are built, what is known of each, and the pages that list them.

Closes: Sphinx knows no posts, and ABlog, its blog extension, needed a patch or a replacement for
each part that the book used: it publishes drafts and posts of the future, and has no Italian.

A post is a page below ``blog/YEAR/``; drafts, and posts whose day is yet to come, are left out
unless ``BLOG_DRAFTS`` is set. Front matter is not translated by Sphinx: the summary becomes the
first paragraph, where gettext finds it. Sphinx numbers the figures of pages in a toctree only, and
posts are in none.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.front_matter import PostError, front_matter, mistakes
from bookext.common.i18n import _
from bookext.common.kept import keep_by_page
from bookext.common.nodes import without_notes
from bookext.common.order import Config as ConfigOrder
from bookext.common.order import Numbering, PageContext, Read, Reading
from bookext.common.outputs import is_live, is_older, is_site
from bookext.common.places import BLOG
from bookext.common.reading import minutes
from bookext.records.cell_outputs import records
from govsocial import labels

_OTHER_PAGES = {".ipynb", ".myst", ".rst"}
NEWEST = 20  # posts on the front page and in a feed


@dataclass(frozen=True)
class Post:
    """What lists and pages say of a post; the newest sorts last."""

    date: dt.date
    title: str
    docname: str
    summary: str
    tags: tuple[str, ...]
    category: str
    minutes: int
    figure: str
    """The figure that stands for it."""
    alt: str
    figure_ids: tuple[str, ...]

    def __lt__(self, other: Post) -> bool:
        return (self.date, self.title) < (other.date, other.title)


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


def posts(env: BuildEnvironment) -> dict[str, Post]:
    """Return the posts that have been read, by page."""
    if not hasattr(env, "book_posts"):
        env.book_posts = {}  # type: ignore[attr-defined]
    found: dict[str, Post] = env.book_posts  # type: ignore[attr-defined]
    return found


def newest(env: BuildEnvironment) -> list[Post]:
    """Return the posts, the newest first."""
    return sorted(posts(env).values(), reverse=True)


def page_of(kind: str, name: str) -> str:
    """Return the page of a tag or a category: "data quality" has ``blog/tag/data-quality``."""
    plain = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKD", name)).strip().lower()
    slug = re.sub(r"[-\s]+", "-", plain)
    return f"{BLOG}/{kind}/{slug}"


def listings(env: BuildEnvironment) -> Iterator[Listing]:
    """Return the list pages of the blog; none if there is no post."""
    every = newest(env)
    if not every:
        return
    front = [Group("", "", every[:NEWEST])]
    yield Listing(f"{BLOG}/index", _("Blog"), front, f"{BLOG}/atom.xml")
    years = sorted({post.date.year for post in every}, reverse=True)
    tags = sorted({tag for post in every for tag in post.tags}, key=_)
    categories = sorted({post.category for post in every}, key=_)
    by_year = [
        Group(str(year), f"{BLOG}/{year}", [post for post in every if post.date.year == year])
        for year in years
    ]
    by_tag = [
        Group(_(tag), page_of("tag", tag), [post for post in every if tag in post.tags])
        for tag in tags
    ]
    by_category = [
        Group(_(name), page_of("category", name), [post for post in every if post.category == name])
        for name in categories
    ]
    for name, title, of_one, groups in (
        ("archive", _("All posts"), _("Posts of {name}"), by_year),
        ("tag", _("Tags"), _("Posts tagged: {name}"), by_tag),
        ("category", _("Categories"), _("Posts in: {name}"), by_category),
    ):
        yield Listing(f"{BLOG}/{name}", title, groups, "")
        for heading, docname, members in groups:
            one = [Group("", "", members)]
            yield Listing(docname, of_one.format(name=heading), one, f"{docname}/atom.xml")


class LeadParagraph(SphinxTransform):
    """Put the summary of a post below its title."""

    default_priority = Reading.LEAD_PARAGRAPH

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Insert the paragraph."""
        if not is_post(self.env.docname):
            return
        found = front_matter(Path(self.env.doc2path(self.env.docname)))
        text = " ".join(found.values["summary"].split())
        lead = nodes.paragraph(text, text, classes=["post-summary"])
        lead.source, lead.line = self.document["source"], found.line("summary")
        section = next(self.document.findall(nodes.section), None)
        if section is None:
            raise PostError(f"{self.env.docname}.md: begin the text with a title: # The question?")
        section.insert(1, lead)


def is_post(docname: str) -> bool:
    """Return whether a page is a post, by its place."""
    return re.fullmatch(rf"{BLOG}/\d{{4}}/[^/]+", docname) is not None


def _choose(app: Sphinx, config: Config) -> None:
    """Leave out what is not to be built, and stop at mistakes."""
    drafts = bool(os.environ.get("BLOG_DRAFTS"))
    today = os.environ.get("BLOG_TODAY") or dt.date.today().isoformat()
    found = []
    for path in sorted(Path(app.srcdir).glob(f"{BLOG}/*/*")):
        name = path.relative_to(app.srcdir).as_posix()
        if path.suffix in _OTHER_PAGES and is_post(name.removesuffix(path.suffix)):
            found.append(f"{name}: a post is a file .md; begin it with `make post TITLE=...`")
        if path.suffix != ".md":
            continue
        matter = front_matter(path)
        wrong = [f"{name}:{line}: {text}" for line, text in mistakes(matter, config)]
        hidden = matter.values.get("draft") is True
        if not hidden and not wrong:
            hidden = matter.values["date"] > today
        if hidden and not drafts:
            config.exclude_patterns.append(name)
        else:
            found += wrong
    if found:
        raise PostError("\n".join(found))


def _describe(app: Sphinx, doctree: nodes.document) -> None:
    """Note of each post what lists and pages say of it."""
    env = app.env
    if not is_post(env.docname):
        return
    env.metadata[env.docname]["orphan"] = True  # a post is in no toctree
    matter = front_matter(Path(env.doc2path(env.docname)))
    (lead,) = (p for p in doctree.findall(nodes.paragraph) if "post-summary" in p["classes"])
    figures = {node["names"][0]: node for node in doctree.findall(nodes.figure) if node["names"]}
    computed = [name for name in records(env).pages[env.docname].figures if name in figures]
    place = matter.values["image"]
    if len(computed) < place:
        where = f"{env.docname}.md:{matter.line('image')}"
        raise PostError(f"{where}: there is no such figure on the page")
    figure = computed[place - 1]
    posts(env)[env.docname] = Post(
        date=dt.date.fromisoformat(matter.values["date"]),
        title=without_notes(next(doctree.findall(nodes.title))),
        docname=env.docname,
        summary=without_notes(lead),
        tags=tuple(matter.values["tags"]),
        category=matter.values["category"],
        minutes=minutes(doctree),
        figure=figure,
        alt=next(figures[figure].findall(nodes.image))["alt"],
        figure_ids=tuple(figures[name]["ids"][0] for name in computed),
    )


def _number_figures(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    for post in posts(env).values():
        numbers: dict[str, tuple[int, ...]] = {
            name: (place,) for place, name in enumerate(post.figure_ids, start=1)
        }
        env.toc_fignumbers[post.docname] = {"figure": numbers}
    return []


def _add_byline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write date, reading time, category and tags below the title of a post."""
    post = posts(app.env).get(docname)
    if not is_site(app.builder) or post is None:
        return
    time = _("{n} min read").format(n=post.minutes)
    day = labels.date(post.date)
    line = nodes.paragraph("", f"{day} · {time}", classes=["post-byline"])
    pages = {post.category: page_of("category", post.category)}
    tags = {tag: page_of("tag", tag) for tag in sorted(post.tags, key=_)}
    for name, page in (pages | tags).items():
        address = app.builder.get_relative_uri(docname, page)
        line += [nodes.Text(" · "), nodes.reference("", _(name), refuri=address, internal=True)]
    next(doctree.findall(nodes.section)).insert(1, line)


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the list pages, and remove those of former builds."""
    made = list(listings(app.env))
    kept = app.env.found_docs | {listing.docname for listing in made}
    kept |= {listing.feed.removesuffix(".xml") for listing in made}
    out = Path(app.outdir)
    for path in (out / BLOG).rglob("*"):
        if path.is_file() and path.relative_to(out).with_suffix("").as_posix() not in kept:
            path.unlink()
    for listing in made:
        if is_live() and not _is_older(app, listing):
            continue
        front = listing.docname == made[0].docname
        context = {"title": str(escape(listing.title)), "groups": listing.groups, "front": front}
        yield listing.docname, context | {"post_feed": listing.feed}, "blog-list.html"


def _is_older(app: Sphinx, listing: Listing) -> bool:
    """Return whether a post has been read since a list page was written."""
    page = Path(app.outdir, f"{listing.docname}.html")
    return any(is_older(page, Path(app.doctreedir, f"{name}.doctree")) for name in posts(app.env))


def _add_context(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    context["post_date"] = labels.date
    context["tag_page"] = lambda tag: page_of("tag", tag)
    context["blog_index"] = f"{BLOG}/index" if posts(app.env) else ""
    context["blog_feed"] = context.get("post_feed") or f"{BLOG}/atom.xml"
    context["blog_archives"] = [f"{BLOG}/{name}" for name in ("archive", "tag", "category")]
    context["post"] = posts(app.env).get(pagename)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Choose the posts, collect them, and write their list pages."""
    app.add_config_value("post_tags", [], "env", types=[list])
    app.add_config_value("post_categories", [], "env", types=[list])
    app.add_config_value("blog_baseurl", "", "html", types=[str])
    app.add_config_value("blog_feed_subtitle", "", "html", types=[str])
    app.add_transform(LeadParagraph)
    app.connect("config-inited", _choose, priority=ConfigOrder.CHOOSE_POSTS)
    app.connect("doctree-read", _describe, priority=Read.DESCRIBE_POST)
    app.connect("env-get-updated", _number_figures, priority=Numbering.POST_FIGURES)
    keep_by_page(app, posts)
    app.connect("doctree-resolved", _add_byline)
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _add_context, priority=PageContext.BLOG)
    return {
        "version": "2",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
