"""Places in a ranking: of how many, by which rule for ties, and how firm they are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govsocial.once import once
from govsocial.rates import spearman
from govsocial.uncertainty import LEVEL, Estimate, finite

DRAWS = 2000
"""Random draws behind an interval of places."""

MANY = 100 * DRAWS
"""Random draws behind the places of a few countries, whose bounds are then seldom one place off."""

_AT_ONCE = 500  # draws whose indices fit into the fast memory of a processor
_DIGITS = 10  # sums of the same numbers in another order differ in later ones: not a difference

Normalisation = Literal["min-max", "rank", "z"]


def share_of_field(place: int, countries: int) -> float:
    """Return the share of a field that stands at a place or above it.

    Parameters
    ----------
    place
        Place in the ranking; the first is 1.
    countries
        How many countries were ranked.

    Returns
    -------
    float
        Above 0, at most 1: a 14th place of 140 belongs to the top 0.1.

    Raises
    ------
    ValueError
        If there is no such place in a field of that size.
    """
    if not 1 <= place <= countries:
        raise ValueError(f"there is no place {place} among {countries}")
    return place / countries


def tie_rules(ranks: pd.Series[int]) -> pd.DataFrame:
    """Return the places that a whole ranking gives under three rules for ties.

    Parameters
    ----------
    ranks
        One place per country, the smaller the better, equal where countries are tied.

    Returns
    -------
    DataFrame
        On the index of ``ranks``, whole numbers: ``best`` (tied countries all take the first of
        their places, as in sports: 1, 2, 2, 4), ``worst`` (the last of them: 1, 3, 3, 4) and
        ``dense`` (they take one place together: 1, 2, 2, 3).

    References
    ----------
    Virtanen, P. and others (2020). SciPy 1.0. *Nature Methods* 17: ``scipy.stats.rankdata``,
    methods ``min``, ``max`` and ``dense``.
    """
    rules = {
        "best": ranks.rank(method="min"),
        "worst": ranks.rank(method="max"),
        "dense": ranks.rank(method="dense"),
    }
    return pd.DataFrame(rules).astype("Int64")


def normalise(values: pd.DataFrame, method: Normalisation = "rank") -> pd.DataFrame:
    """Return indicators on one scale, the higher the better.

    Parameters
    ----------
    values
        One row per country and one column per indicator; no missing values.
    method
        ``min-max`` (0 the lowest value, 1 the highest), ``rank`` (share of the other countries
        that stand below; those tied count half) or ``z`` (standard deviations from the mean).

    Raises
    ------
    ValueError
        If a value is missing or an indicator has one value only: it ranks nobody.

    References
    ----------
    OECD, European Union and Joint Research Centre (2008). *Handbook on Constructing Composite
    Indicators*, step 5.
    """
    if values.isna().any(axis=None):
        raise ValueError("an indicator has missing values; drop the countries or the indicator")
    if constant := [str(name) for name in values if values[name].nunique() == 1]:
        raise ValueError(f"the same value everywhere: {', '.join(constant)}")
    if method == "min-max":
        return (values - values.min()) / (values.max() - values.min())
    if method == "rank":
        return (values.rank() - 1) / (len(values) - 1)
    return (values - values.mean()) / values.std(ddof=0)


def equal_weights(scores: pd.DataFrame) -> pd.Series[float]:
    """Return the same weight for each indicator; they sum to 1."""
    return pd.Series(1 / scores.shape[1], index=scores.columns)


def composite(scores: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]:
    """Return the weighted mean of the indicators.

    Parameters
    ----------
    scores
        Indicators on one scale (see :func:`normalise`), one column each.
    weights
        One per indicator, not negative, not all zero; only their proportions matter.

    Raises
    ------
    ValueError
        If a score is missing, or the weights do not fit the indicators, or one is missing or
        negative, or all are zero.
    """
    return (scores * _shares(scores, weights)).sum(axis=1)


def _shares(scores: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]:
    if set(weights.index) != set(scores.columns):
        raise ValueError(f"weights for {list(weights.index)}, indicators {list(scores.columns)}")
    finite("scores", scores)
    if not (weights >= 0).all() or not weights.sum() > 0:
        raise ValueError("weights must be known and not negative, and one at least positive")
    return weights[scores.columns] / weights.sum()


def places(index: pd.Series[float]) -> pd.Series[int]:
    """Return the place of each country, the highest index first; ties share the best place.

    Raises
    ------
    ValueError
        If an index is missing or infinite.
    """
    finite("an index", index)
    return _places(index.to_frame()).iloc[:, 0].rename("place")


def _places(indices: pd.DataFrame) -> pd.DataFrame:
    return indices.round(_DIGITS).rank(ascending=False, method="min").astype(int)


def by_scale(values: pd.DataFrame) -> pd.DataFrame:
    """Return the places under equal weights on each of the scales of :func:`normalise`.

    Parameters
    ----------
    values
        Indicators, one column each, the higher the better.
    """
    return pd.DataFrame(
        {
            method: places(composite(normalise(values, method), equal_weights(values)))
            for method in get_args(Normalisation)
        }
    )


def random_weights(
    weights: pd.Series[float], draws: int = DRAWS, seed: int = 2012
) -> NDArray[np.float64]:
    """Return random weights around given ones.

    The weights follow a Dirichlet distribution with the given mean and as many pseudo-counts
    as there are indicators with a weight. For equal weights that is the uniform distribution
    over everything that sums to 1: no set of weights is likelier than another. An indicator
    without a weight keeps none.

    Parameters
    ----------
    weights
        One per indicator, summing to 1.
    draws
        Number of sets of weights.
    seed
        Seed of the random numbers.

    Returns
    -------
    NDArray
        Shape (draws, indicators); each row sums to 1.

    References
    ----------
    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis
    techniques as tools for the quality assessment of composite indicators. *Journal of the
    Royal Statistical Society A* 168(2).
    """
    chosen = weights.to_numpy() > 0
    drawn = np.zeros((draws, len(weights)))
    drawn[:, chosen] = np.random.default_rng(seed).dirichlet(
        weights.to_numpy()[chosen] * chosen.sum(), draws
    )
    return drawn


@once
def places_over_weights(
    scores: pd.DataFrame, weights: pd.Series[float], draws: int = DRAWS, seed: int = 2012
) -> pd.DataFrame:
    """Return the places under random weights: one row per country, one column per draw.

    Parameters
    ----------
    scores, weights
        As in :func:`composite`.
    draws, seed
        As in :func:`random_weights`.
    """
    drawn = random_weights(_shares(scores, weights), draws, seed)
    return _places(pd.DataFrame(scores.to_numpy() @ drawn.T, index=scores.index))


def places_of(
    scores: pd.DataFrame,
    weights: pd.Series[float],
    countries: Sequence[str],
    draws: int = MANY,
    seed: int = 2012,
) -> pd.DataFrame:
    """Return the places of a few countries among all under very many random weights.

    The same places as those of :func:`places_over_weights`, which ranks all countries in each
    draw; here those ahead of a country are counted.

    Parameters
    ----------
    scores, weights
        As in :func:`composite`.
    countries
        Those whose places are wanted, of the index of ``scores``.
    draws, seed
        As in :func:`random_weights`.

    Returns
    -------
    DataFrame
        One row per country, in the order given, and one column per draw.

    Raises
    ------
    ValueError
        If a country has no scores, or as in :func:`composite`.
    """
    drawn = random_weights(_shares(scores, weights), draws, seed)
    rows = scores.index.get_indexer(pd.Index(countries))
    if (rows < 0).any():
        raise ValueError(f"no scores of {sorted(set(countries) - set(scores.index))}")
    found = np.empty((len(rows), draws), dtype=int)
    for start in range(0, draws, _AT_ONCE):
        part = drawn[start : start + _AT_ONCE].T
        every = (scores.to_numpy() @ part).round(_DIGITS)
        for place, index in zip(found, every[rows], strict=True):
            place[start : start + _AT_ONCE] = 1 + (every > index).sum(axis=0, dtype=np.int16)
    return pd.DataFrame(found, index=scores.index[rows])


def composite_reliability(
    scores: pd.DataFrame, weights: pd.Series[float], reliability: pd.Series[float]
) -> float:
    """Return the share of the index's variance that is not error of measurement.

    Parameters
    ----------
    scores, weights
        As in :func:`composite`.
    reliability
        One per indicator: the share of its variance that is not error, above 0, at most 1. The
        errors of different indicators are taken as independent.

    Raises
    ------
    ValueError
        If a reliability is missing or out of its range, or leaves the index nothing but error.

    References
    ----------
    Mosier, C. I. (1943). On the reliability of a weighted composite. *Psychometrika* 8(3).
    """
    known = reliability.reindex(scores.columns)
    if not known.between(0, 1, inclusive="right").all():
        raise ValueError(f"reliabilities must be above 0 and at most 1: {known.to_dict()}")
    error = (_shares(scores, weights) ** 2 * scores.var(ddof=0) * (1 - known)).sum()
    share = 1 - float(error / composite(scores, weights).var(ddof=0))
    if share <= 0:
        raise ValueError("with such reliabilities the index is nothing but error")
    return share


def places_over_error(
    scores: pd.DataFrame,
    weights: pd.Series[float],
    reliability: pd.Series[float],
    draws: int = DRAWS,
    seed: int = 2012,
) -> pd.DataFrame:
    """Return the places that true indices may take, given how reliably they are measured.

    If truth and error are normal and independent, the truth behind an index of variance ``v``
    and reliability ``r`` is spread around it with the variance ``v (1 - r) / r``, up to a
    factor common to all countries, which does not touch their places.

    Parameters
    ----------
    scores, weights, reliability
        As in :func:`composite_reliability`.
    draws, seed
        Number of draws of all errors, and the seed of the random numbers.

    Returns
    -------
    DataFrame
        One row per country, one column per draw.

    References
    ----------
    Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations. *Journal
    of the Royal Statistical Society A* 159(3).
    """
    index = composite(scores, weights).to_numpy()[:, np.newaxis]
    share = composite_reliability(scores, weights, reliability)
    error = np.random.default_rng(seed).normal(
        scale=index.std() * np.sqrt((1 - share) / share), size=(len(scores), draws)
    )
    return _places(pd.DataFrame(index + error, index=scores.index))


def place_intervals(drawn: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Return the middle range of drawn places, such as 95% of them, as ``low`` and ``high``.

    Parameters
    ----------
    drawn
        One row per country, one column per draw.
    level
        Share of the draws inside the range.
    """
    bounds = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(drawn.to_numpy(), bounds, axis=1, method="nearest")
    return pd.DataFrame({"low": low, "high": high}, index=drawn.index).astype(int)


