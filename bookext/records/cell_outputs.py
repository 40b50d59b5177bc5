"""What the executed cells of each page left behind: figures and numbers.

Closes: MyST-NB drops the metadata of outputs while it renders them, and the notebook that it
writes to ``jupyter_execute/`` has no outputs when they came from the cache. They are therefore
taken from the cache itself.

Other extensions of the book read ``records(env)``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import nbformat
from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.order import Numbering, Reading
from bookext.execution.store import Store
from bookext.records.cell_settings import misspelt, unknown
from govsocial.contract import FIGURE, GLUE, NUMBER

_NUMBER = GLUE + NUMBER
_WRITTEN = ("text/html", "text/markdown", "text/latex")
# Another at each run: where an object lies in the memory, and the process that ran the cell.
_OF_THE_RUN = re.compile(r"\bat 0x[0-9a-f]{6,}|/ipykernel_\d+/")
# Another on each machine. A traceback goes through libraries, whose places it has to name.
_FOLDERS = (Path(os.environ.get("HOME", "")), Path.cwd(), Path(gettempdir()))
_PLACES = re.compile(
    rf"(?<![\w/.:-])({'|'.join(re.escape(str(one)) for one in _FOLDERS if one.name)})(?![\w.-])"
)
# What no page draws: all but what MyST-NB keeps for the book, or can show.
_INTERACTIVE = re.compile(rf"application/(?!pdf$|{GLUE.partition('/')[2]})")


@dataclass(frozen=True)
class FigureRecord:
    """A figure's tables, the function that drew it, the data drawn, as CSV, and its words.

    ``narrow`` is the file with the drawing for phones, or empty.
    """

    tables: tuple[str, ...]
    maker: str
    drawn: str
    words: tuple[str, ...] = ()
    narrow: str = ""


@dataclass(frozen=True)
class NumberRecord:
    """A number handed to the prose, and the line of its cell; without tables, a constant."""

    key: str
    kind: str
    value: Any
    pattern: str
    printed: str
    unit: str
    tables: tuple[str, ...]
    line: int


@dataclass
class Page:
    """The records of one page: figures by cell, named figures, numbers; what is refused.

    ``pictures`` is a checksum of what copies of its figures show.
    """

    cells: dict[int, list[FigureRecord | None]] = field(default_factory=dict)
    figures: dict[str, FigureRecord] = field(default_factory=dict)
    numbers: list[NumberRecord] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    pictures: str = ""


@dataclass
class Records:
    """The records of all pages, and the pages that show those of others.

    ``readers`` print numbers, and names of figures; ``shown`` is a checksum of all that they print.
    ``copiers`` show pictures of other pages, and ``pictures`` is what each page had for them.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    readers: set[str] = field(default_factory=set)
    copiers: set[str] = field(default_factory=set)
    pictures: dict[str, str] = field(default_factory=dict)
    shown: str = ""


def records(env: BuildEnvironment) -> Records:
    """Return the records of the book."""
    if not hasattr(env, "bookext_records"):
        env.bookext_records = Records()  # type: ignore[attr-defined]
    kept: Records = env.bookext_records  # type: ignore[attr-defined]
    return kept


