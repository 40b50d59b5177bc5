"""The figures on diplomatic services draw what their tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from govsocial import tables
from govsocial.charts import diplomats
from govsocial.uncertainty import Estimate


def test_a_bar_is_the_share_of_posts_with_an_account() -> None:
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
    heights = sum(bar.get_height() for bar in chart.figure.axes[0].patches)
    assert heights == frame["accounts"].sum()


def test_the_curves_end_with_everything() -> None:
    frame = tables.load("china_account_sizes")
    some = Estimate(0.5, 0.4, 0.6)
    estimates = dict.fromkeys(frame["measure"].unique(), (some, some))
    drawn = diplomats.concentration(frame, estimates).drawn
    assert drawn.groupby("measure")["total"].max().tolist() == pytest.approx([1, 1, 1])


def test_each_head_stands_in_the_row_of_the_post() -> None:
    frame = tables.load("china_heads_and_offices")
    chart = diplomats.heads(frame)
    axes = chart.figure.axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    former = next(line for line in axes.lines if line.get_label() == "Former head")
    rows = [names[int(place)] for place in former.get_ydata()]  # type: ignore[union-attr]
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
    bounds = [line for line in axes.lines if line.get_marker() == "<" and len(line.get_xdata())]  # type: ignore[arg-type]
    assert len(bounds) == 1


def test_the_silent_are_those_beyond_the_days() -> None:
    frame = tables.load("swedish_missions")
    drawn = diplomats.silence(frame, "2026-02-07", 90).drawn
    assert (drawn["days"] > 90).all()
    assert drawn["last_post"].is_monotonic_decreasing
