"""Means and changes by week against a sum by hand; the spread of single posts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special

from govsocial import wording
from govsocial.uncertainty import share

WEEKS = pd.DataFrame(
    {
        "week": pd.date_range("2017-10-16", periods=12, freq="7D"),
        "posts": [10, 4, 8, 5, 3, 6, 2, 9, 4, 7, 5, 6],
        "texts": [9, 1, 8, 5, 3, 6, 2, 9, 4, 7, 5, 6],
        "characters": [80.0, 120, 200, 90, 100, 110, 95, 130, 140, 85, 105, 150],
        "emoji": [1, 1, 4, 5, 0, 0, 2, 1, 0, 3, 1, 0],
    }
)


def test_a_mean_weighs_weeks_by_their_texts_and_its_interval_is_that_of_six_stretches() -> None:
    found = wording.mean_over(WEEKS, "characters")
    sums = (WEEKS["characters"] * WEEKS["texts"]).groupby(np.arange(12) // 2).sum()
    texts = WEEKS["texts"].groupby(np.arange(12) // 2).sum()
    mean = sums.sum() / 65
    scatter = sums - mean * texts
    error = np.sqrt(6 / 5 * (scatter**2).sum()) / 65
    # The t distribution with five degrees of freedom has 2.571 at 97.5 %.
    assert found.value == pytest.approx(mean) and mean == pytest.approx(7_790 / 65)
    assert found.high - found.value == pytest.approx(2.571 * error, rel=0.001)
    assert found.value - found.low == pytest.approx(found.high - found.value)


def test_a_week_without_text_is_left_out_of_a_mean_but_not_of_a_share() -> None:
    empty = pd.DataFrame(
        {"week": [pd.Timestamp("2018-01-08")], "posts": [5], "texts": [0], "emoji": [5]}
    )
    longer = pd.concat([WEEKS, empty], ignore_index=True)
    mean = wording.mean_over(longer, "characters")
    assert mean == wording.mean_over(WEEKS, "characters")
    assert wording.share_over(longer, "emoji").value == pytest.approx(23 / 74)


def test_a_share_stays_between_none_and_all() -> None:
    rare = WEEKS.assign(emoji=[4] + [0] * 11)
    found = wording.share_over(rare, "emoji")
    assert 0 < found.low < 0.01 and found.value == pytest.approx(4 / 69) and found.high < 0.5


def test_the_interval_of_a_share_is_students_on_the_logit_scale() -> None:
    found = wording.share_over(WEEKS, "emoji")
    # By hand, two weeks each: 2 of 14, 9 of 13, 0 of 9, 3 of 11, 3 of 11 and 1 of 11; 18 of 69.
    value = 18 / 69
    parts, wholes = np.array([2, 9, 0, 3, 3, 1]), np.array([14, 13, 9, 11, 11, 11])
    error = np.sqrt(6 / 5 * ((parts - value * wholes) ** 2).sum()) / 69
    reach = 2.5705818 * error / (value * (1 - value))
    bounds = special.expit(special.logit(value) + reach * np.array([-1, 1]))
    assert found == pytest.approx((value, *bounds))


def test_where_no_post_is_of_a_kind_or_every_one_the_interval_is_wilsons() -> None:
    none, every = WEEKS.assign(emoji=0), WEEKS.assign(emoji=WEEKS["posts"])
    assert wording.share_over(none, "emoji") == share(0, 69)
    assert wording.share_over(every, "emoji") == share(69, 69)


def test_weeks_around_a_day_leave_its_own_week_out() -> None:
    before, after = wording.around(WEEKS, "2017-11-07", 2)
    assert before["week"].dt.strftime("%m-%d").tolist() == ["10-23", "10-30"]
    assert after["week"].dt.strftime("%m-%d").tolist() == ["11-13", "11-20"]


def test_a_change_is_after_less_before_and_keeps_its_sign() -> None:
    rng = np.random.default_rng(5)
    before = pd.DataFrame({"texts": 20, "characters": rng.normal(100, 4, 26)})
    after = pd.DataFrame({"texts": 30, "characters": rng.normal(140, 4, 26)})
    found = wording.change(before, after, "characters")
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(after["characters"].mean() - before["characters"].mean())
    # Two means of 26 weeks with a deviation of 4 differ by 40, give or take 2.5 (t, ten degrees).
    assert found.high - found.low == pytest.approx(2 * 2.228 * 4 * np.sqrt(2 / 26), rel=0.35)
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
    with pytest.raises(ValueError, match="at least 12 weeks, not 11"):
        wording.mean_over(WEEKS.tail(11), "characters")
    with pytest.raises(ValueError, match="0 <= emoji <= posts"):
        wording.share_over(WEEKS.assign(emoji=11), "emoji")
    with pytest.raises(ValueError, match="0 <= emoji <= posts"):  # in the second week alone
        wording.share_over(WEEKS.assign(emoji=5), "emoji")
    with pytest.raises(ValueError, match="need a post"):
        wording.share_over(WEEKS.assign(emoji=0, posts=0), "emoji")
    for measure in (wording.mean_over, wording.share_over):
        with pytest.raises(ValueError, match="values by week: 1 of 24 values are missing"):
            measure(WEEKS.assign(emoji=[1.0] * 11 + [np.nan]), "emoji")


def test_weeks_that_hang_together_widen_the_interval() -> None:
    rng = np.random.default_rng(7)
    steps = rng.normal(0, 5, 20)
    together = pd.DataFrame({"texts": 10, "characters": np.repeat(steps, 8)})
    apart = together.assign(characters=rng.permutation(together["characters"]))
    wide, narrow = (wording.mean_over(weeks, "characters") for weeks in (together, apart))
    assert wide.value == pytest.approx(narrow.value)
    # Eight weeks that are alike count as one: the interval is the root of eight as wide.
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(8**0.5, rel=0.4)
