"""Each chapter as a notebook that runs as it is: its code, and its text in plain Markdown.

The text is taken from the resolved page, so that it holds the printed numbers, the authors and
years of the citations, and the titles of what it refers to; the code from the source. Pictures of
the text travel with it, as attachments. A kind of content for which there is no Markdown loses its
form and keeps its text.

Closes: MyST-NB offers a page's source, which Jupyter shows with raw directives
(https://github.com/executablebooks/MyST-NB/issues/402), and Sphinx has no writer of Markdown.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TypeAlias, cast
from urllib.parse import urljoin

import nbformat
from docutils import nodes
from nbformat.notebooknode import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.domain import BibtexDomain

from bookext.common.i18n import _
from bookext.common.nodes import equation_number
from bookext.common.outputs import finish, is_site
from bookext.common.places import CHAPTERS
from bookext.execution.run import runs
from bookext.notebooks.figure_words import described, without_numbers
from bookext.notebooks.lab_language import figure_words
from bookext.notebooks.launch_buttons import notebook_of, setup_cell, source_of
from bookext.notebooks.markdown import (
    begun,
    ended,
    escaped,
    fenced,
    listed,
    quoted,
    stressed,
    target,
)
from bookext.notebooks.markdown_tables import in_place, table
from bookext.records.cell_outputs import executed_notebook, place

_LOGGER = logging.getLogger(__name__)

Part: TypeAlias = str | int
"""Text in Markdown, or the index of a cell of code."""


class Writer:
    """Writes the nodes of one page as Markdown; one method per kind of node, or of its bases."""

    def __init__(self, env: BuildEnvironment, docname: str) -> None:
        self.env = env
        self.docname = docname
        self.depth = 0
        self.solutions: list[Part] = []
        self.pictures: dict[str, dict[str, str]] = {}
        self._files: dict[str, str] = {}

    def parts(self, children: Iterable[nodes.Node]) -> Iterator[Part]:
        """Return blocks as text, with the cells of code between them."""
        for child in children:
            if _is_cell(child):
                yield cast("nodes.Element", child)["cell_index"]
                yield from map(self.write, child.findall(nodes.caption))
            elif isinstance(child, nodes.section):
                self.depth += 1
                yield from self.parts(child.children)
                self.depth -= 1
            elif type(child).__name__ == "solution_node":
                self.solutions += self._solution(cast("nodes.Element", child))
            elif isinstance(child, nodes.Element) and any(map(_is_cell, child.findall())):
                yield from self.parts(child.children)
            else:
                yield self.write(child)

    def write(self, node: nodes.Node) -> str:
        """Return a node as Markdown."""
        for base in type(node).__mro__:
            method: Callable[[nodes.Node], str] | None = getattr(
                self, f"_write_{base.__name__}", None
            )
            if method:
                return method(node)
        return self._fallback(node)

    def _fallback(self, node: nodes.Node) -> str:
        """Return the text of a node that has no Markdown, and say so in the log."""
        docname, line = place(self.env, node)
        _LOGGER.verbose(
            "%s:%s: '%s' is only text in the notebook", docname, line, type(node).__name__
        )
        if isinstance(node, nodes.TextElement | nodes.Inline):
            return self.inline(cast("nodes.Element", node))
        return self.blocks(node.children)

    def inline(self, node: nodes.Element) -> str:
        """Return the content of a node, run together."""
        return "".join(map(self.write, node.children))

    def blocks(self, children: Iterable[nodes.Node]) -> str:
        """Return nodes as blocks with a blank line between them."""
        return "\n\n".join(filter(None, map(self.write, children)))

    # Within a line

    def _write_Text(self, node: nodes.Text) -> str:  # noqa: N802 - the name of the node
        text = escaped(node.astext())
        # Before a link an exclamation makes a picture.
        joined = text.endswith("!") and node.next_node(descend=False, siblings=True) is not None
        return f"{text[:-1]}\\!" if joined else text

    def _write_emphasis(self, node: nodes.emphasis) -> str:
        return stressed(node, self.inline(node), "*", "em")

    _write_title_reference = _write_emphasis

    def _write_strong(self, node: nodes.strong) -> str:
        return stressed(node, self.inline(node), "**", "strong")

    def _write_literal(self, node: nodes.literal) -> str:
        return fenced(node.astext())

    def _write_math(self, node: nodes.math) -> str:
        return f"${in_place(node)}$"

    def _write_subscript(self, node: nodes.subscript) -> str:
        return f"<sub>{self.inline(node)}</sub>"

    def _write_superscript(self, node: nodes.superscript) -> str:
        return f"<sup>{self.inline(node)}</sup>"

    def _write_reference(self, node: nodes.reference) -> str:
        text, address = self.inline(node), self._address(node)
        return f"[{text}]({target(address)})" if address else text

    _write_download_reference = _write_number_reference = _write_reference

    def _write_footnote_reference(self, node: nodes.footnote_reference) -> str:
        return rf"\[{node.astext()}\]"

    def _address(self, node: nodes.Element) -> str:
        """Return where a link leads from a notebook, which is not where the page is."""
        address = str(node.get("refuri", ""))
        if re.match(r"[a-z]+:", address):
            return address
        if cited := _cited(self.env).get(address.rpartition("#")[2]):
            return cited
        site, here = self.env.config.html_baseurl, f"#{node.get('refid', '')}"
        return urljoin(f"{site}{self.docname}.html", address or here) if site else ""

    def _write_image(self, node: nodes.image) -> str:
        description = escaped(re.sub(r"\s+", " ", node.get("alt", "")))
        address = node["uri"]
        path = Path(self.env.srcdir, address)
        if path.is_file():
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            content = path.read_bytes()
            name = self._attached(address)
            self.pictures[name] = {kind: base64.b64encode(content).decode("ascii")}
            address = f"attachment:{name}"
        return f"![{description}]({target(address)})"

    def _attached(self, address: str) -> str:
        """Return the name of a picture's attachment: one for each, and of plain letters."""
        path = Path(re.sub(r"[^\w.-]+", "-", Path(address).name, flags=re.ASCII))
        name, number = path.name, 1
        while self._files.setdefault(name, address) != address:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        return name

    def _write_raw(self, node: nodes.raw) -> str:
        text = node.astext()
        if "html" not in node["format"].split() or text.startswith("<svg"):
            return ""
        # After a break the text goes on in its line: what begins one may act.
        return text.rstrip() if text.startswith("<br") else text

    def _nothing(self, _node: nodes.Node) -> str:
        return ""

    _write_Invisible = _nothing  # noqa: N815 - comments, targets, substitutions
    _write_index = _write_target = _write_toctree = _nothing
    _write_tabular_col_spec = _write_sd_tab_input = _write_my_country = _nothing
    # A figure's line of origin: in Jupyter the cell says it.
    _write_legend = _nothing

    # Blocks

    def _write_paragraph(self, node: nodes.paragraph) -> str:
        return begun(self.inline(node))

    def _write_line(self, node: nodes.line) -> str:
        return begun(self.inline(node))

    def _write_title(self, node: nodes.title) -> str:
        return f"{'#' * min(self.depth, 6)} {ended(self.inline(node).strip())}"

    def _write_rubric(self, node: nodes.Element) -> str:
        return f"**{self.inline(node).strip()}**"

    _write_sd_tab_label = _write_rubric

    def _write_transition(self, _node: nodes.transition) -> str:
        return "---"

    def _write_container(self, node: nodes.Element) -> str:
        return self.blocks(node.children)

    _write_compound = _write_reweigh = _write_list_item = _write_definition = _write_container
    _write_document = _write_figure = _write_container

    def _write_bullet_list(self, node: nodes.bullet_list) -> str:
        return listed(("- ", self.write(item)) for item in node.children)

    def _write_enumerated_list(self, node: nodes.enumerated_list) -> str:
        items = enumerate(node.children, start=node.get("start", 1))
        return listed((f"{number}. ", self.write(item)) for number, item in items)

    def _write_definition_list(self, node: nodes.definition_list) -> str:
        return listed(("- ", self.write(item)) for item in node.children)

    def _write_definition_list_item(self, node: nodes.definition_list_item) -> str:
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        names = ", ".join(map(self.inline, terms))
        meaning = self.blocks(child for child in node.children if child not in terms)
        return f"**{names.strip()}**\n{meaning}"

    def _write_line_block(self, node: nodes.line_block) -> str:
        return "<br>\n".join(map(self.write, node.children))

    def _write_block_quote(self, node: nodes.block_quote) -> str:
        return quoted(self.blocks(node.children))

    def _write_attribution(self, node: nodes.attribution) -> str:
        return f"— {self.inline(node)}"

    def _write_Admonition(self, node: nodes.Element) -> str:  # noqa: N802 - of all kinds of boxes
        title = next((n for n in node.children if isinstance(n, nodes.title)), None)
        name = self.inline(title).strip() if title else admonitionlabels.get(node.tagname, "")
        text = self.blocks(child for child in node.children if child is not title)
        return quoted("\n\n".join(filter(None, [f"**{name}**" if name else "", text])))

    _write_topic = _write_sidebar = _write_Admonition

    def _write_literal_block(self, node: nodes.literal_block) -> str:
        language = node.get("language", "")
        return fenced(node.astext().rstrip(), "" if language == "default" else language)

    def _write_desc_signature(self, node: nodes.Element) -> str:
        return fenced(node.astext())

    def _write_math_block(self, node: nodes.math_block) -> str:
        number = equation_number(self.env, self.docname, node)
        tag = f" \\tag{{{number}}}" if number else ""
        return f"$$\n{in_place(node).strip()}{tag}\n$$"

    def _write_footnote(self, node: nodes.footnote) -> str:
        label, *text = node.children
        return rf"\[{label.astext()}\] {self.blocks(text)}"

    def _write_caption(self, node: nodes.caption) -> str:
        domain = self.env.get_domain("std")
        kind = domain.get_enumerable_node_type(node.parent) or ""
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        found = [numbers[name] for name in node.parent["ids"] if name in numbers]
        text = self.inline(node)
        if not found:
            return f"*{text}*" if text else ""
        label = self.env.config.numfig_format[kind] % ".".join(map(str, found[0]))
        return f"*{label}.* {text}"

    def _write_table(self, node: nodes.table) -> str:
        title = [self._write_rubric(n) for n in node.children if isinstance(n, nodes.title)]
        return "\n\n".join(filter(None, [*title, table(node, self._in_table)]))

    def _in_table(self, node: nodes.Node) -> str:
        return self._write_rubric(node) if isinstance(node, nodes.title) else self.write(node)

    def _write_exercise_node(self, node: nodes.Element) -> str:
        title, *content = node.children
        return f"{self._exercise(title)}\n\n{self.blocks(_unwrapped(content))}"

    _write_exercise_enumerable_node = _write_exercise_node

    def _exercise(self, title: nodes.Node) -> str:
        name = self.inline(cast("nodes.Element", title)).strip()
        name = name.removeprefix("(").removesuffix(")").strip()  # of sphinx-exercise
        kind = _("Exercise")
        return f"**{kind}: {name}**" if name else f"**{kind}**"

    def _solution(self, node: nodes.Element) -> Iterator[Part]:
        """Return a solution, folded; the cells of one that is made of cells stand below it."""
        title, *content = node.children
        heading = escape(re.sub(r"\s+", " ", title.astext()).strip(), quote=False)
        found = list(self.parts(_unwrapped(content)))
        text = "\n\n".join(part for part in found if isinstance(part, str) and part)
        yield f"<details>\n<summary>{heading}</summary>\n\n{text}\n\n</details>"
        yield from (part for part in found if isinstance(part, int))


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _unwrapped(content: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Return the text of an exercise: sphinx-exercise wraps it in a section without title."""
    for part in content:
        yield from part.children if isinstance(part, nodes.section) else [part]


def _cited(env: BuildEnvironment) -> dict[str, str]:
    """Return the address of each cited work, by the id of its entry in the bibliography."""
    domain = cast("BibtexDomain", env.get_domain("cite"))
    entries = domain.bibdata.data.entries
    found = {}
    for citation in domain.citations:
        fields = entries[citation.key].fields
        doi = fields.get("doi")
        if address := f"https://doi.org/{doi}" if doi else fields.get("url"):
            found[citation.citation_id] = address
    return found


def cells(writer: Writer, doctree: nodes.document, code: list[str | None]) -> list[NotebookNode]:
    """Return the cells of a chapter's notebook.

    Parameters
    ----------
    writer
        Of the page.
    doctree
        The page, with its references resolved.
    code
        The code of each cell of the page's source; None for one of text.
    """
    text = list(writer.parts(doctree.children))
    config = writer.env.config
    late = {part for part in writer.solutions if isinstance(part, int)}
    parts: list[Part] = []
    done = 0
    for part in text:
        if isinstance(part, int):
            # A cell that the page leaves out is needed by those after it.
            parts += [index for index in range(done, part) if index not in late]
            done = part + 1
        parts.append(part)
    if writer.solutions:
        parts += ["## " + _("Solutions"), *writer.solutions]
    parts.append(f"*{config.project}*, © {config.copyright}")
    return list(_joined(parts, code, writer.pictures))


def _joined(
    parts: Iterable[Part], code: list[str | None], pictures: dict[str, dict[str, str]]
) -> Iterator[NotebookNode]:
    """Return a cell for each run of texts and for each code."""
    text: list[str] = []

    def flush() -> Iterator[NotebookNode]:
        if joined := "\n\n".join(filter(None, text)):
            own = {n: data for n, data in pictures.items() if f"(attachment:{n})" in joined}
            attached = {"attachments": own} if own else {}
            yield nbformat.v4.new_markdown_cell(joined, **attached)
        text.clear()

    for part in parts:
        if isinstance(part, str):
            text.append(part)
        elif source := code[part]:
            yield from flush()
            yield nbformat.v4.new_code_cell(source)
    yield from flush()


def _code(cell: NotebookNode, shown: Mapping[str, str]) -> str | None:
    """Return the code of a cell, a figure's with its alternative text; None for text.

    What hands numbers to the prose is left out: in a copy there is none, and it would show nothing.

    Parameters
    ----------
    cell
        A cell.
    shown
        The alternative texts of the page in its language, by the name of the figure.
    """
    if cell.cell_type != "code":
        return None
    name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name", "")
    alt = shown.get(nodes.make_id(name)) or figure_words(cell).get("alt", "")
    return described(without_numbers(cell.source), "", alt)


def _alternatives(doctree: nodes.document) -> dict[str, str]:
    """Return the alternative texts of a page by the identifiers of its figures."""
    return {
        identifier: image.get("alt", "")
        for figure in doctree.findall(nodes.figure)
        for image in figure.findall(nodes.image)
        for identifier in figure["ids"]
    }


def notebook(app: Sphinx, doctree: nodes.document, docname: str) -> NotebookNode:
    """Return a chapter's notebook."""
    source = executed_notebook(app.env, docname)
    shown = _alternatives(doctree)
    code = [_code(cell, shown) for cell in source.cells]
    found = cells(Writer(app.env, docname), doctree, code)
    first = next((index for index, cell in enumerate(found) if cell.cell_type == "code"), None)
    config = app.config
    if first is not None:  # all code of a page may be for its prose
        library = source_of(config.book_repository, config.book_branch, config.html_baseurl)
        found.insert(first, setup_cell(library))
    for index, cell in enumerate(found):
        cell.id = f"cell-{index:02}"
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    made: NotebookNode = nbformat.v4.new_notebook(cells=found, metadata=metadata)
    nbformat.validate(made)
    return made


def _write(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    chapter = docname.startswith(CHAPTERS) and docname in runs(app.env)
    if not is_site(app.builder) or not chapter:
        return
    path = Path(app.outdir, str(notebook_of(docname)))
    if not any(map(_is_cell, doctree.findall())):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook(app, doctree, docname))
    path.write_text(text + "\n", "utf-8")


def _delete_old(app: Sphinx) -> None:
    for path in Path(app.outdir, "notebooks", CHAPTERS).glob("*.ipynb"):
        if f"{CHAPTERS}{path.stem}" not in app.env.found_docs:
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the notebook of each chapter beside its page."""
    app.connect("doctree-resolved", _write)
    finish(app, _delete_old)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
