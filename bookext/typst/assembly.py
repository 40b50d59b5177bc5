"""The book as one tree: the site's pages in order, as a printed book holds them.

What the site folds away is left out or moved: code that is hidden, the checks of the labs, and the
solutions, which stand in an appendix. Lists that only a machine reads become pointers to the
online edition.

Closes: Sphinx puts pages together for LaTeX alone; it drops the captions of toctrees, which are
the titles of the parts (https://github.com/sphinx-doc/sphinx/issues/3169), and the front page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from bookext.common.i18n import _
from bookext.common.places import CHAPTERS, LABS, ONLINE, OVERVIEWS, PARTS
from bookext.records import shortened
from bookext.records.figure_copy import figure_of
from bookext.typst import cells, solutions
from bookext.typst.structure import part

_FRONT = "index"
_LAST = "further-reading"
_CLOSING = {"exercises", _LAST}
_SHORT = 1500  # signs; a section that is as long may be torn
_TEXT = (nodes.paragraph, nodes.bullet_list, nodes.rubric)
_ANSWERED = "in-short"  # class of a box that gives a chapter's answer


def assemble(builder: Builder) -> nodes.document:
    """Return the whole book, its references resolved."""
    env, root = builder.env, builder.config.root_doc
    tree = new_document("")
    front = env.get_doctree(root)
    tree += _file(root, _about(front), level=1)
    for toctree in front.findall(addnodes.toctree):
        tree += list(_pages(builder, toctree))
    if online := [name for name in builder.config.book_online_only if name in env.found_docs]:
        tree += _online(builder, online)
    tree["docname"] = root
    _complete_parts(tree)
    env.resolve_references(tree, root, builder)
    for file in tree.findall(addnodes.start_of_file):
        cells.reduce(file)
        _mark(file)
    solutions.move(tree)
    return tree


def alone(builder: Builder, docname: str) -> nodes.document:
    """Return one page, its references resolved, as a document of its own."""
    tree = new_document("")
    tree["docname"] = docname
    tree += _file(docname, builder.env.get_doctree(docname), level=1)
    builder.env.resolve_references(tree, docname, builder)
    return tree


def _file(
    docname: str, content: nodes.Element, level: int, depth: int = 0
) -> addnodes.start_of_file:
    children = list(content.children)
    return addnodes.start_of_file("", *children, docname=docname, level=level, depth=depth)


def _about(front: nodes.document) -> nodes.document:
    """Return the front page without its pictures and its lists of pages, under another title."""
    page = front.deepcopy()
    left_out: list[nodes.Element] = [*page.findall(figure_of), *page.findall(addnodes.toctree)]
    for node in left_out:
        node.parent.remove(node)
    title = next(page.findall(nodes.title))
    title.children = []
    title += nodes.Text(_("About this book"))
    return page


def _pages(builder: Builder, toctree: addnodes.toctree) -> Iterator[nodes.Element]:
    """Return the pages of a toctree, after the title of the part if it begins one."""
    env = builder.env
    left_out = builder.config.book_online_only
    pages = [docname for _title, docname in toctree["entries"] if docname in env.found_docs]
    names = [docname for docname in pages if docname not in left_out]
    if not names:
        return
    has_part = names[0].startswith(OVERVIEWS)
    level = 2 if has_part or toctree.get("numbered") else 1
    if has_part:
        number = "+" if names[0].startswith(PARTS) else ""
        yield part(title=toctree["caption"], number=number)
    for name in names:
        tree = new_document("")
        tree += addnodes.toctree(
            "",
            **(toctree.attributes | {"entries": [(None, name)], "includefiles": [name]}),
        )
        builder_pages = {builder.config.root_doc}
        inlined = inline_all_toctrees(builder, builder_pages, name, tree, str, [])
        for file in inlined.findall(addnodes.start_of_file):
            file["level"], file["depth"] = level, 0
            for child in file.children:  # which Sphinx does not tell
                child.parent = file
        yield from (child for child in inlined.children if isinstance(child, nodes.Element))


def _complete_parts(tree: nodes.document) -> None:
    """Give the parts numbers, and put the overview of each on the page of its title."""
    count = 0
    for node in list(tree.findall(part)):
        overview = cast(nodes.Element, tree[tree.index(node) + 1])
        if node["number"]:
            count += 1
            node["number"] = str(count)
        whole = next(overview.findall(nodes.section))
        node["ids"] = whole["ids"]
        node["docname"] = overview["docname"]
        for section in list(whole.findall(nodes.section)):
            if section is not whole:
                title, *text = cast(list[nodes.Element], section.children)
                heading = nodes.rubric("", "", *title.children, ids=section["ids"])
                section.parent.replace(section, [heading, *text])
        children = [child for child in whole.children if not isinstance(child, nodes.title)]
        overview.children = []
        overview += [node.deepcopy(), *children]
        tree.remove(node)


def _online(builder: Builder, names: list[str]) -> nodes.Element:
    """Return the chapter on what stands in the online edition only."""
    pages = [(name, builder.env.get_doctree(name)) for name in names]
    chapter = shortened.online(builder.env, pages)
    for name, section in zip(names, list(chapter.findall(nodes.section))[1:], strict=True):
        place = chapter.index(section)
        chapter.remove(section)
        chapter.insert(place, addnodes.start_of_file("", section, docname=name, level=1, depth=1))
    return addnodes.start_of_file("", chapter, docname=ONLINE, level=1, depth=0)


def _keep_end(section: nodes.Element) -> None:
    """Keep the end of a page together: else its last lines may have a leaf to themselves."""
    whole = section
    while inner := [child for child in section.children if isinstance(child, nodes.section)]:
        section = inner[-1]
    end = [child for child in section.children[-2:] if isinstance(child, _TEXT)]
    if section is not whole and (_LAST in section["ids"] or _is_short(section)):
        section["classes"] = [*section["classes"], "ending"]
    elif len(end) > 1 and all(map(_is_short, end)):
        for child in end:
            section.remove(child)
        section += nodes.container("", *end, classes=["untorn"])


def _is_short(node: nodes.Element) -> bool:
    return len(node.astext()) < _SHORT and not any(node.findall(nodes.figure))


def _mark(file: nodes.Element) -> None:
    """Mark what has a form of its own on paper: the answer of a chapter, lists of exercises."""
    whole = next(file.findall(nodes.section), None)
    unlisted = file["docname"].startswith((LABS, ONLINE, _FRONT))
    for section in file.findall(nodes.section):
        if _CLOSING & set(section["ids"]):
            section["classes"] = [*section["classes"], "closing", "unlisted"]
        elif unlisted and section is not whole:
            section["classes"] = [*section["classes"], "unlisted"]
    _keep_end(whole if whole is not None else file)
    answered = any(_ANSWERED in box["classes"] for box in file.findall(nodes.admonition))
    if whole is not None and file["docname"].startswith(CHAPTERS) and not answered:
        answer = []
        for child in whole.children[1:]:
            if not isinstance(child, nodes.paragraph):
                break
            answer.append(child)
        for child in answer:
            whole.remove(child)
        if answer:
            whole.insert(1, nodes.container("", *answer, classes=["opening"]))
