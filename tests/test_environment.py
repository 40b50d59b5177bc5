"""The locks name every package with its hashes; the environment is made of what they name."""

from __future__ import annotations

import ast
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "tools" / "environment.py"
sys.path.insert(0, str(TOOL.parent))

import environment  # noqa: E402
import lock  # noqa: E402

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = re.compile(r"^([\w.-]+)==(\S+)(.*?)\n(?=\S|\Z)", re.MULTILINE | re.DOTALL)

# The extras whose packages the code of a folder may import, beside those of the library.
EVERY = lock.LOCKS[lock.ALL]
MAY_IMPORT = {
    "govsocial": (),
    "pipeline": ("pipeline", "engines"),
    "bookext": ("book",),
    "conf.py": ("book",),
    "tools": EVERY,
    "tests": EVERY,
    "benchmarks": EVERY,
}


def pins(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return each package's versions, with what follows them, of a lock."""
    found: dict[str, list[tuple[str, str]]] = {}
    for package, version, rest in PINNED.findall((ROOT / name).read_text("utf-8")):
        found.setdefault(package, []).append((version, rest))
    return found


EVERYTHING = pins(lock.ALL)


def test_the_version_of_the_book_is_that_of_its_package(tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    for written, called in (("0.1.0", "0.1"), ("0.2.1", "0.2.1"), ("1.0.0", "1.0")):
        edited = text.replace(f'version = "{PROJECT["version"]}"', f'version = "{written}"')
        (tmp_path / "pyproject.toml").write_text(edited, "utf-8")
        shutil.copy(ROOT / "conf.py", tmp_path)
        settings = runpy.run_path(str(tmp_path / "conf.py"))
        assert settings["version"] == settings["release"] == called


@pytest.mark.parametrize("name", lock.LOCKS)
def test_a_lock_names_every_package_with_its_hashes_and_how_it_was_written(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "#    make lock\n" in text
    assert "://" not in text, "a lock names no server"
    for package, versions in pins(name).items():
        for version, rest in versions:
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), f"{package}=={version}"
    loose = re.findall(r"^(?![\w.-]+==|#).+", re.sub(r"^ .*\n", "", text, flags=re.M), re.M)
    assert not loose, f"not pinned: {loose}"


@pytest.mark.parametrize("name", lock.LOCKS)
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    locked = pins(name)
    asked = [*PROJECT["dependencies"]]
    for extra in lock.LOCKS[name]:
        asked += PROJECT["optional-dependencies"][extra]
    for wanted in map(Requirement, asked):
        versions = [version for version, _rest in locked[canonicalize_name(wanted.name)]]
        assert all(map(wanted.specifier.contains, versions)), f"{wanted}: run make lock"
    known = {package: {version for version, _ in EVERYTHING[package]} for package in locked}
    assert all({version for version, _ in locked[package]} <= known[package] for package in locked)


ADDRESSES = """[project.urls]
Repository = "https://github.com/owner/book"
Homepage = "https://owner.github.io/book/"

"""


def test_a_release_takes_its_addresses_from_the_project_alone(tmp_path: Path) -> None:
    """The notebooks in the repository name them: one set elsewhere would stop build and tests."""
    text = (ROOT / ".github/workflows/publish.yml").read_text("utf-8")
    assert "BOOK_" not in text
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    (check,) = (step["run"] for step in steps if "repository and the site" in step.get("name", ""))
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    without = re.sub(r"^\[project\.urls\]\n.*?(?=^\[)", "", project, flags=re.M | re.S)
    heading = "[project.optional-dependencies]"
    for written, code in ((without, 1), (without.replace(heading, ADDRESSES + heading), 0)):
        tomllib.loads(written)
        (tmp_path / "pyproject.toml").write_text(written, "utf-8")
        run = subprocess.run(["bash", "-e", "-c", check], cwd=tmp_path, check=False)
        assert run.returncode == code


def imported(path: Path) -> Iterator[str]:
    """Yield the packages that a file imports, by the first part of their names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_what_is_imported_is_declared(place: str) -> None:
    asked = [*PROJECT["dependencies"]]
    for extra in MAY_IMPORT[place]:
        asked += PROJECT["optional-dependencies"][extra]
    declared = {canonicalize_name(Requirement(wanted).name) for wanted in asked}
    own = {path.stem for at in (".", "tools", "tests/notebooks") for path in (ROOT / at).iterdir()}
    files = [ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py")
    used = {(name, path.relative_to(ROOT)) for path in files for name in imported(path)}
    owners = packages_distributions()
    unknown = [
        f"{path} imports {name}, which pyproject.toml does not name"
        for name, path in sorted(used)
        if name not in own | sys.stdlib_module_names
        and not declared & {*map(canonicalize_name, owners.get(name, []))}
    ]
    assert not unknown, "\n".join(unknown)


def test_a_reader_installs_what_building_needs_and_no_more() -> None:
    reader, writer = pins("requirements.txt"), pins("requirements-write.txt")
    others = {"jupyterlab", "pyreadr", "pyspark", "pytest", "sphinx-autobuild"}
    assert not others & reader.keys()
    assert others & writer.keys() == {"jupyterlab", "pyreadr", "sphinx-autobuild"}
    assert reader.keys() < writer.keys() < EVERYTHING.keys()


def test_a_class_that_installs_the_library_may_keep_what_it_has() -> None:
    extras = PROJECT["optional-dependencies"]
    for wanted in [*PROJECT["dependencies"], *extras["engines"]]:
        operators = {each.operator for each in Requirement(wanted).specifier}
        assert ">=" in operators and "==" not in operators, wanted


def test_an_old_python_gets_as_far_as_being_told() -> None:
    # As far as Python can parse for an older one: no newer grammar, no annotation evaluated.
    tree = ast.parse(TOOL.read_text("utf-8"), feature_version=(3, 7))
    notes = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [note for note in notes if isinstance(note, (ast.BinOp, ast.Subscript))]


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10"])
def test_a_real_old_python_is_told(tmp_path: Path, version: str) -> None:
    installed = [
        Path("/usr/bin", f"python{version}"),
        *Path.home().glob(f".pyenv/versions/{version}.*/bin/python"),
        *Path.home().glob(f".local/share/uv/python/cpython-{version}.*/bin/python{version}"),
    ]
    python = next(filter(Path.is_file, installed), None)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    command = [str(python), str(TOOL), str(tmp_path / "none"), "requirements.txt"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stderr.startswith("error: this Python is older than 3.11; run: make PYTHON=")


def test_an_old_python_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["environment.py", str(tmp_path / "none"), "x.txt"])
    assert environment.main() == (
        "this Python is older than 3.11; run: make PYTHON=python3.11 (or newer)"
    )


def test_without_the_module_venv_the_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no uv
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr(sys, "argv", ["environment.py", str(tmp_path / "none"), "x.txt"])
    assert "python3-venv" in str(environment.main())


def failed(message: str) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], 1, "", message)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("error: Failed to fetch\n  Caused by: dns error", "connect to a network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "do not use it"),
        ("error: No space left on device", "the message above says why"),
    ],
)
def test_what_stops_an_installation_is_told(
    message: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_uv", lambda *_: None)
    monkeypatch.setattr(environment, "pip", lambda *_: failed(message))
    assert told in environment.install(Path(sys.prefix), ROOT / "requirements.txt")


def test_uv_is_told_what_pip_is(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = (
        ":env:.disable-pip-version-check='1'\n"
        ":env:.index-url='https://mirror.invalid/three'\n"
        "download.index-url='https://mirror.invalid/never'\n"
        "global.extra-index-url='\\nhttps://a.invalid\\nhttps://b.invalid'\n"
        "global.find-links='/a /b'\n"
        "global.index-url='https://mirror.invalid/one'\n"
        "install.index-url='https://mirror.invalid/two'\n"
    )
    answer = subprocess.CompletedProcess([], 0, listed, "")
    monkeypatch.setattr(environment, "run", lambda *_: answer)
    assert environment.for_uv(environment.pip_options("python")) == {
        "UV_DEFAULT_INDEX": "https://mirror.invalid/three",
        "UV_FIND_LINKS": "/a,/b",
        "UV_INDEX": "https://a.invalid https://b.invalid",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_uv_cannot_be_told_is_left_to_pip(capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.for_uv({"no-binary": ":all:"}) is None
    assert "no-binary" in capsys.readouterr().out


def test_an_environment_is_usable_while_its_python_runs(tmp_path: Path) -> None:
    for path, exactly, usable in [
        (Path(sys.prefix), True, True),
        (tmp_path, False, False),
    ]:
        assert environment.usable(path, exactly) is usable
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(tmp_path / "gone")
    assert not environment.usable(tmp_path, exactly=False)
    (tmp_path / "bin" / "python").unlink()
    script = tmp_path / "bin" / "python"
    script.write_text("#!/bin/sh\necho '(3, 99)'\n")
    script.chmod(0o755)
    assert environment.usable(tmp_path, exactly=False)
    assert not environment.usable(tmp_path, exactly=True)


def test_uv_is_installed_from_the_lock_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def pip(_python: str, names: Path) -> subprocess.CompletedProcess[str]:
        seen.append(names.read_text("utf-8"))
        return failed("not here")

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(environment, "pip", pip)
    assert environment.find_uv(tmp_path, ROOT / "requirements.txt") is None
    assert seen[0].startswith("uv==") and "--hash=sha256:" in seen[0]
    assert len(re.findall("==", seen[0])) == 1
