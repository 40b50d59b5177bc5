"""Account ids beside the dates of their making, to date accounts by their ids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.run import Run
from pipeline.sources.tweet_ids import FIRST_SNOWFLAKE, milliseconds
from pipeline.table import Field, Table

_WIKIDATA = "us-politicians-wikidata-2021"
_CONGRESS = "us-congress-2016"
_DAY = "datetime64[D]"

_STEP = 1_000
"""Ids are rounded: a thousand ids were handed out within hours, and none is named."""


def build(run: Run) -> list[Table]:
    """Return the tables of the calibration, its errors and the exact check."""
    pairs = _pairs(run)
    profiles = _profiles(run)
    old = pairs[pairs["id"] < FIRST_SNOWFLAKE]
    apart = _calibration(old[~old["id"].isin(profiles["id"])])
    errors = _errors(apart, profiles)
    pairs_apart = int(apart["kept"].sum())
    return [
        _calibration_table(_calibration(old)),
        _errors_table(errors, profiles["created"], pairs_apart),
        _quantiles_table(errors, pairs_apart),
        _exact_table(pairs[pairs["id"] >= FIRST_SNOWFLAKE]),
    ]


def _pairs(run: Run) -> pd.DataFrame:
    """Return the distinct pairs of account id and start date stated in Wikidata."""
    columns = {"Account_ID": "id", "Twitter_account_start_time": "start"}
    frame = pd.read_csv(run.raw(_WIKIDATA, "dataset.csv"), usecols=list(columns), dtype="string")
    frame = frame.rename(columns=columns).dropna().drop_duplicates()
    frame = frame[frame["id"].str.fullmatch("[0-9]+")]
    days = frame["start"].str[:10].to_numpy(_DAY)
    return frame.assign(id=frame["id"].astype("int64"), start=days)


def _profiles(run: Run) -> pd.DataFrame:
    """Return the ids of members of Congress and the seconds in which they were made."""
    path = run.raw(_CONGRESS, "prepared/congress-twitter-profiles.csv")
    frame = pd.read_csv(path, usecols=["id", "created_at"])
    made = pd.to_datetime(frame["created_at"], format="%a %b %d %H:%M:%S %z %Y")
    return frame.assign(created=made.dt.tz_localize(None))


def _calibration(pairs: pd.DataFrame) -> pd.DataFrame:
    """Mark the largest set of pairs in which later ids never have earlier dates."""
    # One id with two dates: the later first, so that only one of them can be kept.
    ordered = pairs.sort_values(["id", "start"], ascending=[True, False])
    days = ordered["start"].to_numpy(_DAY).astype("int64")
    kept = np.zeros(len(ordered), dtype=bool)
    kept[_longest_rise(days.tolist())] = True
    rounded = (ordered["id"] + _STEP // 2) // _STEP * _STEP
    frame = ordered.assign(id=rounded, kept=kept).sort_values(["id", "start", "kept"])
    return frame.drop_duplicates(["id", "start"], keep="last")


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the places of the longest non-decreasing subsequence.

    References
    ----------
    Fredman, M. L. (1975). On computing the length of longest increasing subsequences.
    *Discrete Mathematics* 11(1).
    """
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_right(ends, value)
        ends[length:] = [value, *ends[length + 1 :]]
        places[length:] = [place, *places[length + 1 :]]
        before.append(places[length - 1] if length else -1)
    chain = [places[-1]] if places else []
    while chain and before[chain[-1]] >= 0:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _errors(calibration: pd.DataFrame, profiles: pd.DataFrame) -> NDArray[np.float64]:
    """Return the days between the interpolated and the stated time of making."""
    curve = calibration[calibration["kept"]]
    # A day stands for its middle.
    days = curve["start"].to_numpy(_DAY).astype("int64") + 0.5
    dated = np.interp(profiles["id"], curve["id"], days)
    made = profiles["created"].to_numpy("datetime64[s]").astype("int64") / 86_400
    return np.asarray(dated - made)


