"""The figures of the chapter on networks can be read, and draw what their tables say."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from govsocial import networks, tables
from govsocial.charts import networks as figures
from govsocial.charts import style
from govsocial.findings import networks as findings


@pytest.fixture(scope="module")
def homes() -> nx.DiGraph[Any]:
    return networks.graph(tables.load("leader_mentions"), "source_home", "target_home")


def test_no_two_names_of_the_matrix_overlap_and_none_is_cut(homes: nx.DiGraph[Any]) -> None:
    figure = figures.matrix(homes).figure
    with style.context():
        figure.draw_without_rendering()
        columns = figure.axes[0].get_yticklabels()
        boxes = {name.get_text(): name.get_window_extent() for name in columns}
        words = [text.get_window_extent() for text in figure.findobj(Text) if text.get_text()]
    assert len(boxes) == 13
    for (one, box), (other, neighbour) in combinations(boxes.items(), 2):
        assert not box.overlaps(neighbour), f"{one} overlaps {other}"
    assert min(box.x0 for box in words) >= 0 and max(box.y1 for box in words) <= figure.bbox.height


def test_a_cell_says_how_often_the_row_mentions_the_column(homes: nx.DiGraph[Any]) -> None:
    drawn = figures.matrix(homes).drawn.set_index(["source", "target"])["mentions"]
    assert drawn["MNE", "NATO"] == 70 and drawn["NATO", "MNE"] == 0
    assert drawn[:, "MNE"].sum() == 0
    assert len(drawn) == 13 * 13


def test_three_countries_leave_the_fourth_chart_empty() -> None:
    rows = networks.over_years(
        tables.load("leader_mentions"), tables.load("leader_account_years"), ["USA", "FRA", "EU"]
    )
    chart = figures.countries(rows)
    assert [axes.get_visible() for axes in chart.figure.axes] == [True, True, True, False]


def test_a_hashtag_nobody_used_has_the_share_nought() -> None:
    accounts = pd.Series({2015: 45, 2016: 49})
    drawn = figures.hashtags(tables.load("leader_hashtags"), accounts).drawn
    cop21 = drawn[drawn["hashtag"] == "cop21"].set_index("year")["share"]
    assert cop21[2015] == pytest.approx(14 / 45) and cop21[2016] == 0


def test_hashtags_that_share_the_last_place_are_all_drawn() -> None:
    tags = pd.DataFrame({"hashtag": list("abc"), "year": 2016, "accounts": [5, 4, 4], "uses": 9})
    drawn = figures.hashtags(tags, pd.Series({2016: 10}), number=2).drawn
    assert set(drawn["hashtag"]) == set("abc")


def test_the_size_of_a_delegation_counts_both_parties_and_chambers() -> None:
    roll = pd.DataFrame(
        {
            "member": list("abcdefgh"),
            "party": list("DRDRRDDR"),
            "state": ["AA", "AA"] + ["BB"] * 6,
        }
    )
    pairs = pd.DataFrame({"source": list("acdc"), "target": list("bdca"), "mentions": 1})
    assert findings.delegation(pairs, roll, "AA") == [0.5, 0.0]
    # Of B's six, three of each party: 18 pairs across at home, and 3 with each of A's two.
    assert findings.delegation(pairs, roll, "BB") == pytest.approx([2 / 18, 1 / 6])
    have, silent = findings.silent_neighbours(pairs, roll)
    assert have == 8 and silent == 5 / 8


def test_small_delegations_are_drawn_first() -> None:
    tables_of = ("congress_mentions", "congress_mention_members")
    rows = findings.delegations(*(tables.load(name) for name in tables_of))
    chart = figures.delegations(rows)
    names = [label.get_text() for label in chart.figure.axes[0].get_xticklabels()]
    assert names == ["2 to 7", "8 to 12", "13 to 30", "31 or more"]
    home = chart.drawn.query("kind == 'neighbours'").set_index("least")
    assert home["pairs"].tolist() == [144, 370, 1548, 1660]
    assert home["value"].is_monotonic_decreasing
    assert chart.drawn[["low", "high"]].notna().all().all()
    states = tables.load("congress_mention_members")["state"].value_counts()
    assert set(states.index[states >= 31]) == {"CA", "TX"}


def test_what_the_prose_says_of_the_first_accounts() -> None:
    people = networks.from_abroad(
        tables.load("leader_mentions"), tables.load("leader_account_years")
    )
    first = people.set_index("account").loc["BarackObama"]
    assert people["account"].iloc[0] == "BarackObama"
    assert first["mentions"] == 0 and first["mentioned_by"] * 2 == first["others"]


def test_the_famous_are_left_out_as_targets_only() -> None:
    few = pd.DataFrame({"source": ["a"] * 3, "target": ["b", "c", "d"], "mentions": 1})
    crowd = [f"m{number}" for number in range(findings.FAMOUS)]
    many = pd.DataFrame({"source": crowd, "target": "b", "mentions": 1})
    famous, rest = findings.without_famous(pd.concat([few, many]))
    assert famous == 1 and rest["target"].tolist() == ["c", "d"]


def test_shuffles_are_counted_beside_the_line_of_the_data() -> None:
    """Three shuffles in two bars, and the data to the right of them."""
    test = networks.PermutationTestResult(0.79, 0.25, np.array([0.502, 0.503, 0.512]))
    drawn = figures.shuffles(test).drawn
    assert drawn.loc[drawn["shuffles"] > 0].values.tolist() == [[0.5, 2], [0.51, 1]]
    assert drawn["share"].max() >= 0.79
