"""Where the town hall talks: platforms that are listed, lists compared, and doors for requests."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govsocial.uncertainty import Estimate, add_shares, share

PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "x": "X",
    "tiktok": "TikTok",
}
"""Columns of the tables of bodies, with the names of the platforms."""

LATEST = "2026-03"
"""Edition of the German list that town halls and authorities share."""

CITIZENS = ("phone", "web", "app", "Twitter")
"""Channels of a request that a citizen makes; staff and other systems are left out."""


def listed(bodies: pd.DataFrame) -> pd.DataFrame:
    """Return how many bodies have an account in the list, by platform.

    Parameters
    ----------
    bodies
        One row per body, a Boolean column per platform of ``PLATFORMS``: true, listed; false,
        looked for and not found; missing, not looked for.

    Returns
    -------
    DataFrame
        One row per platform that was looked for, in the order of ``PLATFORMS``; ``platform``,
        ``listed``, ``bodies``, and the share with Wilson's interval (``value``, ``low``, ``high``).
    """
    looked = bodies[list(PLATFORMS)]
    counted = looked.agg(["sum", "count"]).T.astype(int)
    counted.columns = pd.Index(["listed", "bodies"])
    counted = counted[counted["bodies"] > 0].rename(index=PLATFORMS).rename_axis("platform")
    return add_shares(counted.reset_index(), "listed", "bodies", "value")


def by_edition(agencies: pd.DataFrame) -> pd.DataFrame:
    """Return what :func:`listed` says of each edition of the list of authorities.

    Parameters
    ----------
    agencies
        The table ``german_agencies``.
    """
    parts = {edition: listed(rows) for edition, rows in agencies.groupby("edition")}
    return pd.concat(parts, names=["edition"]).reset_index("edition").reset_index(drop=True)


def older_still_listed(lists: pd.DataFrame) -> Estimate:
    """Return the share of the older list's accounts on X that the newer list has, too.

    Parameters
    ----------
    lists
        The table ``german_town_halls_x_lists``.
    """
    total = lists[["both", "only_older"]].sum()
    return share(total["both"], total.sum())


def doors(requests: pd.DataFrame) -> pd.DataFrame:
    """Return by which channel citizens made their requests, by city and year.

    Parameters
    ----------
    requests
        The table ``city_requests``.

    Returns
    -------
    DataFrame
        ``city``, ``year``, ``channel`` (one of ``CITIZENS``), ``requests``, ``total`` of the
        year, and the share with Wilson's interval (``value``, ``low``, ``high``).
    """
    own = requests[requests["channel"].isin(CITIZENS)]
    yearly = own.assign(year=own["month"].dt.year).groupby(["city", "year", "channel"])["requests"]
    counted = yearly.sum().reset_index()
    counted["total"] = counted.groupby(["city", "year"])["requests"].transform("sum")
    return add_shares(counted, "requests", "total", "value")


def at_the_doors(shares: pd.DataFrame) -> dict[str, Any]:
    """Return how many requests came through the doors that the chapter names.

    Parameters
    ----------
    shares
        What :func:`doors` returns.

    Returns
    -------
    dict
        By the keys of the chapter: estimates where a share is small.
    """
    door = shares.set_index(["city", "year", "channel"])
    bounds = ["value", "low", "high"]
    city = door.loc["San Francisco"]
    return {
        "boston": door.loc[("Boston", 2015, "phone"), "total"],
        "boston-twitter": door.loc[("Boston", 2015, "Twitter"), bounds],
        "twitter-2012": city.loc[(2012, "Twitter"), bounds],
        "twitter-2015": city.loc[(2015, "Twitter"), bounds],
        "phone-2009": city.loc[(2009, "phone"), "value"],
        "phone-2015": city.loc[(2015, "phone"), "value"],
        "app-2015": city.loc[(2015, "app"), "value"],
        "twitter-most": door.xs("Twitter", level="channel")["value"].max(),
    }


def boston_tweets(requests: pd.DataFrame) -> dict[str, Any]:
    """Return how many of Boston's requests came by Twitter, in all and late in the year.

    Parameters
    ----------
    requests
        The table ``city_requests``.

    Returns
    -------
    dict
        By the keys of the chapter; late is from October on, when the channel was taken up.
    """
    own = requests[(requests["city"] == "Boston") & requests["channel"].isin(CITIZENS)]
    late = own[own["month"] >= "2015-10-01"]
    tweets, lately = (
        rows.loc[rows["channel"] == "Twitter", "requests"].sum() for rows in (own, late)
    )
    return {
        "boston-tweets": tweets,
        "boston-late": lately,
        "boston-late-twitter": lately / late["requests"].sum(),
    }
