"""Each chapter as a notebook that runs as it is: its code, and its text in plain Markdown.

The text is taken from the resolved page, so that it holds the printed numbers, the authors and
years of the citations, and the titles of what it refers to; the code from the source. What this
module does not know stops the build, with file and line.

Closes: MyST-NB offers a page's source, which Jupyter shows with raw directives
(https://github.com/executablebooks/MyST-NB/issues/402), and Sphinx has no writer of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import nbformat
from docutils import nodes
from nbformat.notebooknode import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.outputs import is_site
from bookext.execution.run import runs
from bookext.notebooks.launch_buttons import notebook_of, setup_cell
from bookext.records.cell_outputs import executed_notebook, place

_FOLDER = "chapters/"
_ROOT = "../.."


class UnknownContentError(SphinxError):
    """A chapter holds something that the notebook's writer does not know."""

    category = "Chapter's notebook"


class Writer:
    """Writes the nodes of one page as Markdown; one method per kind of node."""

    def __init__(self, env: BuildEnvironment, docname: str) -> None:
        self.env = env
        self.docname = docname
        self.depth = 0
        self.solutions: list[str] = []

    def write(self, node: nodes.Node) -> str:
        """Return a node as Markdown."""
        name = type(node).__name__
        method: Callable[[nodes.Node], str] | None = getattr(self, f"_write_{name}", None)
        if method is None:
            _docname, line = place(self.env, node)
            where = f"{self.env.doc2path(self.docname, base=False)}:{line}"
            raise UnknownContentError(
                f"{where}: no way to write '{name}' into the notebook; "
                "add one to bookext/notebooks/chapter_notebook.py"
            )
        return method(node)

    def inline(self, node: nodes.Element) -> str:
        """Return the content of a node, run together."""
        return "".join(map(self.write, node.children))

    def blocks(self, children: Iterable[nodes.Node]) -> str:
        """Return nodes as blocks with a blank line between them."""
        return "\n\n".join(filter(None, map(self.write, children)))

    def heading(self, node: nodes.Element) -> str:
        """Return the text of a title, for an admonition or an exercise."""
        return self.inline(node).strip()

    # Within a line

    def _write_Text(self, node: nodes.Text) -> str:  # noqa: N802 - the name of the node
        return re.sub(r"([\\`*_\[\]<>$])", r"\\\1", node.astext().replace("\n", " "))

    def _write_emphasis(self, node: nodes.emphasis) -> str:
        return f"*{self.inline(node)}*"

    _write_title_reference = _write_emphasis

    def _write_strong(self, node: nodes.strong) -> str:
        return f"**{self.inline(node)}**"

    def _write_literal(self, node: nodes.literal) -> str:
        return f"`{node.astext()}`"

    def _write_math(self, node: nodes.math) -> str:
        return f"${node.astext()}$"

    def _write_reference(self, node: nodes.reference) -> str:
        text = self.inline(node)
        address = node.get("refuri", "")
        if not address.startswith("http"):  # within the book, which is not where the notebook is
            return text
        return f"[{text}]({address})"

    def _write_inline(self, node: nodes.inline) -> str:
        return self.inline(node)

    _write_number_reference = _write_inline
    _write_footnote_reference = _write_inline

    def _nothing(self, _node: nodes.Node) -> str:
        return ""

    _write_comment = _write_index = _write_target = _write_raw = _nothing
    # A picture is drawn by the cell, which says where its data come from.
    _write_image = _write_legend = _nothing
    _write_my_country = _nothing

    # Blocks

    def _write_paragraph(self, node: nodes.paragraph) -> str:
        # At the start of a line some characters make a list or a heading.
        text = re.sub(r"^(\d+)([.)])(?=\s)", r"\1\\\2", self.inline(node))
        return re.sub(r"^([-+#])(?=\s)", r"\\\1", text)

    def _write_section(self, node: nodes.section) -> str:
        self.depth += 1
        text = self.blocks(node.children)
        self.depth -= 1
        return text

    def _write_title(self, node: nodes.title) -> str:
        return f"{'#' * self.depth} {self.heading(node)}"

    def _write_rubric(self, node: nodes.rubric) -> str:
        return f"**{self.heading(node)}**"

    def _write_container(self, node: nodes.Element) -> str:
        return self.blocks(node.children)

    _write_compound = _write_reweigh = _write_list_item = _write_definition = _write_container

    def _write_bullet_list(self, node: nodes.bullet_list) -> str:
        return "\n".join(_indented(self.write(item), "- ") for item in node.children)

    def _write_enumerated_list(self, node: nodes.enumerated_list) -> str:
        items = enumerate(node.children, start=node.get("start", 1))
        return "\n".join(_indented(self.write(item), f"{number}. ") for number, item in items)

    def _write_definition_list(self, node: nodes.definition_list) -> str:
        return "\n".join(map(self.write, node.children))

    def _write_definition_list_item(self, node: nodes.definition_list_item) -> str:
        *terms, meaning = node.children
        names = ", ".join(self.inline(term) for term in terms if isinstance(term, nodes.term))
        return _indented(f"**{names}**\n{self.write(meaning)}", "- ")

    def _write_block_quote(self, node: nodes.block_quote) -> str:
        return _quoted(self.blocks(node.children))

    def _write_admonition(self, node: nodes.Element) -> str:
        title, *text = node.children
        if not isinstance(title, nodes.title):
            return _quoted(self.blocks(node.children))
        return _quoted(f"**{self.heading(title)}**\n\n{self.blocks(text)}")

    _write_note = _write_tip = _write_warning = _write_important = _write_admonition

    def _write_literal_block(self, node: nodes.literal_block) -> str:
        language = node.get("language", "")
        return f"```{'' if language == 'default' else language}\n{node.astext()}\n```"

    def _write_math_block(self, node: nodes.math_block) -> str:
        return f"$$\n{node.astext().strip()}\n$$"

    def _write_footnote(self, node: nodes.footnote) -> str:
        label, *text = node.children
        return f"{label.astext()}: {self.blocks(text)}"

    def _write_figure(self, node: nodes.figure) -> str:
        return self.blocks(node.children)

    def _write_caption(self, node: nodes.caption) -> str:
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get("figure", {})
        found = [numbers[name] for name in node.parent["ids"] if name in numbers]
        label = self.env.config.numfig_format["figure"] % ".".join(map(str, found[0]))
        return f"*{label}.* {self.inline(node)}"

    def _write_table(self, node: nodes.table) -> str:
        title = [f"**{self.heading(n)}**" for n in node.children if isinstance(n, nodes.title)]
        header, *body = [
            [self.blocks(cell.children).replace("\n", " ") for cell in row.findall(nodes.entry)]
            for row in node.findall(nodes.row)
        ]
        lines = [header, ["---"] * len(header), *body]
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        return "\n\n".join([*title, table])

    def _write_exercise_enumerable_node(self, node: nodes.Element) -> str:
        title, *parts = node.children
        name = title.astext().strip().removeprefix("(").removesuffix(")").strip()
        return f"**{_('Exercise')}: {name}**\n\n{self._content(parts)}"

    _write_exercise_node = _write_exercise_enumerable_node

    def _write_solution_node(self, node: nodes.Element) -> str:
        title, *parts = node.children
        heading = re.sub(r"\s+", " ", title.astext()).strip()
        self.solutions.append(f"**{heading}**\n\n{self._content(parts)}")
        return ""

    def _content(self, parts: Iterable[nodes.Node]) -> str:
        # sphinx-exercise wraps its text in a section without title.
        return self.blocks(
            child
            for part in parts
            for child in (part.children if isinstance(part, nodes.section) else [part])
        )


