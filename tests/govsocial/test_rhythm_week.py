"""The hours of the week: known values, intervals of clusters, clocks, and what the chapter says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsocial import rhythm, tables
from govsocial.charts import office_hours
from govsocial.uncertainty import share

WEEKS = tables.load("posting_weeks").merge(tables.load("posting_zones"))
HOURS = tables.load("posting_hours").merge(tables.load("posting_zones"))


def weeks(*rows: tuple[int, int, int], account: str = "a") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["posts", "weekend", "office"])
    return frame.assign(account=account)


def test_shares_are_of_all_posts_and_not_means_of_weeks() -> None:
    known = weeks((10, 5, 1), (90, 5, 29))
    assert rhythm.weekend_share(known).value == pytest.approx(0.1)
    assert rhythm.office_hours_share(known).value == pytest.approx(0.3)


def test_weeks_that_are_all_alike_leave_no_doubt() -> None:
    assert rhythm.weekend_share(weeks(*[(7, 2, 3)] * 5)) == pytest.approx((2 / 7,) * 3)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=2, max_size=12))
def test_the_interval_holds_only_shares(rows: list[tuple[int, int]]) -> None:
    found = rhythm.weekend_share(weeks(*((max(n, k), k, 0) for n, k in rows)))
    assert 0 <= found.low <= found.high <= 1


def test_the_interval_of_independent_posts_is_about_wilson_s() -> None:
    random = np.random.default_rng(2012)
    counts = random.binomial(50, 0.2, size=200)
    found = rhythm.weekend_share(weeks(*((50, int(count), 0) for count in counts)))
    expected = share(int(counts.sum()), 50 * 200)
    assert found.high - found.low == pytest.approx(expected.high - expected.low, rel=0.15)


def test_posts_that_hang_together_widen_the_interval() -> None:
    bursts = weeks(*[(50, 50, 0)] * 10, *[(50, 0, 0)] * 40)
    found, naive = rhythm.weekend_share(bursts), share(500, 2500)
    assert found.high - found.low > 5 * (naive.high - naive.low)


@pytest.mark.parametrize(
    "wrong", [weeks(), weeks((3, 1, 1)), weeks((3, 4, 0), (3, 1, 0)), weeks((0, 0, 0), (1, 1, 0))]
)
def test_what_is_no_count_of_weeks_is_refused(wrong: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="week"):
        rhythm.weekend_share(wrong)


def test_every_account_counts_alike_in_a_mean() -> None:
    loud, quiet = weeks(*[(1000, 0, 0)] * 3), weeks(*[(2, 1, 0)] * 3, account="b")
    both = pd.concat([loud, quiet])
    assert rhythm.mean_share(both).value == pytest.approx(0.25)
    assert rhythm.mean_share(both, fixed=True) == pytest.approx((0.25, 0.25, 0.25))
    assert rhythm.mean_share(both).low == pytest.approx(0)
    with pytest.raises(ValueError, match="two"):
        rhythm.mean_share(loud)


def test_the_difference_finds_what_was_put_in() -> None:
    random = np.random.default_rng(2012)

    def group(mean: float) -> pd.DataFrame:
        shares = random.normal(mean, 0.03, size=12)
        return pd.concat(
            weeks(*((40, int(k), 0) for k in random.binomial(40, p, size=60)), account=str(n))
            for n, p in enumerate(shares)
        )

    found = rhythm.share_difference(group(0.25), group(0.12))
    assert found.low < 0.13 < found.high
    assert found.low > 0.08


def test_an_even_week_is_one_everywhere() -> None:
    even = pd.DataFrame(
        [("a", day, hour, 3) for day in range(1, 8) for hour in range(24)],
        columns=["account", "weekday", "hour", "posts"],
    )
    found = rhythm.hours_of_week(even)
    assert len(found) == 168
    assert found["ratio"].to_numpy() == pytest.approx(1)
    days = rhythm.typical_days(found)
    assert days["share"].to_numpy() == pytest.approx(1 / 168)
    lone = rhythm.hours_of_week(even.iloc[[30]])
    assert lone["ratio"].max() == pytest.approx(168)
    assert lone["share"].sum() == pytest.approx(1)


def test_a_day_of_posting_ends_at_four() -> None:
    rows = pd.DataFrame({"hour": [23, 1], "posts": [1, 1], "account": "a"})
    assert rhythm.mean_hours(rows, ["account"]).iloc[0] == pytest.approx(24.5)


def test_the_clock_of_winter_takes_the_summer_hour_back() -> None:
    rows = pd.DataFrame(
        {
            "account": "a",
            "season": ["winter", "summer", "summer"],
            "offset": [1, 2, 2],
            "hour": [9, 9, 0],
            "posts": [5, 5, 1],
        }
    )
    assert rhythm.winter_clock(rows)["hour"].to_list() == [9, 8, 23]


def test_whole_weeks_only() -> None:
    days = pd.Series(10, index=pd.date_range("2021-01-04", periods=14))
    assert rhythm.weekend_share_of_days(days) == pytest.approx((2 / 7,) * 3)
    with pytest.raises(ValueError, match="whole"):
        rhythm.weekend_share_of_days(days.iloc[:-1])


def test_a_span_keeps_accounts_with_enough_weeks() -> None:
    rows = rhythm.during(WEEKS, "2020-03-02", "2020-12-21", 30)
    assert rows["week"].min() >= pd.Timestamp("2020-03-02")
    assert rows.groupby("account").size().min() >= 30
    assert "BrazilGovNews" not in set(rows["account"])


def test_leaders_have_the_busier_weekend_in_every_country() -> None:
    kinds = {"leader": ["leader"], "ministries": ["health", "foreign"]}
    found = {
        name: rhythm.mean_shares(WEEKS[WEEKS["kind"].isin(some)], "country")["share"]
        for name, some in kinds.items()
    }
    more = (found["leader"] - found["ministries"]).dropna()
    assert len(more) == 8
    assert (more > 0).all()


def test_the_working_week_of_all_accounts() -> None:
    found = rhythm.working_week(WEEKS)
    assert len(found) == 52
    assert found["posts"].sum() == 276_495
    assert found["weekend"].between(found["weekend_low"], found["weekend_high"]).all()
    assert found.index[-1] == "socialstyrelsen"


def test_the_map_draws_every_hour_of_every_group() -> None:
    kinds = ("health", "leader")
    groups = {kind: rhythm.hours_of_week(HOURS[HOURS["kind"] == kind]) for kind in kinds}
    drawn = office_hours.maps(groups).drawn
    assert len(drawn) == 2 * 168
    assert drawn.groupby("group")["share"].sum().to_numpy() == pytest.approx(1)
