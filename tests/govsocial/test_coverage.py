"""The coverages that the book prints are those of the benchmark's table."""

from __future__ import annotations

import re
from pathlib import Path

from govsocial.coverage import ENOUGH, ROUGH

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (.+?) \| (.+?) \| ([\d.]+) \| \d+ \| (.+?) \|$", re.MULTILINE)


def printed() -> dict[tuple[str, str], tuple[float, str]]:
    text = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    rows = ROW.findall(text[text.index("## Coverage of the intervals") :])
    return {(what, data): (round(float(share) / 100, 4), word) for what, data, share, word in rows}


def test_every_rough_interval_of_the_table_is_here_with_its_coverage() -> None:
    rough = {key: share for key, (share, word) in printed().items() if word == "rough"}
    assert len(rough) > 9
    assert {(row.interval, row.data): row.covers for row in ROUGH.values()} == rough


def test_rough_is_what_covers_too_little() -> None:
    for share, word in printed().values():
        assert word == ("range" if word == "range" else "95%" if share >= ENOUGH else "rough")
