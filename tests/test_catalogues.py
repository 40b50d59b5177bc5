"""What translations keep of their English: roles, keys, links, braces; and how Italian is typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from translate import SPEAKING, of_code, open_messages, updated, write

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "locale"
# The editions in which every message must be translated.
WHOLE: tuple[str, ...] = ("it",)
# Words of libraries, in files of their names: their own Italian is mended, not kept.
LIBRARIES = {"sphinx", "booktheme", "exercise", "togglebutton"}

ROLE = re.compile(r"(?<!`)\{([a-z:]+)\}`([^`]*)`")
CODE = re.compile(r"`[^`]*`")
BRACES = re.compile(r"(?<!\{)\{[^{}`]*\}(?!`)")
LINK = re.compile(r"\]\(([^)]*)\)")
BLOCK = re.compile(r"\s*(\d+[.)]\s|[-*+]\s|>|#+\s)")
# Feminine articles are the same before every number.
ARTICLE = re.compile(
    r"\b(il|lo|i|gli|un|uno|(de|a|da|ne|su)(l|llo|i|gli)) \{glue:text\}`[^`|]*`"
    r"|[’'] ?\{glue:text\}`",
    re.IGNORECASE,
)
ACCENT = re.compile(r"\b(E’|E'|perchè|poichè|affinchè|nè|sè|pò|po'|un pò)(?!\w)")


class Message(NamedTuple):
    """A translated message and its place."""

    place: str
    id: str
    string: str

    @property
    def prose(self) -> str:
        """The translation without what stands in it as code."""
        return re.sub(r"\\\"[^\"]*\\\"", "", BRACES.sub("", CODE.sub("`x`", self.string)))


def messages(language: str) -> Iterator[Message]:
    """Return the messages that have a translation; of a plural, its last form."""
    folder = LOCALES / language / "LC_MESSAGES"
    for path in sorted(folder.rglob("*.po")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name in LIBRARIES:
            continue
        with path.open("rb") as file:
            for message in read_po(file):
                ids: Any = message.id
                strings: Any = message.string
                if isinstance(ids, tuple):
                    ids, strings = ids[-1], (strings or ("",))[-1]
                if ids and strings and not message.fuzzy:
                    yield Message(f"{name}.po:{message.lineno}", ids, strings)


ITALIAN = list(messages("it"))


def target(role: str, body: str) -> str:
    """Return what a role refers to, however it is worded."""
    if role == "glue:text":
        key = body.removesuffix(":s").partition("|")[0]
        return key.rpartition("::")[2].removesuffix(":s")
    if role.startswith("cite"):
        return ",".join(sorted(key.strip() for key in body.split(",")))
    explicit = re.search(r"<([^>]*)>\s*$", body)
    return (explicit[1] if explicit else body).strip()


def roles(text: str) -> list[tuple[str, str]]:
    found = ((role, target(role, body)) for role, body in ROLE.findall(text) if role != "index")
    return sorted(found)


def braces(text: str) -> list[str]:
    """Return what stands in braces, without words in quotes and the forms of numbers and dates."""
    bare = (re.sub(r"'[^']*'", "''", found) for found in BRACES.findall(text))
    return sorted(re.sub(r"(?<=.)[:!][^{}]*(?=\}$)", "", found) for found in bare)


def wrong(found: Iterator[str]) -> None:
    """Fail with the places and the words."""
    listed = list(found)
    assert not listed, "\n".join(listed)


@pytest.mark.parametrize("language", WHOLE)
def test_every_message_is_translated(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    wrong(line for path in sorted(folder.rglob("*.po")) for line in open_messages(path))


@pytest.mark.parametrize("language", WHOLE)
def test_the_words_of_the_code_are_in_the_catalogues(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    missing = {
        f"{name}: {message.id}"
        for name, template in of_code().items()
        for message in template
        if message.id and message.id not in known(folder / f"{name}.po")
    }
    assert not missing, f"run: make translate LANGUAGE={language}\n" + "\n".join(sorted(missing))


def asked_for(path: Path) -> Iterator[tuple[int, str]]:
    """Return the words for which code asks its catalogue, and their lines, wherever they stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "noted" | "ngettext"),
                args=[ast.Constant(value=str(words)), *_],
            ):
                yield node.lineno, words


# Up to Python 3.11 an f-string is one token, and Babel does not look for words in it.
def test_no_word_of_the_code_stands_where_it_is_not_extracted() -> None:
    found = of_code()
    library, book = (sorted((ROOT / room).rglob("*.py")) for room in ("govsocial", "bookext"))
    names = {path: path.relative_to(ROOT).with_suffix("").as_posix() for path in library}
    wrong(
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path, name in (names | dict.fromkeys(book, "book")).items()
        for line, words in asked_for(path)
        if name not in found or words not in found[name]
    )


