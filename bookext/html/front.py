"""What the front page lists: the chapters by part, the newest posts, and the whole book as a file.

Closes: Sphinx's toctree can be shown as a list, but not with the numbers that chapters have in
parts (https://github.com/sphinx-doc/sphinx/issues/4318), and it knows no posts.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import newest
from bookext.common.i18n import _
from bookext.common.order import Writing
from bookext.common.outputs import builder, is_site
from bookext.common.places import BLOG, COUNTRY_LIST, HUB
from bookext.html.contents import Entry, contents
from bookext.html.takeaways import offer
from govsocial import labels

_POSTS = 3


class front_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands for a list until all pages are read; ``kind`` says which."""


class FrontList(SphinxDirective):
    """List ``start``, ``chapters``, ``posts`` or ``countries`` on the front page of the site."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a mark; other pages may not be read yet."""
        if (kind := self.arguments[0]) not in _LISTS:
            raise self.error(f"there is no list '{kind}', only {', '.join(_LISTS)}")
        return [front_list(kind=kind)]


class WriteFrontLists(SphinxPostTransform):
    """Put the lists in the place of the marks."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write each list; what is taken away has its own contents."""
        for mark in list(self.document.findall(front_list)):
            made = _LISTS[mark["kind"]](self) if is_site(builder(self.env)) else []
            mark.replace_self(made)

    def link(self, docname: str, text: str, classes: tuple[str, ...] = ()) -> nodes.reference:
        """Return a link from this page to another one."""
        uri = builder(self.env).get_relative_uri(self.env.docname, docname)
        return nodes.reference("", text, refuri=uri, internal=True, classes=list(classes))


def _start(to: WriteFrontLists) -> list[nodes.Node]:
    """Return the way into the first chapter, and the files of the whole book."""
    first = next((e for part in contents(to.env) for e in part.chapters), None)
    if first is None:
        return []
    begin = to.link(first.docname, _("Start reading"), ("start",))
    offers = nodes.raw("", f"<ul>{offer(to.config, to.env.docname)}</ul>", format="html")
    return [nodes.container("", nodes.paragraph("", "", begin), offers, classes=["begin"])]


def _chapters(to: WriteFrontLists) -> list[nodes.Node]:
    """Return the chapters, a list per part."""
    parts = []
    for part in contents(to.env):
        if not part.chapters:
            continue
        overview = next((e for e in part.entries if not e.number), None)
        title: nodes.Node = nodes.Text(part.title)
        if overview is not None:
            title = to.link(overview.docname, part.title)
        items = [_item(to, entry) for entry in part.chapters]
        numbered = nodes.enumerated_list(
            "", *items, enumtype="arabic", start=int(part.chapters[0].number)
        )
        heading = nodes.paragraph("", "", nodes.strong("", "", title))
        parts.append(nodes.container("", heading, numbered, classes=["part"]))
    return [nodes.container("", *parts, classes=["chapter-list"])]


def _item(to: WriteFrontLists, entry: Entry) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", to.link(entry.docname, entry.title)))


def _posts(to: WriteFrontLists) -> list[nodes.Node]:
    """Return the newest posts, and the way to all."""
    items = [
        nodes.list_item(
            "",
            nodes.paragraph(
                "",
                "",
                to.link(post.docname, post.title),
                nodes.Text(f" · {labels.date(post.date)}"),
            ),
        )
        for post in newest(to.env)[:_POSTS]
    ]
    if not items:
        return []
    every = nodes.list_item("", nodes.paragraph("", "", to.link(f"{BLOG}/index", _("All posts"))))
    return [nodes.bullet_list("", *items, every, bullet="*")]


def _countries(to: WriteFrontLists) -> list[nodes.Node]:
    """Return the way to the countries, where the book has them."""
    if COUNTRY_LIST not in to.env.found_docs:
        return []
    heading = nodes.strong("", "", to.link(COUNTRY_LIST, _("Countries")))
    words = _("What the book, its figures and its tables say of each country.")
    paragraphs = [nodes.paragraph("", "", heading), nodes.paragraph("", words)]
    if HUB in to.env.found_docs:
        hub = to.link(HUB, _("Who names whom, and up to four countries over time"))
        paragraphs.append(nodes.paragraph("", "", hub))
    return [nodes.container("", *paragraphs, classes=["door"])]


_LISTS = {"start": _start, "chapters": _chapters, "posts": _posts, "countries": _countries}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(front_list)
    app.add_directive("front-list", FrontList)
    app.add_post_transform(WriteFrontLists)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
