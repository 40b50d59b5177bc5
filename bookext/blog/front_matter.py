"""What a post says of itself, and what is wrong with it.

Closes: docutils keeps no lines of the front matter, and nobody checks its fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from sphinx.config import Config
from sphinx.errors import SphinxError

from govsocial.language import SOURCE

_SHORTEST_SUMMARY = 40
_BLOCK = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


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
        found = _BLOCK.match(path.read_text("utf-8-sig").replace("\r\n", "\n"))
        text = found[1] if found else ""
        values = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return FrontMatter(folder, {}, text, (line, "the file is not UTF-8; save it as UTF-8"))
    except yaml.YAMLError as error:
        return FrontMatter(folder, {}, text, _no_yaml(error))
    return FrontMatter(folder, values if isinstance(values, dict) else {}, text, None)


def _no_yaml(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    line = mark.line + 2 if mark else 1
    return line, f"the front matter is no YAML: {reason}; put texts with : # or quotes in quotes"


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
    if not isinstance(summary, str) or len(summary) < _SHORTEST_SUMMARY:
        yield matter.line("summary"), "add a summary of a sentence or two: `summary:`"
    for tag in _unknown(values.get("tags"), config.post_tags):
        yield matter.line("tags"), f"unknown tag {tag}; known: {', '.join(config.post_tags)}"
    for category in _unknown([values.get("category")], config.post_categories):
        known = ", ".join(config.post_categories)
        yield matter.line("category"), f"unknown category {category}; known: {known}"
    if values.get("language") != SOURCE:
        remedy = f"`language: {SOURCE}`; translations stand in locale/"
        yield matter.line("language"), f"posts are written in the source language: {remedy}"
    image = values.get("image")
    if type(image) is not int or image < 1:
        yield matter.line("image"), "say which figure stands for the post: `image: 1`"


def _is_iso_date(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _unknown(found: object, known: list[str]) -> list[str]:
    if not isinstance(found, list) or not found:
        return [repr(found)]
    return [repr(name) for name in found if name not in known]
