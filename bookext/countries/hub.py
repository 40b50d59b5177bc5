"""The hub: the directive ``hub PART`` of its page, with the data for its script.

``home`` and ``compare`` are what the script fills; their content, and a table, is what readers
without a script, or of paper, find in its place. ``countries``, ``people`` and ``hashtags`` are
tables. All is from the record of the list of countries.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import of_tables
from bookext.common.nodes import joined, reference, table
from bookext.common.outputs import SITE, script
from bookext.countries.record import hub_digest, record, state
from bookext.countries.sheets import terms_of_tables
from bookext.records.licences import written

_ALIVE = {"home": "homes", "compare": "compared"}
_RANKINGS = ("countries", "people")  # below headings of the third level
_TABLES = (*_RANKINGS, "hashtags")
_UNSEARCHED = "no-search"
# Letters of a cell: on a phone, longer ones leave rows of columns blank, and rows become cards.
_LONG = 100


class Hub(SphinxDirective):
    """Put a part of the hub here."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the part."""
        part = self.arguments[0]
        if part not in (*_ALIVE, *_TABLES):
            raise self.error(f"there is no part '{part}', only {', '.join((*_ALIVE, *_TABLES))}")
        kept = state(self.env)
        if kept.run is None:  # of a page that is read alone
            return []
        kept.shown[self.env.docname] = hub_digest(self.env)
        found = record(self.env)["hub"]
        if part in _ALIVE:
            still = nodes.container("", *self.parse_content_to_nodes(), classes=["hub-still"])
            still += self._table(found[_ALIVE[part]])
            whole = nodes.container("", classes=[f"hub-{part}", _UNSEARCHED])
            if part == "home":
                data = nodes.raw("", script("hub", found["data"]), format="html")
                whole += addnodes.only("", data, expr=SITE)
            whole += still
            return [whole, *([self._terms()] if part == "compare" else [])]
        listed = found[part] if isinstance(found[part], list) else [found[part]]
        tables = [node for each in listed for node in self._table(each)]
        return [nodes.container("", *tables, classes=["hub-table", _UNSEARCHED])]

    def _terms(self) -> nodes.paragraph:
        """Return under which licence the numbers of the hub may be taken."""
        found = record(self.env)
        words, terms = found["words"], terms_of_tables(found, found["hub"]["tables"])
        said = f"{words['terms'].format(terms=written(terms))} {words['cite']}"
        return nodes.paragraph("", said, classes=["country-source"])

    def _table(self, made: Any) -> list[nodes.Node]:
        """Return a table below its title, and what must be said of it."""
        title = nodes.rubric("", made["title"], classes=["hub-title"])
        title["heading-level"] = 4 if self.arguments[0] in _RANKINGS else 3
        long = any(len(cell) > _LONG for row in made["rows"] for cell in row)
        classes = ["longtable", *(["cards"] if long else [])]
        body = table(made["widths"], made["rows"], classes, head=made["head"])
        words, resources = record(self.env)["words"], record(self.env)["tables"]
        before, after = words["tables"].split("{tables}")
        links = joined(
            reference(
                self.env,
                "ref",
                f"table-{name}",
                of_tables(resources[name]["madeBy"])(resources[name]["title"]),
            )
            for name in made["tables"]
        )
        note = f"{made['note']} {before}".lstrip()
        source = nodes.paragraph("", "", nodes.Text(note), *links, nodes.Text(after))
        source["classes"] = ["country-source"]
        return [title, body, source]


def _add_files(
    app: Sphinx,
    _page: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    containers = doctree.findall(nodes.container) if doctree else ()
    if any("hub-home" in container["classes"] for container in containers):
        app.add_css_file("countries.css")
        app.add_css_file("hub.css")
        app.add_js_file("hub.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive, and its script to the page that uses it."""
    app.add_directive("hub", Hub)
    app.connect("html-page-context", _add_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
