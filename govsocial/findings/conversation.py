"""Whether anybody answers, and who holds the attention, in the US Congress."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from govsocial import inequality
from govsocial.uncertainty import Estimate, Range, cluster_ratio

BREAKS = ("2016-11-09", "2017-01-20")
"""First days after the election and of the new president: the spells of the two accounts."""

SPELLS = {
    "obama": ("BarackObama", 0),
    "former": ("BarackObama", 2),
    "candidate": ("realDonaldTrump", 0),
    "elect": ("realDonaldTrump", 1),
    "president": ("realDonaldTrump", 2),
}
"""Account and spell; a former president counts from the day of his successor."""

YOUNG = ("2017-10-01", "2017-10-15")
"""The last month of the file, and its last day on which replies had a week to come."""

EPISODE = ("2012-10-01", "2013-10-01")
"""First and last of the quarters in which the account replied often."""

INTERACTIONS = ["interactions_2018_2019", "interactions_2020"]
BODIES = ["police", "government", "armed forces", "municipality"]
PERSONS = ["prime minister", "premier"]
POSTS = ["posts_2018_2019", "posts_2020"]
"""Columns of the two periods of the Canadian pages, which last :data:`MONTHS`."""

MONTHS = (24, 6)


_OFFICIAL = "institution or official account"
_STATES = ["helpful", "not_helpful", "needs_more_ratings"]


def reply_share(members: pd.DataFrame) -> Estimate:
    """Return the share of replies to others in all posts.

    Parameters
    ----------
    members
        The table ``congress_conversation``.
    """
    return cluster_ratio(members["replies"], members["posts"])


def own_posts(counts: pd.DataFrame) -> pd.Series[int]:
    """Return how many own posts have each number of retweets.

    Parameters
    ----------
    counts
        The table ``congress_retweet_counts``.
    """
    return counts[counts["kind"] != "passed_on"].groupby("retweets")["posts"].sum()


def top_hundredth(classes: pd.DataFrame, counts: pd.DataFrame) -> Range:
    """Return the share of the retweets of own posts that the top hundredth of them holds.

    Parameters
    ----------
    classes, counts
        The tables ``congress_retweet_classes`` and ``congress_retweet_counts``.
    """
    values, bundles = inequality.classed(classes, own_posts(counts))
    return inequality.clustered(inequality.top_share, values, bundles)


def middle_retweets(counts: pd.DataFrame) -> list[float]:
    """Return the retweets of the median plain post, thread post and reply to others.

    Parameters
    ----------
    counts
        The table ``congress_retweet_counts``.
    """
    middle = {}
    for kind, rows in counts.groupby("kind"):
        each = np.repeat(rows["retweets"].to_numpy(), rows["posts"].to_numpy())
        middle[kind] = float(np.median(each))
    return [middle[kind] for kind in ("plain", "thread", "reply")]


def gini_within(classes: pd.DataFrame, counts: pd.DataFrame) -> float:
    """Return the median over members of the Gini coefficient of a member's own posts.

    Parameters
    ----------
    classes, counts
        As in :func:`top_hundredth`. Members whom nobody retweeted are left out.
    """
    values, bundles = inequality.classed(classes, own_posts(counts))
    within = sorted(inequality.gini(values, bundle) for bundle in bundles if bundle @ values > 0)
    return within[len(within) // 2]


def exponent(classes: pd.DataFrame, counts: pd.DataFrame, start: int) -> Range:
    """Return the exponent of a power law from a number of retweets on, members resampled.

    Parameters
    ----------
    classes, counts
        As in :func:`top_hundredth`.
    start
        Fewest retweets of a post in the tail.
    """
    values, bundles = inequality.classed(classes, own_posts(counts))
    return inequality.clustered(partial(inequality.exponent, start=start), values, bundles)


def of_candidates(counts: pd.DataFrame, least: int) -> float:
    """Return the part of the most retweeted own posts that candidates for president wrote.

    Parameters
    ----------
    counts
        The table ``congress_retweet_counts``.
    least
        Fewest retweets of a post that counts.
    """
    high = counts[(counts["kind"] != "passed_on") & (counts["retweets"] >= least)]
    return float(high.loc[high["candidate"], "posts"].sum() / high["posts"].sum())


def by_year(quarters: pd.DataFrame) -> pd.DataFrame:
    """Return what one account sent by year, and how often it replied or named somebody.

    Parameters
    ----------
    quarters
        The table ``trump_quarters``.

    Returns
    -------
    DataFrame
        Indexed by year: ``posts``, ``replies`` (threads included), ``threads``, ``naming``,
        ``reply_share`` (of all posts) and ``naming_share`` (of the posts not marked as replies).
    """
    columns = ["posts", "replies", "threads", "naming"]
    years = quarters.groupby(quarters["quarter"].dt.year)[columns].sum().astype(int)
    others = years["posts"] - years["replies"]
    return years.assign(
        reply_share=years["replies"] / years["posts"], naming_share=years["naming"] / others
    )


def rule(years: pd.DataFrame) -> list[int]:
    """Return how many posts marked as replies name nobody, and how many there are.

    Parameters
    ----------
    years
        Of :func:`by_year`.

    Returns
    -------
    list
        Threads and all replies until 2016, then threads and all replies of 2017.
    """
    before, last = years.index <= 2016, years.index == 2017
    columns = years["threads"], years["replies"]
    return [int(column[when].sum()) for when in (before, last) for column in columns]


def spells(posts: pd.DataFrame) -> pd.DataFrame:
    """Return how posts of two presidents were answered, by the names of :data:`SPELLS`.

    Parameters
    ----------
    posts
        The table ``president_posts``.

    Returns
    -------
    DataFrame
        ``posts``, ``ratio`` and ``over`` of :func:`govsocial.inequality.reply_ratio_spells`.
    """
    found = inequality.reply_ratio_spells(posts, BREAKS).loc[list(SPELLS.values())]
    return found.set_axis(list(SPELLS), axis=0)


def october(posts: pd.DataFrame) -> list[float]:
    """Return the president's median ratio in the last month, with and without young posts.

    Parameters
    ----------
    posts
        The table ``president_posts``.
    """
    start, end = YOUNG
    month = posts[(posts["account"] == "realDonaldTrump") & (posts["day"] >= start)]
    ratio = month["replies"] / month["retweets"]
    return [float(ratio.median()), float(ratio[month["day"] <= end].median())]


def shown(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share of notes that were shown to all, months resampled.

    Parameters
    ----------
    months
        The table ``community_notes_months``.

    Returns
    -------
    DataFrame
        Rows ``congress`` and ``others`` (posts of other known authors): ``notes`` and ``share``,
        an :class:`~govsocial.uncertainty.Estimate`.
    """
    notes, helpful = months["congress_notes"], months["congress_helpful"]
    rest, rest_helpful = months["author_known"] - notes, months["helpful_author_known"] - helpful
    rows = {
        "congress": (notes.sum(), cluster_ratio(helpful, notes)),
        "others": (rest.sum(), cluster_ratio(rest_helpful, rest)),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["notes", "share"])


