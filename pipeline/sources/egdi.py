"""UN E-Government Survey: the indices and ranks of 193 countries in twelve editions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.registry import sources
from pipeline.run import Run
from pipeline.table import Field, Table

# The edition of 2024 renamed the columns of the earlier ones.
_COLUMNS = {
    "Survey Year": "edition",
    "Country Name": "country",
    "Country": "country",
    "E-Government Rank": "egdi_rank",
    "Rank": "egdi_rank",
    "E-Participation Index": "epi",
    "E_Participation": "epi",
    "Online Service Index": "osi",
    "Online_Service": "osi",
    "Telecommunication Infrastructure Index": "tii",
    "Tele_Infra": "tii",
    "Human Capital Index": "hci",
    "Human_Capital": "hci",
}
_CODES = "egdi/egdi-2018.csv"

# The two countries that changed their names after 2018, when the file of codes was made.
_RENAMED = {"Turkey": "Türkiye", "The former Yugoslav Republic of Macedonia": "North Macedonia"}


def codes(run: Run) -> dict[str, str]:
    """Return the ISO 3166-1 alpha-3 codes of the UN's members by the survey's names."""
    frame = pd.read_csv(run.raw("egdi", _CODES))
    return dict(zip(frame["country-name"].replace(_RENAMED), frame["country-code"], strict=True))


def editions(run: Run) -> pd.DataFrame:
    """Return the survey's scores: one row per edition and country, with its code."""
    paths = [path for path in sources()["egdi"].files if path != _CODES]
    frame = pd.concat([_edition(run.raw("egdi", path)) for path in paths])
    return frame.assign(iso3=frame["country"].map(codes(run))).sort_values(["edition", "iso3"])


def build(run: Run) -> list[Table]:
    """Return the table ``egdi_ranks``."""
    frame = editions(run)
    return [
        Table(
            name="egdi_ranks",
            title="UN e-government and e-participation ranks, 2003–2024",
            description=(
                "Ranks of the 193 UN member states in the twelve editions of the UN E-Government "
                "Survey. E-participation is scored on national portals; e-government is the mean "
                "of portals, infrastructure and human capital."
            ),
            frame=frame[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("edition", "iso3"),
            slugs=("egdi",),
            caveats=(
                "epi_rank is computed here: equal scores share the best rank.",
                "Montenegro before 2008 and South Sudan before 2012 were not yet members: the file "
                "has zeros and no published rank; they have no rank here and are in no tie.",
            ),
        )
    ]


_RANK = {"minimum": 1, "maximum": 193}
_FIELDS = (
    Field("edition", "year", "Year of the survey's edition", constraints={"required": True}),
    Field("iso3", "string", "ISO 3166-1 alpha-3 code", constraints={"pattern": "[A-Z]{3}"}),
    Field("country", "string", "Country, as the survey names it", constraints={"required": True}),
    Field("egdi_rank", "integer", "Published rank by e-government (EGDI)", "rank of 193", _RANK),
    Field("epi_rank", "integer", "Rank by e-participation (EPI)", "rank of 193", _RANK),
    Field("epi_tied", "integer", "Countries with the same e-participation score", "countries"),
)


def _edition(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path).rename(columns=_COLUMNS)
    frame["country"] = frame["country"].str.strip()
    # States that were not yet members have zeros and no published rank.
    ranked = frame["epi"].where(frame["egdi_rank"].notna())
    frame["epi_rank"] = ranked.rank(method="min", ascending=False)
    frame["epi_tied"] = ranked.groupby(ranked).transform("size")
    return frame
