"""Who mentions whom: directed networks, the pull of likeness, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from govsocial.once import once
from govsocial.uncertainty import Floats, add_shares, percentiles, resampled_units

MOST_COUNTRIES = 4
"""How many countries :func:`over_years` compares at once."""

SHUFFLES = 2000
"""How often :func:`same_label` shuffles."""


class PermutationTestResult(NamedTuple):
    """A permutation test, named as in SciPy.

    ``null_distribution`` holds the statistic of each shuffle; ``pvalue`` is the one-sided
    probability of a shuffle at least as large as the data, counting the data as one shuffle.
    """

    statistic: float
    pvalue: float
    null_distribution: Floats


def graph(pairs: pd.DataFrame, source: str = "source", target: str = "target") -> nx.DiGraph[Any]:
    """Return the directed network of mentions.

    Parameters
    ----------
    pairs
        Columns ``mentions`` and those named by ``source`` and ``target``. Rows of the same pair
        add up; mentions of oneself are left out.
    source, target
        The columns of who mentions and who is mentioned.

    Returns
    -------
    networkx.DiGraph
        Its edges carry ``mentions``.
    """
    others = pairs[pairs[source] != pairs[target]]
    sums = others.groupby([source, target], as_index=False)["mentions"].sum()
    return nx.from_pandas_edgelist(sums, source, target, "mentions", create_using=nx.DiGraph)


def from_abroad(mentions: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return by how many foreign accounts each account is mentioned, and how many it mentions.

    Parameters
    ----------
    mentions
        Columns ``source``, ``source_home``, ``target`` and ``target_home``.
    accounts
        Columns ``account`` and ``home``; an account may have several rows, and its last home
        says which accounts are foreign to it.

    Returns
    -------
    pandas.DataFrame
        ``account``, ``home``, ``mentioned_by`` and ``mentions`` (foreign accounts), ``others``
        (foreign accounts there are), and ``value``, ``low`` and ``high``, the share of those
        that mention it with its Wilson interval; the most mentioned first.
    """
    abroad = mentions[mentions["source_home"] != mentions["target_home"]]
    home = accounts.groupby("account")["home"].last()
    rows = pd.DataFrame({"home": home})
    rows["mentioned_by"] = abroad.groupby("target")["source"].nunique()
    rows["mentions"] = abroad.groupby("source")["target"].nunique()
    rows = rows.fillna({"mentioned_by": 0, "mentions": 0})
    rows["others"] = len(home) - home.map(home.value_counts())
    rows = rows.reset_index().sort_values(["mentioned_by", "account"], ascending=[False, True])
    return _with_shares(rows, "mentioned_by", "others")


def over_years(
    mentions: pd.DataFrame, years: pd.DataFrame, countries: Sequence[str]
) -> pd.DataFrame:
    """Return by how many of the foreign accounts of each year a country is mentioned.

    Parameters
    ----------
    mentions
        Columns ``source``, ``source_home``, ``target_home`` and ``year``.
    years
        One row per account and year with posts: ``account``, ``home`` and ``year``.
    countries
        Up to four homes.

    Returns
    -------
    pandas.DataFrame
        ``home``, ``year``, ``mentioned_by``, ``others`` (foreign accounts with posts of the
        year), ``value``, ``low`` and ``high`` (Wilson interval).

    Raises
    ------
    ValueError
        If there are more than four countries, or one that no account has for its home.
    """
    if len(countries) > MOST_COUNTRIES:
        raise ValueError(f"compare up to {MOST_COUNTRIES} countries, not {len(countries)}")
    if unknown := sorted(set(countries) - set(years["home"])):
        raise ValueError(f"no account of {', '.join(unknown)}")
    parts = []
    for country in countries:
        others = years[years["home"] != country].groupby("year")["account"].nunique()
        named = mentions[
            (mentions["target_home"] == country) & (mentions["source_home"] != country)
        ]
        by = named.groupby("year")["source"].nunique().reindex(others.index, fill_value=0)
        rows = pd.DataFrame({"home": country, "mentioned_by": by, "others": others})
        parts.append(rows.reset_index())
    return _with_shares(pd.concat(parts, ignore_index=True), "mentioned_by", "others")


def home_view(mentions: pd.DataFrame, home: str) -> pd.DataFrame:
    """Return the network as seen from one country.

    Parameters
    ----------
    mentions
        Columns ``source_home``, ``target_home`` and ``mentions``.
    home
        The country, or organisation, that looks out.

    Returns
    -------
    pandas.DataFrame
        Other ``home``, ``mentioned`` (how often ours name theirs) and ``mentioned_by`` (how
        often theirs name ours); the most busy first.
    """
    there = mentions[mentions["source_home"] == home].groupby("target_home")["mentions"].sum()
    back = mentions[mentions["target_home"] == home].groupby("source_home")["mentions"].sum()
    rows = pd.DataFrame({"mentioned": there, "mentioned_by": back}).fillna(0).astype(int)
    rows = rows.drop(index=home, errors="ignore").rename_axis("home").reset_index()
    return (
        rows.assign(both=rows["mentioned"] + rows["mentioned_by"])
        .sort_values(["both", "home"], ascending=[False, True], ignore_index=True)
        .drop(columns="both")
    )