def test_words_in_an_f_string_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text("a = f\"{x}: {y or _('none')}\"\nb = _('some')\n")
    assert list(asked_for(path)) == [(2, "some"), (1, "none")]


@cache
def known(path: Path) -> set[object]:
    """Return the messages of a catalogue."""
    if not path.is_file():
        return set()
    with path.open("rb") as file:
        return {message.id for message in read_po(file)}


def test_roles_keep_their_targets() -> None:
    wrong(f"{m.place}: {m.string}" for m in ITALIAN if roles(m.id) != roles(m.string))


def test_a_term_names_its_english_entry() -> None:
    bare = re.compile(r"\{term\}`[^`<]*`")
    wrong(f"{m.place}: {found}" for m in ITALIAN for found in bare.findall(m.string))


def test_links_and_code_stay() -> None:
    for message in ITALIAN:
        assert sorted(LINK.findall(message.id)) == sorted(LINK.findall(message.string)), message
        plain = [CODE.findall(ROLE.sub("", text)) for text in (message.id, message.string)]
        assert sorted(plain[0]) == sorted(plain[1]), message


def test_what_stands_in_braces_stays() -> None:
    for message in ITALIAN:
        if r"\text{" not in message.id:  # of a formula
            assert braces(message.id) == braces(message.string), message


def test_formulas_stay() -> None:
    formula = re.compile(r"(?<!\\)\$([^$]+)\$")
    for message in ITALIAN:
        if r"\text{" not in message.id and message.id.count("$") > 1:
            assert sorted(formula.findall(message.id)) == sorted(formula.findall(message.string))


def test_a_translation_is_one_block_as_its_original() -> None:
    for message in ITALIAN:
        assert "\n\n" not in message.string, message
        assert bool(BLOCK.match(message.id)) == bool(BLOCK.match(message.string)), message


def test_quotes_and_apostrophes_are_those_of_print() -> None:
    wrong(f"{m.place}: {m.string}" for m in ITALIAN if re.search("['\"]", m.prose))


def test_no_article_stands_before_a_computed_number() -> None:
    wrong(f"{m.place}: {m.string}" for m in ITALIAN if ARTICLE.search(m.string))


def test_accents() -> None:
    wrong(f"{m.place}: {found[0]}" for m in ITALIAN if (found := ACCENT.search(m.prose)))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("il {glue:text}`a-b` dei paesi", True),
        ("all’{glue:text}`a-b`", True),
        ("Nel {glue:text}`a-b`", True),
        ("{glue:text}`a-b|il` dei paesi", False),
        ("le {glue:text}`a-b` risposte", False),
        ("con {glue:text}`a-b` risposte", False),
    ],
)
def test_the_rule_on_articles_knows_them(text: str, refused: bool) -> None:
    assert bool(ARTICLE.search(text)) == refused


def test_a_target_is_found_however_it_is_worded() -> None:
    english = "{term}`institutional account` {glue:text}`../chapters/a.md::a-b:s` {cite:p}`x,y`"
    italian = (
        "{cite:p}`y, x` {glue:text}`a-b|al` {term}`account istituzionale <institutional account>`"
    )
    assert roles(english) == roles(italian)
    assert roles(english) != roles(italian.replace("a-b", "a-c"))


def test_a_former_text_stays_whole_until_it_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    before, after = "A former text, with words of all lengths. " * 5, "A new text. " * 20
    catalogue = Catalog("it")
    catalogue.add(after, "Il testo. ", previous_id=[before], flags=["fuzzy"])
    write(catalogue, path)
    template = Catalog()
    template.add(after)
    written = []
    for _time in range(2):
        write(updated(path, template, "it"), path)
        written.append(path.read_text("utf-8"))
    assert written[0] == written[1]
    assert "#| msgid" in written[0] and not re.search(r"^# \S", written[0].split("\n#|")[1], re.M)
    path.write_text(written[0].replace("#, fuzzy\n", ""), "utf-8")
    write(updated(path, template, "it"), path)
    assert "A former text" not in path.read_text("utf-8")


def test_every_module_that_speaks_is_asked_for_its_words() -> None:
    asked = {path for pattern in SPEAKING for path in ROOT.glob(pattern)}
    speaks = re.compile(
        r"^from (bookext\.common\.i18n|govsocial\.language) import .*\b(_|ngettext|noted)\b", re.M
    )
    rooms = ("benchmarks", "bookext", "notebooks", "pipeline", "tools")
    paths = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    speaking = {path for path in paths if speaks.search(path.read_text("utf-8"))}
    assert len(speaking) > 40
    assert speaking <= asked, f"name them in tools/translate.py: {speaking - asked}"
