"""Tables of pandas, of the code that is shown, and other HTML that is not the book's own.

Closes: pandas writes a style sheet, a border and empty headings into each table
(https://github.com/pandas-dev/pandas/issues/16180), and ``viewcode`` a ``div`` into a ``pre``.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Writing
from bookext.html.translator import section_title

_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)


class Frames(SphinxPostTransform):
    """Write the tables that a cell shows anew."""

    default_priority = Writing.FOLDS
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the HTML that cells left."""
        for raw in self.document.findall(nodes.raw):
            if raw.get("format") == "html" and 'class="dataframe"' in raw.astext():
                text = plain(raw.astext(), section_title(raw))
                raw.children = [nodes.Text(text)]
                raw.rawsource = text


def plain(html: str, title: str) -> str:
    """Return pandas' table without its looks, with a caption and scopes.

    Parameters
    ----------
    html
        What pandas wrote.
    title
        The caption; it is read out, not shown.
    """
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for style in root.xpath("//style"):
        style.drop_tree()
    for element in root.xpath("//*[@style or @border]"):
        element.attrib.pop("style", None)
        element.attrib.pop("border", None)
    for table in root.xpath("//table"):
        caption = lxml.html.Element("caption", {"class": "visually-hidden"})
        caption.text = title
        table.insert(0, caption)
    for heading in root.xpath("//th"):
        if not heading.text_content().strip():
            heading.tag = "td"
        else:
            heading.set("scope", "col" if heading.xpath("ancestor::thead") else "row")
    content = "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
    return f'<div class="pst-scrollable-table-container">{content}</div>'


def _spans_in_code(
    _app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Write the blocks of a module's code as spans."""
    if pagename.startswith("_modules/"):
        context["body"] = _PRE.sub(
            lambda match: match[0].replace("<div ", "<span ").replace("</div>", "</span>"),
            context["body"],
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write tables and code anew, as a page is written."""
    app.add_post_transform(Frames)
    app.connect("html-page-context", _spans_in_code)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