def firm_orders(
    place: pd.Series[int], drawn: pd.DataFrame, level: float = LEVEL, width: int = 10
) -> pd.DataFrame:
    """Return how often the order of two countries is firm, by how far apart they stand.

    The order of two countries is firm if the one that stands ahead is ahead in at least the
    given share of the draws.

    Parameters
    ----------
    place
        Place of each country.
    drawn
        One row per country, one column per draw.
    level
        Share of the draws that makes an order firm.
    width
        Distances are grouped by so many places: 1 to 10, 11 to 20, and so on.

    Returns
    -------
    DataFrame
        Columns ``apart`` (the largest distance of the group), ``pairs`` and ``firm`` (share of
        the pairs).
    """
    order = place.sort_values(kind="stable")
    values = drawn.loc[order.index].to_numpy()
    apart, firm = [], []
    for row, ahead in enumerate(values):
        behind = values[row + 1 :]
        apart.append(order.to_numpy()[row + 1 :] - order.iloc[row])
        firm.append((ahead < behind).mean(axis=1) >= level)
    pairs = pd.DataFrame({"apart": np.concatenate(apart), "firm": np.concatenate(firm)})
    pairs = pairs[pairs["apart"] > 0]
    groups = pairs.groupby(-(-pairs["apart"] // width) * width)["firm"]
    return groups.agg(pairs="size", firm="mean").reset_index()


def reliabilities(
    scores: pd.DataFrame, pairs: Sequence[tuple[str, str]], resamples: int = 2000
) -> pd.DataFrame:
    """Return how reliable each indicator is, judged by pairs that measure the same thing.

    If two indicators measure the same thing with independent errors of the same size, their
    correlation is the reliability of both. Indicators without a partner are given the mean of
    the pairs.

    Parameters
    ----------
    scores
        Indicators by rank (see :func:`normalise`), one column each.
    pairs
        Names of the indicators that measure the same thing.
    resamples
        Resamples behind the 95% interval.

    Returns
    -------
    DataFrame
        ``value``, ``low`` and ``high`` by indicator; without a partner it has no bounds.

    References
    ----------
    Lord, F. M. and Novick, M. R. (1968). *Statistical Theories of Mental Test Scores*.
    """
    found = {pair: spearman(scores[pair[0]], scores[pair[1]], resamples) for pair in pairs}
    partners = {name: estimate for pair, estimate in found.items() for name in pair}
    mean = Estimate(float(np.mean([estimate.value for estimate in found.values()])), np.nan, np.nan)
    rows = {name: partners.get(name, mean) for name in scores.columns}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(Estimate._fields))


@once
def over_editions(
    inputs: pd.DataFrame, indicators: Sequence[str], countries: Sequence[str], draws: int = MANY
) -> pd.DataFrame:
    """Return places under equal weights by edition, with their range over random weights.

    Parameters
    ----------
    inputs
        The table ``country_index_inputs``.
    indicators
        Those to use, counted in every edition.
    countries
        Those whose places among all are wanted.
    draws
        Number of sets of random weights per edition.

    Returns
    -------
    DataFrame
        Columns ``iso3``, ``edition``, ``place``, ``low`` and ``high``.
    """
    parts = []
    for edition, frame in inputs.groupby("edition"):
        scores = normalise(-frame.set_index("iso3")[list(indicators)].astype(float))
        weights = equal_weights(scores)
        ranges = place_intervals(places_of(scores, weights, countries, draws))
        place = places(composite(scores, weights))
        parts.append(ranges.assign(edition=edition).join(place).reset_index())
    return pd.concat(parts, ignore_index=True)[["iso3", "edition", "place", "low", "high"]]


def leave_one_out(scores: pd.DataFrame, weights: pd.Series[float]) -> pd.DataFrame:
    """Return the places without each indicator in turn: one column per indicator left out.

    Parameters
    ----------
    scores, weights
        As in :func:`composite`; the weights of the others keep their proportions.
    """
    return pd.DataFrame(
        {
            name: places(composite(scores.drop(columns=name), weights.drop(name)))
            for name in scores.columns
        }
    )


def criteria(accounts: pd.DataFrame, least: int = 50) -> pd.DataFrame:
    """Return the three criteria of the ranking of 2012, as far as open data hold them.

    Popularity is the place by followers; engagement the share of replies among an account's own
    posts; trust the number of other members who mention the account.

    Parameters
    ----------
    accounts
        The table ``congress_criteria``.
    least
        Accounts with fewer own posts are left out: their share of replies says little.

    Returns
    -------
    DataFrame
        One row per account, a column per criterion; the higher the better.
    """
    kept = accounts[accounts["own_posts"] >= least].set_index("account")
    values = {
        "popularity": -kept["popularity_place"],
        "engagement": kept["replies"] / kept["own_posts"],
        "trust": kept["cited_by"],
    }
    return pd.DataFrame(values).astype(float)


def agreement(values: pd.DataFrame, resamples: int = 2000) -> pd.DataFrame:
    """Return how far each two indicators agree on the order: Spearman's rank correlation.

    Parameters
    ----------
    values
        One row per case and one column per indicator.
    resamples
        Resamples behind the 95% interval (see :func:`govsocial.rates.spearman`).

    Returns
    -------
    DataFrame
        One row per pair: ``first``, ``second``, ``value``, ``low`` and ``high``.
    """
    rows = [
        (first, second, *spearman(values[first], values[second], resamples))
        for first, second in itertools.combinations(values.columns, 2)
    ]
    return pd.DataFrame(rows, columns=["first", "second", "value", "low", "high"])
