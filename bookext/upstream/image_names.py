"""Finds a picture whose name has a blank, an umlaut or another letter that addresses encode.

Closes: MyST-Parser hands the name of a picture on as it stands in an address, `my%20map.png`, and
Sphinx looks for a file of that name (seen in MyST-Parser 5.2.0; links to files are decoded there).

Risk: none; a name that is handed on decoded stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Reading


class PlainNames(SphinxTransform):
    """Decode the names of pictures that are there."""

    default_priority = Reading.IMAGE_NAMES

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Decode them."""
        for image in self.document.findall(nodes.image):
            plain = unquote(image.get("uri", ""))
            if "://" not in plain and Path(self.env.relfn2path(plain)[1]).is_file():
                image["uri"] = plain


def setup(app: Sphinx) -> ExtensionMetadata:
    """Decode names while a page is read."""
    app.add_transform(PlainNames)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
