"""Numbers in place of names, in an order that nobody can work out from this repository.

Private persons are never named. Where a table must tell them apart they are numbered, and the
order of the numbers must not be the one of their names, of a hash of their names or of the time, or
the numbers could be undone. The order here comes from a keyed hash whose key is made of the bytes
of the raw file. Whoever has that file gets the same numbers again; the repository holds neither the
file nor the key (the checksum in the register is another hash and does not give it).

Holders of a public office are not numbered but named, where the source's terms allow it: a number
beside other tables that name them would hide nobody.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd


def key_of(path: Path) -> bytes:
    """Return the key that a raw file gives: 32 bytes that depend on all of its content."""
    return hashlib.blake2b(path.read_bytes(), digest_size=32, person=b"pseudonyms").digest()


def numbered(values: pd.Series[int], key: bytes) -> pd.Series[int]:
    """Return the numbers of values, from one, in the order of their keyed hashes.

    Parameters
    ----------
    values
        What is to be told apart; equal values get one number.
    key
        The key of the raw file that holds them (see :func:`key_of`).

    References
    ----------
    Saarinen and Aumasson (2015), The BLAKE2 cryptographic hash and message authentication code,
    RFC 7693 (keyed hashing, section 2.9).
    """
    order = sorted(values.unique(), key=lambda value: _hash(str(value), key))
    return values.map({value: number for number, value in enumerate(order, 1)})


def _hash(word: str, key: bytes) -> bytes:
    return hashlib.blake2b(word.encode(), key=key).digest()
