"""What an edition was last built from, and what was made: if both are as they were, all is done.

A stamp is written when a build went well. It holds the state of all files of the book as the build
began, of what its pages read elsewhere, of the settings and packages, and of what was made; a file
that was edited during the build differs. Nothing is read for it: the system writes down when a
file changed (``ctime``), whatever date a copy may give it.

Closes: Sphinx loads all extensions, and what it knows of all pages, before it can say that nothing
has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bookext.execution.fingerprints import Fingerprint

# What a page may depend on; not how many processors make it, nor where editions that are built side
# by side keep what they share.
_SETTINGS = re.compile(
    r"(BLOG_|BOOK_(?!PROCESSORS$)|GOVSOCIAL_(?!ONCE$)|LC_|PYTHON|SOURCE_DATE)|(LANG|TZ)$"
)
_MADE = {"_build", "node_modules", "__pycache__"}
_COMPILED = (".mo", ".pyc")  # by builds, of files that are looked at


@dataclass(frozen=True)
class Stamp:
    """An edition, as it was built.

    Parameters
    ----------
    outputs
        What was made: site, PDF, EPUB.
    sources
        Checksum of the state of all files of the book, and of the settings and packages.
    elsewhere
        What the pages depend on that is no file of the book.
    made
        Checksum of the state of all files that were made.
    """

    outputs: list[str]
    sources: str
    elsewhere: Fingerprint
    made: str

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """Return the stamp of the last build, if it is there."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            known = json.loads(path.read_text("utf-8"))
            return cls(**known | {"elsewhere": Fingerprint(**known["elsewhere"])})
        return None

    def write(self, path: Path) -> None:
        """Write it."""
        path.write_text(json.dumps(asdict(self), indent=1), "utf-8")

    def holds(self, outputs: Iterable[str], root: Path, sources: str, made: str) -> bool:
        """Return whether all these outputs are there, and are what a build would make now."""
        same = set(outputs) <= set(self.outputs) and (self.sources, self.made) == (sources, made)
        return same and not any(self.elsewhere.changes(root))


def sources(root: Path) -> str:
    """Return a checksum of the state of a book: its files, the settings, the packages, the day.

    Posts appear on a day, so a build of the next day is another one.
    """
    settings = sorted(item for item in os.environ.items() if _SETTINGS.match(item[0]))
    packages = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    installed = sorted(one.name for folder in packages for one in Path(folder).iterdir())
    said = [dt.date.today().isoformat(), sys.version, settings, installed]
    return _sum([repr(said), *_states(root, root)])


def made(folder: Path, paths: Iterable[Path], apart: Iterable[Path] = ()) -> str:
    """Return a checksum of the state of what a build has made.

    Parameters
    ----------
    folder
        Where all is.
    paths
        Files, and folders with all that is in them.
    apart
        Folders in these that belong to another build.
    """
    skipped = set(apart)
    return _sum(state for path in paths for state in _states(folder, path, skipped))


def _sum(states: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(states).encode()).hexdigest()


def _states(root: Path, path: Path, skipped: Set[Path] = frozenset()) -> Iterator[str]:
    """Return what the system knows of each file in a folder, or of a file."""
    if path.is_file():
        yield _state(root, path)
    seen = set()  # a link may lead back
    for folder, folders, names in os.walk(path, followlinks=True):
        here = Path(folder)
        known = here.stat()
        if (place := (known.st_dev, known.st_ino)) in seen:
            folders.clear()
            continue
        seen.add(place)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _MADE and here / name not in skipped
        )
        for name in sorted(names):
            if not name.endswith(_COMPILED):
                yield _state(root, here / name)


def _state(root: Path, path: Path) -> str:
    known = path.stat() if path.exists() else path.lstat()  # a link may lead nowhere
    numbers = known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino
    return f"{path.relative_to(root)} {numbers}"
