"""A reference to a table leads to its page on the site, and to its line in PDF and EPUB.

Closes: a label of Sphinx stands for one place in all outputs.
"""

from __future__ import annotations

from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Writing
from bookext.common.outputs import SiteTransform, builder
from bookext.tables.names import label_of, page_of

_LABEL = label_of("")


class TableLinks(SiteTransform):
    """Let the references of a page lead to the pages of tables."""

    default_priority = Writing.TABLE_LINKS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Resolve each reference to a table that has a page."""
        for found in list(self.document.findall(addnodes.pending_xref)):
            target = str(found["reftarget"])
            if found["reftype"] != "ref" or not target.startswith(_LABEL):
                continue
            page = page_of(target.removeprefix(_LABEL))
            if page not in self.env.found_docs:
                continue
            content = found.children
            if not found["refexplicit"]:  # the title of the table
                content = [self.env.titles[page].deepcopy()]
            here = self.env.docname
            link = make_refnode(builder(self.env), here, page, None, list(content))
            found.replace_self(link)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Resolve before Sphinx does."""
    app.add_post_transform(TableLinks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
