"""What is around the text of every page: the contents of the book, and the ways to its rooms.

The contents come from the toctrees of the front page, once per build: a toctree with a caption
begins a part, those without one go on with it.

Closes: Sphinx resolves and renders the whole tree anew for every page, and the theme parses what
comes out (https://github.com/pydata/pydata-sphinx-theme/issues/381), so that the time of a full
build grows with the square of the number of pages; and neither knows parts that fold.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import posts
from bookext.common.i18n import _
from bookext.common.kept import keep_by_page
from bookext.common.nodes import chapter_number
from bookext.common.order import PageContext
from bookext.common.places import BLOG, CHAPTERS, COUNTRY_LIST, DATA, LAB_OVERVIEW, LABS, PARTS
from bookext.common.reading import minutes


class Entry(NamedTuple):
    """A page in the contents."""

    docname: str
    number: str  # of a chapter
    title: str


class Part(NamedTuple):
    """A part of the book."""

    title: str
    entries: list[Entry]

    @property
    def chapters(self) -> list[Entry]:
        """The numbered pages."""
        return [entry for entry in self.entries if entry.number]


class Room(NamedTuple):
    """A link of the bar above every page."""

    title: str
    docname: str
    current: bool


def contents(env: BuildEnvironment) -> list[Part]:
    """Return the parts of the book with their pages, in order."""
    root = env.config.root_doc
    found: list[Part] = []
    for tree in env.get_doctree(root).findall(addnodes.toctree):
        if tree["caption"] or not found:
            found.append(Part(tree["caption"] or env.titles[root].astext(), []))
        for title, docname in tree["entries"]:
            if docname in env.titles:
                name = title or env.titles[docname].astext()
                found[-1].entries.append(Entry(docname, chapter_number(env, docname), name))
    return found


def of_build(app: Sphinx) -> list[Part]:
    """Return the parts of the book with their pages, which are looked for once per build."""
    kept = app.builder.__dict__
    if "book_contents" not in kept:
        kept["book_contents"] = contents(app.env)
    found: list[Part] = kept["book_contents"]
    return found


def rooms(env: BuildEnvironment, pagename: str) -> list[Room]:
    """Return the rooms of the site that there are; one of them may be where the page is."""
    blog = f"{BLOG}/index" if posts(env) else ""
    places = {
        env.config.root_doc: (_("Book"), (CHAPTERS, PARTS)),
        blog: (_("Blog"), (f"{BLOG}/",)),
        COUNTRY_LIST: (_("Countries"), ("countries/",)),
        LAB_OVERVIEW: (_("Labs"), (LABS,)),
        DATA: (_("Data"), ("data/", "numbers/")),
    }
    there = {docname for docname in places if docname in env.found_docs} | {blog} - {""}
    return [
        Room(title, docname, pagename == docname or pagename.startswith(below))
        for docname, (title, below) in places.items()
        if docname in there
    ]


def place_of(env: BuildEnvironment, uri: str) -> str:
    """Return what the index calls a place: a chapter by its number, another page by its title."""
    docname = uri.partition("#")[0].rpartition(".")[0]
    if number := chapter_number(env, docname):
        return _("ch. {number}").format(number=number)
    return env.titles[docname].astext()


def reading_times(env: BuildEnvironment) -> dict[str, int]:
    """Return the minutes that each chapter takes."""
    if not hasattr(env, "book_minutes"):
        env.book_minutes = {}  # type: ignore[attr-defined]
    found: dict[str, int] = env.book_minutes  # type: ignore[attr-defined]
    return found


def _time(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname.startswith(CHAPTERS):
        reading_times(app.env)[app.env.docname] = minutes(doctree)


def _add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    context["parts"] = of_build(app)
    context["rooms"] = rooms(app.env, pagename)
    context["place_of"] = partial(place_of, app.env)
    context["minutes"] = reading_times(app.env).get(pagename)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hand the contents and the rooms to the templates."""
    app.connect("doctree-read", _time)
    keep_by_page(app, reading_times)
    app.connect("html-page-context", _add, priority=PageContext.SHELL)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
