"""Internet shutdowns to 2025 in the #KeepItOn coalition's combined list, by cause and reach."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.sources import egdi
from pipeline.table import Field, Table

_SLUG = "keepiton-2025"
_PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "twitter": "X",
    "whatsapp": "WhatsApp",
}
_STATED_SINCE = 2019
_EXTENTS = {
    "Full network": "network",
    "Service-based": "services",
    "Full network, Service-based": "both",
}
_SCOPES = {
    "It only affected one city, county, or village": "one place",
    "It affected more than one city in the same state, province, or region": "one region",
    "It affected locations in more than one state, province, or region": "several regions",
}
CAUSES = {
    "Communal violence": "communal violence",
    "Conflict": "conflict",
    "Elections": "elections",
    "Exam cheating": "school exams",
    "Information control": "control of information",
    "Political instability": "political instability",
    "Protests": "protests",
}
# The list's names that differ from the UN survey's, and places that are not in the survey.
_CODES = {
    "Congo (Democratic Republic of the)": "COD",
    "Israel": "ISR",
    "Kyrgyzstan": "KGZ",
    "Laos": "LAO",
    "New Caledonia": "NCL",
    "North Korea": "PRK",
    "Palestine, State of": "PSE",
    "South Korea": "KOR",
    "Syrian Arab Republic": "SYR",
    "Tanzania, United Republic of": "TZA",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
    "Venezuela (Bolivarian Republic of)": "VEN",
}
_NO_CODE = {"Somaliland"}
_SHORT = {
    "Congo": "Republic of the Congo",
    "Congo (Democratic Republic of the)": "Democratic Republic of the Congo",
    "Côte d'Ivoire": "Ivory Coast",
    "Iran (Islamic Republic of)": "Iran",
    "Palestine, State of": "Palestine",
    "Russian Federation": "Russia",
    "Syrian Arab Republic": "Syria",
    "Tanzania, United Republic of": "Tanzania",
    "Turkey": "Türkiye",
    "United States of America": "United States",
    "Venezuela (Bolivarian Republic of)": "Venezuela",
    "Viet Nam": "Vietnam",  # codespell:ignore nam
}


def build(run: Run) -> list[Table]:
    """Return the tables of shutdown events by country, by cause and by platform."""
    events = _events(run)
    return [_countries(run, events), _causes(events), _platforms(events)]


def _events(run: Run) -> pd.DataFrame:
    raw = pd.read_csv(run.raw(_SLUG, "prepared/shutdown_events_2016_2025.csv.gz"))
    hit = {name: raw[f"{column}_affected"].eq("Yes") for column, name in _PLATFORMS.items()}
    return raw.assign(
        year=raw["count_year"],
        extent=raw["shutdown_extent"].map(_EXTENTS),
        scope=raw["geo_scope"].map(_SCOPES).fillna("not stated"),
        cause=raw["actual_cause"].map(CAUSES).fillna("other or unknown"),
        joint=raw["country"].str.contains(";"),
        india=raw["country"].eq("India"),
        **hit,
        platform_blocked=pd.DataFrame(hit).any(axis=1),
    )


def _by_country(events: pd.DataFrame) -> pd.DataFrame:
    """Return a row per event and country: the list puts some events in several at once."""
    return events.assign(country=events["country"].str.split("; ")).explode(
        "country", ignore_index=True
    )


def _countries(run: Run, events: pd.DataFrame) -> Table:
    named = egdi.codes(run) | _CODES
    rows = _by_country(events)
    groups = rows.groupby(["year", "country"])
    frame = groups.agg(events=("joint", "size"), joint=("joint", "sum")).reset_index()
    extents = pd.get_dummies(rows["extent"]).groupby([rows["year"], rows["country"]]).sum()
    frame = frame.join(extents, on=["year", "country"])
    blocked = groups["platform_blocked"].sum().to_numpy()
    frame["platform_blocked"] = pd.Series(blocked).where(frame["year"] >= _STATED_SINCE)
    frame["iso3"] = frame["country"].map(named)
    frame["country"] = frame["country"].replace(_SHORT)
    unknown = set(frame.loc[frame["iso3"].isna(), "country"]) - _NO_CODE
    if unknown:
        raise ValueError(f"{_SLUG}: no code for {', '.join(sorted(unknown))}; add it to _CODES")
    return Table(
        name="shutdown_events",
        title="Internet shutdowns by country and year, 2016–2025",
        description=(
            "Deliberate disruptions of the internet or of services that the #KeepItOn coalition "
            "could confirm, as its list stood on 20 May 2026: 2,102 events in 100 countries and "
            "places, by the year in which the coalition counts them."
        ),
        frame=frame[[field.name for field in _COUNTRY_FIELDS]].sort_values(["year", "country"]),
        fields=_COUNTRY_FIELDS,
        key=("year", "country"),
        slugs=(_SLUG,),
        caveats=(
            "Countries and years without a row have no confirmed event.",
            "The list puts three events in several countries at once, without saying in which of "
            "them they were ordered. Each counts in every country named (two in 2024, in seven "
            "countries, and one in 2025, in two), so that the rows add up to 2,108.",
            "India's events are cuts in single districts for the most part.",
        ),
    )


def _causes(events: pd.DataFrame) -> Table:
    key = ["year", "india", "cause", "extent", "scope"]
    return Table(
        name="shutdown_causes",
        title="Internet shutdowns by cause, reach and what was cut, 2016–2025",
        description=(
            "The 2,102 events of the #KeepItOn coalition's list of 20 May 2026 by year, by cause "
            "as the coalition judges it, by what was cut (the network, single services, both) and "
            "by how far it reached; India apart from all other countries."
        ),
        frame=events.groupby(key).size().reset_index(name="events"),
        fields=_CAUSE_FIELDS,
        key=tuple(key),
        slugs=(_SLUG,),
        caveats=(
            "The cause is the coalition's judgement, not the government's word.",
            "The list does not say whether a whole country was cut: several regions may be two.",
        ),
    )


def _platforms(events: pd.DataFrame) -> Table:
    recent = events[events["year"] >= _STATED_SINCE]
    rows = [
        {
            "year": year,
            "platform": name,
            "events": len(group),
            "stated": int(group[f"{column}_affected"].isin(["Yes", "No"]).sum()),
            "blocked": int(group[name].sum()),
            "countries": _by_country(group[group[name]])["country"].nunique(),
        }
        for year, group in recent.groupby("year")
        for column, name in _PLATFORMS.items()
    ] + [
        {
            "year": year,
            "platform": "any of the five",
            "events": len(group),
            "stated": int(
                group[[f"{column}_affected" for column in _PLATFORMS]]
                .isin(["Yes", "No"])
                .any(axis=1)
                .sum()
            ),
            "blocked": int(group["platform_blocked"].sum()),
            "countries": _by_country(group[group["platform_blocked"]])["country"].nunique(),
        }
        for year, group in recent.groupby("year")
    ]
    return Table(
        name="shutdown_platforms",
        title="Shutdowns that blocked Facebook, Instagram, Telegram, WhatsApp or X, 2019–2025",
        description=(
            "Events of the #KeepItOn coalition's list of 20 May 2026 in which the coalition "
            "states that one of five platforms was blocked or slowed, by year."
        ),
        frame=pd.DataFrame(rows).sort_values(["year", "platform"]),
        fields=_PLATFORM_FIELDS,
        key=("year", "platform"),
        slugs=(_SLUG,),
        caveats=(
            "Where the whole network was cut the platforms went with it; such events count here "
            "only if the coalition names the platform.",
        ),
    )


_COUNT = {"required": True, "minimum": 0}
_YEAR = Field(
    "year", "year", "Year in which the coalition counts the event", constraints={"minimum": 2016}
)
_COUNTRY_FIELDS = (
    _YEAR,
    Field(
        "country",
        "string",
        "Country or place, by its short name",
        constraints={"required": True},
    ),
    Field(
        "iso3",
        "string",
        "ISO 3166-1 alpha-3 code; missing for Somaliland",
        constraints={"pattern": "[A-Z]{3}"},
    ),
    Field("events", "integer", "Number of events", "events", {"required": True, "minimum": 1}),
    Field("joint", "integer", "Of these, in other countries as well", "events", _COUNT),
    Field("network", "integer", "Of these, the whole network was cut", "events", _COUNT),
    Field("services", "integer", "Of these, single services were cut", "events", _COUNT),
    Field("both", "integer", "Of these, the list names both", "events", _COUNT),
    Field(
        "platform_blocked",
        "integer",
        "Events in which Facebook, Instagram, Telegram, WhatsApp or X is said to be hit; missing "
        "before 2019",
        "events",
        {"minimum": 0},
    ),
)
_CAUSE_FIELDS = (
    _YEAR,
    Field("india", "boolean", "Event in India", constraints={"required": True}),
    Field(
        "cause",
        "string",
        "Cause, as the coalition judges it",
        constraints={"required": True, "enum": [*CAUSES.values(), "other or unknown"]},
    ),
    Field(
        "extent",
        "string",
        "What was cut: the network, single services, or both",
        constraints={"required": True, "enum": [*_EXTENTS.values()]},
    ),
    Field(
        "scope",
        "string",
        "How far it reached",
        constraints={"required": True, "enum": [*_SCOPES.values(), "not stated"]},
    ),
    Field("events", "integer", "Number of events", "events", {"required": True, "minimum": 1}),
)
_PLATFORM_FIELDS = (
    Field(
        "year",
        "year",
        "Year in which the coalition counts the event",
        constraints={"minimum": _STATED_SINCE},
    ),
    Field("platform", "string", "Name of the platform", constraints={"required": True}),
    Field("events", "integer", "All events of the year", "events", _COUNT),
    Field("stated", "integer", "Events for which the list says yes or no", "events", _COUNT),
    Field("blocked", "integer", "Events in which the platform was hit", "events", _COUNT),
    Field("countries", "integer", "Countries of these events", "countries", _COUNT),
)
