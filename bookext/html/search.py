"""The search: an index of what readers look for, made by Pagefind when all pages are written.

The index holds the words of articles, without code. A page counts by its kind: a chapter before
the page of a country; tables, ledgers and the bibliography come after all others (``search.js``).
The page of a figure brings in the words that are drawn, so that a country in a figure leads to it.
Reference and code are found only by those who ask for them. A term of the glossary that has several
names brings all of them to the pages that use it. ``search-words.json`` has the words of all texts,
for a hint where a word is misspelt.

Closes: Sphinx's search loads each page that it finds to quote it, ranks a function of the library
before a chapter, and knows nothing of words that are drawn
(https://github.com/sphinx-doc/sphinx/issues/1618). It stays for pages read from a disk, where a
browser lets no script fetch an index.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from lxml import html
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import last_words
from bookext.common.order import Finished
from bookext.common.outputs import finish, is_live
from bookext.common.places import (
    BIBLIOGRAPHY,
    CHAPTERS,
    DATA,
    GLOSSARY,
    LABS,
    LIBRARY,
    NUMBERS,
    PARTS,
)

FOLDER = "pagefind"
WORDS = "search-words.json"


class Kind(NamedTuple):
    """A kind of page: what it is called in a list of results, and what its words weigh (0–1)."""

    name: str
    weight: float


# By the beginning of the page's name; the first that fits.
_KINDS = {
    CHAPTERS: Kind("chapter", 1),
    "blog/20": Kind("post", 0.6),
    "countries/hub": Kind("page", 0.5),
    "countries/": Kind("country", 0.5),
    LABS: Kind("lab", 0.4),
    PARTS: Kind("part", 0.4),
    "figures/": Kind("figure", 0.2),
    "data/": Kind("table", 0.2),
    "numbers/": Kind("list", 0.1),
    LIBRARY: Kind("reference", 0.1),
    DATA: Kind("list", 0.1),
    NUMBERS: Kind("list", 0.1),
    BIBLIOGRAPHY: Kind("list", 0.2),
    GLOSSARY: Kind("page", 0.2),
    "back/": Kind("page", 0.5),
}
_WITHOUT_SOURCE = ("countries/", "figures/")
_OTHER = Kind("page", 0.5)
# How often a word of a heading counts.
_HEADINGS = {"h1": 10, "h2": 7, "h3": 5, "dt": 3}
# Not where a reader's word comes from.
_UNHINTED = {"reference", "figure", "table", "list"}
_WORD = re.compile(r"[^\W\d_]{4,}")
_TERM = re.compile(rf'href="[^"#]*{GLOSSARY.rpartition("/")[2]}\.html#([^"]+)"')
_NOT_FOUND = re.compile(r"(_modules/|genindex|search$|404|blog/(?!20\d\d/\w))")
# Not text: code and what opens it, the second name of a fold, links beside headings, where a
# figure comes from.
_LEFT_OUT = (
    "//pre | //script | //style | //svg | //*[contains(@class, 'headerlink')]"
    " | //details[contains(@class, 'code')]/summary"
) + "".join(
    f" | //*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    for name in (
        "cell_input",
        "figure-back",
        "figure-files",
        "figure-line",
        "fold-hide",
        "prev-next-area",
        "toctree-wrapper",
        "math",
        "table-rows",
    )
)


def kind_of(page: str) -> Kind:
    """Return the kind of a page.

    >>> kind_of("chapters/adoption").name, kind_of("index").name
    ('chapter', 'page')
    """
    return next((kind for start, kind in _KINDS.items() if page.startswith(start)), _OTHER)


def searchable(page: str, text: str, entries: Iterable[str] = ()) -> html.HtmlElement | None:
    """Return what the index gets of a page, if it gets anything.

    Parameters
    ----------
    page
        Its name, without ``.html``.
    text
        The page as it is published.
    entries
        What the book's index has of the page: found as its title is.
    """
    if _NOT_FOUND.match(page):
        return None
    tree = html.document_fromstring(text)
    article = tree.find(".//article")
    if article is None:
        return None
    for element in article.xpath("." + _LEFT_OUT.replace(" | /", " | ./")):
        element.drop_tree()
    # Sphinx gives the address to the section, Pagefind looks for it at the heading.
    for heading in article.xpath(".//section[@id]/*[self::h2 or self::h3]"):
        heading.set("id", heading.getparent().attrib.pop("id"))
    kind = kind_of(page)
    for heading in article.iter(*_HEADINGS):
        heading.set("data-pagefind-weight", f"{kind.weight * _HEADINGS[heading.tag]:.1f}")
    for names in article.find_class("country-names"):
        names.set("data-pagefind-meta", "names")
    if kind.name == "figure":  # an excerpt is of words, each once, not of numbers and codes
        seen: set[str] = set()
        for cell in list(article.iter("td")):
            words = cell.text_content()
            if words in seen or not _WORD.search(words):
                cell.drop_tree()
            seen.add(words)
    keywords = html.Element("p", {"data-pagefind-meta": "keywords", "data-pagefind-ignore": ""})
    sought = {element.text_content() for element in article.find_class("country-sought")}
    # The glossary has an entry in the book's index for each of its terms.
    keywords.text = ". ".join(sorted(sought | {*entries})) if page != GLOSSARY else ""
    article.append(keywords)
    article.set("data-pagefind-body", "")
    article.set("data-pagefind-weight", str(kind.weight))
    article.set("data-pagefind-filter", f"kind:{kind.name}")
    article.set("data-pagefind-meta", f"kind:{kind.name}")
    return tree


def synonyms(glossary: str) -> dict[str, set[str]]:
    """Return the names of each term that has several, by the identifier of each.

    Parameters
    ----------
    glossary
        The page of the glossary, as it is published.
    """
    found: dict[str, set[str]] = {}
    for explained in html.document_fromstring(glossary).iter("dd"):
        terms = []
        before = explained.getprevious()
        while before is not None and before.tag == "dt":
            terms.append(before)
            before = before.getprevious()
        if len(terms) > 1:
            names = {(term.text or "").strip() for term in terms}
            found |= {term.get("id", ""): names for term in terms}
    return found


def named(text: str, known: dict[str, set[str]]) -> set[str]:
    """Return all names of the terms that a page refers to, of those that have several."""
    used = set(_TERM.findall(text)) & set(known)
    return {name for term in used for name in known[term]}


def words_of(tree: html.HtmlElement) -> set[str]:
    """Return the words of a page's text that a reader may misspell: those of four letters."""
    found = (word for text in tree.xpath("//article//text()") for word in _WORD.findall(text))
    return {word.lower() for word in found}


