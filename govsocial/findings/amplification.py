"""Who made the crowd, and who pays for political advertising."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from govsocial import labels, tag_accuracy
from govsocial.uncertainty import Estimate

INVASION = "2022-02-24"
"""Day of the invasion of Ukraine, on which the two series begin to be compared."""

TOGETHER = (INVASION, "2022-03-19")
"""First and last day of the comparison."""

CALM = ("2022-02-01", "2022-02-20")
"""First and last day of the weeks before the invasion that are taken as ordinary."""

FAILED = 10_000
"""Posts a day below which the search for posts about the war counts as failed."""

LATEST = 2025
"""Period of the newest reports on advertising."""


def together(made: pd.DataFrame, war: pd.DataFrame) -> tuple[float, int]:
    """Return how alike accounts made and users writing rose and fell, and over how many days.

    Parameters
    ----------
    made, war
        The tables ``liker_creation_days`` and ``war_tweet_days``.

    Returns
    -------
    tuple
        Spearman's rank correlation (of two series after one shock: it has no interval), and days.
    """
    days = made.set_index("day")["exact"].astype(float).loc[slice(*TOGETHER)]
    users = war.set_index("day")["users"].astype(float)
    return float(days.corr(users[days.index], method="spearman")), len(days)


def paid(readings: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of political advertising that public bodies paid, by country, in 2025.

    Parameters
    ----------
    readings
        The table ``ad_readings``.
    """
    latest = tag_accuracy.by_report(readings[readings["period"] == LATEST]).set_index("country")
    return {str(code): Estimate(*row) for code, row in latest[[*Estimate._fields]].iterrows()}


class Crowd(NamedTuple):
    """The largest week of a crowd, and how long it took to shrink."""

    top: float
    half: int
    tenth: int


def crowd(war: pd.DataFrame) -> Crowd:
    """Return how many posts a day the largest week had, and after how many days few were left.

    Parameters
    ----------
    war
        The table ``war_tweet_days``.

    Returns
    -------
    Crowd
        Posts a day in the largest week; days from its end until the weekly mean was below a half
        and below a tenth of that.
    """
    week = war.set_index("day")["tweets"].astype(float).rolling(7).mean()
    top = week.max()
    later = week[week.index > week.idxmax()]
    half, tenth = ((later[later < top / part].index[0] - week.idxmax()).days for part in (2, 10))
    return Crowd(float(top), half, tenth)


def within(windows: pd.DataFrame, sets: pd.DataFrame, window: int) -> pd.DataFrame:
    """Return the coincidences within a window beside those expected if all times were dealt anew.

    Parameters
    ----------
    windows, sets
        The tables ``sharing_windows`` and ``sharing_sets``.
    window
        Longest time between two shares in seconds.

    Returns
    -------
    DataFrame
        By set: ``kept_shares``, ``coincidences``, ``expected`` and their ``ratio``.
    """
    counted = windows[windows["window"] == window].set_index("set")[["coincidences", "chance"]]
    near = counted.join(sets.set_index("set")[["kept_shares", "pairs"]])
    near["expected"] = near["pairs"] * near["chance"]
    near["ratio"] = near["coincidences"] / near["expected"]
    return near[["kept_shares", "coincidences", "expected", "ratio"]]


def meetings(found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return how many pairs of accounts coincide again and again, by set, least and window.

    Parameters
    ----------
    found
        What :func:`govsocial.coordination.widening` returns, by set.

    Returns
    -------
    DataFrame
        Columns of the measure, and ``range`` of the shuffles in words.
    """
    rows = pd.concat(found, names=["set"]).reset_index("set")
    rows["range"] = [
        labels.interval(low, high) for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    return rows.set_index(["set", "least", "window"])
