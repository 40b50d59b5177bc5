"""A small book with the machinery of the real one, for tests of whole builds."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINKED = ("bookext", "_static", "_templates")
COPIED = ("conf.py", "pyproject.toml", "tools", "govsocial")

INDEX = """# Small book

```{toctree}
:numbered: 1

chapters/one
back/data
```
"""
DATA = """# The data

```{data-catalogue}
```
"""
CHAPTER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# One

```{code-cell} ipython3
%s
```
"""
CHART = '''"""A figure for a test."""
from govsocial.charts.style import Chart, chart, subplots
from govsocial.labels import decimal
from govsocial.language import translation

_ = translation(__name__)


@chart
def bars(frame):
    figure, axes = subplots()
    axes.bar([0], frame["x"])
    axes.set_title(_("Accounts: {n}").format(n=decimal(1234.5, "#,##0.0")))
    return figure, frame
'''
TABLE = """name: small
title: A small table
description: One row.
path: small.csv
hash: sha256:00
rows: 1
schema: {fields: [{name: x, type: integer, description: A number}]}
sources: []
licenses: [{name: CC0-1.0}]
redistribution: [anything]
madeBy: a test
"""


def write(folder: Path) -> None:
    """Write the book, with an earlier output of it."""
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    for name, text in {
        "index.md": INDEX,
        "back/data.md": DATA,
        "chapters/one.md": CHAPTER % "print(1)",
        "data/small.resource.yaml": TABLE,
        "data/small.csv": "x\n1\n",
        "data/sources.bib": "",
        "references.bib": "",
        "_build/html/index.html": "earlier",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
