"""EveryPolitician's contacts against the project's own counts, and the blanks it leaves."""

from __future__ import annotations

import csv

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

LEGISLATURES = tables.load("legislature_handles_2015")


def test_the_blanks_are_those_that_the_register_of_sources_warns_of() -> None:
    assert len(LEGISLATURES) == 239
    assert LEGISLATURES["members"].sum() == 38_347
    assert (LEGISLATURES["twitter"] == 0).sum() == 200
    assert (LEGISLATURES["twitter"] / LEGISLATURES["members"] >= 0.45).sum() == 14
    silent = LEGISLATURES[LEGISLATURES["twitter"] == 0]
    assert {"RU", "IN", "BR", "TR", "JP"} <= set(silent["iso2"])


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not on this machine")
def test_the_counts_from_the_members_are_those_of_the_summary() -> None:
    path = Run().raw("everypolitician-2015", "prepared/legislatures_summary.csv")
    with path.open(encoding="utf-8", newline="") as file:
        published = {(row["code"], row["leg"]): row for row in csv.DictReader(file)}
    ours = LEGISLATURES.set_index(["iso2", "legislature"])
    assert set(ours.index) == set(published)
    for key, row in published.items():
        found = list(ours.loc[key, ["members", "twitter", "facebook"]])
        assert found == [int(row["n"]), int(row["tw"]), int(row["fb"])]


def test_a_country_has_its_three_letters() -> None:
    codes = LEGISLATURES.set_index("iso2")["iso3"]
    assert set(codes["NA"]) == {"NAM"} and codes["CA"] == "CAN"
    today = {"CD": "COD", "FR": "FRA", "TL": "TLS", "XK": "XKX"}
    assert {two: codes[two] for two in today} == today, "codes that ISO has withdrawn"
    assert codes[codes.index.str.len() > 2].isna().all()


def test_canadas_register_keeps_the_old_name_of_x() -> None:
    sites = tables.load("canada_register_sites").set_index(["platform", "site"])["accounts"]
    assert sites["X"].sum() == 666 and sites["X", "twitter.com"] == 645
    assert sites.sum() == 1865
