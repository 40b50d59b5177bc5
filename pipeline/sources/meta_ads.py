"""Political advertising on Meta by who pays: what a list of words finds, and what reading finds.

A row of Meta's report is a page with a disclaimer (who says that they pay). Two things are
compared. The *tag* is given by a list of words in the country's languages, written before the
rows were read and not changed since. The *reading* is that of one reader, row by row, by page
name and disclaimer only. A row is a public body's if the page is the body's own or the disclaimer
names it. Public bodies are organs of a state, region, municipality or of the European Union, at
home or abroad. Not counted: politicians, also in office, who pay for themselves; parties and their
groups in parliament, also where parliament's office is named; the United Nations; companies,
banks, broadcasters and universities of the state; chambers; associations of municipalities.

Rows of 100 or less have no stated amount and are left out. Of the others, all that are tagged were
read, and of the untagged the largest; in long reports the rest was read by drawing amounts at
equal steps of money, so that a row is drawn with a probability in proportion to what it spent
(monetary-unit sampling). ``pipeline/ad_public_bodies.csv`` holds the numbers of the rows found to
be of public bodies, whether these are of the country itself, of the European Union (which is no
other state's) or of another state, and no names.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_JULY_2025, _ITALY, _MAY_2019 = (
    "meta-ad-reports-2025-07",
    "meta-ads-italy-2023",
    "meta-ad-reports-2019",
)
_READ = Path(__file__).resolve().parents[1] / "ad_public_bodies.csv"
_FILES_2019 = {
    "GB": "prepared/FacebookAdLibraryReportGB2019-05-11SpendingToDate.csv",
    "UA": "report-ua/FacebookAdLibraryReportUA2019-05-04SpendingToDate.csv",
}
_CURRENCIES = {"IT": "EUR", "GB": "GBP", "UA": "USD"}

_ELECTIONS = {"lombardy": "lombardy", "lazio": "lazio", "main party": "party"}
"""What the coders of the Italian report wrote, and what it is called here."""

_SIZES = {1: "less", 1_000: "1000", 5_000: "5000", 10_000: "10000"}
"""Least amount of a class of advertisers, and its name."""

_FEWEST = 30
"""Rows with a stated amount that a report needs to be read."""
_LONG = {("2019", "GB"), ("2025", "AR"), ("2025", "BR"), ("2025", "HU")}
_LARGEST, _DRAWS = 120, 60
"""Largest untagged rows read in a long report, and amounts drawn from its rest."""

_ENGLISH = "ministry|government|department|authority|commission|council|parliament|embassy|police"
_WORDS = {
    "AR": "gobierno|municipalidad|municipio|ministerio|secretar[ií]a|intendencia|provincia de|"
    "senado|legislatura|agencia|embajada",
    "BD": f"{_ENGLISH}|city corporation|সরকার|মন্ত্রণালয়|অধিদপ্তর|পুলিশ",
    "BE": f"{_ENGLISH}|overheid|gemeente|stad|provincie|ministerie|agentschap|politie|gouvernement|"
    "commune|ville|province|minist[eè]re|service public|r[eé]gion|parlement",
    "BR": "governo|prefeitura|munic[ií]pio|minist[eé]rio|secretaria|c[aâ]mara municipal|"
    "assembleia legislativa|senado|tribunal|ag[eê]ncia|embaixada|pol[ií]cia",
    "CH": f"{_ENGLISH}|kanton|gemeinde|stadt|bundesamt|departement|polizei|canton|commune|ville|"
    "office f[eé]d[eé]ral|d[eé]partement|comune|ufficio|parlament",
    "GB": _ENGLISH,
    "HU": "korm[aá]ny|miniszt[eé]rium|[oö]nkorm[aá]nyzat|hivatal|rend[oő]rs[eé]g|"
    "orsz[aá]ggy[uű]l[eé]s|[uü]gyn[oö]ks[eé]g|nagyk[oö]vets[eé]g|hat[oó]s[aá]g",
    "IT": "governo|ministero|regione|provincia|comune|citt[aà] metropolitana|agenzia|"
    "consiglio regionale|parlamento|ambasciata|polizia|presidenza del consiglio",
    "KE": _ENGLISH,
    "TH": f"{_ENGLISH}|กระทรวง|กรม|สำนักงาน|เทศบาล|องค์การบริหาร|จังหวัด|รัฐบาล|ตำรวจ|กองทัพ",
    "UA": f"{_ENGLISH}|міністерство|уряд|державн|адміністрація|департамент|міська рада|поліція|"
    "посольство|агентство|агенція|управління",
}
_WITHOUT_SPACES = {"BD", "TH"}
"""Where a word may also start within a word: Thai is written without spaces."""


def build(run: Run) -> list[Table]:
    """Return the tables ``ad_reports``, ``ad_readings``, ``ad_payers`` and ``ad_italy_sizes``."""
    rows = pd.concat([_july_2025(run), _italy(run), *_may_2019(run)], ignore_index=True)
    stated = rows.dropna(subset=["spent"])
    enough = stated.groupby(["period", "country"])["row"].transform("size") >= _FEWEST
    tagged = _tagged(stated[enough].copy())
    public = pd.read_csv(_READ, dtype={"period": "string"}).assign(public=True)
    known = tagged.merge(public, "left", on=["period", "country", "row"], validate="1:1")
    if known["public"].sum() != len(public):
        raise ValueError(f"{_READ.name} names rows that are not in the reports")
    known["public"] = known["public"].eq(True)
    return [_reports(rows), _readings(known), _payers(known[known["public"]]), _sizes(known)]


def _july_2025(run: Run) -> pd.DataFrame:
    """Return the rows of July 2025, Ukraine's of the later of its two reports."""
    raw = pd.read_csv(run.raw(_JULY_2025, "prepared/advertisers_last30days.csv.gz"))
    latest = raw["report_date"] == raw.groupby("country")["report_date"].transform("max")
    frame = pd.DataFrame(
        {
            "period": "2025",
            "country": raw["country"],
            "currency": raw["cur"],
            "row": raw.index,
            "name": raw["Page name"],
            "disclaimer": raw["Disclaimer"],
            "spent": raw["amount"].mask(raw["le100"]),
        }
    )
    return frame[latest]


