"""Formulas as MathML, written at build time.

Closes: Sphinx renders formulas with MathJax, a script from a content delivery network, or with
pictures of them. Browsers draw MathML themselves, screen readers read it, and docutils,
which Sphinx is built on, already knows how to write it. Nothing is downloaded.
"""

from __future__ import annotations

from docutils import nodes
from docutils.utils.math import MathError
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bookext.common.formulas import mathml
from bookext.common.nodes import equation_number

_LOGGER = logging.getLogger(__name__)


def _mathml(node: nodes.Element, *, block: bool) -> str:
    try:
        return mathml(node.astext(), block=block)
    except MathError as error:
        _LOGGER.warning(
            "formula %r: %s; write it with the LaTeX that docutils knows; "
            "several lines in `aligned`",
            node.astext(),
            error,
            location=node,
            type="govsocial",
        )
        return ""


def _inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(_mathml(node, block=False))
    raise nodes.SkipNode


def _block(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if number := equation_number(self.builder.env, self.docnames[-1], node):
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(_mathml(node, block=True) + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer that ``html_math_renderer`` names."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
