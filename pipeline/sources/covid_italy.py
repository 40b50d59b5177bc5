"""The epidemic in Italy by week: hospitals and deaths, from the daily bulletin."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUG = "pcm-dpc-covid-italy"
_PATH = "dati-andamento-nazionale/dpc-covid19-ita-andamento-nazionale.csv"
_LAST_SUNDAY = pd.Timestamp("2021-02-14")


def build(run: Run) -> list[Table]:
    """Return the weeks of the epidemic up to the last week of the posts."""
    days = pd.read_csv(run.raw(_SLUG, _PATH))
    day = pd.to_datetime(days["data"]).dt.normalize()
    daily = pd.DataFrame(
        {
            "week": day - pd.to_timedelta(day.dt.day_of_week, unit="D"),
            "wards": days["ricoverati_con_sintomi"],
            "intensive_care": days["terapia_intensiva"],
            "deaths": days["deceduti"].diff().fillna(days["deceduti"]),
        }
    )[day <= _LAST_SUNDAY]
    how = {"wards": "mean", "intensive_care": "mean", "deaths": "sum"}
    frame = daily.groupby("week").agg(how).round(1).reset_index()
    return [
        Table(
            name="covid_italy_weeks",
            title="COVID-19 in Italy by week, February 2020 to February 2021",
            description=(
                "Patients with COVID-19 in hospital wards and in intensive care, and deaths "
                "reported, in Italy by week from Monday to Sunday, from the daily bulletin of the "
                "civil protection. The first week holds the deaths reported until then."
            ),
            frame=frame,
            fields=(
                Field(
                    "week",
                    "date",
                    "Monday of the week",
                    constraints={"required": True, "minimum": "2020-02-24"},
                ),
                Field(
                    "wards",
                    "number",
                    "Patients in hospital, intensive care left out, mean of the week's days",
                    "patients",
                    {"minimum": 0},
                ),
                Field(
                    "intensive_care",
                    "number",
                    "Patients in intensive care, mean of the week's days",
                    "patients",
                    {"minimum": 0},
                ),
                Field("deaths", "integer", "Deaths reported in the week", "deaths", {"minimum": 0}),
            ),
            key=("week",),
            slugs=(_SLUG,),
        )
    ]