def _italy(run: Run) -> pd.DataFrame:
    path = "data/Regional Elections Annotation - Italy.csv"
    raw = pd.read_csv(run.raw(_ITALY, path))
    frame = _report("2023", "IT", raw, "Page name", "Amount spent (EUR)")
    return frame.assign(
        labelled=raw["coder"].notna(),
        unread=raw["coder"].isna() & raw["party"].isna(),
        election=raw["election"].str.lower().map(_ELECTIONS),
    )


def _may_2019(run: Run) -> list[pd.DataFrame]:
    return [
        _report("2019", country, pd.read_csv(run.raw(_MAY_2019, path)), "Page Name", "Amount Spent")
        for country, path in _FILES_2019.items()
    ]


def _report(period: str, country: str, raw: pd.DataFrame, name: str, spent: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": period,
            "country": country,
            "currency": _CURRENCIES[country],
            "row": raw.index,
            "name": raw[name],
            "disclaimer": raw.get("Disclaimer", ""),
            # "≤100" is not an amount.
            "spent": pd.to_numeric(raw[spent], errors="coerce"),
        }
    )


def _tagged(rows: pd.DataFrame) -> pd.DataFrame:
    if unknown := sorted({*rows["country"]} - _WORDS.keys()):
        raise ValueError(f"no words for {', '.join(unknown)}; write them into _WORDS")
    text = (rows["name"].fillna("") + " | " + rows["disclaimer"].fillna("")).str.lower()
    for country, words in _WORDS.items():
        start = "" if country in _WITHOUT_SPACES else r"\b"
        here = rows["country"] == country
        rows.loc[here, "tagged"] = text[here].str.contains(f"{start}(?:{words})")
    rows["tagged"] = rows["tagged"].astype(bool)
    return rows


def _reports(rows: pd.DataFrame) -> Table:
    frame = (
        rows.groupby(["period", "country"])
        .agg(
            currency=("currency", "first"),
            rows=("row", "size"),
            stated=("spent", "count"),
            spent=("spent", "sum"),
        )
        .reset_index()
    )
    return Table(
        name="ad_reports",
        title="Political advertising on Meta: what the reports state, 2019, 2023 and 2025",
        description=(
            "Advertisers in Meta's reports on ads about politics and social issues: fourteen "
            "countries over 30 days to July 2025; Italy around February 2023; the United Kingdom "
            "from October 2018 and Ukraine from March 2019 to May 2019. An advertiser is a page "
            "with a disclaimer. The amount is stated only above 100."
        ),
        frame=frame,
        fields=(
            *_REPORT,
            Field("currency", "string", "ISO 4217 code", constraints={"pattern": "[A-Z]{3}"}),
            Field("rows", "integer", "Advertisers in the report", "advertisers", {"minimum": 60}),
            Field("stated", "integer", "Of these, with a stated amount", "advertisers"),
            Field("spent", "integer", "Sum of the stated amounts", "currency", {"minimum": 0}),
        ),
        key=("period", "country"),
        slugs=(_JULY_2025, _ITALY, _MAY_2019),
        caveats=(_STATED_ONLY,),
    )