def _indented(text: str, mark: str) -> str:
    rest = " " * len(mark)
    lines = re.sub(r"\n{2,}", "\n", text).splitlines() or [""]
    return "\n".join([mark + lines[0], *(rest + line for line in lines[1:])])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def cells(
    env: BuildEnvironment, docname: str, doctree: nodes.document, sources: list[str | None]
) -> Iterator[NotebookNode]:
    """Return the cells of a chapter's notebook.

    Parameters
    ----------
    env, docname, doctree
        The page, with its references resolved.
    sources
        The code of each cell of the page's source; None for one of text.
    """
    writer = Writer(env, docname)
    text: list[str] = []
    done = 0

    def flush() -> Iterator[NotebookNode]:
        if joined := "\n\n".join(filter(None, text)):
            yield nbformat.v4.new_markdown_cell(joined)  # type: ignore[no-untyped-call]
        text.clear()

    for depth, node in _flat(doctree, 0):
        writer.depth = depth
        if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            yield from flush()
            # A cell that the page leaves out is needed by those after it.
            until = node["cell_index"] + 1
            for source in filter(None, sources[done:until]):
                yield nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call]
            done = until
            text += map(writer.write, node.findall(nodes.caption))
        else:
            text.append(writer.write(node))
    if writer.solutions:
        text += [f"## {_('Solutions')}", *writer.solutions]
    text.append(f"*{env.config.project}*, © {env.config.copyright}")
    yield from flush()


def _flat(node: nodes.Element, depth: int) -> Iterator[tuple[int, nodes.Node]]:
    """Return the blocks of a page with the depth of their section."""
    for child in node.children:
        if isinstance(child, nodes.section):
            yield from _flat(child, depth + 1)
        else:
            yield depth, child


def notebook(app: Sphinx, doctree: nodes.document, docname: str) -> NotebookNode:
    """Return a chapter's notebook."""
    source = executed_notebook(app.env, docname)
    code = [cell.source if cell.cell_type == "code" else None for cell in source.cells]
    found = list(cells(app.env, docname, doctree, code))
    first = next(index for index, cell in enumerate(found) if cell.cell_type == "code")
    found.insert(first, setup_cell(app.config.book_repository, app.config.book_branch, _ROOT))
    for index, cell in enumerate(found):
        cell.id = f"cell-{index:02}"
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    made: NotebookNode = nbformat.v4.new_notebook(cells=found, metadata=metadata)  # type: ignore[no-untyped-call]
    nbformat.validate(made)
    return made


def _write(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    chapter = docname.startswith(_FOLDER) and docname in runs(app.env)  # it has cells
    if not is_site(app.builder) or not chapter:
        return
    path = Path(app.outdir, str(notebook_of(docname)))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook(app, doctree, docname))  # type: ignore[no-untyped-call]
    path.write_text(text + "\n", "utf-8")


def _delete_old(app: Sphinx, exception: Exception | None) -> None:
    if exception or not is_site(app.builder):
        return
    for path in Path(app.outdir, "notebooks", _FOLDER).glob("*.ipynb"):
        if f"{_FOLDER}{path.stem}" not in app.env.found_docs:
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the notebook of each chapter beside its page."""
    app.connect("doctree-resolved", _write)
    app.connect("build-finished", _delete_old)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
