"""What the results of a page depend on, and what of it has changed.

Closes: jupyter-cache knows the code of the cells, not the files and modules that they read
(https://github.com/executablebooks/MyST-NB/issues/621).
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# The clock of a file system may lag behind that of the process.
_LAG = 50_000_000  # ns


@dataclass(frozen=True)
class Fingerprint:
    """Checksums of the book's files that a page read, and the versions of the pinned libraries."""

    files: dict[str, str]
    libraries: dict[str, str]

    @classmethod
    def recorded(cls, root: Path, opened: Iterable[str], started: int) -> Fingerprint:
        """Return the fingerprint of a page that has just run.

        Parameters
        ----------
        root
            Folder of the book.
        opened
            Paths of the files that its kernel opened.
        started
            When the page started, in ns since the epoch. A file that changed later has no
            checksum: nobody knows which of its contents the page saw.
        """
        files = {}
        for path in sorted({Path(name) for name in opened}):
            if _belongs(path, root) and path.is_file():
                status = path.stat()
                edited = max(status.st_mtime_ns, status.st_ctime_ns) > started - _LAG
                files[path.relative_to(root).as_posix()] = "" if edited else checksum(path)
        return cls(files, libraries(root))

    @classmethod
    def loads(cls, text: str) -> Fingerprint:
        """Return a fingerprint from JSON."""
        return cls(**json.loads(text))

    def dumps(self) -> str:
        """Return the fingerprint as JSON."""
        return json.dumps(asdict(self), indent=1)

    def changes(self, root: Path) -> Iterator[str]:
        """Say what is no longer as it was, a few words each."""
        for name, known in self.files.items():
            if not (path := root / name).is_file():
                yield f"{name} is gone"
            elif not known:
                yield f"{name} changed while the page ran"
            elif checksum(path) != known:
                yield f"{name} changed"
        now = libraries(root)
        for name in sorted(self.libraries.keys() | now.keys()):
            before, after = self.libraries.get(name, "none"), now.get(name, "none")
            if before != after:
                yield f"{name} {before} → {after}"


def _belongs(path: Path, root: Path) -> bool:
    if not path.is_relative_to(root) or path.is_relative_to(sys.prefix):
        return False
    folders = path.relative_to(root).parts
    return not any(part in {"__pycache__", "_build"} or part[0] == "." for part in folders)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    status = path.stat()
    return _checksum(path, status.st_mtime_ns, status.st_ctime_ns, status.st_size)


@cache
def _checksum(path: Path, *_status: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def libraries(root: Path) -> dict[str, str]:
    """Return Python's version and those of the installed packages that the book pins."""
    pins = root / "requirements.txt"
    names = re.findall(r"^[\w.-]+", pins.read_text("utf-8"), re.MULTILINE) if pins.is_file() else []
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue  # meant for another system
    return found
