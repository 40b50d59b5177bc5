"""The hours of the week: known values, intervals of clusters, clocks, and what the chapter says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

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


@given(st.lists(st.tuples(st.integers(2, 40), st.integers(1, 39)), min_size=2, max_size=30))
def test_the_interval_holds_only_shares(rows: list[tuple[int, int]]) -> None:
    found = rhythm.weekend_share(weeks(*((max(n, k + 1), k, 0) for n, k in rows)))
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
    ("wrong", "message"),
    [
        (weeks(), "denominator|at least two"),
        (weeks((3, 1, 1)), "at least two"),
        (weeks((3, 4, 0), (3, 1, 0)), "0 <= weekend <= posts"),
        (weeks((0, 0, 0), (1, 1, 0)), "posts > 0"),
    ],
)
def test_what_is_no_count_of_weeks_is_refused(wrong: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rhythm.weekend_share(wrong)


def test_stretches_are_of_eight_weeks_from_the_first() -> None:
    mondays = pd.to_datetime(["2020-01-06", "2020-02-24", "2020-03-02", "2020-04-27"])
    assert rhythm.stretches(pd.DataFrame({"week": mondays})).tolist() == [0, 0, 1, 2]


def test_neighbouring_weeks_that_are_alike_widen_the_interval() -> None:
    # Eight weeks of many weekend posts, eight of few, and so on.
    alternating = weeks(*([(50, 30, 0)] * 8 + [(50, 10, 0)] * 8) * 12)
    alternating["week"] = pd.date_range("2020-01-06", periods=192, freq="7D")
    alone = rhythm.weekend_share(alternating)
    together = rhythm.weekend_share(alternating, rhythm.stretches(alternating))
    assert together.value == alone.value == 0.4
    # 24 stretches instead of 192 weeks vary: wider by the square root of eight.
    width = (together.high - together.low) / (alone.high - alone.low)
    assert width == pytest.approx(np.sqrt(8), rel=0.1)


def test_an_account_is_held_against_an_even_week_with_its_neighbours_counted() -> None:
    rows = {"even": (20, 22, 18, 21, 19), "less": (14, 13, 12, 15, 16)}
    found = rhythm.working_week(
        pd.concat(
            weeks(*((70, k, 10) for k in counts for _week in range(8)), account=name)
            .assign(week=pd.date_range("2020-01-06", periods=40, freq="7D"))
            .sample(frac=1, random_state=1)
            for name, counts in rows.items()
        )
    )
    assert found.index.tolist() == ["even", "less"]
    assert found.loc["less", "weekend"] == 0.2 and found.loc["even", "office"] == 1 / 7
    assert found["pvalue"]["less"] < 0.02 and found["pvalue"]["even"] == pytest.approx(1)
    assert (found["weeks"] == 40).all() and (found["posts"] == 2800).all()


def test_the_mean_of_fixed_accounts_has_the_uncertainty_of_their_weeks() -> None:
    day = pd.date_range("2020-01-06", periods=3, freq="56D")
    two = pd.concat(
        weeks(*((10, k, 0) for k in counts), account=name).assign(week=day)
        for name, counts in {"a": (1, 2, 3), "b": (3, 5, 7)}.items()
    )
    # Shares 0.2 and 0.5; variances 3/2 * 2 / 900 and 3/2 * 8 / 900, each of two degrees.
    one, other = 3 / 900, 12 / 900
    degrees = (one + other) ** 2 / (one**2 / 2 + other**2 / 2)
    reach = stats.t.ppf(0.975, degrees) * np.sqrt(one + other) / 2
    found = rhythm.mean_share(two, fixed=True)
    assert found == pytest.approx((0.35, 0.35 - reach, 0.35 + reach))


def test_fixed_accounts_need_two_stretches_of_weeks() -> None:
    day = pd.date_range("2020-01-06", periods=8, freq="7D")
    short = weeks(*[(10, 3, 0)] * 8, account="a").assign(week=day)
    with pytest.raises(ValueError, match="at least two units"):
        rhythm.mean_share(short, fixed=True)


def test_the_p_value_of_a_few_stretches_is_students() -> None:
    day = pd.date_range("2020-01-06", periods=5, freq="56D")
    rows = weeks(*((70, k, 10) for k in (14, 8, 19, 12, 15)), account="a").assign(week=day)
    found = rhythm.working_week(rows).iloc[0]
    # By hand, on the logit scale: 68 of 350 in five stretches, four degrees of freedom.
    parts = np.array([14, 8, 19, 12, 15])
    value = 68 / 350
    error = np.sqrt(5 / 4 * ((parts - 70 * value) ** 2).sum()) / 350
    odds = np.log(value / (1 - value))
    bounds = odds + 2.7764451 * error / (value * (1 - value)) * np.array([-1, 1])
    low, high = 1 / (1 + np.exp(-bounds))
    assert tuple(found[["weekend_low", "weekend_high"]]) == pytest.approx((low, high))
    errors = (2 / 7 - value) / (high - value) * 2.7764451
    assert found["pvalue"] == pytest.approx(2 * stats.t.sf(errors, 4))


def test_every_account_counts_alike_in_a_mean() -> None:
    loud, quiet = weeks(*[(1000, 0, 0)] * 3), weeks(*[(2, 1, 0)] * 3, account="b")
    both = pd.concat([loud, quiet])
    assert rhythm.mean_share(both).value == pytest.approx(0.25)
    with pytest.raises(ValueError, match="two"):
        rhythm.mean_share(loud)


def test_the_mean_of_three_accounts_has_student_s_interval() -> None:
    three = pd.concat(
        weeks((10, k, 0), (30, 3 * k, 0), account=name)
        for name, k in zip("abc", (1, 2, 6), strict=True)
    )
    # Shares of 0.1, 0.2, 0.6: mean 0.3, deviation sqrt(0.07); Student's 97.5% of 2 degrees 4.3027.
    reach = 4.3027 * np.sqrt(0.07 / 3)
    assert rhythm.mean_share(three) == pytest.approx((0.3, 0.3 - reach, 0.3 + reach), abs=1e-4)
    assert rhythm.account_shares(three).to_dict() == pytest.approx({"a": 0.1, "b": 0.2, "c": 0.6})


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
    assert rhythm.mean_hours(rows, ["account"], dawn=0).iloc[0] == pytest.approx(12.5)


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


def test_the_weekend_is_saturday_and_sunday() -> None:
    # All posts of the week at noon: 1 on Monday, 9 on Saturday, none else.
    rows = pd.DataFrame({"weekday": [1, 6], "hour": 12, "posts": [1, 9], "account": "a"})
    days = rhythm.typical_days(rhythm.hours_of_week(rows)).set_index(["weekend", "hour"])["share"]
    # An average working day has a fifth of the tenth, a day of the weekend half of the rest.
    assert days[(False, 12)] == pytest.approx(0.02) and days[(True, 12)] == pytest.approx(0.45)
    assert days.sum() == pytest.approx(0.47)


def test_the_even_shares_of_a_week_are_counted_by_hour() -> None:
    hours = [(day, hour) for day in range(7) for hour in range(24)]
    office = [day < 5 and 9 <= hour < 17 for day, hour in hours]
    assert pytest.approx(np.mean(office)) == rhythm.OFFICE_EVEN
    assert pytest.approx(np.mean([day >= 5 for day, _hour in hours])) == rhythm.WEEKEND_EVEN


def test_twenty_weeks_are_enough_unless_said_otherwise() -> None:
    rows = pd.concat(
        pd.DataFrame({"week": pd.date_range("2020-01-06", periods=n, freq="7D"), "account": name})
        for name, n in {"a": 19, "b": 20}.items()
    )
    assert set(rhythm.during(rows, "2020-01-06", "2020-12-28")["account"]) == {"b"}
