"""A page is read again when the files that it lists are others, and only then."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from docutils import nodes
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, docutils_namespace, patch_docutils

from bookext.common import dependencies
from bookext.common.dependencies import depends_on_files
from bookext.common.i18n import compile_catalogues


class Listing(SphinxDirective):
    """Names the text files of the folder."""

    def run(self) -> list[nodes.Node]:
        found = depends_on_files(self.env, Path(self.env.srcdir, "texts"), "*.txt")
        return [nodes.paragraph("", " ".join(path.stem for path in found))]


def pages_read(folder: Path, **settings: object) -> list[str]:
    """Build, and return the pages that Sphinx read."""
    read: list[str] = []
    with patch_docutils(), docutils_namespace():
        places = (folder / "_build", folder / "_trees")
        app = Sphinx(
            folder,
            None,
            *places,
            "html",
            {"extensions": ["bookext.common.dependencies"], **settings},
            status=None,
        )
        app.add_directive("listing", Listing)
        app.connect("env-before-read-docs", lambda _app, _env, names: read.extend(names))
        app.build()
    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("1", "utf-8")
    (tmp_path / "index.rst").write_text(
        "Book\n====\n\n.. toctree::\n\n   list\n   other\n", "utf-8"
    )
    (tmp_path / "list.rst").write_text("List\n====\n\n.. listing::\n", "utf-8")
    (tmp_path / "other.rst").write_text("Other\n=====\n", "utf-8")
    assert sorted(pages_read(tmp_path)) == ["index", "list", "other"]
    return tmp_path


def add(texts: Path) -> None:
    (texts / "two.txt").write_text("2", "utf-8")


def edit(texts: Path) -> None:
    (texts / "one.txt").write_text("3", "utf-8")
    os.utime(texts / "one.txt", (2e9, 2e9))  # later than the build, whatever the clock's steps


def remove(texts: Path) -> None:
    (texts / "one.txt").unlink()


@pytest.mark.parametrize("change", [add, edit, remove])
def test_a_list_is_read_again_when_its_files_change(
    folder: Path, change: Callable[[Path], None]
) -> None:
    change(folder / "texts")
    assert pages_read(folder) == ["list"]


def test_nothing_is_read_when_nothing_changed(folder: Path) -> None:
    assert pages_read(folder) == []


def test_a_page_is_read_again_when_its_catalogue_changes_and_only_then(folder: Path) -> None:
    words = folder / "locale/it/LC_MESSAGES/other.po"
    words.parent.mkdir(parents=True)

    def read() -> tuple[list[str], str]:
        # They keep them as long as a process.
        gettext._translations.clear()  # type: ignore[attr-defined]
        locale.translators.clear()
        compile_catalogues(folder / "locale", "it")
        italian = {"language": "it", "locale_dirs": ["locale"], "gettext_compact": False}
        found = pages_read(folder, **italian)
        page = (folder / "_build/other.html").read_text("utf-8")
        return found, page.partition("<h1>")[2].partition("<")[0]

    assert len(read()[0]) == 3
    assert read() == ([], "Other")
    words.write_text('msgid "Other"\nmsgstr "Altro"\n', "utf-8")
    assert read() == (["other"], "Altro")
    assert read() == ([], "Altro")
    words.write_text('msgid "Other"\nmsgstr "Diverso"\n', "utf-8")
    os.utime(words, (1e9, 1e9))  # a copy that was restored with its date
    assert read() == (["other"], "Diverso")
    words.unlink()
    assert read() == (["other"], "Other")


def test_a_page_that_was_left_empty_by_a_power_cut_is_read_again(folder: Path) -> None:
    (folder / "_trees/other.doctree").write_bytes(b"")
    assert pages_read(folder) == ["other"]


def written(root: Path, *names: str) -> None:
    """Write files."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("bookext/blog/posts.py", True),
        ("bookext/blog/new.py", True),
        ("govsocial/labels.py", True),
        ("govsocial/countries/names.py", True),
        ("govsocial/rates.py", False),
        ("locale/it/LC_MESSAGES/book.po", True),
        ("locale/it/LC_MESSAGES/tables/posts.po", True),
        ("locale/it/LC_MESSAGES/units/chapters/exit.po", True),
        ("locale/it/LC_MESSAGES/index.po", False),
        ("locale/it/LC_MESSAGES/chapters/exit.po", False),
        ("locale/de/LC_MESSAGES/book.po", False),
        ("govsocial/charts/labels.py", False),
        ("tools/build.py", False),
        ("bookext/blog/post.html", False),
    ],
)
def test_the_extensions_and_what_prints_for_them_make_all_pages(
    name: str, counts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "bookext/common/dependencies.py", "bookext/blog/posts.py", "tools/build.py")
    written(tmp_path, "govsocial/labels.py", "govsocial/rates.py", "govsocial/countries/names.py")
    here = tmp_path / "bookext/common/dependencies.py"
    monkeypatch.setattr(dependencies, "__file__", str(here))
    written(tmp_path, "index.md")
    before = dependencies._machinery(tmp_path, "it")
    written(tmp_path, name)
    (tmp_path / name).write_text("edited", "utf-8")
    assert (dependencies._machinery(tmp_path, "it") != before) is counts


def test_templates_and_dates_stand_around_all_pages(tmp_path: Path) -> None:
    written(tmp_path, "_templates/shell/one.html", "dates.yml", "conf.py")
    found = [dependencies._frame(tmp_path)]
    for name in ("conf.py", "_templates/shell/one.html", "dates.yml"):
        (tmp_path / name).write_text("edited", "utf-8")
        found.append(dependencies._frame(tmp_path))
    assert found[0] == found[1]
    assert len(set(found)) == 3


def test_what_pages_depend_on_is_known_to_several_processes(tmp_path: Path) -> None:
    told = dependencies.setup(Mock(confdir=tmp_path))
    assert told["parallel_read_safe"] and told["parallel_write_safe"]
