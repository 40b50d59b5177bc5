"""The figures on diplomatic services draw what their tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import diplomats
from govsocial.findings import diplomats as findings
from govsocial.uncertainty import Estimate
from tests.govsocial.drawn import bars, xs, ys


def test_a_bar_is_the_share_of_missions_with_an_account() -> None:
    frame = pd.DataFrame(
        {
            "iso3": ["SWE"] * 3,
            "year": [2026] * 3,
            "kind": ["embassy", "consulate", "permanent mission"],
            "listed": [3, 0, 4],
            "missions": [4, 5, 4],
        }
    )
    assert diplomats.coverage(frame).drawn["share"].tolist() == [0.75, 0, 1]


def test_every_opening_is_drawn() -> None:
    frame = tables.load("china_account_openings")
    chart = diplomats.openings(frame, "2019-11-01")
    heights = sum(bar.get_height() for bar in bars(chart.figure.axes[0]))
    assert heights == frame["accounts"].sum()


def test_the_curves_end_with_everything() -> None:
    frame = tables.load("china_account_sizes")
    some = Estimate(0.5, 0.4, 0.6)
    estimates = dict.fromkeys(frame["measure"].unique(), (some, some))
    drawn = diplomats.concentration(frame, estimates).drawn
    assert drawn.groupby("measure")["total"].max().tolist() == pytest.approx([1, 1, 1])


def test_each_head_stands_in_the_row_of_the_mission() -> None:
    frame = tables.load("china_heads_and_offices")
    chart = diplomats.heads(frame)
    axes = chart.figure.axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    former = next(line for line in axes.lines if line.get_label() == "Former head")
    rows = [names[int(place)] for place in ys(former)]
    assert sorted(rows) == ["Embassy, United Kingdom", "Embassy, United States"]


def test_hosts_stand_in_the_order_of_their_english() -> None:
    drawn = diplomats.languages(tables.load("china_post_languages")).drawn
    assert drawn["english"].is_monotonic_increasing and len(drawn) == 9


def test_a_bound_is_drawn_as_a_bound() -> None:
    frame = pd.DataFrame(
        {
            "hashtag": ["#a", "#a", "#b", "#b"],
            "period": ["first", "second"] * 2,
            "rate": [1.0, 10.0, 5.0, 0.0],
            "known": [True, True, True, False],
        }
    )
    axes = diplomats.hashtags(frame).figure.axes[0]
    bounds = [line for line in axes.lines if line.get_marker() == "<" and xs(line)]
    assert len(bounds) == 1


def test_the_silent_are_those_beyond_the_days() -> None:
    frame = tables.load("swedish_missions")
    drawn = diplomats.silence(frame, "2026-02-07", 90).drawn
    assert (drawn["days"] > 90).all()
    assert drawn["last_post"].is_monotonic_decreasing


def test_a_list_counts_each_city_of_its_platform_once() -> None:
    frame = pd.DataFrame(
        {
            "platform": ["Twitter", "Twitter", "Facebook", "Twitter"],
            "city": ["Rome", "Rome", "Oslo", "Geneva"],
            "kind": ["embassy", "embassy", "embassy", "mission"],
        }
    )
    assert findings.american(frame).to_dict() == {"embassy": 1, "permanent mission": 1}
    assert findings.american(frame, "Facebook")["embassy"] == 1


def test_a_kind_that_a_list_does_not_hold_counts_as_none() -> None:
    missions = pd.DataFrame(
        {
            "iso3": ["SWE"] * 3,
            "kind": ["embassy", "consulate", "other"],
            "missions": [87, 8, 3],
        }
    )
    listed = pd.Series({"embassy": 56, "other": 2})
    rows = findings.coverage({("SWE", 2026): listed}, missions).set_index("kind")
    assert rows["listed"].to_dict() == {"embassy": 56, "consulate": 0}
    assert rows["missions"].to_dict() == {"embassy": 87, "consulate": 8}


def test_every_list_lacks_a_third_of_the_embassies_or_more() -> None:
    american, russian, swedish = (
        tables.load(name)
        for name in ("us_diplomatic_accounts_2012", "russian_accounts_2022", "swedish_missions")
    )
    chinese = tables.load("china_missions_twitter").set_index("kind")["missions"]
    lists = {
        ("USA", 2012): findings.american(american),
        ("RUS", 2022): findings.russian(russian),
        ("CHN", 2022): chinese,
        ("SWE", 2026): findings.swedish(swedish),
    }
    rows = findings.coverage(lists, tables.load("diplomatic_missions"))
    embassies = rows[rows["kind"] == "embassy"]
    assert (embassies["listed"] / embassies["missions"] < 2 / 3).all()


def test_openings_fall_into_their_spells() -> None:
    frame = pd.DataFrame(
        {
            "quarter": pd.to_datetime(
                ["2018-10-01", "2019-01-01", "2019-10-01", "2020-01-01", "2021-07-01", "2021-07-01"]
            ),
            "holder": ["office"] * 4 + ["office", "person"],
            "accounts": [1, 2, 4, 8, 16, 32],
        }
    )
    assert findings.openings(frame).to_dict() == {
        "all": 63,
        "young": 56,
        "burst": 12,
        "by_2019": 7,
        "in_2019": 6,
        "late": 48,
        "late_persons": 32,
    }


def test_shares_without_the_largest_are_shares_of_the_rest() -> None:
    sizes = pd.DataFrame({"measure": "followers", "value": [1.0, 3.0, 60.0], "accounts": [2, 1, 1]})
    seats = pd.DataFrame(
        {
            "seat": ["abroad", "at home"],
            "holder": ["office", "person"],
            "followers": [5, 60],
        }
    )
    assert findings.part_of_largest(sizes, "followers", 1) == 60 / 65
    gini, held = findings.without_largest(sizes, seats, 1)
    assert gini == pytest.approx(4 / 15)
    assert held.tolist() == [1, 0]


def test_a_handover_gives_the_former_head_first() -> None:
    assert findings.handover(tables.load("china_heads_and_offices"), "United Kingdom") == (
        5.6,
        0.13,
    )


def test_days_of_a_period_count_its_last_day_once() -> None:
    frame = pd.DataFrame(
        {
            "period": ["whole", "first", "second"],
            "start": pd.to_datetime(["2020-01-01", "2020-01-01", "2020-01-11"]),
            "end": pd.to_datetime(["2020-01-20", "2020-01-11", "2020-01-20"]),
            "posts": [100, 30, 70],
            "retweets": [100, 20, 80],
        }
    )
    assert findings.daily(frame).to_dict() == {"whole": 10, "first": 5, "second": 15}


def test_a_rate_of_an_unlisted_hashtag_is_a_bound() -> None:
    tags = pd.DataFrame(
        {
            "hashtag": ["#a", "#a"],
            "period": ["first", "second"],
            "uses": [5, None],
            "at_most": [5, 2],
        }
    )
    periods = pd.DataFrame({"period": ["first", "second"], "hashtags": [1000, 4000]})
    rows = findings.hashtag_rates(tags, periods)
    assert rows["rate"].tolist() == [5, 0.5] and rows["known"].tolist() == [True, False]


def test_the_rules_of_silence_agree_with_the_figure() -> None:
    missions = tables.load("swedish_missions")
    state = findings.silence(missions)
    drawn = diplomats.silence(missions, findings.READ, findings.QUIET).drawn
    assert state["silent"] == len(drawn) and state["edge_days"] == drawn["days"].min()
    edge = drawn[drawn["days"] <= 100]
    assert set(edge["host"]) == {"KOR", "ALB"} and (drawn["kind"] == "embassy").all()
    assert {"FIN", "EST", "HUN", "PRK", "RUS"} <= set(drawn["host"])


def test_all_intervals_of_the_regions_overlap() -> None:
    rows = findings.handles_by_region(tables.load("swedish_missions"), tables.load("countries"))
    assert rows["low"].max() < rows["high"].min()
    assert rows.loc[["North America", "South Asia"], "missions"].tolist() == [4, 3]
    assert rows["share"].idxmin() == "Middle East & North Africa"
