"""The book's parts in the PDF, and what the LaTeX builder gets wrong in this book.

Closes: Sphinx's LaTeX builder drops the captions of toctrees, which are the titles of the parts
(https://github.com/sphinx-doc/sphinx/issues/3169), and numbers the chapters of all of them.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.texescape import escape
from sphinx.util.typing import ExtensionMetadata


def _insert_parts(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    if app.builder.name != "latex":
        return
    files = {node["docname"]: node for node in doctree.findall(addnodes.start_of_file)}
    for toctree in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        first = next((name for _title, name in toctree["entries"] if name in files), None)
        if first and toctree.get("caption"):
            node = files[first]
            command = "BookPart" if toctree.get("numbered") else "BookUnnumberedPart"
            part = f"\\{command}{{{escape(toctree['caption'], 'lualatex')}}}\n"
            node.parent.insert(node.parent.index(node), nodes.raw("", part, format="latex"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Insert the parts when the pages have been put together."""
    app.connect("doctree-resolved", _insert_parts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
