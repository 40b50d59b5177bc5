"""Whether anybody answers, and who holds the attention, in the US Congress."""

from __future__ import annotations

import pandas as pd

from govsocial import inequality
from govsocial.uncertainty import Estimate, Range, cluster_ratio


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
    """Return the share of all retweets that the top hundredth of the own posts holds.

    Parameters
    ----------
    classes, counts
        The tables ``congress_retweet_classes`` and ``congress_retweet_counts``.
    """
    values, bundles = inequality.classed(classes, own_posts(counts))
    return inequality.clustered(inequality.top_share, values, bundles)