def _calibration_table(calibration: pd.DataFrame) -> Table:
    return Table(
        name="account_id_calibration",
        title="Sequential account ids and the days on which the accounts were made, 2007–2016",
        description=(
            "Sequential Twitter account ids of US politicians, rounded to thousands, with the "
            "start date that Wikidata states (April 2021); kept marks the largest set of pairs in "
            "which a later id never has an earlier date."
        ),
        frame=calibration[["id", "start", "kept"]],
        fields=(
            Field(
                "id",
                "integer",
                "Account id, rounded to thousands",
                "id",
                {"maximum": 5_000_000_000},
            ),
            Field("start", "date", "Start date of the account in Wikidata (UTC)"),
            Field("kept", "boolean", "Part of the calibration curve"),
        ),
        key=("id", "start"),
        slugs=(_WIKIDATA,),
    )


def _errors_table(errors: NDArray[np.float64], made: pd.Series[Any], pairs: int) -> Table:
    sizes = pd.DataFrame({"year": made.dt.year, "days": np.abs(errors)}).groupby("year")["days"]
    frame = pd.DataFrame(
        {
            "accounts": sizes.size(),
            "median_error": sizes.median().round(2),
            "p90_error": sizes.quantile(0.9).round(2),
            "largest_error": sizes.max().round(2),
        }
    )
    return Table(
        name="account_id_errors",
        title="Error of dating an account by its sequential id, by year, 2007–2015",
        description=_compared(pairs) + " By the year in which the account was made.",
        frame=frame.reset_index(),
        fields=(
            Field("year", "year", "Year in which the account was made"),
            Field("accounts", "integer", "Accounts of members", "accounts", {"minimum": 1}),
            Field("median_error", "number", "Median size of the error", "days"),
            Field("p90_error", "number", "Size of error that 90% stay below", "days"),
            Field("largest_error", "number", "Largest size of error", "days", {"maximum": 60}),
        ),
        key=("year",),
        slugs=(_CONGRESS, _WIKIDATA),
        lenders=(_CONGRESS,),
    )


def _quantiles_table(errors: NDArray[np.float64], pairs: int) -> Table:
    shares = np.arange(101) / 100
    return Table(
        name="account_id_error_quantiles",
        title="Error of dating an account by its sequential id: quantiles, 2007–2015",
        description=_compared(pairs) + " Quantiles of the size of the error.",
        frame=pd.DataFrame(
            {"share": shares, "error": np.quantile(np.abs(errors), shares).round(3)}
        ),
        fields=(
            Field("share", "number", "Share of the 518 accounts", "share", {"maximum": 1}),
            Field("error", "number", "Size of error that this share stays below", "days"),
        ),
        key=("share",),
        slugs=(_CONGRESS, _WIKIDATA),
        lenders=(_CONGRESS,),
    )


def _exact_table(pairs: pd.DataFrame) -> Table:
    decoded = (milliseconds(pairs["id"].to_numpy()) // 86_400_000).astype(_DAY)
    days = (pairs["start"].to_numpy(_DAY) - decoded).astype("int64")
    counts = pd.Series(days, name="difference").value_counts().sort_index()
    return Table(
        name="account_snowflake_check",
        title="Start date in Wikidata less the date in the account's snowflake id, 2016–2021",
        description=(
            "Snowflake account ids of US politicians by the difference between the start date "
            "that Wikidata states (April 2021) and the day (UTC) that the id holds."
        ),
        frame=counts.rename("accounts").reset_index(),
        fields=(
            Field("difference", "integer", "Stated less decoded day", "days"),
            Field("accounts", "integer", "Pairs of id and date", "pairs", {"minimum": 1}),
        ),
        key=("difference",),
        slugs=(_WIKIDATA,),
    )


def _compared(pairs: int) -> str:
    return (
        "Accounts of 518 members of the US Congress (May 2016): the time of making interpolated "
        f"from the account's id between {pairs:,} pairs of other accounts, compared with the time "
        "that the platform states."
    )
