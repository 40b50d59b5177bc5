"""Coordinated sharing: who shares the same thing at nearly the same time, again and again.

Two shares of the same thing by different accounts *coincide* within a window if no more time
than that lies between them. Crowds coincide too, so a count means nothing without a baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from govsocial.once import once

Whole = NDArray[np.integer[Any]]

SHUFFLES = 39
"""Shuffles behind an envelope: of forty equal chances the observed is the lowest or the highest
in two, so that it lies outside the envelope with a probability of 5% if nothing is going on."""


class Coincidences(NamedTuple):
    """Pairs of shares of the same thing: the rows of both, and the time between them.

    Sorted by ``gap``.
    """

    first: Whole
    second: Whole
    gap: Whole


def coincidences(things: ArrayLike, times: ArrayLike, window: int) -> Coincidences:
    """Return all pairs of shares of the same thing within a window.

    Parameters
    ----------
    things
        Whole numbers: what each share shares.
    times
        Time of each share in whole seconds; for shares of one thing, from the same clock.
    window
        Longest time between the two shares of a pair, in seconds.

    Raises
    ------
    ValueError
        If ``window`` is negative or the columns differ in length.
    """
    what, when = np.asarray(things, np.int64), np.asarray(times, np.int64)
    if window < 0 or what.shape != when.shape:
        raise ValueError(f"a window must not be negative ({window}), and each share needs a time")
    if not len(what):
        return Coincidences(*(np.empty(0, np.int64) for _ in range(3)))
    order = np.lexsort((when, what))
    # One axis for all things, so far apart that no window reaches from one to the next.
    reach = int(np.ptp(when)) + window + 1
    place = np.unique(what[order], return_inverse=True)[1] * reach + when[order] - when.min()
    ahead = np.searchsorted(place, place + window, side="right") - np.arange(len(place)) - 1
    first = np.repeat(np.arange(len(place)), ahead)
    second = np.arange(len(first)) - np.repeat(np.cumsum(ahead) - ahead, ahead) + first + 1
    gap = place[second] - place[first]
    near = np.argsort(gap, kind="stable")
    return Coincidences(order[first[near]], order[second[near]], gap[near])


def repeated(accounts: ArrayLike, pairs: Coincidences, least: int) -> int:
    """Return how many pairs of accounts coincide in at least so many things.

    Parameters
    ----------
    accounts
        Whole numbers, not negative: who made each share; each account shares a thing once.
    pairs
        What :func:`coincidences` returns for the same shares.
    least
        Things in which a pair must coincide.
    """
    who = np.asarray(accounts, np.int64)
    one, other = who[pairs.first], who[pairs.second]
    together = np.minimum(one, other) * (who.max(initial=0) + 1) + np.maximum(one, other)
    return int((np.unique(together, return_counts=True)[1] >= least).sum())


@once
def widening(
    shares: pd.DataFrame,
    windows: Sequence[int],
    least: Sequence[int] = (3,),
    classes: int = 1,
    shuffles: int = SHUFFLES,
    seed: int = 2012,
) -> pd.DataFrame:
    """Return how many pairs of accounts coincide repeatedly, against a shuffled baseline.

    The shuffle leaves as they are the things that each account shared and the times at which
    each thing was shared, and deals the times of a thing anew among those who shared it. What
    popularity, a busy hour or a common interest brings about is thus in the baseline too; what
    is over it is that the same accounts come together in time more often than such a crowd.

    Accounts that are merely fast, or awake at the same hours, come together more often too. With
    several ``classes`` of speed, times are dealt anew only among accounts of one class, so that
    each account keeps its speed: what is then over the baseline is not due to it.

    Parameters
    ----------
    shares
        Columns ``thing``, ``account``, ``after``: one row per account and thing, times in
        seconds.
    windows
        Windows in seconds.
    least
        Numbers of things in which a pair must coincide.
    classes
        Number of classes of speed, of as many accounts each (see :func:`speed_classes`).
    shuffles
        Number of shuffles.
    seed
        Seed of the random numbers.

    Returns
    -------
    DataFrame
        Columns ``least``, ``window``, ``observed``, ``shuffled`` (mean of the shuffles), ``low``
        and ``high`` (their lowest and highest).

    References
    ----------
    Besag, J. and Diggle, P. J. (1977). Simple Monte Carlo tests for spatial pattern. *Applied
    Statistics* 26(3); for windows on shares, Giglietto, F. et al. (2020). It takes a village to
    manipulate the media. *Information, Communication & Society* 23(6).
    """
    speed = speed_classes(shares, classes)
    ordered = shares.assign(speed=speed).sort_values(["thing", "speed", "account"])
    crowds = ordered.groupby(["thing", "speed"]).ngroup().to_numpy(np.int64)
    things = ordered["thing"].to_numpy(np.int64)
    accounts = ordered["account"].to_numpy(np.int64)
    pairs = coincidences(things, ordered["after"].to_numpy(np.int64), max(windows, default=0))
    cuts = {window: _within(pairs, window) for window in windows}
    random = np.random.default_rng(seed)
    counts = np.array(
        [
            [repeated(dealt, near, times) for times in least for near in cuts.values()]
            for dealt in (accounts, *(_dealt(crowds, accounts, random) for _ in range(shuffles)))
        ]
    )
    observed, shuffled = counts[0], counts[1:]
    rows = pd.MultiIndex.from_product([least, windows], names=["least", "window"])
    return pd.DataFrame(
        {
            "observed": observed,
            "shuffled": shuffled.mean(axis=0),
            "low": shuffled.min(axis=0),
            "high": shuffled.max(axis=0),
        },
        index=rows,
    ).reset_index()


def speed_classes(shares: pd.DataFrame, classes: int) -> pd.Series[int]:
    """Return to which class of speed the account of each share belongs, the fastest 0.

    The speed of an account is the mean of its relative places among those who shared the same
    thing: 0 where it is always the first, 1 where it is always the last.

    Parameters
    ----------
    shares
        Columns ``thing``, ``account`` and ``after``.
    classes
        Number of classes; each holds as many accounts as any other, or one more.

    Raises
    ------
    ValueError
        If there is not at least one class.
    """
    if classes < 1:
        raise ValueError(f"accounts need at least one class of speed, not {classes}")
    of_thing = shares.groupby("thing")["after"]
    place = (of_thing.rank() - 0.5) / of_thing.transform("size")
    speed = place.groupby(shares["account"]).mean()
    order = speed.rank(method="first") - 1
    return shares["account"].map((order * classes // len(speed)).astype(int))


def _within(pairs: Coincidences, window: int) -> Coincidences:
    end = int(np.searchsorted(pairs.gap, window, side="right"))
    return Coincidences(pairs.first[:end], pairs.second[:end], pairs.gap[:end])


def _dealt(crowds: Whole, accounts: Whole, random: np.random.Generator) -> Whole:
    """Return the accounts dealt anew over the shares of each crowd (rows sorted by crowd).

    To deal the accounts over the times is to deal the times over the accounts.
    """
    return accounts[np.lexsort((random.random(len(crowds)), crowds))]
