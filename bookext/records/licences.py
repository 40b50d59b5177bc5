"""Which licence a figure must carry, given the tables that it is drawn from.

A table hands its source's terms on (``licenses`` and ``terms`` of its descriptor). Most ask for a
citation only. Two kinds ask that whatever is made from the table stays under conditions:
share-alike licences, and sources for non-commercial use. Some of these exclude each other: what is
made from a CC BY-SA table must be free for commercial use, what is made from a CC BY-NC-SA table
must not.

References
----------
Creative Commons, *Wiki/cc license compatibility*: a work under BY-SA may be adapted under BY-SA of
the same or a later version only, one under BY-NC-SA under BY-NC-SA only.

Closes: no Sphinx extension knows the terms of the data behind a figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bookext.common.i18n import _

_FREE = "CC-BY-SA-"
_CLOSED = "CC-BY-NC-SA-"
NON_COMMERCIAL = "non-commercial"
NOT_STATED = "none stated"


class LicenceError(ValueError):
    """A figure is drawn from tables whose terms exclude each other."""


def of_figure(resources: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the terms beyond citation that a figure drawn from some tables carries.

    Parameters
    ----------
    resources
        The descriptors of the tables.

    Returns
    -------
    tuple of str
        Name of a licence, ``non-commercial``, or nothing.

    Raises
    ------
    LicenceError
        If no licence satisfies all tables; the message names the tables and the remedy.
    """
    named = {term: resource["name"] for resource in resources for term in terms(resource)}
    free = sorted(term for term in named if term.startswith(_FREE))
    closed = sorted(term for term in named if term.startswith(_CLOSED))
    restricted = closed + [term for term in named if term == NON_COMMERCIAL]
    if free and restricted:
        raise LicenceError(
            f"a figure cannot be drawn from {named[free[0]]} ({free[0]}) and "
            f"{named[restricted[0]]} ({restricted[0]}) together: what the first allows, the second "
            "forbids; draw two figures"
        )
    # Of two versions of one licence the later one holds; non-commercial is part of BY-NC-SA.
    return tuple((closed or free or restricted)[-1:])


def terms(resource: Mapping[str, Any]) -> list[str]:
    """Return the terms of a table that a figure drawn from it carries, beyond citation."""
    names = (licence["name"] for licence in resource["licenses"])
    return [name for name in names if "-SA-" in name] + list(resource.get("terms", ()))


def written(licence: str) -> str:
    """Return the name of a licence as its makers write it; other terms in words.

    >>> written("CC-BY-NC-SA-4.0"), written("MIT"), written("none stated")
    ('CC BY-NC-SA 4.0', 'MIT', 'none stated')
    """
    words = {
        NOT_STATED: _("none stated"),
        NON_COMMERCIAL: _("non-commercial"),
        "CC0-1.0": "CC0 1.0",
    }
    if licence.startswith("CC-"):
        return "CC " + licence.removeprefix("CC-").replace("-4.0", " 4.0")
    return words.get(licence, licence)