def _readings(rows: pd.DataFrame) -> Table:
    parts = [
        part
        for (period, country), report in rows.groupby(["period", "country"])
        for part in _parts(report, (period, country) in _LONG)
    ]
    return Table(
        name="ad_readings",
        title="Public bodies among political advertisers on Meta: words against reading",
        description=(
            "The advertisers of the table ad_reports with a stated amount, in reports with at "
            "least 30 of them, in up to three parts: tagged by a list of words as a public body; "
            "untagged and read; in long reports also the rest, untagged and small, of which 60 "
            "amounts were drawn at equal steps of money and their payers read. Public bodies are "
            "organs of a state, region, municipality or the European Union, of the country "
            "itself or not, as one reader judged by page name and disclaimer."
        ),
        frame=pd.DataFrame(parts),
        fields=(
            *_REPORT,
            Field(
                "part",
                "string",
                "tagged: by words; read: untagged, every row read; drawn: untagged, a sample read",
                constraints={"enum": ["tagged", "read", "drawn"]},
            ),
            Field("rows", "integer", "Advertisers", "advertisers", {"minimum": 0}),
            Field("spent", "integer", "What they spent", "currency", {"minimum": 0}),
            Field("draws", "integer", "Amounts drawn; missing where every row was read", "draws"),
            Field(
                "public",
                "integer",
                "Public bodies among the rows read, or draws that fell on one",
                "advertisers or draws",
                {"minimum": 0},
            ),
            Field(
                "public_spent",
                "integer",
                "What the public bodies spent; missing where rows were drawn",
                "currency",
                {"minimum": 0},
            ),
            Field(
                "elsewhere",
                "integer",
                "Of these, bodies of the European Union or of another state",
                "advertisers or draws",
                {"minimum": 0},
            ),
            Field(
                "elsewhere_spent",
                "integer",
                "What these spent; missing where rows were drawn",
                "currency",
                {"minimum": 0},
            ),
            Field(
                "labelled",
                "integer",
                "Italy only: rows to which the source's coders gave a party, being candidates",
                "advertisers",
                {"minimum": 0},
            ),
            Field(
                "public_labelled",
                "integer",
                "Italy only: public bodies by our reading to which they gave a party",
                "advertisers",
                {"minimum": 0},
            ),
        ),
        key=("period", "country", "part"),
        slugs=(_JULY_2025, _ITALY, _MAY_2019),
        caveats=(
            _STATED_ONLY,
            "One reader, no second one; a body that hides behind a neutral name is missed.",
            "The British report of 2019 has no disclaimers here: only page names were read.",
        ),
    )


def _parts(report: pd.DataFrame, long: bool) -> list[dict[str, object]]:
    """Return the parts of a report with what was read in them."""
    untagged = report[~report["tagged"]].sort_values(
        ["spent", "row"], ascending=[False, True], kind="stable"
    )
    many = _LARGEST if long else len(untagged)
    parts = [
        _whole("tagged", report[report["tagged"]]),
        _whole("read", untagged.iloc[:many]),
    ]
    if long:
        rest = untagged.iloc[many:]
        parts.append(_part("drawn", rest) | _drawn(rest))
    first = {"period": report["period"].iloc[0], "country": report["country"].iloc[0]}
    return [first | part for part in parts]


def _whole(name: str, rows: pd.DataFrame) -> dict[str, object]:
    public = rows[rows["public"]]
    labels: dict[str, object] = {"labelled": None, "public_labelled": None}
    if rows["labelled"].notna().any():
        labels = {
            "labelled": int(rows["labelled"].sum()),
            "public_labelled": int(public["labelled"].sum()),
        }
    elsewhere = public[public["seat"] != "home"]
    counts: dict[str, object] = {
        "draws": None,
        "public": len(public),
        "public_spent": int(public["spent"].sum()),
        "elsewhere": len(elsewhere),
        "elsewhere_spent": int(elsewhere["spent"].sum()),
    }
    return _part(name, rows) | counts | labels


def _part(name: str, rows: pd.DataFrame) -> dict[str, object]:
    return {"part": name, "rows": len(rows), "spent": int(rows["spent"].sum())}


def _drawn(rest: pd.DataFrame) -> dict[str, object]:
    """Return the draws of money at equal steps, and how many fell on a public body."""
    total = rest["spent"].sum()
    points = (np.arange(_DRAWS) + 0.5) * total / _DRAWS
    hit = np.searchsorted(rest["spent"].cumsum().to_numpy(), points)
    drawn = rest.iloc[hit]
    return {
        "draws": _DRAWS,
        "public": int(drawn["public"].sum()),
        "public_spent": None,
        "elsewhere": int((drawn["public"] & drawn["seat"].ne("home")).sum()),
        "elsewhere_spent": None,
        "labelled": None,
        "public_labelled": None,
    }


