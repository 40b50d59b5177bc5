"""One Frictionless Data Package over all tables of a folder, made of their descriptors."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

NAME = "datapackage.yaml"
_HEAD = {
    "name": "governing-in-public",
    "title": "Governing in Public: the tables of the book",
    "description": (
        "How governments use social media: every table behind a number or a figure of the book, "
        "with its sources, terms and caveats. Each table is under the terms of its own sources."
    ),
}


def write(folder: Path, *others: Path) -> Path:
    """Write the package of the tables described in a folder and return its path.

    Each table stands on one line, as JSON, which YAML can read: a change of one table changes one
    line.

    Parameters
    ----------
    folder
        Where the package is written to.
    others
        Folders of more descriptors; those of ``folder`` come first where a table is in several.
    """
    paths = {
        path.name: path for place in (*others, folder) for path in place.glob("*.resource.yaml")
    }
    resources = [
        yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for path in (paths[name] for name in sorted(paths))
    ]
    lines = [f"{name}: {json.dumps(text)}" for name, text in _HEAD.items()]
    lines += ["resources:", *(f"- {json.dumps(one, ensure_ascii=False)}" for one in resources)]
    target = folder / NAME
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target
