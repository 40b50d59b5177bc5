"""Google's transparency report: what governments asked it to remove, 2011–2025."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pandas as pd

from pipeline.run import Run
from pipeline.table import Field, Table

_SLUGS = ("google-removals",)

# The file holds positions in these lists instead of words.
_LISTS = {
    "period": "periods",
    "code": "countries",
    "requester": "requestors",  # codespell:ignore
    "product": "products",
    "reason": "reasons",
}
_RENAMED = {
    "country": "code",
    "requestor": "requester",  # codespell:ignore
    "num_requests": "requests",
    "items_requested": "items",
}
# One row has the internet's code for Britain; three rows have none.
_CODES = {"UK": "GB", "": "ZZ"}
_SPELLING = {"Supression Orders": "Suppression Orders"}  # codespell:ignore

_BODIES = {
    "Judicial": "court",
    "Court Order directed at Google": "court",
    "Court Order directed at 3rd party": "court",
    "Suppression Orders": "court",
    "Information and Communications Authority": "communications",
    "Police": "police",
    "Military": "police",
    "Executive": "executive",
    "Government Officials": "executive",
    "Consumer Protection Authority": "agency",
    "Data Protection Authority": "agency",
    "Other": "other",
}

# Before 2019 Google tells what became of requests, from then on what became of items.
_ITEM_OUTCOMES = 2019
_OUTCOMES = {
    "items_removed": ["removed_legal", "removed_policy"],
    "items_gone": ["already_removed", "not_found"],
    "items_unclear": ["not_enough_info"],
    "items_kept": ["no_action"],
}


class _Published(NamedTuple):
    """A total printed elsewhere: of a country or a product (or of all), in a span of halves."""

    first: str
    last: str
    code: str
    product: str
    published: int
    citation: str


_PUBLISHED = (
    _Published("2011-07", "2011-07", "", "", 1_048, "csr4u2012"),
    _Published("2012-01", "2012-01", "", "", 1_791, "csr4u2012"),
    _Published("2012-01", "2012-01", "", "", 1_789, "firedoglake2012"),
    _Published("2012-07", "2012-07", "", "", 2_285, "gigalaw2013"),
    _Published("2012-07", "2012-07", "", "", 2_289, "visao2013"),
    _Published("2013-01", "2013-01", "", "", 3_846, "ibtimes2013"),
    _Published("2013-01", "2013-01", "TR", "", 1_673, "ibtimes2013"),
    _Published("2013-07", "2013-07", "", "", 3_105, "techienews2014"),
    _Published("2011-01", "2020-07", "RU", "", 123_606, "fact-zdnet-2022"),
    _Published("2011-01", "2020-07", "US", "", 9_627, "fact-zdnet-2022"),
    _Published("2011-01", "2020-07", "CN", "", 1_252, "fact-zdnet-2022"),
    _Published("2011-01", "2020-07", "", "YouTube", 101_015, "fact-zdnet-2022"),
    _Published("2020-01", "2020-07", "", "YouTube", 19_775, "fact-zdnet-2022"),
    _Published("2020-01", "2020-07", "", "Web Search", 19_198, "fact-zdnet-2022"),
    _Published("2020-01", "2020-07", "", "Maps", 37, "fact-zdnet-2022"),
    _Published("2011-01", "2020-07", "TR", "", 14_231, "techradar2022"),
    _Published("2011-01", "2020-07", "IN", "", 9_989, "techradar2022"),
    _Published("2020-01", "2020-07", "KR", "", 2_397, "techradar2022"),
    _Published("2011-01", "2020-07", "IN", "", 9_899, "pcmag2022"),
    _Published("2020-01", "2020-07", "US", "", 596, "pcmag2022"),
    _Published("2020-01", "2020-07", "RU", "", 31_384, "digg2022"),
    _Published("2020-01", "2020-07", "TH", "", 184, "digg2022"),
)


def build(run: Run) -> list[Table]:
    """Return the tables of requests by half-year, reason, requester, product, and their check."""
    rows = _rows(run.raw("google-removals", "data/google-government-removals.json").read_text())
    return [_halves(rows), _reasons(rows), _requesters(rows), _products(rows), _checked(rows)]


def _rows(text: str) -> pd.DataFrame:
    report = json.loads(text)
    frame = pd.DataFrame(report["rows"], columns=report["schema"]).rename(columns=_RENAMED)
    for column, words in _LISTS.items():
        frame[column] = frame[column].map(dict(enumerate(report[words])))
    frame["half"] = frame["period"].map(_first_day)
    frame["year"] = frame["half"].dt.year
    return frame.replace({"code": _CODES, "requester": _SPELLING})


def _first_day(period: str) -> pd.Timestamp:
    """Return the first day of "January - June 2011"."""
    months, year = period.rsplit(" ", 1)
    return pd.Timestamp(int(year), 1 if months.startswith("January") else 7, 1)


_NEEDED = {"required": True}
_HALF = Field("half", "date", "First day of the half-year", constraints=_NEEDED)
_YEAR = Field("year", "year", "Calendar year", constraints={"minimum": 2011, "maximum": 2025})
_CODE = Field(
    "code",
    "string",
    "ISO 3166-1 alpha-2 code of the country; EUROPOL, INTERPOL, or ZZ where Google names none",
    constraints={"pattern": "[A-Z]{2}|EUROPOL|INTERPOL", "required": True},
)
_REQUESTS = Field(
    "requests",
    "integer",
    "Requests received; one request can name very many items",
    "requests",
    {"required": True, "minimum": 1},
)
_COUNTED = (
    "Google counts a request when a court or public body asks it to take content down, or sends "
    "it a court order against somebody else. It leaves out child sexual abuse material and "
    "requests that arrive through forms without naming the authority."
)


def _outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return requests, items and what became of the items, row by row; missing before 2019."""
    outcomes = pd.DataFrame({name: rows[parts].sum(axis=1) for name, parts in _OUTCOMES.items()})
    return rows[["requests", "items"]].join(outcomes.where(rows["year"] >= _ITEM_OUTCOMES))


