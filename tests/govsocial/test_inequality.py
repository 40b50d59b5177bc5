"""Inequality measures against known vectors, tails against published and simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import powerlaw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsocial import inequality, tables
from govsocial.uncertainty import bootstrap, share

VALUES = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


def test_gini_of_known_vectors() -> None:
    assert inequality.gini([5, 5, 5, 5]) == pytest.approx(0)
    assert inequality.gini([0, 0, 0, 8]) == pytest.approx(3 / 4)
    # By hand: mean absolute difference 10/9, divided by twice the mean, 4.
    assert inequality.gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert inequality.gini([7]) == 0


def test_gini_of_an_exponential_is_one_half_and_of_a_pareto_follows_its_exponent() -> None:
    places = (np.arange(100_000) + 0.5) / 100_000
    assert inequality.gini(stats.expon.ppf(places)) == pytest.approx(0.5, abs=1e-3)
    assert inequality.gini(stats.pareto(3).ppf(places)) == pytest.approx(1 / 5, abs=1e-3)


@given(VALUES)
def test_gini_is_the_mean_absolute_difference(values: list[int]) -> None:
    x = np.array(values, dtype=float)
    expected = np.abs(x[:, None] - x).mean() / (2 * x.mean())
    assert inequality.gini(x) == pytest.approx(expected, abs=1e-9)


@given(VALUES, st.integers(2, 5), st.floats(0.1, 100))
def test_gini_knows_neither_unit_nor_copies(values: list[int], copies: int, unit: float) -> None:
    x = np.array(values, dtype=float)
    once = inequality.gini(x)
    assert inequality.gini(x * unit) == pytest.approx(once, abs=1e-9)
    assert inequality.gini(x, np.full(len(x), copies)) == pytest.approx(once, abs=1e-9)


@given(VALUES)
def test_the_lorenz_curve_rises_below_the_diagonal(values: list[int]) -> None:
    curve = inequality.lorenz(values)
    assert curve.iloc[0].tolist() == [0, 0] and curve.iloc[-1].tolist() == pytest.approx([1, 1])
    assert (curve["total"].diff().dropna() >= 0).all()
    assert (curve["total"] <= curve["cases"] + 1e-12).all()


def test_the_top_share_of_known_vectors() -> None:
    assert inequality.top_share([1, 1, 1, 7], part=0.25) == pytest.approx(0.7)
    assert inequality.top_share([1, 1, 1, 7], part=0.5) == pytest.approx(0.8)
    assert inequality.top_share([2, 2], [3, 1], part=0.1) == pytest.approx(0.1)
    assert inequality.top_share([3, 9], part=1) == pytest.approx(1)
    # Without a part, the top hundredth: two of these 200 cases.
    assert inequality.top_share([1] * 199 + [101]) == pytest.approx((101 + 1) / 300)
    with pytest.raises(ValueError, match="between 0 and 1, not 5"):
        inequality.top_share([1, 2], part=5)


def test_at_least_counts_ties_together() -> None:
    found = inequality.ccdf([3, 1, 3, 0])
    assert found["value"].tolist() == [0, 1, 3]
    assert found["share"].tolist() == [1, 0.75, 0.5]
    assert inequality.ccdf([1, 2, 3], [5, 2, 1])["share"].tolist() == [1, 3 / 8, 1 / 8]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "no cases, or all have zero"),
        ([0, 0], "no cases, or all have zero"),
        ([1, -1], "known and not negative"),
        ([1, float("nan")], "values: 1 of 2 values are missing or infinite"),
        ([1, float("inf")], "values: 1 of 2 values are missing or infinite"),
    ],
)
def test_values_that_cannot_be_shared_are_refused(values: list[float], message: str) -> None:
    for measure in (inequality.lorenz, inequality.gini, inequality.top_share, inequality.ccdf):
        with pytest.raises(ValueError, match=message):
            measure(values)


def test_values_and_counts_have_one_length() -> None:
    with pytest.raises(ValueError, match="not of one length"):
        inequality.gini([1, 2, 3], [1, 1])


def test_drawing_owners_sees_what_drawing_posts_does_not() -> None:
    """One owner has all the large values: the interval must reach down to the others'."""
    counts = np.array([[99.0, 1.0]] + [[100.0, 0.0]] * 9)
    found = inequality.clustered(inequality.gini, [1.0, 1000.0], counts, resamples=500)
    assert found.value == pytest.approx(inequality.gini([1, 1000], [999, 1]))
    assert found.low == pytest.approx(0) and found.high >= found.value