@once
def same_label(
    pairs: pd.DataFrame,
    labels: pd.Series[str],
    within: pd.Series[Any] | None = None,
    *,
    shuffles: int = SHUFFLES,
    seed: int = 2012,
) -> PermutationTestResult:
    """Test whether links join like with like more often than if labels were dealt at random.

    The links stay as they are and the labels are shuffled among the members, so that who is
    busy and who is popular is the same in every shuffle.

    Parameters
    ----------
    pairs
        Columns ``source`` and ``target``, one row per link.
    labels
        Label of each member, by the member (the index).
    within
        Group of each member, with the same index; labels are then shuffled within groups only.
    shuffles
        Number of shuffles.
    seed
        Seed of the random numbers.

    Raises
    ------
    ValueError
        If there is no link, or a linked member without a label.

    References
    ----------
    Good, P. (2005). *Permutation, Parametric and Bootstrap Tests of Hypotheses*. Phipson, B.
    and Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical Applications
    in Genetics and Molecular Biology* 9(1).
    """
    if pairs.empty or labels.isna().any():
        raise ValueError("a test needs links, and a label for each member")
    source, target = (_places(pairs[end], labels.index) for end in ("source", "target"))
    codes = pd.factorize(labels)[0]
    groups = np.zeros(len(labels)) if within is None else pd.factorize(within[labels.index])[0]
    # Sorted by group, then by chance: each group's places are dealt its own labels anew.
    places = np.argsort(groups, kind="stable")
    rng = np.random.default_rng(seed)
    shuffled = np.empty(shuffles)
    for step in range(shuffles):
        dealt = np.empty_like(codes)
        dealt[places] = codes[np.lexsort((rng.random(len(codes)), groups))]
        shuffled[step] = np.mean(dealt[source] == dealt[target])
    observed = float(np.mean(codes[source] == codes[target]))
    pvalue = (1 + np.sum(shuffled >= observed - 1e-12)) / (1 + shuffles)
    return PermutationTestResult(observed, float(pvalue), shuffled)


def assortativity(pairs: pd.DataFrame, labels: pd.Series[Any]) -> float:
    """Return the assortativity coefficient: 0 for links made by chance, 1 if all join like.

    Parameters
    ----------
    pairs
        Columns ``source``, ``target`` and ``mentions``; each pair counts once.
    labels
        Label of each member, by the member (the index).

    Raises
    ------
    ValueError
        If there is no link, or all linked members have one label.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.
    """
    network = graph(pairs)
    if labels[list(network)].nunique() < 2:
        raise ValueError("members of one label have nobody else to join")
    nx.set_node_attributes(network, labels.to_dict(), "label")
    # In a fixed order of labels: networkx itself adds up in that of a set, which varies in the
    # last digit from one run of Python to the next.
    order = {label: place for place, label in enumerate(sorted(labels.unique()))}
    mixing = nx.attribute_mixing_matrix(network, "label", mapping=order)
    chance = float((mixing @ mixing).sum())
    return (float(np.trace(mixing)) - chance) / (1 - chance)


@once
def chance_reciprocity(pairs: pd.DataFrame, *, networks: int = 100, seed: int = 2012) -> Floats:
    """Return the share of returned links in networks rewired at random.

    Each account keeps how many others it mentions and how many mention it; whom, is chance.

    Parameters
    ----------
    pairs
        Columns ``source``, ``target`` and ``mentions``; each pair counts once.
    networks
        How many networks, each rewired from the one before: ten times as often as there are
        links, two links exchange their ends, unless one of the new links exists or is a mention
        of oneself.
    seed
        Seed of the random numbers.

    Returns
    -------
    array
        Shape ``(networks,)``.

    Raises
    ------
    ValueError
        If there is no link.

    References
    ----------
    Maslov, S. and Sneppen, K. (2002). Specificity and stability in topology of protein networks.
    *Science* 296. Garlaschelli, D. and Loffredo, M. I. (2004). Patterns of link reciprocity in
    directed networks. *Physical Review Letters* 93, 268701.
    """
    rng = np.random.default_rng(seed)
    links = sorted(graph(pairs).edges)
    if not links:
        raise ValueError("a share of returned links needs links")
    present = set(links)
    shares = np.empty(networks)
    for step in range(networks):
        for one, other in rng.integers(len(links), size=(10 * len(links), 2)):
            (source, target), (start, end) = links[one], links[other]
            new = {(source, end), (start, target)}
            if source != end and start != target and not new & present:
                present -= {links[one], links[other]}
                present |= new
                links[one], links[other] = (source, end), (start, target)
        shares[step] = np.mean([(target, source) in present for source, target in links])
    return shares


