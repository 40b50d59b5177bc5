"""V-Dem's estimates: years, scale and labels against what V-Dem says of them."""

from __future__ import annotations

import csv

from govsocial import tables
from pipeline import raw


def test_censorship_starts_with_the_countries_that_had_the_internet() -> None:
    censorship = tables.load("internet_censorship")
    cases = censorship.groupby("year").size()
    assert cases.index.tolist() == list(range(1993, 2024))
    assert (cases[1993], cases[2023]) == (104, 179)


def test_lower_means_more_censorship() -> None:
    # The answers of the codebook run from 0, the internet is blocked, to 3, it is free.
    if (root := raw.directory()) is not None:
        path = root / "vdem" / "prepared" / "vdem_v16_codebook_dsp_entries.csv"
        with path.open(encoding="utf-8") as file:
            entries = [row for row in csv.reader(file) if "v2mecenefi" in row]
        assert any(cell.startswith("0:  The government successfully blocks") for cell in entries[0])
    last = tables.load("internet_censorship").query("year == 2023").set_index("vdem_code")
    scores = last["censorship_effort"]
    assert scores["PRK"] < scores["CHN"] < scores["SWE"]


def test_regimes_agree_with_the_labels_of_the_other_file() -> None:
    lite = tables.load("internet_censorship").rename(columns={"vdem_code": "code"})
    labels = tables.load("shutdown_country_years").dropna(subset=["regime"])
    both = lite.merge(labels, on=["code", "year"])
    assert len(both) == 8 * 179
    # V-Dem revises some past years from one version to the next.
    assert (both["regime_x"] != both["regime_y"]).sum() == 12


def test_democracy_has_a_score_and_an_error_in_each_year_of_the_un_ranking() -> None:
    scores = tables.load("democracy_scores")
    assert scores.groupby("year").size().between(177, 179).all()
    last = scores[scores["year"] == 2022].set_index("vdem_code")
    assert last["polyarchy"]["DNK"] > last["polyarchy"]["ITA"] > last["polyarchy"]["RUS"]
    assert (last["error"] > 0).all()
    editions = tables.load("egdi_ranks")
    assert set(scores["year"]) == set(editions["edition"])
    unscored = set(editions.loc[editions["edition"] == 2022, "iso3"]) - set(last.index)
    assert len(unscored) == 193 - 172
