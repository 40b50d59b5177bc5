"""What a post says of itself, and what is wrong with it.

Closes: docutils keeps no lines of the front matter, and nobody checks its fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.config import Config
from sphinx.errors import SphinxError

from bookext.common.errors import FileError, parsed_yaml, read_text
from govsocial.language import SOURCE

_SHORTEST_SUMMARY = 40
_BLOCK = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_BEGIN = "begin with the fields of a post between two lines of ---, as `make post` writes them"
_FIELDS = ("category", "date", "draft", "image", "language", "summary", "tags")


class PostError(SphinxError):
    """A post cannot be built as it is."""

    category = "Blog post"


class FrontMatter(NamedTuple):
    """The fields of a post, its folder, its text, and why it could not be read."""

    folder: str
    values: dict[str, Any]
    text: str
    failure: tuple[int, str] | None

    def line(self, key: str) -> int:
        """Return the line of a field in its file, or the first line if it is missing."""
        before, found, _after = f"\n{self.text}".partition(f"\n{key}:")
        return before.count("\n") + 2 if found else 1


def front_matter(path: Path) -> FrontMatter:
    """Return the front matter of a file."""
    folder, text = path.parent.name, ""
    try:
        found = _BLOCK.match(read_text(path).replace("\r\n", "\n"))
        text = found[1] if found else ""
        values = parsed_yaml(text, path, first=2)
    except FileError as error:
        return FrontMatter(folder, {}, text, (error.line or 1, error.said))
    if isinstance(values, dict):
        return FrontMatter(folder, values, text, None)
    return FrontMatter(folder, {}, text, (1, _BEGIN))


def mistakes(matter: FrontMatter, config: Config) -> Iterator[tuple[int, str]]:
    """Return line and remedy of each mistake in a post's front matter."""
    if matter.failure:
        yield matter.failure
        return
    values = matter.values
    if not _is_iso_date(values.get("date")):
        yield matter.line("date"), 'give the date as year-month-day in quotes: date: "2026-07-09"'
    elif not values["date"].startswith(f"{matter.folder}-"):
        yield matter.line("date"), f"the folder is {matter.folder}; move the post to its year"
    summary = values.get("summary")
    if not isinstance(summary, str) or len(summary.strip()) < _SHORTEST_SUMMARY:
        yield matter.line("summary"), "add a summary of a sentence or two: `summary:`"
    for tag in _unknown(values.get("tags"), config.post_tags):
        yield matter.line("tags"), f"unknown tag {tag}; known: {', '.join(config.post_tags)}"
    for tag in _doubled(values.get("tags")):
        yield matter.line("tags"), f"the tag {tag} stands there twice; delete one of them"
    for category in _unknown([values.get("category")], config.post_categories):
        known = ", ".join(config.post_categories)
        yield matter.line("category"), f"unknown category {category}; known: {known}"
    if values.get("language") != SOURCE:
        remedy = f"`language: {SOURCE}`; translations stand in locale/"
        yield matter.line("language"), f"posts are written in the source language: {remedy}"
    image = values.get("image")
    if type(image) is not int or image < 1:
        yield matter.line("image"), "say which figure stands for the post: `image: 1`"
    if not isinstance(values.get("draft", False), bool):
        yield matter.line("draft"), "`draft: true`, without quotes; delete the line to publish"
    for name in sorted(map(str, values.keys() - {*_FIELDS})):
        if meant := get_close_matches(name, _FIELDS, 1):
            yield matter.line(name), f"unknown field `{name}`; did you mean `{meant[0]}`?"


def _is_iso_date(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _unknown(found: object, known: list[str]) -> list[str]:
    if not isinstance(found, list) or not found:
        return [repr(found)]
    return [repr(name) for name in found if name not in known]


def _doubled(found: object) -> list[str]:
    names = list(map(str, found)) if isinstance(found, list) else []
    return sorted({name for name in names if names.count(name) > 1})
