"""The index: Sphinx's entries, with pages for links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries

Group = tuple[str, list[tuple[str, Any]]]


def groups(builder: Builder) -> list[Group]:
    """Return the letters of the index with their entries."""
    found: list[Group] = IndexEntries(builder.env).create_index(builder)
    return found


def places(found: Iterable[Group]) -> set[str]:
    """Return the names of all places that the index leads to."""
    names = set()
    for _letter, entries in found:
        for _word, (links, subentries, _key) in entries:
            names |= {_name(uri) for _main, uri in links}
            names |= {_name(uri) for _sub, below in subentries for _main, uri in below}
    return names - {""}


def _name(uri: str | bool) -> str:
    return uri.removeprefix("%").replace("#", ":", 1) if isinstance(uri, str) else ""


def written(
    found: Iterable[Group], known: Callable[[str], str], quoted: Callable[[str], str]
) -> str:
    """Return the index as an array of Typst's code.

    Parameters
    ----------
    found
        What :func:`groups` returns.
    known
        Returns the label of a place, or nothing if the book does not hold it.
    quoted
        Returns a text as a string of Typst's code.
    """
    letters = []
    for letter, entries in found:
        lines = [line for word, entry in entries if (line := _entry(word, entry, known, quoted))]
        if lines:
            letters.append(f"({quoted(letter)}, ({', '.join(lines)},))")
    return "(" + "".join(f"{letter},\n" for letter in letters) + ")"


def _entry(word: str, entry: Any, known: Callable[[str], str], quoted: Callable[[str], str]) -> str:
    links, subentries, _key = entry
    pages = _pages(links, known, quoted)
    below = []
    for sub, sublinks in subentries:
        subpages = _pages(sublinks, known, quoted)
        if subpages != "()" or not any(uri for _main, uri in sublinks):
            below.append(f"({quoted(sub)}, {subpages})")
    if pages == "()" and not below:
        return ""
    return f"({quoted(word)}, {pages}, ({''.join(f'{line}, ' for line in below)}))"


def _pages(links: Any, known: Callable[[str], str], quoted: Callable[[str], str]) -> str:
    labels = dict.fromkeys(label for _main, uri in links if (label := known(_name(uri))))
    return "(" + "".join(f"{quoted(label)}, " for label in labels) + ")"
