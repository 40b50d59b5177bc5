"""The studies of effects: each with its work in the bibliography, and the page shows each row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
from pybtex.database import parse_file

from govsocial import tables

ROOT = Path(__file__).resolve().parents[2]
STUDIES = tables.load("effect_studies")


def test_every_work_is_in_the_bibliography_with_its_year() -> None:
    works = parse_file(str(ROOT / "references.bib")).entries
    for row in STUDIES.itertuples():
        assert works[row.citation].fields["year"] == str(row.year), row.citation


def test_a_sample_has_its_unit_and_a_unit_its_sample() -> None:
    assert (STUDIES["sample"].isna() == STUDIES["unit"].isna()).all()


def test_the_page_shows_every_study_as_the_table_has_it() -> None:
    page = (ROOT / "chapters" / "lessons.md").read_text("utf-8")
    body = page[page.index(":name: tbl-lessons-effects") :]
    body = body[: body.index("```")]
    rows = re.findall(r"\* - \{cite:t\}`(\w+)`\n((?:  - .*\n)+)", body)
    shown = {key: [cell.strip()[2:] for cell in cells.splitlines()] for key, cells in rows}
    assert set(shown) == set(STUDIES["citation"])
    row: Any
    for row in STUDIES.itertuples():
        sample = "" if pd.isna(row.sample) else f", {row.sample:,} {row.unit}"
        expected = [row.country, row.outcome, f"{row.channel}; {row.design}{sample}", row.finding]
        assert shown[row.citation] == expected, row.citation
