"""Where the notebooks run: links, the first cell, Binder's files, the archives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from kernel import ROOT

from bookext.notebooks import lab_pages as lab_pages
from bookext.notebooks import launch_buttons as launch

BINDER = ROOT / "binder"
PATH = "notebooks/02-decode-a-tweet-id.ipynb"


def links(repository: str, hub: str = "", branch: str = "main") -> dict[str, str]:
    return {place.name: place.url for place in launch.places(repository, branch, hub, PATH)}


def test_without_an_address_no_place_is_offered() -> None:
    assert links("", "https://hub.example.org") == {}


def test_the_links_have_the_form_that_each_service_documents() -> None:
    found = links("https://github.com/owner/book.git", "https://hub.example.org/")
    assert found["Binder"] == (
        "https://mybinder.org/v2/gh/owner/book/main?labpath=notebooks%2F02-decode-a-tweet-id.ipynb"
    )
    assert found["Google Colab"] == (
        f"https://colab.research.google.com/github/owner/book/blob/main/{PATH}"
    )
    hub = urlsplit(found["JupyterHub"])
    assert (hub.netloc, hub.path) == ("hub.example.org", "/hub/user-redirect/git-pull")
    assert parse_qs(hub.query) == {
        "repo": ["https://github.com/owner/book"],
        "branch": ["main"],
        "urlpath": [f"lab/tree/book/{PATH}"],
    }


def test_another_host_has_no_colab() -> None:
    gitlab = links("https://gitlab.com/group/sub/book")
    assert set(gitlab) == {"Binder"}
    assert "/v2/gl/group%2Fsub%2Fbook/main?" in gitlab["Binder"]
    own = links("https://git.example.org/book", branch="spring/2027")
    assert "/v2/git/https%3A%2F%2Fgit.example.org%2Fbook/spring%2F2027?" in own["Binder"]


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


def test_the_first_cell_asks_for_the_library_of_the_repository() -> None:
    source = launch.setup_cell("https://github.com/owner/book", "main", "..", "engines").source
    assert '"govsocial[engines] @ git+https://github.com/owner/book@main"' in source
    assert '".."' in launch.setup_cell("", "main", "..").source


def test_the_first_cell_installs_the_library_where_it_is_missing(tmp_path: Path) -> None:
    root = tmp_path / "governing-in-public"
    with zipfile.ZipFile(archive(tmp_path / "labs.zip")) as packed:
        packed.extractall(tmp_path)
    notebook = nbformat.read(root / PATH, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "setup")
    target = tmp_path / "installed"
    after = "from govsocial import tables; print(tables.directory(), len(tables.names()))"
    variables = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "GOVSOCIAL_BOOK"}}
    # Without a network: the packages are there, only the library is not.
    offline = {"PIP_TARGET": str(target), "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    offline["PIP_NO_BUILD_ISOLATION"] = "0"  # pip reads it as the option's value: no isolation
    run = subprocess.run(
        [sys.executable, "-c", f"{cell.source}\n{after}"],
        cwd=root / "notebooks",
        env=variables | offline | {"PYTHONPATH": str(target), "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    folder, number = run.stdout.split()[-2:]
    assert Path(folder).is_relative_to(target)
    assert int(number) == len(list((ROOT / "data").glob("*.resource.yaml")))


def archive(target: Path) -> Path:
    copies = sorted((ROOT / "notebooks").glob("*.ipynb"))
    lab_pages.pack(ROOT, [*copies, *lab_pages.library(ROOT)], target)
    return target


def test_an_archive_has_the_same_bytes_twice(tmp_path: Path) -> None:
    one, other = archive(tmp_path / "one.zip"), archive(tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes()


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
    places = launch.places(repository, "main", "https://hub.example.org", PATH)
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
    assert str(found.select("details a")[1]["href"]).startswith("https://mybinder.org/v2/gh/owner/")


def test_without_an_address_a_page_offers_the_download_alone() -> None:
    (link,) = header("").find_all("a")
    assert link["href"] == f"../{PATH}"
