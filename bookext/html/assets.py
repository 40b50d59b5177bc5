"""Pages that load what they use: one style sheet, scripts that wait, the icons in use.

Each page has the style sheets of the theme and of all extensions in one file, without the rules
that no page of the site can need; of the icon font, the signs that are left. What scripts add to a
page counts as used. On paper the light colours hold; where no script says whether it is to be
light or dark, a second sheet does. Scripts run when the page has been read, and only where there
is something for them to do; none stands in a page, as a strict policy wants it.

Closes: the theme loads Font Awesome twice, 1.5 MB as a script and 112 kB as a font
(https://github.com/pydata/pydata-sphinx-theme/issues/2379), before the page is drawn
(https://github.com/pydata/pydata-sphinx-theme/issues/2115), and the search index on every page.
Extensions add their files to all pages, needed or not
(https://github.com/sphinx-doc/sphinx/issues/8302), each in a file of its own.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tinycss2
from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, read_text
from bookext.common.order import Finished, PageContext
from bookext.common.outputs import finish, is_live, is_older

_SHEET = "_static/book.css"
_NO_SCRIPT = "_static/noscript.css"
_ICONS = "_static/icons.woff2"
_NOTE = "style.words"  # the names that the pages had, in the folder of doctrees
_EARLY = "early.js"  # says whether the page is light or dark before it is drawn
_FONT = "_static/vendor/fontawesome/webfonts/fa-solid-900.woff2"
_FAMILY = "Font Awesome 7 Free"
# Scripts that have nothing to do on a page without this.
_NEEDED = {
    "documentation_options.js": re.compile(r'class="highlight'),  # which copybutton.js reads
    "clipboard.min.js": re.compile(r'class="highlight'),
    "copybutton.js": re.compile(r'class="highlight'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-set\b'),
}
# What Sphinx's search needs, and nothing else; the theme's own menus are native elements here.
_FOR_SEARCH = {"doctools.js", "sphinx_highlight.js"}
# Makes a function of a text, which the policy forbids: where there is none, `search.js` loads it.
_ON_DISK = {"translations.js"}
_REPLACED = {"sphinx-book-theme.js"}
_DARK = re.compile(r"\[data-theme=[\"']?dark[\"']?\]")
_LIGHT = re.compile(r"\[data-theme=[\"']?light[\"']?\]")
_WIDTH = re.compile(r"w-(\d+)")
_ELEMENT = re.compile(r"<([a-z][\w-]*)")
_ATTRIBUTE = re.compile(r"\s(class|id|style)=\"([^\"]*)\"")
_SCRIPT = re.compile(r"<script[^>]*\ssrc=\"[^\"?]*(_static/[^\"?]+)")
_WORD = re.compile(r"[\w-]+")
_IN_SELECTOR = re.compile(r"\[[^\]]*\]|::?[\w-]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?")
_NAME = re.compile(r"[\w\\][\w\\-]*|-+[\w\\][\w\\-]*")
_GROUPS = {"media", "supports", "layer", "container"}
_SIGN = re.compile(r"\\([ef][0-9a-f]{3})(?![0-9a-f])|([\ue000-\uf8ff])")


@dataclass(frozen=True)
class Rule:
    """A part of a style sheet: what stands before the brace, and declarations or parts in it."""

    head: str
    declarations: tuple[tuple[str, str], ...] = ()
    parts: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        """Return the rule as text."""
        inner = ";".join(f"{name}:{value}" for name, value in self.declarations)
        return f"{self.head}{{{inner}{''.join(map(str, self.parts))}}}"


def parse(css: str) -> list[Rule]:
    """Return the rules of a style sheet, those for fonts apart."""
    return list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _rules(found: Iterable[Any]) -> Iterator[Rule]:
    for node in found:
        wrong = [node, *(getattr(node, "prelude", None) or ())]
        for error in (one for one in wrong if one.type == "error"):
            raise StyleError(error.message, error.source_line)
        if not node.content or getattr(node, "at_keyword", "") == "font-face":
            continue
        head = tinycss2.serialize(node.prelude).strip()
        name = node.at_keyword if node.type == "at-rule" else ""
        head = f"@{name} {head}".strip() if name else head
        if name in _GROUPS or name.endswith("keyframes"):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Rule(head, parts=tuple(_rules(inner)))
        else:
            yield Rule(head, tuple(_declarations(node.content)))


def _declarations(content: Any) -> Iterator[tuple[str, str]]:
    options = {"skip_comments": True, "skip_whitespace": True}
    for node in tinycss2.parse_blocks_contents(content, **options):
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip()
            yield node.name, f"{value}!important" if node.important else value


def prune(rules: Iterable[Rule], words: set[str]) -> list[Rule]:
    """Return the rules that a page can need.

    Parameters
    ----------
    rules
        The rules of the style sheets.
    words
        Names of the elements, classes, identifiers and custom properties that pages may have.

    Returns
    -------
    list
        The rules whose names all are among the words, without the custom properties and the
        animations that nothing refers to.
    """
    kept = [rule for rule in (_prune(rule, words) for rule in rules) if rule]
    while True:
        values = [value for rule in _flat(kept) for _name, value in rule.declarations]
        called = words | {word for value in values for word in _WORD.findall(value)}
        fewer = [rule for rule in (_drop(rule, called) for rule in kept) if rule]
        if fewer == kept:
            return kept
        kept = fewer


def _prune(rule: Rule, words: set[str]) -> Rule | None:
    if rule.parts and "keyframes" not in rule.head:
        parts = tuple(part for part in (_prune(part, words) for part in rule.parts) if part)
        return Rule(rule.head, parts=parts) if parts else None
    if rule.head.startswith("@"):
        return rule
    head = ",".join(one for one in selectors(rule.head) if needs(one) <= words)
    return Rule(head, rule.declarations) if head else None


def _drop(rule: Rule, called: set[str]) -> Rule | None:
    if "keyframes" in rule.head:
        return rule if rule.head.split()[-1] in called else None
    parts = tuple(part for part in (_drop(part, called) for part in rule.parts) if part)
    declarations = tuple(
        (name, value)
        for name, value in rule.declarations
        if not name.startswith("--") or name in called
    )
    return Rule(rule.head, declarations, parts) if parts or declarations else None


def _flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _flat(rule.parts)


def selectors(head: str) -> list[str]:
    """Return the selectors that commas separate."""
    found, depth = [""], 0
    for letter in head:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [one.strip() for one in found]


def needs(selector: str) -> set[str]:
    """Return the elements, classes and identifiers without which a selector matches nothing."""
    bare = _IN_SELECTOR.sub("", selector)
    return {name.replace("\\", "") for name in _NAME.findall(bare)}


def vocabulary(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Return the names that the pages have, or may get from their scripts."""
    found: set[str] = set()
    for page in pages:
        found.update(_ELEMENT.findall(page))
        for name, value in set(_ATTRIBUTE.findall(page)):
            found.update(_WORD.findall(value) if name == "style" else value.split())
    for script in scripts:
        found.update(_WORD.findall(script))
    return found


