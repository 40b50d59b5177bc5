"""From the book's tree of nodes to Typst.

Every block says in a comment which file and line it comes from, so that a message of the compiler
can name them. All that is a matter of looks is a function of ``template/book.typ``.

Closes: no Sphinx builder for Typst carries this book. ``typsphinx`` 0.4.4 needs Sphinx below 9 and
docutils below 0.22, ``atsphinx-typst`` 0.1.1 has no tables with spans, footnotes, index, citations,
numbered references or alternative texts; neither numbers as Sphinx does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math import MathError
from sphinx import addnodes
from sphinx.errors import SphinxError
from sphinx.locale import admonitionlabels

from bookext.common.nodes import chapter_number, equation_number, without_notes
from bookext.common.places import GLOSSARY
from bookext.common.spots import SPOT
from bookext.typst import images, structure
from bookext.typst.forms import Forms
from bookext.typst.markup import escape, label, string
from bookext.typst.mathematics import formula
from bookext.typst.structure import children, part

if TYPE_CHECKING:
    from bookext.typst.builder import TypstBuilder

_SECTIONS = ("chapter", "section", "subsection")
_CONTAINERS = {"opening": "opening", "untorn": "untorn", "sd-card-title": "rubric"}
_FORMS = ("closing", "ending")  # of sections, as `assembly` marks them
# In escaped text: what breaks nowhere; and without a hyphen, as it would seem a part of the name.
_HELD = (
    r"(?P<unbroken>\bV-Dem\b|\bBY(?:-(?:NC|ND|SA))+\b)"
    r"|(?P<whole>(?<!\w)\\@\w(?:\w|\\_)*|(?<!\\)\b\w*[a-z][A-Z]\w*{words})"
)
# English words, which Italian syllables would tear in a wrong place.
_FOREIGN = {"it": r"|\b(?:Hootsuite|posts?|takedowns?)\b"}
_WIDE_TABLE = 4  # columns; as many, or more, run into the margin
_LONG_LINE = 220  # signs; a line of sources that is longer stands below the caption
_BREAK = re.compile(r"\s*<br\s*/?>\s*")


class UnknownFormulaError(SphinxError):
    """A page has a formula that the PDF has no form for."""

    category = "No form for the PDF"


def _classes(reference: nodes.Element) -> set[str]:
    """Return the classes of what stands in a reference."""
    return {name for inner in reference.findall(nodes.inline) for name in inner["classes"]}


def _is_head(node: nodes.Element) -> bool:
    """Return whether a paragraph is bold as a whole: it is the head of the next one."""
    return (
        isinstance(node.parent, (nodes.section, nodes.container))
        and len(node.children) == 1
        and isinstance(node.children[0], nodes.strong)
    )


class TypstTranslator(Forms):
    """Writes the assembled book as Typst's markup."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self._depth = -1  # of sections, in the file
        self._columns: list[nodes.colspec] = []
        self._table = nodes.Element()
        self._quiet = 0  # in a heading, a caption or the bibliography: no footnote for an address
        self._in_title = False  # which the contents print too
        foreign = _FOREIGN.get(builder.config.language, "")
        self._held = re.compile(_HELD.replace("{words}", foreign))
        self.pictures: list[tuple[str, str, str]] = []  # number, place, what it shows

    # The book

    def visit_start_of_file(self, node: nodes.Element) -> None:
        """Begin a page."""
        self._files.append(node)
        if not node["depth"]:
            self.add(f"\n#leaves({string(self.docname)}, [{self._head(node)}])[\n")
        self._depth = node["depth"] - 1

    def depart_start_of_file(self, node: nodes.Element) -> None:
        """End a page."""
        self._files.pop()
        if not node["depth"]:
            self.add("]\n")
        self._depth = node["depth"] - 1

    def _head(self, node: nodes.Element) -> str:
        """Return what stands at the head of the pages of a file."""
        title = next(node.findall(lambda inner: isinstance(inner, (part, nodes.title))), None)
        if isinstance(title, part):
            return escape(title["title"])
        section = title.parent if title is not None else node
        number = self._number(section)
        words = escape(without_notes(title)) if isinstance(title, nodes.title) else ""
        return f"{number}#h(0.6em){words}" if number else words

    def visit_part(self, node: nodes.Element) -> None:
        """Write the title of a part; its overview follows."""
        self.mark(node)
        arguments = f"{string(node['number'])}, {self.place(node)}"
        self.add(f"#part({arguments})[{escape(node['title'])}]\n\n")

    def visit_section(self, node: nodes.Element) -> None:
        """Go one level down."""
        self._depth += 1
        for name in _FORMS:
            if name in node["classes"]:
                self.add(f"#{name}[\n")

    def depart_section(self, node: nodes.Element) -> None:
        """Go one level up."""
        self._depth -= 1
        for name in _FORMS:
            if name in node["classes"]:
                self.add("]\n\n")

    def visit_title(self, node: nodes.Element) -> None:
        """Write the title of a section; those of tables and boxes are written with these."""
        section = node.parent
        if not isinstance(section, nodes.section):
            self.visit_rubric(node)
        role = _SECTIONS[min(self._depth, len(_SECTIONS) - 1)]
        level = self._files[-1]["level"] + self._depth
        number = self._number(section) if role == "chapter" else ""
        self.mark(node)
        options = [f"level: {level}", f"place: {self.place(section)}"]
        if number:
            options.append(f"number: {string(number)}")
        if "unlisted" in section["classes"]:
            options.append("listed: false")
        if role == "chapter" and (address := self.builder.address(self.docname)):
            options.append(f"address: {string(address)}")
        self._quiet, self._in_title = self._quiet + 1, True
        self.add(f"#{role}({', '.join(options)})[{self.inside(node.children).strip()}]\n\n")
        self._quiet, self._in_title = self._quiet - 1, False
        raise nodes.SkipNode

    def _number(self, section: nodes.Element) -> str:
        return chapter_number(self.builder.env, self.docname) if section.get("ids") else ""

    # Text

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Write a text."""
        text = escape(node.astext())
        self.add(self._held.sub(lambda found: f"#{found.lastgroup}[{found[0]}];", text))

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Write a paragraph."""
        if isinstance(node.parent, nodes.Element) and not self._tight(node):
            self.mark(node)
        if _is_head(node):
            self.add(f"#head[{self.anchors(node)}{self.inside(node.children).strip()}]\n\n")
            raise nodes.SkipNode
        self.add(self.anchors(node))
        if (spot := node.get(SPOT)) and not self._files[-1].get("appendix"):
            self.add(f"#spot({string(label(self.docname, spot))})")

    def depart_paragraph(self, _node: nodes.Element) -> None:
        """End it."""
        self.add("\n\n")

    def _tight(self, node: nodes.Element) -> bool:
        return isinstance(node.parent, (nodes.entry, nodes.list_item, nodes.legend))

    def _wrap(self, function: str, node: nodes.Element) -> None:
        self.add(f"{self.anchors(node)}#{function}{self.content(node)}")
        raise nodes.SkipNode

    def visit_emphasis(self, node: nodes.Element) -> None:
        """Write in italics."""
        self._wrap("emph", node)

    def visit_title_reference(self, node: nodes.Element) -> None:
        """Write in italics."""
        self._wrap("emph", node)

    def visit_field_name(self, node: nodes.Element) -> None:
        """Write in italics."""
        self._wrap("emph", node)

    def visit_strong(self, node: nodes.Element) -> None:
        """Write in bold."""
        self._wrap("strong", node)

    def visit_subscript(self, node: nodes.Element) -> None:
        """Write below the line."""
        self._wrap("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        """Write above the line."""
        self._wrap("super", node)

    def visit_literal(self, node: nodes.Element) -> None:
        """Write as code, which may break after a hyphen, an underscore or a dot."""
        self.add(f"#code({string(node.astext())})")
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> None:
        """Write what it holds, in its language if it names one."""
        self.add(self.anchors(node))
        if language := node.get("lang") or node.get("language"):
            self.add(f"#text(lang: {string(language)}){self.content(node)}")
            raise nodes.SkipNode

    def visit_target(self, node: nodes.Element) -> None:
        """Mark a place."""
        self.add(self.anchors(node))

    def visit_math(self, node: nodes.Element) -> None:
        """Write a formula in the line."""
        typst, words = self._formula(node)
        self.add(f"#math.equation(alt: {string(words)}, ${typst}$)")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        """Write a formula of its own, with the number that Sphinx gave it."""
        typst, words = self._formula(node)
        self.mark(node)
        number = equation_number(self.builder.env, self.docname, node)
        number = f"[({escape(number)})]" if number else "none"
        self.add(self.anchors(node))
        self.add(f"#formula({string(words)}, {number}, $ {typst} $)\n\n")
        raise nodes.SkipNode

    def _formula(self, node: nodes.Element) -> tuple[str, str]:
        try:
            return formula(node.astext())
        except MathError as error:
            raise UnknownFormulaError(
                f"{self._where(node)}: formula {node.astext()!r}: {error}; write it with the LaTeX "
                "that docutils knows"
            ) from None

    # References

    def visit_reference(self, node: nodes.Element) -> None:
        """Lead to a place in the book, or to an address."""
        text = self.inside(node.children).strip()
        name = self._target(node)
        if name is None:
            self.add(self._address(node, text))
        elif place := self._places.name(name):
            kind = self._kind(node, name)
            if kind == "number":
                text = re.sub(r" (?=\d)", "~", text)  # *Fig.* stays with its number
            self.add(f"#to({string(place)}, {string(kind)})[{text}]")
            if not self._quiet and self.docname != GLOSSARY and "std-term" in _classes(node):
                self.add(f"#used({string(place)})")
        elif online := self.builder.online(name):
            self.add(f"#link({string(online)})[{text}]")
        else:
            self.add(text)
        raise nodes.SkipNode

    def _target(self, node: nodes.Element) -> str | None:
        """Return the name of the place that a reference leads to; None for an address."""
        return structure.target(node, self.docname)

    def _kind(self, node: nodes.Element, name: str) -> str:
        """Return what a reference leads to: the template prints page numbers for some."""
        if isinstance(node, addnodes.number_reference):
            return "number"
        if self._quiet or {"std-term", "cite"} & _classes(node):
            return "quiet"
        docname, _colon, anchor = name.partition(":")
        if docname in self.builder.quiet_pages:
            return "quiet"
        numbers = self.builder.env.toc_secnumbers.get(docname, {}).get("")
        return f"chapter {numbers[0]}" if numbers and not anchor else "page"

    def _address(self, node: nodes.Element, text: str) -> str:
        address = node.get("refuri", "")
        if "://" not in address and not address.startswith("mailto:"):
            return text  # a file of the site, which paper cannot open
        shown = f"#link({string(address)})[{text}]"
        written = node.astext().strip()
        if self._quiet or written in address or address.endswith(written):
            return shown
        return f"{shown}#footnote(address({string(address)}))"

    def visit_page_of(self, node: nodes.Element) -> None:
        """Write the number of the page of a place."""
        if place := self._places.name(node["place"]):
            self.add(f"#page-of({string(place)})")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write a note at the foot of the page; of one that is there already, its number."""
        name = label(self.docname, node["refid"])
        written = self.builder.notes.written(name, self.inside)
        self.add(f"#of-title[{written}]" if self._in_title else written)
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.Element) -> None:
        """Write an entry of the bibliography."""
        self._quiet += 1
        words = self.inside(node.children).strip()
        self._quiet -= 1
        self.add(f"#entry[{self.anchors(node)}{words}]\n\n")
        raise nodes.SkipNode

    # Lists

    def _list(self, node: nodes.Element, function: str) -> None:
        self.add(f"{self.anchors(node)}#{function}{self.inside(node.children)})\n\n")
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Write a list with bullets."""
        self._list(node, "list(")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Write a numbered list."""
        patterns = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
        sign = patterns.get(node.get("enumtype", ""), "1")
        numbering = f"{node.get('prefix', '')}{sign}{node.get('suffix', '.') or '.'}"
        start = f"start: {node['start']}, " if "start" in node else ""
        self._list(node, f"enum(numbering: {string(numbering)}, {start}")

    def visit_list_item(self, node: nodes.Element) -> None:
        """Write an item."""
        self.add(f"[{self.anchors(node)}{self.inside(node.children).strip()}], ")
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Write terms and what they mean."""
        self._list(node, "register(" if "register" in node["classes"] else "terms(")

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        """Write a term."""
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        rest = [child for child in node.children if isinstance(child, nodes.definition)]
        words = ", ".join(self.anchors(term) + self.inside(term.children).strip() for term in terms)
        self.mark(node)
        uses = ""
        if self.docname == GLOSSARY:
            names = [label(self.docname, name) for term in terms for name in term["ids"]]
            places = [place for name in names if (place := self._places.name(name))]
            uses = f"#first-use({', '.join(map(string, places))})"
        self.add(f"terms.item[{words}][{self.inside(rest).strip()}{uses}], ")
        raise nodes.SkipNode

    def visit_field_list(self, node: nodes.Element) -> None:
        """Write fields as terms."""
        self._list(node, "terms(")

    def visit_field(self, node: nodes.Element) -> None:
        """Write a field."""
        name, body = node.children
        self.add(f"terms.item[{self.inside([name])}][{self.inside([body]).strip()}], ")
        raise nodes.SkipNode

    # Boxes and blocks

    def visit_Admonition(self, node: nodes.Element) -> None:  # noqa: N802
        """Write a box: under its title, or under what its kind is called."""
        kind = str(next(iter(node["classes"]), node.tagname))
        self._box(node, kind, str(admonitionlabels.get(node.tagname, "")))

    def visit_topic(self, node: nodes.Element) -> None:
        """Write a box."""
        self._box(node, "note")

    def visit_sidebar(self, node: nodes.Element) -> None:
        """Write a box."""
        self._box(node, "note")

    def _box(self, node: nodes.Element, kind: str, title: str = "") -> None:
        words = list(node.children)
        title = escape(title)
        if words and isinstance(words[0], nodes.title):
            title = self.inside(words.pop(0).children).strip()
        self.mark(node)
        self.add(self.anchors(node))
        self.add(f"#box-of({string(kind)}, [{title}])[{self.inside(words)}]\n\n")
        raise nodes.SkipNode

    def visit_exercise_node(self, node: nodes.Element) -> None:
        """Write an exercise without a number."""
        self._exercise(node)

    def visit_exercise_enumerable_node(self, node: nodes.Element) -> None:
        """Write an exercise, its number and its title."""
        self._exercise(node)

    def _exercise(self, node: nodes.Element) -> None:
        title = node.next_node(nodes.title)
        assert title is not None  # noqa: S101 - sphinx-exercise writes one
        words = node.children[1:]
        for child in (*title.children[:1], *title.children[-1:]):  # brackets of sphinx-exercise's
            if isinstance(child, nodes.Text) and len(title.children) > 1:
                title.remove(child)
        number = self.builder.number(self.docname, "exercise", node)
        self.mark(node)
        head = f"{string(number)}, [{self.inside(title.children).strip()}], {self.place(node)}"
        self.add(f"#exercise({head})[{self.inside(words)}]\n\n")
        raise nodes.SkipNode

    def visit_solution_node(self, node: nodes.Element) -> None:
        """Write a solution, in the appendix."""
        self.add(self.anchors(node))

    def visit_rubric(self, node: nodes.Element) -> None:
        """Write a heading that is not in the contents."""
        self.mark(node)
        self.add(f"#rubric[{self.anchors(node)}{self.inside(node.children).strip()}]\n\n")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Write a quotation."""
        self.add(f"{self.anchors(node)}#quote(block: true){self.content(node)}\n\n")
        raise nodes.SkipNode

    def visit_attribution(self, node: nodes.Element) -> None:
        """Say whose words these are."""
        self.add(f"— {self.inside(node.children)}\n\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        """Write lines that break where their author broke them."""
        self.add(" #linebreak() ".join(self.inside([line]).strip() for line in node.children))
        self.add("\n\n")
        raise nodes.SkipNode

    def visit_transition(self, _node: nodes.Element) -> None:
        """Write a pause."""
        self.add("#pause\n\n")
        raise nodes.SkipNode

    def visit_container(self, node: nodes.Element) -> None:
        """Write what it holds; the answer at the head of a chapter, and cards, have a form."""
        self.add(self.anchors(node))
        classes = node["classes"]
        for name, function in _CONTAINERS.items():
            if name in classes:
                self.add(f"#{function}{self.content(node)}\n\n")
                raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> None:
        """Write what was meant for Typst, and the break of a line, which MyST writes as HTML."""
        formats = node.get("format", "").split()
        if "typst" in formats:
            self.add(node.astext())
        elif "html" in formats and _BREAK.fullmatch(node.astext()):
            self.add(" #linebreak() ")
        raise nodes.SkipNode

    # Figures

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a picture with its caption and the line of its sources."""
        beside = (nodes.caption, nodes.legend)
        picture = [child for child in node.children if not isinstance(child, beside)]
        caption = next(iter(children(node, nodes.caption)), None)
        legend = next(iter(children(node, nodes.legend)), None)
        self._quiet += 1
        words = self.inside(caption.children).strip() if caption is not None else ""
        source = self.inside(legend.children).strip() if legend is not None else ""
        self._quiet -= 1
        number = self.builder.number(self.docname, "figure", node)
        place = self.place(node)
        if number and caption is not None:
            short = structure.first_sentence(without_notes(caption))
            self.pictures.append((number, place, escape(short)))
        drawn = self.builder.picture(self.docname, node)
        self.mark(node)
        image = self._image(next(node.findall(nodes.image)), drawn) if drawn else ""
        image = image or self.inside(picture)
        long = legend is not None and len(legend.astext()) > _LONG_LINE
        self.add(
            f"#picture({string(number)}, {place}, {'long: true, ' if long else ''}"
            f"caption: [{words}], legend: [{source}])[{image}]\n\n"
        )
        raise nodes.SkipNode

    def visit_image(self, node: nodes.Element) -> None:
        """Write a picture."""
        self.add(self._image(node, self.builder.image(node)))
        raise nodes.SkipNode

    def _image(self, node: nodes.Element, file: str) -> str:
        alt = string(" ".join(node.get("alt", "").split()))
        size = images.size(node)
        shown = f"image({string(file)}, alt: {alt}, {size or 'width: 100%'})"
        return f"#box({shown})" if size and images.in_text(node) else f"#{shown}"

    # Tables

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table, with its number and title if it has them."""
        title = next(iter(children(node, nodes.title)), None)
        group = children(node, nodes.tgroup)[0]
        columns = children(group, nodes.colspec)
        classes = [name for name in node["classes"] if not name.startswith("colwidths")]
        kind = "wide" if len(columns) >= _WIDE_TABLE or "wide" in classes else "narrow"
        if "dataframe" in classes:
            kind = "data"
        if isinstance(node.parent, nodes.entry):
            kind = "narrow"
        widths = self._widths(node, columns)
        head = [row for part in children(group, nodes.thead) for row in children(part, nodes.row)]
        body = [row for part in children(group, nodes.tbody) for row in children(part, nodes.row)]
        around = self._columns, self._table
        self._columns, self._table = columns, node
        self.mark(node)
        self._quiet += 1
        cells = ", ".join(["columns: (" + ", ".join(widths) + ",)"])
        if head:
            cells += ", table.header(" + "".join(map(self._row, head)) + ")"
        cells += ", " + "".join(map(self._row, body))
        said = self.inside(title.children).strip() if title is not None else ""
        self._quiet -= 1
        self._columns, self._table = around
        number = self.builder.number(self.docname, "table", node) if title is not None else ""
        self.add(
            f"#tabular({string(kind)}, {string(number)}, {self.place(node)}, [{said}], "
            f"table({cells}))\n\n"
        )
        raise nodes.SkipNode

    def _widths(self, node: nodes.Element, columns: list[nodes.colspec]) -> list[str]:
        given = "colwidths-given" in node["classes"]
        if not given:
            return ["auto"] * len(columns)
        return [f"{column['colwidth']}fr" for column in columns]

    def _row(self, row: nodes.Element) -> str:
        return "".join(
            self._cell(entry, column) for column, entry in enumerate(children(row, nodes.entry))
        )

    def _cell(self, entry: nodes.Element, column: int) -> str:
        options = []
        if entry.get("morecols"):
            options.append(f"colspan: {entry['morecols'] + 1}")
        if entry.get("morerows"):
            options.append(f"rowspan: {entry['morerows'] + 1}")
        if "text-right" in entry["classes"]:
            options.append("align: right")
        words = self.inside(entry.children).strip()
        if column < len(self._columns) and self._columns[column].get("stub"):
            words = f"#strong[{words}]"
        if not words and column == 0 and "checklist" in self._table["classes"]:
            words = "#tick"
        if options:
            return f"table.cell({', '.join(options)})[{words}], "
        return f"[{words}], "
