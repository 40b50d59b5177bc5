"""Figures that load when they are wanted, take their place at once, and weigh little.

Every picture gets its width and height, so that nothing jumps when it arrives, and all but the
first of a page wait until they are near. A figure that a cell drew is written anew: vectors in
steps of a hundredth of a point, without what nobody sees, and with attributes instead of styles,
which a strict policy forbids to a picture that is opened by itself; dots as lossless WebP if that
is smaller. Scour, the usual tool for the vectors, takes five times as long for files that are
larger when packed, and had its last release in 2020.

Closes: Sphinx has no option to load pictures late
(https://github.com/sphinx-doc/sphinx/issues/6706), and writes neither their size nor smaller ones.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bookext.common.kept import write_whole
from bookext.common.order import Writing
from bookext.common.outputs import builder, is_live, is_site

_STEPS = 100  # in a point
_UNSEEN = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_PATH = re.compile(r'(<path\b[^>]*?\sd=")([^"]*)"')
_PLACE = re.compile(r'\s[xy]="[^"]*"|translate\([^)]*\)')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_TOKEN = re.compile(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?")
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}
_EMPTY = re.compile(r"<g/>|<g></g>|<defs/>|<defs></defs>")
_BARE = re.compile(r"<g>((?:(?!</?g\b).)*)</g>", re.DOTALL)
_STYLE = re.compile(r' style="([^"]*)"')
_SHEET = re.compile(r"<style[^>]*>\*\{([^}]*)\}</style>")
_LENGTH = re.compile(r"<svg\b[^>]*?\swidth=\"([\d.]+)(pt|px|)\"[^>]*?\sheight=\"([\d.]+)\2\"")


NARROW = "(max-width: 40rem)"
"""Screens that get the narrow drawing of a figure, as a condition of a style sheet."""


class picture(nodes.General, nodes.Element):  # noqa: N801
    """A figure that has two drawings; holds the wide one, and leads to what it ``opens``."""


def lighter(svg: str) -> str:
    """Return a figure of matplotlib's that looks the same and takes less room.

    Parameters
    ----------
    svg
        The figure; its coordinates are points.
    """
    svg = _UNSEEN.sub("", svg).strip()
    svg = _PATH.sub(lambda match: f'{match[1]}{relative(match[2])}"', svg)
    svg = _PLACE.sub(lambda match: _LONG.sub(_rounded, match[0]), svg)
    svg = re.sub(r">\s+<", "><", svg)
    svg = re.sub(r"(?<=[:;]) ", "", svg)
    svg = _without_styles(svg)
    called = set(re.findall(r"#([\w.-]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in called else "", svg)
    return _until_same(lambda text: _BARE.sub(r"\1", _EMPTY.sub("", text)), svg)


def _without_styles(svg: str) -> str:
    """Write the look of each element as attributes; the sheet of all is the root's to hand down."""
    for sheet in _SHEET.findall(svg):
        svg = svg.replace("<svg", f"<svg{_attributes(sheet)}", 1)
    return _STYLE.sub(lambda match: _attributes(match[1]), _SHEET.sub("", svg))


def _attributes(declarations: str) -> str:
    pairs = (one.split(":", 1) for one in declarations.split(";") if one)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _until_same(change: Callable[[str], str], text: str) -> str:
    while (changed := change(text)) != text:
        text = changed
    return text


def relative(path: str) -> str:
    """Return a path whose points are given from the point before, in steps.

    Steps are counted from the origin, so that their roundings do not add up.
    """
    tokens = iter(_TOKEN.findall(path))
    parts: list[str] = []
    here = start = (0, 0)
    last = ""
    for command in tokens:
        if command in "zZ":
            parts.append("z")
            here, last = start, "z"
            continue
        if command not in _NUMBERS:
            return path
        points = [round(float(next(tokens)) * _STEPS) for _ in range(_NUMBERS[command])]
        moves = [point - here[index % 2] for index, point in enumerate(points)]
        name = command.lower()
        if command == "L" and 0 in moves:
            name, moves = ("h", moves[:1]) if moves[1] == 0 else ("v", moves[1:])
        silent = name == last != "m" or (name, last) == ("l", "m")
        parts.append(_joined("" if silent else name, moves))
        last, here = name, (points[-2], points[-1])
        if command == "M":
            start = here
    return "".join(parts).strip()


def _joined(name: str, moves: list[int]) -> str:
    text = name
    for move in moves:
        number = _decimal(move)
        text += number if text == name != "" or number[0] == "-" else f" {number}"
    return text


@cache
def _decimal(steps: int) -> str:
    text = f"{steps / _STEPS:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)


def _rounded(match: re.Match[str]) -> str:
    return _decimal(round(float(match[0]) * _STEPS))


def size(path: Path) -> tuple[int, int] | None:
    """Return width and height of a picture in pixels of a page, if it says."""
    if path.suffix.lower() != ".svg":
        with Image.open(path) as picture:
            return picture.size
    found = _LENGTH.search(path.read_text("utf-8"))
    if found is None:
        return None
    scale = 96 / 72 if found[2] == "pt" else 1
    return round(float(found[1]) * scale), round(float(found[3]) * scale)


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
    target = folder / f"{source.stem}.min{source.suffix}"
    if source.suffix == ".svg":
        if is_live() and target.is_file():  # its name tells what it shows
            return target
        write_whole(target, lighter(source.read_text("utf-8")).encode())
    else:
        target = target.with_suffix(".webp")
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
