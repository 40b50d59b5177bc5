"""Finding, checking and fetching raw files; writing tables all at once or not at all."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline import __main__ as command
from pipeline import raw, registry
from pipeline.run import Run
from pipeline.table import Field, Table, write

CONTENT = b"country,rank\nRussia,14\n"


def source(made: str = "", npm: str = "") -> registry.Source:
    file = registry.File(hashlib.sha256(CONTENT).hexdigest(), "owner/repo", "c0ffee", made)
    return registry.Source(
        slug="ranking",
        title="A ranking",
        canonical="https://example.org/ranking",
        licence="CC0-1.0",
        redistribution="anything",
        terms=(),
        coverage="2012-07/2012-07",
        caveats=("Read off a screen.",),
        citation={"author": "{Agency}", "year": "2012", "title": "Ranking"},
        files={"data/a b.csv": file},
        folder="ranking",
        npm=npm,
    )


@pytest.fixture(autouse=True)
def _register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the register by one source, the raw folder and the cache by empty ones."""
    use(source(), monkeypatch)
    monkeypatch.setenv("GOVSOCIAL_RAW", str(tmp_path / "raw"))
    monkeypatch.setattr(raw, "cache", lambda: tmp_path / "cache")


def use(entry: registry.Source, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pipeline.raw", "pipeline.table"):
        monkeypatch.setattr(f"{module}.sources", lambda: {"ranking": entry})


def put(folder: Path, content: bytes = CONTENT) -> Path:
    path = folder / "ranking" / "data" / "a b.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_the_given_folder_comes_first_then_the_cache(tmp_path: Path) -> None:
    cached = put(tmp_path / "cache")
    assert raw.locate("ranking", "data/a b.csv") == cached
    given = put(tmp_path / "raw")
    assert raw.locate("ranking", "data/a b.csv") == given


def test_a_folder_of_ones_own_does_not_hide_the_shared_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "_PROJECT", tmp_path / "book")
    shared = put(tmp_path / "shared" / "raw")
    assert raw.locate("ranking", "data/a b.csv") == shared
    assert raw.directories() == [tmp_path / "raw", tmp_path / "shared" / "raw"]
    own = put(tmp_path / "raw")
    assert raw.locate("ranking", "data/a b.csv") == own


def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    path = put(tmp_path / "raw", b"<html>rate limited</html>")
    with pytest.raises(raw.RawError, match=f"{path}: checksum mismatch.*delete it and run"):
        raw.locate("ranking", "data/a b.csv")


def test_a_missing_file_is_fetched_at_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def retrieve(url: str, known_hash: str, name: str, folder: Path, **_: object) -> None:
        assert url == "https://raw.githubusercontent.com/owner/repo/c0ffee/data/a%20b.csv"
        assert known_hash == hashlib.sha256(CONTENT).hexdigest()
        folder.mkdir(parents=True)
        (folder / name).write_bytes(CONTENT)

    monkeypatch.setattr("pooch.retrieve", retrieve)
    found = raw.locate("ranking", "data/a b.csv")
    assert found == tmp_path / "cache" / "ranking" / "data" / "a b.csv"


def test_without_a_network_the_message_says_where_to_put_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise ConnectionError("no route to host")

    monkeypatch.setattr("pooch.retrieve", offline)
    with pytest.raises(raw.RawError, match=r"no route to host.*Is there a network\?.*put the file"):
        raw.locate("ranking", "data/a b.csv")


