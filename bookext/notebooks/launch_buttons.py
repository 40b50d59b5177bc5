"""A page's notebook, one click away: to download, and in Binder, Google Colab or a JupyterHub.

The addresses are made from settings of ``conf.py``: ``book_repository`` (empty: the book has no
address yet, and only the download is offered), ``book_branch``, ``book_students`` (a repository
with the students' copies alone, which takes the place of the first) and ``book_hub`` (empty: no
JupyterHub). A hub copies a repository into each student's folder, so it needs ``book_students``.
The forms of the addresses are those documented by the services:

- Binder: https://mybinder.readthedocs.io/en/latest/howto/lab_workspaces.html
- Colab: https://colab.research.google.com/github/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb
- nbgitpuller: https://nbgitpuller.readthedocs.io/en/latest/topic/url-options.html

Closes: the launch buttons of sphinx-book-theme open the source of a page, which is no notebook
where it is Markdown, and the solutions where it is a lab
(https://github.com/executablebooks/sphinx-book-theme/issues/415).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import nbformat
from docutils import nodes
from nbformat.notebooknode import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _, folder_of
from bookext.common.outputs import is_site
from govsocial.language import SOURCE, language

_SETUP = """\
# {first}
# {comment}
import importlib.util
import os
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path


class NotHere(Exception):
    _render_traceback_ = lambda self: [str(self)]


def find_library(source):
    folders = [Path.cwd(), *Path.cwd().parents]
    if beside := [f for f in folders if (f / "govsocial" / "start.py").is_file()]:
        sys.path.insert(0, str(beside[0]))
        return
    if importlib.util.find_spec("govsocial"):
        return
    source = next((str(w) for f in folders[:2] for w in f.glob("govsocial-*.whl")), source)
    if not source:
        raise NotHere("{missing}")
    # {kept}
    owners = metadata.packages_distributions()
    loaded = {{d for m in list(sys.modules) for d in owners.get(m, [])}}
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write("\\n".join(f"{{d}}=={{metadata.version(d)}}" for d in sorted(loaded)))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "-c", file.name, source]
    if subprocess.run(pip, capture_output=True).returncode:
        raise NotHere(f"{failed}")
    importlib.invalidate_caches()


find_library("{source}")
{variables}from govsocial.start import ready

