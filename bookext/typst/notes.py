"""The notes of the book: each stands at the foot of a page once, however often one refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from docutils import nodes

from bookext.typst.markup import label, string
from bookext.typst.structure import with_pages


class Notes:
    """The notes of a tree, and which of them have been written.

    Parameters
    ----------
    tree
        The whole book, or a page of it.
    """

    def __init__(self, tree: nodes.document) -> None:
        self._notes: dict[str, nodes.Element] = {}
        self._uses: Counter[str] = Counter()
        self._done: set[str] = set()
        for docname, node in with_pages(tree):
            if isinstance(node, nodes.footnote):
                self._notes |= {label(docname, name): node for name in node["ids"]}
            elif isinstance(node, nodes.footnote_reference):
                self._uses[label(docname, node["refid"])] += 1

    def written(self, name: str, inside: Callable[[Iterable[nodes.Node]], str]) -> str:
        """Return a note as markup; of one that has been written, its number.

        Parameters
        ----------
        name
            The note: its page and identifier.
        inside
            Writes nodes as markup.
        """
        mark = f"label({string(f'note {name}')})"
        if name in self._done:
            return f"#footnote({mark})"
        self._done.add(name)
        words = inside(self._words(name)).strip()
        return f"#footnote[{words}]" + (f"#{mark}" if self._uses[name] > 1 else "")

    def _words(self, name: str) -> Sequence[nodes.Node]:
        return [child for child in self._notes[name].children if not isinstance(child, nodes.label)]
