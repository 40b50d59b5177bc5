"""The style of the bibliography: titles as they were given, letters, languages, one alphabet.

Closes: pybtex's styles put titles in lower case, sort names by their braces and accents and speak
English (seen in pybtex 0.26.1), say nothing of the language of a text, and the author-year
citations of sphinxcontrib-bibtex do not tell two works of one author and year apart (seen in
2.7.0).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any, cast

from pybtex.backends.plaintext import Backend
from pybtex.database import Entry, Person, parse_file, parse_string
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.plugin import register_plugin
from pybtex.richtext import Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node, join, names, node, sentence
from pybtex.style.template import field as entry_field
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.plugin import register_plugin as register_citations
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from bookext.common.errors import FileError, read_text
from bookext.common.i18n import _, of_references
from bookext.common.order import Updated
from bookext.execution.front_matter import CONTROL
from govsocial.language import noted

NAME = "governing"
_OTHERS = "others"
_LETTERS = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]
_ADDRESSES = ("url", "doi", "eprint")  # which are no LaTeX
# Kinds of entries that biblatex has, and BibTeX's names of them.
_KINDS = {"report": "techreport", "thesis": "phdthesis", "collection": "proceedings"}
_ENTRY = re.compile(
    r"^\s*@(?!(?:comment|preamble|string)\b)\w+\s*\{\s*([^\s,{}]+)\s*,", re.M | re.I
)
_KEYLESS = re.compile(
    r"^\s*@(?!(?:comment|preamble|string)\b)\w+\s*\{\s*(?=,|\w+\s*=)", re.M | re.I
)
_EMPTY = re.compile(r"^[^%\n]*?\b(\w+)\s*=\s*(?:\{\s*\}|\"\s*\")", re.M)
# What an entry says in words of ours; authors, titles and publishers are names.
_OWN_WORDS = ("howpublished", "type", "note", "edition", "month")


LANGUAGES = {
    "english": ("en", ""),
    "french": ("fr", noted("In French")),
    "german": ("de", noted("In German")),
    "italian": ("it", noted("In Italian")),
    "portuguese": ("pt", noted("In Portuguese")),
    "russian": ("ru", noted("In Russian")),
}
"""Languages of titles, as ``langid`` names them: code, and what the bibliography says."""


class LanguageError(SphinxError):
    """An entry names a language that the bibliography has no words for."""

    category = "Unknown language in the bibliography"


def _language(entry: Entry) -> str:
    given = entry.fields.get("langid", "english")
    if given not in LANGUAGES:
        raise LanguageError(
            f"{entry.key}: langid = {given}; write one of {', '.join(sorted(LANGUAGES))}, "
            f"or add it to LANGUAGES in {__name__}"
        )
    words = LANGUAGES[given][1]
    return _(words) if words else ""


@cache
def _plain(latex: str) -> str:
    return cast(str, Text.from_latex(latex).render(Backend()))


def _alphabetical(latex: str) -> str:
    """Return what a text is sorted by: no marks, accents, capitals or article."""
    bare = unicodedata.normalize("NFKD", _plain(latex))
    letters = "".join(sign for sign in bare if sign.isalnum() or sign == " ").casefold()
    return letters.removeprefix("the ").strip()


def _authors(entry: Entry) -> list[Person]:
    return list(entry.persons.get("author") or entry.persons.get("editor") or [])


def _cited_as(entry: Entry) -> tuple[str, ...]:
    """Return what author-year citations print of the authors: all that they tell them apart by."""
    names = tuple(
        _alphabetical(" ".join(person.prelast_names + person.last_names))
        for person in _authors(entry)
    )
    return names if len(names) < 3 else (names[0], "et al")


def _year(entry: Entry) -> str:
    return re.sub(r"(?<=\d)[a-z]{1,2}$", "", str(entry.fields.get("year", "")))


def sorting_key(entry: Entry) -> tuple[str, str, str]:
    """Return what an entry stands in the bibliography by: authors, year, title."""
    authors = "  ".join(
        _alphabetical(
            " ".join(
                person.prelast_names + person.last_names + person.first_names + person.middle_names
            )
        )
        for person in _authors(entry)
    )
    return authors, _year(entry), _alphabetical(entry.fields.get("title", ""))


def give_letters(entries: Iterable[Entry]) -> None:
    """Write 2012a, 2012b into the years of works that would be cited with the same words."""
    alike: dict[tuple[tuple[str, ...], str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[_cited_as(entry), _year(entry)].append(entry)
    for (_names, year), works in alike.items():
        if len(works) == 1:
            works[0].fields["year"] = year
            continue
        for letter, work in zip(_LETTERS, sorted(works, key=sorting_key), strict=False):
            work.fields["year"] = f"{year}{letter}"


class _Sorting(BaseSortingStyle):  # type: ignore[misc]
    """One alphabet for persons and bodies."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        return sorting_key(entry)


