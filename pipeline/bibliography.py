"""Citations of the registered sources and of the texts behind the facts, as BibTeX."""

from __future__ import annotations

from pathlib import Path

import yaml
from pybtex.database import BibliographyData, Entry

from pipeline.registry import sources

_FACTS = Path(__file__).with_name("fact_sources.yml")


def fact_keys() -> dict[str, str]:
    """Return the BibTeX key of each text quoted in the facts, by its address."""
    return {entry["url"]: key for key, entry in _fact_sources().items()}


def _fact_sources() -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = yaml.safe_load(_FACTS.read_text("utf-8"))
    return entries


def write(folder: Path) -> Path:
    """Write ``sources.bib`` into a folder and return its path."""
    entries = {source.key: _entry(source.citation) for source in sources().values()}
    entries |= {key: _entry(fields) for key, fields in _fact_sources().items()}
    path = folder / "sources.bib"
    path.write_text(BibliographyData(dict(sorted(entries.items()))).to_string("bibtex"), "utf-8")
    return path


def _entry(citation: dict[str, str]) -> Entry:
    kind = "article" if "journal" in citation else "misc"
    return Entry(kind, [(name, str(value)) for name, value in citation.items()])
