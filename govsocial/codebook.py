"""The code book of a page: what each of its numbers counts, and how it is printed.

Beside a page ``NAME.md`` whose cells hand numbers to its prose stands ``NAME.numbers.yml``::

    prefix: adoption
    numbers:
      - unit: share of 195 countries
        pattern: 0%
        keys: twitter-share facebook-share

``prefix`` is what all keys of the page begin with in its prose; the code book and the cells leave
it out. Numbers of one unit and one pattern are a group, with

unit
    What is counted, and of what.
pattern
    A Unicode number pattern (see :func:`govsocial.labels.decimal`), or ``month``, ``date`` or
    ``country`` (by its ISO code). Without one, ``#,##0``. Texts are printed as they are.
constant
    ``true`` for numbers that no table holds: those of the method, such as five seconds in sixty.
interval
    What the intervals of the group are, if no 95% intervals: one of :data:`INTERVALS`.
keys
    One or more, with blanks between.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

SUFFIX = ".numbers.yml"
PATTERN = "#,##0"
WORDS = ("month", "date", "country")
"""Patterns of what is no number."""
INTERVAL = "95%"
"""The kind of an interval of which the code book says nothing."""
INTERVALS = MappingProxyType(
    {
        INTERVAL: "95% interval",
        "rough": "rough interval",
        "range": "range when cases are resampled",
        "prediction": "95% prediction interval",
    }
)
"""What an interval is called beside its unit, by its kind."""

_NUMBER = re.compile(r"(#,##)?0(\.0*#*)?%?")
_FIELDS = {"unit", "pattern", "constant", "interval", "keys"}


class CodeBookError(ValueError):
    """A code book is not as it must be; the message names the line and the remedy."""


class EncodingError(ValueError):
    """A file is not UTF-8; it knows the line."""

    def __init__(self, line: int) -> None:
        super().__init__("the file is not UTF-8; save it as UTF-8")
        self.line = line


class Entry(NamedTuple):
    """What the code book says of a number."""

    key: str
    """With the prefix of the page."""
    unit: str
    pattern: str
    constant: bool
    interval: str
    """Kind of its interval, if it has one: a key of :data:`INTERVALS`."""
    place: str
    """Name of the file, and line."""


def read(path: Path) -> dict[str, Entry]:
    """Return the entries of a code book by key, without the prefix.

    Raises
    ------
    CodeBookError
        If it is no YAML in UTF-8, a field is unknown, missing or given twice, a pattern is none,
        or a key stands there twice.
    """
    try:
        text = text_of(path)
    except EncodingError as error:
        raise CodeBookError(f"{path.name}:{error.line}: {error}") from None
    top = _fields(path, _parsed(path, text), {"prefix", "numbers"})
    prefix = _text(path, top["prefix"])
    found: dict[str, Entry] = {}
    for key, line, group in _numbers(path, text, top["numbers"]):
        entry = Entry(f"{prefix}-{key}", *group, f"{path.name}:{line}")
        if (first := found.setdefault(key, entry)) is not entry:
            raise CodeBookError(
                f"{entry.place}: '{key}' stands in the code book twice, first at {first.place}; "
                "delete or rename one"
            )
    return found


def text_of(path: Path) -> str:
    """Return the text of a file, without the mark that some editors begin it with.

    Raises
    ------
    EncodingError
        If it is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        written = path.read_bytes().removeprefix(BOM_UTF8)
        raise EncodingError(written.count(b"\n", 0, error.start) + 1) from None