def make_index(
    pages: dict[str, str], entries: dict[str, set[str]], folder: Path, language: str
) -> set[str]:
    """Write the index of some pages and return the words for hints.

    Parameters
    ----------
    pages
        The published pages, by name.
    entries
        What the book's index has of a page, by its name.
    folder
        Where the index is written.
    language
        The language of the pages: the index knows its endings.

    Raises
    ------
    ExtensionError
        If Pagefind fails.
    """
    words: set[str] = set()
    known = synonyms(pages[GLOSSARY]) if GLOSSARY in pages else {}
    with tempfile.TemporaryDirectory() as site:
        for page, text in sorted(pages.items()):
            tree = searchable(page, text, entries.get(page, set()) | named(text, known))
            if tree is None:
                continue
            if kind_of(page).name not in _UNHINTED:
                words |= words_of(tree)
            copy = Path(site, f"{page}.html")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(html.tostring(tree, encoding="utf-8", doctype="<!doctype html>"))
        # Not by its Python interface, which ends Pagefind before its files are written (1.5.2).
        command = [sys.executable, "-m", "pagefind", "--site", site, "--quiet"]
        options = ["--output-path", str(folder), "--force-language", language]
        run = subprocess.run(  # noqa: S603
            [*command, *options], capture_output=True, text=True, check=False
        )
    if run.returncode:
        raise ExtensionError(f"the search has no index: {last_words(run)}")
    for path in (*folder.glob("*-ui.*"), folder / "pagefind-highlight.js"):
        path.unlink()  # a surface that we do not use
    return words


def entries_of(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return what the book's index has of each page."""
    return {
        page: {entry for _kind, entry, *_place in found}
        for page, found in env.domains.index_domain.entries.items()
    }


def _index(app: Sphinx) -> None:
    folder = Path(app.outdir)
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html")]
    pages = {
        name: (folder / f"{name}.html").read_text("utf-8")
        for name in sorted(names)
        if name in app.env.found_docs or name.startswith(_WITHOUT_SOURCE)
    }
    entries = entries_of(app.env)
    checksum = checksum_of(pages, entries)
    known = Path(app.doctreedir, "search.checksum")
    if known.is_file() and known.read_text("utf-8") == checksum and (folder / WORDS).is_file():
        return
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    words = make_index(pages, entries, folder / FOLDER, str(app.config.language))
    (folder / WORDS).write_text(json.dumps(sorted(words), ensure_ascii=False), "utf-8")
    known.write_text(checksum, "utf-8")


def checksum_of(pages: dict[str, str], entries: dict[str, set[str]]) -> str:
    """Return a checksum of pages, their entries in the book's index, and how both are used."""
    found = sorted((page, sorted(words)) for page, words in entries.items())
    sources = (Path(__file__).read_text("utf-8"), version("pagefind"))
    return hashlib.blake2b(repr((sources, found, pages)).encode()).hexdigest()


def _leave_as_it_was(app: Sphinx) -> None:
    """Let Sphinx write neither its own index nor the page of the search."""
    app.builder.search = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Index the pages when they are complete."""
    finish(app, _index, priority=Finished.SEARCH, live=False)
    if is_live():
        app.connect("builder-inited", _leave_as_it_was)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
