"""The project's own register of sources: origin, licence, caveats, citation, checksums.

Each source has its file ``registry/SLUG.yml``. ``files`` are paths below the source's folder; a
file with ``made`` is not held upstream in that form, and ``made`` says how it came to be. A source
of very many files lists them in ``manifests/SLUG.txt``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HOME = Path(__file__).resolve().parent
REGISTRY = _HOME / "registry"


@dataclass(frozen=True)
class File:
    """One upstream file: where it comes from and the checksum of its bytes."""

    sha256: str
    repo: str
    commit: str
    made: str = ""
    """How a file was prepared that upstream does not hold in this form; else empty."""


@dataclass(frozen=True)
class Source:
    """One source of the register, with its files by path below the source's folder."""

    slug: str
    title: str
    canonical: str
    licence: str
    redistribution: str
    caveats: tuple[str, ...]
    citation: dict[str, str]
    files: dict[str, File]
    folder: str
    """Where the files lie below the folder of raw files."""
    npm: str = ""
    """``package@version`` where the files come from the npm registry; else empty."""

    @property
    def key(self) -> str:
        """BibTeX key of the source."""
        return f"data-{self.slug}"


@cache
def sources() -> dict[str, Source]:
    """Return all sources by slug, each from its own ``registry/SLUG.yml``."""
    return {
        path.stem: _source(path.stem, yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(REGISTRY.glob("*.yml"))
    }


def _source(slug: str, entry: dict[str, Any]) -> Source:
    origin = {"repo": entry.get("repo", ""), "commit": entry.get("commit", "")}
    files = {path: File(**(origin | values)) for path, values in entry["files"].items()}
    for path, sha256 in _manifest(slug):
        files[path] = File(sha256, **origin)
    return Source(
        slug=slug,
        title=entry["title"],
        canonical=entry["canonical"],
        licence=entry["licence"],
        redistribution=entry["redistribution"],
        caveats=tuple(entry.get("caveats", ())),
        citation={name: str(value) for name, value in entry["citation"].items()},
        files=files,
        folder=entry.get("folder", slug),
        npm=entry.get("npm", ""),
    )


def _manifest(slug: str) -> list[tuple[str, str]]:
    """Read the list of a source of very many files, in pooch's form: path, blank, sha256."""
    path = _HOME / "manifests" / f"{slug}.txt"
    if not path.is_file():
        return []
    pairs = (line.rsplit(" ", 1) for line in path.read_text("utf-8").splitlines())
    return [(name, sha256) for name, sha256 in pairs]
