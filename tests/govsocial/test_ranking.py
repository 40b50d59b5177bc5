"""Places in a ranking, under every rule for ties."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from govsocial import tables
from govsocial.ranking import tie_rules, top_share


def test_the_share_of_a_field_at_a_place_or_above() -> None:
    assert top_share(1, 4) == 0.25
    assert top_share(4, 4) == 1


@pytest.mark.parametrize(("place", "countries"), [(0, 5), (6, 5), (1, 0)])
def test_a_place_outside_the_field_is_refused(place: int, countries: int) -> None:
    with pytest.raises(ValueError, match=f"no place {place} among {countries}"):
        top_share(place, countries)


def test_three_rules_for_ties() -> None:
    places = tie_rules(pd.Series([10, 20, 20, 30], index=list("abcd")))
    assert places["best"].tolist() == [1, 2, 2, 4]
    assert places["worst"].tolist() == [1, 3, 3, 4]
    assert places["dense"].tolist() == [1, 2, 2, 3]
    assert places.index.tolist() == list("abcd")


def test_one_country_is_first_and_last_and_an_empty_field_stays_empty() -> None:
    assert tie_rules(pd.Series([7])).iloc[0].tolist() == [1, 1, 1]
    assert tie_rules(pd.Series([], dtype="int64")).empty


@given(st.lists(st.integers(1, 12), min_size=1, max_size=40))
def test_the_rules_are_scipys_and_dense_is_never_worse(ranks: list[int]) -> None:
    places = tie_rules(pd.Series(ranks))
    for column, method in (("best", "min"), ("worst", "max"), ("dense", "dense")):
        assert places[column].tolist() == rankdata(ranks, method=method).tolist()
    assert (places["dense"] <= places["best"]).all()
    assert (places["best"] <= places["worst"]).all()


def test_the_rule_for_ties_moves_russia_by_many_places_in_2012() -> None:
    edition = tables.load("egdi_ranks").query("edition == 2012").set_index("iso3")
    russia = tie_rules(edition["epi_rank"]).loc["RUS"]
    assert russia.tolist() == [19, 21, 8]
