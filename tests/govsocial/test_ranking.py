"""Places in a ranking: rules for ties, composites, and ranges against known truth."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import dirichlet, rankdata

from govsocial import ranking, tables
from govsocial.ranking import share_of_field, tie_rules

FOUR = pd.DataFrame({"a": [1.0, 2.0, 2.0, 5.0], "b": [9.0, 7.0, 5.0, 3.0]}, index=list("wxyz"))


def test_the_share_of_a_field_at_a_place_or_above() -> None:
    assert share_of_field(1, 4) == 0.25
    assert share_of_field(4, 4) == 1


@pytest.mark.parametrize(("place", "countries"), [(0, 5), (6, 5), (1, 0)])
def test_a_place_outside_the_field_is_refused(place: int, countries: int) -> None:
    with pytest.raises(ValueError, match=f"no place {place} among {countries}"):
        share_of_field(place, countries)


def test_three_rules_for_ties() -> None:
    places = tie_rules(pd.Series([10, 20, 20, 30], index=list("abcd")))
    assert places["best"].tolist() == [1, 2, 2, 4]
    assert places["worst"].tolist() == [1, 3, 3, 4]
    assert places["dense"].tolist() == [1, 2, 2, 3]
    assert places.index.tolist() == list("abcd")


def test_one_country_is_first_and_last_and_an_empty_field_stays_empty() -> None:
    assert tie_rules(pd.Series([7])).iloc[0].tolist() == [1, 1, 1]
    assert tie_rules(pd.Series(dtype=int)).empty


@given(st.lists(st.integers(1, 12), min_size=1, max_size=40))
def test_the_rules_are_scipys_and_dense_is_never_worse(ranks: list[int]) -> None:
    places = tie_rules(pd.Series(ranks))
    methods: dict[str, Literal["min", "max", "dense"]]
    methods = {"best": "min", "worst": "max", "dense": "dense"}
    for column, method in methods.items():
        assert places[column].tolist() == rankdata(ranks, method=method).tolist()
    assert (places["dense"] <= places["best"]).all()
    assert (places["best"] <= places["worst"]).all()


def test_the_rule_for_ties_moves_russia_by_many_places_in_2012() -> None:
    edition = tables.load("egdi_ranks").query("edition == 2012").set_index("iso3")
    russia = tie_rules(edition["epi_rank"]).loc["RUS"]
    assert list(russia) == [19, 21, 8]


def test_three_scales_of_known_values() -> None:
    assert ranking.normalise(FOUR, "min-max")["a"].tolist() == [0, 0.25, 0.25, 1]
    assert_allclose(ranking.normalise(FOUR, "rank")["a"], [0, 0.5, 0.5, 1])
    assert_allclose(
        ranking.normalise(FOUR, "z")["b"], [1.341641, 0.447214, -0.447214, -1.341641], 1e-6
    )


def test_values_that_rank_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        ranking.normalise(FOUR.replace(9, np.nan))
    with pytest.raises(ValueError, match="the same value everywhere: b"):
        ranking.normalise(FOUR.assign(b=1))


def test_a_composite_is_the_weighted_mean_whatever_the_weights_sum_to() -> None:
    weights: pd.Series[Any] = pd.Series({"b": 1, "a": 3})
    assert ranking.composite(FOUR, weights).tolist() == [3, 3.25, 2.75, 4.5]
    assert_allclose(ranking.composite(FOUR, weights / 4), ranking.composite(FOUR, weights))


@pytest.mark.parametrize(
    "weights", [{"a": 1}, {"a": 1, "b": -1}, {"a": 0, "b": 0}, {"a": 1, "b": np.nan}]
)
def test_weights_that_do_not_fit_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        ranking.composite(FOUR, pd.Series(weights, dtype=float))


def test_a_country_without_a_score_has_no_place() -> None:
    scores = FOUR.astype(float)
    weights = ranking.equal_weights(scores)
    with pytest.raises(ValueError, match="no scores of"):
        ranking.places_of(scores, weights, [scores.index[0], "Atlantis"], 5)
    scores.iloc[0, 1] = np.nan
    for call in (ranking.composite, ranking.places_over_weights):
        with pytest.raises(ValueError, match="scores: 1 of 8 values are missing"):
            call(scores, weights)


def test_ties_share_the_best_place_and_rounding_makes_no_difference() -> None:
    assert ranking.places(pd.Series([0.1 + 0.2, 0.3, 0.5])).tolist() == [2, 2, 1]


def test_places_by_each_scale() -> None:
    found = ranking.by_scale(pd.DataFrame({"a": [0.0, 1.0, 10.0], "b": [3.0, 4.0, 0.0]}))
    assert found["rank"].tolist() == [3, 1, 2]
    assert found["min-max"].tolist() == [3, 1, 2]
    assert set(found.columns) == {"min-max", "rank", "z"}


@given(st.lists(st.integers(0, 10), min_size=2, max_size=7).filter(any))
def test_random_weights_sum_to_one_and_unused_indicators_stay_unused(given: list[int]) -> None:
    weights = pd.Series(given) / sum(given)
    drawn = ranking.random_weights(weights, 20)
    assert_allclose(drawn.sum(axis=1), 1)
    assert (drawn[:, weights == 0] == 0).all() and (drawn >= 0).all()


def test_random_weights_have_the_moments_of_their_dirichlet_distribution() -> None:
    weights = pd.Series([0.5, 0.3, 0.2])
    drawn = ranking.random_weights(weights, 40_000)
    truth = dirichlet([1.5, 0.9, 0.6])
    assert_allclose(drawn.mean(axis=0), truth.mean(), atol=0.01)
    assert_allclose(drawn.var(axis=0), truth.var(), atol=0.005)


def test_a_country_ahead_in_everything_is_first_under_all_weights() -> None:
    scores = pd.DataFrame({"a": [3, 2, 1, 0], "b": [9, 2, 1, 3], "c": [5, 4, 3, 0]})
    drawn = ranking.places_over_weights(scores, ranking.equal_weights(scores), 300)
    assert drawn.loc[0].eq(1).all()
    assert (drawn.loc[1] < drawn.loc[2]).all()
    assert drawn.loc[3].nunique() > 1


def test_two_indicators_swap_two_countries_in_half_of_the_draws() -> None:
    scores = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]})
    drawn = ranking.places_over_weights(scores, ranking.equal_weights(scores), 20_000)
    assert_allclose(drawn.loc[0].eq(1).mean(), 0.5, atol=0.02)


def test_the_places_of_a_few_are_those_among_all() -> None:
    """Also with ties, and where the draws are more than are counted at once."""
    values = np.random.default_rng(1).integers(5, size=(30, 3)).astype(float)
    names = [str(number) for number in range(30)]
    scores = ranking.normalise(pd.DataFrame(values, names, columns=list("abc")))
    weights = ranking.equal_weights(scores)
    every = ranking.places_over_weights(scores, weights, 1300)
    few = ["7", "3"]
    assert ranking.places_of(scores, weights, few, 1300).equals(every.loc[few])
    close = pd.DataFrame({"a": [0.50000000007, 0.50000000003, 0.50000000001]}, list("xyz"))
    alone = ranking.equal_weights(close)
    assert ranking.places_of(close, alone, list(close.index), 5)[0].tolist() == [1, 2, 2]
    assert ranking.places_over_weights(close, alone, 5)[0].tolist() == [1, 2, 2]


@given(st.floats(0.05, 0.95))
def test_the_reliability_of_two_parallel_tests_is_spearman_and_browns(r: float) -> None:
    x, y = np.array([1, 1, -1, -1]), np.array([1, -1, 1, -1])
    scores = pd.DataFrame({"a": x, "b": r * x + np.sqrt(1 - r**2) * y})
    found = ranking.composite_reliability(
        scores, ranking.equal_weights(scores), pd.Series({"a": r, "b": r})
    )
    assert_allclose(found, 2 * r / (1 + r))


def test_impossible_reliabilities_are_refused() -> None:
    weights = ranking.equal_weights(FOUR)
    for wrong in ({"a": 0.5}, {"a": 0.5, "b": 0.0}, {"a": 0.5, "b": 1.1}):
        with pytest.raises(ValueError, match="reliabilities"):
            ranking.composite_reliability(FOUR, weights, pd.Series(wrong))
    opposed = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.1, 1.0]})
    with pytest.raises(ValueError, match="nothing but error"):
        ranking.composite_reliability(
            opposed, ranking.equal_weights(opposed), pd.Series({"a": 0.5, "b": 0.5})
        )


def test_without_error_there_is_one_place() -> None:
    weights = ranking.equal_weights(FOUR)
    drawn = ranking.places_over_error(FOUR, weights, pd.Series({"a": 1.0, "b": 1.0}), 5)
    assert drawn.nunique(axis=1).eq(1).all()
    assert drawn[0].tolist() == ranking.places(ranking.composite(FOUR, weights)).tolist()


def test_ranges_over_error_catch_the_true_places_of_a_simulated_world() -> None:
    random = np.random.default_rng(7)
    reliability = {"a": 0.6, "b": 0.8, "c": 0.7}
    truth = random.normal(size=193)
    scores = pd.DataFrame(
        {
            name: truth + random.normal(scale=np.sqrt((1 - r) / r), size=193)
            for name, r in reliability.items()
        }
    )
    weights = ranking.equal_weights(scores)
    drawn = ranking.places_over_error(scores, weights, pd.Series(reliability), 1000)
    ranges = ranking.place_intervals(drawn)
    place = ranking.places(pd.Series(truth))
    assert 0.92 <= place.between(ranges["low"], ranges["high"]).mean() <= 0.99


def test_the_middle_of_known_draws() -> None:
    drawn = pd.DataFrame([range(1, 101), [7] * 100])
    found = ranking.place_intervals(drawn, 0.9)
    assert list(found.loc[0]) == [6, 95] and list(found.loc[1]) == [7, 7]


def test_leaving_one_of_two_out_leaves_the_other() -> None:
    found = ranking.leave_one_out(FOUR, pd.Series({"a": 0.9, "b": 0.1}))
    assert found["a"].tolist() == [1, 2, 3, 4]
    assert found["b"].tolist() == [4, 2, 2, 1]


def test_orders_are_firm_where_ranges_do_not_touch() -> None:
    place = pd.Series([1, 2, 3], index=list("abc"))
    drawn = pd.DataFrame([[1, 2] * 50, [2, 1] * 50, [3, 3] * 50], index=list("abc"))
    found = ranking.firm_orders(place, drawn, width=1).set_index("apart")
    assert found.loc[1, "pairs"] == 2 and found.loc[1, "firm"] == 0.5
    assert found.loc[2, "firm"] == 1


def test_partners_give_each_other_their_reliability_and_the_rest_the_mean() -> None:
    random = np.random.default_rng(1)
    scores = pd.DataFrame(random.normal(size=(60, 5)), columns=list("abcde")).add(
        random.normal(size=60), axis=0
    )
    found = ranking.reliabilities(scores, [("a", "b"), ("c", "d")], 100)["value"]
    spearman = scores.corr("spearman")
    assert_allclose(found[["a", "c"]], [spearman["b"]["a"], spearman["d"]["c"]])
    assert found["a"] == found["b"]
    assert_allclose(found["e"], (found["a"] + found["c"]) / 2)
    whole = ranking.reliabilities(scores, [("a", "b"), ("c", "d")], 100)
    assert whole.loc["e", ["low", "high"]].isna().all()  # the mean of bounds bounds nothing
    assert (whole.loc["a", "low"] < found["a"]) and (found["a"] < whole.loc["a", "high"])


def test_the_three_criteria_of_known_accounts() -> None:
    accounts = pd.DataFrame(
        {
            "account": ["few", "big", "kind"],
            "popularity_place": [3.0, 1.0, 2.0],
            "own_posts": [10, 100, 80],
            "replies": [10, 0, 20],
            "cited_by": [1, 9, 2],
        }
    )
    found = ranking.criteria(accounts)
    assert found.index.tolist() == ["big", "kind"]
    assert list(found.loc["kind"]) == [-2, 0.25, 2]


def test_agreement_names_every_pair_once() -> None:
    values = pd.DataFrame({"a": range(30), "b": range(30, 60), "c": range(30, 0, -1)})
    found = ranking.agreement(values.astype(float), 50)
    assert found[["first", "second"]].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert_allclose(found["value"], [1, -1, -1])


def test_the_uns_weights_come_close_to_the_uns_ranks() -> None:
    """Places instead of standardised scores: the same order but for a few countries."""
    inputs = tables.load("country_index_inputs").query("edition == 2022").set_index("iso3")
    scores = ranking.normalise(
        -inputs[["online_services", "infrastructure", "human_capital"]].astype(float)
    )
    ours = ranking.places(ranking.composite(scores, ranking.equal_weights(scores)))
    published = tables.load("egdi_ranks").query("edition == 2022").set_index("iso3")["egdi_rank"]
    assert ours.astype(float).corr(published.astype(float)) > 0.99


def test_editions_are_ranked_one_by_one() -> None:
    inputs = tables.load("country_index_inputs")
    found = ranking.over_editions(inputs, ["online_services", "infrastructure"], ["RUS", "ITA"], 20)
    scores = ranking.normalise(
        -inputs.query("edition == 2012")
        .set_index("iso3")[["online_services", "infrastructure"]]
        .astype(float)
    )
    alone = ranking.places(ranking.composite(scores, ranking.equal_weights(scores)))
    assert found.query("edition == 2012").set_index("iso3")["place"].equals(alone[["RUS", "ITA"]])
    assert (found["low"] <= found["high"]).all() and len(found) == 12 * 2