def is_outside(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a page stands outside the order of the book, as the posts do."""
    return "orphan" in env.metadata[docname]


class CollectRecords(SphinxTransform):
    """Collect the records of a page while it is read."""

    default_priority = Reading.COLLECT_OUTPUTS

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Read the executed notebook, if this page is one."""
        page = records(self.env).pages[self.env.docname] = Page()
        if NbMetadataCollector.get_exec_data(self.env, self.env.docname):
            folder = Path(self.env.mystnb_config.output_folder)  # type: ignore[attr-defined]
            collect(page, executed_notebook(self.env, self.env.docname), folder)


def place(env: BuildEnvironment, node: nodes.Node) -> tuple[str, int | None]:
    """Return the page being read, and the line of a node: in a notebook, of its cell.

    MyST-NB gives the nodes of a cell the line 0.
    """
    lines = env.metadata[env.docname].get("source_map", [])
    while not node.line and node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            index = node["cell_index"]
            return env.docname, lines[index] + 1 if lines else index + 1
    return env.docname, node.line


def executed_notebook(env: BuildEnvironment, docname: str) -> nbformat.NotebookNode:
    """Return the notebook of a page with the outputs of its execution."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    path = Path(config.output_folder, f"{docname}.ipynb")
    store = config.execution_cache_path, Path(env.srcdir)
    page = Path(env.doc2path(docname))
    return deepcopy(_executed(path, path.stat().st_mtime_ns, page, *store))


@lru_cache(maxsize=4)  # several ask for the page at hand
def _executed(
    path: Path, _written: int, page: Path, folder: str, root: Path
) -> nbformat.NotebookNode:
    source: nbformat.NotebookNode = nbformat.read(path, nbformat.NO_CONVERT)
    return Store(folder, root).results(source, page)


def _refusal(data: dict[str, Any]) -> str:
    """Return why an output has no place on a page, if so."""
    if any(map(_INTERACTIVE.match, data)):
        return (
            "an output that needs a script, which print, e-reader and a strict site do not run; "
            "draw it with a function of govsocial.charts and `show`, or as a picture"
        )
    return ""


def _passing(output: nbformat.NotebookNode, tags: Iterable[str]) -> str:
    """Return why what an output says has no place on a page, if it is another at each run."""
    if {"remove-cell", "remove-output", f"remove-{output.get('name')}"} & set(tags):
        return ""
    text = _text(output)
    place = None if output.output_type == "error" else _PLACES.search(text)
    if found := _OF_THE_RUN.search(text) or place:
        what = "a place of this machine" if "/" in found[0] else "an address in memory"
        return (
            f"the output shows {what}, another at each run; end the line with `;`, print "
            "something else, or mend what warns"
        )
    return ""


def _text(output: nbformat.NotebookNode) -> str:
    """Return what a page shows of an output as text."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join(output.traceback)
    data = output.data
    if any(mime.startswith("image/") for mime in data):
        return ""
    written = [data[mime] for mime in _WRITTEN if mime in data] or [data.get("text/plain", "")]
    return "\n".join(map("".join, written))


def collect(page: Page, notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Add the records of an executed notebook to a page, and write the drawings for phones.

    Parameters
    ----------
    page
        The records of the page.
    notebook
        The notebook.
    folder
        Where MyST-NB writes the figures.
    """
    lines = notebook.metadata.get("source_map", [])
    for index, cell in enumerate(notebook.cells):
        line = lines[index] + 1 if lines else index + 1
        page.refused += [(line, why) for why in unknown(cell.metadata.get("mystnb"))]
        tags = cell.metadata.get("tags", [])
        page.refused += [(line, why) for why in misspelt(tags)]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if why := _refusal(data) or _passing(output, tags):
                page.refused.append((line, why))
            if _NUMBER in data:
                page.numbers.append(_number(data[_NUMBER], line))
            elif any(mime.startswith("image/") for mime in data):
                figure = output.metadata.get(FIGURE)
                page.cells.setdefault(index, []).append(figure and _figure(figure, folder))


def _number(found: dict[str, Any], line: int) -> NumberRecord:
    same = {name: found[name] for name in ("key", "kind", "value", "pattern", "printed", "unit")}
    return NumberRecord(**same, tables=tuple(found["tables"]), line=line)


def _figure(found: dict[str, Any], folder: Path) -> FigureRecord:
    words = tuple(text for text, *_looks in found.get("words", {}).get("wide", ()))
    narrow = _written(found["narrow"], folder) if "narrow" in found else ""
    return FigureRecord(tuple(found["tables"]), found["maker"], found["drawn"], words, narrow)


def _written(svg: str, folder: Path) -> str:
    """Write a drawing beside those of MyST-NB, and like these under a name from its content."""
    path = folder / f"{hashlib.sha256(svg.encode()).hexdigest()}.svg"
    path.write_text(svg, "utf-8")
    return str(path)


def _keep_pictures(app: Sphinx, document: nodes.document) -> None:
    """Keep a checksum of the figures of a page without their words below; empty if it has none."""
    words = (nodes.caption, nodes.legend)
    found = [
        (figure["ids"], [child.pformat() for child in figure if not isinstance(child, words)])
        for figure in document.findall(nodes.figure)
    ]
    checksum = hashlib.blake2b(repr(found).encode()).hexdigest() if found else ""
    records(app.env).pages[app.env.docname].pictures = checksum


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    kept = records(env)
    kept.pages.pop(docname, None)
    kept.readers.discard(docname)
    kept.copiers.discard(docname)


def _merge(
    _app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    kept, found = records(env), records(other)
    kept.pages |= {name: found.pages[name] for name in docnames if name in found.pages}
    kept.readers |= found.readers & docnames
    kept.copiers |= found.copiers & docnames


def _shown(env: BuildEnvironment) -> str:
    """Return a checksum of what pages print of the records of others: all but lines of cells."""
    kept = records(env)
    found = [
        (
            docname,
            env.titles[docname].astext(),
            sorted(page.figures.items()),
            [replace(number, line=0) for number in page.numbers],
            env.toc_fignumbers.get(docname),
        )
        for docname, page in sorted(kept.pages.items())
        if page.figures or page.numbers
    ]
    order = list(env.collect_relations().items())
    return hashlib.blake2b(repr((found, order)).encode()).hexdigest()


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show what has changed: figures have their numbers by now."""
    kept = records(env)
    shown = _shown(env)
    pictures = {name: page.pictures for name, page in kept.pages.items() if page.pictures}
    copiers = kept.copiers if pictures != kept.pictures else set()
    readers = kept.readers if shown != kept.shown else set()
    kept.shown, kept.pictures = shown, pictures
    return sorted((copiers | readers) & env.found_docs)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Collect, forget and merge the records with Sphinx's environment."""
    app.add_transform(CollectRecords)
    app.connect("doctree-read", _keep_pictures)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-updated", _outdated, priority=Numbering.READERS)
    return {
        "version": "1",
        "env_version": 4,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
