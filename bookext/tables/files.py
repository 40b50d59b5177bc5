"""The tables as readers take them away: CSV, Parquet, descriptors, and one package of all.

Closes: Frictionless describes a package in JSON or YAML, and its readers on the web expect JSON
(https://specs.frictionlessdata.io/data-package/); Sphinx copies a file as it is.
"""

from __future__ import annotations

import filecmp
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.errors import FileError, read_yaml
from bookext.common.outputs import finish
from bookext.records.descriptors import descriptor_paths, load
from bookext.tables.names import FOLDER
from bookext.tables.overview import PACKAGE

_SOURCE = "datapackage.yaml"
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "year": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
}


def read(path: Path, fields: list[dict[str, Any]]) -> pa.Table:
    """Return a table, typed by the fields of its descriptor.

    Parameters
    ----------
    path
        The table, as CSV or Parquet.
    fields
        The fields.

    Raises
    ------
    FileError
        If a value is not of the type that the descriptor says.
    """
    if path.suffix == ".parquet":
        return pq.read_table(path)
    types = {field["name"]: _TYPES[field["type"]] for field in fields}
    # Only an empty cell is missing: "NA" is Namibia.
    options = pc.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
    try:
        return pc.read_csv(path, convert_options=options)
    except pa.ArrowInvalid as error:
        said = f"{error}; mend the type in its descriptor, or run make data"
        raise FileError(path, said) from None


def _write(app: Sphinx) -> None:
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    kept = {f"{name}.html" for name in descriptor_paths(app.env)}
    for name, path in descriptor_paths(app.env).items():
        resource = load(path)
        _copy(path, folder)
        table = path.with_name(resource["path"])
        if _copy(table, folder) or not _both(folder, name):
            _convert(table, resource["schema"]["fields"], folder / name)
        kept |= {path.name, f"{name}.csv", f"{name}.parquet"}
    package = Path(app.srcdir, FOLDER, _SOURCE)
    if package.is_file():  # a small book may do without
        if _copy(package, folder) or not (folder / PACKAGE).is_file():
            text = json.dumps(read_yaml(package), ensure_ascii=False, indent=1)
            (folder / PACKAGE).write_text(text, "utf-8")
        kept |= {_SOURCE, PACKAGE}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def _both(folder: Path, name: str) -> bool:
    return all((folder / f"{name}{suffix}").is_file() for suffix in (".csv", ".parquet"))


def _convert(source: Path, fields: list[dict[str, Any]], target: Path) -> None:
    """Write a table in the format that it is not kept in."""
    found = read(source, fields)
    if source.suffix == ".parquet":
        pc.write_csv(found, target.with_suffix(".csv"))
    else:
        pq.write_table(found, target.with_suffix(".parquet"), compression="zstd")


def _copy(source: Path, folder: Path) -> bool:
    """Copy a file if the folder has none like it, and return whether that was so."""
    target = folder / source.name
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return False
    shutil.copy(source, target)
    return True


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the files beside the pages."""
    finish(app, _write, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