def _payers(public: pd.DataFrame) -> Table:
    named = public["disclaimer"].fillna("")
    named = named.mask(named.str.contains(_NO_DISCLAIMER))
    rows = public.assign(payer=named.fillna(public["name"]).replace(_SPELLINGS))
    keys = ["period", "country", "payer", "seat"]
    sums = rows.groupby(keys).agg(advertisers=("row", "size"), spent=("spent", "sum")).reset_index()
    whole = sums.groupby(["period", "country"])["spent"].transform("sum")
    large = sums[sums["spent"] >= _NAMED * whole]
    return Table(
        name="ad_payers",
        title="Public bodies that paid most for political advertising on Meta, by name",
        description=(
            "Public bodies among the advertisers read for the table ad_readings that spent at "
            "least a twentieth of what all public bodies found in the report spent, named by the "
            "disclaimer, or by the page where it has none. Private advertisers are not named."
        ),
        frame=large.sort_values(["period", "country", "spent"], ascending=[True, True, False]),
        fields=(
            *_REPORT,
            Field("payer", "string", "Public body that paid", constraints={"required": True}),
            Field(
                "seat",
                "string",
                "home: the country's own; union: of the European Union; abroad: of another state",
                constraints={"enum": ["home", "union", "abroad"]},
            ),
            Field("advertisers", "integer", "Pages with this payer", "advertisers", {"minimum": 1}),
            Field("spent", "integer", "Sum of the stated amounts", "currency", {"minimum": 100}),
        ),
        key=("period", "country", "payer"),
        slugs=(_JULY_2025, _ITALY, _MAY_2019),
        caveats=(
            _STATED_ONLY,
            "One reader, no second one; a body that hides behind a neutral name is missed.",
        ),
    )


def _sizes(known: pd.DataFrame) -> Table:
    italy = known[known["country"] == "IT"]
    kind = italy["election"].mask(italy["public"], "public")
    kind = kind.mask(kind.isna() & italy["labelled"], "party").fillna("other")
    size = pd.cut(italy["spent"], [*_SIZES, np.inf], right=False, labels=[*_SIZES.values()])
    sums = italy.groupby([kind.rename("kind"), size.rename("size")], observed=True).agg(
        advertisers=("spent", "size"),
        spent=("spent", "sum"),
        largest=("spent", "max"),
        unread=("unread", "sum"),
    )
    return Table(
        name="ad_italy_sizes",
        title="Political advertisers on Meta in Italy, by kind and size, February 2023",
        description=(
            "The advertisers of the Italian report of the table ad_reports with a stated amount, "
            "by who they are and by how much they spent. Candidates, lists and parties are those "
            "to which the source's coders gave a party; public bodies are those of the table "
            "ad_readings. An advertiser is a page with a disclaimer."
        ),
        frame=sums.reset_index().astype({"size": "str", "unread": "int"}),
        fields=(
            Field(
                "kind",
                "string",
                "lombardy, lazio: candidates and lists of the regional election; party: pages of a "
                "national party; public: public bodies; other: all others, aid organisations and "
                "companies among them",
                constraints={"enum": ["lombardy", "lazio", "party", "public", "other"]},
            ),
            Field(
                "size",
                "string",
                "Euros spent: less: more than 100 and less than 1,000; 1000: up to 4,999; 5000: "
                "up to 9,999; 10000: 10,000 or more",
                constraints={"enum": [*_SIZES.values()]},
            ),
            Field("advertisers", "integer", "Advertisers", "advertisers", {"minimum": 1}),
            Field("spent", "integer", "Sum of the stated amounts", "EUR", {"minimum": 100}),
            Field("largest", "integer", "Largest amount of one advertiser", "EUR"),
            Field(
                "unread",
                "integer",
                "Of the advertisers, those beside whom the coders wrote nothing",
                "advertisers",
                {"minimum": 0},
            ),
        ),
        key=("kind", "size"),
        slugs=(_ITALY,),
        caveats=(
            _STATED_ONLY,
            "Two people gave the parties; nobody gave one to advertisers of 100 or less.",
        ),
    )


_NO_DISCLAIMER = r"^$|without a disclaimer|^an advertiser in"
_NAMED = 0.05
"""Share of the public bodies' money from which on a payer is named."""
# One body under two names.
_SPELLINGS = {
    "European Parliament in the UK": "European Parliament",
    "Bruxelles Environnement": "Bruxelles Environnement - Leefmilieu Brussel",
}

_STATED_ONLY = (
    "Amounts of 100 or less (in whatever currency) are not stated, which hides most advertisers "
    "where the unit is worth much."
)
_REPORT = (
    Field(
        "period",
        "year",
        "Year of the report",
        constraints={"enum": [2019, 2023, 2025]},
    ),
    Field("country", "string", "ISO 3166-1 code", constraints={"pattern": "[A-Z]{2}"}),
)
