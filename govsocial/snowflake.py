"""Tell time from the ids of posts and accounts on Twitter.

Since November 2010 the id of a post is a *snowflake*: 64 bits, of which the upper ones count
milliseconds. Accounts have snowflake ids since 2016; before, they were numbered one after the
other, so that an account is younger than those with lower numbers.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

EPOCH_MS = 1_288_834_974_657
"""Unix time in milliseconds of a snowflake's zero: 4 November 2010, 01:42:54.657 UTC."""

FIRST = 30_000_000_000
"""Ids below were handed out one after the other and hold no time."""

LAYOUT = (("sign", 1), ("time", 41), ("datacenter", 5), ("worker", 5), ("sequence", 12))
"""The parts of an id and their sizes in bits, from the highest to the lowest."""

_TIME_SHIFT, _DATACENTER_SHIFT, _WORKER_SHIFT = 22, 17, 12
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=EPOCH_MS)
_MILLISECOND = dt.timedelta(milliseconds=1)


class Parts(NamedTuple):
    """What a snowflake id holds."""

    time: dt.datetime
    """Moment of the id's making, in UTC, to the millisecond."""
    datacenter: int
    worker: int
    sequence: int
    """Number among the ids that one worker made in the same millisecond."""


def decode(number: int) -> Parts:
    """Return the parts of a snowflake id.

    Raises
    ------
    ValueError
        If the number is no snowflake id: below :data:`FIRST`, or of more than 63 bits.

    References
    ----------
    Twitter (2010). Announcing Snowflake. Twitter Engineering, 1 June 2010.
    """
    if not FIRST <= number < 1 << 63:
        raise ValueError(f"{number} is no snowflake id: those lie from {FIRST:,} to 2**63 - 1")
    return Parts(
        _EPOCH + (number >> _TIME_SHIFT) * _MILLISECOND,
        number >> _DATACENTER_SHIFT & 0b11111,
        number >> _WORKER_SHIFT & 0b11111,
        number & 0xFFF,
    )


def encode(time: dt.datetime, datacenter: int = 0, worker: int = 0, sequence: int = 0) -> int:
    """Return the snowflake id that a worker would make at a moment: :func:`decode` turned round.

    Parameters
    ----------
    time
        A moment with its time zone; what is finer than a millisecond is cut off.
    datacenter, worker
        From 0 to 31.
    sequence
        From 0 to 4095.

    Raises
    ------
    ValueError
        If the time has no zone or lies outside the range of ids, or a part is too large.
    """
    if time.tzinfo is None:
        raise ValueError("a moment needs its time zone: say datetime(..., tzinfo=timezone.utc)")
    elapsed = (time - _EPOCH) // _MILLISECOND
    parts = {"time": elapsed, "datacenter": datacenter, "worker": worker, "sequence": sequence}
    number = 0
    for name, bits in LAYOUT[1:]:
        if not 0 <= parts[name] < 1 << bits:
            raise ValueError(f"{name} does not fit into {bits} bits: {parts[name]}")
        number = number << bits | parts[name]
    return number


def times(numbers: ArrayLike) -> NDArray[np.datetime64]:
    """Return the moments that snowflake ids hold, in UTC to the millisecond.

    Parameters
    ----------
    numbers
        Ids as 64-bit integers.

    Returns
    -------
    ndarray of datetime64[ms]
        Of the same shape; not-a-time for ids below :data:`FIRST`.
    """
    ids = np.asarray(numbers, dtype=np.int64)
    moments = ((ids >> _TIME_SHIFT) + EPOCH_MS).astype("datetime64[ms]")
    return np.where(ids < FIRST, np.datetime64("NaT", "ms"), moments)


def account_days(numbers: ArrayLike, calibration: pd.DataFrame) -> NDArray[np.datetime64]:
    """Date accounts by their ids: snowflakes exactly, older ids by monotone interpolation.

    An old id lies between two calibrated ones, and its date between theirs, in proportion.

    Parameters
    ----------
    numbers
        Account ids as 64-bit integers.
    calibration
        Columns ``id`` and ``start`` (day), both rising, as the kept rows of the table
        ``account_id_calibration``. A day stands for its middle.

    Returns
    -------
    ndarray of datetime64[ms]
        Of the same shape; not-a-time outside the calibrated ids.

    Raises
    ------
    ValueError
        If there are fewer than two calibrated ids, or ids or days fall.
    """
    ids = np.asarray(numbers, dtype=np.int64)
    known = calibration["id"].to_numpy(dtype=np.int64)
    starts = calibration["start"].to_numpy("datetime64[ms]").astype(np.int64)
    falls = (np.diff(known) < 0).any() or (np.diff(starts) < 0).any()
    if len(known) < 2 or falls or calibration["start"].isna().any():
        raise ValueError("a calibration needs two ids or more, with ids and days that never fall")
    noon = starts + 43_200_000
    dated = np.interp(ids, known, noon).astype(np.int64).astype("datetime64[ms]")
    outside = (ids < known[0]) | (ids > known[-1])
    old = np.where(outside, np.datetime64("NaT", "ms"), dated)
    return np.where(ids < FIRST, old, times(ids))
