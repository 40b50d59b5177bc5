"""Who mentions whom in the US Congress, by state and party."""

from __future__ import annotations

import pandas as pd

from govsocial import networks
from govsocial.uncertainty import Estimate

PAIRS = {
    "neighbours": (True, False),
    "partisans": (False, True),
    "strangers": (False, False),
}
"""Kinds of pairs: whether both are of one state, and of one party."""


def links(mentions: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how likely a mention is, and its return, by whether state and party are the same.

    Parameters
    ----------
    mentions, members
        The tables ``congress_mentions`` and ``congress_mention_members``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.networks.link_rates`.
    """
    return networks.link_rates(mentions, members.set_index("member"), ["state", "party"])


def mentions(rates: pd.DataFrame, pair: str) -> Estimate:
    """Return how likely a mention is in a kind of pair.

    Parameters
    ----------
    rates
        What :func:`links` returns.
    pair
        A key of :data:`PAIRS`.
    """
    return _of(rates, pair, "")


def returned(rates: pd.DataFrame, pair: str) -> Estimate:
    """Return how likely a mention is to be returned, as in :func:`mentions`."""
    return _of(rates, pair, "back_")


def strangers(mention: pd.DataFrame, members: pd.DataFrame) -> dict[str, Estimate]:
    """Return how likely a mention and its return are where neither state nor party is shared.

    Parameters
    ----------
    mention, members
        As in :func:`links`.
    """
    rates = links(mention, members)
    return {"of any": mentions(rates, "strangers"), "returned": returned(rates, "strangers")}


def _of(rates: pd.DataFrame, pair: str, stem: str) -> Estimate:
    state, party = PAIRS[pair]
    row = rates[(rates["state"] == state) & (rates["party"] == party)].iloc[0]
    return Estimate(*row[[stem + part for part in Estimate._fields]])
