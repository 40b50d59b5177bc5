"""The project's own register of sources: origin, licence, caveats, citation, checksums.

Each source has its file ``registry/SLUG.yml``. ``files`` are paths below the source's folder; a
file with ``made`` is not held upstream in that form, and ``made`` says how it came to be. A source
of very many files lists them in ``manifests/SLUG.txt``.

``caveats`` are for readers: what they have to know before they use a table, in plain words. They
are published. ``notes`` are for whoever works on the pipeline (spellings, damaged rows, files that
could not be had, counts to check against) and are never published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HOME = Path(__file__).resolve().parent
REGISTRY = _HOME / "registry"

# Calendar years, months or days, as ISO 8601 writes an interval: 2007-01/2015-08.
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_COVERAGE = re.compile(f"{_DAY}/{_DAY}")
_NEEDED = {
    "title",
    "canonical",
    "licence",
    "licence_seen",
    "redistribution",
    "coverage",
    "caveats",
    "citation",
}
_ALLOWED = _NEEDED | {"repo", "commit", "terms", "notes", "files", "folder", "npm"}
_KINDS = {"caveats": list, "citation": dict, "terms": list}
_CALLED = {dict: "mapping", list: "list"}
TERMS = frozenset({"share-alike", "non-commercial"})


class RegisterError(ValueError):
    """An entry of the register is not what it must be; the message says what to do."""


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
    terms: tuple[str, ...]
    """What a source without a named licence demands: ``share-alike``, ``non-commercial``."""
    coverage: str
    """The time that the data used are about, as an interval of ISO 8601."""
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
        path.stem: _source(path.stem, mapping(path, f"registry/{path.name}"))
        for path in sorted(REGISTRY.glob("*.yml"))
    }


def mapping(path: Path, name: str) -> dict[str, Any]:
    """Return what a file of the register says.

    Parameters
    ----------
    path
        The file, in YAML.
    name
        What it is called in the folder of the pipeline.

    Raises
    ------
    RegisterError
        If it is no YAML in UTF-8, or says nothing.
    """
    where = f"pipeline/{name}"
    try:
        found = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise RegisterError(f"{where}: the file is not UTF-8; save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or error
        raise RegisterError(f"{where}{line}: no YAML: {said}; mend what is there") from None
    if not isinstance(found, dict):
        raise RegisterError(f"{where}: it says nothing; write an entry")
    return found


def _source(slug: str, entry: dict[str, Any]) -> Source:
    _check(slug, entry)
    origin = {"repo": entry.get("repo", ""), "commit": entry.get("commit", "")}
    try:
        files = {path: File(**(origin | file)) for path, file in entry.get("files", {}).items()}
    except (AttributeError, TypeError):
        where = f"pipeline/registry/{slug}.yml"
        said = "write each of the files as PATH: {sha256: …}; egdi.yml is an example"
        raise RegisterError(f"{where}: {said}") from None
    for path, sha256 in _manifest(slug):
        files[path] = File(sha256, **origin)
    return Source(
        slug=slug,
        title=entry["title"],
        canonical=entry["canonical"],
        licence=entry["licence"],
        redistribution=entry["redistribution"],
        terms=tuple(entry.get("terms", ())),
        coverage=entry["coverage"],
        caveats=tuple(entry["caveats"]),
        citation={name: str(value) for name, value in entry["citation"].items()},
        files=files,
        folder=entry.get("folder", slug),
        npm=entry.get("npm", ""),
    )


def _check(slug: str, entry: dict[str, Any]) -> None:
    """Refuse an entry with missing, unknown or unreadable parts.

    Raises
    ------
    RegisterError
        With the file's name and what it takes to mend it.
    """
    where = f"pipeline/registry/{slug}.yml"
    if missing := sorted(_NEEDED - entry.keys()):
        raise RegisterError(f"{where}: add {', '.join(missing)}; egdi.yml is an example")
    if unknown := sorted(entry.keys() - _ALLOWED):
        raise RegisterError(f"{where}: remove {', '.join(unknown)}, which nothing reads")
    for name, kind in _KINDS.items():
        if name in entry and not isinstance(entry[name], kind):
            said = f"write {name} as the {_CALLED[kind]} that it is in egdi.yml"
            raise RegisterError(f"{where}: {said}")
    if not _COVERAGE.fullmatch(str(entry["coverage"])):
        raise RegisterError(
            f"{where}: write coverage as an interval of years, months or days, 2007-01/2015-08, "
            f"not '{entry['coverage']}'; what the files hold belongs into notes"
        )
    if other := sorted(set(entry.get("terms", ())) - TERMS):
        known = " and ".join(sorted(TERMS))
        raise RegisterError(f"{where}: the terms known are {known}, not {', '.join(other)}")


def _manifest(slug: str) -> list[tuple[str, str]]:
    """Read the list of a source of very many files, in pooch's form: path, blank, sha256."""
    path = _HOME / "manifests" / f"{slug}.txt"
    if not path.is_file():
        return []
    pairs = (line.rsplit(" ", 1) for line in path.read_text("utf-8").splitlines())
    return [(name, sha256) for name, sha256 in pairs]