@node  # type: ignore[untyped-decorator]
def _names(children: Any, context: dict[str, Any], role: str, **separators: str) -> Any:  # noqa: ARG001
    """Return the names of persons; BibTeX's ``and others`` is no name."""
    entry: Entry = context["entry"]
    named = [person for person in entry.persons.get(role, []) if str(person) != _OTHERS]
    if len(named) == len(entry.persons.get(role, [])):
        return names(role, **separators).format_data(context)
    style = context["style"]
    shown = [style.format_name(person, style.abbreviate_names) for person in named]
    return Text(join(sep=separators["sep"])[shown].format_data(context), " ", Tag("em", "et al."))


def show_others(entries: Iterable[Entry]) -> None:
    """Let a work by one author ``and others`` be cited as one by three, with an abbreviation."""
    for entry in entries:
        for persons in entry.persons.values():
            if len(persons) == 2 and str(persons[1]) == _OTHERS:
                persons.append(persons[1])


class BookStyle(Style):  # type: ignore[misc]
    """pybtex's plain layout, with the words of a title untouched and its language named."""

    default_sorting_style = _Sorting

    def format_title(
        self,
        e: Entry,  # noqa: ARG002
        which_field: str,
        as_sentence: bool = True,
    ) -> Any:
        """Return the title as it was given."""
        return sentence[entry_field(which_field)] if as_sentence else entry_field(which_field)

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Return the names of authors or editors, as a list of the edition's language."""
        listed = _names(role, sep=", ", sep2=_(" and "), last_sep=_(", and "))
        return sentence[listed] if as_sentence else listed

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        """Return an entry in the words of the edition's language."""
        own = [(name, of_references(text)) for name, text in words_of(entry)]
        translated = Entry(entry.type, [*entry.fields.items(), *own], entry.persons)
        translated.key = entry.key
        template = _in_words(getattr(self, f"get_{entry.type}_template")(translated), _words())
        context = {"entry": translated, "style": self, "bib_data": bib_data}
        return FormattedEntry(entry.key, template.format_data(context), label)

    def format_web_refs(self, e: Entry) -> Any:
        """Return language and addresses; a DOI is not printed twice."""
        doi = e.fields.get("doi", "")
        if doi and e.fields.get("url", "").lower().endswith(doi.lower()):
            addresses = sentence[self.format_doi(e)]
        else:
            addresses = super().format_web_refs(e)
        language = _language(e)
        return sentence(sep=". ")[language, addresses] if language else addresses


def _words() -> dict[str, str]:
    """Return the words that pybtex's templates hold."""
    return {
        "In": _("In"),
        "Number": _("Number"),
        "Technical Report": _("Technical report"),
        "Volume": _("Volume"),
        "chapter": _("chapter"),
        "edition": _("edition"),
        "editor": _("editor"),
        "editors": _("editors"),
        "in": _("in"),
        "number": _("number"),
        "of": _("of"),
        "pages": _("pages"),
        "volume": _("volume"),
    }


def _in_words(template: Any, words: Mapping[str, str]) -> Any:
    """Return a template of pybtex with other words."""
    if isinstance(template, str):
        return words.get(template, template)
    if isinstance(template, Node):
        template = template()
        template.children = [_in_words(child, words) for child in template.children]
    return template


def words_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Return the fields of an entry that are written in the source language, and their text."""
    yield from ((name, entry.fields[name]) for name in _OWN_WORDS if name in entry.fields)


def messages(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Return the words of the bibliography that are to be translated, and their file."""
    for path in paths:
        for entry in parse_file(path).entries.values():
            yield from ((text, path) for _name, text in words_of(entry))


@dataclass
class BookCitations(AuthorYearReferenceStyle):
    """Authors and years in sentences, as a list of the edition's language."""

    person: PersonStyle = field(
        default_factory=lambda: PersonStyle(sep2=_(" and "), last_sep=_(", and "))
    )


def _refuse_unreadable(app: Sphinx, _config: Config) -> None:
    """Refuse a key that stands twice, with both places, and an entry that cannot be read."""
    places: dict[str, str] = {}
    parser = Parser(app.config.bibtex_encoding)
    for name in app.config.bibtex_bibfiles:
        path = Path(app.srcdir, name)
        if not path.is_file():
            said = "is no file; write the works into one, or take it out of `bibtex_bibfiles`"
            raise FileError(path, f"{said} in conf.py")
        text = read_text(path)
        _refuse_gaps(path, text)
        for entry in _ENTRY.finditer(text):
            key, line = entry[1].casefold(), _line(text, entry)
            if before := places.get(key):
                said = f"{entry[1]} is the key of {before}, too; rename or delete one of them"
                raise FileError(path, said, line)
            places[key] = f"{name}:{line}"
        try:
            parser.parse_file(path)
        except PybtexError as error:
            if getattr(error, "lineno", None):
                raise
            raise FileError(path, f"{error}; mend this entry", _failing(text, error)) from None


