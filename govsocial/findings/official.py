"""How true a register of official accounts is, five years later."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from govsocial.decay import dead_links, half_life, shares_by_age
from govsocial.uncertainty import Estimate

COPIED_IN = 4
"""The month whose copies of the list of Congress are followed: new members are in by April."""

NAMED = {
    "CA House of Commons": "above",
    "GB House of Commons": "right",
    "DE Bundestag": "above",
    "ES Congreso de los Diputados": "above",
    "AW Estates of Aruba": "right",
    "GB-WLS National Assembly for Wales": "above",
    "US House of Representatives": "left",
    "FR Assemblée nationale": "right",
    "IT House of Representatives": "right",
    "AU House of Representatives": "left",
}
"""Legislatures that the figure names, and on which side of their dot."""

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


def of_commerce(accounts: pd.DataFrame) -> dict[str, Any]:
    """Return how often the sum over agencies counts the accounts of the Department of Commerce.

    Parameters
    ----------
    accounts
        The table ``us_commerce_accounts_2017``.

    Returns
    -------
    dict
        By the keys of the chapter; ``untouched`` is the share last updated before 2017.
    """
    entries = accounts["accounts"].sum()
    summed = (accounts["accounts"] * accounts["agencies"]).sum()
    in_february = accounts["registered"] == "2016-02-01"
    return {
        "commerce": entries,
        "commerce-summed": summed,
        "commerce-february": accounts.loc[in_february, "accounts"].sum(),
        "commerce-factor": summed / entries,
        "untouched": accounts.loc[accounts["updated"] < "2017-01-01", "accounts"].sum() / entries,
    }


def first_listed(legislatures: pd.DataFrame) -> dict[str, Any]:
    """Return how many members of legislatures the volunteers listed, and with what.

    Parameters
    ----------
    legislatures
        The table ``legislature_handles_2015``.

    Returns
    -------
    dict
        By the keys of the chapter: members in Canada and their accounts, all members, and shares of
        these with an entry.
    """
    canada = legislatures.set_index("iso2").loc["CA"]
    sums = legislatures[["members", "twitter", "email", "image"]].sum()
    return {
        "canada-mps": canada["members"],
        "canada-mps-twitter": canada["twitter"],
        "canada-mps-facebook": canada["facebook"],
        "politicians": sums["members"],
    } | {f"filled-{name}": sums[name] / sums["members"] for name in ("twitter", "email", "image")}


def key_members(twitter: pd.DataFrame) -> dict[str, Any]:
    """Return how many members of Congress the list has, and with a Twitter entry.

    Parameters
    ----------
    twitter
        Rows of the table ``congress_list_quarters`` for Twitter.

    Returns
    -------
    dict
        By the keys of the chapter: other members and new ones in January 2023, new ones in October
        2024.
    """
    rows = twitter.set_index(["quarter", "new"])
    groups = {
        "others": ("2023-01-15", False),
        "new": ("2023-01-15", True),
        "new-last": ("2024-10-15", True),
    }
    return {key: rows.loc[group, "members"] for key, group in groups.items()} | {
        f"{key}-listed": rows.loc[group, "listed"] for key, group in groups.items()
    }


def ageing(copies: pd.DataFrame) -> dict[str, Any]:
    """Return how long it took until half of a copy was no longer true, and what became of it.

    Parameters
    ----------
    copies
        The table ``congress_list_ageing``.

    Returns
    -------
    dict
        By the keys of the chapter: years, copies that reached the half and that did not, and shares
        of the entries after one year and five.
    """
    lives, ages = half_lives(copies), shares_by_age(copies, month=COPIED_IN)
    fates = {"years": "same", "low": "low", "high": "high", "left": "left", "changed": "changed"}
    return {
        "half-shortest": lives.min(),
        "half-longest": lives.max(),
        "half-copies": lives.notna().sum(),
        "young-copies": lives.isna().sum(),
        "one-year": ages["same"][1.0],
    } | {f"five-{key}": ages[column][5.0] for key, column in fates.items()}
