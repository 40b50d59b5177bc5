"""Accounts that liked posts of the Russian government, by the day on which they were made."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "russia-gov-likers-2022"
_FOLDER = "prepared/likers_created_by_day"


def build(run: Run) -> list[Table]:
    """Return the table ``liker_creation_days``."""
    every = pd.read_csv(run.raw(_SLUG, f"{_FOLDER}_all_interpolated.csv"), index_col="created")
    exact = pd.read_csv(run.raw(_SLUG, f"{_FOLDER}.csv"), index_col="created")
    days = pd.date_range(every.index.min(), every.index.max(), name="day").strftime("%Y-%m-%d")
    frame = pd.DataFrame(
        {"accounts": every["accounts"], "exact": exact["distinct_accounts"]}, index=days
    ).fillna(0)
    return [
        Table(
            name="liker_creation_days",
            title="Accounts that liked Russian government posts, by day of their making, 2007–2022",
            description=(
                "The 196,087 accounts that a researcher found in March 2022 among those who had "
                "liked posts of 75 accounts of the Russian government and its embassies, by the "
                "day (UTC) on which the account was made. The day of an account with a number "
                "above 10^15 is read from that number; of an older one it is interpolated from "
                "numbers of known day. Every day has a row."
            ),
            frame=frame.reset_index(names="day"),
            fields=(
                Field(
                    "day",
                    "date",
                    "Day (UTC) on which the accounts were made",
                    constraints={
                        "required": True,
                        "minimum": "2007-04-11",
                        "maximum": "2022-03-19",
                    },
                ),
                Field(
                    "accounts",
                    "integer",
                    "Distinct accounts made on the day, as read or interpolated",
                    "accounts",
                    {"minimum": 0, "maximum": 1368},
                ),
                Field(
                    "exact",
                    "integer",
                    "Of these, accounts whose own number holds the day",
                    "accounts",
                    {"minimum": 0, "maximum": 850},
                ),
            ),
            key=("day",),
            slugs=(_SLUG,),
            caveats=(
                "An account made late had fewer days in which to like, so that the last days are "
                "too low.",
                "How the likes were sampled is not published with the list.",
            ),
        )
    ]
