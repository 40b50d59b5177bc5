"""What a post says of itself, and what is wrong with it.

Closes: ABlog reads the front matter after docutils, which keeps no lines, and checks no field but
the date.
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
    found = _BLOCK.match(path.read_text("utf-8"))
    text = found[1] if found else ""
    try:
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return FrontMatter(
            path.parent.name, {}, text, (line, f"the front matter is no YAML: {error.problem}")
        )
    return FrontMatter(path.parent.name, values if isinstance(values, dict) else {}, text, None)


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
    if values.get("language") != "en":
        yield matter.line("language"), "posts are written in English: `language: en`"
    image = values.get("image")
    if not isinstance(image, int) or image < 1:
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