def on_paper(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules so that the light colours hold on paper, whatever the screen has."""
    found: list[Rule] = []
    for rule in rules:
        if rule.parts and "keyframes" not in rule.head:
            found.append(Rule(rule.head, parts=tuple(on_paper(rule.parts))))
            continue
        every = selectors(rule.head)
        dark = [one for one in every if _DARK.search(one)]
        light = [_LIGHT.sub("[data-theme]", one) for one in every if _LIGHT.search(one)]
        if others := [one for one in every if one not in dark]:
            found.append(Rule(",".join(others), rule.declarations))
        if dark:
            screen = Rule(",".join(dark), rule.declarations)
            found.append(Rule("@media screen", parts=(screen,)))
        if light:
            found.append(Rule("@media print", parts=(Rule(",".join(light), rule.declarations),)))
    return _joined(found)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with neighbours under the same condition put together."""
    found: list[Rule] = []
    for rule in rules:
        if found and rule.parts and rule.head == found[-1].head and rule.head.startswith("@media"):
            found[-1] = Rule(rule.head, parts=found[-1].parts + rule.parts)
        else:
            found.append(rule)
    return found


def without_script(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules of the dark theme for whose system is dark; the page says it is light."""
    condition = "@media screen and (prefers-color-scheme:dark)"
    dark = tuple(_only_dark(rules))
    hidden = Rule(".pst-js-only", (("display", "none!important"),))
    return [hidden, Rule(condition, parts=dark)] if dark else [hidden]


def _only_dark(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if rule.parts and "keyframes" not in rule.head:
            if parts := tuple(_only_dark(rule.parts)):
                yield Rule(rule.head, parts=parts)
        elif dark := [one for one in selectors(rule.head) if _DARK.search(one)]:
            head = ",".join(_DARK.sub("[data-theme]", one) for one in dark)
            yield Rule(head, rule.declarations)


def icons(css: str, font: Path) -> bytes:
    """Return a font of the signs that a style sheet uses.

    Parameters
    ----------
    css
        The style sheet.
    font
        The whole font.
    """
    signs = {int(code, 16) if code else ord(sign) for code, sign in _SIGN.findall(css)}
    options = subset.Options(flavor="woff2", name_IDs=[], layout_features=[], hinting=False)
    found = TTFont(font, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(found)
    found.flavor = "woff2"
    buffer = io.BytesIO()
    found.save(buffer)
    return buffer.getvalue()


def combine(text: str, words: set[str], font: Path) -> dict[str, bytes]:
    """Return the files that hold the look of the site: two style sheets, and the icons.

    Parameters
    ----------
    text
        All style sheets, one after the other.
    words
        What :func:`vocabulary` returns.
    font
        The whole font of icons.
    """
    licences = dict.fromkeys(re.findall(r"/\*!.*?\*/", text, re.DOTALL))
    rules = prune(parse(text), words)
    widths = sorted({int(found[1]) for word in words if (found := _WIDTH.fullmatch(word))})
    rules += [Rule(f".w-{width}", (("width", f"{width}%"),)) for width in widths]
    css = "\n".join(map(str, on_paper(rules)))
    signs = icons(css, font)
    face = (
        f'@font-face{{font-family:"{_FAMILY}";font-weight:900;font-display:block;'
        f"src:url({posixpath.basename(_ICONS)}?v={zlib.crc32(signs):08x})}}"
    )
    return {
        _SHEET: "\n".join([*licences, face, css, ""]).encode(),
        _NO_SCRIPT: "\n".join([*map(str, without_script(rules)), ""]).encode(),
        _ICONS: signs,
    }


def check(path: Path) -> None:
    """Refuse a style sheet of the book that a browser would read otherwise than it was meant.

    Raises
    ------
    FileError
        With the line where a browser stops to follow.
    """
    try:
        parse(read_text(path))
    except StyleError as error:
        raise FileError(path, f"{error}; mend the brackets before it", error.line) from None


class StyleError(ValueError):
    """A style sheet is wrong in a line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"{message} in a style sheet")
        self.line = line


class MissingAssetError(SphinxError):
    """A file of the theme, or of an extension, is not where it was."""

    category = "Missing asset"


def _existing(folder: Path, name: str) -> Path:
    """Return the path of a style sheet, script or font of the site."""
    path = folder / name
    if not path.is_file():
        theme = version("sphinx-book-theme")
        raise MissingAssetError(
            f"{name} is not among the site's files. Has it another name in sphinx-book-theme "
            f"{theme}, or in the extension that brings it? The names are in bookext/html/assets.py"
        )
    return path


def _read(folder: Path, sheet: str) -> str:
    text = _existing(folder, sheet).read_text("utf-8").replace('@charset "UTF-8";', "")

    def imported(match: re.Match[str]) -> str:
        return _read(folder, posixpath.join(posixpath.dirname(sheet), match[1]))

    return re.sub(r'@import "([^"]+)";', imported, text)


def _link_sheet(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Put the style sheet of the site in the place of those that all pages have."""
    sheets = sorted(context["css_files"], key=lambda sheet: sheet.priority)
    app.env.light_sheets = [str(sheet.filename) for sheet in sheets]  # type: ignore[attr-defined]
    context["css_files"].clear()
    app.add_css_file(posixpath.basename(_SHEET))


def _defer_scripts(
    _app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Let the scripts that a page needs run when it has been read."""
    needed = []
    for script in context["script_files"]:
        name = posixpath.basename(str(script.filename))
        if not name:
            if "DOCUMENTATION_OPTIONS" not in script.attributes["body"]:  # which the theme reads
                raise MissingAssetError(
                    f"{pagename}: an extension puts a script into the page, which the policy of "
                    f"the site forbids: {script.attributes['body'][:80]}. Put it into a file"
                )
            continue
        if pagename != "search" and (name in _FOR_SEARCH or not _needed(name, context)):
            continue
        if name in _ON_DISK:
            context.setdefault("scripts_on_disk", []).append(f"_static/{name}")
        if name in _ON_DISK | _REPLACED:
            continue
        if name != _EARLY:
            script.attributes["defer"] = "defer"
        needed.append(script)
    context["script_files"] = needed


def _needed(name: str, context: dict[str, Any]) -> bool:
    return name not in _NEEDED or bool(_NEEDED[name].search(context.get("body", "")))


def _write_sheet(app: Sphinx) -> None:
    """Write the style sheets when all pages are there, and tell them their version."""
    sheets = getattr(app.env, "light_sheets", None)
    if not sheets:
        return
    folder = Path(app.outdir)
    target, note = folder / _SHEET, Path(app.doctreedir, _NOTE)
    paths = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    known: set[str] = set()
    if is_live() and note.is_file():  # pages that were there have the words that they had
        paths = [path for path in paths if is_older(note, path)]
        known = set(note.read_text("utf-8").split())
    pages = {path: path.read_text("utf-8") for path in paths}
    names = {name for page in pages.values() for name in _SCRIPT.findall(page)}
    scripts = [_existing(folder, name).read_text("utf-8") for name in sorted(names)]
    text = "".join(_read(folder, sheet) for sheet in sheets)
    words = known | vocabulary(pages.values(), scripts)
    inputs = [Path(__file__).read_text("utf-8"), text, *sorted(words)]
    mark = f"/* {hashlib.sha256(chr(10).join(inputs).encode()).hexdigest()} */\n".encode()
    if not target.is_file() or not target.read_bytes().startswith(mark):
        for own in filter(Path.is_file, (Path(app.srcdir, sheet) for sheet in sheets)):
            check(own)
        made = combine(text, words, _existing(folder, _FONT))
        made[_SHEET] = mark + made[_SHEET]
        for name, content in made.items():
            (folder / name).write_bytes(content)
    note.write_text("\n".join(sorted(words)), "utf-8")
    _tell_versions(folder, pages, {_SHEET, _NO_SCRIPT, *names})


def _tell_versions(folder: Path, pages: dict[Path, str], names: set[str]) -> None:
    """Write the checksums of sheets and scripts into the pages that load them.

    As Sphinx does, which has those of the last build, and writes no page again for a script. The
    page keeps the time at which Sphinx wrote it: what is made from it is not older for this.
    """
    sums = {name: zlib.crc32((folder / name).read_bytes()) for name in names}
    loaded = re.compile(rf'({"|".join(map(re.escape, sorted(names)))})(?:\?v=\w+)?(?=")')
    for path, page in pages.items():
        fresh = loaded.sub(lambda match: f"{match[1]}?v={sums[match[1]]:08x}", page)
        if fresh != page:
            written = path.stat()
            path.write_text(fresh, "utf-8")
            os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take what the theme loads by itself among the files of the page, and lighten these."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    app.add_css_file("styles/theme.css", priority=100)
    app.add_css_file("styles/pydata-sphinx-theme.css", priority=101)
    app.add_js_file(_EARLY, priority=1)
    app.add_js_file("shell.js", priority=800)
    app.connect("html-page-context", _link_sheet, priority=PageContext.ONE_SHEET)
    app.connect("html-page-context", _defer_scripts, priority=PageContext.DEFERRED_SCRIPTS)
    finish(app, _write_sheet, priority=Finished.STYLE_SHEET)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
