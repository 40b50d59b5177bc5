"""Citations of the registered sources and of the texts behind the facts, as BibTeX."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from pybtex.database import BibliographyData, Entry
from pybtex.database.output import bibtex

from pipeline.registry import mapping, sources

# Fields that programs read: an address with a backslash before each underscore leads nowhere.
_VERBATIM = {"url", "doi", "eprint", "howpublished"}
_FACTS = Path(__file__).with_name("fact_sources.yml")


def fact_keys() -> dict[str, str]:
    """Return the BibTeX key of each text quoted in the facts, by its address."""
    return {entry["url"]: key for key, entry in _fact_sources().items()}


def _fact_sources() -> dict[str, dict[str, str]]:
    return mapping(_FACTS, _FACTS.name)


def write(folder: Path) -> Path:
    """Write ``sources.bib`` into a folder and return its path."""
    entries = {source.key: _entry(source.citation) for source in sources().values()}
    entries |= {key: _entry(fields) for key, fields in _fact_sources().items()}
    path = folder / "sources.bib"
    _Writer().write_file(BibliographyData(dict(sorted(entries.items()))), str(path))
    return path


class _Writer(bibtex.Writer):  # type: ignore[misc]
    """Writes addresses and identifiers as they are, and words for LaTeX."""

    def _write_field(self, stream: TextIO, type: str, value: str) -> None:  # noqa: A002
        if type in _VERBATIM:
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def _entry(citation: dict[str, str]) -> Entry:
    kind = "article" if "journal" in citation else "misc"
    fields = {name: str(value) for name, value in citation.items()}
    # Braces keep the capitals of names, which the styles of bibliographies would lower.
    fields["title"] = "{" + fields["title"].strip("{}") + "}"
    if fields.get("howpublished") == fields.get("url"):
        fields.pop("howpublished", None)
    return Entry(kind, list(fields.items()))
