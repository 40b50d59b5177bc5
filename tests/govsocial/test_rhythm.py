"""The second hand: known values, the lower bound, evenness, and what the chapter says of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsocial import rhythm, tables
from govsocial.findings import tweet_clock as findings
from govsocial.uncertainty import add_shares

COUNTS = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_share_and_wilson_s_interval() -> None:
    # SciPy's own implementation of the interval as the reference.
    found = rhythm.first_seconds(43, 443)
    expected = stats.binomtest(43, 443).proportion_ci(method="wilson")
    assert found == pytest.approx((43 / 443, expected.low, expected.high))


def test_clockwork_of_known_mixtures() -> None:
    assert rhythm.clockwork(100, 1200).value == pytest.approx(0)
    assert rhythm.clockwork(250, 1000).value == pytest.approx(2 / 11)
    assert rhythm.clockwork(7, 7).value == pytest.approx(1)


@given(COUNTS)
def test_clockwork_is_a_lower_bound_of_the_share(counts: tuple[int, int]) -> None:
    bound, share = rhythm.clockwork(*counts), rhythm.first_seconds(*counts)
    rounding = 1e-12
    assert 0 <= bound.low <= bound.value + rounding
    assert bound.value <= bound.high + rounding <= 1 + rounding
    assert bound.value <= share.value + rounding


def test_clockwork_finds_the_share_that_was_timed() -> None:
    random = np.random.default_rng(2012)
    timed = random.random(50_000) < 0.3
    seconds = np.where(timed, random.integers(0, 5, 50_000), random.integers(0, 60, 50_000))
    bound = rhythm.clockwork(int((seconds < 5).sum()), 50_000)
    assert bound.low < 0.3 < bound.high


@pytest.mark.parametrize("counts", [(0, 0), (2, 1), (-1, 5)])
def test_impossible_counts_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="count"):
        rhythm.clockwork(*counts)


def test_evenness_of_known_counts() -> None:
    assert rhythm.evenness([10] * 60) == (0, 1, 59)
    # Two cells, 60 and 40 of 100: chi-squared 4 with one degree of freedom.
    found = rhythm.evenness([60, 40])
    assert found.statistic == pytest.approx(4)
    assert found.df == 1
    assert found.pvalue == pytest.approx(stats.chi2.sf(4, 1))


def test_evenness_of_no_posts_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one post"):
        rhythm.evenness(np.zeros(60))


def test_shares_of_an_empty_table() -> None:
    empty = pd.DataFrame({"part": [], "whole": []})
    assert list(add_shares(empty, "part", "whole")) == ["part", "whole", "share", "low", "high"]


def test_the_survey_puts_the_highest_share_first_and_orders_columns_by_second() -> None:
    rows = [("clock", s, 60 if s == 0 else 1) for s in range(60)]
    rows += [("hand", s, 5) for s in reversed(range(60))]
    found = rhythm.clock_survey(pd.DataFrame(rows, columns=["account", "second", "posts"]))
    assert found.index.tolist() == ["clock", "hand"]
    assert list(found.loc["clock", ["posts", "first"]]) == [119, 64]
    assert list(found.loc["hand", ["posts", "first"]]) == [300, 25]
    assert found.loc["hand", "pvalue"] == 1


def test_a_swing_needs_two_months_whose_intervals_part() -> None:
    monthly = pd.DataFrame(
        {
            "account": ["a", "a", "b", "b"],
            "low": [0.1, 0.5, 0.1, 0.2],
            "high": [0.2, 0.7, 0.3, 0.4],
        }
    )
    assert rhythm.swings(monthly).to_dict() == pytest.approx({"a": 0.3, "b": -0.1})


def test_the_two_busiest_accounts_are_flat() -> None:
    survey = rhythm.clock_survey(tables.load("posting_seconds"))
    for _name, row in survey.sort_values("posts").tail(2).iterrows():
        assert row["low"] < rhythm.EVEN < row["high"]
        assert row["pvalue"] > 0.05


def test_programs_without_a_scheduler_are_even_and_those_with_one_are_not() -> None:
    kinds = tables.load("congress_clients").set_index("client")["kind"]
    p_values = rhythm.clock_survey(tables.load("congress_client_seconds"), by="client")["pvalue"]
    assert (p_values[kinds[kinds == "hand"].index] > 0.05).all()
    assert (p_values[kinds[kinds == "tool"].index] < 1e-6).all()


def test_the_minutes_of_prompt_posts_are_round() -> None:
    minutes = tables.load("posting_minutes").set_index("minute")["first_five"]
    assert minutes.nlargest(4).index.tolist() == [0, 30, 15, 45]


def test_months_that_scatter_widen_the_interval_and_the_p_value() -> None:
    alike = [("calm", 120, k) for k in (20, 21, 19, 20, 20, 20)]
    apart = [("moody", 120, k) for k in (50, 2, 3, 48, 12, 5)]
    months = pd.DataFrame(alike + apart, columns=["account", "posts", "first_five"])
    found = rhythm.versus_even(months)
    # By hand: shares of 1/6, expected counts of 20; Pearson over five degrees of freedom.
    pearson = sum((k - 20) ** 2 for _name, _posts, k in apart) / (20 * 5 / 6)
    assert found.loc["moody", "dispersion"] == pytest.approx(pearson / 5)
    assert found.loc["calm", "dispersion"] == 1 and (found["posts"] == 720).all()
    assert found["share"].tolist() == pytest.approx([1 / 6, 1 / 6])
    assert tuple(found.loc["calm", ["share", "low", "high"]]) == rhythm.first_seconds(120, 720)
    assert found["pvalue"]["calm"] < 1e-6 < 0.05 < found["pvalue"]["moody"]


def test_the_least_share_timed_is_as_uncertain_as_the_share_it_follows_from() -> None:
    months = tables.load("posting_months")
    share = findings.versus_chance(months).loc["HHSGov", ["value", "low", "high"]].astype(float)
    found = findings.least_timed(months, "HHSGov")
    assert list(found) == pytest.approx(list((share - 1 / 12) / (11 / 12)))
    assert [round(bound, 2) for bound in found] == [0.56, 0.49, 0.62]


def test_the_p_value_of_months_that_scatter_is_students() -> None:
    rows = [("a", 120, k) for k in (50, 42, 63, 48, 52, 45)]
    found = rhythm.versus_even(pd.DataFrame(rows, columns=["account", "posts", "first_five"]))
    row = found.loc["a"]
    assert row["dispersion"] == pytest.approx(266 / 5 / (50 * 70 / 120))
    errors = (row["share"] - rhythm.EVEN) / (row["share"] - row["low"]) * stats.t.ppf(0.975, 5)
    assert row["pvalue"] == pytest.approx(2 * stats.t.sf(errors, 5))


@pytest.mark.parametrize("first", [[0, 0, 0], [3, 4, 5]])
@pytest.mark.filterwarnings("error")
def test_shares_of_none_and_of_all_do_not_scatter(first: list[int]) -> None:
    months = pd.DataFrame({"account": "a", "posts": [3, 4, 5], "first_five": first})
    row = rhythm.versus_even(months).loc["a"]
    assert row["dispersion"] == 1
    assert tuple(row[["share", "low", "high"]]) == rhythm.first_seconds(sum(first), 12)


def test_a_month_without_posts_is_refused() -> None:
    months = pd.DataFrame({"account": "a", "posts": [3, 4, 0], "first_five": [1, 2, 0]})
    with pytest.raises(ValueError, match="a: a month without posts"):
        rhythm.versus_even(months)


def test_evenness_needs_known_posts_in_several_seconds() -> None:
    for counts in ([5], [0, 0], [1, np.nan]):
        with pytest.raises(ValueError, match=r"at least one post|missing or infinite"):
            rhythm.evenness(counts)
