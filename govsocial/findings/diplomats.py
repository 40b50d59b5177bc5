"""What lists show of four diplomatic services: accounts, audiences, words and silence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from govsocial.inequality import gini, top_share
from govsocial.once import once
from govsocial.uncertainty import Range, add_shares, resampled, share

READ, QUIET = "2026-02-07", 90
"""Day on which the Swedish accounts were read, and days without a post that count as silence."""

FOLLOWED, YOUNG = "2019-11-01", "2020-01-01"
"""Day from which the Chinese accounts were followed; those opened from the second day on were
younger than two and a half years when their followers were read, on 8 June 2022."""

BURST = ("2019-10-01", "2020-01-01")
"""First and last quarter of the burst of openings."""

LATE = "2021-07-01"

NAMED = [
    "#covid19",
    "#coronavirus",
    "#wuhan",
    "#beijing2022",
    "#ukraine",
    "#xinjiang",
    "#hongkong",
    "#china",
]
"""The hashtags that the chapter speaks of, and the most used one."""


def american(table: pd.DataFrame, platform: str = "Twitter") -> pd.Series[int]:
    """Return in how many cities the US list names an account, by kind of mission.

    Parameters
    ----------
    table
        The table ``us_diplomatic_accounts_2012``.
    platform
        The platform, as the table names it.
    """
    rows = table[table["platform"] == platform]
    kinds = rows["kind"].replace("mission", "permanent mission")
    return rows["city"].groupby(kinds).nunique()


def russian(table: pd.DataFrame) -> pd.Series[int]:
    """Return how many Russian missions the list can name at most, by kind.

    Parameters
    ----------
    table
        The table ``russian_accounts_2022``.
    """
    return table.groupby("kind")["bodies"].sum()


def swedish(table: pd.DataFrame) -> pd.Series[int]:
    """Return for how many Swedish missions a handle is named, by kind.

    Parameters
    ----------
    table
        The table ``swedish_missions``.
    """
    return table[table["state"] != "unlisted"].groupby("kind").size()


def coverage(
    lists: Mapping[tuple[str, int], pd.Series[int]], missions: pd.DataFrame
) -> pd.DataFrame:
    """Return how many missions have an account in a list, of those that there are.

    Parameters
    ----------
    lists
        By country and year of the list: missions with an account by kind.
    missions
        The table ``diplomatic_missions``.

    Returns
    -------
    DataFrame
        ``iso3``, ``year``, ``kind``, ``listed`` and ``missions``.
    """
    counted = missions[missions["kind"] != "other"].set_index(["iso3", "kind"])["missions"]
    kinds = counted.index.unique("kind")
    found = pd.concat({key: kind.reindex(kinds, fill_value=0) for key, kind in lists.items()})
    found.index.names = ["iso3", "year", "kind"]
    return found.rename("listed").reset_index().join(counted, on=["iso3", "kind"])


def openings(table: pd.DataFrame) -> pd.Series[int]:
    """Return how many Chinese accounts were opened when.

    Parameters
    ----------
    table
        The table ``china_account_openings``.

    Returns
    -------
    Series
        ``all``, ``young``, ``burst``, ``by_2019``, ``in_2019``, ``late`` and ``late_persons``.
    """
    quarters = table.groupby("quarter")["accounts"].sum()
    late = table[table["quarter"] >= LATE]
    return pd.Series(
        {
            "all": quarters.sum(),
            "young": quarters[YOUNG:].sum(),
            "burst": quarters[BURST[0] : BURST[1]].sum(),
            "by_2019": quarters[:"2019-12-31"].sum(),
            "in_2019": quarters["2019-01-01":"2019-12-31"].sum(),
            "late": late["accounts"].sum(),
            "late_persons": late.loc[late["holder"] == "person", "accounts"].sum(),
        }
    )


def part_of_largest(table: pd.DataFrame, measure: str, accounts: int) -> float:
    """Return the part of a measure that the largest accounts hold.

    Parameters
    ----------
    table, measure
        As in :func:`sizes`.
    accounts
        How many accounts are the largest.
    """
    values = sizes(table, measure)
    return float(values.nlargest(accounts).sum() / values.sum())


def without_largest(
    table: pd.DataFrame, seats: pd.DataFrame, accounts: int = 2
) -> tuple[float, pd.Series[float]]:
    """Return how followers are spread without the largest accounts, persons at home.

    Parameters
    ----------
    table, seats
        The tables ``china_account_sizes`` and ``china_account_seats``.
    accounts
        How many accounts are the largest.

    Returns
    -------
    tuple
        The Gini coefficient, and the share of followers by ``seat`` and ``holder``.
    """
    values = sizes(table, "followers")
    held = seats.set_index(["seat", "holder"])["followers"].astype(float)
    held["at home", "person"] -= values.nlargest(accounts).sum()
    return gini(values.nsmallest(len(values) - accounts)), held / held.sum()


def handover(heads: pd.DataFrame, place: str) -> tuple[float, float]:
    """Return the followers of a former and of the serving head per follower of the mission.

    Parameters
    ----------
    heads
        The table ``china_heads_and_offices``.
    place
        The mission.
    """
    ratio = heads.set_index(["head", "place"])["ratio"]
    return float(ratio["former", place]), float(ratio["in office", place])


def hashtag_rates(tags: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return how often hashtags were used per 1,000 hashtags, at most.

    Parameters
    ----------
    tags, periods
        The tables ``china_hashtags`` and ``china_periods``.

    Returns
    -------
    DataFrame
        The first, with ``rate`` and ``known`` (false where the rate is an upper bound).
    """
    used = tags["period"].map(periods.set_index("period")["hashtags"])
    return tags.assign(rate=1000 * tags["at_most"] / used, known=tags["uses"].notna())


