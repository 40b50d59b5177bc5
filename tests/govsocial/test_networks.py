"""Networks whose answers are known: who is named, what chance gives, what comes back."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from govsocial import hashtags, networks

MENTIONS = pd.DataFrame(
    [
        ("a", "AAA", "b", "BBB", 2015, 3),
        ("b", "BBB", "a", "AAA", 2016, 1),
        ("c", "CCC", "a", "AAA", 2016, 2),
        ("d", "AAA", "a", "AAA", 2016, 9),
    ],
    columns=["source", "source_home", "target", "target_home", "year", "mentions"],
)
ACCOUNTS = pd.DataFrame({"account": list("abcd"), "home": ["AAA", "BBB", "CCC", "AAA"]})


def ring(size: int) -> pd.DataFrame:
    return pd.DataFrame({"source": range(size), "target": [(i + 1) % size for i in range(size)]})


def test_a_graph_adds_pairs_and_leaves_out_loops() -> None:
    graph = networks.graph(pd.concat([MENTIONS, MENTIONS]), "source_home", "target_home")
    assert set(graph.edges) == {("AAA", "BBB"), ("BBB", "AAA"), ("CCC", "AAA")}
    assert graph["AAA"]["BBB"]["mentions"] == 6


def test_only_foreign_accounts_count() -> None:
    found = networks.from_abroad(MENTIONS, ACCOUNTS).set_index("account")
    assert found.loc["a", "mentioned_by"] == 2 and found.loc["a", "others"] == 2
    assert found.loc["d", "mentioned_by"] == 0 and found.loc["d", "mentions"] == 0
    assert (found["low"] <= found["value"]).all() and (found["value"] <= found["high"]).all()


def test_up_to_four_countries_by_year() -> None:
    years = ACCOUNTS.merge(pd.DataFrame({"year": [2015, 2016]}), how="cross")
    found = networks.over_years(MENTIONS, years, ["AAA"]).set_index("year")
    assert found["mentioned_by"].to_dict() == {2015: 0, 2016: 2}
    assert found["others"].tolist() == [2, 2]
    with pytest.raises(ValueError, match="up to 4"):
        networks.over_years(MENTIONS, years, list("abcde"))
    with pytest.raises(ValueError, match="no account of XXX"):
        networks.over_years(MENTIONS, years, ["XXX"])


def test_the_view_from_home_counts_both_ways() -> None:
    found = networks.home_view(MENTIONS, "AAA").set_index("home")
    assert found.loc["BBB"].tolist() == [3, 1] and found.loc["CCC"].tolist() == [0, 2]
    assert networks.home_view(MENTIONS, "XXX").empty


def test_two_camps_are_found_and_a_random_network_is_not() -> None:
    camps = pd.Series(["x"] * 20 + ["y"] * 20)
    inside = pd.DataFrame([(i, j) for i in range(20) for j in range(20) if i != j])
    both = pd.concat([inside, inside + 20]).set_axis(["source", "target"], axis=1)
    test = networks.same_label(both, camps, shuffles=200)
    assert test.observed == 1 and test.p == pytest.approx(1 / 201)
    # Labels that alternate along a ring are as unlike as can be.
    ends = networks.same_label(ring(40), pd.Series(["x", "y"] * 20), shuffles=200)
    assert ends.observed == 0 and ends.p == 1
    assert test.shuffled.mean() == pytest.approx(19 / 39, abs=0.01)


def test_the_test_agrees_with_assortativity() -> None:
    graph = nx.gnp_random_graph(60, 0.1, seed=1, directed=True)
    camps = pd.Series(np.random.default_rng(1).choice(["x", "y"], 60))
    nx.set_node_attributes(graph, camps.to_dict(), "camp")
    pairs = pd.DataFrame(list(graph.edges), columns=["source", "target"])
    mixing = nx.attribute_mixing_matrix(graph, "camp")
    assert networks.same_label(pairs, camps, shuffles=10).observed == pytest.approx(mixing.trace())


def test_shuffles_within_groups_keep_what_the_groups_explain() -> None:
    camps = pd.Series(["x"] * 10 + ["y"] * 10)
    test = networks.same_label(ring(20), camps, within=camps, shuffles=50)
    assert set(test.shuffled) == {test.observed} and test.p == 1


def test_a_test_needs_links_and_labels() -> None:
    with pytest.raises(ValueError, match="needs links"):
        networks.same_label(ring(0), pd.Series(["x"]))
    with pytest.raises(ValueError, match="label for each"):
        networks.same_label(ring(3), pd.Series(["x", "y"]))


def test_rates_of_links_and_of_returned_links() -> None:
    members = pd.DataFrame({"party": list("xxyy")})
    links = pd.DataFrame([(0, 1), (1, 0), (0, 2), (3, 2)], columns=["source", "target"])
    found = networks.link_rates(links, members, ["party"], resamples=50).set_index("party")
    assert found.loc[True, ["pairs", "links", "backed", "returned"]].tolist() == [4, 3, 3, 2]
    assert found.loc[False, ["pairs", "links", "backed", "returned"]].tolist() == [8, 1, 1, 0]
    assert found.loc[True, "value"] == pytest.approx(3 / 4)
    assert found.loc[True, "back_value"] == pytest.approx(2 / 3)


def test_newcomers_are_told_from_change() -> None:
    # Everybody keeps the habit; those who arrive later tag more.
    rows = [(f"old{i}", year, 100, 10) for i in range(6) for year in (2012, 2013)]
    rows += [(f"new{i}", 2013, 100, 50) for i in range(6)]
    years = pd.DataFrame(rows, columns=["account", "year", "own_posts", "tagged"])
    table = hashtags.shares(years)
    found = hashtags.by_year(table).set_index("year")
    assert found.loc[2013, "value"] == pytest.approx(0.3) and found.loc[2013, "step"] == 0
    assert hashtags.change(table, 2012, 2013).tolist() == [0] * 6
    assert hashtags.shares(years, least=200).empty
