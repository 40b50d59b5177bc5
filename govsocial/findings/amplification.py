"""Who made the crowd, and who pays for political advertising."""

from __future__ import annotations

import pandas as pd

from govsocial import tag_accuracy
from govsocial.uncertainty import Estimate

INVASION = "2022-02-24"
"""Day of the invasion of Ukraine, on which the two series begin to be compared."""

TOGETHER = (INVASION, "2022-03-19")
"""First and last day of the comparison."""

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