def test_one_owner_is_too_few() -> None:
    with pytest.raises(ValueError, match="at least two values"):
        inequality.clustered(inequality.gini, [1.0, 2.0], [[1, 1]])


def test_pooled_shares_by_group() -> None:
    frame = pd.DataFrame({"house": [*"AABB"], "part": [1, 25, 13, 39], "whole": [20, 32, 40, 120]})
    found = inequality.pooled_shares(frame, ["house"], "part", "whole").set_index("house")
    assert found["share"].tolist() == [0.5, 0.325] and found["accounts"].tolist() == [2, 2]
    assert found["high"]["A"] > 0.99 and found["low"]["A"] < 0.01
    assert list(found.loc["B", ["low", "high"]]) == pytest.approx([0.325, 0.325])
    # Wilson's interval, by SciPy, for 26 of 52 posts and for 52 of 160.
    for house, (count, total) in {"A": (26, 52), "B": (52, 160)}.items():
        posts = stats.binomtest(count, total).proportion_ci(method="wilson")
        assert list(found.loc[house, ["post_low", "post_high"]]) == pytest.approx([*posts])


def test_the_exponent_is_the_packages_and_comes_back_from_simulated_cases() -> None:
    rng = np.random.default_rng(7)
    cases = stats.zipf(2.5).rvs(20_000, random_state=rng)
    assert inequality.exponent(cases, start=1) == pytest.approx(2.5, abs=0.03)
    fit = inequality.tail(cases, start=1, laws=())
    assert inequality.exponent(cases, start=1) == pytest.approx(fit.exponent, abs=2e-3)
    with pytest.raises(ValueError, match="no case lies above 5"):
        inequality.exponent([1, 2, 5], start=5)


def test_the_words_of_moby_dick_have_the_published_tail() -> None:
    """Clauset, Shalizi and Newman (2009), table 6.1: 1.95 from 7 on, log-normal undecided."""
    words = np.asarray(powerlaw.load_test_dataset("words"))
    found = inequality.tail(words, start=7, laws=["lognormal"])
    assert found.exponent == pytest.approx(1.95, abs=0.005)
    assert found.cases == 2958
    assert found.against["lognormal"].pvalue > 0.1
    assert inequality.exponent(words, start=7) == pytest.approx(1.95, abs=0.005)


def test_the_start_of_a_tail_is_found_and_a_log_normal_told_from_a_power_law() -> None:
    rng = np.random.default_rng(7)
    body, law = rng.integers(1, 20, 4000), stats.zipf(2.2).rvs(40_000, random_state=rng)
    found = inequality.tail(np.r_[body, law[law >= 20]], laws=["lognormal"])
    assert 15 <= found.start <= 40
    assert found.exponent == pytest.approx(2.2, abs=0.15)
    assert found.against["lognormal"].pvalue > 0.05 or found.against["lognormal"].statistic > 0
    bent = inequality.tail(np.round(rng.lognormal(3, 1, 5000)) + 1, start=5, laws=["lognormal"])
    assert bent.against["lognormal"].statistic < -5 and bent.against["lognormal"].pvalue < 1e-6
    assert bent.curves["lognormal"].iloc[0] == pytest.approx(1)


@pytest.mark.slow
def test_a_cut_off_is_seen() -> None:
    values = np.arange(1, 150)
    counts = np.round(4e3 * values**-1.5 * np.exp(-values / 30)).astype(int)
    found = inequality.tail(values, counts, start=2, laws=["cutoff"])
    assert found.against["cutoff"].statistic < -3 and found.against["cutoff"].pvalue < 1e-6
    assert list(found.curves) == ["value", "power_law", "cutoff"]


def test_a_tail_needs_whole_numbers() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        inequality.tail([1.5, 2, 3])
    with pytest.raises(ValueError, match="whole numbers"):
        inequality.tail([1, 2, 3], [4, 1.5, 1])


