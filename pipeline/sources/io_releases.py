"""Archives of information operations that Twitter published, from a list of them."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "twitter-io-releases"
_PATH = "inst/twitter-info-ops-metadata/metadata.csv"

# The country or countries of an archive, by the name that Twitter gave it.
_STATES = {
    "Bangladesh": "BD",
    "Catalonia": "ES",
    "China": "CN",
    "Ecuador": "EC",
    "Internet Research Agency": "RU",
    "Iran": "IR",
    "Russia": "RU",
    "Saudi Arabia": "SA",
    "Spain": "ES",
    "United Arab Emirates": "AE",
    "United Arab Emirates/Egypt": "AE EG",
    "Venezuela": "VE",
}


def build(run: Run) -> list[Table]:
    """Return the table ``io_releases``."""
    listed = pd.read_csv(run.raw(_SLUG, _PATH), parse_dates=["date_released"])
    listed["countries"] = listed["entities"].map(_STATES)
    frame = (
        listed.groupby(["date_released", "countries", "entities"])
        .size()
        .reset_index(name="archives")
        .set_axis(["released", "countries", "named", "archives"], axis="columns")
    )
    return [
        Table(
            name="io_releases",
            title="Archives of information operations published by Twitter, 2018–2019",
            description=(
                "Archives of accounts that Twitter took down as parts of information operations, "
                "most of them in its view backed by a state, and published from October 2018 to "
                "December 2019, by month and by the name that Twitter gave them, as listed by the "
                "author of a software package in December 2020."
            ),
            frame=frame,
            fields=(
                Field(
                    "released",
                    "date",
                    "First day of the month in which the archives were published",
                    constraints={
                        "required": True,
                        "minimum": "2018-10-01",
                        "maximum": "2019-12-01",
                    },
                ),
                Field(
                    "countries",
                    "string",
                    "ISO 3166-1 code of the country, or of two with a blank between",
                    constraints={"enum": sorted(set(_STATES.values()))},
                ),
                Field(
                    "named",
                    "string",
                    "Name that Twitter gave to the archive",
                    constraints={"enum": sorted(_STATES)},
                ),
                Field("archives", "integer", "Archives published", "archives", {"minimum": 1}),
            ),
            key=("released", "named"),
            slugs=(_SLUG,),
            caveats=(
                "Only what Twitter found and chose to publish. Releases of 2020 and 2021 are not "
                "in the list.",
                "A country's name does not mean that its government ran the operation.",
                "One operation can fill several archives; an archive can hold ten accounts or "
                "thousands.",
            ),
        )
    ]
