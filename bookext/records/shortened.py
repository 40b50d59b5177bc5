"""Lists of the site that nobody reads on paper: what stands in their place in PDF and EPUB.

The catalogue of tables becomes a line per table. Of the pages that ``book_online_only`` names,
one chapter keeps what each says of itself, and its address if the site has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from bookext.common.i18n import _, of_tables
from bookext.common.nodes import as_written, joined
from bookext.records.descriptors import descriptor_paths, licences, load
from bookext.records.licences import written


def catalogue(env: BuildEnvironment) -> nodes.definition_list:
    """Return a list of the tables: title, name, sources, licence."""
    items = [_item(env, name, load(path)) for name, path in descriptor_paths(env).items()]
    return nodes.definition_list("", *items, classes=["register"])


def _item(env: BuildEnvironment, name: str, resource: dict[str, Any]) -> nodes.definition_list_item:
    called: nodes.Node = nodes.literal("", name)
    if base := env.config.html_baseurl:
        called = nodes.reference("", "", called, refuri=f"{base}data/{resource['path']}")
    titles = ", ".join(dict.fromkeys(source["title"] for source in resource["sources"]))
    named = nodes.Text(_("Sources") + ": "), nodes.inline("", titles, classes=as_written(env))
    facts: list[nodes.Node] = [nodes.inline("", "", *named)]
    if terms := ", ".join(map(written, licences(resource))):
        facts.append(nodes.Text(f"{_('Licence of the sources')}: {terms}"))
    title = of_tables(resource["madeBy"])(resource["title"])
    term = nodes.term("", title, ids=[nodes.make_id(f"table-{name}")])
    line = nodes.paragraph("", "", *joined([called, *facts], " · "))
    return nodes.definition_list_item("", term, nodes.definition("", line))


def online(env: BuildEnvironment, pages: Iterable[tuple[str, nodes.document]]) -> nodes.section:
    """Return a chapter on pages that are in the online edition only.

    Parameters
    ----------
    env
        The environment of the build.
    pages
        Names and trees of the pages.
    """
    chapter = nodes.section("", nodes.title("", _("In the online edition")), ids=["online"])
    for name, page in pages:
        whole = next(page.findall(nodes.section))
        section = nodes.section("", whole[0].deepcopy(), ids=list(whole["ids"]))
        for child in whole.children[1:]:
            if not isinstance(child, nodes.paragraph):
                break
            section += child.deepcopy()
        if address := env.config.html_baseurl:
            address = f"{address}{name}.html"
            section += nodes.paragraph("", "", nodes.reference("", address, refuri=address))
        chapter += section
    return chapter
