"""Numbers in sentences: the role ``{glue:text}`key```, printed in the language of the edition.

The number comes from the records of the cells, its form from its pattern (see
``govsocial.contract``). The key is enough, on every page; ``path::key`` names the page as well, and
is refused if the number is not from there. What stands after ``|`` is the form:

- nothing: *81%*; of an interval, *38% to 44%*
- ``dash``: an interval within brackets, *38%–44%*; in words where a bound is negative
- in Italian an article, as it stands before a consonant (``il``, ``del``, ``al`` …): *all’81%*; of
  an interval, ``dal`` is *dal 38% all’81%* and ``tra``, *tra il 38% e l’81%*

Closes: MyST-NB's role of this name looks for the value in the notebook that is being parsed, and a
translated sentence is parsed as a document of its own, without one: every number of a translation
is lost (seen in MyST-NB 1.4.0; not reported yet). It prints the text of the cell, whatever the
language, and does not write a page again when a number of another page changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from bookext.common.italian import ARTICLES, with_article
from bookext.common.order import Reading, Writing
from bookext.records.cell_outputs import NumberRecord, records
from govsocial import labels
from govsocial.language import language

_LOGGER = logging.getLogger(__name__)
_TAKEN_OVER = (nodes.title, nodes.caption)
"""What other pages print before the numbers of all pages are known."""


class number(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Stands for a number until its record is there: ``key``, ``page`` (or empty), ``form``."""


class NumberRole(SphinxRole):
    """Leave a mark in the text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the mark; the records are known when the cells of the page have been read."""
        name, _bar, form = self.text.partition("|")
        path, _colons, key = name.removesuffix(":s").rpartition("::")
        page = self.env.path2doc(self.env.relfn2path(path)[1]) if path else ""
        mark = number("", key=key, page=page or "", form=form)
        self.set_source_info(mark)
        return [mark], []


class PrintOwnNumbers(SphinxTransform):
    """Print the numbers of the page itself: its title may have some."""

    default_priority = Reading.OWN_NUMBERS

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Put the numbers in the place of the marks."""
        found = {entry.key: entry for entry in records(self.env).pages[self.env.docname].numbers}
        for mark in list(self.document.findall(number)):
            if mark["page"] in {"", self.env.docname} and mark["key"] in found:
                _print(mark, found[mark["key"]])
                continue
            records(self.env).readers.add(self.env.docname)
            if isinstance(mark.parent, _TAKEN_OVER):
                _warn(
                    mark,
                    f"the number '{mark['key']}' of another page in a title or a caption: links "
                    "and lists take it over before it is known; write it into the text",
                )


class PrintNumbers(SphinxPostTransform):
    """Print the numbers of other pages."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Put the numbers in the place of the marks."""
        fill(self.env, self.document)


def fill(env: BuildEnvironment, tree: nodes.Element) -> None:
    """Put the numbers in the place of the marks of a page, or of a copy of its part.

    A page that is stored holds marks, which have no words: whoever takes text out of it fills it
    first.
    """
    if not (marks := list(tree.findall(number))):
        return
    found = {
        entry.key: (docname, entry)
        for docname, page in records(env).pages.items()
        for entry in page.numbers
    }
    for mark in marks:
        docname, entry = found.get(mark["key"], ("", None))
        if entry is None or mark["page"] not in {"", docname}:
            where = f" of {mark['page']}" if mark["page"] else ""
            _warn(mark, f"there is no number '{mark['key']}'{where}; back/numbers lists them")
            mark.replace_self(nodes.Text(mark["key"]))
        else:
            _print(mark, entry)


def _print(mark: number, entry: NumberRecord) -> None:
    try:
        text = printed(entry, mark["form"])
    except ValueError as error:
        _warn(mark, str(error))
        text = printed(entry)
    made = nodes.inline(text, text, classes=["pasted-text"])
    made.source, made.line = mark.source, mark.line
    mark.replace_self(made)


def _warn(mark: number, said: str) -> None:
    _LOGGER.warning("%s", said, location=mark, type="govsocial", subtype="number")


def printed(entry: NumberRecord, form: str = "") -> str:
    """Return a number as a sentence of the edition prints it.

    Parameters
    ----------
    entry
        A number, an interval, a month, a day, a country or a word.
    form
        What stands after ``|``.

    Raises
    ------
    ValueError
        If this kind of number has no such form in the language of the edition.
    """
    write = _forms(entry).get(form.lower())
    if write is None:
        raise ValueError(
            f"the number '{entry.key}' ({entry.kind}) has no form '{form}' in the language of "
            f"this edition; {__name__} has the forms"
        )
    text = write()
    return text[0].upper() + text[1:] if form[:1].isupper() else text


def _forms(entry: NumberRecord) -> dict[str, Callable[[], str]]:
    """Return the forms of a number, and what writes them."""
    if entry.kind != "interval":
        one = _WRITERS[entry.kind](entry.value, entry.pattern)
        articles = ARTICLES if language() == "it" else ()
        with_articles = {name: partial(with_article, name, one) for name in articles}
        return {"": lambda: one} | with_articles
    (first, last), pattern = entry.value, entry.pattern
    low, high = labels.decimal(first, pattern), labels.decimal(last, pattern)
    in_words = partial(labels.interval, first, last, pattern)
    found: dict[str, Callable[[], str]] = {
        "": in_words,
        "dash": in_words if first < 0 else lambda: f"{low}–{high}",
    }
    if language() == "it":
        found["dal"] = lambda: f"{with_article('dal', low)} {with_article('al', high)}"
        found["tra"] = lambda: f"tra {with_article('il', low)} e {with_article('il', high)}"
    return found


_WRITERS: dict[str, Callable[[Any, str], str]] = {
    "number": labels.decimal,
    "month": lambda day, _pattern: labels.month(dt.date.fromisoformat(day)),
    "date": lambda day, _pattern: labels.date(dt.date.fromisoformat(day)),
    "country": lambda code, _pattern: labels.country(code),
    "word": lambda word, _pattern: word,
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the role in the place of MyST-NB's, and print what it leaves."""
    app.add_node(number)
    app.add_role_to_domain("glue", "text", NumberRole(), override=True)
    app.add_transform(PrintOwnNumbers)
    app.add_post_transform(PrintNumbers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
