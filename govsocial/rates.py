"""How two things go together: rates compared, ranks compared, groups and their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from govsocial.once import once
from govsocial.uncertainty import (
    LEVEL,
    RESAMPLES,
    Estimate,
    bootstrap,
    cluster_ratio,
    cluster_sums,
    finite,
    rate,
)

QUARTILES = {"low": 0.25, "median": 0.5, "high": 0.75}


def rate_ratio(
    count: int, exposure: float, other_count: int, other_exposure: float, level: float = LEVEL
) -> Estimate:
    """Return one Poisson rate over another, with the exact conditional interval.

    Given the sum of the two counts, the first count is binomial; the interval is that of
    Clopper and Pearson for its probability, turned into a ratio of rates.

    Parameters
    ----------
    count, exposure
        Events and exposure (such as country-years) of the first group.
    other_count, other_exposure
        The same of the group it is compared with; ``other_count > 0``.
    level
        Confidence level.

    Raises
    ------
    ValueError
        If a count is negative, the second count is zero or an exposure is not positive.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from
    Poisson series. *Biometrika* 31(3/4).
    """
    if not (count >= 0 and other_count > 0 and exposure > 0 and other_exposure > 0):
        raise ValueError(
            "a rate ratio needs count >= 0, other_count > 0 and exposures > 0: "
            f"{count} in {exposure}, {other_count} in {other_exposure}"
        )
    test = stats.binomtest(int(count), int(count + other_count))
    interval = test.proportion_ci(level, method="exact")
    scale = other_exposure / exposure
    low, high = (bound / (1 - bound) * scale for bound in (interval.low, interval.high))
    return Estimate(count / other_count * scale, float(low), float(high))


@once
def clustered_rate_ratio(
    events: ArrayLike,
    exposure: ArrayLike,
    clusters: ArrayLike,
    first: ArrayLike,
    resamples: int = 10_000,
) -> Estimate:
    """Return the rate of the first group over that of the rest, with clusters kept whole.

    Parameters
    ----------
    events, exposure, clusters
        As in :func:`govsocial.uncertainty.cluster_ratio`.
    first
        Which rows belong to the first group. A cluster may have rows in both, as a country
        does that changes its regime.
    resamples
        Number of resamples.

    Returns
    -------
    Estimate
        Its upper bound is infinite if more than a few resamples hold no event of the rest.

    Raises
    ------
    ValueError
        If there are too few clusters, or the rest has no events.
    """
    chosen = np.asarray(first, dtype=bool)
    events, exposure = finite("events", events), finite("exposure", exposure)
    if not events[~chosen].any():
        raise ValueError("a rate ratio needs at least one event in the group compared with")
    parts = {
        "events": events * chosen,
        "exposure": exposure * chosen,
        "other_events": events * ~chosen,
        "other_exposure": exposure * ~chosen,
    }
    return bootstrap(
        lambda a, x, b, y: (a.sum() / x.sum()) / (b.sum() / y.sum()),
        *cluster_sums(clusters, **parts),
        paired=True,
        resamples=resamples,
    )


def rates(frame: pd.DataFrame, by: str, events: str, exposure: str, clusters: str) -> pd.DataFrame:
    """Return the rate of each group with its exact and its clustered interval.

    Parameters
    ----------
    frame
        One row per unit, such as a country-year.
    by, events, exposure, clusters
        Names of the columns: the group, its counts, its exposures, and what stays together.

    Returns
    -------
    DataFrame
        Two rows per group: columns ``by``, ``interval`` (``exact`` or ``clustered``),
        ``events``, ``exposure``, ``value``, ``low`` and ``high``.

    Raises
    ------
    ValueError
        If a group has no interval: see :func:`govsocial.uncertainty.cluster_ratio`.
    """
    rows = []
    for group, part in frame.groupby(by):
        total, time = int(part[events].sum()), float(part[exposure].sum())
        found = {
            "exact": rate(total, time),
            "clustered": cluster_ratio(part[events], part[exposure], part[clusters]),
        }
        for name, estimate in found.items():
            row = {by: group, "interval": name, "events": total, "exposure": time}
            rows.append(row | estimate._asdict())
    return pd.DataFrame(rows)


def compare_rates(
    frame: pd.DataFrame,
    by: str,
    groups: tuple[str, str],
    events: str,
    exposure: str,
    clusters: str,
) -> dict[str, Estimate]:
    """Return the rate of one group over that of another, with both intervals.

    Parameters
    ----------
    frame, by
        As in :func:`rates`.
    groups
        The group, and the one it is compared with.
    events, exposure, clusters
        As in :func:`rates`.

    Returns
    -------
    dict
        ``exact`` (see :func:`rate_ratio`) and ``clustered`` (see
        :func:`clustered_rate_ratio`).
    """
    part = frame[frame[by].isin(groups)]
    sums = part.groupby(by)[[events, exposure]].sum().loc[list(groups)].to_numpy(float)
    return {
        "exact": rate_ratio(int(sums[0, 0]), sums[0, 1], int(sums[1, 0]), sums[1, 1]),
        "clustered": clustered_rate_ratio(
            part[events], part[exposure], part[clusters], part[by] == groups[0]
        ),
    }


@once
def spearman(
    x: ArrayLike, y: ArrayLike, resamples: int = RESAMPLES, clusters: ArrayLike | None = None
) -> Estimate:
    """Return Spearman's rank correlation with its expanded percentile interval.

    Parameters
    ----------
    x, y
        One value per case, without missing values; ties share their mean rank.
    resamples
        Number of resamples of the cases.
    clusters
        What each case belongs to, such as the region of a country: whole clusters are resampled,
        as a check of an interval that takes neighbours for strangers.

    Raises
    ------
    ValueError
        If a value is missing or infinite, or there are too few different cases for an interval.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things.
    *American Journal of Psychology* 15(1).
    """
    pair = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return bootstrap(_rank_correlation, *pair, paired=True, clusters=clusters, resamples=resamples)


def _rank_correlation(
    x: NDArray[np.float64], y: NDArray[np.float64], axis: int = -1
) -> NDArray[np.float64]:
    # Many resamples at once, unlike scipy.stats.spearmanr, which also computes p-values.
    ranks = [stats.rankdata(values, axis=axis) for values in (x, y)]
    one, other = (rank - rank.mean(axis, keepdims=True) for rank in ranks)
    spread = np.sqrt((one**2).sum(axis) * (other**2).sum(axis))
    return np.asarray((one * other).sum(axis) / spread)


def quartiles(frame: pd.DataFrame, by: Sequence[str], value: str) -> pd.DataFrame:
    """Return the quartiles and the number of cases of each group.

    Parameters
    ----------
    frame
        One row per case.
    by
        Columns that name the group.
    value
        Column that is measured; missing values are left out.

    Returns
    -------
    DataFrame
        Columns ``by``, ``low``, ``median``, ``high`` and ``cases``, sorted by group.
    """
    groups = frame.dropna(subset=[value]).groupby(list(by), observed=True)[value]
    columns = {name: groups.quantile(share) for name, share in QUARTILES.items()}
    return pd.DataFrame(columns | {"cases": groups.size()}).reset_index()


def composition(
    frame: pd.DataFrame, group: str, part: str, value: str, keep: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the share of each part in the total of its group.

    Parameters
    ----------
    frame
        Columns ``group``, ``part`` and ``value``; rows of one part are summed.
    group, part, value
        Names of the columns.
    keep
        Parts that keep their name; the others are summed under an empty name. All if empty.

    Returns
    -------
    DataFrame
        Columns ``group``, ``part``, ``value`` and ``share``; the group with the largest total
        first.
    """
    names = frame[part].where(frame[part].isin(keep), "") if keep else frame[part]
    sums = frame.assign(**{part: names}).groupby([group, part])[value].sum().reset_index()
    total = sums.groupby(group)[value].transform("sum")
    sums["share"] = sums[value] / total
    order = sums.assign(total=-total).sort_values(["total", group, part])
    return order.drop(columns="total").reset_index(drop=True)
