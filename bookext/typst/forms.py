"""Forms of what handbooks of programs have: signatures, options, dialogues, columns of a list."""

from __future__ import annotations

from docutils import nodes

from bookext.typst.basis import Basis
from bookext.typst.markup import string

_LANGUAGES = {"ipython3": "python", "ipython": "python", "console": "bash", "default": ""}


class Forms(Basis):
    """Writes signatures, options, code, and what else stands in lines of its own."""

    def _block(self, node: nodes.Element, function: str, content: str) -> None:
        self.mark(node)
        self.add(f"{self.anchors(node)}{function}{content}\n\n")
        raise nodes.SkipNode

    def visit_desc_signature(self, node: nodes.Element) -> None:
        """Write the name of what is described, and how it is called."""
        lines = [" ".join(line.split()) for line in node.astext().splitlines()]
        code = " #linebreak() ".join(f"#code({string(line)})" for line in lines if line)
        self._block(node, "#signature", f"[{code}]")

    def visit_desc_content(self, node: nodes.Element) -> None:
        """Write what is said of it."""
        self._block(node, "#pad(left: 1.2em)", self.content(node))

    def visit_desc_inline(self, node: nodes.Element) -> None:
        """Write a signature in a line."""
        self.add(f"{self.anchors(node)}#code({string(node.astext())})")
        raise nodes.SkipNode

    def visit_manpage(self, node: nodes.Element) -> None:
        """Write the name of a page of the system's handbook in italics."""
        self.add(f"{self.anchors(node)}#emph{self.content(node)}")
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.Element) -> None:
        """Write what stands over lines of code, with its number; figures write their own."""
        number = self.builder.number(self.docname, "code-block", node.parent)
        self._block(node, f"#listing({string(number)})", self.content(node))

    def visit_centered(self, node: nodes.Element) -> None:
        """Write a line in the middle."""
        self._block(node, "#align(center)", f"[#strong{self.content(node)}]")

    def visit_hlist(self, node: nodes.Element) -> None:
        """Write a list that the site shows in columns."""
        items = [item for column in node.children for item in column.children[0].children]
        self._block(node, "#list", f"({self.inside(items)})")

    def visit_option_list(self, node: nodes.Element) -> None:
        """Write the options of a command as terms."""
        self._block(node, "#terms", f"({self.inside(node.children)})")

    def visit_option_list_item(self, node: nodes.Element) -> None:
        """Write an option."""
        group, *rest = node.children
        code = f"#code({string(group.astext())})"
        self.add(f"terms.item[{self.anchors(node)}{code}][{self.inside(rest).strip()}], ")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write lines of code, or what a cell printed."""
        kind = "output" if "output" in node["classes"] else "input"
        given = node.get("language", "")
        language = _LANGUAGES.get(given, given)
        lines = "\n".join(line.rstrip() for line in node.astext().rstrip("\n").split("\n"))
        shown = string(language) if kind == "input" and language else "none"
        self._block(node, "#lines", f"({string(kind)}, {shown}, {string(lines)})")

    def visit_doctest_block(self, node: nodes.Element) -> None:
        """Write a dialogue with Python."""
        self.visit_literal_block(node)

    def visit_productionlist(self, node: nodes.Element) -> None:
        """Write the rules of a grammar, line by line."""
        marks = "".join(self.anchors(child) for child in node.findall(nodes.Element))
        lines = "\n".join(child.astext() for child in node.children)
        self._block(node, marks + "#lines", f'("output", none, {string(lines)})')
