"""Population and internet use against plain readings and against a second source."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw


def test_population_is_the_cell_of_the_upstream_file() -> None:
    root = raw.directory()
    if root is None:
        pytest.skip("no raw files here")
    path = root / "wdi" / "data" / "API_SP.POP.TOTL_DS2_en_csv_v2_247892.csv"
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))[4:]
    column = rows[0].index("2014")
    upstream = {row[1]: row[column] for row in rows[1:]}
    people = tables.load("countries").set_index("iso3")["population"].dropna()
    assert {code: str(value) for code, value in people.items()} == {
        code: upstream[code] for code in people.index
    }


def test_internet_use_agrees_with_the_count_of_two_years_before() -> None:
    """The other source counts users in 2014; shares of people must rank countries alike."""
    root = raw.directory()
    if root is None:
        pytest.skip("no raw files here")
    path = next((root / "owid-internet-users").rglob("*.csv"))
    users = pd.read_csv(path).query("Year == 2014").set_index("Entity").iloc[:, -1]
    countries = tables.load("countries").set_index("country")
    before = 100 * users / countries["population"].astype(float)
    both = pd.DataFrame({"before": before, "after": countries["internet_use"]}).dropna()
    assert len(both) > 150
    assert both.corr("spearman")["after"]["before"] > 0.95


def test_countries_of_the_study_are_there() -> None:
    countries = tables.load("countries").set_index("iso3")
    studied = tables.load("leader_first_months")["iso3"]
    assert set(studied) - set(countries.index) == {"VAT"}
    rows = countries.loc[countries.index.intersection(pd.Index(studied))]
    assert rows.index[rows["population"].isna()].tolist() == ["ERI"]
    assert set(rows.index[rows["internet_use"].isna()]) == {"LBY", "NRU", "PLW", "PRK", "SMR"}


def test_names_that_two_sheets_spell_differently_keep_their_value() -> None:
    countries = tables.load("countries").set_index("iso3")["internet_use"]
    assert countries[["CIV", "CUW", "STP", "TUR"]].notna().all()


def test_the_caveat_names_the_countries_without_internet_use() -> None:
    countries = tables.load("countries")
    missing = countries[countries["internet_use"].isna()]
    assert {"LBY", "NRU", "PRK", "PLW", "SMR", "XKX"} <= set(missing["iso3"]) and len(missing) == 14
    assert countries.loc[countries["population"].isna(), "iso3"].tolist() == ["ERI"]
