"""Loading: typed, checked, from anywhere, with messages that say what to do."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from govsocial import tables

ROOT = Path(__file__).resolve().parents[2]

DESCRIPTOR = {
    "name": "arrivals",
    "path": "arrivals.csv",
    "schema": {
        "fields": [
            {"name": "iso2", "type": "string"},
            {"name": "first", "type": "date"},
            {"name": "accounts", "type": "integer"},
            {"name": "verified", "type": "boolean"},
            {"name": "share", "type": "number"},
        ]
    },
}
CSV = "iso2,first,accounts,verified,share\nNA,2012-07-01,40,true,0.5\nIT,,,,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a data folder of one table, which the library reads instead of its own."""
    (tmp_path / "arrivals.csv").write_text(CSV)
    write_descriptor(tmp_path, CSV.encode())
    monkeypatch.setattr(tables, "directory", lambda: tmp_path)
    tables.descriptor.cache_clear()
    yield tmp_path
    tables.descriptor.cache_clear()


def change(folder: Path, before: str, after: str) -> None:
    """Change the table, and write its descriptor for what it is then."""
    changed = CSV.replace(before, after)
    (folder / "arrivals.csv").write_text(changed)
    write_descriptor(folder, changed.encode())


def write_descriptor(folder: Path, content: bytes) -> None:
    checksum = "sha256:" + hashlib.sha256(content).hexdigest()
    text = yaml.safe_dump(DESCRIPTOR | {"hash": checksum})
    (folder / "arrivals.resource.yaml").write_text(text)


def test_a_table_is_typed_by_its_descriptor(folder: Path) -> None:
    frame = tables.load("arrivals")
    assert [str(kind) for kind in frame.dtypes] == [
        "string",
        "datetime64[us]",
        "Int64",
        "boolean",
        "float64",
    ]
    assert frame["iso2"].tolist() == ["NA", "IT"], "NA is Namibia, not a missing value"
    assert frame.isna().sum().tolist() == [0, 1, 1, 1, 1]
    assert frame.attrs["descriptor"]["name"] == "arrivals"


def test_who_edits_a_descriptor_edits_that_of_one_table(folder: Path) -> None:
    tables.load("arrivals").attrs["descriptor"]["schema"]["fields"].clear()
    assert len(tables.load("arrivals").columns) == 5
    assert len(tables.load("arrivals").attrs["descriptor"]["schema"]["fields"]) == 5


def test_an_unknown_name_offers_the_nearest(folder: Path) -> None:
    with pytest.raises(tables.TableError, match=r"no table 'arrivels'.*did you mean arrivals\?"):
        tables.load("arrivels")


def test_changed_bytes_are_refused(folder: Path) -> None:
    (folder / "arrivals.csv").write_text(CSV.replace("40", "41"))
    with pytest.raises(tables.TableError, match=r"arrivals\.csv: checksum mismatch.*make data"):
        tables.load("arrivals")


def test_a_renamed_column_is_named(folder: Path) -> None:
    change(folder, "accounts", "missions")
    with pytest.raises(tables.TableError, match=r"arrivals\.csv: .*accounts, missions"):
        tables.load("arrivals")


def test_a_value_of_another_type_is_named_with_its_column(folder: Path) -> None:
    change(folder, ",40,", ",forty,")
    with pytest.raises(tables.TableError, match=r"arrivals\.csv: accounts is no integer: .*forty"):
        tables.load("arrivals")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_table_that_is_not_utf_8_is_named(folder: Path, encoding: str) -> None:
    written = CSV.replace("IT", "é").encode(encoding)
    (folder / "arrivals.csv").write_bytes(written)
    write_descriptor(folder, written)
    with pytest.raises(tables.TableError, match=r"arrivals\.csv: the file is not UTF-8; save it"):
        tables.load("arrivals")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "arrivals.csv").unlink()
    with pytest.raises(tables.TableError, match=r"arrivals\.csv is missing; restore it"):
        tables.load("arrivals")


def test_every_table_of_the_book_loads() -> None:
    assert all(len(tables.load(name)) for name in tables.names())


def test_the_installed_wheel_carries_its_tables(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    code = "from govsocial import tables; print(tables.directory(), len(tables.load('egdi_ranks')))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "site" / "govsocial" / "data"), "2316"]
