"""Internet shutdowns counted by the #KeepItOn coalition, joined to V-Dem's regime types."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources.shutdown_events import CAUSES
from pipeline.sources.vdem import REGIMES, country_years
from pipeline.table import Field, Table

_YEARS = range(2016, 2025)
_NATIONWIDE = "prepared/keepiton_2016_2024_nationwide.csv"

# The coalition's spellings that differ from V-Dem's names.
_NAMES = {
    "Congo": "Republic of the Congo",
    "Congo (Democratic Republic of the)": "Democratic Republic of the Congo",
    "Côte d'Ivoire": "Ivory Coast",
    "DemocraticRepublicCongo": "Democratic Republic of the Congo",
    "Gambia": "The Gambia",
    "Iran (Islamic Republic of)": "Iran",
    "Myanmar": "Burma/Myanmar",
    "Russian Federation": "Russia",
    "SriLanka": "Sri Lanka",
    "Syrian Arab Republic": "Syria",
    "Turkey": "Türkiye",
    "Venezuela (Bolivarian Republic of)": "Venezuela",
    "Venezuela, Bolivarian Republic of": "Venezuela",
    "Viet Nam": "Vietnam",  # codespell:ignore nam
}
# The one spelling that is easily overlooked: without it, three nationwide events find no regime.
_OVERLOOKED = {"Tanzania, United Republic of": "Tanzania"}

# Places that V-Dem does not count, or counts in two parts: PSE is its West Bank.
_OTHER_CODES = {"New Caledonia": "NCL", "Palestine, State of": "XPS"}


def build(run: Run) -> list[Table]:
    """Return the tables ``shutdown_country_years`` and ``nationwide_shutdown_causes``."""
    counts = pd.concat([_nationwide(run), _any_size(run)]).groupby(_KEY).sum(min_count=1)
    frame = _regimes(run).join(counts, how="outer").reset_index()
    # The lists of events of any size end with 2022.
    frame["any_size"] = frame["any_size"].fillna(0).where(frame["year"] <= 2022)
    frame = frame.fillna({"nationwide": 0, "repeated": 0, "same_day": 0, "missed_by_name": 0})
    frame["code"] = frame["country"].map(_codes(run) | _OTHER_CODES)
    return [
        Table(
            name="shutdown_country_years",
            title="Internet shutdowns by country and year, 2016–2024",
            description=(
                "Deliberate disruptions of the internet or of services that the #KeepItOn "
                "coalition could confirm, counted by country and year and joined to V-Dem's "
                "regime type of that year: 179 countries in each of nine years, and two places "
                "without a regime type. Events of any size end with the list of 2022."
            ),
            frame=frame.sort_values(["year", "code"])[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("year", "code"),
            slugs=("keepiton", "vdem"),
            caveats=(
                "Zero means that the coalition confirmed none, not that there was none.",
                "Five nationwide events repeat another in every column kept; both are counted "
                "(repeated). Six more begin on the same day in the same country as another, and "
                "differ only in the spelling of the area, the duration or the cause; they are "
                "counted, too (same_day).",
                "Events of any size are counted in the year of the list they stand in; a shutdown "
                "that lasts stands in several lists.",
                "The two lists were made apart: a nationwide event need not be among those of any "
                "size.",
                _SERVICES,
                _NATIONWIDE_SERVICES,
                "58% of the events of any size are in India, nearly all of them in single "
                "districts or regions.",
            ),
        ),
        _causes(run),
    ]


_KEY = ["country", "year"]
_SERVICES = (
    "Events of any size include the blocking of single services, such as a social network, while "
    "the network runs: of those that reached beyond one region, 119 of 294."
)
_NATIONWIDE_SERVICES = (
    "Nationwide events, too, include many that hit single services only: 121 of 245, by what the "
    "coalition's list of 20 May 2026 says of the same country and first day."
)


def _causes(run: Run) -> Table:
    events = pd.read_csv(run.raw("keepiton", _NATIONWIDE))
    counts = _nationwide(run).assign(
        cause=events["actual_cause"].map(CAUSES).fillna("other or unknown")
    )
    counts["code"] = counts["country"].map(_codes(run) | _OTHER_CODES)
    keys = ["year", "code", "country", "cause"]
    return Table(
        name="nationwide_shutdown_causes",
        title="Nationwide internet shutdowns by cause, 2016–2024",
        description=(
            "The nationwide shutdowns of the table shutdown_country_years by the cause that the "
            "#KeepItOn coalition names, which need not be the one that the government gave."
        ),
        frame=counts.groupby(keys).size().reset_index(name="events"),
        fields=(
            *_FIELDS[:3],
            Field(
                "cause",
                "string",
                "Cause, as the coalition sees it",
                constraints={"enum": [*CAUSES.values(), "other or unknown"]},
            ),
            Field("events", "integer", "Shutdowns that began in the year", "events"),
        ),
        key=("year", "code", "cause"),
        slugs=("keepiton", "vdem"),
        lenders=("vdem",),
        caveats=(
            "Five events repeat another in every column kept, and six more have the country and "
            "the first day of another; all are counted.",
            _NATIONWIDE_SERVICES,
        ),
    )


def _nationwide(run: Run) -> pd.DataFrame:
    events = pd.read_csv(run.raw("keepiton", _NATIONWIDE))
    repeated = events.duplicated()
    same_day = events.duplicated(["country", "start_date"]) & ~repeated
    return pd.DataFrame(
        {
            "country": events["country"].replace(_NAMES | _OVERLOOKED),
            "year": pd.to_datetime(events["start_date"]).dt.year,
            "nationwide": 1,
            "repeated": repeated.astype(int),
            "same_day": same_day.astype(int),
            "missed_by_name": events["country"].isin(_OVERLOOKED).astype(int),
        }
    )


def _any_size(run: Run) -> pd.DataFrame:
    events = pd.read_csv(run.raw("keepiton", "prepared/keepiton_2016_2022_events.csv"))
    sheet = events["sheet"].str[:4].astype(int)
    country = events["country"].str.strip().replace(_NAMES | _OVERLOOKED)
    # Only the sheet of the first three years has a column of years.
    return pd.DataFrame(
        {"country": country, "year": events["year"].fillna(sheet).astype(int), "any_size": 1}
    )


def _regimes(run: Run) -> pd.DataFrame:
    labels = pd.read_excel(run.raw("vdem", "Project file/V-Dem comipled.xlsx"))  # codespell:ignore
    labels = labels[labels["year"].isin(_YEARS)].rename(
        columns={"country_name": "country", "v2x_regime": "regime"}
    )
    return labels.assign(regime=labels["regime"].str.lower()).set_index(_KEY)


def _codes(run: Run) -> dict[str, str]:
    frame = country_years(run.raw("vdem", "data/vdemlite.rda"))
    recent = frame[frame["year"].isin(_YEARS)]
    return dict(zip(recent["country_name"], recent["country_text_id"], strict=True))


_COUNT = {"required": True, "minimum": 0}
_FIELDS = (
    Field("year", "year", "Calendar year", constraints={"minimum": 2016, "maximum": 2024}),
    Field(
        "code",
        "string",
        "V-Dem's code of the country; NCL for New Caledonia, XPS for Palestine as one place",
        constraints={"pattern": "[A-Z]{3}"},
    ),
    Field("country", "string", "Country, as V-Dem names it", constraints={"required": True}),
    Field(
        "regime",
        "string",
        "V-Dem's regime type in that year; empty for places that V-Dem does not count",
        constraints={"enum": [*REGIMES]},
    ),
    Field("nationwide", "integer", "Nationwide shutdowns that began in the year", "events", _COUNT),
    Field(
        "repeated",
        "integer",
        "Of these, events that repeat another in all that the list tells",
        "events",
        _COUNT,
    ),
    Field(
        "same_day",
        "integer",
        "Of these, others that begin on the same day as one listed before",
        "events",
        _COUNT,
    ),
    Field(
        "missed_by_name",
        "integer",
        "Of these, events listed under a spelling that a match by name overlooks",
        "events",
        _COUNT,
    ),
    Field(
        "any_size",
        "integer",
        "Shutdowns of any size in the list of the year; empty after 2022",
        "events",
        {"minimum": 0},
    ),
)
