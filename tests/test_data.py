"""The tables of data/: described, valid, reproducible, and free of private matter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from frictionless import Package, Resource, system
from pybtex.database import parse_file

from govsocial import tables
from pipeline import package, raw
from pipeline.__main__ import modules, rebuild
from pipeline.registry import REGISTRY, sources
from pipeline.run import Run

DATA = Path(__file__).resolve().parents[1] / "data"
NAMES = tables.names()

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.(?!social\b)[a-z]{2,}", re.IGNORECASE)
# Posts and the newer accounts have numbers of 15 to 20 digits.
POST_ID = re.compile(r"(?<![\d.])\d{15,20}(?![\d.])")
# The texts of posts would be longer; the facts quote at most 15 words, by the register.
LONGEST_TEXT = 40


def test_every_table_has_a_descriptor_and_every_descriptor_a_table() -> None:
    described = {tables.descriptor(name)["path"] for name in NAMES}
    there = {path.name for path in DATA.iterdir() if path.suffix in {".csv", ".parquet"}}
    assert described == there and NAMES


@pytest.mark.parametrize("name", NAMES)
def test_frictionless_finds_the_table_valid(name: str) -> None:
    with system.use_context(trusted=True):
        report = Resource(str(DATA / f"{name}.resource.yaml")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_frictionless_finds_the_package_of_all_tables_valid() -> None:
    with system.use_context(trusted=True):
        whole = Package(str(DATA / package.NAME))
        report = whole.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "message"])[:5]
    assert [resource.path for resource in whole.resources] == [
        tables.descriptor(name)["path"] for name in NAMES
    ]


def test_the_package_says_what_the_descriptors_say() -> None:
    whole = yaml.load((DATA / package.NAME).read_text("utf-8"), yaml.CSafeLoader)
    assert whole["resources"] == [tables.descriptor(name) for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_the_descriptor_tells_all_a_reader_must_know(name: str) -> None:
    resource = tables.descriptor(name)
    for part in ("title", "description", "sources", "licenses", "redistribution", "madeBy"):
        assert resource[part], f"{name}: no {part}"
    assert resource["rows"] == len(tables.load(name))
    assert (DATA.parent / resource["madeBy"]).is_file()
    for field in resource["schema"]["fields"]:
        assert len(field["description"]) > 8, f"{name}.{field['name']}: say what it means"


@pytest.mark.parametrize("name", NAMES)
def test_every_source_of_a_table_can_be_cited(name: str) -> None:
    known = parse_file(DATA / "sources.bib").entries
    assert {source["citation"] for source in tables.descriptor(name)["sources"]} <= set(known)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_holds_no_address_no_post_id_and_no_text_of_a_post(name: str) -> None:
    frame = tables.load(name)
    if "geometry" in frame:
        frame = frame.drop(columns="geometry")
    text = frame.to_csv()
    assert not EMAIL.search(text), f"{name}: an e-mail address"
    assert not POST_ID.search(text), f"{name}: an id of a post or account"
    texts: pd.DataFrame = frame.select_dtypes("string")
    words = [texts[column].dropna().str.split().map(len).max() for column in texts]
    longest = max(words, default=0)
    assert pd.isna(longest) or longest <= LONGEST_TEXT, f"{name}: a text of {longest} words"


@pytest.mark.slow
@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_the_pipeline_makes_the_same_bytes_again(tmp_path: Path) -> None:
    rebuild(modules(), Run(), tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in DATA.iterdir()}
    stale = sorted(name for name in made.keys() | kept if made.get(name) != kept.get(name))
    assert not stale, f"run 'make data' and commit: {', '.join(stale)}"


def test_every_registered_source_is_used_and_says_what_may_be_published() -> None:
    cited = {s["citation"] for name in NAMES for s in tables.descriptor(name)["sources"]}
    assert {source.key for source in sources().values()} == cited
    assert all(source.redistribution and source.licence for source in sources().values())


# Words of whoever works on the pipeline: they belong into the register's notes.
WORKSHOP = re.compile(
    r"upstream|could not be had|\b(?:do not|never) (?:use|publish)\b|stored (?:page|cop)|prepared/|"
    r"skiprows|\bdecode\b|browser profile|not verified|earlier note|out of the book|\bpull\b|"
    r"\.(?:csv|json|xlsx?|zip|ya?ml|rda|R)\b|^(?:Drop|Fold|Read|Say|Use) ",
    re.MULTILINE,
)


def published(name: str) -> list[str]:
    """Return the texts of a descriptor that readers see."""
    resource = tables.descriptor(name)
    fields = [field["description"] for field in resource["schema"]["fields"]]
    return [resource["title"], resource["description"], *resource["caveats"], *fields]


@pytest.mark.parametrize("name", NAMES)
def test_a_descriptor_speaks_to_readers_not_of_the_workshop(name: str) -> None:
    found = [text for text in published(name) if WORKSHOP.search(text)]
    assert not found, f"{name}: notes of pipeline/registry/ are no caveats: {found}"


def test_the_notes_of_the_register_are_not_published() -> None:
    notes = {note for path in REGISTRY.glob("*.yml") for note in entry(path).get("notes", ())}
    told = {text for name in NAMES for text in published(name)}
    assert len(notes) > 50 and not notes & told
    everything = " ".join(" ".join(path.read_text("utf-8").split()) for path in DATA.glob("*.yaml"))
    assert not [note for note in notes if len(note) > 40 and " ".join(note.split()) in everything]


def entry(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


# Terms that ask for a citation, or for nothing; all others are listed in LICENSE-content.md.
CITE_ONLY = {"CC-BY-4.0", "CC0-1.0"}


@pytest.mark.parametrize("slug", [s.slug for s in sources().values() if s.licence not in CITE_ONLY])
def test_the_licences_of_the_content_name_every_source_with_other_terms(slug: str) -> None:
    text = (DATA.parent / "LICENSE-content.md").read_text("utf-8")
    source = sources()[slug]
    address = source.canonical if source.canonical.startswith("http") else f"`{slug}`"
    assert address in text, f"LICENSE-content.md: add {slug} ({source.licence}): {source.canonical}"
    assert source.licence == "none stated" or source.licence.split("-only")[0] in text
    assert all(f"`{term}`" in text for term in source.terms)
