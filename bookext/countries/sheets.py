"""One page per place, filled from the record of the list page.

Closes: Sphinx makes pages from files only (see ``bookext/common/sheets.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.common.apostrophes import curled
from bookext.common.i18n import of_tables
from bookext.common.nodes import joined, reference
from bookext.common.outputs import finish
from bookext.common.places import COUNTRY_LIST, HUB
from bookext.common.sheets import Kind, add_pages
from bookext.countries.mentions import link_to, where_mentioned
from bookext.countries.record import code_of, place_digest, record, state
from bookext.records.licences import of_figure, written
from govsocial.countries.places import ADDRESSES, page

_SHEET = Path(__file__).with_name("country.sheet")
# Which record the data beside the pages is of.
_NOTE = "countries.txt"
# A search for "shutdowns" is to find the chapter before 197 pages that count them.
_UNSEARCHED = "no-search"


def _places(_root: Path, found: Collection[str]) -> Iterable[str]:
    return map(page, ADDRESSES) if COUNTRY_LIST in found else ()


def _fill(env: BuildEnvironment, document: nodes.document, names: list[str]) -> nodes.section:
    """Return the page of a place."""
    # Its texts have apostrophes only, which `common.apostrophes` curls on all pages.
    document.settings.smart_quotes = False
    code = code_of(env.docname)
    if code is None:
        raise ValueError(f"{env.docname} is no page of a place")
    state(env).shown[env.docname] = place_digest(env, code)
    found = record(env)
    place = found["places"][code]
    env.metadata[env.docname]["og:description"] = description(place)
    top = nodes.section("", nodes.title("", place["name"]), ids=[place["slug"]])
    for part in names:
        top += list(_PARTS[part](env, place, found))
    return top


def _list_page(_docname: str) -> str:
    return f"{COUNTRY_LIST}.md"


def _text(text: str, *classes: str) -> nodes.paragraph:
    return nodes.paragraph("", text, classes=list(classes))


def _names(_env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    """Return official and other names: a search finds a place by each."""
    words = found["words"]
    said = [words["official"].format(name=place["official"])] if place["official"] else []
    if place["others"]:
        said.append(words["also"].format(names="; ".join(place["others"])))
    if said:
        yield _text(" · ".join(said), "country-names")
    if place["sought"]:
        sought = escape(". ".join(place["sought"]))
        yield nodes.raw("", f'<p class="country-sought" hidden>{sought}</p>', format="html")


def _lede(_env: BuildEnvironment, place: Any, _found: Any) -> Iterator[nodes.Node]:
    yield _text(place["lede"], "country-lede", _UNSEARCHED)


def _status(_env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    if place["status"]:
        yield _text(place["status"], "country-status", _UNSEARCHED)
    if place["apart"]:
        apart = found["words"]["apart"].format(names=", ".join(place["apart"]))
        yield _text(f"{apart}.", "country-status", _UNSEARCHED)


def _sections(env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    for section in place["sections"]:
        node = _section(section["id"], section["title"])
        if section["text"]:
            node += _text(" ".join(section["text"]))
        if strip := section["strip"]:
            key = f'<p class="country-key">{escape(curled(strip["key"]), quote=False)}</p>'
            drawn = f'<div class="country-strip">{strip["svg"]}{key}</div>'
            node += nodes.raw("", drawn, format="html")
        for each in section["lists"]:
            node += _text(each["lead"], "country-lead")
            node += nodes.bullet_list("", *map(_item, each["items"]), bullet="*")
        node += _text(section["caveat"], "country-caveat")
        node += _origin(env, section, found)
        # Alone in its paragraph, a link has the title of its page for words.
        node += nodes.paragraph("", "", _chapter(env, section["chapter"]), classes=["country-more"])
        yield node


def _section(name: str, title: str) -> nodes.section:
    classes = ["country-part", _UNSEARCHED]
    return nodes.section("", nodes.title("", title), ids=[name], names=[name], classes=classes)


def _item(item: list[str]) -> nodes.list_item:
    code, text, count = item
    content: list[nodes.Node] = [link_to(code, text) if code else nodes.Text(text)]
    if count:
        content.append(nodes.Text(f" ({count})"))
    return nodes.list_item("", nodes.paragraph("", "", *content))


def _origin(env: BuildEnvironment, section: Any, found: Any) -> nodes.paragraph:
    links = joined(_table_link(env, found["tables"][name], name) for name in section["tables"])
    before, after = found["words"]["tables"].split("{tables}")
    source = found["words"]["source"].format(source=section["source"])
    content = [nodes.Text(f"{source} {before}"), *links, nodes.Text(after)]
    return nodes.paragraph("", "", *content, classes=["country-source"])


def _table_link(env: BuildEnvironment, resource: Any, name: str) -> nodes.Node:
    title = of_tables(resource["madeBy"])(resource["title"])
    return reference(env, "ref", f"table-{name}", title)


def _chapter(env: BuildEnvironment, docname: str) -> nodes.Node:
    link = reference(env, "doc", f"/{docname}", "")
    link["refexplicit"] = False
    return link


def _book(_env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    node = _section("book", found["words"]["book"])
    node += where_mentioned("", code=_code(place))
    yield node


def _code(place: Any) -> str:
    return next(code for code, slug in ADDRESSES.items() if slug == place["slug"])


def _unknown(_env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    if not place["unknown"]:
        return
    node = _section("unknown", found["words"]["unknown"])
    items = (
        nodes.definition_list_item(
            "", nodes.term("", title), nodes.definition("", nodes.paragraph("", reason))
        )
        for title, reason in place["unknown"]
    )
    node += nodes.definition_list("", *items)
    yield node


def _take(env: BuildEnvironment, place: Any, found: Any) -> Iterator[nodes.Node]:
    words = found["words"]
    node = _section("take", words["take"])
    data = nodes.reference("", words["csv"], refuri=f"{place['slug']}.csv", internal=True)
    links: list[nodes.Node] = [data]
    if HUB in env.found_docs:
        seen = f"hub.html#hub?home={_code(place)}"
        links.append(nodes.reference("", words["hub"], refuri=seen, internal=True))
    links.append(reference(env, "doc", f"/{COUNTRY_LIST}", words["all"]))
    items = (nodes.list_item("", nodes.paragraph("", "", link)) for link in links)
    node += nodes.bullet_list("", *items, bullet="*")
    node += _text(words["open"])
    said = words["terms"].format(terms=written(terms_of(found, place)))
    node += _text(f"{said} {words['cite']}", "country-source")
    yield node


def description(place: Any) -> str:
    """Return what a list of results says of the page."""
    topics = "; ".join(section["title"] for section in place["sections"])
    return f"{place['name']}. {place['lede']} {topics}."


def terms_of(found: Any, place: Any) -> str:
    """Return the licence of the page of a place: the strictest of its tables, or the book's.

    Raises
    ------
    LicenceError
        If the terms of two tables exclude each other.
    """
    return terms_of_tables(
        found, {name for section in place["sections"] for name in section["tables"]}
    )


def terms_of_tables(found: Any, names: Iterable[str]) -> str:
    """Return the strictest licence of some tables, or the book's."""
    terms = of_figure([found["tables"][name] for name in sorted(names)])
    return terms[0] if terms else "CC-BY-4.0"


