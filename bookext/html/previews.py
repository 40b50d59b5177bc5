"""What a reference leads to, beside it: the meaning of a term, a source, a figure.

The text is written below the page when it is built, once per target, in native popovers; a script
shows it while a mouse or the focus is on the reference, or after a tap. Without one, the reference
leads where it always did.

Closes: Sphinx shows sources in tooltips that neither keyboard nor touch can reach, and terms and
figures not at all; sphinx-hoverxref, which does, asks a server (seen in 1.5.0).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.nodes import without_notes
from bookext.common.order import PageContext, Resolved
from bookext.common.outputs import is_site
from bookext.common.places import BIBLIOGRAPHY, GLOSSARY
from bookext.html.foreign import foreign_titles
from bookext.html.images import picture
from bookext.records.number_role import fill

_TERM = re.compile(rf"{GLOSSARY}\.html#(term-.+)$")
_SOURCE = re.compile(rf"{BIBLIOGRAPHY}\.html#")
_LONGEST = 400  # letters of a preview


def definitions(env: BuildEnvironment) -> dict[str, str]:
    """Return the first paragraph of each term's meaning, by the term's anchor."""
    found: dict[str, str] = {}
    if GLOSSARY not in env.found_docs:
        return found
    for item in env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
        meaning = next(iter(item.findall(nodes.definition)), None)
        if meaning is None:
            continue
        first = next(iter(meaning.findall(nodes.paragraph)), meaning).deepcopy()
        fill(env, first)
        for term in item.findall(nodes.term):
            found.update(dict.fromkeys(term["ids"], first.astext()))
    return found


class Previews:
    """The previews of one page."""

    def __init__(self, terms: dict[str, str], titles: dict[str, tuple[str, str]]) -> None:
        self.terms = terms
        self.titles = titles
        self.found: dict[str, tuple[str, str]] = {}  # by target: identifier, HTML

    def mark(self, document: nodes.document) -> None:
        """Tell each reference the identifier of its preview."""
        figures = {name: f for f in document.findall(nodes.figure) for name in f["ids"]}
        for reference in document.findall(nodes.reference):
            if not reference.get("internal"):
                continue
            target = reference.get("refuri") or f"#{reference.get('refid', '')}"
            if html := self._html(reference, target, figures):
                number = len(self.found) + 1
                identifier, _html = self.found.setdefault(target, (f"preview-{number}", html))
                reference["preview"] = identifier
                reference.attributes.pop("reftitle", None)

    def _html(
        self, reference: nodes.reference, target: str, figures: dict[str, nodes.figure]
    ) -> str:
        if target in self.found:
            return self.found[target][1]
        if (match := _TERM.search(target)) and match[1] in self.terms:
            return _box(self.terms[match[1]], target, _("Glossary"))
        if _SOURCE.search(target) and reference.get("reftitle"):
            box = _box(reference["reftitle"], target, _("Bibliography"))
            title, code = self.titles.get(target.partition("#")[2], ("", ""))
            spoken = escape(" ".join(title.split()))
            return box.replace(spoken, f'<span lang="{code}">{spoken}</span>', 1) if code else box
        figure = figures.get(target.removeprefix("#"))
        if figure is not None and reference.astext():
            return _box(_caption(figure), target, _("To the figure"), _picture(figure))
        return ""


def _caption(figure: nodes.figure) -> str:
    caption = next(iter(figure.findall(nodes.caption)), None)
    return without_notes(caption) if caption else ""


def _picture(figure: nodes.figure) -> str:
    """Return the drawing of a figure for phones, which fits, or else the figure; empty if none."""
    drawn = next(iter(figure.findall(picture)), None)
    if drawn is not None:
        return _image(drawn["source"], drawn)
    image = next(iter(figure.findall(nodes.image)), None)
    return _image(image["uri"], image) if image is not None else ""


def _image(source: str, sized: nodes.Element) -> str:
    given = (f'{name}="{sized[name]}"' for name in ("width", "height") if name in sized)
    return f'<img src="{source}" alt="" {" ".join(given)} loading="lazy">'


def _box(text: str, target: str, link: str, image: str = "") -> str:
    """Return the inside of a preview."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rpartition(' ')[0]} …"
    return f'{image}<p>{escape(words)}</p><p><a href="{escape(target)}">{escape(link)}</a></p>'


def _mark(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    if not is_site(app.builder):
        return
    shared = app.builder.__dict__
    if "book_terms" not in shared:
        shared["book_terms"] = definitions(app.env)
        shared["book_titles"] = foreign_titles(app.env)
    previews = Previews(shared["book_terms"], shared["book_titles"])
    previews.mark(doctree)
    doctree["previews"] = dict(previews.found.values())


def _add(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the previews to the template, with the addresses of their pictures."""
    found: dict[str, str] = doctree.get("previews", {}) if doctree is not None else {}
    images: dict[str, str] = getattr(app.builder, "images", {})
    pathto = context["pathto"]

    def source(match: re.Match[str]) -> str:
        # A drawing for phones is known by its name in the site already.
        return f'src="{pathto(f"_images/{images.get(match[1], match[1])}", 1)}"'

    context["previews"] = {
        name: re.sub(r'src="([^"]*)"', source, html) for name, html in found.items()
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the previews with the page."""
    app.connect("doctree-resolved", _mark, priority=Resolved.PREVIEWS)
    app.connect("html-page-context", _add, priority=PageContext.SHELL)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
