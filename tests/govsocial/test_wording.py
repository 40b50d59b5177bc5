"""Means and changes by week against a sum by hand; the spread of single posts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsocial import wording

WEEKS = pd.DataFrame(
    {
        "week": pd.to_datetime(["2017-10-23", "2017-10-30", "2017-11-06", "2017-11-13"]),
        "posts": [10, 4, 8, 5],
        "texts": [9, 1, 8, 0],
        "characters": [80.0, 120.0, 200.0, np.nan],
        "emoji": [1, 1, 4, 5],
    }
)


def test_a_mean_weighs_weeks_by_their_texts() -> None:
    found = wording.mean_over(WEEKS.head(2), "characters")
    assert found.value == pytest.approx((9 * 80 + 120) / 10)
    assert found.low == 80 and found.high == 120


def test_a_week_without_text_is_left_out_of_a_mean_but_not_of_a_share() -> None:
    assert wording.mean_over(WEEKS, "characters").value == pytest.approx(2_440 / 18)
    assert wording.share_over(WEEKS, "emoji").value == pytest.approx(11 / 27)


def test_weeks_around_a_day_leave_its_own_week_out() -> None:
    before, after = wording.around(WEEKS, "2017-11-07", 1)
    assert before["week"].tolist() == [pd.Timestamp("2017-10-30")]
    assert after["week"].tolist() == [pd.Timestamp("2017-11-13")]


def test_a_change_is_after_less_before_and_keeps_its_sign() -> None:
    rng = np.random.default_rng(5)
    before = pd.DataFrame({"texts": 20, "characters": rng.normal(100, 4, 26)})
    after = pd.DataFrame({"texts": 30, "characters": rng.normal(140, 4, 26)})
    found = wording.change(before, after, "characters")
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(after["characters"].mean() - before["characters"].mean())
    # Two means of 26 weeks with a deviation of 4 differ by 40, give or take 2.2.
    assert found.high - found.low == pytest.approx(2 * 1.96 * 4 * np.sqrt(2 / 26), rel=0.35)
    back = wording.change(after, before, "characters")
    assert back.value == pytest.approx(-found.value)


def test_the_spread_is_where_single_posts_lie() -> None:
    bands = pd.DataFrame({"low": [40, 50, 60, 50], "posts": [10, 10, 20, 10]})
    found = wording.spread(bands)
    assert found.value == pytest.approx((10 * 45 + 20 * 55 + 20 * 65) / 50)
    # A quarter of 50 is 12.5: 2.5 posts into the 20 of the band from 50.
    assert found.low == pytest.approx(51.25) and found.high == pytest.approx(63.75)


def test_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one post"):
        wording.spread(pd.DataFrame({"low": [40], "posts": [0]}))
    with pytest.raises(ValueError, match="at least two values"):
        wording.mean_over(WEEKS.tail(2), "characters")
