"""The lab in a spreadsheet: what it asks of a register, which formula answers, what goes wrong.

The sheet ``r2012`` holds the table ``us_registry_2012``, ``r2017`` the table
``us_registry_agencies_2017``, each with its columns in their order and their names in the first
row. A formula is written as spreadsheets store it, with English names; :func:`shown` writes it as
a reader types it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from govsocial.language import translation
from govsocial.uncertainty import share

_ = translation(__name__)

SEED, AGENCIES = "us_registry_2012", "us_registry_agencies_2017"
"""The tables of the two sheets."""

LARGEST = "Department of State"

Z = 1.96
"""Reach of a 95% interval in standard errors, as one types it."""

_ACCOUNTS = 'SUMIF(r2012!B:B,"Facebook",r2012!C:C)'
_LISTED, _THERE = "SUM(r2012!D:D)", "SUM(r2012!E:E)"
_OF_STATE = [f'SUMIF(r2012!A:A,"{LARGEST}",r2012!{column}:{column})' for column in "DE"]


class Question(NamedTuple):
    """A cell to fill: its number, what is asked, and what is right.

    ``mistakes`` are values that a usual mistake gives, each with what to look at; ``hint`` is for
    all others. ``is_share`` says whether the answer is a share, ``within`` how close is right.
    """

    number: str
    asked: str
    formula: str
    value: float
    mistakes: tuple[tuple[float, str], ...]
    hint: str
    is_share: bool = True
    within: float = 1e-6


def questions(seed: pd.DataFrame, agencies: pd.DataFrame) -> list[Question]:
    """Return the questions of the lab with their answers.

    Parameters
    ----------
    seed, agencies
        The tables :data:`SEED` and :data:`AGENCIES`.

    Returns
    -------
    list
        In the order of the sheet.
    """
    return [*_counts(seed, agencies), *_links(seed), *_largest(seed), _joined(seed, agencies)]


def _counts(seed: pd.DataFrame, agencies: pd.DataFrame) -> list[Question]:
    facebook = seed[seed["platform"] == "Facebook"]
    total, some = float(seed["accounts"].sum()), float((agencies["accounts"] > 0).sum())
    rows = _("this is a number of rows: a row can stand for many accounts. Add up column C")
    return [
        Question(
            "1a",
            _("Accounts in the list of 2012"),
            "SUM(r2012!C:C)",
            total,
            ((float(len(seed)), rows), (float(len(seed) + 1), rows)),
            _("add up column C of the sheet r2012"),
            is_share=False,
        ),
        Question(
            "1b",
            _("Of these, accounts on Facebook"),
            _ACCOUNTS,
            float(facebook["accounts"].sum()),
            (
                (float(len(facebook)), rows),
                (total, _("these are the accounts on all platforms: give SUMIF a condition")),
            ),
            _("add up column C where column B is Facebook"),
            is_share=False,
        ),
        Question(
            "2",
            _("Share of the agencies of 2017 that had entered an account"),
            'COUNTIF(r2017!B:B,">0")/COUNT(r2017!B:B)',
            some / len(agencies),
            (
                (some, _("this is a number of agencies: divide by all of them")),
                (
                    some / (len(agencies) + 1),
                    _("the row of names is counted as an agency: COUNT takes numbers alone"),
                ),
                (
                    float(agencies["accounts"].mean()),
                    _("this is the mean number of accounts: count the agencies that have one"),
                ),
                (1.0, _("an agency with 0 is in the register, too: count those above 0")),
            ),
            _("count the agencies with more than 0 accounts, and divide by all agencies"),
        ),
    ]


def _links(seed: pd.DataFrame) -> list[Question]:
    sums = seed[seed["platform"] == "Facebook"][["accounts", "listed_2017", "available_2017"]]
    accounts, listed, there = (float(value) for value in sums.sum())
    dead = (listed - there) / listed
    _value, low, high = share(listed - there, listed)
    reach = Z * np.sqrt(dead * (1 - dead) / listed)
    simple = _("this is the plain interval, which is too short near 0: take Wilson's formula")
    order = _("low and high are exchanged: mind the sign before the root")
    _value, *too_many = share(dead * accounts, accounts)
    total = _("the number in it is that of 2012: take the addresses that were looked at in 2017")
    whole = float(seed["accounts"].sum())
    return [
        Question(
            "3a",
            _("Share of the Facebook accounts of 2012 that the register still held in 2017"),
            f"{_LISTED}/{_ACCOUNTS}",
            listed / accounts,
            (
                (
                    listed / whole,
                    _("a blank is no zero: on the other platforms nobody looked. Leave them out"),
                ),
                (listed, _("this is a number of accounts: divide by those of 2012 on Facebook")),
                (1 - listed / accounts, _("this is the share that is gone")),
            ),
            _("divide the sum of column D by the accounts on Facebook"),
        ),
        Question(
            "3b",
            _("Share of those still held that led nowhere on Facebook"),
            f"({_LISTED}-{_THERE})/{_LISTED}",
            dead,
            (
                (1 - dead, _("this is the share that was there: ask for the others")),
                (listed - there, _("this is a number of accounts: divide by those still held")),
                (
                    (listed - there) / accounts,
                    _("only addresses still held were looked at: divide by the sum of column D"),
                ),
                (
                    (accounts - there) / accounts,
                    _("those no longer held are among them, and nobody looked at those"),
                ),
            ),
            _("column D less column E, divided by column D, each added up"),
        ),
        Question(
            "4a",
            _("Lower bound of the interval of 3b"),
            _bound("-"),
            low,
            ((high, order), (float(dead - reach), simple), (too_many[0], total)),
            _("mind the brackets; p is your answer to 3b, n the sum of column D, z is 1.96"),
            within=2e-5,
        ),
        Question(
            "4b",
            _("Upper bound of the interval of 3b"),
            _bound("+"),
            high,
            ((low, order), (float(dead + reach), simple), (too_many[1], total)),
            _("mind the brackets; p is your answer to 3b, n the sum of column D, z is 1.96"),
            within=2e-5,
        ),
    ]


def _bound(sign: str) -> str:
    """Return Wilson's formula for a bound of the answer to 3b, the lower or the upper one.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    *Journal of the American Statistical Association* 22(158).
    """
    part, number = f"(({_LISTED}-{_THERE})/{_LISTED})", _LISTED
    reach = f"{Z}*SQRT({part}*(1-{part})/{number}+{Z}^2/(4*{number}^2))"
    return f"({part}+{Z}^2/(2*{number}){sign}{reach})/(1+{Z}^2/{number})"


def _largest(seed: pd.DataFrame) -> list[Question]:
    sums = seed[["listed_2017", "available_2017"]].sum()
    of_state = seed[seed["agency"] == LARGEST][["listed_2017", "available_2017"]].sum()
    listed, there = (float(value) for value in sums)
    held, alive = (float(value) for value in of_state)
    dead, own = listed - there, held - alive
    return [
        Question(
            "5a",
            _("Share of all addresses that led nowhere that were the Department of State's"),
            f"({_OF_STATE[0]}-{_OF_STATE[1]})/({_LISTED}-{_THERE})",
            own / dead,
            (
                (own, _("this is a number of addresses: divide by all that led nowhere")),
                (
                    own / held,
                    _("this is the share of its own addresses: divide by all that led nowhere"),
                ),
                (
                    held / listed,
                    _("this is its share of all addresses: take those that led nowhere"),
                ),
            ),
            _("its addresses that led nowhere, divided by all that led nowhere"),
        ),
        Question(
            "5b",
            _("Share that led nowhere without the Department of State"),
            f"({_LISTED}-{_OF_STATE[0]}-({_THERE}-{_OF_STATE[1]}))/({_LISTED}-{_OF_STATE[0]})",
            (dead - own) / (listed - held),
            (
                (dead / listed, _("the department is still in it")),
                (
                    (dead - own) / listed,
                    _("the department is still in the denominator: take it out of both"),
                ),
            ),
            _("take the department out above and below, then divide"),
        ),
    ]


def _joined(seed: pd.DataFrame, agencies: pd.DataFrame) -> Question:
    known = seed["agency"].isin(agencies["agency"])
    names = float(seed.loc[~known, "agency"].nunique())
    return Question(
        "6",
        _("Rows of 2012 whose agency does not stand in 2017 under the same name"),
        f"SUMPRODUCT(--(COUNTIF(r2017!A2:A{len(agencies) + 1},r2012!A2:A{len(seed) + 1})=0))",
        float((~known).sum()),
        (
            (float(known.sum()), _("these are the rows whose agency is there")),
            (names, _("these are agencies: one can have several rows")),
        ),
        _("fill column F of r2012 with COUNTIF(r2017!A:A,A2), then count its zeros"),
        is_share=False,
    )


def functions() -> dict[str, str]:
    """Return what the functions of the lab are called in the reader's spreadsheet."""
    return {
        "SUM": _("SUM"),
        "SUMIF": _("SUMIF"),
        "COUNT": _("COUNT"),
        "COUNTIF": _("COUNTIF"),
        "SUMPRODUCT": _("SUMPRODUCT"),
        "SQRT": _("SQRT"),
    }


def shown(formula: str) -> str:
    """Return a formula as a reader of the edition types it.

    Where numbers have a decimal comma, arguments are parted by semicolons.

    Parameters
    ----------
    formula
        As a spreadsheet stores it, without the sign of equality.
    """
    named = re.sub(r"[A-Z]+(?=\()", lambda name: functions()[name[0]], formula)
    # Translators: between the arguments of a function in a spreadsheet, and the decimal sign
    separator, point = _(","), _(".")
    if separator == ",":
        return f"={named}"
    parted = named.replace(",", separator)
    return "=" + re.sub(r"(?<=\d)\.(?=\d)", point, parted)