def daily(periods: pd.DataFrame) -> pd.Series[float]:
    """Return posts and retweets per day, by period.

    Parameters
    ----------
    periods
        The table ``china_periods``. Neither period holds the last day of the first.
    """
    rows = periods.set_index("period")
    days = (rows["end"] - rows["start"]).dt.days
    days += pd.Series({"whole": 1, "first": 0, "second": 1})
    return (rows["posts"] + rows["retweets"]) / days


def silence(missions: pd.DataFrame) -> pd.Series[int]:
    """Return how many Swedish missions have fallen silent, by several rules.

    Parameters
    ----------
    missions
        The table ``swedish_missions``.

    Returns
    -------
    Series
        ``all``, ``dated`` (last post known), ``closed``, ``unlisted``, ``week`` (posted within),
        ``silent`` (longer than :data:`QUIET` days), ``silent_100``, ``silent_365``, and
        ``edge_days``, the least of the silent.
    """
    since = (pd.Timestamp(READ) - missions["last_post"].dropna()).dt.days
    states = missions["state"].value_counts()
    return pd.Series(
        {
            "all": len(missions),
            "dated": len(since),
            "closed": states["closed"],
            "unlisted": states["unlisted"],
            "week": (since <= 7).sum(),
            "silent": (since > QUIET).sum(),
            "silent_100": (since > 100).sum(),
            "silent_365": (since > 365).sum(),
            "edge_days": since[since > QUIET].min(),
        }
    )


