"""*The data*: the directive ``data-catalogue``, all tables by the chapter that uses them most.

On the site each leads to its page; in PDF and EPUB there is a line per table. The anchors
``#table-NAME`` are those of the time when one page described them all.

Closes: no Sphinx extension renders Frictionless Data Resources.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on
from bookext.common.find import box
from bookext.common.i18n import _, of_tables
from bookext.common.nodes import Cell, chapter_number, joined, reference, table
from bookext.common.order import Writing
from bookext.common.outputs import builder, is_site
from bookext.common.places import DATA
from bookext.records.cell_outputs import records
from bookext.records.descriptors import descriptor, descriptor_paths, licences, load, table_names
from bookext.records.licences import written
from bookext.records.shortened import catalogue
from bookext.tables.names import label_of, page_of
from bookext.tables.pages import years
from bookext.tables.uses import Use, uses
from govsocial import labels

PACKAGE = "datapackage.json"


class data_catalogue(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the list of tables until all pages are read."""


class DataCatalogue(SphinxDirective):
    """List every table of the book."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark, and the places that references to tables name."""
        if self.env.docname != DATA:
            raise self.error(f"the list of tables belongs into {DATA}.md, where links look")
        records(self.env).readers.add(self.env.docname)
        places = self.env.domains.standard_domain
        for name in depends_on(self.env, table_names, Path(self.env.srcdir)):
            resource = descriptor(self.env, name)
            title = of_tables(resource["madeBy"])(resource["title"])
            place = self.env.docname, nodes.make_id(label_of(name))
            places.anonlabels[label_of(name)] = place
            places.labels[label_of(name)] = (*place, title)
        return [data_catalogue()]


class Group(NamedTuple):
    """Tables under one heading: of the chapter that uses them most."""

    docname: str
    title: str
    tables: list[str]


def groups(env: BuildEnvironment) -> list[Group]:
    """Return all tables by chapter, then those that no chapter uses."""
    found = uses(env)
    by_chapter: dict[str, list[str]] = defaultdict(list)
    order: dict[str, Use] = {}
    outside = []
    for name in descriptor_paths(env):
        chapters = [use for use in found.get(name, ()) if chapter_number(env, use.docname)]
        if chapters:
            most = max(chapters, key=lambda use: len(use.figures) + use.numbers)
            order[most.docname] = most
            by_chapter[most.docname].append(name)
        else:
            outside.append(name)
    grouped = [
        Group(
            docname, f"{chapter_number(env, docname)}. {order[docname].title}", by_chapter[docname]
        )
        for docname in sorted(order, key=lambda each: int(chapter_number(env, each)))
    ]
    return [*grouped, Group("", _("Outside the chapters"), outside)] if outside else grouped


class WriteCatalogue(SphinxPostTransform):
    """Put the list in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write tables by chapter on the site, a line each elsewhere."""
        for mark in list(self.document.findall(data_catalogue)):
            if not is_site(builder(self.env)):
                mark.replace_self(catalogue(self.env))
                continue
            found = groups(self.env)
            mark.replace_self([self._files(), box(), _chapters(found), *map(self._group, found)])

    def _files(self) -> nodes.paragraph:
        up = builder(self.env).get_relative_uri(self.env.docname, page_of("x"))
        links = [
            nodes.reference("", name, refuri=f"{up.rpartition('/')[0]}/{name}", internal=True)
            for name in (PACKAGE, "datapackage.yaml")
        ]
        said = _("All tables as one Frictionless data package:") + " "
        return nodes.paragraph("", "", nodes.Text(said), *joined(links))

    def _group(self, group: Group) -> nodes.section:
        heading = nodes.title("", group.title)
        head = [_("Table"), _("Rows"), _("Years of the sources"), _("Licence"), _("File")]
        head.append(_("Also used in"))
        rows = [self._row(name, group) for name in group.tables]
        content = table((44, 9, 14, 15, 8, 10), rows, ["tables", "cards", "found"], head=head)
        for row, name in zip(list(content.findall(nodes.row))[1:], group.tables, strict=True):
            row["ids"].append(nodes.make_id(label_of(name)))
            row["names"].append(name)
        classes = ["no-search", "found-group"]
        return nodes.section("", heading, content, ids=[_anchor(group)], classes=classes)

    def _row(self, name: str, group: Group) -> list[Cell]:
        resource = load(descriptor_paths(self.env)[name])
        title = of_tables(resource["madeBy"])(resource["title"])
        here, made_by = self.env.docname, builder(self.env)
        page = made_by.get_relative_uri(here, page_of(name))
        csv = f"{page.rpartition('/')[0]}/{name}.csv"
        others = [
            reference(self.env, "doc", f"/{use.docname}", number)
            for use in uses(self.env).get(name, ())
            if use.docname != group.docname and (number := chapter_number(self.env, use.docname))
        ]
        return [
            [nodes.reference("", title, refuri=page, internal=True)],
            labels.decimal(resource["rows"]),
            years(resource) or "–",
            ", ".join(dict.fromkeys(map(written, licences(resource)))),
            [nodes.reference("", "CSV", refuri=csv, internal=True)],
            [nodes.Text(_("ch.") + " "), *joined(others)] if others else "–",
        ]


def _chapters(found: list[Group]) -> nodes.bullet_list:
    """Return the way to each chapter's tables."""
    links = [
        nodes.reference("", group.title, refid=_anchor(group), internal=True) for group in found
    ]
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return nodes.bullet_list("", *items, bullet="*", classes=["group-links"])


def _anchor(group: Group) -> str:
    return nodes.make_id(f"of-{group.docname or 'none'}")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(data_catalogue)
    app.add_directive("data-catalogue", DataCatalogue)
    app.add_post_transform(WriteCatalogue)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
