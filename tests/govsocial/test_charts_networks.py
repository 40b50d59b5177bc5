"""The figures of the chapter on networks can be read, and draw what their tables say."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.text import Text

from govsocial import networks, tables
from govsocial.charts import networks as figures
from govsocial.charts import style


@pytest.fixture(scope="module")
def drawn_network() -> style.Chart:
    mentions = tables.load("leader_mentions")
    regions = tables.load("countries").set_index("iso3")["region"]
    return figures.network(networks.graph(mentions, "source_home", "target_home"), regions)


def test_no_two_names_of_the_network_overlap_and_none_is_cut(drawn_network: style.Chart) -> None:
    figure = drawn_network.figure
    with style.context():
        figure.draw_without_rendering()
        boxes = {
            text.get_text(): text.get_window_extent()
            for text in figure.findobj(Text)
            if text.get_text()
        }
    for (one, box), (other, neighbour) in combinations(boxes.items(), 2):
        assert not box.overlaps(neighbour), f"{one} overlaps {other}"
    for name, box in boxes.items():
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width, f"{name} is cut"


def test_the_network_is_the_same_every_time(drawn_network: style.Chart) -> None:
    mentions = tables.load("leader_mentions").sample(frac=1, random_state=1)
    regions = tables.load("countries").set_index("iso3")["region"]
    again = figures.network(networks.graph(mentions, "source_home", "target_home"), regions)
    pd.testing.assert_frame_equal(again.drawn, drawn_network.drawn)


def test_a_link_is_returned_if_the_table_holds_its_reverse(drawn_network: style.Chart) -> None:
    mentions = tables.load("leader_mentions")
    there = set(zip(mentions["source_home"], mentions["target_home"], strict=True))
    drawn = drawn_network.drawn
    assert drawn["mentions"].min() >= 5
    reverse = [pair in there for pair in zip(drawn["target"], drawn["source"], strict=True)]
    assert drawn["returned"].tolist() == reverse


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


def test_all_shuffles_are_drawn() -> None:
    members = tables.load("congress_mention_members").set_index("member")
    test = networks.same_label(tables.load("congress_mentions"), members["party"], shuffles=100)
    drawn = figures.party(test, test).drawn
    assert drawn.groupby("shuffled_among")["shuffles"].sum().tolist() == [100, 100]