def handles_by_region(missions: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Return for how many Swedish missions a handle is named, by region of the host.

    Parameters
    ----------
    missions, countries
        The tables ``swedish_missions`` and ``countries``.

    Returns
    -------
    DataFrame
        Indexed by region: ``missions``, ``share``, ``low`` and ``high``.
    """
    regions = missions["host"].map(countries.set_index("iso3")["region"])
    listed = (missions["state"] != "unlisted").groupby(regions).agg(["size", "sum"])
    rows = add_shares(listed, "sum", "size").rename(columns={"size": "missions"})
    return rows.drop(columns="sum")


def sizes(table: pd.DataFrame, measure: str) -> pd.Series[float]:
    """Return a measure of each Chinese diplomatic account.

    Parameters
    ----------
    table
        The table ``china_account_sizes``.
    measure
        One of its measures, such as ``followers``.
    """
    rows = table[table["measure"] == measure]
    return rows["value"].loc[rows.index.repeat(rows["accounts"])]


@once
def concentration(table: pd.DataFrame, measure: str) -> tuple[Range, Range]:
    """Return the Gini coefficient of a measure, and the share that the top tenth holds.

    Parameters
    ----------
    table, measure
        As in :func:`sizes`.
    """
    values = sizes(table, measure)
    tenth = partial(top_share, part=0.1)
    return resampled(gini, values), resampled(tenth, values)


def top_tenth_followers(table: pd.DataFrame) -> Range:
    """Return the share of all followers that the top tenth of the accounts holds.

    Parameters
    ----------
    table
        The table ``china_account_sizes``.
    """
    return concentration(table, "followers")[1]


def us_embassies(table: pd.DataFrame) -> list[int]:
    """Return how many US embassies have an account: on Twitter, on Facebook, in Africa on each.

    Parameters
    ----------
    table
        The table ``us_diplomatic_accounts_2012``.
    """
    africa = table[table["region"] == "Africa"]
    chosen = [(table, "Twitter"), (table, "Facebook"), (africa, "Facebook"), (africa, "Twitter")]
    return [american(part, platform)["embassy"] for part, platform in chosen]


def at_home_and_abroad(seats: pd.DataFrame) -> dict[str, Any]:
    """Return how many follow accounts of China's foreign service at home, and those abroad.

    Parameters
    ----------
    seats
        The table ``china_account_seats``.

    Returns
    -------
    dict
        By the keys of the chapter: ``home`` is a share of all followers; of offices and persons
        abroad, the quartiles and the median.
    """
    home = seats[seats["seat"] == "at home"]
    abroad = seats[seats["seat"] == "abroad"].set_index("holder")
    quartiles = {"-low": "lower_quartile", "": "median", "-high": "upper_quartile"}
    return {
        "home": home["followers"].sum() / seats["followers"].sum(),
        "home-accounts": home["accounts"].sum(),
    } | {
        f"{holder}{name}": abroad.loc[holder, column]
        for holder in ("office", "person")
        for name, column in quartiles.items()
    }


def in_english(spoken: pd.DataFrame) -> dict[str, Any]:
    """Return the shares of posts in English that the chapter prints, by its keys.

    Parameters
    ----------
    spoken
        The table ``china_post_languages``.
    """
    rows = spoken.set_index("hosts")
    hosts = {
        "denmark": "Denmark",
        "france": "France",
        "germany": "Germany",
        "english": "English-speaking countries",
        "beijing": "at home",
        "japan": "Japan",
    }
    return {f"language-{key}": rows.loc[host, "english"] for key, host in hosts.items()} | {
        "language-italy-low": rows.loc["Italy", "lowest"],
        "language-italy-high": rows.loc["Italy", "highest"],
        "language-lowest-english": rows.loc["English-speaking countries", "lowest"],
        "language-japan-accounts": rows.loc["Japan", "accounts"],
    }


def printed_silence(missions: pd.DataFrame) -> dict[str, Any]:
    """Return what :func:`silence` says, and the shares that follow, by the keys of the chapter.

    Parameters
    ----------
    missions
        The table ``swedish_missions``.
    """
    state = silence(missions)
    counts = {f"sweden-{str(name).replace('_', '-')}": count for name, count in state.items()}
    stopped = (state["silent"] + state["closed"]) / (state["all"] - state["unlisted"])
    return counts | {
        "sweden-posts": counts.pop("sweden-all"),
        "sweden-edge": state["silent"] - state["silent_100"],
        "sweden-silent-share": share(state["silent"], state["dated"]),
        "sweden-gone": stopped,
    }


def offices_and_heads(heads: pd.DataFrame) -> dict[str, Any]:
    """Return how many heads of missions have more followers than the mission, and two handovers.

    Parameters
    ----------
    heads
        The table ``china_heads_and_offices``.

    Returns
    -------
    dict
        By the keys of the chapter: followers per follower of the embassy, of a former head and of
        the serving one, and their posts from March 2021 on.
    """
    serving = heads[heads["head"] == "in office"].set_index("place")
    ahead = int((serving["ratio"] > 1).sum())
    london, washington = handover(heads, "United Kingdom"), handover(heads, "United States")
    posts = heads.set_index(["head", "place"])["posts"]
    return {
        "posts-both": len(serving),
        "heads-ahead": ahead,
        "heads": share(ahead, len(serving)),
        "london-former": london[0],
        "london-serving": london[1],
        "london-handover": london[0] / london[1],
        "london-years": serving["years"]["United Kingdom"],
        "washington-former": washington[0],
        "washington-serving": washington[1],
        "london-former-posts": posts["former", "United Kingdom"],
        "london-serving-posts": posts["in office", "United Kingdom"],
        "washington-former-posts": posts["former", "United States"],
    }
