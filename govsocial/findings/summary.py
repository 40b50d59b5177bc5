"""What *Lessons* shows of all chapters, each finding computed by its chapter's own function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from govsocial import tables
from govsocial.findings import (
    adoption,
    amplification,
    conversation,
    diplomats,
    emergency,
    networks,
    office_hours,
    official,
    ranking,
    tweet_clock,
)
from govsocial.findings import exit as leaving
from govsocial.uncertainty import Estimate

STRONG, MODERATE, SUGGESTIVE = "strong", "moderate", "suggestive"


class Finding(NamedTuple):
    """A comparison of the last chapter.

    ``item`` names it, ``grade`` says how strong the evidence is, and ``compute`` makes it from
    the ``tables``. ``keys`` holds the key under which its own chapter prints the number; where
    ``compute`` returns several, a key by the name of each that is shown.
    """

    item: str
    grade: str
    keys: str | Mapping[str, str]
    tables: tuple[str, ...]
    compute: Callable[..., Estimate | dict[str, Estimate]]

    def rows(self) -> Iterator[tuple[str, Estimate]]:
        """Return the key and the estimate of each number that is shown."""
        found = self.compute(*map(tables.load, self.tables))
        estimates = {"": found} if isinstance(found, Estimate) else found
        keys = {"": self.keys} if isinstance(self.keys, str) else self.keys
        for name, key in keys.items():
            yield key, estimates[name]


FINDINGS = (
    Finding(
        "absent",
        MODERATE,
        {"lowest": "adoption-unseen-lowest", "highest": "adoption-unseen-highest"},
        ("leader_first_months", "countries"),
        adoption.unseen_by_internet_use,
    ),
    Finding(
        "links",
        STRONG,
        {"all": "official-dead-all", "in_2012": "official-dead-in-2012"},
        ("us_facebook_links_2017",),
        official.dead,
    ),
    Finding(
        "clockwork",
        MODERATE,
        "clock-health-median",
        ("posting_seconds", "posting_accounts"),
        tweet_clock.median_share,
    ),
    Finding(
        "weekend",
        MODERATE,
        {"leaders": "hours-leaders-weekend", "ministries": "hours-ministries-weekend"},
        ("posting_weeks", "posting_zones"),
        office_hours.mean_shares,
    ),
    Finding(
        "second wave",
        MODERATE,
        "emergency-health-change",
        ("covid_posting_weeks",),
        emergency.second_wave,
    ),
    Finding("storm", SUGGESTIVE, "emergency-sandy-multiple", ("nyc_followers",), emergency.sandy),
    Finding(
        "replies",
        STRONG,
        "conversation-reply-share",
        ("congress_conversation",),
        conversation.reply_share,
    ),
    Finding(
        "attention",
        STRONG,
        "conversation-top-hundredth",
        ("congress_retweet_classes", "congress_retweet_counts"),
        conversation.top_hundredth,
    ),
    Finding(
        "answers",
        MODERATE,
        {"of any": "networks-strangers", "returned": "networks-strangers-back"},
        ("congress_mentions", "congress_mention_members"),
        networks.strangers,
    ),
    Finding(
        "service",
        MODERATE,
        "diplomats-top-followers",
        ("china_account_sizes",),
        diplomats.top_tenth_followers,
    ),
    Finding("rank", STRONG, "ranking-14-place", ("country_index_inputs",), ranking.fourteenth),
    Finding(
        "payers",
        MODERATE,
        {"BR": "amplification-paid-BR", "BE": "amplification-paid-BE"},
        ("ad_readings",),
        amplification.paid,
    ),
    Finding("silence", MODERATE, "exit-rate-ratio", ("swedish_bodies_x",), leaving.faster),
)
"""All comparisons, in the order of the book.

The ratio of shutdowns and the accounts of the Fediverse stand in their chapters only: the terms of
their sources and those of the post ids exclude each other in one figure.
"""

TABLES = tuple(sorted({name for finding in FINDINGS for name in finding.tables}))
"""The tables behind them."""


def findings() -> pd.DataFrame:
    """Return all findings, in the order of the book.

    Returns
    -------
    DataFrame
        Columns ``item``, ``grade``, ``key``, ``value``, ``low``, ``high``.
    """
    rows = [
        (finding.item, finding.grade, key, *estimate)
        for finding in FINDINGS
        for key, estimate in finding.rows()
    ]
    return pd.DataFrame(rows, columns=["item", "grade", "key", *Estimate._fields])
