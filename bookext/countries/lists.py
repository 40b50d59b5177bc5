"""The list of all places: the directive ``country-list`` of its page.

On the site there are a map, an alphabet with a box to find a name in, the regions, and a table; the
map and the lists hold the same links. In the PDF there is the table alone. Without a script nothing
is missing but the box and the sorting.

Closes: Sphinx lists pages of a toctree only, and by their titles.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.nodes import Cell, table
from bookext.common.outputs import SITE
from bookext.common.places import COUNTRY_LIST
from bookext.countries.mentions import link_to
from bookext.countries.record import record, state


class CountryList(SphinxDirective):
    """List every place that has a page."""

    def run(self) -> list[nodes.Node]:
        """Return the map, the lists and the table."""
        if state(self.env).run is None:  # of a page that is read alone
            return []
        found = record(self.env)
        words = found["words"]
        site = addnodes.only("", expr=SITE)
        for name, html in (
            ("on_map", _map(found)),
            ("by_name", _alphabet(found)),
            ("by_region", _regions(found)),
        ):
            section = _section(name.replace("_", "-"), words[name])
            section += nodes.raw("", html, format="html")
            site += section
        numbers = _section("by-number", words["by_number"])
        numbers += nodes.paragraph("", words["table"], classes=["country-note"])
        numbers += _table(found)
        return [site, numbers]


def _section(name: str, title: str) -> nodes.section:
    heading = nodes.title("", title)
    return nodes.section("", heading, ids=[name], names=[name], classes=["no-search"])


def _link(place: Any, inner: str = "", more: str = "") -> str:
    return f'<a href="{place["slug"]}.html"{more}>{inner or escape(place["name"])}</a>'


def _map(found: Any) -> str:
    """Return the map; its links stand once more in the lists, where keys reach them."""
    shapes = found["map"]
    width, height = shapes["size"]
    parts = [f'<path class="country-rest" d="{shapes["rest"]}"/>']
    dots = []
    for code, place in found["places"].items():
        shape = shapes["places"][code]
        title = f"<title>{escape(place['name'])}</title>"
        outline = f'{title}<path d="{shape["path"]}"/>'
        parts.append(_link(place, outline, ' tabindex="-1"'))
        if "dot" in shape:
            x, y = (value * shapes["steps"] for value in shape["dot"])
            dot = f'{title}<circle cx="{x:g}" cy="{y:g}" r="{2.6 * shapes["steps"]:g}"/>'
            dots.append(_link(place, dot, ' tabindex="-1"'))
    scale = f"scale({1 / shapes['steps']:g})"
    return (
        f'<svg class="country-map" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<g transform="{scale}">{"".join(parts + dots)}</g></svg>\n'
    )


def _alphabet(found: Any) -> str:
    """Return the box, which the script shows, and the links by their first letters."""
    words = found["words"]
    letters: dict[str, list[Any]] = defaultdict(list)
    for place in found["places"].values():
        letters[place["sort"][0].upper()].append(place)
    said = {key: words[key] for key in ("found", "none_found", "sort")}
    box = (
        f'<div class="country-find" hidden data-words="{escape(json.dumps(said))}">'
        f'<label for="country-find">{escape(words["find"])}</label>'
        '<input id="country-find" type="search" autocomplete="off" spellcheck="false"/>'
        '<p role="status"></p></div>'
    )
    lists = "".join(
        f'<div class="country-letter"><p aria-hidden="true">{letter}</p>{_links(places)}</div>'
        for letter, places in letters.items()
    )
    return f'{box}<div class="country-letters">{lists}</div>\n'


def _links(places: Iterable[Any]) -> str:
    items = []
    for place in places:
        names = " ".join([place["name"], place["official"], *place["others"], *place["sought"]])
        items.append(f'<li data-names="{escape(names)}">{_link(place)}</li>')
    return f"<ul>{''.join(items)}</ul>"


def _regions(found: Any) -> str:
    """Return the links by region, the regions in the order of their names, those in none last."""
    elsewhere = found["words"]["elsewhere"]
    by_region: dict[str, list[Any]] = defaultdict(list)
    for place in found["places"].values():
        by_region[found["regions"].get(place["region"], elsewhere)].append(place)
    parts = "".join(
        f"<h3>{escape(name)}</h3>{_links(by_region[name])}"
        for name in sorted(by_region, key=lambda name: (name == elsewhere, name))
    )
    note = f'<p class="country-note">{escape(found["words"]["region_note"])}</p>'
    return f'<div class="country-regions">{parts}</div>{note}\n'


def _table(found: Any) -> nodes.table:
    words = found["words"]
    head = [words[key] for key in ("country", "arrival", "place", "requests", "shutdowns")]
    rows = [list(_row(code, place, words)) for code, place in found["places"].items()]
    return table((30, 19, 17, 17, 17), rows, ["country-table", "longtable"], head=head, stub=True)


def _row(code: str, place: Any, words: Any) -> Iterator[Cell]:
    row = place["row"]
    yield [link_to(code, place["name"])]
    if row["doubtful"]:
        yield words["doubtful"].format(month=row["arrival"])
    else:
        yield row["arrival"] or (words["not_by"] if row["studied"] else words["not_studied"])
    yield words["not_ranked"] if row["place"] is None else str(row["place"])
    yield row["requests"]
    yield words["not_counted"] if row["shutdowns"] is None else str(row["shutdowns"])


def _add_script(
    app: Sphinx, page: str, _template: str, _context: dict[str, Any], _doctree: Any
) -> None:
    if page == COUNTRY_LIST:
        app.add_js_file("countries.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive, and its script to the page that uses it."""
    app.add_directive("country-list", CountryList)
    app.connect("html-page-context", _add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
