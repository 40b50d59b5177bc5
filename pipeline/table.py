"""A tidy table with its description, and how both are written: same input, same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from pipeline.registry import Source, sources

_LARGE = 1_000_000


class _Plain(yaml.SafeDumper):
    """Writes an object again where it stands again, instead of YAML's anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


@dataclass(frozen=True)
class Field:
    """One column: its Frictionless type, meaning, unit and constraints."""

    name: str
    type: str
    description: str
    unit: str = ""
    constraints: dict[str, Any] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """Return the Frictionless field descriptor."""
        parts = {
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "unit": self.unit,
            "constraints": self.constraints,
        }
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True)
class Table:
    """A tidy table, ready to be written.

    Parameters
    ----------
    name, title, description
        ``name`` is the file's stem; ``description`` says who counted what, when, of how many.
    frame
        Columns in the order of ``fields``; sorted; missing values where nothing is known.
    fields
        One per column.
    key
        Columns that together name a row.
    slugs
        The registered sources behind the table; it inherits their licences and caveats.
    caveats
        What the table's reader has to know beyond the caveats of its sources.
    lenders
        Sources among ``slugs`` that lend a name, a code or a region only, or a file that their
        own caveats are not about: these are left out.
    """

    name: str
    title: str
    description: str
    frame: pd.DataFrame
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    slugs: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse columns that are not the described fields.

        Raises
        ------
        ValueError
            If columns and fields differ.
        """
        columns, described = list(self.frame.columns), [field.name for field in self.fields]
        if columns != described:
            raise ValueError(f"table {self.name}: columns {columns} are not fields {described}")


def write(table: Table, folder: Path, made_by: str) -> list[Path]:
    """Write a table and its descriptor into a folder and return both paths.

    Parameters
    ----------
    table, folder
        What is written, and where to.
    made_by
        Path of the module that makes the table, for the descriptor.
    """
    whole = {field.name: "Int64" for field in table.fields if field.type in {"integer", "year"}}
    frame = table.frame.astype(whole)
    content, suffix = _csv(frame), "csv"
    if len(content) > _LARGE:
        content, suffix = _parquet(frame), "parquet"
    path = folder / f"{table.name}.{suffix}"
    path.write_bytes(content)
    descriptor = folder / f"{table.name}.resource.yaml"
    text = yaml.dump(
        _describe(table, path.name, content, made_by),
        Dumper=_Plain,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    descriptor.write_text(text, "utf-8")
    return [path, descriptor]


def _csv(frame: pd.DataFrame) -> bytes:
    words = frame.copy()
    for column in words.select_dtypes(["bool", "boolean"]):
        words[column] = words[column].map({True: "true", False: "false"})
    text = words.to_csv(
        index=False, lineterminator="\n", date_format="%Y-%m-%d", quoting=csv.QUOTE_MINIMAL
    )
    return text.encode()


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def _describe(table: Table, path: str, content: bytes, made_by: str) -> dict[str, Any]:
    origins = [sources()[slug] for slug in table.slugs]
    inherited = (
        caveat
        for source in origins
        if source.slug not in table.lenders
        for caveat in source.caveats
    )
    suffix = path.rsplit(".", 1)[1]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": path,
        "scheme": "file",
        "format": suffix,
        "mediatype": "text/csv" if suffix == "csv" else "application/vnd.apache.parquet",
        "encoding": "utf-8",
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "rows": len(table.frame),
        "schema": {
            "fields": [field.describe() for field in table.fields],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
        "sources": [_origin(source) for source in origins],
        "licenses": [{"name": name} for name in _unique(source.licence for source in origins)],
        "terms": _unique(term for source in origins for term in source.terms),
        "redistribution": _unique(source.redistribution for source in origins),
        "caveats": _unique((*table.caveats, *inherited)),
        "madeBy": made_by,
    }


def _origin(source: Source) -> dict[str, str]:
    origin = {
        "title": source.title,
        "path": source.canonical,
        "citation": source.key,
        "coverage": source.coverage,
    }
    versions = _unique(f"{f.repo}@{f.commit}" for f in source.files.values() if f.repo)
    version = source.npm or ", ".join(versions)
    return origin | ({"version": version} if version else {})


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
