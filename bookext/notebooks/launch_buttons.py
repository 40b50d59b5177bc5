"""A page's notebook, one click away: to download, and in Binder, Google Colab or a JupyterHub.

The addresses are made from three settings of ``conf.py``: ``book_repository`` (empty: the book
has no address yet, and only the download is offered), ``book_branch`` and ``book_hub`` (empty:
no JupyterHub). Their forms are those documented by the services:

- Binder: https://mybinder.readthedocs.io/en/latest/howto/lab_workspaces.html
- Colab: https://colab.research.google.com/github/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb
- nbgitpuller: https://nbgitpuller.readthedocs.io/en/latest/topic/url-options.html

Closes: the launch buttons of sphinx-book-theme open the source of a page, which is no notebook
where it is Markdown, and the solutions where it is a lab
(https://github.com/executablebooks/sphinx-book-theme/issues/415).
"""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import nbformat
from docutils import nodes
from nbformat.notebooknode import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from govsocial.language import SOURCE, language

_SETUP = """\
# {comment}
import importlib.util
import subprocess
import sys

if importlib.util.find_spec("govsocial") is None:
    source = "{source}"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", source], check=True)
    importlib.invalidate_caches()"""
_IN_LANGUAGE = """
import os

os.environ["BOOK_LANG"] = "{language}"
"""


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


def places(repository: str, branch: str, hub: str, path: str) -> list[Place]:
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
    """
    if not repository:
        return []
    repository = repository.rstrip("/").removesuffix(".git")
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
    if hub:
        folder = project.rpartition("/")[2]
        query = urlencode(
            {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/{path}"}
        )
        address = f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"
        found.append(Place("JupyterHub", address))
    return found


def setup_cell(repository: str, branch: str, root: str, extra: str = "") -> NotebookNode:
    """Return the first cell of a notebook, which installs the library where it is missing.

    Parameters
    ----------
    repository, branch
        As in :func:`places`; without a repository, the library is looked for in ``root``.
    root
        Way from the notebook's folder to that of the book.
    extra
        Extra of ``pyproject.toml`` that the notebook needs.
    """
    extras = f"[{extra}]" if extra else ""
    remote = f"govsocial{extras} @ git+{repository}@{branch}"
    source = remote if repository else f"{root}{extras}"
    comment = _(
        "Run this cell first. Where the book's library is missing, as in Google Colab, it "
        "installs it."
    )
    code = _SETUP.format(comment=comment, source=source)
    if language() != SOURCE:
        code += f"\n{_IN_LANGUAGE.format(language=language()).rstrip()}"
    cell: NotebookNode = nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
        code, id="setup", metadata={"tags": ["remove-cell"]}
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
    config = app.config
    context["notebook"] = path
    context["notebook_places"] = places(
        config.book_repository, config.book_branch, config.book_hub, path
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the settings, and tell the templates."""
    for name in ("book_repository", "book_branch", "book_hub"):
        app.add_config_value(name, "", "html", str)
    app.connect("html-page-context", _offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
