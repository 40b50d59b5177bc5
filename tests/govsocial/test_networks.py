"""Networks of mentions against small graphs whose answers are known, and against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govsocial import networks, tables

LABELS = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})


def links(*pairs: str) -> pd.DataFrame:
    """Links written as ``ab``: a mentions b."""
    frame = pd.DataFrame([list(pair) for pair in pairs], columns=["source", "target"], dtype=object)
    return frame.assign(mentions=1)


def abroad(*rows: tuple[str, str, str, str, int, int]) -> pd.DataFrame:
    columns = ["source", "source_home", "target", "target_home", "year", "mentions"]
    return pd.DataFrame(rows, columns=columns)


MENTIONS = abroad(
    ("a", "FRA", "b", "FRA", 2016, 50),
    ("a", "FRA", "c", "USA", 2016, 2),
    ("a", "FRA", "c", "USA", 2017, 1),
    ("b", "FRA", "c", "USA", 2017, 1),
    ("c", "USA", "d", "RUS", 2017, 4),
)
YEARS = pd.DataFrame(
    [
        ("a", "FRA", 2016),
        ("a", "FRA", 2017),
        ("b", "FRA", 2017),
        ("c", "USA", 2017),
        ("d", "RUS", 2016),
    ],
    columns=["account", "home", "year"],
)


def test_a_graph_adds_up_rows_and_drops_mentions_of_oneself() -> None:
    graph = networks.graph(MENTIONS, "source_home", "target_home")
    assert dict(graph.edges) == {("FRA", "USA"): {"mentions": 4}, ("USA", "RUS"): {"mentions": 4}}
    assert len(networks.graph(links("aa"))) == 0


def test_mentions_at_home_do_not_count_from_abroad() -> None:
    rows = networks.from_abroad(MENTIONS, YEARS).set_index("account")
    assert rows["mentioned_by"].to_dict() == {"c": 2, "d": 1, "a": 0, "b": 0}
    assert rows["mentions"].to_dict() == {"c": 1, "d": 0, "a": 1, "b": 1}
    assert rows["others"].to_dict() == {"c": 3, "d": 3, "a": 2, "b": 2}
    assert rows.index.tolist() == ["c", "d", "a", "b"]
    assert ((rows["low"] <= rows["value"]) & (rows["value"] <= rows["high"])).all()


def test_a_country_is_compared_with_the_foreign_accounts_of_the_year() -> None:
    rows = networks.over_years(MENTIONS, YEARS, ["USA", "FRA"]).set_index(["home", "year"])
    assert list(rows.loc[("USA", 2016), ["mentioned_by", "others"]]) == [1, 2]
    assert list(rows.loc[("USA", 2017), ["mentioned_by", "others"]]) == [2, 2]
    assert list(rows.loc[("FRA", 2017), ["mentioned_by", "others"]]) == [0, 1]


def test_four_countries_are_compared_at_most_and_only_known_ones() -> None:
    britain = pd.DataFrame([("e", "GBR", 2017)], columns=YEARS.columns)
    four = networks.over_years(MENTIONS, pd.concat([YEARS, britain]), ["USA", "FRA", "RUS", "GBR"])
    assert four["home"].unique().tolist() == ["USA", "FRA", "RUS", "GBR"]
    with pytest.raises(ValueError, match="up to 4"):
        networks.over_years(MENTIONS, YEARS, ["USA", "FRA", "RUS", "GBR", "DEU"])
    with pytest.raises(ValueError, match="no account of DEU"):
        networks.over_years(MENTIONS, YEARS, ["DEU"])


def test_the_home_view_looks_both_ways_and_not_at_itself() -> None:
    rows = networks.home_view(MENTIONS, "USA").set_index("home")
    assert rows.to_dict("index") == {
        "FRA": {"mentioned": 0, "mentioned_by": 4},
        "RUS": {"mentioned": 4, "mentioned_by": 0},
    }
    assert networks.home_view(MENTIONS, "FRA")["home"].tolist() == ["USA"]
    assert networks.home_view(MENTIONS, "DEU").empty


def test_shuffles_of_two_pairs_meet_their_exact_expectation() -> None:
    # Each of a's three partners is as likely to hold the second x: one link in three joins like.
    test = networks.same_label(links("ab", "cd"), LABELS, shuffles=3000)
    assert test.statistic == 1
    assert test.null_distribution.mean() == pytest.approx(1 / 3, abs=0.03)
    assert test.pvalue == pytest.approx(1 / 3, abs=0.03)
    assert set(test.null_distribution) == {0.0, 1.0}


def test_labels_dealt_within_groups_of_one_label_never_move() -> None:
    test = networks.same_label(links("ab", "ac"), LABELS, LABELS, shuffles=50)
    assert test.statistic == 0.5 and set(test.null_distribution) == {0.5} and test.pvalue == 1


def test_groups_need_not_be_in_the_order_of_the_labels() -> None:
    labels = pd.Series({"a": "x", "b": "y", "c": "x", "d": "y"})
    groups = pd.Series({"d": 1, "c": 1, "b": 2, "a": 2})
    test = networks.same_label(links("ab", "cd"), labels, groups, shuffles=50)
    # Within {a, b} and {c, d} the labels always differ, whoever gets which.
    assert set(test.null_distribution) == {0.0}


def test_a_test_refuses_no_links_and_unlabelled_members() -> None:
    with pytest.raises(ValueError, match="needs links"):
        networks.same_label(links(), LABELS)
    with pytest.raises(ValueError, match="no member: z"):
        networks.same_label(links("az"), LABELS)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1))
def test_a_probability_is_never_zero_and_the_share_lies_between_its_bounds(
    pairs: list[tuple[str, str]],
) -> None:
    test = networks.same_label(links(*map("".join, pairs)), LABELS, shuffles=20)
    assert 1 / 21 <= test.pvalue <= 1
    assert ((test.null_distribution >= 0) & (test.null_distribution <= 1)).all()


def test_assortativity_is_one_without_links_across_and_minus_one_with_those_only() -> None:
    assert networks.assortativity(links("ab", "cd"), LABELS) == pytest.approx(1)
    assert networks.assortativity(links("ac", "ca", "bd", "db"), LABELS) == pytest.approx(-1)
    with pytest.raises(ValueError, match="nobody else to join"):
        networks.assortativity(links("ab", "ba"), pd.Series({"a": "x", "b": "x"}))
    with pytest.raises(ValueError, match="nobody else to join"):  # the third is not linked
        networks.assortativity(links("ab"), pd.Series({"a": "x", "b": "x", "c": "y"}))


def test_link_rates_of_a_small_network_counted_by_hand() -> None:
    members = pd.DataFrame({"party": LABELS})
    rows = networks.link_rates(links("ab", "ba", "ac", "dc"), members, ["party"]).set_index("party")
    assert list(rows.loc[True, ["pairs", "links", "backed", "returned"]]) == [4, 3, 3, 2]
    assert list(rows.loc[False, ["pairs", "links", "backed", "returned"]]) == [8, 1, 1, 0]
    assert rows.loc[True, "value"] == 0.75 and rows.loc[False, "value"] == 0.125
    assert rows.loc[True, "back_value"] == pytest.approx(2 / 3)
    assert rows.loc[False, "back_value"] == 0
    # With four members, a resample may hold none of a kind of pair.
    assert rows[["low", "high"]].isna().all(axis=None)


def test_links_of_strangers_and_members_without_a_label_are_refused() -> None:
    members = pd.DataFrame({"party": LABELS})
    for pairs in (links("ab", "az"), links("ab", "za")):
        with pytest.raises(ValueError, match="no member: z"):
            networks.link_rates(pairs, members, ["party"])
    with pytest.raises(ValueError, match="members without party"):
        networks.link_rates(links("ab"), members.assign(party=LABELS.drop("b")), ["party"])


def test_both_ends_of_a_link_are_resampled() -> None:
    """Half of the members are named by all, the others by none: the senders do not differ."""
    names = [f"m{place:02}" for place in range(40)]
    named = [(source, target) for source in names for target in names[:20] if source != target]
    pairs = pd.DataFrame(named, columns=["source", "target"])
    row = networks.link_rates(pairs, pd.DataFrame({"of": 1}, index=names), ["of"]).iloc[0]
    # The share of popular members in a resample of 40: binomial, 0.5 with a deviation of 0.079.
    assert row["value"] == pytest.approx(0.5)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * np.sqrt(0.25 / 40), rel=0.1)


def test_kinds_of_pairs_that_cannot_occur_have_no_row() -> None:
    members = pd.DataFrame({"party": ["x", "x", "x"]}, index=list("abc"))
    rows = networks.link_rates(links("ab", "bc"), members, ["party"])
    assert rows["party"].tolist() == [True] and rows["pairs"].tolist() == [6]


def test_the_rates_of_congress_agree_with_networkx() -> None:
    pairs = tables.load("congress_mentions")
    members = tables.load("congress_mention_members").set_index("member")
    rows = networks.link_rates(pairs, members, ["state", "party"], resamples=20)
    graph = networks.graph(pairs)
    graph.add_nodes_from(members.index)
    assert rows["links"].sum() / rows["pairs"].sum() == pytest.approx(nx.density(graph))
    assert rows["returned"].sum() / rows["links"].sum() == pytest.approx(nx.reciprocity(graph))
    same = rows.loc[rows["party"], "links"].sum() / rows["links"].sum()
    shuffled = networks.same_label(pairs, members["party"], shuffles=200)
    assert shuffled.statistic == pytest.approx(same)
    # What chance gives can be computed: pairs of members of the same party among all pairs.
    sizes = members["party"].value_counts()
    chance = (sizes * (sizes - 1)).sum() / (518 * 517)
    assert shuffled.null_distribution.mean() == pytest.approx(chance, abs=0.003)


def test_the_home_view_orders_by_both_directions_together() -> None:
    seen = abroad(
        ("a", "FRA", "x", "USA", 2016, 3),
        ("x", "USA", "a", "FRA", 2016, 3),
        ("a", "FRA", "y", "RUS", 2016, 5),
    )
    assert networks.home_view(seen, "FRA")["home"].tolist() == ["USA", "RUS"]


def test_an_account_belongs_to_its_last_home() -> None:
    moved = pd.concat([YEARS, pd.DataFrame({"account": ["a"], "home": ["USA"], "year": [2018]})])
    rows = networks.from_abroad(MENTIONS, moved).set_index("account")
    assert rows["home"].to_dict() == {"a": "USA", "b": "FRA", "c": "USA", "d": "RUS"}
    assert rows["others"].to_dict() == {"a": 2, "b": 3, "c": 2, "d": 3}


def test_the_assortativity_of_a_network_counted_by_hand() -> None:
    # Of eight links 4 within x, 1 within y, 1 from x to y and 2 from y to x. Ends: from x 5, from
    # y 3; to x 6, to y 2: by chance (5 * 6 + 3 * 2) / 64 within, observed 5 / 8.
    labels = pd.Series({"a": "x", "b": "x", "e": "x", "c": "y", "d": "y"})
    pairs = links("ab", "ba", "ae", "ea", "cd", "ac", "ca", "cb")
    chance = 36 / 64
    expected = (5 / 8 - chance) / (1 - chance)
    assert networks.assortativity(pairs, labels) == pytest.approx(expected)


def test_rewiring_keeps_how_many_each_mentions_and_forgets_whom() -> None:
    # Two rings of mutual mentions: everything is returned, and by chance little is.
    names = [f"n{number}" for number in range(40)]
    forth = pd.DataFrame({"source": names, "target": names[1:] + names[:1], "mentions": 1})
    back = forth.rename(columns={"source": "target", "target": "source"})
    shares = networks.chance_reciprocity(pd.concat([forth, back]), networks=20)
    assert shares.shape == (20,) and shares.mean() < 0.25
    again = networks.chance_reciprocity(pd.concat([forth, back]), networks=20)
    assert shares.tolist() == again.tolist()


def test_nothing_is_said_of_a_network_without_links() -> None:
    oneself = pd.DataFrame({"source": ["a"], "target": ["a"], "mentions": [3]})
    with pytest.raises(ValueError, match="needs links"):
        networks.chance_reciprocity(oneself)
    with pytest.raises(ValueError, match="nobody else to join"):
        networks.assortativity(oneself, LABELS)


def test_only_the_mentions_of_those_asked_for_count() -> None:
    members = pd.DataFrame({"party": ["x", "x", "y"]}, index=list("abc"))
    pairs = pd.DataFrame({"source": list("abc"), "target": list("bca"), "mentions": 1})
    rows = networks.link_rates(pairs, members, ["party"], among=pd.Index(["a"]))
    counted = rows.set_index("party")[["pairs", "links"]]
    assert list(counted.loc[True]) == [1, 1] and list(counted.loc[False]) == [1, 0]
