"""Where the notebooks run: links, the first cell, Binder's files, the archives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from kernel import ROOT, kernel
from sphinx.errors import ConfigError

from bookext.notebooks import lab_pages as lab_pages
from bookext.notebooks import launch_buttons as launch
from conf import BASE_URL
from govsocial import start

BINDER = ROOT / "binder"
PATH = "notebooks/02-decode-a-tweet-id.ipynb"


BOOK, STUDENTS = "https://github.com/owner/book", "https://github.com/owner/book-students"
HUB = "https://hub.example.org"


def links(
    repository: str, hub: str = "", branch: str = "main", students: str = ""
) -> dict[str, str]:
    found = launch.places(repository, branch, hub, PATH, students)
    return {place.name: place.url for place in found}


def test_without_an_address_no_place_is_offered() -> None:
    assert links("", HUB) == {}


def test_the_links_have_the_form_that_each_service_documents() -> None:
    found = links(f"{BOOK}.git", f"{HUB}/", students=f"{STUDENTS}.git")
    assert found["Binder"] == (
        "https://mybinder.org/v2/gh/owner/book-students/main"
        "?labpath=notebooks%2F02-decode-a-tweet-id.ipynb"
    )
    assert found["Google Colab"] == (
        f"https://colab.research.google.com/github/owner/book-students/blob/main/{PATH}"
    )
    hub = urlsplit(found["JupyterHub"])
    assert (hub.netloc, hub.path) == ("hub.example.org", "/hub/user-redirect/git-pull")
    assert parse_qs(hub.query) == {
        "repo": [STUDENTS],
        "branch": ["main"],
        "urlpath": [f"lab/tree/book-students/{PATH}"],
    }


def test_a_hub_pulls_only_what_students_may_have() -> None:
    assert set(links(BOOK, HUB)) == {"Binder", "Google Colab"}


def test_another_host_has_no_colab() -> None:
    gitlab = links("https://gitlab.com/group/sub/book")
    assert set(gitlab) == {"Binder"}
    assert "/v2/gl/group%2Fsub%2Fbook/main?" in gitlab["Binder"]
    own = links("https://git.example.org/book", branch="spring/2027")
    assert "/v2/git/https%3A%2F%2Fgit.example.org%2Fbook/spring%2F2027?" in own["Binder"]


@pytest.mark.parametrize(
    "address", ["git@github.com:owner/book.git", "github.com/owner/book", f"{BOOK}/tree/main"]
)
def test_an_address_that_no_browser_opens_stops_with_one_line(address: str) -> None:
    with pytest.raises(ConfigError, match="write it as it stands in a browser"):
        links(address)


@pytest.mark.parametrize(("written", "stops"), [(BOOK, False), ("https://elsewhere.org/x", True)])
def test_links_to_notebooks_that_name_another_address_stop_the_build(
    written: str, stops: bool, tmp_path: Path
) -> None:
    source = launch.source_of(written, "main", "")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[launch.setup_cell(source)])
    nbformat.write(notebook, folder / "one.ipynb")
    settings = SimpleNamespace(book_repository=BOOK, book_branch="main", language="en")
    builder = SimpleNamespace(format="html", name="html", embedded=False)
    app: Any = SimpleNamespace(config=settings, builder=builder, confdir=tmp_path)
    if stops:
        with pytest.raises(
            ConfigError, match=r"notebooks/one\.ipynb does not fetch .* run: make labs"
        ):
            launch._same_address(app)
    else:
        launch._same_address(app)


@pytest.mark.parametrize(
    ("page", "notebook"),
    [
        ("notebooks/solutions/02-decode-a-tweet-id", PATH),
        ("chapters/adoption", "notebooks/chapters/adoption.ipynb"),
        ("back/data", None),
        ("notebooks/index", None),
    ],
)
def test_a_page_leads_to_its_notebook(page: str, notebook: str | None) -> None:
    assert launch.notebook_of(page) == notebook
    assert notebook is None or (ROOT / notebook).is_file()


def test_the_library_comes_from_the_repository_or_from_the_site() -> None:
    source = launch.source_of(BOOK, "main", "https://book.example.org/", "engines")
    assert source == f"govsocial[engines] @ git+{BOOK}@main"
    source = launch.source_of("", "main", "https://book.example.org/")
    assert source == "govsocial @ https://book.example.org/notebooks/labs-with-data.zip"
    assert launch.source_of("", "main", "") == ""


def first_cell(folder: Path, code: str, after: str = "", **variables: str) -> Any:
    """Run the first cell of a notebook in a folder, where the library is not on the path."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "GOVSOCIAL_BOOK"}}
    return subprocess.run(
        [sys.executable, "-c", f"{code}\n{after}"],
        cwd=folder,
        env=kept | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def setup_of(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    source: str = next(cell.source for cell in cells if cell.id == "setup")
    return source


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive with the library and all tables, unpacked elsewhere."""
    folder = tmp_path_factory.mktemp("archive")
    with zipfile.ZipFile(archive(folder / "labs.zip")) as packed:
        packed.extractall(folder)
    return folder / "governing-in-public"


def test_the_archive_with_data_works_without_a_network(unpacked: Path) -> None:
    path = unpacked / PATH
    after = "import govsocial; print(govsocial.__file__)"
    run = first_cell(path.parent, setup_of(path), after)
    assert run.returncode == 0, run.stderr
    said, where = run.stdout.splitlines()
    number = len(list((ROOT / "data").glob("*.resource.yaml")))
    assert said == f"Ready. Tables: {number}."
    assert Path(where).is_relative_to(unpacked)


def test_the_links_of_the_labs_lead_somewhere_in_the_archive(unpacked: Path) -> None:
    labs = sorted((unpacked / "notebooks").glob("*.ipynb"))
    found = re.compile(r"\]\(([^)]+\.ipynb)\)")
    links = {link for lab in labs for link in found.findall(lab.read_text("utf-8"))}
    assert links or BASE_URL
    assert not [link for link in links if not (unpacked / "notebooks" / link).is_file()]


def test_the_first_cell_installs_a_wheel_beside_it(unpacked: Path, tmp_path: Path) -> None:
    # Without a network: the packages are there, only the library is not.
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(tmp_path), str(unpacked)], check=True)
    target = tmp_path / "installed"
    run = first_cell(
        tmp_path,
        setup_of(unpacked / PATH),
        "import govsocial; print(govsocial.__file__)",
        PIP_TARGET=str(target),
        PIP_NO_DEPS="1",
        PYTHONPATH=str(target),
    )
    assert run.returncode == 0, run.stderr
    assert Path(run.stdout.splitlines()[-1]).is_relative_to(target)


def test_what_the_kernel_has_loaded_is_not_replaced(tmp_path: Path) -> None:
    """A library that wants another version of a loaded package is not installed: one line."""
    package = tmp_path / "package"
    (package / "govsocial").mkdir(parents=True)
    (package / "govsocial" / "__init__.py").write_text("")
    (package / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "govsocial"\nversion = "9"\ndependencies = ["numpy<1"]\n'
    )
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(tmp_path), str(package)], check=True)
    with kernel(tmp_path, PYTHONPATH="", PIP_NO_INDEX="1", PIP_TARGET=str(tmp_path / "x")) as works:
        assert not works.run("import numpy").error
        outcome = works.run(launch.setup_cell("").source)
        assert outcome.error == "NotHere" and "Restart the kernel" in outcome.shown
        assert "\n" not in outcome.shown
    assert not (tmp_path / "x").exists()


def test_without_library_and_address_the_first_cell_says_what_to_do(tmp_path: Path) -> None:
    with kernel(tmp_path, PYTHONPATH="") as works:
        outcome = works.run(launch.setup_cell("").source)
    assert outcome.error == "NotHere" and outcome.shown.startswith("The book's library is not here")
    assert "\n" not in outcome.shown


def test_the_first_cell_names_a_module_that_a_lab_needs(tmp_path: Path) -> None:
    with kernel(tmp_path) as works:
        outcome = works.run(launch.setup_cell("", ["json", "no_such_engine"], "engines").source)
    assert outcome.error == "NotReadyError" and "needs no_such_engine. Run `%pip" in outcome.shown


@pytest.mark.parametrize(
    ("said", "version"),
    [('openjdk version "21.0.4" 2024', 21), ('java version "1.8.0_411"', 8), ("no java", 0)],
)
def test_the_version_of_java_is_read(
    said: str, version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.java() == version


def test_without_java_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert start.java() == 0


def archive(target: Path) -> Path:
    copies = lab_pages.for_students(ROOT / "notebooks")
    lab_pages.pack(ROOT, [*copies, *lab_pages.library(ROOT)], target, lab_pages.readme("notebooks"))
    return target


def test_an_archive_has_the_same_bytes_twice(tmp_path: Path) -> None:
    one, other = archive(tmp_path / "one.zip"), archive(tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes()


def test_an_archive_speaks_of_what_is_in_it_alone(tmp_path: Path) -> None:
    folder = "governing-in-public/"
    with zipfile.ZipFile(archive(tmp_path / "one.zip")) as made:
        said = made.read(f"{folder}README.md").decode()
        names = {name.removeprefix(folder) for name in made.namelist()}
    named = re.findall(r"`([\w./-]+)`", said)
    assert {"notebooks/", "LICENSE"} <= set(named)
    assert not [name for name in named if not any(one.startswith(name) for one in names)]
    assert "make" not in said and "env/bin/pip install ." in said and "pyproject.toml" in names


def test_repo2docker_finds_what_it_reads() -> None:
    assert {path.name for path in BINDER.iterdir()} == {
        "apt.txt",
        "postBuild",
        "requirements.txt",
        "runtime.txt",
    }
    assert re.fullmatch(r"python-3\.\d+\n", (BINDER / "runtime.txt").read_text())
    packages = (BINDER / "apt.txt").read_text().split()
    assert packages and all(re.fullmatch(r"[a-z0-9.+-]+", package) for package in packages)
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK) and script.read_text().startswith("#!")
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_binder_installs_what_the_labs_need_and_nothing_of_the_book() -> None:
    lines = (BINDER / "requirements.txt").read_text().splitlines()
    pinned = {line.partition("==")[0] for line in lines if "==" in line}
    assert {"ibis-framework", "pandas", "pyspark"} <= pinned
    assert not {"myst-nb", "pytest", "sphinx"} & pinned


def header(repository: str) -> BeautifulSoup:
    """Return what a page's header offers, as the template writes it."""
    template = Environment(loader=FileSystemLoader(ROOT / "_templates"), autoescape=True)
    places = launch.places(repository, "main", HUB, PATH, STUDENTS if repository else "")
    page = template.get_template("launch.html").render(
        notebook=PATH, notebook_places=places, pathto=lambda path, _raw: f"../{path}", t=str
    )
    return BeautifulSoup(page, "html.parser")


def test_a_page_offers_its_notebook_and_the_places_to_run_it() -> None:
    found = header("https://github.com/owner/book")
    assert [link.get_text() for link in found.select("details a")] == [
        "Download .ipynb",
        "Binder",
        "Google Colab",
        "JupyterHub",
    ]
    assert str(found.select("details a")[1]["href"]).startswith(
        "https://mybinder.org/v2/gh/owner/book-students/"
    )


def test_without_an_address_a_page_offers_the_download_alone() -> None:
    (link,) = header("").find_all("a")
    assert link["href"] == f"../{PATH}"


def test_a_program_that_starts_in_silence_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    speak = [sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr)"]
    with start.silent():
        subprocess.run(speak, check=True)
    assert capfd.readouterr() == ("out\n", "")
    subprocess.run(speak, check=True)
    assert capfd.readouterr() == ("out\n", "err\n")