def test_the_reply_ratio_of_few_posts() -> None:
    posts = pd.DataFrame(
        {
            "account": ["a"] * 5,
            "day": pd.to_datetime(["2017-01-02", "2017-01-30", "2017-02-07"] * 2)[:5],
            "replies": [1, 3, 9, 2, 1],
            "retweets": [2, 2, 9, 2, 2],
        }
    )
    months = inequality.reply_ratios(posts, least=2)
    assert months[["posts", "ratio"]].to_numpy().tolist() == [[4, 0.75]]
    spells = inequality.reply_ratio_spells(posts, ["2017-01-30"])
    # The first spell is of one week only, and so has no interval.
    assert spells.index.tolist() == [("a", 1)]
    assert spells.loc[("a", 1), "posts"] == 3
    assert spells.loc[("a", 1), "ratio"] == (1.0, 1.0, 1.0)
    assert spells["over"]["a", 1].value == pytest.approx(1 / 3)
    never = posts.assign(replies=0)
    assert inequality.reply_ratio_spells(never, ["2017-01-30"])["over"]["a", 1] == share(0, 3)


def test_posts_of_a_day_are_resampled_together() -> None:
    """Days of 20 equal posts: an interval that took posts for independent would be too narrow."""
    rng = np.random.default_rng(3)
    days = pd.date_range("2017-01-01", periods=31).repeat(20)
    posts = pd.DataFrame({"account": "a", "day": days, "retweets": 100})
    posts["replies"] = rng.integers(1, 100, 31).repeat(20)
    row = inequality.reply_ratios(posts).iloc[0]
    one_by_one = bootstrap(np.median, posts["replies"] / 100)
    assert row["ratio"] == one_by_one.value
    assert row["high"] - row["low"] > 2 * (one_by_one.high - one_by_one.low)


def test_a_month_of_ten_posts_counts_and_one_of_nine_does_not() -> None:
    days = pd.to_datetime(["2017-01-02", "2017-01-03"] * 5 + ["2017-02-07", "2017-02-08"] * 5)
    posts = pd.DataFrame({"account": "a", "day": days, "replies": 1, "retweets": 2}).iloc[:-1]
    assert inequality.reply_ratios(posts)["posts"].tolist() == [10]


def test_growth_per_month_takes_the_length_of_the_periods() -> None:
    pages = pd.DataFrame({"kind": ["x", "x", "y"], "old": [12, 12, 48], "new": [3, 9, 3]})
    found = inequality.monthly_growth(pages, "old", "new", (24, 6)).set_index("kind")
    assert found["growth"].tolist() == [2, 0.25]
    assert found[["low", "high"]].isna().all(axis=None)
    many = pd.concat([pages[:2]] * 10)
    (row,) = inequality.monthly_growth(many, "old", "new", (24, 6)).to_dict("records")
    assert (row["before"], row["after"], row["growth"], row["pages"]) == (10, 20, 2, 20)
    assert 1 < row["low"] < 2 < row["high"] < 3


def test_classes_lose_next_to_nothing() -> None:
    counts = tables.load("congress_retweet_counts")
    own = counts[counts["kind"] != "passed_on"].groupby("retweets")["posts"].sum()
    values, bundles = inequality.classed(tables.load("congress_retweet_classes"), own)
    assert bundles.sum() == own.sum() and len(bundles) == 518
    assert values @ bundles.sum(axis=0) == pytest.approx(float(own.index.to_numpy() @ own))
    exact = inequality.gini(own.index, own)
    assert inequality.gini(values, bundles.sum(axis=0)) == pytest.approx(exact, abs=5e-4)


@pytest.mark.filterwarnings("ignore")
def test_nested_laws_are_compared_by_their_own_distribution() -> None:
    """A power law is a case of one with a cut-off: twice the difference is chi-squared."""
    cases = stats.zipf(2.2).rvs(400, random_state=np.random.default_rng(11))
    found = inequality.tail(cases, start=1)
    fit = powerlaw.Fit(cases, xmin=1, discrete=True, verbose=False)
    raw, _pvalue = fit.distribution_compare("power_law", "truncated_power_law")
    assert found.against["cutoff"].pvalue == pytest.approx(stats.chi2.sf(2 * abs(raw), 1), rel=1e-6)
    # Vuong's for laws that are not nested: normal, two-sided.
    vuong = found.against["lognormal"]
    assert vuong.pvalue == pytest.approx(2 * stats.norm.sf(abs(vuong.statistic)), rel=1e-6)


def test_an_exponent_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="not between 1 and 10"):
        inequality.exponent([1] * 100_000 + [2], start=1)
    with pytest.raises(ValueError, match="not between 1 and 10"):
        inequality.exponent([1e300] * 10, start=1)  # 1 + 1 / ln(1e300), next to the lower bound