def _halves(rows: pd.DataFrame) -> Table:
    sums = _sums(_outcomes(rows), [rows["half"], rows["code"]])
    return Table(
        name="google_removals",
        title="Government requests to remove content from Google, by half-year, 2011–2025",
        description=f"{_COUNTED} Sums over requesters, products and reasons.",
        frame=sums,
        fields=(_HALF, _CODE, _REQUESTS, *_item_fields()),
        key=("half", "code"),
        slugs=_SLUGS,
        caveats=(
            "A country without a row in a half-year made no request that Google counted.",
            _NOT_ALL,
        ),
    )


_NOT_ALL = (
    "Some items of 2020 to 2025 have no outcome and a few have two: from 2019 to 2025 the four "
    "outcomes add up to 99.2% of the items named."
)


def _sums(measures: pd.DataFrame, by: list[pd.Series[Any]]) -> pd.DataFrame:
    return measures.groupby(by).sum(min_count=1).reset_index()


def _item_fields() -> tuple[Field, ...]:
    return (
        _items("items", "Items named in the requests", required=True),
        _items("items_removed", "Items removed for a law or for Google's own rules; from 2019"),
        _items("items_gone", "Items not found or already removed; from 2019"),
        _items("items_unclear", "Items without enough information to decide; from 2019"),
        _items("items_kept", "Items on which Google took no action; from 2019"),
    )


def _items(name: str, description: str, *, required: bool = False) -> Field:
    limits = {"minimum": 0} | ({"required": True} if required else {})
    return Field(name, "integer", description, "items", limits)


def _reasons(rows: pd.DataFrame) -> Table:
    reason = Field("reason", "string", "Reason as Google classed it", constraints=_NEEDED)
    return Table(
        name="google_removal_reasons",
        title="Why governments asked Google to remove content, and what it removed, 2011–2025",
        description=f"{_COUNTED} By year, country and reason.",
        frame=_sums(_outcomes(rows), [rows["year"], rows["code"], rows["reason"]]),
        fields=(_YEAR, _CODE, reason, _REQUESTS, *_item_fields()),
        key=("year", "code", "reason"),
        slugs=_SLUGS,
        caveats=("The reason is Google's class, not the law that was cited.", _NOT_ALL),
    )


_FEWER_CLASSES = (
    "Before 2019 Google told courts from other bodies only; all other classes begin in 2019."
)


