"""What cells leave in their outputs for the site: the names that both sides must agree on.

``govsocial`` writes these records, ``bookext`` reads them. Whoever changes what stands in one of
them raises :data:`VERSION`. Results of the version before are then out of date by themselves, since
every page that leaves a record has read this module.
"""

from __future__ import annotations

VERSION = 3

GLUE = "application/papermill.record/"
"""What MyST-NB keeps of an output without showing it (papermill's and scrapbook's convention)."""

NUMBER = f"application/vnd.govsocial.number.v{VERSION}+json"
"""A number: ``key``, ``kind``, ``value``, ``pattern``, ``printed``, ``unit``, ``tables``, and
``constant`` if it depends on none.

``printed`` follows from kind, value and pattern in any language. By ``kind``, ``value`` is

- ``number``: a number, ``interval``: its two bounds; ``pattern`` is a Unicode number pattern;
- ``month``, ``date``: a day as ISO 8601 writes it;
- ``country``: a code of ISO 3166-1;
- ``word``: what is printed, in the language of the edition.

``pattern`` is empty where the kind needs none.
"""

REWEIGH = f"application/vnd.govsocial.reweigh.v{VERSION}+json"
"""The data of the interactive ranking."""

COUNTRIES = f"application/vnd.govsocial.countries.v{VERSION}+json"
"""The pages of all places, as one text of JSON."""

FIGURE = f"govsocial.v{VERSION}"
"""Metadata of an output with a figure: ``tables``, ``maker``, ``drawn`` (CSV), ``narrow`` (the same
figure as SVG for the screen of a phone), ``paper`` (for the PDF: SVG whose letters are text), and
``words``: what can be read in the drawings ``wide`` and ``narrow``, each a list of text, box, size,
colour and ground (see :mod:`govsocial.charts.lettering`)."""

ONCE = "GOVSOCIAL_ONCE"
"""The variable that names a folder for what is computed once (see :mod:`govsocial.once`): whoever
sets it empties it before code changes. Editions that are built side by side share one."""
