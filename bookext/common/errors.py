"""Whatever goes wrong, in one line: the file, the line, what to do.

Closes: Sphinx prints an exception of a handler with the address of the handler in memory, one of a
directive as a traceback, and neither says which file was being read.
"""

from __future__ import annotations

import errno
import re
import sqlite3
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import yaml
from pybtex.exceptions import PybtexError
from sphinx.errors import ExtensionError, SphinxError, SphinxParallelError

from govsocial.codebook import EncodingError, no_yaml, text_of

_FULL = "free some space on its disk"
_REMEDIES = {
    errno.EACCES: "let this user write there, or build in a copy",
    errno.EDQUOT: _FULL,
    errno.EMFILE: "allow more open files (`ulimit -n 4096`)",
    errno.ENOMEM: "the memory was not enough: close other programs, or build one edition at a time",
    errno.ENOSPC: _FULL,
    errno.ENOTDIR: "delete the file that stands where a folder must be",
    errno.EPERM: "let this user write there, or build in a copy",
    errno.EROFS: "build in a copy where files can be written",
}
# What SQLite says of the system, not of its file.
_STORES = {
    sqlite3.SQLITE_BUSY: "another build has it; try again when that has ended",
    sqlite3.SQLITE_CANTOPEN: "let this user write there, or free some space on its disk",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_READONLY: "build in a copy where files can be written",
}
_OURS = ("bookext", "govsocial", "pipeline")
_ADDRESS = re.compile(r"<(?:function|bound method) ([\w.]+)[^>]* at 0x[0-9a-f]+>+")


class FileError(SphinxError):
    """A file cannot be used; the message says which, where, and what to do."""

    category = ""

    def __init__(self, path: Path | str, said: str, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {said}" if line else f"{path}: {said}")
        self.said, self.line = said, line


def read_text(path: Path) -> str:
    """Return the text of a file of the book.

    Raises
    ------
    FileError
        If it is not UTF-8.
    """
    try:
        return text_of(path)
    except EncodingError as error:
        raise FileError(path, str(error), error.line) from None


class _TwiceError(yaml.MarkedYAMLError):
    """A key stands in a mapping twice."""


class _Loader(yaml.CSafeLoader):
    """Refuses a key that is given twice: of two values, YAML takes the last without a word.

    Closes: of a day or a number that does not exist, Python says what it thinks, and no place (seen
    in PyYAML 6.0.3).
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return a value of YAML."""
        try:
            return super().construct_object(node, deep)
        except (AttributeError, KeyError, OverflowError, ValueError):
            said = f"{str(node.value)[:40]} is no {node.tag.rpartition(':')[2]}"
            raise yaml.MarkedYAMLError(problem=said, problem_mark=node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping of YAML."""
        found: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in found:
                    raise _TwiceError(problem=key.value, problem_mark=key.start_mark)
                found.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> object:
    """Return the content of a file in YAML.

    Raises
    ------
    FileError
        If it is none.
    """
    return parsed_yaml(read_text(path), path)


def parsed_yaml(text: str, path: Path | str, first: int = 1) -> object:
    """Return the content of a text in YAML.

    Parameters
    ----------
    text
        The text.
    path
        The file that it stands in.
    first
        Its first line there.

    Raises
    ------
    FileError
        If it is none, or gives a key twice.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except _TwiceError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        why = f"`{error.problem}` stands there twice; delete one of them"
        raise FileError(path, why, first + line) from None
    except yaml.YAMLError as error:
        why, line = no_yaml(error, text)
        raise FileError(path, why, first + line - 1) from None


def explained(error: BaseException) -> str:
    """Return what an exception says to an author, in one line.

    Parameters
    ----------
    error
        What ended the build; the exception within an exception is found.
    """
    if isinstance(error, ExtensionError) and error.orig_exc:
        return explained(error.orig_exc)
    if isinstance(error, SphinxParallelError):  # of another process: "Class: message"
        said = error.message.partition(": ")[2]
    elif isinstance(error, SphinxError):
        said = f"{error.category}: {error}" if error.category else str(error)
    elif isinstance(error, PybtexError):
        line = getattr(error, "lineno", None)
        file = getattr(getattr(error, "parser", None), "filename", None) or "a .bib file"
        said = f"{file}:{line}: {error}; look at the entry before it" if line else str(error)
    elif remedied := of_the_system(error):
        said = remedied
    elif isinstance(error, OSError) and error.strerror:
        said = _where(error)
    elif isinstance(error, SyntaxError):
        said = f"{error.filename}:{error.lineno}: {error.msg}"
    elif type(error).__module__.split(".")[0] in _OURS:
        said = str(error)
    else:
        said = f"{type(error).__name__}: {error}"
    return _ADDRESS.sub(r"\1", said)


def names_its_place(error: BaseException) -> bool:
    """Return whether what an exception says is enough to find the place that it speaks of."""
    if isinstance(error, ExtensionError) and error.orig_exc:
        return names_its_place(error.orig_exc)
    ours = type(error).__module__.split(".")[0] in _OURS
    return ours or isinstance(error, SphinxError | PybtexError) or bool(of_the_system(error))


def of_the_system(error: BaseException | None) -> str:
    """Return what of the system stands in the way, with the remedy; nothing if it does not.

    Parameters
    ----------
    error
        What was raised; those that it was raised from are asked, too.
    """
    while error:
        if isinstance(error, OSError) and error.errno in _REMEDIES:
            return f"{_where(error)}; {_REMEDIES[error.errno]}"
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _STORES:
                return f"the results in _build/.jupyter_cache: {error}; {_STORES[code]}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return ""


def last_words(run: CompletedProcess[str]) -> str:
    """Return what a program said before it failed; of one that said nothing, how it ended."""
    silent = f"it ended with {run.returncode} and no word; {_REMEDIES[errno.ENOMEM]}"
    return run.stderr.strip() or run.stdout.strip() or silent


def _where(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