def shown_by_group(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the share of notes that were shown, among the accounts with most notes.

    Parameters
    ----------
    groups
        The table ``community_notes_groups``.

    Returns
    -------
    DataFrame
        Rows institutions, persons in office, others: ``accounts``, ``notes`` and ``share``.
    """
    order = [
        _OFFICIAL,
        "personal account of an office-holder",
        "all other accounts",
    ]
    sums = groups.groupby("kind")[["accounts", *_STATES]].sum().loc[order]
    notes = sums[_STATES].sum(axis=1)
    return pd.DataFrame({"accounts": sums["accounts"], "notes": notes, "share": _shown(sums)})


def _shown(sums: pd.DataFrame) -> pd.Series[float]:
    return sums["helpful"] / sums[_STATES].sum(axis=1)


def two_russian_accounts(groups: pd.DataFrame) -> list[float]:
    """Return the share of notes shown under Russia's two official accounts and under the others.

    Parameters
    ----------
    groups
        The table ``community_notes_groups``.

    Returns
    -------
    list
        The two shares.
    """
    official = groups[groups["kind"] == _OFFICIAL]
    share = _shown(official.groupby(official["country"] == "Russia")[_STATES].sum())
    return [share[True], share[False]]


def page_growth(pages: pd.DataFrame) -> pd.DataFrame:
    """Return how the interactions of pages grew per month, by kind; pages are resampled.

    Parameters
    ----------
    pages
        The table ``canada_public_pages``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.inequality.monthly_growth`, whose ``growth`` is named ``value``.
    """
    grown = inequality.monthly_growth(pages, INTERACTIONS[0], INTERACTIONS[1], months=MONTHS)
    return grown.rename(columns={"growth": "value"})


def kind_growth(kinds: pd.DataFrame) -> pd.DataFrame:
    """Return how many times as much each kind of page had per month in the second period.

    Parameters
    ----------
    kinds
        The table ``canada_page_kinds``, indexed by ``kind``.

    Returns
    -------
    DataFrame
        Indexed by kind: ``interactions``, ``posts`` and ``each``, interactions per post.
    """
    times = MONTHS[0] / MONTHS[1]
    interactions = kinds[INTERACTIONS[1]] / kinds[INTERACTIONS[0]] * times
    posts = kinds[POSTS[1]] / kinds[POSTS[0]] * times
    each = interactions / posts
    return pd.DataFrame({"interactions": interactions, "posts": posts, "each": each})


def part_of(pages: pd.DataFrame, page: str, kind: str) -> float:
    """Return the part of a kind's interactions of 2020 that one page drew.

    Parameters
    ----------
    pages
        The table ``canada_public_pages``.
    page, kind
        Name of the page, and its kind.
    """
    drawn = pages[pages["kind"] == kind].set_index("page")[INTERACTIONS[1]]
    return float(drawn[page] / drawn.sum())


def beside_one(pages: pd.DataFrame, page: str, kind: str) -> list[float]:
    """Return the part of a kind's interactions that one page drew, and how the others grew.

    Parameters
    ----------
    pages
        The table ``canada_public_pages``.
    page, kind
        Name of the page, and its kind.

    Returns
    -------
    list
        The part of the interactions of 2020, and how many times as much per month the others drew.
    """
    others = pages[(pages["kind"] == kind) & (pages["page"] != page)]
    before, after = others[INTERACTIONS].sum()
    return [part_of(pages, page, kind), float(after / before * MONTHS[0] / MONTHS[1])]


def page_sums(kinds: pd.DataFrame) -> dict[str, Any]:
    """Return what public bodies drew together, and the prime minister beside them.

    Parameters
    ----------
    kinds
        The table ``canada_page_kinds``, indexed by ``kind``.

    Returns
    -------
    dict
        By the keys of the chapter: posts of all pages, pages of public bodies, interactions of the
        prime minister as a multiple of theirs, and their share of all.
    """
    drawn = kinds[INTERACTIONS].sum(axis=1)
    return {
        "popular": kinds[POSTS].to_numpy().sum(),
        "bodies": kinds.loc[BODIES, "pages"].sum(),
        "person": drawn["prime minister"] / drawn[BODIES].sum(),
        "bodies-share": drawn[BODIES].sum() / drawn.sum(),
    }


def printed_growth(kinds: pd.DataFrame) -> dict[str, Any]:
    """Return the growth of those kinds of pages that the chapter prints, by its keys.

    Parameters
    ----------
    kinds
        As in :func:`kind_growth`.
    """
    growth = kind_growth(kinds)
    sums = pd.DataFrame({"bodies": kinds.loc[BODIES].sum(), "persons": kinds.loc[PERSONS].sum()})
    together = kind_growth(sums.T)["interactions"]
    return {
        "premier": growth.loc["premier", "interactions"],
        "leader": growth.loc["prime minister", "interactions"],
        "other-pages": growth.loc["other", "interactions"],
        "all-bodies": together["bodies"],
        "all-persons": together["persons"],
        "government-posts": growth.loc["government", "posts"],
        "premier-posts": growth.loc["premier", "posts"],
        "government-each": growth.loc["government", "each"],
        "premier-each": growth.loc["premier", "each"],
    }


def answers(members: pd.DataFrame) -> dict[str, Any]:
    """Return how many replies members sent, how many were threads, and how many nobody shared.

    Parameters
    ----------
    members
        The table ``congress_conversation``.

    Returns
    -------
    dict
        By the keys of the chapter; ``top`` is the member with most.
    """
    sent = members["replies"] + members["threads"]
    others = members["posts"] - members["passed_on"] - sent
    return {
        "thread-share": members["threads"].sum() / sent.sum(),
        "all-replies": sent.sum(),
        "threads": members["threads"].sum(),
        "top": sent.max(),
        "top-threads": members["threads"].iloc[sent.argmax()],
        "unshared": cluster_ratio(members["replies_unshared"], members["replies"]),
        "others-unshared": cluster_ratio(members["others_unshared"], others),
    }


def withdrawal(quarters: pd.DataFrame) -> dict[str, Any]:
    """Return how an account stopped replying to others and naming them.

    Parameters
    ----------
    quarters
        The table ``trump_quarters``.

    Returns
    -------
    dict
        By the keys of the chapter; ``heard`` is the retweets of the median post in a quarter.
    """
    years = by_year(quarters)
    heard = quarters.set_index("quarter")["retweets_median"]
    earlier = quarters[quarters["quarter"] < EPISODE[0]]
    episode = quarters[quarters["quarter"].between(*EPISODE)]
    counts = dict(
        zip(("before-threads", "before", "2017-threads", "2017"), rule(years), strict=True)
    )
    return (
        counts
        | {f"trump-{year}": years["replies"][year] for year in (2013, 2016)}
        | {f"trump-{year}-share": years["reply_share"][year] for year in (2013, 2014)}
        | {f"naming-{year}": years["naming_share"][year] for year in range(2013, 2017)}
        | {f"heard-{year}": heard[f"{year}-10-01"] for year in (2014, 2016)}
        | {
            "trump-2016-posts": years["posts"][2016],
            "trump-earlier": earlier["replies"].sum() / earlier["posts"].sum(),
            "trump-episode": episode["replies"].sum() / quarters["replies"].sum(),
        }
    )
