"""What changed in an epidemic and in a hurricane."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from govsocial import emergency
from govsocial.uncertainty import Estimate, median

YEAR_BEFORE = emergency.Span("2019-01-21", "2020-01-13")
"""The weeks that serve as the baseline of the epidemic."""

WAVES = {
    "first": emergency.Span("2020-02-24", "2020-05-25"),
    "second": emergency.Span("2020-09-28", "2020-12-28"),
}
"""Fourteen weeks of each wave, by Italy's curve."""

CALM = ("2011-09-22", "2012-10-24")
"""Days between which New York had no hurricane: after Irene, before Sandy."""

SANDY = "2012-11-02"
"""Day of the first sample after the hurricane Sandy."""


def waves(weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the posts per week in the two waves, against each account's own baseline.

    Parameters
    ----------
    weeks
        The table ``covid_posting_weeks``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.emergency.wave_ratios`.
    """
    return emergency.wave_ratios(weeks, YEAR_BEFORE, WAVES)


def second_wave(weeks: pd.DataFrame) -> Estimate:
    """Return the median over the health accounts of posts in the second wave as to the first.

    Parameters
    ----------
    weeks
        The table ``covid_posting_weeks``.
    """
    ratios = waves(weeks)
    chosen = (ratios["kind"] == "health") & (ratios["wave"] == "second/first")
    return median(ratios.loc[chosen, "value"])


class Gain(NamedTuple):
    """What a number of followers gained in some days, and what its trend let expect."""

    days: int
    gain: int
    expected: Estimate
    multiple: Estimate


def steps(followers: pd.DataFrame) -> pd.DataFrame:
    """Return the gains of New York's agencies between samples, against the trend of calm months.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.emergency.multiples`.
    """
    gains = emergency.intervals(followers.set_index("date")["followers"])
    calm = (gains["start"] >= CALM[0]) & (gains["end"] <= CALM[1])
    return emergency.multiples(gains, calm)


def gain(followers: pd.DataFrame, end: str = SANDY) -> Gain:
    """Return what New York's agencies gained until a sample, such as the one after the hurricane.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.
    end
        Day of the sample at which the interval ends.
    """
    found = steps(followers)
    row = found[found["end"] == end].iloc[0]
    value, low, high = (float(row[name]) for name in ("expected", "low", "high"))
    gained = float(row["gain"])
    multiple = Estimate(gained / value, gained / high, gained / low)
    return Gain(int(row["days"]), int(gained), Estimate(value, low, high), multiple)


def sandy(followers: pd.DataFrame) -> Estimate:
    """Return the gain through the hurricane Sandy as a multiple of what the trend let expect.

    Parameters
    ----------
    followers
        The table ``nyc_followers``.
    """
    return gain(followers).multiple


def gain_shares(gains: pd.DataFrame) -> pd.Series[float]:
    """Return each account's share of the gain through the hurricane, the largest first.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.
    """
    shares = gains.set_index("account")["sandy"] / gains["sandy"].sum()
    return shares.sort_values(ascending=False)


def faster_than_ever(gains: pd.DataFrame) -> int:
    """Return how many accounts gained faster than in any earlier interval.

    Parameters
    ----------
    gains
        The table ``nyc_follower_gains``.
    """
    return int((gains["sandy"] > gains["fastest"]).sum())
