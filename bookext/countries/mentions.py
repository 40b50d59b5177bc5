"""Where the book speaks of a place: marks in the text, which lead to its page and are listed there.

Two kinds of marks: the role ``{country}`Georgia <GEO>```, and the list ``countries/mentions.csv``,
which says on which pages the name of which places means the place (``python tools/mentions.py``
proposes, an author decides: Jordan is a name of people, Georgia a state of two countries). On such
a page the first time that the name stands in the text becomes a link. Where no sentence has it (but
a caption, or other words in another language), the page is listed all the same.

Closes: a search for words finds names that mean somebody else; the index of Sphinx knows no places.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.addnodes import glossary, index, pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import posts
from bookext.common.errors import FileError, read_text
from bookext.common.i18n import _
from bookext.common.nodes import chapter_number
from bookext.common.order import Numbering, Reading, Writing
from bookext.common.outputs import builder, is_site
from bookext.common.places import CHAPTERS, PARTS, POSTS
from bookext.countries.record import names_digest, record, state
from govsocial.countries.places import ADDRESSES, FOLDER, page

_PAGES = (CHAPTERS, POSTS, PARTS, "index")
LIST = f"{FOLDER}/mentions.csv"
_ROLE = re.compile(r"(.+?)\s*<([A-Z]{3})>")
# In these, a word is no sentence's, or a link already.
_PASSED_OVER = (
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.reference,
    nodes.title,
    nodes.rubric,
    nodes.comment,
    nodes.citation,
    nodes.footnote,
    nodes.table,
    nodes.caption,
    nodes.legend,
    glossary,
    index,
    pending_xref,
)


class country_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A name that leads to the page of its place, on the site; elsewhere a name."""


