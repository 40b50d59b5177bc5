"""Whether a clock presses *send*: the first five seconds of the minute."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy import stats

from govsocial import rhythm
from govsocial.uncertainty import ALPHA, Estimate, SignificanceResult, add_shares, median, share

KINDS = {
    "health": ("health",),
    "executive": ("executive",),
    "foreign": ("foreign",),
    "leader": ("leader", "leader_office"),
}
"""Groups of accounts, each with the kinds of the table ``posting_accounts`` in it."""


def shares(seconds: pd.DataFrame, accounts: pd.DataFrame, group: str) -> pd.Series[float]:
    """Return the share of posts in the first five seconds of each account of a group.

    Parameters
    ----------
    seconds
        The table ``posting_seconds``.
    accounts
        The table ``posting_accounts``.
    group
        A key of :data:`KINDS`.
    """
    chosen = accounts.loc[accounts["kind"].isin(KINDS[group]), "account"]
    return rhythm.clock_survey(seconds)["share"].loc[chosen]


def by_kind(seconds: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the number of accounts and the median share by group.

    Parameters
    ----------
    seconds, accounts
        As in :func:`shares`.

    Returns
    -------
    DataFrame
        By key of :data:`KINDS`: ``accounts``, ``value``, ``low`` and ``high``.
    """
    rows = {
        kind: (len(shares(seconds, accounts, kind)), *median_share(seconds, accounts, kind))
        for kind in KINDS
    }
    columns = ["accounts", "value", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def later_round(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return how often accounts post on minutes divisible by five, after the first five seconds.

    Parameters
    ----------
    accounts
        The table ``posting_accounts``.

    Returns
    -------
    DataFrame
        By account: ``value``, ``low`` and ``high`` (Wilson's interval); and
        ``first_five_round``, the same share of the posts in the first five seconds.
    """
    counts = accounts.set_index("account")
    later = counts.assign(later=counts["posts"] - counts["first_five"])
    found = add_shares(later, "later_round", "later", "value")[["value", "low", "high"]]
    prompt = (counts["first_five_round"] / counts["first_five"]).astype(float)
    return found.assign(first_five_round=prompt)


def stated_days(check: pd.DataFrame) -> pd.Series[int]:
    """Return how many stated dates of accounts are the day in their snowflake IDs.

    Parameters
    ----------
    check
        The table ``account_snowflake_check``: the stated day less that in the ID.

    Returns
    -------
    Series
        ``all`` pairs; ``same`` day; ``eve``, a day before; ``years``, more than a year before;
        and the ``rest``.
    """
    pairs = check.set_index("difference")["accounts"]
    same, eve, years = pairs[0], pairs[-1], pairs[pairs.index < -365].sum()
    counts = {"all": pairs.sum(), "same": same, "eve": eve, "years": years}
    return pd.Series(counts | {"rest": pairs.sum() - same - eve - years})


def median_share(seconds: pd.DataFrame, accounts: pd.DataFrame, group: str = "health") -> Estimate:
    """Return the median of :func:`shares`."""
    return median(shares(seconds, accounts, group))


def kinds_alike(seconds: pd.DataFrame, accounts: pd.DataFrame) -> SignificanceResult:
    """Test whether accounts of all :data:`KINDS` have like shares: Kruskal and Wallis's test.

    Parameters
    ----------
    seconds, accounts
        As in :func:`shares`.

    References
    ----------
    Kruskal, W. H. and Wallis, W. A. (1952). Use of ranks in one-criterion variance analysis.
    *Journal of the American Statistical Association* 47(260).
    """
    found = stats.kruskal(*(shares(seconds, accounts, group) for group in KINDS))
    return SignificanceResult(float(found.statistic), float(found.pvalue), len(KINDS) - 1)


def versus_chance(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share of posts in the first five seconds of each account, against chance.

    Parameters
    ----------
    months
        The table ``posting_months``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.rhythm.versus_even`, the share as ``value``.
    """
    return rhythm.versus_even(months).rename(columns={"share": "value"})


def least_timed(months: pd.DataFrame, account: str) -> Estimate:
    """Return the least share of an account's posts timed to the full minute, as months vary.

    Parameters
    ----------
    months
        The table ``posting_months``.
    account
        Name of the account.

    Raises
    ------
    KeyError
        If the account is not in the table.
    """
    first = versus_chance(months).loc[account, ["value", "low", "high"]].astype(float)
    return rhythm.timed(Estimate(*first))


def above_chance(months: pd.DataFrame) -> int:
    """Return how many accounts post in the first five seconds more often than chance allows.

    Parameters
    ----------
    months
        The table ``posting_months``.
    """
    found = versus_chance(months)
    return int(((found["pvalue"] < ALPHA) & (found["value"] > rhythm.EVEN)).sum())


def months_of_change(months: pd.DataFrame) -> dict[str, Any]:
    """Return the shares in seconds 0 to 4 of accounts whose habit changed, around the change.

    Parameters
    ----------
    months
        The table ``posting_months``.

    Returns
    -------
    dict
        By the keys of the chapter: estimates for one prime minister in and after December 2019,
        then single months.
    """
    rows = months.set_index(["account", "month"])
    part = rows["first_five"] / rows["posts"]
    johnson = months[months["account"] == "BorisJohnson"]
    december, after = (
        johnson.loc[chosen, ["first_five", "posts"]].sum()
        for chosen in (johnson["month"] == "2019-12-01", johnson["month"] >= "2020-03-01")
    )
    return {
        "johnson-posts": december["posts"],
        "johnson": share(december["first_five"], december["posts"]),
        "johnson-after": share(after["first_five"], after["posts"]),
        "johnson-before": part["BorisJohnson", "2019-10-01"],
        "hhs-february": part["HHSGov", "2019-02-01"],
        "hhs-april": part["HHSGov", "2019-04-01"],
        "minsaude-january": part["minsaude", "2020-01-01"],
        "minsaude-february": part["minsaude", "2021-02-01"],
    }


def checked(check: pd.DataFrame) -> dict[str, Any]:
    """Return of how many posts the second of the identifier is that of the archive.

    Parameters
    ----------
    check
        The table ``snowflake_check``.

    Returns
    -------
    dict
        By the keys of the chapter; ``checked-worst`` is in seconds.
    """
    posts, differs = check["posts"], check["difference"] != 0
    late = check["year"] >= 2015
    return {
        "checked": posts.sum(),
        "checked-off": posts[differs].sum(),
        "checked-early": posts[check["difference"] < 0].sum(),
        "checked-late": posts[late].sum(),
        "checked-late-off": posts[late & differs].sum(),
        "checked-exact": posts[~differs].sum() / posts.sum(),
        "checked-worst": check["difference"].abs().max(),
    }


def by_hand(programs: pd.DataFrame) -> dict[str, Any]:
    """Return how many posts were sent by hand, and their share in seconds 0 to 4.

    Parameters
    ----------
    programs
        The table ``congress_clients``, by ``client``.

    Returns
    -------
    dict
        By the keys of the chapter; of Hootsuite, the share on minutes divisible by five.
    """
    hand = programs[programs["kind"] == "hand"]
    posts = programs["posts"]
    return {
        "hand-posts": hand["posts"].sum(),
        "hand-programs": len(hand),
        "hand-share": share(hand["first_five"].sum(), hand["posts"].sum()),
        "hootsuite-round": programs["round_minute"]["Hootsuite"] / posts["Hootsuite"],
    }