ready({needs})"""


class Place(NamedTuple):
    """Where a notebook can be run."""

    name: str
    url: str


def notebook_of(docname: str) -> str | None:
    """Return the path of a page's notebook, in the repository and in the site.

    A lab's page shows the solutions; its notebook is the students' copy.
    """
    folder, _slash, name = docname.rpartition("/")
    folders = {"notebooks/solutions": "notebooks", "chapters": "notebooks/chapters"}
    return f"{folders[folder]}/{name}.ipynb" if folder in folders else None


def places(repository: str, branch: str, hub: str, path: str, students: str = "") -> list[Place]:
    """Return the places where a notebook of a repository can be run.

    Parameters
    ----------
    repository
        Address of the repository, as one opens it in a browser; empty for none.
    branch
        Its branch.
    hub
        Address of a JupyterHub with nbgitpuller; empty for none.
    path
        Path of the notebook in the repository.
    students
        Address of a repository with the students' copies alone, which is opened instead; without
        it no JupyterHub is offered, which would pull the solutions, too.
    """
    if not (repository := _cleaned(students or repository)):
        return []
    host, project = urlsplit(repository).netloc, urlsplit(repository).path.strip("/")
    origin = {"github.com": f"gh/{project}", "gitlab.com": f"gl/{quote(project, safe='')}"}
    kind = origin.get(host, f"git/{quote(repository, safe='')}")
    ref, target = quote(branch, safe=""), quote(path)
    found = [
        Place("Binder", f"https://mybinder.org/v2/{kind}/{ref}?labpath={quote(path, safe='')}")
    ]
    if host == "github.com":
        address = f"https://colab.research.google.com/github/{project}/blob/{branch}/{target}"
        found.append(Place("Google Colab", address))
    if hub and students:
        folder = project.rpartition("/")[2]
        query = urlencode(
            {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/{path}"}
        )
        address = f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"
        found.append(Place("JupyterHub", address))
    return found


def offered(config: Config, path: str) -> list[Place]:
    """Return the places that the settings allow for a notebook."""
    return places(
        config.book_repository, config.book_branch, config.book_hub, path, config.book_students
    )


def _cleaned(repository: str) -> str:
    """Return the address of a repository without what some hosts put behind it."""
    address = repository.rstrip("/").removesuffix(".git")
    if address and (not re.match(r"https?://[^/@]+/.", address) or "/tree/" in address):
        raise ConfigError(
            f"the address of the repository is '{repository}'; write it as it stands in a browser "
            "on its first page, such as https://github.com/owner/book"
        )
    return address


def _same_address(app: Sphinx) -> None:
    """Stop if links are offered, and the notebooks that they open fetch the library elsewhere."""
    config = app.config
    if not config.book_repository or not is_site(app.builder):
        return
    _cleaned(config.book_repository)
    folder = Path(app.confdir, "notebooks", folder_of(config.language))
    for path in sorted(folder.glob("*.ipynb")):
        text = path.read_text("utf-8")
        if f"@ git+{config.book_repository}@{config.book_branch}" not in text:
            raise ConfigError(
                f"{path.relative_to(app.confdir)} does not fetch the library from "
                f"{config.book_repository} (branch {config.book_branch}), which the pages link to; "
                "run: make labs"
            )


def source_of(repository: str, branch: str, site: str, extra: str = "") -> str:
    """Return what pip installs the library from; empty if the book has no address.

    Parameters
    ----------
    repository, branch
        As in :func:`places`.
    site
        Address of the site, whose archive of the labs holds the library.
    extra
        Extra of ``pyproject.toml`` that the notebook needs.
    """
    name = f"govsocial[{extra}]" if extra else "govsocial"
    if repository:
        return f"{name} @ git+{repository}@{branch}"
    return f"{name} @ {site.rstrip('/')}/notebooks/labs-with-data.zip" if site else ""


def setup_cell(
    source: str,
    needs: Sequence[str] = (),
    extra: str = "",
    variables: Mapping[str, str] | None = None,
) -> NotebookNode:
    """Return the first cell of a notebook, which finds the library, or installs it.

    Parameters
    ----------
    source
        What the library is installed from where it is missing (see :func:`source_of`).
    needs, extra
        Modules that the notebook imports beside those of the library, and the extra that has them.
    variables
        Of the environment, which the cell sets beside the language.
    """
    edition = {} if language() == SOURCE else {"BOOK_LANG": language()}
    every = edition | dict(variables or {})
    lines = [f'os.environ["{name}"] = "{value}"' for name, value in every.items()]
    listed = ", ".join(f'"{name}"' for name in needs)
    code = _SETUP.format(
        first=_("Run this cell first."),
        comment=_(
            "It finds the book's library, or installs it if it is missing, as in Google Colab."
        ),
        kept=_("What this kernel has loaded stays as it is."),
        missing=_(
            "The book's library is not here. Unpack labs-with-data.zip, and open the notebook that "
            "is in it."
        ),
        failed=_(
            "The book's library could not be installed beside what this kernel has loaded. "
            "Restart the kernel, and run this cell first. If it fails again, run "
            "`%pip install '{source}'`, and restart once more."
        ),
        source=source,
        variables="".join(f"{line}\n" for line in lines),
        needs=f'[{listed}], "{extra}"' if needs else "",
    )
    cell: NotebookNode = nbformat.v4.new_code_cell(
        code,
        id="setup",
        metadata={"tags": ["remove-cell"], "jupyter": {"source_hidden": True}},
    )
    return cell


def _offer(
    app: Sphinx,
    docname: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    path = notebook_of(docname)
    cells = doctree and any("nb_element" in node for node in doctree.findall(nodes.container))
    if path is None or not cells:
        return
    context["notebook"] = path
    context["notebook_places"] = offered(app.config, path)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the settings, and tell the templates."""
    for name in ("book_repository", "book_branch", "book_students", "book_hub"):
        app.add_config_value(name, "", "html", str)
    app.connect("builder-inited", _same_address)
    app.connect("html-page-context", _offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
