"""Who left: accounts that fell silent, and accounts opened elsewhere."""

from __future__ import annotations

import pandas as pd

from govsocial import survival
from govsocial.rates import rate_ratio
from govsocial.uncertainty import Estimate, share

START = "2018-01-01"
"""Day on which the clock starts."""

SOLD = "2022-10-27"
"""Day on which Twitter was sold."""

READ, QUIET = "2026-02-07", 90
"""Day on which the accounts were read, and days without a post that count as silence."""

WAVE = ("2022-10-01", "2022-12-01")
"""First and last month of the wave of accounts opened in the Fediverse."""

OPENERS = {"public": "public body", "party": "party or politician"}
"""Names for two kinds of the table ``german_fediverse_months``."""


def sale() -> float:
    """Return the time of the sale, in years since the clock started."""
    return (pd.Timestamp(SOLD) - pd.Timestamp(START)).days / survival.YEAR


def silent_since() -> pd.Timestamp:
    """Return the day since which an account without a post has fallen silent."""
    return pd.Timestamp(READ) - pd.Timedelta(days=QUIET)


def followed(bodies: pd.DataFrame) -> pd.DataFrame:
    """Return how long each account was followed, whether it fell silent, and its kind.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.

    Returns
    -------
    DataFrame
        As :func:`govsocial.survival.follow`, with ``kind``.
    """
    times = survival.follow(bodies["last_post"], START, READ, QUIET)
    return times.assign(kind=bodies["kind"])


def spells(bodies: pd.DataFrame) -> dict[str, tuple[int, float]]:
    """Return how many accounts fell silent before and after the sale, and the years they had.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    times = followed(bodies)
    bounds = {"before": (0.0, sale()), "after": (sale(), float(times["time"].max()))}
    return {
        name: survival.ends_and_years(times["time"], times["silent"], *span)
        for name, span in bounds.items()
    }


def faster(bodies: pd.DataFrame) -> Estimate:
    """Return how many times as fast accounts fell silent after the sale as before it.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    found = spells(bodies)
    return rate_ratio(*found["after"], *found["before"])


def municipal_last_posts(bodies: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the known last posts of municipalities.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    return bodies.loc[bodies["kind"] == "municipality", "last_post"].dropna()


def municipal_posting(bodies: pd.DataFrame) -> Estimate:
    """Return the share of municipalities, of those with a known last post, that still posted.

    Parameters
    ----------
    bodies
        The table ``swedish_bodies_x``.
    """
    last = municipal_last_posts(bodies)
    return share(int((last >= silent_since()).sum()), len(last))


def wave(months: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share of Fediverse accounts opened in the wave that still post, by opener.

    Parameters
    ----------
    months
        The table ``german_fediverse_months``.
    """
    chosen = (months["snapshot"] == months["snapshot"].max()) & months["month"].between(*WAVE)
    sums = months[chosen].groupby("kind")[["posting", "accounts"]].sum()
    return {name: share(*sums.loc[kind]) for name, kind in OPENERS.items()}