@once
def link_rates(
    pairs: pd.DataFrame,
    members: pd.DataFrame,
    alike: Sequence[str],
    *,
    among: pd.Index[Any] | None = None,
    resamples: int = 1000,
) -> pd.DataFrame:
    """Return how likely a link is by what two members share, and how likely once it is returned.

    Parameters
    ----------
    pairs
        Columns ``source`` and ``target``, one row per link.
    members
        Indexed by member, with the columns named in ``alike``.
    alike
        Columns in which two members can be alike; every combination makes a kind of pair.
    among
        Members whose own mentions count; those of all by default.
    resamples
        Number of resamples of the intervals. Both ends of a link vary: a resample of members
        holds each pair as often as its first member times its second.

    Returns
    -------
    pandas.DataFrame
        One row per kind of pair that occurs, the most alike first: a column of truth values for
        each of ``alike``, ``pairs`` (ordered), ``links``, ``backed`` (ordered pairs in which the
        other links to the member), ``returned`` (those in which the member links back), and
        ``value``, ``low``, ``high`` for links among pairs, ``back_value``, ``back_low``,
        ``back_high`` for returned among backed. An interval is missing where a resample may have
        no pair to count.

    Raises
    ------
    ValueError
        If a link has an end that is no member, or ``alike`` is missing for one.

    References
    ----------
    Snijders, T. A. B. and Borgatti, S. P. (1999). Non-parametric standard errors and tests for
    network statistics. *Connections* 22(2).
    Garlaschelli, D. and Loffredo, M. I. (2004). Patterns of link reciprocity in directed
    networks. *Physical Review Letters* 93, 268701.
    """
    if unlabelled := [name for name in alike if members[name].isna().any()]:
        raise ValueError(f"members without {', '.join(unlabelled)}")
    linked = np.zeros((len(members), len(members)), dtype=bool)
    linked[_places(pairs["source"], members.index), _places(pairs["target"], members.index)] = True
    chosen = resampled_units(len(members), resamples)
    times = np.array([np.bincount(units, minlength=len(members)) for units in chosen], dtype=float)
    off = ~np.eye(len(members), dtype=bool)
    if among is not None:
        off &= members.index.isin(among)[:, None]
    same = [_same(members[column]) for column in alike]
    rows = []
    for kind in np.ndindex(*(2,) * len(alike)):
        truth = [not bit for bit in kind]
        mask = off & np.logical_and.reduce(
            [matrix == value for matrix, value in zip(same, truth, strict=True)]
        )
        if mask.any():
            rows.append(dict(zip(alike, truth, strict=True)) | _rates(linked, mask, times))
    return pd.DataFrame(rows)


def _same(values: ArrayLike) -> NDArray[np.bool_]:
    codes = pd.factorize(np.asarray(values, dtype=object))[0]
    return np.asarray(codes[:, None] == codes[None, :])


def _places(ends: pd.Series[Any], members: pd.Index[Any]) -> NDArray[np.intp]:
    """Return the place of each end of a link among the members."""
    places = members.get_indexer(pd.Index(ends))
    if strangers := sorted({str(end) for end in ends[places < 0]}):
        raise ValueError(f"linked, but no member: {', '.join(strangers[:5])}")
    return places


def _rates(linked: NDArray[np.bool_], mask: NDArray[np.bool_], times: Floats) -> dict[str, float]:
    kinds = {
        "pairs": mask,
        "links": linked & mask,
        "backed": linked.T & mask,
        "returned": linked & linked.T & mask,
    }
    row: dict[str, float] = {name: int(kind.sum()) for name, kind in kinds.items()}
    row |= dict.fromkeys(("low", "high", "back_low", "back_high"), np.nan)
    drawn = {
        name: ((times @ kind.astype(float)) * times).sum(axis=1) for name, kind in kinds.items()
    }
    for stem, part, whole in (("", "links", "pairs"), ("back_", "returned", "backed")):
        if row[whole]:
            row[f"{stem}value"] = row[part] / row[whole]
        if drawn[whole].all():
            low, high = percentiles(drawn[part] / drawn[whole], len(mask))
            row |= {f"{stem}low": float(low), f"{stem}high": float(high)}
    return row


def _with_shares(rows: pd.DataFrame, part: str, whole: str) -> pd.DataFrame:
    counts = rows.astype({part: int, whole: int}).reset_index(drop=True)
    return add_shares(counts, part, whole, "value")
