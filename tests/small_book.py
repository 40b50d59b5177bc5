"""A small book with the machinery of the real one, for tests of whole builds."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import jupytext
import nbformat

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
FRONT = """# A front page

It names {term}`a word`, {numref}`fig-one`, a number of another page, {glue:text}`one-half`, and
{ref}`the index <genindex>`.

```{toctree}
:caption: A part
:numbered: 1

chapters/one
notebooks/solutions/01-lab
back/matter
back/data
back/numbers
```
"""
FIGURE = """```{code-cell} ipython3
---
mystnb:
  figure: {name: fig-one, caption: A figure with a caption.}
  image: {alt: "One bar, which stands for all of the accounts of the table"}
tags: [hide-input]
---
show(charts.bars(small))
```
"""
CELLS = (
    CHAPTER
    % """from govsocial import tables
from govsocial.charts import small as charts
from govsocial.notebook import Numbers, show
from govsocial.uncertainty import Estimate

numbers = Numbers("one")
small = tables.load("small")
half = small["x"].sum() / 2
numbers("half", half)
numbers("guess", Estimate(half, half - 1, half + 1))"""
    + """
Half of it is {glue:text}`one-half`, with {glue:text}`one-guess-interval` around it {cite:p}`both`.
As {cite:t}`both` say, {index}`subjects` are many.

| A column | Another one |
|---|---|
| a cell | a link to [the matter](../back/matter.md) |

:::{note}
A box without a title.
:::

:::{admonition} A box with a title
- an item
:::

"""
    + FIGURE
    + """
## A section

```{exercise} A titled exercise
:label: exercise-one

How many?
```

```{solution} exercise-one
:class: dropdown

As many as there are.
```
"""
)
CODE_BOOK = """prefix: one
numbers:
  - unit: half of the accounts
    pattern: "#,##0.0"
    keys: half guess
"""
MATTER = """# The matter

:::{glossary}
:sorted:

a word
  What it means.
:::

## All labs

```{lab-table}
```

## All posts

```{list-of-posts}
```

## All works

```{bibliography}
```
"""
POST = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
date: "2026-07-09"
tags: [methods]
category: claims checked
language: en
image: 1
summary: >-
  A summary of the post, which is long enough to be one, as the checks of the front matter ask for.
---
# The title of a post

A sentence of the post.

```{code-cell} ipython3
---
mystnb:
  figure: {name: fig-post, caption: A figure of the post.}
  image: {alt: One bar that stands for all of the accounts}
---
from govsocial import tables
from govsocial.charts import small as charts
from govsocial.notebook import show

show(charts.bars(tables.load("small")), card=True)
```
"""
LAB = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
lab: {minutes: 60, level: beginners, chapter: chapters/one}
---
# A lab

**For** students of one.

> **For instructors: a box**
>
> - An item of the box.

```{code-cell} ipython3
x = 1  # a remark
print(f"there are {x} of them")
```

```{code-cell} ipython3
:nbgrader: {grade_id: check-x, grade: true, points: 1}
assert x == 1, "it should be one"
```
"""
WORKS = """
@misc{both, author = {Rossi, Ada and Verdi, Ugo}, title = {Opus}, year = 2012, note = {Read twice}}
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


def write_every_kind(folder: Path) -> None:
    """Write a page of every kind, with all that belongs to it, into a small book."""
    rows = (folder / "data/small.csv").read_bytes()
    for name, text in {
        "index.md": FRONT,
        "chapters/one.md": CELLS,
        "chapters/one.numbers.yml": CODE_BOOK,
        "govsocial/charts/small.py": CHART,
        "back/matter.md": MATTER,
        "back/numbers.md": "# All numbers\n\n```{number-ledger}\n```\n",
        "blog/2026/post.md": POST,
        "blog/2026/post.numbers.yml": "prefix: post\nnumbers: []\n",
        "notebooks/src/01-lab.md": LAB,
        "references.bib": WORKS,
        "data/small.resource.yaml": TABLE.replace(
            "redistribution:", "caveats: [What to know]\nredistribution:"
        ).replace("sha256:00", f"sha256:{hashlib.sha256(rows).hexdigest()}"),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    lab = jupytext.reads(LAB, fmt="md:myst")
    path = folder / "notebooks/solutions/01-lab.ipynb"
    path.parent.mkdir()
    nbformat.write(lab, path)
