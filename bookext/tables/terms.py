"""What a reader may do with a table: one sentence, by the strictest licence of its sources.

The words of the source itself, ``redistribution`` in the register, stand beside it. A licence that
has no sentence here stops the build: somebody has to read it first.

Closes: a Frictionless descriptor names licences; it does not say what they allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bookext.common.errors import FileError
from bookext.common.i18n import _
from bookext.records.descriptors import licences
from bookext.records.licences import NON_COMMERCIAL, NOT_STATED, written


def _sentences() -> dict[str, str]:
    """Return the sentences by licence, the strictest first."""
    notice = _(
        "You may use this table, also commercially, if you cite the source and keep the notice of "
        "its licence ({licence})."
    )
    return {
        "CC-BY-NC-SA-4.0": _(
            "You may use this table, but not commercially, if you cite the source and put what you "
            "make of it under the same licence ({licence})."
        ),
        NON_COMMERCIAL: _(
            "You may use these counts, but not commercially, if you cite the source, which states "
            "no licence."
        ),
        NOT_STATED: _(
            "A source of this table states no licence: you may quote these counts and draw them "
            "anew if you cite it; for more, ask its makers."
        ),
        "CC-BY-SA-4.0": _(
            "You may use this table, also commercially, if you cite the source and put what you "
            "make of it under the same licence ({licence})."
        ),
        "GPL-3.0-only": _(
            "You may quote these counts if you cite the source; who passes the table on does so "
            "under the licence of the source ({licence})."
        ),
        "EUPL-1.2": notice,
        "Artistic-2.0": notice,
        "MIT": notice,
        "ISC": notice,
        "CC-BY-4.0": _(
            "You may use this table, also commercially, if you cite the source ({licence})."
        ),
        "CC0-1.0": _(
            "You may use this table for anything ({licence}); to cite the source is a courtesy."
        ),
    }


def sentence(resource: Mapping[str, Any], path: Path) -> str:
    """Return what a reader may do with a table.

    Parameters
    ----------
    resource
        The descriptor.
    path
        Its file, for a fault.

    Raises
    ------
    FileError
        If nobody has said yet what a licence allows.
    """
    named = {*licences(dict(resource)), *resource.get("terms", ())}
    sentences = _sentences()
    if unknown := sorted(named - set(sentences)):
        raise FileError(
            path,
            f"nobody has said what a reader may do under {', '.join(unknown)}; "
            "write the sentence into bookext/tables/terms.py",
        )
    for licence, words in sentences.items():
        if licence in named:
            return words.format(licence=written(licence))
    return _("You may use this table if you cite the source.")