def _refuse_gaps(path: Path, text: str) -> None:
    """Refuse what pybtex reads without a word: an entry without key, a field without a value."""
    if found := CONTROL.search(text):
        said = f"U+{ord(found[0]):04X} is no letter; delete it"
    elif found := _KEYLESS.search(text):
        said = "the entry has no key; write one after its brace: @misc{key, title = ..."
    elif found := _EMPTY.search(text):
        said = f"{found[1]} is empty; fill it in, or delete it"
    else:
        return
    raise FileError(path, said, text.count("\n", 0, found.end()) + 1)


def _line(text: str, entry: re.Match[str]) -> int:
    return text.count("\n", 0, entry.start(1)) + 1


def _failing(text: str, error: PybtexError) -> int | None:
    """Return the line of the entry that pybtex says something of."""
    entries = list(_ENTRY.finditer(text))
    ends = [entry.start() for entry in entries[1:]] + [len(text)]
    for entry, end in zip(entries, ends, strict=True):
        try:
            parse_string(text[entry.start() : end], "bibtex")
        except PybtexError as other:
            if str(other) == str(error):
                return _line(text, entry)
    return None


def _check(entry: Entry, files: Iterable[Path]) -> None:
    """Refuse an entry that cannot be printed, with the file and line where it begins."""
    for said in _faults(entry):
        for path in files:
            text = read_text(path)
            for begin in _ENTRY.finditer(text):
                if begin[1] == entry.key:
                    raise FileError(path, said, _line(text, begin))
        raise FileError("the bibliography", said)


def _faults(entry: Entry) -> Iterator[str]:
    """Say what of an entry cannot be printed as it is."""
    persons = ((role, str(one)) for role, them in entry.persons.items() for one in them)
    for role, them in entry.persons.items():
        for one in filter(_is_joined, them):
            yield f"{role} of {entry.key}: `{one}` is no name; write one `and` between two names"
    for name, text in [*entry.fields.items(), *persons]:
        if fault := _no_latex(name, text):
            yield f"{name} of {entry.key}: {fault}"
    url, doi = entry.fields.get("url", ""), entry.fields.get("doi", "")
    if url and not re.match(r"https?://\S+$", url):
        yield f"url of {entry.key}: {url} is no address; write one that begins with https://"
    if "://" in doi:
        yield f"doi of {entry.key}: write it without the address before it: 10.1000/xyz"
    if "date" in entry.fields and "year" not in entry.fields:
        yield f"date of {entry.key}: write year = {{2012}}, and month if it matters"
    if not hasattr(BookStyle, f"get_{entry.type}_template"):
        known = f"write @{_KINDS.get(entry.type, 'misc')}"
        yield f"@{entry.type} of {entry.key} is no kind of entry that is known; {known}"
        return
    try:
        _style().format_entry("", entry)
    except LanguageError as error:
        yield str(error)
    except PybtexError as error:
        yield f"{error}; add what is missing, or write @misc"


def _is_joined(person: Person) -> bool:
    """Return whether an `and` too many is taken for a part of a name."""
    first = [*person.first_names, *person.middle_names]
    return "and" in [*first, *person.prelast_names, *person.last_names]


@cache
def _style() -> BookStyle:
    """Return the style; pybtex looks for its parts through all installed packages."""
    return BookStyle()


def _no_latex(name: str, text: str) -> str:
    """Return why a field is not written in LaTeX; nothing if it is."""
    try:
        plain = _plain(text)
    except PybtexError as error:
        return f"{error}; write % as \\% and close every brace"
    if name in _ADDRESSES:
        return ""
    if re.search(r"(?<!\\)%", text):
        return "what follows a % is not printed; write % as \\%"
    if command := re.search(r"\\\w*", plain):
        return f"{command[0]} is not known; write the letters themselves"
    return ""


def _prepare_citations(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give letters to the cited works, and return the pages that cite one that has changed."""
    domain = env.get_domain("cite")
    entries: Mapping[str, Entry] = domain.bibdata.data.entries  # type: ignore[attr-defined]
    pages: dict[str, set[str]] = defaultdict(set)
    for reference in domain.citation_refs:  # type: ignore[attr-defined]
        for target in reference.targets:
            pages[target.key].add(reference.docname)
    cited = sorted(pages.keys() & entries.keys())
    before: dict[str, str] = getattr(env, "bookext_cited", {})
    for key in cited:
        if repr(entries[key]) != before.get(key):
            _check(entries[key], [Path(env.srcdir, name) for name in env.config.bibtex_bibfiles])
    show_others(entries[key] for key in cited)
    give_letters(entries[key] for key in cited)
    now = {key: repr(entries[key]) for key in cited}
    env.bookext_cited = now  # type: ignore[attr-defined]
    return sorted({page for key in cited if now[key] != before.get(key) for page in pages[key]})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the style, and give letters before sphinxcontrib-bibtex formats the entries."""
    register_plugin("pybtex.style.formatting", NAME, BookStyle, force=True)
    register_citations("sphinxcontrib.bibtex.style.referencing", NAME, BookCitations, force=True)
    app.connect("config-inited", _refuse_unreadable)
    app.connect("env-updated", _prepare_citations, priority=Updated.CITATION_LETTERS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
