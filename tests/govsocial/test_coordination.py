"""Coincidences against counting by hand, and against simulated crowds and rings."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import coordination, tables

Rows = list[tuple[int, int, int]]


def test_pairs_of_one_thing_within_the_window_only() -> None:
    found = coordination.coincidences([1, 1, 1, 2], [0, 5, 20, 0], 15)
    pairs = {
        frozenset(pair): int(gap)
        for pair, gap in zip(
            zip(found.first.tolist(), found.second.tolist(), strict=True), found.gap, strict=True
        )
    }
    assert pairs == {frozenset({0, 1}): 5, frozenset({1, 2}): 15}
    assert found.gap.tolist() == [5, 15]


@pytest.mark.parametrize("rows", [[], [(1, 1, 0)]])
def test_nothing_coincides_with_nothing(rows: Rows) -> None:
    frame = pd.DataFrame(rows, columns=["thing", "account", "after"])
    assert len(coordination.coincidences(frame["thing"], frame["after"], 60).gap) == 0
    assert coordination.widening(frame, [1, 60], shuffles=2)["observed"].eq(0).all()


def test_a_negative_window_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        coordination.coincidences([1], [0], -1)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a time"):
        coordination.coincidences([1, 2], [0], 1)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50)), max_size=25), st.integers(0, 40)
)
def test_every_pair_is_found_once(shares: list[tuple[int, int]], window: int) -> None:
    expected = sum(
        one[0] == other[0] and abs(one[1] - other[1]) <= window
        for one, other in itertools.combinations(shares, 2)
    )
    things, times = [thing for thing, _ in shares], [time for _, time in shares]
    found = coordination.coincidences(things, times, window)
    assert len(found.gap) == expected
    assert (np.diff(found.gap) >= 0).all()
    for first, second, gap in zip(*found, strict=True):
        assert things[first] == things[second] and abs(times[first] - times[second]) == gap


def test_a_pair_counts_once_however_often_it_meets() -> None:
    pairs = coordination.coincidences([1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 99], 5)
    accounts = [7, 8, 8, 7, 7, 8]
    assert coordination.repeated(accounts, pairs, 1) == 1
    assert coordination.repeated(accounts, pairs, 2) == 1
    assert coordination.repeated(accounts, pairs, 3) == 0


def simulated(ring: int) -> pd.DataFrame:
    """Return a crowd that shares at random moments, and accounts that share together."""
    random = np.random.default_rng(5)
    rows: Rows = [
        (thing, int(account), int(random.integers(20_000)))
        for thing in range(60)
        for account in random.choice(np.arange(100, 200), 25, replace=False)
    ]
    rows += [(thing, account, 9_000 + account) for thing in range(12) for account in range(ring)]
    return pd.DataFrame(rows, columns=["thing", "account", "after"])


def test_an_independent_crowd_stays_within_its_shuffles() -> None:
    found = coordination.widening(simulated(ring=0), [60, 600, 3600])
    assert ((found["low"] <= found["observed"]) & (found["observed"] <= found["high"])).all()


def test_a_ring_stands_out_at_a_narrow_window_and_drowns_in_a_wide_one() -> None:
    found = coordination.widening(simulated(ring=6), [10, 20_000]).set_index("window")
    assert found["observed"][10] == 15 > found["high"][10]
    wide = found.loc[20_000]
    assert wide["low"] == wide["observed"] == wide["high"]


def test_a_crowd_that_all_acts_at_once_hides_what_it_does() -> None:
    rows = [(thing, account, 0) for thing in range(9) for account in range(5)]
    found = coordination.widening(pd.DataFrame(rows, columns=["thing", "account", "after"]), [1])
    assert found[["observed", "low", "high"]].iloc[0].tolist() == [10, 10, 10]


def test_order_of_the_rows_does_not_matter() -> None:
    shares = simulated(ring=4)
    mixed = shares.sample(frac=1, random_state=1)
    one, other = (coordination.widening(rows, [30], shuffles=5) for rows in (shares, mixed))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("name", ["russia", "germany"])
def test_the_library_counts_what_the_pipeline_counted(name: str) -> None:
    kind = {"russia": "retweet", "germany": "link"}[name]
    shares = tables.load(f"{name}_{kind}_times")
    counted = tables.load("sharing_windows").query("set == @name").set_index("window")
    found = coordination.widening(shares, counted.index.tolist(), (3, 5), shuffles=1)
    for least in (3, 5):
        ours = found[found["least"] == least].set_index("window")["observed"]
        assert ours.tolist() == counted[f"pairs_{least}"].tolist()
    pairs = coordination.coincidences(shares["thing"], shares["after"], 3600)
    within = [int((pairs.gap <= window).sum()) for window in counted.index]
    assert within == counted["coincidences"].tolist()


def test_three_things_are_asked_for_unless_said_otherwise() -> None:
    assert coordination.widening(crowd(1), [1], shuffles=2)["least"].tolist() == [3]


def crowd(seed: int, spread: float = 0.0) -> pd.DataFrame:
    """Return a crowd without any coordination, of which some are faster than others."""
    random = np.random.default_rng(seed)
    speed = np.exp(random.normal(0, spread, 200))
    rows = []
    for thing in range(150):
        who = random.choice(200, 15, replace=False)
        after = random.exponential(3600, 15) / speed[who]
        rows += [(thing, account, int(time)) for account, time in zip(who, after, strict=True)]
    return pd.DataFrame(rows, columns=["thing", "account", "after"])


def test_classes_of_speed_hold_as_many_accounts_and_the_fastest_come_first() -> None:
    shares = pd.DataFrame(
        [(1, 9, 5), (1, 8, 60), (1, 7, 700), (2, 9, 0), (2, 8, 900), (2, 6, 400)],
        columns=["thing", "account", "after"],
    )
    # Mean places among three: 1/6 for 9; 1/2 and 5/6 for 8; 5/6 for 7; 1/2 for 6.
    classes = coordination.speed_classes(shares, 2)
    found = dict(zip(shares["account"], classes, strict=True))
    assert found == {9: 0, 6: 0, 8: 1, 7: 1}
    assert set(coordination.speed_classes(shares, 1)) == {0}
    with pytest.raises(ValueError, match="at least one class"):
        coordination.speed_classes(shares, 0)


def test_a_crowd_of_fast_and_slow_accounts_is_no_coordination() -> None:
    shares = crowd(5, spread=1.0)
    alike = coordination.widening(shares, [600], (2,)).iloc[0]
    by_speed = coordination.widening(shares, [600], (2,), classes=3).iloc[0]
    assert alike["observed"] == by_speed["observed"] > alike["high"]
    assert by_speed["observed"] <= by_speed["high"]
