"""Load the book's tables by name, typed by their Frictionless descriptors."""

from __future__ import annotations

import copy
import csv
import difflib
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import yaml

_PACKAGE = Path(__file__).resolve().parent

# Frictionless types as pandas reads them; dates are parsed.
_DTYPES = {
    "string": "string",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "boolean",
}


class TableError(ValueError):
    """A table or its descriptor is missing, damaged or not what it says."""


class Descriptor(dict[str, Any]):
    """The descriptor of a table.

    pandas copies what a table carries with every step of a computation, and would take longer for
    that than for the step; this stays the one that it is.
    """

    def __deepcopy__(self, _memo: dict[int, Any]) -> Descriptor:
        return self


def directory() -> Path:
    """Return the folder of the tables: inside an installed wheel, else beside the package."""
    packed = _PACKAGE / "data"
    return packed if packed.is_dir() else _PACKAGE.parent / "data"


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(path.name.removesuffix(".resource.yaml") for path in _descriptors())


def _descriptors() -> list[Path]:
    return list(directory().glob("*.resource.yaml"))


@cache
def descriptor(name: str) -> dict[str, Any]:
    """Return the Frictionless Data Resource descriptor of a table.

    Raises
    ------
    TableError
        If there is no table of that name; the message offers the nearest names.
    """
    path = directory() / f"{name}.resource.yaml"
    if not path.is_file():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise TableError(f"there is no table '{name}' in {directory()}{hint}")
    resource: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return resource


def load(name: str) -> pd.DataFrame:
    """Return a table, typed by its descriptor, which is kept in ``attrs["descriptor"]``.

    Parameters
    ----------
    name
        Name of the table, as in the data catalogue.

    Returns
    -------
    DataFrame
        One column per field of the descriptor, in its order; dates as ``datetime64``,
        integers as nullable ``Int64``.

    Raises
    ------
    TableError
        If the table is unknown, no UTF-8, its bytes are not those of the descriptor's checksum,
        its columns are not the descriptor's fields, or a value is not of its field's type.
    """
    resource = copy.deepcopy(descriptor(name))  # whoever edits it edits that of this table alone
    path = directory() / resource["path"]
    _check_bytes(path, resource["hash"])
    fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    try:
        _check_columns(path, list(fields))
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else _read_csv(path, fields)
    except UnicodeDecodeError:
        raise TableError(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    frame.attrs["descriptor"] = Descriptor(resource)
    return frame


def _read_csv(path: Path, fields: dict[str, str]) -> pd.DataFrame:
    try:
        return _columns(path, fields, list(fields))
    except UnicodeDecodeError:
        raise
    except ValueError:
        for name in fields:
            try:
                _columns(path, fields, [name])
            except ValueError as error:
                raise TableError(
                    f"{path}: {name} is no {fields[name]}: {error}; mend the value, or the type "
                    "in the descriptor"
                ) from None
        raise


def _columns(path: Path, fields: dict[str, str], names: list[str]) -> pd.DataFrame:
    kinds = {name: fields[name] for name in names}
    return pd.read_csv(
        path,
        usecols=names,
        dtype={name: _DTYPES[kind] for name, kind in kinds.items() if kind in _DTYPES},
        parse_dates=[name for name, kind in kinds.items() if kind in {"date", "datetime"}],
        # Only an empty cell is missing: "NA" is Namibia.
        keep_default_na=False,
        na_values=[""],
    )


def _check_columns(path: Path, fields: list[str]) -> None:
    if path.suffix == ".parquet":
        columns = pq.read_schema(path).names
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns = next(csv.reader(file), [])
    if columns != fields:
        wrong = ", ".join(sorted(set(columns) ^ set(fields))) or "their order"
        raise TableError(
            f"{path}: columns differ from its descriptor ({wrong}); "
            "restore it with git or run 'make data'"
        )


def _check_bytes(path: Path, expected: str) -> None:
    if not path.is_file():
        raise TableError(f"{path} is missing; restore it with git or run 'make data'")
    found = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise TableError(
            f"{path}: checksum mismatch with its descriptor (expected {expected[:19]}…, "
            f"found {found[:19]}…); restore it with git or run 'make data'"
        )
