"""What a page depends on: noted, and looked at again at every build.

Closes: Sphinx compares the times of a page and of the files that it depends on; it does not see a
file whose content changed and whose time is older (a copy that was restored), that there is one
file more in a folder, another version of a package, or an edit of the book's own extensions. The
way out that it offers, to read the page at every build, costs more than all the rest of a build in
which nothing changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ParamSpec, TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain
from sphinx.util.typing import ExtensionMetadata

from bookext.common.checksums import checksum

# Modules of the library that the extensions ask for words, numbers and names, and what these ask.
_PRINTING = {
    "audit",
    "codebook",
    "columns",
    "contract",
    "labels",
    "language",
    "names",
    "places",
    "tables",
    "uncertainty",
}
_KEY = "bookext_dependencies"
P = ParamSpec("P")
T = TypeVar("T")


def depends_on(
    env: BuildEnvironment, look: Callable[P, T], *arguments: P.args, **options: P.kwargs
) -> T:
    """Return what a function finds, and read the page again when it finds something else."""
    found = look(*arguments, **options)
    env.metadata[env.docname].setdefault(_KEY, []).append((look, arguments, options, found))
    return found


def depends_on_files(env: BuildEnvironment, folder: Path, pattern: str) -> list[Path]:
    """Return files of a folder, sorted, and read the page again when one is new, gone or edited."""
    found = depends_on(env, _found, folder, pattern)
    for path in found:
        env.note_dependency(str(path))
    return found


def _found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _contents(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the checksums of the source of each page, and of the files that it depends on."""
    return {
        docname: {
            str(path): checksum(path)
            for path in {
                env.doc2path(docname),
                *map(env.srcdir.joinpath, env.dependencies[docname]),
            }
            if path.is_file()
        }
        for docname in env.all_docs
    }


def _is_damaged(folder: Path, docname: str) -> bool:
    """Return whether the page that was read is an empty file, as after a power cut."""
    path = folder / f"{docname}.doctree"
    return path.is_file() and not path.stat().st_size


def _note_contents(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    env.bookext_contents = _contents(env)  # type: ignore[attr-defined]
    return []


def _note_catalogue(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Note the catalogue of a page: Sphinx notes it when it finds the page, and forgets it now."""
    domain = docname_to_domain(docname, app.config.gettext_compact)
    for folder in app.config.locale_dirs:
        path = Path(app.srcdir, folder, app.config.language, "LC_MESSAGES", f"{domain}.mo")
        if path.is_file():
            app.env.note_dependency(path, docname=docname)  # before reading, no page is the current


def _outdated(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    seen: dict[str, dict[str, str]] = getattr(env, "bookext_contents", {})
    edited = {docname for docname, now in _contents(env).items() if seen.get(docname) != now}
    edited |= {docname for docname in env.all_docs if _is_damaged(env.doctreedir, docname)}
    return sorted(edited) + [
        docname
        for docname, metadata in env.metadata.items()
        if any(
            look(*arguments, **options) != found
            for look, arguments, options, found in metadata.get(_KEY, [])
        )
    ]


# Catalogues of words that no page has to itself.
_WORDS = (
    "*.po",
    "govsocial/*.po",
    "govsocial/countries/*.po",
    "questions/*.po",
    "tables/*.po",
    "units/**/*.po",
)


def _machinery(root: Path, language: str) -> str:
    """Return a checksum of the extensions, of what prints for them, and of their words."""
    library = (root / "govsocial").glob("*.py"), (root / "govsocial/countries").glob("*.py")
    printing = (path for found in library for path in found if path.stem in _PRINTING)
    catalogues = root / "locale" / language / "LC_MESSAGES"
    words = [path for name in _WORDS for path in catalogues.glob(name)]
    own = {catalogues / f"{path.stem}.po" for path in root.glob("*.*")}  # of pages at the top
    return _sum([*Path(__file__).parents[1].rglob("*.py"), *printing, *{*words} - own])


def _frame(root: Path) -> str:
    """Return a checksum of what is around the text of every page."""
    return _sum([*(root / "_templates").rglob("*.*"), *root.glob("dates.yml")])


def _sum(paths: Iterable[Path]) -> str:
    sums = (checksum(path) for path in sorted(paths) if path.is_file())
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look again before Sphinx reads."""
    machinery = _machinery(Path(app.confdir), str(app.config.language))
    app.add_config_value("book_machinery", machinery, "env", str)
    app.add_config_value("book_frame", _frame(Path(app.confdir)), "html", str)
    app.connect("source-read", _note_catalogue)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _note_contents)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
