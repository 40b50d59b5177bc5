"""One checksum over everything a chapter's cells read or import.

Closes: MyST-NB's cache knows the code of the cells, not the modules and files that they use
(https://github.com/executablebooks/MyST-NB/issues/621).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


def fingerprint(root: Path, language: str) -> str:
    """Return a short checksum of the library, the data, the labels and the pinned packages.

    Parameters
    ----------
    root
        Folder of the book.
    language
        Language of the build, whose labels the figures carry.
    """
    digest = hashlib.sha256()
    for path in _inputs(root, language):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _inputs(root: Path, language: str) -> Iterator[Path]:
    for folder in ("govsocial", "data", f"locale/{language}"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
    if (requirements := root / "requirements.txt").is_file():
        yield requirements
