"""The weeks of the epidemic in Italy against figures everybody could read at the time."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

WEEKS = tables.load("covid_italy_weeks").set_index("week")


def test_the_first_wave_peaks_when_the_bulletin_said_so() -> None:
    assert WEEKS["intensive_care"].idxmax() == pd.Timestamp("2020-03-30")
    # 4,068 patients on 3 April 2020 was the highest day; a week's mean lies below.
    assert 3_900 < WEEKS["intensive_care"].max() < 4_068


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")
def test_deaths_add_up_to_the_bulletins_total() -> None:
    path = Run().raw(
        "pcm-dpc-covid-italy", "dati-andamento-nazionale/dpc-covid19-ita-andamento-nazionale.csv"
    )
    with path.open(encoding="utf-8", newline="") as file:
        total = {row["data"][:10]: int(row["deceduti"]) for row in csv.DictReader(file)}
    assert WEEKS["deaths"].sum() == total["2021-02-14"]
    assert WEEKS.loc["2020-11-30", "deaths"] == total["2020-12-06"] - total["2020-11-29"]


@pytest.mark.skipif(raw.directory() is None, reason="the raw files are not here")
def test_the_wards_are_the_bulletins_and_fuller_in_the_second_wave() -> None:
    path = Run().raw(
        "pcm-dpc-covid-italy", "dati-andamento-nazionale/dpc-covid19-ita-andamento-nazionale.csv"
    )
    with path.open(encoding="utf-8", newline="") as file:
        days = [int(row["ricoverati_con_sintomi"]) for row in csv.DictReader(file)]
    # The file begins on Monday, 24 February 2020.
    first_weeks = [round(sum(days[7 * week : 7 * week + 7]) / 7, 1) for week in range(51)]
    assert WEEKS["wards"].tolist() == first_weeks
    assert WEEKS["wards"].idxmax() == pd.Timestamp("2020-11-23")
