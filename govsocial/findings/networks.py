"""Who mentions whom: leaders across borders, and the US Congress by state and party."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govsocial import networks
from govsocial.uncertainty import Estimate

PAIRS = {
    "neighbours": (True, False),
    "partisans": (False, True),
    "strangers": (False, False),
}
"""Kinds of pairs: whether both are of one state, and of one party."""

DELEGATIONS = ((2, 7), (8, 12), (13, 30), (31, 99))
"""Fewest and most members of a state's delegation, both chambers together."""

FAMOUS = 70
"""How many others mention a member who counts as famous."""

COMPARED = ["USA", "FRA", "IND", "RUS"]
"""Countries compared over the years."""


def abroad(mention: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions across borders.

    Parameters
    ----------
    mention
        The table ``leader_mentions``.
    """
    return mention[mention["source_home"] != mention["target_home"]]


def foreign(mention: pd.DataFrame, years: pd.DataFrame) -> tuple[Estimate, Estimate]:
    """Return how likely an account mentions a foreign one, and is mentioned back.

    Parameters
    ----------
    mention, years
        The tables ``leader_mentions`` and ``leader_account_years``.
    """
    homes = years.groupby("account")[["home"]].last()
    pairs = abroad(mention).drop_duplicates(["source", "target"])
    row = networks.link_rates(pairs, homes, ["home"]).set_index("home").loc[False]
    return Estimate.of_row(row), Estimate.of_row(row, "back_")


def delegations(mention: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how likely a neighbour and a partisan are mentioned, by size of the delegation.

    Parameters
    ----------
    mention, members
        As in :func:`links`.

    Returns
    -------
    DataFrame
        For each of :data:`DELEGATIONS` and of the kinds ``neighbours`` and ``partisans``:
        ``least``, ``most``, ``members`` (of such delegations), ``kind``, ``pairs``, ``value``,
        ``low`` and ``high``.
    """
    table = members.set_index("member")
    size = table["state"].map(table["state"].value_counts())
    rows = []
    for least, most in DELEGATIONS:
        among = table.index[size.between(least, most)]
        rows += _by_kind(mention, table, among, {"least": least, "most": most})
    return pd.DataFrame(rows)


def delegation(mention: pd.DataFrame, members: pd.DataFrame, state: str) -> list[float]:
    """Return how likely members of one state mention a neighbour, and a partisan.

    Parameters
    ----------
    mention, members
        As in :func:`links`.
    state
        The state, as ``members`` names it.
    """
    table = members.set_index("member")
    rows = _by_kind(mention, table, table.index[table["state"] == state], {})
    return [float(row["value"]) for row in rows]


def silent_neighbours(mention: pd.DataFrame, members: pd.DataFrame) -> tuple[int, float]:
    """Return how many have a colleague of the other party at home, and who of them name none.

    Parameters
    ----------
    mention, members
        As in :func:`links`.

    Returns
    -------
    tuple
        Number of members, and the share of them that mention none of these colleagues.
    """
    table = members.set_index("member")
    pairs = members.merge(members, on="state", suffixes=("", "_other"))
    have = set(pairs.loc[pairs["party"] != pairs["party_other"], "member"])
    ends = [table.loc[mention[end]].reset_index() for end in ("source", "target")]
    across = (ends[0]["state"] == ends[1]["state"]) & (ends[0]["party"] != ends[1]["party"])
    named = set(ends[0].loc[across, "member"])
    return len(have), 1 - len(named) / len(have)


def without_famous(mention: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """Return how many members are famous, and the mentions of all others.

    Parameters
    ----------
    mention
        The table ``congress_mentions``.
    """
    by = mention["target"].value_counts()
    famous = by.index[by >= FAMOUS]
    return len(famous), mention[~mention["target"].isin(famous)]


def links(mentions: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how likely a mention is, and its return, by whether state and party are the same.

    Parameters
    ----------
    mentions, members
        The tables ``congress_mentions`` and ``congress_mention_members``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.networks.link_rates`.
    """
    return networks.link_rates(mentions, members.set_index("member"), ["state", "party"])


def mentions(rates: pd.DataFrame, pair: str) -> Estimate:
    """Return how likely a mention is in a kind of pair.

    Parameters
    ----------
    rates
        What :func:`links` returns.
    pair
        A key of :data:`PAIRS`.
    """
    return _of(rates, pair, "")


def returned(rates: pd.DataFrame, pair: str) -> Estimate:
    """Return how likely a mention is to be returned, as in :func:`mentions`."""
    return _of(rates, pair, "back_")


def strangers(mention: pd.DataFrame, members: pd.DataFrame) -> dict[str, Estimate]:
    """Return how likely a mention and its return are where neither state nor party is shared.

    Parameters
    ----------
    mention, members
        As in :func:`links`.
    """
    rates = links(mention, members)
    return {"of any": mentions(rates, "strangers"), "returned": returned(rates, "strangers")}


def _of(rates: pd.DataFrame, pair: str, stem: str) -> Estimate:
    state, party = PAIRS[pair]
    row = rates[(rates["state"] == state) & (rates["party"] == party)].iloc[0]
    return Estimate.of_row(row, stem)


def _by_kind(
    mention: pd.DataFrame, table: pd.DataFrame, among: pd.Index[Any], named: dict[str, int]
) -> list[dict[Any, Any]]:
    rates = networks.link_rates(mention, table, ["state", "party"], among=among)
    kinds = rates.set_index(["state", "party"])
    return [
        named
        | {"members": len(among), "kind": kind}
        | kinds.loc[PAIRS[kind], ["pairs", *Estimate._fields]].to_dict()
        for kind in ("neighbours", "partisans")
    ]


def within_parties(mention: pd.DataFrame, members: pd.DataFrame) -> dict[str, Any]:
    """Return the share of links within a party, and what chance gives.

    Parameters
    ----------
    mention, members
        The tables ``congress_mentions`` and ``congress_mention_members``.

    Returns
    -------
    dict
        By the keys of the chapter: the share, the mean and the largest of those with shuffled
        labels, the p-value, and the mean where labels are shuffled within a state and chamber.
    """
    rows = members.set_index("member")
    delegation = rows["chamber"] + rows["state"].astype(str)
    anywhere = networks.same_label(mention, rows["party"])
    at_home = networks.same_label(mention, rows["party"], delegation)
    return {
        "same": anywhere.statistic,
        "chance": anywhere.null_distribution.mean(),
        "most": anywhere.null_distribution.max(),
        "p": anywhere.pvalue,
        "chance-home": at_home.null_distribution.mean(),
    }


def leaders_named(offices: pd.DataFrame) -> dict[str, Any]:
    """Return how many members mention the two leaders of the House, and from the other party.

    Parameters
    ----------
    offices
        The table ``congress_leader_mentions``.
    """
    rows = offices.set_index("office")[["democrats", "republicans", "independents"]]
    speaker, minority = rows.loc["Speaker of the House"], rows.loc["House minority leader"]
    return {
        "speaker": speaker.sum(),
        "minority": minority.sum(),
        "speaker-democrats": speaker["democrats"],
        "minority-republicans": minority["republicans"],
    }


def neighbours(mention: pd.DataFrame, members: pd.DataFrame) -> dict[str, Any]:
    """Return how often members mention those of their state, of their party, and neither.

    Parameters
    ----------
    mention, members
        The tables ``congress_mentions`` and ``congress_mention_members``.

    Returns
    -------
    dict
        By the keys of the chapter.
    """
    rates, by_size = links(mention, members), delegations(mention, members)
    pairs = {name: mentions(rates, name) for name in PAIRS}
    wide = by_size.pivot(index="least", columns="kind", values="value")
    at_sizes = by_size.query("kind == 'neighbours'")
    large, small = at_sizes["pairs"], at_sizes.iloc[0]
    have, silent = silent_neighbours(mention, members)
    at_home, away = delegation(mention, members, "CA")
    of_partisans = rates.set_index(["state", "party"]).loc[(False, True), ["links", "pairs"]]
    shares = of_partisans / rates[["links", "pairs"]].sum()
    return {
        **pairs,
        "partisans-back": returned(rates, "partisans"),
        "strangers-back": returned(rates, "strangers"),
        "neighbours-times": pairs["neighbours"].value / pairs["partisans"].value,
        "home-small": Estimate.of_row(small),
        "small-pairs": int(small["pairs"]),
        "home-large": wide["neighbours"].iloc[-1],
        "away-small": wide["partisans"].iloc[0],
        "away-large": wide["partisans"].iloc[-1],
        "california-home": at_home,
        "california-away": away,
        "large-pairs": large.iloc[-1] / large.sum(),
        "have": have,
        "have-none": silent,
        "partisans-links": shares["links"],
        "partisans-pairs": shares["pairs"],
    }
