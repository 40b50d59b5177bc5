"""What a page shows of others: when that changes, the page is written again.

Titles in the contents beside every page, before and after it, and in lists; numbers of figures,
titles of sections and meanings of terms at a reference.

Closes: Sphinx writes the pages that changed, and those whose toctree names them. A page that
refers to "Fig. 2" of another one keeps the number when a figure is put before that; so do all the
titles around a page (https://github.com/sphinx-doc/sphinx/issues/4459).
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinx.util.typing import ExtensionMetadata

from bookext.common.kept import keep_by_page
from bookext.common.order import Numbering
from bookext.common.sheets import is_filled
from bookext.html.contents import contents
from bookext.html.previews import definitions


class Target(NamedTuple):
    """What a reference asks for: a name, and a place on its page."""

    name: str
    anchor: str


def _targets(env: BuildEnvironment) -> dict[str, list[Target]]:
    if not hasattr(env, "bookext_targets"):
        env.bookext_targets = {}  # type: ignore[attr-defined]
    found: dict[str, list[Target]] = env.bookext_targets  # type: ignore[attr-defined]
    return found


def _note(app: Sphinx, document: nodes.document) -> None:
    """Note what the page that has been read refers to."""
    found = {
        Target(reference["reftarget"], str(reference.get("reftargetid") or ""))
        for reference in document.findall(pending_xref)
        if reference.get("refdomain") != "py"
    }
    _targets(app.env)[app.env.docname] = sorted(found)


class _Book:
    """What there is to be shown, of the pages and of the terms."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._meanings = definitions(env)

    def shown(self, docname: str, target: Target) -> tuple[Any, ...]:
        """Return what a page shows at a reference."""
        env, standard = self._env, self._env.domains.standard_domain
        labelled = standard.labels.get(target.name), standard.anonlabels.get(target.name)
        term = standard.objects.get(("term", target.name)) or standard._terms.get(
            target.name.lower(), ("", "")
        )
        pages = {place[0] for place in labelled if place} | {docname_join(docname, target.name)}
        slugs = (
            env.metadata[page].get("myst_slugs", {}).get(target.anchor, ())[1:]
            for page in sorted(pages & env.found_docs)
        )
        numbers = [
            (env.titles[page].astext(), env.toc_secnumbers.get(page), env.toc_fignumbers.get(page))
            for page in sorted(pages & env.found_docs)
        ]
        return labelled, numbers, term, self._meanings.get(term[1]), list(slugs)


def _outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show something else than before."""
    book = _Book(env)
    around = (contents(env), _titles(env))
    before: dict[str, str] = getattr(env, "bookext_elsewhere", {})
    now = {"": _checksum(around)}
    for docname, targets in _targets(env).items():
        now[docname] = _checksum([book.shown(docname, target) for target in targets])
    env.bookext_elsewhere = now  # type: ignore[attr-defined]
    if now[""] != before.get(""):
        return sorted(env.found_docs)
    return sorted(name for name in now.keys() & env.found_docs if now[name] != before.get(name))


def _titles(env: BuildEnvironment) -> list[tuple[str, str]]:
    """Return the pages with their titles, but of those that are filled in, which no list names."""
    return [
        (name, "" if is_filled(env, name) else env.titles[name].astext())
        for name in sorted(env.found_docs)
    ]


def _checksum(shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode()).hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Note what pages refer to, and compare when figures have their numbers."""
    app.connect("doctree-read", _note)
    keep_by_page(app, _targets)
    app.connect("env-get-updated", _outdated, priority=Numbering.READERS)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