def _parsed(path: Path, text: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        marked = next(filter(_is_marked, yaml.parse(text, Loader=yaml.CSafeLoader)), None)
    except yaml.YAMLError as error:
        why, line = no_yaml(error, text)
        raise CodeBookError(f"{path.name}:{line}: {why}") from None
    if marked:
        raise CodeBookError(
            f"{_place(path, marked)}: a text with & or * before it; write the text itself"
        )
    if node is None:
        raise CodeBookError(f"{path.name}:1: the code book is empty; give it prefix and numbers")
    return node


def _is_marked(event: yaml.Event) -> bool:
    """Return whether something has a name for use elsewhere, or is such a use."""
    return bool(getattr(event, "anchor", None))


def no_yaml(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """Return why a text is no YAML, with a remedy, and the line, from 1."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return f"no YAML: {error.reason}; delete what is no letter", line
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "not readable"
    return (
        f"no YAML: {reason}; put texts with : # or quotes in quotes",
        mark.line + 1 if mark else 1,
    )


Group = tuple[str, str, bool, str]


def _numbers(path: Path, text: str, node: yaml.Node) -> Iterator[tuple[str, int, Group]]:
    """Yield each key with its line, unit, pattern, whether it is constant, kind of interval."""
    if not isinstance(node, yaml.SequenceNode):
        raise CodeBookError(f"{_place(path, node)}: 'numbers' is no list of groups")
    for item in node.value:
        fields = _fields(path, item, {"unit", "keys"}, _FIELDS)
        pattern = _pattern(path, fields["pattern"]) if "pattern" in fields else PATTERN
        constant = "constant" in fields
        if constant and _text(path, fields["constant"]) != "true":
            raise CodeBookError(f"{_place(path, fields['constant'])}: say 'constant: true', or not")
        interval = _interval(path, fields["interval"]) if "interval" in fields else INTERVAL
        group = _text(path, fields["unit"]), pattern, constant, interval
        yield from ((key, line, group) for key, line in _words(path, text, fields["keys"]))


def _words(path: Path, text: str, node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Yield the words of a text with their lines."""
    _text(path, node)
    start, end = node.start_mark, node.end_mark
    block = text[start.index] in "|>"
    begin = text.index("\n", start.index) if block else start.index
    for word in re.finditer(r"[^\s\"']+", text[begin : end.index]):
        lines = text.count("\n", start.index, begin + word.start())
        yield word[0], start.line + 1 + lines


def _pattern(path: Path, node: yaml.Node) -> str:
    pattern = _text(path, node)
    if pattern not in WORDS and not _NUMBER.fullmatch(pattern):
        raise CodeBookError(
            f"{_place(path, node)}: '{pattern}' is no pattern; "
            f"write one like {PATTERN} or 0.0%, or one of {', '.join(WORDS)}"
        )
    return pattern


def _interval(path: Path, node: yaml.Node) -> str:
    interval = _text(path, node)
    if interval not in INTERVALS:
        raise CodeBookError(
            f"{_place(path, node)}: '{interval}' is no kind of interval; "
            f"there are {', '.join(INTERVALS)}"
        )
    return interval


def _fields(
    path: Path, node: yaml.Node, wanted: set[str], known: set[str] | None = None
) -> dict[str, yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for name, _value in pairs:
        if not isinstance(name, yaml.ScalarNode):
            raise CodeBookError(f"{_place(path, name)}: a list is no name of a field; write one")
    found = {str(name.value): value for name, value in pairs}
    if missing := sorted(wanted - found.keys()):
        raise CodeBookError(f"{_place(path, node)}: '{missing[0]}' is missing; add it")
    for name, value in pairs:
        if name.value not in (known or wanted):
            raise CodeBookError(
                f"{_place(path, name)}: unknown field '{name.value}'; "
                f"there are {', '.join(sorted(known or wanted))}"
            )
        if found[name.value] is not value:
            raise CodeBookError(
                f"{_place(path, name)}: '{name.value}' stands there twice; delete one of them"
            )
    return found


def _text(path: Path, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise CodeBookError(f"{_place(path, node)}: a text is missing here; write one")
    return str(node.value)


def _place(path: Path, node: yaml.Node | yaml.Event) -> str:
    line = node.start_mark.line + 1 if node.start_mark else 1
    return f"{path.name}:{line}"
