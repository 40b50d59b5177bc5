"""*The data*: the directive ``data-catalogue``, one section per table, from its descriptor.

Closes: no Sphinx extension renders Frictionless Data Resources.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on
from bookext.common.i18n import _, of_tables
from bookext.common.nodes import Cell, cite, joined, reference, table
from bookext.common.order import Writing
from bookext.common.outputs import SITE, is_site
from bookext.records.cell_outputs import is_outside, records
from bookext.records.descriptors import (
    citations,
    descriptor,
    descriptor_paths,
    licences,
    table_names,
)
from govsocial import labels

_FOLDER = "data"


class table_users(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the figures drawn from a table until all pages are read."""


class DataCatalogue(SphinxDirective):
    """Describe every table of the book."""

    def run(self) -> list[nodes.Node]:
        """Return one section per descriptor, in the order of their names."""
        records(self.env).readers.add(self.env.docname)
        names = depends_on(self.env, table_names, Path(self.env.srcdir))
        return [self._section(name) for name in names]

    def _section(self, name: str) -> nodes.section:
        resource = descriptor(self.env, name)
        words = of_tables(resource["madeBy"])
        section = nodes.section(names=[f"table-{name}"])
        self.set_source_info(section)
        section += nodes.title("", words(resource["title"]), translatable=False)
        section += nodes.paragraph("", words(resource["description"]))
        section += self._facts(name, resource, words)
        # On paper the fields would fill more pages than the chapters.
        section += addnodes.only("", _fields(resource["schema"]["fields"], words), expr=SITE)
        if caveats := resource.get("caveats"):
            section += nodes.rubric("", _("What to know before using it"), translatable=False)
            section += _bullets(map(words, caveats))
        self.state.document.note_explicit_target(section, section)
        return section

    def _facts(
        self, name: str, resource: dict[str, Any], words: Callable[[str], str]
    ) -> nodes.table:
        document = self.state.document
        target = f"{_FOLDER}/{resource['path']}"
        download = nodes.reference("", resource["path"], refuri=f"../{target}", internal=True)
        made_by = nodes.literal("", resource["madeBy"])
        checksum = nodes.literal("", resource["hash"].removeprefix("sha256:"), classes=["checksum"])
        facts: list[tuple[str, Cell]] = [
            (_("Name"), [nodes.literal("", name)]),
            (_("Rows"), labels.decimal(resource["rows"])),
            (_("Sources"), joined([cite(self.env, document, k) for k in citations(resource)])),
            (_("Licence of the sources"), ", ".join(licences(resource))),
            (_("Redistribution"), "; ".join(map(words, resource["redistribution"]))),
            (_("Made by"), [made_by]),
            ("SHA-256", [checksum]),
            (_("File"), [download]),
            (_("Figures"), [table_users(table=name)]),
        ]
        return table((22, 78), facts, ["facts"], stub=True)


def _fields(fields: list[dict[str, Any]], words: Callable[[str], str]) -> nodes.table:
    rows: Iterator[list[Cell]] = (
        [
            [nodes.literal("", field["name"])],
            words(field["type"]),
            words(field["description"]),
            words(field["unit"]) if "unit" in field else "–",
        ]
        for field in fields
    )
    head = [_("Field"), _("Type"), _("Meaning"), _("Unit")]
    return table((22, 10, 48, 20), rows, ["fields", "longtable"], head=head)


def _bullets(texts: Iterable[str]) -> nodes.bullet_list:
    items = (nodes.list_item("", nodes.paragraph("", text)) for text in texts)
    return nodes.bullet_list("", *items, bullet="*")


class WriteUsers(SphinxPostTransform):
    """Put references to figures in the place of the mark."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Refer to each figure that is drawn from the table."""
        for mark in list(self.document.findall(table_users)):
            links = [
                reference(self.env, "numref", name, name)
                for name in _figures(self.env, mark["table"])
            ]
            mark.replace_self(joined(links) or nodes.Text("–"))


def _figures(env: BuildEnvironment, name: str) -> list[str]:
    return sorted(
        figure
        for docname, page in records(env).pages.items()
        for figure, record in page.figures.items()
        if name in record.tables and not is_outside(env, docname)
    )


def _copy_tables(app: Sphinx, exception: Exception | None) -> None:
    if exception or not is_site(app.builder):
        return
    folder = Path(app.outdir, _FOLDER)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, path in descriptor_paths(app.env).items():
        shutil.copy(path, folder)
        for file in path.parent.glob(f"{name}.*"):
            shutil.copy(file, folder)
    package = Path(app.srcdir, _FOLDER, "datapackage.yaml")
    if package.is_file():  # a small book may do without
        shutil.copy(package, folder)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and copy the tables beside the pages."""
    app.add_node(table_users)
    app.add_directive("data-catalogue", DataCatalogue)
    app.add_post_transform(WriteUsers)
    app.connect("build-finished", _copy_tables)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
