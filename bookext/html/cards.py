"""The picture of a chapter that a shared link shows: its title and its first figure.

Posts have theirs from ``bookext/blog/card.py``, whose layout this is.

Closes: sphinxext-opengraph draws one kind of card, of text alone
(https://github.com/sphinx-doc/sphinxext-opengraph/issues/145).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.card import HEIGHT, WIDTH, card
from bookext.common.addresses import address
from bookext.common.i18n import _
from bookext.common.nodes import chapter_number
from bookext.common.order import Numbering, PageContext
from bookext.common.outputs import is_live
from bookext.common.places import CHAPTERS
from bookext.html.contents import contents
from bookext.html.pixels import pixels
from bookext.records.cell_outputs import executed_notebook, records


class Shown(NamedTuple):
    """The first figure of a page: the picture, and what it shows in words."""

    svg: str
    alt: str


def first_figure(env: BuildEnvironment, docname: str) -> Shown | None:
    """Return the first figure that a cell of the page drew as vectors, if there is one."""
    page = records(env).pages.get(docname)
    if page is None or not page.figures:
        return None
    for cell in executed_notebook(env, docname).cells:
        name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
        if name in page.figures:
            for output in cell.outputs:
                if "image/svg+xml" in (data := output.get("data", {})):
                    return Shown(data["image/svg+xml"], _alternative(env, docname, name))
    return None


def _alternative(env: BuildEnvironment, docname: str, name: str) -> str:
    """Return what a figure shows in words, in the language of the edition."""
    label = nodes.make_id(name)
    figures = env.get_doctree(docname).findall(nodes.figure)
    figure = next(figure for figure in figures if label in figure["ids"])
    return str(next(figure.findall(nodes.image)).get("alt", ""))


def _of_the_book(env: BuildEnvironment) -> Shown | None:
    """Return the first figure of the first chapter, which stands for the book."""
    chapters = [entry for part in contents(env) for entry in part.chapters]
    return first_figure(env, chapters[0].docname) if chapters else None


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the front page if the figure on its card is another one now; all, if there is none."""
    before, now = getattr(env, "bookext_front_figure", None), _of_the_book(env)
    env.bookext_front_figure = now  # type: ignore[attr-defined]
    if (now is None) != (before is None):
        return sorted(env.found_docs)
    return [env.config.root_doc] if now != before else []


def _add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the card of a chapter, and that of the book with its first figure."""
    if app.builder.name != "html":
        return
    env, front = app.env, pagename == app.config.root_doc
    if not front and not pagename.startswith(CHAPTERS):
        _lend(app, context, doctree)
        return
    target = Path(app.outdir, f"{pagename}.png")
    shown = _of_the_book(env) if front else first_figure(env, pagename)
    if shown is None:  # nor a card from before
        target.unlink(missing_ok=True)
        return
    number = chapter_number(env, pagename)
    title = env.titles[pagename].astext()
    below = app.config.project
    if number:
        below = _("{book} · chapter {number}").format(book=below, number=number)
    if not (is_live() and target.is_file()):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(card(title, below, pixels(shown.svg)))
    context["meta"] = (context["meta"] or {}) | {
        "og:image": f"{pagename}.png",
        "og:image:alt": shown.alt,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
    }


def _lend(app: Sphinx, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page that has no card that of the book."""
    if app.env.bookext_front_figure is None:  # type: ignore[attr-defined]
        return
    card_of_book = f"{app.config.root_doc}.png"
    if doctree is None:
        context["shared"] = {
            "image": address(app.config, card_of_book),
            "alt": app.config.project,
        }
        return
    lent = {
        "og:image": card_of_book,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
    }
    meta = context["meta"] or {}
    context["meta"] = meta if "og:image" in meta else lent | meta


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the pictures with the pages."""
    # When chapters have their numbers, by which the first is known.
    app.connect("env-get-updated", _outdated, priority=Numbering.READERS)
    # Before sphinxext-opengraph reads what the page says of itself.
    app.connect("html-page-context", _add, priority=PageContext.POST_PICTURES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
