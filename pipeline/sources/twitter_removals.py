"""Twitter's transparency report: what governments asked it to remove, 2012–2018."""

from __future__ import annotations

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

# Spelled in two ways, or misspelled, in the compilation.
_SPELLING = {
    "Crotia": "Croatia",
    "Czech Republuc": "Czech Republic",
    "Luxemburg": "Luxembourg",
    "Tunisla": "Tunisia",
}
_CODES = """
Afghanistan AF, Argentina AR, Australia AU, Austria AT, Azerbaijan AZ, Bahrain BH, Belarus BY,
Belgium BE, Bosnia and Herzegovina BA, Brazil BR, Bulgaria BG, Canada CA, Chile CL, Colombia CO,
Croatia HR, Cyprus CY, Czech Republic CZ, Denmark DK, Dominican Republic DO, Ecuador EC, Egypt EG,
Estonia EE, Finland FI, France FR, Georgia GE, Germany DE, Greece GR, Haiti HT, Hong Kong HK,
India IN, Indonesia ID, Iraq IQ, Ireland IE, Israel IL, Italy IT, Japan JP, Kazakhstan KZ, Kenya KE,
Kuwait KW, Kyrgyzstan KG, Lebanon LB, Luxembourg LU, Macedonia MK, Malaysia MY, Maldives MV,
Mexico MX, Mongolia MN, Nepal NP, Netherlands NL, New Zealand NZ, Norway NO, Oman OM, Pakistan PK,
Panama PA, Paraguay PY, Philippines PH, Poland PL, Portugal PT, Qatar QA, Russia RU,
Saudi Arabia SA, Serbia RS, Singapore SG, Slovenia SI, South Africa ZA, South Korea KR, Spain ES,
Sri Lanka LK, Sweden SE, Switzerland CH, Thailand TH, Tunisia TN, Turkey TR, Ukraine UA,
United Arab Emirates AE, United Kingdom GB, United States US, Uruguay UY, Uzbekistan UZ,
Venezuela VE
"""
_SUMMED = {
    "court_orders": "removal_request_court",
    "other_requests": "removal_request_other",
    "accounts_named": "accounts_specified",
    "tweets_withheld": "tweets_witheld",
    "accounts_withheld": "accounts_witheld",
}


def build(run: Run) -> list[Table]:
    """Return the table ``twitter_removals``."""
    path = run.raw("twitter-transparency", "verisetleri/ttrall.csv")
    rows = pd.read_csv(path).rename(columns={old: new for new, old in _SUMMED.items()})
    code = rows["country"].replace(_SPELLING).map(_codes())
    groups = rows.assign(code=code).groupby(["year", "code"])
    sums = groups[list(_SUMMED)].sum(min_count=1)
    sums["halves"] = groups["court_orders"].count()
    frame = sums.dropna(subset=["court_orders"]).reset_index()
    ones = int((frame["halves"] == 1).sum())
    return [
        Table(
            name="twitter_removals",
            title="Government requests to remove content from Twitter, by year, 2012–2018",
            description=(
                "Twitter's count of court orders and other legal demands to take content down, by "
                "country and year: the sum of the half-years for which Twitter states a number. "
                "Years in which it states no number for a country are left out."
            ),
            frame=frame[[field.name for field in _FIELDS]],
            fields=_FIELDS,
            key=("year", "code"),
            slugs=("twitter-transparency",),
            caveats=(
                "The source spells four countries wrongly or in two ways: its 83 are 80.",
                "No row is not zero: a country may not have asked, or may not be listed.",
                f"In {ones} of the {len(frame)} rows Twitter states a number for one half of the "
                "year only: of the other it states none, which is not zero.",
            ),
        )
    ]


def _codes() -> dict[str, str]:
    pairs = (entry.rsplit(maxsplit=1) for entry in _CODES.split(","))
    return {country.strip(): code for country, code in pairs}


_STATED = {"minimum": 0}
_COUNT = {"required": True} | _STATED
_FIELDS = (
    Field("year", "year", "Calendar year", constraints={"minimum": 2012, "maximum": 2018}),
    Field("code", "string", "ISO 3166-1 alpha-2 code", constraints={"pattern": "[A-Z]{2}"}),
    Field(
        "halves",
        "integer",
        "Half-years for which Twitter states a number",
        "half-years",
        {"required": True, "minimum": 1, "maximum": 2},
    ),
    Field("court_orders", "integer", "Court orders received", "requests", _COUNT),
    Field(
        "other_requests",
        "integer",
        "Requests of police, ministries and other public bodies",
        "requests",
        _COUNT,
    ),
    Field("accounts_named", "integer", "Accounts the requests name", "accounts", _STATED),
    Field("tweets_withheld", "integer", "Tweets hidden in the country", "tweets", _STATED),
    Field("accounts_withheld", "integer", "Accounts hidden in the country", "accounts", _STATED),
)