_PARTS: dict[str, Callable[[BuildEnvironment, Any, Any], Iterator[nodes.Node]]] = {
    "names": _names,
    "lede": _lede,
    "status": _status,
    "sections": _sections,
    "book": _book,
    "unknown": _unknown,
    "take": _take,
}


def _write_data(app: Sphinx) -> None:
    """Write the data of each page beside it, and remove what is of no page."""
    folder = Path(app.outdir, COUNTRY_LIST).parent
    if not folder.is_dir():
        return
    run, note = state(app.env).run, Path(app.doctreedir, _NOTE)
    # Read anew only when there is something new: it is all pages of all places.
    there = any(folder.glob("*.csv")) == bool(run)
    if there and note.is_file() and note.read_text("utf-8") == repr(run):
        return
    places = record(app.env)["places"].values() if run else ()
    pages = {"index", "hub", *(place["slug"] for place in places)} if run else set()
    for place in places:
        (folder / f"{place['slug']}.csv").write_text(place["csv"], "utf-8")
    for path in folder.iterdir():
        if path.suffix in {".html", ".csv", ".png"} and path.stem not in pages:
            path.unlink()
    note.write_text(repr(run), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the pages and their data."""
    add_pages(Kind(_SHEET, _places, _fill, _list_page))
    finish(app, _write_data)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
