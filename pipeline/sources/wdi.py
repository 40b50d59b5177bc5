"""World Development Indicators: the world's countries, their regions, people and internet use."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xlrd  # type: ignore[import-untyped]

from pipeline.run import Run
from pipeline.table import Field, Table

_POPULATION = "data/API_SP.POP.TOTL_DS2_en_csv_v2_247892.csv"
_INTERNET = "Project file/Internet penetration%_WB (2016-2024).xls"

# Names that the two sheets of one file spell differently.
_RENAMED = {
    "Cote d'Ivoire": "Côte d'Ivoire",
    "Curacao": "Curaçao",
    "Sao Tome and Principe": "São Tomé and Principe",
    "Turkiye": "Türkiye",
    "Virgin Islands (U.S.)": "Virgin Islands (US)",
}


def build(run: Run) -> list[Table]:
    """Return the table ``countries``."""
    return [
        Table(
            name="countries",
            title="Countries: region, population in 2014, internet use in 2016",
            description=(
                "The countries and territories to which the World Bank gives a region: people in "
                "2014 (edition of October 2019) and the share of people who used the internet in "
                "2016 (edition of 2025; estimates of the International Telecommunication Union)."
            ),
            frame=_countries(run),
            fields=_FIELDS,
            key=("iso3",),
            slugs=("wdi",),
            caveats=(
                "Regions are those of the World Bank in 2025: Afghanistan and Pakistan count with "
                "the Middle East and North Africa.",
                "2016 is the first year of internet use that may be republished by country.",
                "The World Bank does not list the Holy See, and has no population of Eritrea. No "
                "internet use is known of Libya, Nauru, North Korea, Palau, San Marino, Kosovo and "
                "eight territories.",
            ),
        )
    ]


def regions(run: Run) -> pd.Series:
    """Return the World Bank's region of each country by ISO 3166-1 alpha-3 code."""
    groups = _profiles(run)["Region"]
    return groups[groups != ""]


_FIELDS = (
    Field("iso3", "string", "ISO 3166-1 alpha-3 code", constraints={"pattern": "[A-Z]{3}"}),
    Field("country", "string", "Country, as the World Bank names it", "", {"required": True}),
    Field("region", "string", "Region of the World Bank", constraints={"required": True}),
    Field("population", "integer", "People in 2014", "persons", {"minimum": 1}),
    Field(
        "internet_use",
        "number",
        "People who used the internet in the last three months, 2016",
        "percent of people",
        {"minimum": 0, "maximum": 100},
    ),
)


def _countries(run: Run) -> pd.DataFrame:
    profiles = _profiles(run)
    people = pd.read_csv(run.raw("wdi", _POPULATION), skiprows=4, index_col="Country Code")
    use = _sheet(run.raw("wdi", _INTERNET), 0, header=3).set_index("Country Name")["2016"]
    frame = pd.DataFrame(
        {
            "country": profiles["TableName"],
            "region": regions(run),
            "population": people["2014"],
            "internet_use": pd.to_numeric(profiles["TableName"].map(use.rename(_RENAMED))),
        }
    )
    frame = frame[frame["region"].notna()].rename_axis("iso3").sort_index().reset_index()
    return frame[[field.name for field in _FIELDS]]


def _profiles(run: Run) -> pd.DataFrame:
    """Return the sheet of country profiles, by code; groups of countries have no region."""
    sheet = _sheet(run.raw("wdi", _INTERNET), 1, header=0).set_index("Country Code")
    return sheet.assign(TableName=sheet["TableName"].replace(_RENAMED))


def _sheet(path: Path, index: int, header: int) -> pd.DataFrame:
    sheet = xlrd.open_workbook(path).sheet_by_index(index)
    rows = [sheet.row_values(row) for row in range(header, sheet.nrows)]
    return pd.DataFrame(rows[1:], columns=[str(name) for name in rows[0]])
