"""Figures that load when they are wanted, take their place at once, and weigh little.

Every picture gets its width and height, so that nothing jumps when it arrives, and all but the
first of a page wait until they are near. A figure that a cell drew is written anew: vectors as
``common.drawings`` has them, dots as lossless WebP if that is smaller.

Closes: Sphinx has no option to load pictures late
(https://github.com/sphinx-doc/sphinx/issues/6706), and writes neither their size nor smaller ones.
"""

from __future__ import annotations

import io
import posixpath
import time
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bookext.common.drawings import lighter, size
from bookext.common.kept import write_whole
from bookext.common.order import Writing
from bookext.common.outputs import builder, is_live, is_site

_STARTED = time.time_ns()

NARROW = "(max-width: 40rem)"
"""Screens that get the narrow drawing of a figure, as a condition of a style sheet."""


class picture(nodes.General, nodes.Element):  # noqa: N801
    """A figure that has two drawings; holds the wide one, and leads to what it ``opens``."""


def smaller(source: Path, folder: Path) -> Path:
    """Write a figure of a cell anew.

    Parameters
    ----------
    source
        The figure, ``.svg`` or ``.png``.
    folder
        Where the new file goes.

    Returns
    -------
    Path
        The new file, or the figure itself if nothing would be won.
    """
    vectors = source.suffix == ".svg"
    target = folder / f"{source.stem}.min{'.svg' if vectors else '.webp'}"
    if target.is_file() and (is_live() or target.stat().st_mtime_ns > _STARTED):
        pass  # the site has it, and now the EPUB: its name tells what it shows
    elif vectors:
        write_whole(target, lighter(source.read_text("utf-8")).encode())
    else:
        dots = io.BytesIO()
        with Image.open(source) as picture:
            picture.save(dots, "WEBP", lossless=True, method=6, exact=True)
        write_whole(target, dots.getvalue())
    return target if target.stat().st_size < source.stat().st_size else source


class Pictures(SphinxPostTransform):
    """Give the pictures of a page their size and, if a cell drew them, a lighter file."""

    default_priority = Writing.IMAGES
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Go through the pictures that are files of the book."""
        images = list(self.document.findall(nodes.image))
        for image in filter(lambda one: self._file(one).is_file(), images):
            self._lighten(image)
            wished = {"width", "height", "scale"} & set(image.attributes)
            if not wished and (found := size(self._file(image))):
                image["width"], image["height"] = map(str, found)
        for image in images[1:]:
            image["loading"] = "lazy"
        if is_site(builder(self.env)):
            for image in [one for one in images if one.get("narrow")]:
                self._for_phones(image)

    def _for_phones(self, image: nodes.image) -> None:
        """Put a figure into a picture that has another drawing for narrow screens."""
        folder = self.env.doctreedir / "images"
        drawn = smaller(Path(image["narrow"]), folder)
        name = self.env.images.add_file(self.env.docname, str(drawn))
        builder(self.env).images[str(drawn)] = name
        width, height = cast("tuple[int, int]", size(drawn))  # Matplotlib writes it
        shown = picture("", source=name, width=width, height=height)
        image.replace_self(shown)
        shown += image
        image["classes"].append("no-scaled-link")

    def _file(self, image: nodes.image) -> Path:
        return Path(self.env.srcdir, image["uri"])

    def _lighten(self, image: nodes.image) -> None:
        drawn = Path(self.env.mystnb_config.output_folder)  # type: ignore[attr-defined]
        source = self._file(image).resolve()
        if source.suffix not in {".svg", ".png"} or not source.is_relative_to(drawn.resolve()):
            return
        folder = self.env.doctreedir / "images"
        folder.mkdir(exist_ok=True)
        uri = str(smaller(source, folder))
        image["uri"], image["candidates"] = uri, {"*": uri}
        self.env.images.add_file(self.env.docname, uri)


def _visit_picture(self: HTML5Translator, node: picture) -> None:
    address = posixpath.join(self.builder.imgpath, node["source"])
    size = f'width="{node["width"]}" height="{node["height"]}"'
    source = f'<source media="{NARROW}" srcset="{address}" {size}>'
    link = f'<a class="figure-open" href="{node["opens"]}">' if "opens" in node else ""
    self.body.append(f'{link}<picture class="figure-drawing">{source}')


def _depart_picture(self: HTML5Translator, node: picture) -> None:
    self.body.append("</picture></a>" if "opens" in node else "</picture>")


def _decode_late(
    _app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Let text be drawn before the pictures that wait; docutils knows no such attribute."""
    if "body" in context:
        context["body"] = context["body"].replace(
            ' loading="lazy"', ' decoding="async" loading="lazy"'
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Go through the pictures of each page as it is written."""
    app.add_node(picture, html=(_visit_picture, _depart_picture))
    app.add_post_transform(Pictures)
    app.connect("html-page-context", _decode_late)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
