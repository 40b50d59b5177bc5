"""Posts abroad of four services, and the lists of their accounts, counted a second way."""

from __future__ import annotations

import csv

import pytest

from govsocial import tables
from pipeline import raw
from pipeline.run import Run

present = pytest.mark.skipif(
    raw.directory() is None, reason="the raw files are not on this machine"
)


def test_posts_abroad_add_up_to_the_published_totals_but_for_one() -> None:
    sums = tables.load("diplomatic_missions").groupby("iso3")["missions"].sum()
    # The source prints 271 for the United States; its parts add up to 270.
    assert sums.to_dict() == {"CHN": 274, "RUS": 230, "SWE": 102, "USA": 270}


@present
def test_the_russian_handles_are_those_of_the_list() -> None:
    path = Run().raw("russia-gov-likers-2022", "prepared/russian_gov_accounts_75.csv")
    handles = path.read_text("utf-8").split()[1:]
    table = tables.load("russian_accounts_2022")
    assert table["accounts"].sum() == len(handles) == 75
    pattern = table[table["pattern"]]["accounts"].sum()
    assert pattern == sum(handle[:6] == "rusemb" for handle in handles) == 62
    second = {"rusembindia_ru", "rusembghanaeng", "rusembsrilankar"}
    assert second <= set(handles)
    assert table["accounts"].sum() - table["bodies"].sum() == len(second)


@present
def test_the_swedish_posts_are_those_of_the_lines() -> None:
    path = Run().raw("politix-sweden-denmark", "data/sweden/myndigheter.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["name"].startswith("Sveriges ")]
    table = tables.load("swedish_missions")
    missions = [row for row in rows if row["name"] in set(table["body"])]
    assert len(table) == len(missions) == 107
    states = table["state"].value_counts()
    assert states["closed"] == sum(row["x_last_post"] == "closed" for row in missions) == 12
    assert states["unlisted"] == sum(not row["x_handle"] for row in missions) == 43
    assert table["last_post"].dropna().dt.year.min() == 2019


def test_every_swedish_post_has_a_host_but_one() -> None:
    table = tables.load("swedish_missions")
    assert table.loc[table["host"].isna(), "body"].tolist() == [
        "Sveriges Generalkonsulat Jerusalem"
    ]
    embassies = table[table["kind"] == "embassy"]
    assert embassies["host"].is_unique


def test_the_swedish_posts_are_the_missions_of_the_larger_table() -> None:
    bodies = tables.load("swedish_bodies_x").query("kind == 'mission'").set_index("body")
    posts = tables.load("swedish_missions").set_index("body")
    assert posts[["state", "last_post"]].equals(bodies.loc[posts.index, ["state", "last_post"]])