class where_mentioned(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the list of mentions until all pages are read."""


def link_to(code: str, text: str) -> country_link:
    """Return a name that leads to the page of a place.

    Parameters
    ----------
    code
        The place.
    text
        Its name, as it stands in the text.
    """
    return country_link("", text, code=code)


class CountryRole(SphinxRole):
    """Mark a name as that of a place: ``{country}`Georgia <GEO>```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark."""
        found = _ROLE.fullmatch(self.text)
        if not found or found[2] not in ADDRESSES:
            message = self.inliner.reporter.error(
                f"'{self.text}' names no place: write {{country}}`Georgia <GEO>`", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [link_to(found[2], found[1])], []


class Line(NamedTuple):
    """A line of the list: the places that are marked on a page, and its number in the file."""

    codes: list[str]
    number: int


@lru_cache(maxsize=2)
def _listed(path: Path, _changed: int) -> dict[str, Line]:
    found: dict[str, Line] = {}
    rows = csv.DictReader(read_text(path).splitlines())
    for row in rows:
        name, codes, more = row.get("page"), row.get("countries"), row.get(None)
        if not name or not codes or more:
            said = "write a page and its codes: chapters/control,IND RUS"
            raise FileError(path, said, rows.line_num)
        if name in found:
            said = f"{name} stands in line {found[name].number}, too; make one line of both"
            raise FileError(path, said, rows.line_num)
        found[name] = Line(codes.split(), rows.line_num)
        if unknown := [code for code in found[name].codes if code not in ADDRESSES]:
            said = f"{unknown[0]} is no code of a place; look into govsocial/countries/places.py"
            raise FileError(path, said, rows.line_num)
    return found


def read_list(path: Path) -> dict[str, Line]:
    """Return which places are marked on which page, by the list; none without a list.

    Raises
    ------
    FileError
        If a line is damaged or names no place.
    """
    return _listed(path, path.stat().st_mtime_ns) if path.is_file() else {}


def listed(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return which places are marked on which page of the book.

    Raises
    ------
    FileError
        If a line of the list is damaged, or names no place or no page; a post may be a draft.
    """
    path = Path(env.srcdir, LIST)
    found = read_list(path)
    for name, line in found.items():
        if not (name.startswith(_PAGES) and Path(env.srcdir, f"{name}.md").is_file()):
            said = f"no chapter, part or post is {name}; correct its name, or delete the line"
            raise FileError(path, said, line.number)
    return {name: line.codes for name, line in found.items()}


class MarkMentions(SphinxTransform):
    """Mark the listed places of a page, and note all marks."""

    default_priority = Reading.MENTIONS

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Mark the first time that each name stands in the text."""
        env = self.env
        kept = state(env)
        if kept.run is None or not env.docname.startswith(_PAGES):
            return
        env.note_dependency(LIST)
        wanted = listed(env).get(env.docname, [])
        if wanted:
            kept.shown[env.docname] = names_digest(env)
            self._mark(wanted)
        found: dict[str, str] = {}
        for link in self.document.findall(country_link):
            found.setdefault(link["code"], _anchor(link))
        for code in wanted:
            found.setdefault(code, "")
        if found:
            kept.mentions[env.docname] = found

    def _mark(self, codes: list[str]) -> None:
        places = record(self.env)["places"]
        every = sorted((place["name"] for place in places.values()), key=len, reverse=True)
        # Longer names first: Guinea is no part of Papua New Guinea.
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, every))})(?![\w-])")
        wanted = {places[code]["name"]: code for code in codes}
        for text in list(_sentences(self.document)):
            if not wanted:
                return
            _link(text, pattern, wanted)


def _sentences(document: nodes.document) -> Iterator[nodes.Text]:
    """Return the pieces of text that are sentences of the page."""
    for text in document.findall(nodes.Text):
        parent = text.parent
        while parent is not None and not isinstance(parent, _PASSED_OVER):
            if isinstance(parent, nodes.container) and parent.get("nb_element"):
                break
            parent = parent.parent
        if parent is None:
            yield text


def _link(text: nodes.Text, pattern: re.Pattern[str], wanted: dict[str, str]) -> None:
    """Put links into a piece of text for the names in it that are wanted, and want them no more."""
    parts: list[nodes.Node] = []
    end, whole = 0, str(text)
    for found in pattern.finditer(whole):
        if code := wanted.pop(found[0], None):
            parts += [nodes.Text(whole[end : found.start()]), link_to(code, found[0])]
            end = found.end()
    if parts:
        parts.append(nodes.Text(whole[end:]))
        text.parent.replace(text, [part for part in parts if part.astext()])


def _anchor(node: nodes.Node) -> str:
    """Return the anchor of the section that a mark stands in, empty for the top of the page."""
    parent = node.parent
    while parent is not None:
        # A section within an exercise or a solution has an anchor that is never written.
        if isinstance(parent, nodes.section) and isinstance(parent.parent, nodes.section):
            return str(parent["ids"][0])
        parent = parent.parent
    return ""


def _all(env: BuildEnvironment) -> dict[str, list[tuple[str, str, str]]]:
    """Return the mentions by place: page, anchor and title, in the order of the pages."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    mentions = state(env).mentions
    for docname in sorted(mentions.keys() & env.titles.keys(), key=partial(_order, env)):
        number, title = chapter_number(env, docname), env.titles[docname].astext()
        for code, anchor in mentions[docname].items():
            found[code].append((docname, anchor, f"{number}. {title}" if number else title))
    return dict(found)


def _order(env: BuildEnvironment, docname: str) -> tuple[int, object, str]:
    """Return what sorts the pages: chapters as in the book, posts by their days, then others."""
    if numbers := env.toc_secnumbers.get(docname, {}).get(""):
        return 0, numbers, docname
    if post := posts(env).get(docname):
        return 1, post.date, docname
    return 2, "", docname


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages of places whose mentions changed."""
    kept = state(env)
    if kept.run is None:
        return []
    now, before = _all(env), kept.written
    kept.written = now
    changed = {code for code in now.keys() | before.keys() if now.get(code) != before.get(code)}
    return sorted(name for code in changed if (name := page(code)) in env.found_docs)


class WriteLinks(SphinxPostTransform):
    """Turn marks into links on the site, and list them on the pages of places."""

    default_priority = Writing.COUNTRY_LINKS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the marks and the list of mentions."""
        made = builder(self.env)
        site = is_site(made)
        for link in list(self.document.findall(country_link)):
            target = page(link["code"])
            if site and target in self.env.found_docs:
                uri = made.get_relative_uri(self.env.docname, target)
                options = {"refuri": uri, "internal": True, "classes": ["country-link"]}
                link.replace_self(nodes.reference("", link.astext(), **options))
            else:
                link.replace_self(nodes.Text(link.astext()))
        for mark in list(self.document.findall(where_mentioned)):
            mark.replace_self(self._list(state(self.env).written.get(mark["code"], [])))

    def _list(self, found: list[tuple[str, str, str]]) -> nodes.Element:
        if not found:
            return nodes.paragraph("", _("We have marked no chapter or post that speaks of it."))
        items = nodes.bullet_list(bullet="*")
        for docname, anchor, title in found:
            uri = builder(self.env).get_relative_uri(self.env.docname, docname)
            uri += f"#{anchor}" if anchor else ""
            link = nodes.reference("", title, refuri=uri, internal=True)
            items += nodes.list_item("", nodes.paragraph("", "", link))
        return items


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role, the marks of the list, and the links."""
    app.add_node(country_link)
    app.add_node(where_mentioned)
    app.add_role("country", CountryRole())
    app.add_transform(MarkMentions)
    app.add_post_transform(WriteLinks)
    # When chapters have their numbers.
    app.connect("env-get-updated", _outdated, priority=Numbering.READERS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
