"""Settings of a cell that MyST-NB does not know: a misspelt one would be taken no notice of.

Closes: MyST-NB checks the values of the settings that it looks for, not whether there are others
(seen in MyST-NB 1.4.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from myst_nb.core.config import NbParserConfig, Section

_CELL = {
    setting.metadata.get("cell_key", setting.name)
    for setting in fields(NbParserConfig)
    if Section.cell_lvl in setting.metadata.get("sections", ())
}
# As the help of MyST-NB's configuration has them.
_OPTIONS = {
    "figure": {"align", "caption", "caption_before", "classes", "name"},
    "image": {"align", "alt", "class", "classes", "height", "scale", "width"},
}

_TAGS = sorted(
    {"raises-exception", "scroll-output", "skip-execution", "remove-stderr", "remove-stdout"}
    | {f"{what}-{part}" for what in ("hide", "remove") for part in ("cell", "input", "output")}
)
_NEAR = 0.85  # of two tags with one letter wrong; an author's own are farther


def misspelt(tags: Iterable[str]) -> Iterator[str]:
    """Say which tags of a cell are nearly one that MyST-NB knows: it would take no notice."""
    for tag in tags:
        if tag not in _TAGS and (meant := get_close_matches(tag, _TAGS, 1, _NEAR)):
            yield f"the tag `{tag}` is unknown; did you mean `{meant[0]}`?"


def unknown(settings: Any) -> Iterator[str]:
    """Say which settings of a cell there are not, and what may have been meant.

    Parameters
    ----------
    settings
        What the cell has under ``mystnb``.
    """
    if not isinstance(settings, Mapping):
        return
    yield from _others("mystnb", settings, _CELL)
    for name, options in _OPTIONS.items():
        if isinstance(given := settings.get(name), Mapping):
            yield from _others(f"mystnb: {name}", given, options)


def _others(place: str, given: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for name in sorted(map(str, given.keys() - known)):
        meant = get_close_matches(name, sorted(known), 1)
        remedy = f"did you mean `{meant[0]}`?" if meant else f"there are {', '.join(sorted(known))}"
        yield f"`{place}: {name}` is no setting of a cell; {remedy}"
