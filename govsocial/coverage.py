"""How often the intervals that the book calls rough hold the truth.

``python -m benchmarks.coverage`` counts it in simulations and prints the table of
``benchmarks/README.md``; a test holds the constants here against that table. What covers less
than 92% is called rough where it is printed, with the share that stands here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

ENOUGH = 0.92
"""Least coverage of what may be called a 95% interval."""


class Rough(NamedTuple):
    """A line of the table: which interval, on which data, and how often it holds the truth."""

    interval: str
    data: str
    covers: float


_RATE, _RATIO = "rate of shutdowns, exact", "ratio of rates, exact"
_SHARE, _GROWTH = "share of replies, members resampled", "growth, pages resampled"
_MEDIAN = "replies per retweet, median, weeks resampled"
_FIXED = "weekend share, mean of fixed accounts, stretches of weeks"

ROUGH = MappingProxyType(
    {
        "account": Rough(
            "weekend share of an account, stretches of weeks",
            "52 accounts, half-years resampled",
            0.882,
        ),
        "weeks": Rough(
            "weekend share of an account, stretches of weeks",
            "model: 60 weeks, neighbours correlate 0.6",
            0.918,
        ),
        "institutions": Rough(_FIXED, "4 British institutions", 0.805),
        "ministries": Rough(_FIXED, "ministries of one of 8 countries", 0.854),
        "waves": Rough(
            "posts per week in a wave to the year before",
            "model: 14 and 52 weeks, neighbours correlate 0.8",
            0.865,
        ),
        "waves-less": Rough(
            "posts per week in a wave to the year before",
            "model: 14 and 52 weeks, neighbours correlate 0.6",
            0.917,
        ),
        "senate": Rough(_SHARE, "50 members, Senate R", 0.9),
        "pages": Rough(_GROWTH, "99 pages, government", 0.916),
        "candidate": Rough(_MEDIAN, "902 posts, candidate", 0.885),
        "elect": Rough(_MEDIAN, "352 posts, elect", 0.913),
        "countries": Rough(
            "rank correlation, countries as strangers",
            "179 countries in 10 regions, half of the variance",
            0.649,
        ),
        "electoral-rate": Rough(_RATE, "electoral autocracy", 0.664),
        "closed-rate": Rough(_RATE, "closed autocracy", 0.689),
        "democracy-rate": Rough(_RATE, "electoral democracy", 0.712),
        "ratio-exact": Rough(_RATIO, "autocracies to democracies", 0.716),
    }
)
"""The rough intervals, by a short name."""
