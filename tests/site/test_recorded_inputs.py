"""Every page of the book that ran has its tables on record, so that it can be found stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jupyter_cache import get_cache

from bookext.execution.store import Store
from govsocial import contract

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "_build" / ".jupyter_cache" / "en"
PAGES = [
    path
    for pattern in ("chapters/*.md", "notebooks/solutions/*.ipynb", "blog/**/*.md")
    for path in sorted(ROOT.glob(pattern))
    if path.suffix == ".ipynb" or "{code-cell}" in path.read_text("utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_that_a_page_names_are_among_its_recorded_inputs(page: Path) -> None:
    cache = get_cache(CACHE)
    runs = [record for record in cache.list_cache_records() if record.uri == str(page)]
    assert runs, f"{page.name} has not run: run make"
    for run in runs:
        found = Store(str(CACHE), ROOT).fingerprint(run.hashkey)
        assert found
        assert "govsocial/tables.py" in found.files
        cells = cache.get_cache_bundle(run.pk).nb.cells
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        named = {table for output in outputs for table in tables(output)}
        read = {Path(name).name.partition(".")[0] for name in found.files if "data/" in name}
        assert named or page.parent.name == "solutions"  # a lab may print what it finds
        assert named <= read, f"{page.name} read {named - read} unseen"


def tables(output: dict[str, Any]) -> list[str]:
    """Return the tables that a figure or a number says it is computed from."""
    figure = output.get("metadata", {}).get(contract.FIGURE, {})
    numbers = [
        data
        for mime, data in output.get("data", {}).items()
        if mime == contract.GLUE + contract.NUMBER
    ]
    return [name for record in [figure, *numbers] for name in record.get("tables", [])]