@pytest.mark.parametrize("held", [b"no archive", b""])
def test_a_package_that_lacks_the_file_is_named(
    held: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = tmp_path / "npm"
    if held:
        make = f'open(sys.argv[-2] + "/a.tgz", "wb").write({held!r})'
    else:
        make = 'import tarfile; tarfile.open(sys.argv[-2] + "/a.tgz", "w:gz").close()'
    npm.write_text(f"#!{sys.executable}\nimport sys\n{make}\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    use(source(npm="ranking@1.0.0"), monkeypatch)
    with pytest.raises(raw.AbsentError, match=r"could not be fetched.*put the file at"):
        raw.locate("ranking", "data/a b.csv")


def test_a_prepared_file_says_how_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    use(source(made="Sheets stacked."), monkeypatch)
    with pytest.raises(raw.RawError, match=r"not held upstream in this form.*Sheets stacked"):
        raw.locate("ranking", "data/a b.csv")


def test_an_unregistered_file_is_named() -> None:
    with pytest.raises(raw.RawError, match=r"registry/ranking\.yml: there is no file 'b\.csv'"):
        raw.locate("ranking", "b.csv")


MADE_BY = "pipeline/sources/ranking.py"


def table(frame: pd.DataFrame) -> Table:
    return Table(
        name="ranks",
        title="Ranks",
        description="Ranks of July 2012.",
        frame=frame,
        fields=(Field("country", "string", "Country"), Field("rank", "integer", "Rank")),
        key=("country",),
        slugs=("ranking",),
        caveats=("Weights unknown.",),
    )


FRAME = pd.DataFrame({"country": ["Japan", "Russia"], "rank": [float("nan"), 14.0]})


def test_the_same_table_has_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write(table(FRAME), tmp_path, MADE_BY)]
    again = [path.read_bytes() for path in write(table(FRAME), tmp_path, MADE_BY)]
    assert first == again
    assert first[0] == b"country,rank\nJapan,\nRussia,14\n"
    assert b"Weights unknown" in first[1] and b"Read off a screen" in first[1]


def test_columns_that_are_not_described_are_refused() -> None:
    with pytest.raises(ValueError, match=r"table ranks: columns .* are not fields"):
        table(FRAME.rename(columns={"rank": "place"}))


def test_a_run_that_fails_leaves_the_old_tables_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(name: str, run: Run) -> list[Table]:
        if name == "broken":
            raise raw.RawError("b.csv could not be fetched")
        return [table(FRAME.assign(rank=[1, 2]))]

    monkeypatch.setattr(command, "build", build)
    write(table(FRAME), tmp_path, MADE_BY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(raw.RawError):
        command.rebuild(["good", "broken"], Run(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    command.rebuild(["good"], Run(), tmp_path)
    assert (tmp_path / "ranks.csv").read_text() == "country,rank\nJapan,1\nRussia,2\n"
    descriptor = (tmp_path / "ranks.resource.yaml").read_text()
    assert "madeBy: pipeline/sources/good.py" in descriptor


def test_the_command_ends_with_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(name: str, run: Run) -> list[Table]:
        raise raw.RawError(f"{name}.csv could not be fetched")

    monkeypatch.setattr(command, "build", build)
    assert command.main(["egdi"]) == 1
    assert capsys.readouterr().err == "pipeline: egdi.csv could not be fetched\n"


def test_tables_whose_raw_files_are_not_there_stay_unless_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(name: str, run: Run) -> list[Table]:
        if name == "absent":
            raise raw.AbsentError("b.csv is not held upstream")
        return [table(FRAME.assign(rank=[1, 2]))]

    monkeypatch.setattr(command, "build", build)
    monkeypatch.setattr(command, "modules", lambda: ["absent", "good"])
    (tmp_path / "other.csv").write_text("x\n1\n", "utf-8")
    into = ["--into", str(tmp_path)]
    assert command.main(into) == 0
    assert "absent                   stays as it is: b.csv is not held" in capsys.readouterr().out
    assert (tmp_path / "ranks.csv").is_file()
    assert (tmp_path / "other.csv").read_text("utf-8") == "x\n1\n"
    assert command.main(["absent", *into]) == 1


def test_an_unknown_source_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["egdy"])
    assert "unknown source egdy; there are" in capsys.readouterr().err


ENTRY = {
    "title": "A ranking",
    "canonical": "https://example.org/ranking",
    "licence": "CC0-1.0",
    "licence_seen": "README",
    "redistribution": "anything",
    "coverage": "2012-07/2012-07",
    "caveats": [],
    "citation": {"author": "{Agency}", "year": "2012", "title": "Ranking"},
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, ""),
        ({"licence": None}, r"registry/ranking\.yml: add licence; egdi\.yml is an example"),
        ({"caveat": "one"}, r"registry/ranking\.yml: remove caveat, which nothing reads"),
        ({"coverage": "July 2012; 193 rows"}, r"coverage as an interval .* belongs into notes"),
        ({"terms": ["no-derivatives"]}, r"terms known are .*, not no-derivatives"),
        ({"caveats": "one"}, r"ranking\.yml: write caveats as the list that it is in egdi\.yml"),
        ({"citation": []}, r"ranking\.yml: write citation as the mapping that it is"),
        ({"files": ["a.csv"]}, r"ranking\.yml: write each of the files as PATH: \{sha256"),
        ({"files": {"a.csv": {"sha": "0"}}}, r"write each of the files as PATH: \{sha256"),
    ],
)
def test_an_entry_of_the_register_that_cannot_be_read_is_refused(
    change: dict[str, Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {name: part for name, part in (ENTRY | change).items() if part is not None}
    (tmp_path / "ranking.yml").write_text(yaml.safe_dump(entry), "utf-8")
    monkeypatch.setattr(registry, "REGISTRY", tmp_path)
    registry.sources.cache_clear()
    try:
        if message:
            with pytest.raises(registry.RegisterError, match=message):
                registry.sources()
        else:
            assert registry.sources()["ranking"].coverage == "2012-07/2012-07"
    finally:
        registry.sources.cache_clear()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "registry/a.yml: it says nothing; write an entry"),
        (b"title: [a\nlicence: b\n", "registry/a.yml:2: no YAML: "),
        (b"title: caf\xe9\n", "registry/a.yml: the file is not UTF-8"),
        (b"title: A ranking\n", "registry/a.yml: add canonical, "),
    ],
)
def test_a_fault_in_the_register_is_one_line(
    content: bytes,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    monkeypatch.setattr(registry, "REGISTRY", tmp_path)
    registry.sources.cache_clear()
    try:
        assert command.main(["--into", str(tmp_path / "data")]) == 1
    finally:
        registry.sources.cache_clear()
    error = capsys.readouterr().err
    assert error.startswith(f"pipeline: pipeline/{said}") and error.count("\n") == 1


def test_a_source_that_lends_names_only_does_not_lend_its_caveats(tmp_path: Path) -> None:
    lent = replace(table(FRAME), lenders=("ranking",))
    descriptor = write(lent, tmp_path, MADE_BY)[1].read_text("utf-8")
    assert "Read off a screen" not in descriptor and "data-ranking" in descriptor
