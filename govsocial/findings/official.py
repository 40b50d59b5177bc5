"""How true a register of official accounts is, five years later."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from govsocial.decay import dead_links, half_life
from govsocial.uncertainty import Estimate

COPIED_IN = 4
"""The month whose copies of the list of Congress are followed: new members are in by April."""

NARROW = 0.9
"""Share of entries from which worst-case bounds are narrower than ten points."""

THRESHOLD = 0.45
"""Share of Twitter entries from which a legislature counts as looked at."""


def mistaken(links: pd.DataFrame) -> pd.Series[bool]:
    """Return which addresses look like errors of entry rather than dead pages.

    Their name has an underscore, which Facebook's addresses cannot have, or is new and that of
    a Twitter account of 2012.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """
    return links["underscore"] | (links["twitter_name"] & ~links["in_2012"])


def dead(links: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of Facebook addresses without a page, by group of the register.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """
    groups = dead_links(links)[["share", "low", "high"]]
    return {str(name): Estimate(*row) for name, row in groups.iterrows()}


class Gap(NamedTuple):
    """By how much new addresses are more often dead than old ones, as shares of addresses."""

    all_new: float
    without_mistakes: float
    """The same, without the new and old addresses that look like errors of entry."""


def gap(links: pd.DataFrame) -> Gap:
    """Return the share of dead addresses added after 2012 less that of those listed in 2012.

    Parameters
    ----------
    links
        The table ``us_facebook_links_2017``.
    """

    def difference(rows: pd.DataFrame) -> float:
        sums = rows.groupby("in_2012")[["unavailable", "addresses"]].sum()
        dead = sums["unavailable"] / sums["addresses"]
        return float(dead[False] - dead[True])

    return Gap(difference(links), difference(links[~mistaken(links)]))


def half_lives(copies: pd.DataFrame, month: int = COPIED_IN) -> pd.Series[float]:
    """Return after how many years half of each copy of a list was no longer true.

    Parameters
    ----------
    copies
        The table ``congress_list_ageing``.
    month
        Month in which the copies were made, 1 to 12.

    Returns
    -------
    Series
        Years by day of the copy; missing where more than half is still true
        (see :func:`govsocial.decay.half_life`).
    """
    chosen = copies[copies["copied"].dt.month == month]
    rows = pd.DataFrame(
        {
            "copied": chosen["copied"],
            "years": (chosen["checked"] - chosen["copied"]).dt.days / 365.25,
            "remaining": (chosen["same"] / chosen["entries"]).astype(float),
        }
    )
    ages = {
        day: half_life(of.set_index("years")["remaining"]) for day, of in rows.groupby("copied")
    }
    return pd.Series(ages, dtype=float)
