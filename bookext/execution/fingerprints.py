"""What the results of a page depend on, and what of it has changed.

Closes: jupyter-cache knows the code of the cells, not the files and modules that they read
(https://github.com/executablebooks/MyST-NB/issues/621).
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bookext.common.checksums import checksum
from bookext.execution.mentions import Mentions

# The clock of a file system may lag behind that of the process.
_LAG = 50_000_000  # ns

_WILD = set("*?[")
_NAMES, _FILES = "names:", "files:"  # what the state of a folder or a pattern is that of
_CHANGES = {(True, False): "is there now", (False, True): "is gone"}
_NOTHING = Mentions(frozenset(), frozenset(), frozenset())

ELSEWHERE = "elsewhere.json"
"""File beside the pages that were read: the fingerprint of what they depend on outside the book."""

_FORM = 2
"""The form in which results are kept; another number, and all pages run again."""

ABSENT = "absent"
"""The state of a path that the page looked for, and did not find."""


@dataclass(frozen=True)
class Fingerprint:
    """What a page was made from.

    Parameters
    ----------
    files
        State of each file of the book that the page read or looked for (see :func:`state`), of
        each folder that it listed, and of each that its cells name. A path outside of the book is
        whole.
    libraries
        Versions of the pinned libraries.
    variables
        Variables of the system that its cells name.
    modules
        Whether the modules can be found that its cells try to import.
    form
        The form in which its results are kept; 0, where none is named.
    """

    files: dict[str, str]
    libraries: dict[str, str]
    variables: dict[str, str | None] = field(default_factory=dict)
    modules: dict[str, bool] = field(default_factory=dict)
    form: int = _FORM

    @classmethod
    def recorded(
        cls, root: Path, opened: Iterable[str], started: int, named: Mentions = _NOTHING
    ) -> Fingerprint:
        """Return the fingerprint of a page that has just run.

        Parameters
        ----------
        root
            Folder of the book.
        opened
            Paths of the files that its kernel opened, or tried to, and of the folders it listed.
        started
            When the page started, in ns since the epoch. A file that changed later has no
            checksum: nobody knows which of its contents the page saw.
        named
            What its cells name.
        """
        paths = {path for name in opened if _belongs(path := Path(name), root)}
        whole = _of_interest(named.paths, root)
        files = {path: state(path, root, path in whole) for path in sorted(paths | whole)}
        for path in filter(Path.is_file, files):
            status = path.stat()
            if max(status.st_mtime_ns, status.st_ctime_ns) > started - _LAG:
                files[path] = ""
        return cls(
            {_name(path, root): known for path, known in files.items()},
            libraries(root),
            {name: os.environ.get(name) for name in sorted(named.variables)},
            {name: _importable(name) for name in sorted(named.modules)},
        )

    @classmethod
    def loads(cls, text: str) -> Fingerprint:
        """Return a fingerprint from JSON."""
        return cls(**{"form": 0} | json.loads(text))

    def dumps(self) -> str:
        """Return the fingerprint as JSON."""
        return json.dumps(asdict(self), indent=1)

    def changes(self, root: Path) -> Iterator[str]:
        """Say what is no longer as it was, a few words each."""
        if self.form != _FORM:
            yield "results are kept in another form now"
        for name, known in self.files.items():
            if (now := state(root / name, root, known.startswith(_FILES))) != known:
                during = "changed" if known else "changed while the page ran"
                yield f"{name} {_CHANGES.get((known == ABSENT, now == ABSENT), during)}"
        versions = libraries(root)
        for name in sorted(self.libraries.keys() | versions.keys()):
            before, after = self.libraries.get(name, "none"), versions.get(name, "none")
            if before != after:
                yield f"{name} {before} → {after}"
        for name, value in self.variables.items():
            if os.environ.get(name) != value:
                yield f"the variable {name} changed"
        for name, there in self.modules.items():
            if _importable(name) != there:
                yield f"{name} is {'gone' if there else 'installed now'}"


def state(path: Path, root: Path = Path(), whole: bool = False) -> str:
    """Return what a path is: of a file the checksum, of a folder or a pattern that of its names.

    Parameters
    ----------
    path
        The path.
    root
        Folder of the book: no pattern, whatever its name.
    whole
        Whether what is in the files of a folder or a pattern counts, too.
    """
    if path.is_file():
        return checksum(path)
    if (listed := _listed(path, root)) is None:
        return ABSENT
    folder, names = listed
    if whole:
        files = [file for name in names for file in _files(folder / name)]
        names = [f"{file.relative_to(folder)} {checksum(file)}" for file in files]
    return (_FILES if whole else _NAMES) + hashlib.sha256("\n".join(names).encode()).hexdigest()


def _listed(path: Path, root: Path) -> tuple[Path, list[str]] | None:
    """Return a folder and the names in it, or those that match a pattern in it."""
    if path.is_dir():
        return path, sorted(filter(_is_content, (one.name for one in path.iterdir())))
    parts = path.parts
    below = len(root.parts) if path.is_relative_to(root) else 0
    wild = (number for number in range(below, len(parts)) if _WILD & set(parts[number]))
    if (first := next(wild, None)) is None:
        return None
    folder, inside = Path(*parts[:first]), str(Path(*parts[first:]))
    found = glob.iglob(inside, root_dir=folder, recursive=True)  # noqa: PTH207
    return folder, sorted(name for name in found if all(map(_is_content, Path(name).parts)))


def _files(path: Path) -> Iterator[Path]:
    """Return a file, or those of a folder and the folders in it, in order."""
    if path.is_file():
        yield path
    for here, folders, names in os.walk(path):
        folders[:] = sorted(filter(_is_content, folders))
        files = (Path(here, name) for name in sorted(filter(_is_content, names)))
        yield from filter(Path.is_file, files)


def _of_interest(paths: Iterable[str], root: Path) -> set[Path]:
    """Return the paths that can change: those of the book, and what is there outside of it."""
    found = {Path(os.path.normpath(name)) for name in paths}
    inside = {path for path in found if path.is_relative_to(root)}
    return {path for path in inside if _belongs(path, root)} | {
        path for path in found - inside if path.is_file()
    }


def _name(path: Path, root: Path) -> str:
    inside = path.is_relative_to(root)
    return path.relative_to(root).as_posix() if inside else path.as_posix()


def _importable(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # its package is not there, or it is named from a package
        return False


def _is_content(name: str) -> bool:
    return name not in {"__pycache__", "_build"} and name[0] != "."


def _belongs(path: Path, root: Path) -> bool:
    if not path.is_relative_to(root) or path.is_relative_to(sys.prefix):
        return False
    folders = path.relative_to(root).parts
    return all(map(_is_content, folders))


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
