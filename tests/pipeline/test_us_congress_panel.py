"""The list of the accounts of the US Congress against its published history."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

needs_raw = pytest.mark.skipif(
    raw.directory() is None, reason="the raw files are not on this machine"
)
QUARTERS = tables.load("congress_list_quarters")
COPIES = tables.load("congress_list_ageing")


def rows() -> list[dict[str, str]]:
    path = Run().raw("us-congress-legislators", "prepared/congress_social_panel_quarterly.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_raw
def test_the_counts_are_those_of_the_lines_of_the_panel() -> None:
    listed: Counter[tuple[str, str]] = Counter()
    members: Counter[str] = Counter()
    for row in rows():
        members[row["date"]] += 1
        for platform, cell in {"Twitter": "twitter", "Instagram": "instagram"}.items():
            listed[row["date"], platform] += bool(row[cell])
        listed[row["date"], "YouTube"] += bool(row["youtube"] or row["youtube_id"])
    sums = QUARTERS.groupby(["quarter", "platform"])[["members", "listed"]].sum()
    for (day, platform), count in listed.items():
        assert sums.loc[(pd.Timestamp(day), platform), "listed"] == count
        assert sums.loc[(pd.Timestamp(day), platform), "members"] == members[day]


@needs_raw
def test_a_copy_ages_as_the_lines_of_the_panel_say() -> None:
    names = {(row["date"], row["bioguide"]): row["twitter"].lower() for row in rows()}
    copied, checked = "2013-04-15", "2018-04-15"
    entries = {person: name for (day, person), name in names.items() if day == copied and name}
    later = {person: names.get((checked, person)) for person in entries}
    found = COPIES.set_index(["copied", "checked"]).xs(
        (pd.Timestamp(copied), pd.Timestamp(checked))
    )
    assert found["entries"] == len(entries) == 485
    assert found["same"] == sum(later[person] == name for person, name in entries.items())
    assert found["left"] == sum(name is None for name in later.values())
    assert found["unlisted"] == sum(name == "" for name in later.values())


def test_facebook_of_october_2012_is_found_under_its_other_key() -> None:
    first = QUARTERS[(QUARTERS["quarter"] == "2012-10-15") & (QUARTERS["platform"] == "Facebook")]
    assert first["listed"].tolist() == [469] and first["members"].tolist() == [537]


def test_every_entry_has_one_fate() -> None:
    fates = COPIES[["same", "changed", "unlisted", "left"]].sum(axis=1)
    assert (fates == COPIES["entries"]).all()
    assert (COPIES["moved"] <= COPIES["changed"]).all()
    same_day = COPIES[COPIES["copied"] == COPIES["checked"]]
    assert (same_day["same"] == same_day["entries"]).all()


def test_the_history_has_317_versions() -> None:
    revisions = tables.load("congress_list_revisions")
    assert revisions["revisions"].sum() == 317
    assert len(revisions) == 56


def test_nobody_is_new_where_the_panel_begins_and_some_in_each_congress_after() -> None:
    new = QUARTERS[QUARTERS["new"]].groupby(QUARTERS["quarter"].dt.year)["members"].max()
    assert new.index.min() == 2013
    assert (new > 50).all()
