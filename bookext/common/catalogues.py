"""Whether a catalogue of a translation is one: by line, before it is compiled.

Closes: Babel takes a text that has lost a quote for a shorter one, and of a message that stands
there twice the last, without a word; of a file that is not UTF-8, or a header that it cannot read,
it says no line, and it takes the mark that some editors begin a file with for a word (seen in Babel
2.18.0). Sphinx goes on with what is compiled of a file that Babel cannot read (seen in Sphinx
9.0.4).
"""

from __future__ import annotations

import io
import re
from gettext import c2py  # as those who read the compiled one
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bookext.common.errors import FileError, read_text

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"((?:\\.|[^"\\\0])*)"')
_QUOTES = r'no line of a catalogue: close its quotes, and write a " within them as \"'
_CHARSET = re.compile(r"charset=(?!utf-?8\b)", re.IGNORECASE)
_PLURAL = re.compile(r"\s*nplurals\s*=\s*\d+\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_READ = frozenset(("language", "pot-creation-date", "po-revision-date"))  # by Babel
_TWICE = "this message stands there already, in line {first}; delete one of them"


def check(path: Path) -> None:
    """Stop at a catalogue that Babel would misread.

    Raises
    ------
    FileError
        If it is not UTF-8, a line is none of a catalogue, the header cannot be read, or a message
        stands there twice.
    """
    first: dict[tuple[str, str], int] = {}
    message, begun, key = {"msgctxt": "", "msgid": ""}, 0, ""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if not found or not (found[1] or key):
            raise FileError(path, _QUOTES, number)
        if found[1] == "msgctxt" or (found[1] == "msgid" and key != "msgctxt"):
            message = {"msgctxt": "", "msgid": ""}
        key = found[1] or key
        if key == "msgstr" and not any(message.values()) and (why := _wrong(found[2])):
            raise FileError(path, why, number)
        if key in message:
            message[key] += found[2]
            begun = number if found[1] == "msgid" else begun
        elif found[1] and found[1].startswith(("msgstr", "msgid_")) and begun:
            known = first.setdefault((message["msgctxt"], message["msgid"]), begun)
            if known != begun:
                raise FileError(path, _TWICE.format(first=known), begun)
            begun = 0


def _wrong(header: str) -> str:
    """Return what is wrong with fields of a header; nothing if they can be read."""
    for field in header.split(r"\n"):
        name, _colon, value = field.partition(":")
        if name.lower() == "content-type" and _CHARSET.search(value):
            return "the file is UTF-8, and its header must say so; write charset=UTF-8"
        if name.lower() == "plural-forms" and not _is_plural(value):
            return "no rule for plurals; write one such as nplurals=2; plural=(n != 1);"
        if name.lower() not in _READ:
            continue
        try:
            read_po(io.StringIO(f'msgid ""\nmsgstr "{field}"\n'))
        except Exception as error:  # of whatever reads this field
            return f"{error}; mend this field of the header, or delete it"
    return ""


def _is_plural(rule: str) -> bool:
    found = _PLURAL.fullmatch(rule)
    try:
        return bool(found and c2py(found[1]))
    except ValueError:
        return False


def compile_catalogue(path: Path, compiled: Path, language: str) -> None:
    """Compile a catalogue; the earlier one stays until the new one is whole.

    Parameters
    ----------
    path
        The catalogue, which has been checked.
    compiled
        The compiled one.
    language
        Its language.

    Raises
    ------
    FileError
        If Babel cannot read it.
    """
    try:
        text = re.sub("(?m)^#~.*$", "#", read_text(path))  # what is gone may be damaged
        catalogue = read_po(io.StringIO(text), language, abort_invalid=True)
    except PoFileError as error:
        said = str(error).rpartition(" on ")[0]
        raise FileError(path, f"{said}; mend this message", error.lineno + 1) from None
    fresh = compiled.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(compiled)
