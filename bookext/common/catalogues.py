"""Whether a catalogue of a translation is one: by line, before it is compiled.

Closes: Babel takes a text that has lost a quote for a shorter one, and of a message that stands
there twice the last, without a word; of a file that is not UTF-8 it says no line (seen in Babel
2.18.0).
"""

from __future__ import annotations

import re
from pathlib import Path

from bookext.common.errors import FileError, read_text

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"((?:\\.|[^"\\\0])*)"')
_QUOTES = r'no line of a catalogue: close its quotes, and write a " within them as \"'
_TWICE = "this message stands there already, in line {first}; delete one of them"


def check(path: Path) -> None:
    """Stop at a catalogue that Babel would misread.

    Raises
    ------
    FileError
        If it is not UTF-8, a line is none of a catalogue, or a message stands there twice.
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
        if key in message:
            message[key] += found[2]
            begun = number if found[1] == "msgid" else begun
        elif found[1] and found[1].startswith(("msgstr", "msgid_")) and begun:
            known = first.setdefault((message["msgctxt"], message["msgid"]), begun)
            if known != begun:
                raise FileError(path, _TWICE.format(first=known), begun)
            begun = 0