def _requesters(rows: pd.DataFrame) -> Table:
    requester = Field("requester", "string", "Body that asked, in Google's classes", "", _NEEDED)
    body = Field(
        "body",
        "string",
        "The classes of Google, grouped: court orders of all kinds are 'court', police and "
        "military 'police', consumer and data protection 'agency'",
        constraints={"enum": sorted(set(_BODIES.values())), "required": True},
    )
    bodies = rows.assign(body=rows["requester"].map(_BODIES))
    groups = ["year", "code", "requester", "body"]
    return Table(
        name="google_removal_requesters",
        title="Which public bodies asked Google to remove content, by year, 2011–2025",
        description=f"{_COUNTED} By year, country and body that asked.",
        frame=bodies.groupby(groups)[["requests"]].sum().reset_index(),
        fields=(_YEAR, _CODE, requester, body, _REQUESTS),
        key=("year", "code", "requester"),
        slugs=_SLUGS,
        caveats=(
            _FEWER_CLASSES,
            "The classes are used unevenly: most South Korean requests stand under 'Other'.",
        ),
    )


def _products(rows: pd.DataFrame) -> Table:
    requests = rows["requests"]
    communications = rows["requester"].map(_BODIES) == "communications"
    measures = rows[["requests", "items"]].assign(
        communications=requests.where(communications, 0),
        copyright=requests.where(rows["reason"] == "Copyright", 0),
    )
    product = rows["product"].replace("", "not named")
    within = {"required": True, "minimum": 0}
    return Table(
        name="google_removal_products",
        title="Which products of Google governments asked it to remove content from, 2011–2025",
        description=(
            f"{_COUNTED} By half-year, country and product, with the requests of "
            "communications authorities and those for copyright among them."
        ),
        frame=_sums(measures, [rows["half"], rows["code"], product]),
        fields=(
            _HALF,
            _CODE,
            Field("product", "string", "Google's name of the product", "", _NEEDED),
            _REQUESTS,
            _items("items", "Items named in the requests", required=True),
            Field(
                "communications",
                "integer",
                "Of the requests: those of an information and communications authority",
                "requests",
                within,
            ),
            Field(
                "copyright",
                "integer",
                "Of the requests: those whose reason Google classed as copyright",
                "requests",
                within,
            ),
        ),
        key=("half", "code", "product"),
        slugs=_SLUGS,
        caveats=("The reason is Google's class, not the law that was cited.", _FEWER_CLASSES),
    )


def _checked(rows: pd.DataFrame) -> Table:
    frame = pd.DataFrame(_PUBLISHED)
    frame["computed"] = [_total(rows, entry) for entry in _PUBLISHED]
    for column in ("first", "last"):
        frame[column] = pd.to_datetime(frame[column] + "-01")
    frame = frame[["first", "last", "code", "product", "published", "computed", "citation"]]
    return Table(
        name="google_published_totals",
        title="Totals of Google's report as printed elsewhere, and as the file gives them",
        description=(
            "Numbers of requests that ten articles of magazines, blogs and web sites took from "
            "Google's transparency report between 2012 and 2022, beside the sum of the same rows "
            "of the file of July 2026. Collected by hand: exact totals, not rounded ones."
        ),
        frame=frame.replace("", pd.NA),
        fields=(
            Field("first", "date", "First day of the first half-year", constraints=_NEEDED),
            Field("last", "date", "First day of the last half-year", constraints=_NEEDED),
            Field("code", "string", "ISO 3166-1 alpha-2 code; empty for all countries"),
            Field("product", "string", "Google's product; empty for all products"),
            Field("published", "integer", "Requests as printed", "requests", _NEEDED),
            Field("computed", "integer", "Requests in the file of 2026", "requests", _NEEDED),
            Field("citation", "string", "BibTeX key of the text", constraints=_NEEDED),
        ),
        key=("first", "last", "code", "product", "published", "citation"),
        slugs=("google-removals", "facts"),
        lenders=("facts",),
        caveats=(
            "14 of the 22 numbers, those printed in 2022, come from one study of Google's report, "
            "by the company Surfshark: they are not independent readings.",
        ),
    )


def _total(rows: pd.DataFrame, entry: _Published) -> Any:
    chosen = rows["half"].between(f"{entry.first}-01", f"{entry.last}-01")
    if entry.code:
        chosen &= rows["code"] == entry.code
    if entry.product:
        chosen &= rows["product"] == entry.product
    return rows.loc[chosen, "requests"].sum()
