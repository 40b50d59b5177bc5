"""What the tables hold of each place: grouped once, in figures, without a word.

Three things are kept apart throughout: *counted* (a figure, which may be zero), *none* (counted,
and nothing found) and *not in the study* (``None``). A table in which only those appear who have
something says by its own caveats which of the last two a missing row is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from govsocial import tables
from govsocial.countries.misnamed import GIVEN
from govsocial.countries.names import resolve
from govsocial.countries.places import ADDRESSES
from govsocial.findings import adoption, control

MEMBERS = 193
PAGES_SINCE = dt.date.fromisoformat(adoption.PAGES_SINCE)
"""First months on Facebook before it are doubtful, as in the chapter on adoption."""

LISTED = 0.45
"""Share of members with an account from which the list of a parliament of 2015 is taken to be
collected: below it, a blank is more often a gap than a member without an account."""

EFFORT = (-4.5, 2.5)
"""Ends of the scale of V-Dem's estimates in drawings: all from 2003 on lie inside."""

UNSEEN = frozenset({"ESP", "NZL", "VNM"})
"""Places of whose leader the study names a Twitter account, and its panel knows no activity."""

# The tables whose rows name the West Bank by the code of Palestine.
_WEST_BANK = "PSE"
_PLATFORMS = ("twitter", "facebook")
_KINDS = ("personal", "institution")


def doubted(platform: str, month: dt.date | None) -> bool:
    """Return whether a first month may be a post dated back, or a person's profile."""
    return platform == "facebook" and month is not None and month < PAGES_SINCE


@dataclass(frozen=True)
class Arrival:
    """When leaders or their offices came to Twitter and Facebook (months, to August 2015)."""

    twitter: dt.date | None
    facebook: dt.date | None
    marks: tuple[tuple[str, str, dt.date], ...]
    """Platform, ``personal`` or ``institution``, first month."""
    earlier: int
    """Trusted places whose first month on either platform was earlier."""
    same: int
    """Other trusted places whose first month was the same."""
    never: int
    """Places of the study on neither platform."""
    trusted: int
    """Places of the study without those whose first month is doubtful."""
    studied: int
    misnamed: frozenset[tuple[str, str]] = frozenset()
    """Platforms and kinds whose account is somebody else's by its name."""

    @property
    def first(self) -> dt.date | None:
        """The first month on either platform."""
        return min((month for month in (self.twitter, self.facebook) if month), default=None)

    @property
    def doubtful(self) -> bool:
        """Whether the first month on Facebook is doubtful."""
        return doubted("facebook", self.facebook)

    @property
    def borrowed(self) -> bool:
        """Whether the first month is that of an account that is somebody else's by its name."""
        own = [month for *mark, month in self.marks if tuple(mark) not in self.misnamed]
        return bool(self.misnamed) and self.first != min(own, default=None)


@dataclass(frozen=True)
class Listening:
    """Places in the UN's survey, by edition; those in which the UN ranked it."""

    places: dict[int, int]
    """By e-participation; equal scores share the best place."""
    tied: dict[int, int]
    """Places with the same score, this one counted."""
    government: dict[int, int]
    """By e-government as a whole."""


@dataclass(frozen=True)
class Voices:
    """The accounts among the 63 of the collection, and who is named (stored posts to 2017)."""

    accounts: tuple[str, ...]
    posts: int
    years: tuple[int, ...]
    """Years with posts, in order."""
    names: tuple[tuple[str, int], ...]
    """Homes of the accounts that are named, and how many posts name them; the own home left out."""
    named_by: tuple[tuple[str, int], ...]
    moved: bool
    """Whether one of the accounts has another home in later years."""


@dataclass(frozen=True)
class Removals:
    """Requests to take content down, by year."""

    google: dict[int, int]
    """Requests to Google; a year without a row is none."""
    more_than: int
    """Other places that made fewer."""
    none: int
    """Other places that made none."""
    bodies: dict[str, int]
    """Requests to Google by kind of body, since Google names the kinds."""
    reasons: dict[str, int]
    twitter: dict[int, int]
    """Requests to Twitter; a year without a row is not zero."""
    halves: frozenset[int]
    """Years of which Twitter states one half only."""

    @property
    def total(self) -> int:
        """Requests to Google in all years."""
        return sum(self.google.values())


@dataclass(frozen=True)
class Shutdowns:
    """Shutdowns that the coalition confirmed, by year."""

    nationwide: dict[int, int] | None
    """2016 to 2024; None where the count is not made."""
    events: dict[int, int]
    """Of any size, 2016 to 2025; another list."""
    joint: int
    """Of these, in other countries as well."""
    services: int
    """Of these, of single services only."""
    unhurt: int
    """Other places without a nationwide one."""
    repeated: int
    """Nationwide ones that repeat another in all that the list tells."""
    same_day: int
    """Other nationwide ones that begin on the same day as one listed before."""


@dataclass(frozen=True)
class Freedom:
    """V-Dem's estimate of the effort to censor the internet (lower: more), by year."""

    estimates: dict[int, float]
    more: dict[int, int]
    """Other places with more effort, by year."""
    less: dict[int, int]
    rated: dict[int, int]
    """Other places rated."""
    disinformation: tuple[int, int, int] | None
    """Places whose government spread more, or less, false information in 2021, of how many."""


@dataclass(frozen=True)
class Abroad:
    """Missions abroad, and the accounts of others here."""

    missions: int | None
    """Place by missions abroad in 2024, of the first 50."""
    missions_tied: bool
    """Whether another country has as many, and another place."""
    american: dict[str, int]
    """Accounts of US missions and other offices in April 2012, by platform."""
    swedish: tuple[tuple[str, dt.date | None], ...]
    """State of the account of each Swedish mission, and day of its last post."""


@dataclass(frozen=True)
class Row:
    """Members of a parliament or government with an account."""

    body: str
    platform: str
    listed: int
    members: int
    posting: int | None
    window: int | None
    checked: dt.date | None
    """None: November 2015."""


@dataclass(frozen=True)
class Ads:
    """Advertisers in one of Meta's reports."""

    year: int
    advertisers: int
    stated: int
    currency: str


@dataclass(frozen=True)
class Facts:
    """What is known of one place."""

    code: str
    region: str | None
    """Of the World Bank."""
    arrival: Arrival | None
    listening: Listening | None
    oecd: int | None
    followers: int | None
    """Place of 86 by the followers of the leader's account, or of the office's if it has more."""
    voices: Voices | None
    removals: Removals
    shutdowns: Shutdowns
    freedom: Freedom | None
    abroad: Abroad
    parliament: tuple[Row, ...]
    ads: tuple[Ads, ...]


@dataclass(frozen=True)
class World:
    """The facts of all places, and what they are seen against."""

    places: dict[str, Facts]
    band: dict[int, tuple[float, float]]
    """The middle half of all estimates of censorship, by year."""


@cache
def world() -> World:
    """Return the facts of all places, from the tables."""
    arrivals, listening, voices = _arrivals(), _listening(), _voices()
    removals, shutdowns, freedom, abroad = _removals(), _shutdowns(), _freedom(), _abroad()
    oecd = _single("oecd_digital_places", "iso3")
    followers = _single("leader_follower_places", "iso3")
    regions, parliaments, ads = _regions(), _parliaments(), _ads()
    return World(
        {
            code: Facts(
                code=code,
                region=regions.get(code),
                arrival=arrivals.get(code),
                listening=listening.get(code),
                oecd=oecd.get(code),
                followers=followers.get(code),
                voices=voices.get(code),
                removals=removals[code],
                shutdowns=shutdowns[code],
                freedom=freedom.get(code),
                abroad=abroad[code],
                parliament=parliaments.get(code, ()),
                ads=ads.get(code, ()),
            )
            for code in ADDRESSES
        },
        _band(),
    )


def _placed(name: str, column: str, *, west_bank: bool = False) -> pd.DataFrame:
    """Return the rows of a table that are a place's, with its code in ``page``.

    Parameters
    ----------
    name, column
        The table, and its column of codes or names.
    west_bank
        Palestine's code stands for the West Bank alone: leave it out.
    """
    frame = tables.load(name)
    words = frame[column].dropna().unique()
    codes = {word: resolve(word) for word in words if not (west_bank and word == _WEST_BANK)}
    found = frame.assign(page=frame[column].map(codes))
    return found[found["page"].notna()]


def _groups(frame: pd.DataFrame, key: str = "page") -> Iterator[tuple[str, list[Any]]]:
    """Return the rows of each place as named tuples."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in _tuples(frame):
        rows[getattr(row, key)].append(row)
    yield from rows.items()


def _tuples(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table as named tuples, their types those of its descriptor."""
    yield from frame.itertuples(index=False)


def _date(value: Any) -> dt.date | None:
    return None if pd.isna(value) else value.date()


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _by_year(rows: Iterable[Any], year: str, value: str) -> dict[int, int]:
    """Return whole numbers by year, without the years that have none."""
    pairs = ((getattr(row, year), getattr(row, value)) for row in rows)
    return {int(when): int(number) for when, number in pairs if not pd.isna(number)}


def _single(name: str, column: str) -> dict[str, int]:
    """Return the place in a ranking by code."""
    return {row.page: int(row.place) for row in _rows(name, column)}


def _regions() -> dict[str, str]:
    found = {row.page: row.region for row in _rows("countries", "iso3")}
    study = {row.page: row.region for row in _rows("leader_first_months", "iso3")}
    return study | found


def _rows(name: str, column: str) -> Iterable[Any]:
    return _tuples(_placed(name, column))


def _arrivals() -> dict[str, Arrival]:
    rows = list(_rows("leader_first_months", "iso3"))
    first = {row.page: _date(row.first_any) for row in rows}
    doubtful = {row.page for row in rows if doubted("facebook", _date(row.first_facebook))}
    months = [month for code, month in first.items() if month and code not in doubtful]
    found = {}
    for row in rows:
        mine = first[row.page]
        marks = (
            (platform, kind, _date(getattr(row, f"first_{platform}_{kind}")))
            for platform in _PLATFORMS
            for kind in _KINDS
        )
        found[row.page] = Arrival(
            twitter=_date(row.first_twitter),
            facebook=_date(row.first_facebook),
            marks=tuple((platform, kind, month) for platform, kind, month in marks if month),
            earlier=sum(month < mine for month in months) if mine else len(months),
            same=months.count(mine) - 1 if mine and row.page not in doubtful else 0,
            never=sum(month is None for month in first.values()),
            trusted=len(first) - len(doubtful),
            studied=len(first),
            misnamed=GIVEN[row.page].columns if row.page in GIVEN else frozenset(),
        )
    return found


def _listening() -> dict[str, Listening]:
    rows = _placed("egdi_ranks", "iso3")
    # The file has a score of zero, and no rank, for editions before a state was founded.
    ranked = rows[rows["egdi_rank"].notna()].sort_values("edition")
    return {
        code: Listening(
            _by_year(rows, "edition", "epi_rank"),
            _by_year(rows, "edition", "epi_tied"),
            _by_year(rows, "edition", "egdi_rank"),
        )
        for code, rows in _groups(ranked)
    }


def _voices() -> dict[str, Voices]:
    mentions = tables.load("leader_mentions")
    abroad = mentions[mentions["source_home"] != mentions["target_home"]]
    names = _named(abroad, "source_home", "target_home")
    named_by = _named(abroad, "target_home", "source_home")
    homes = tables.load("leader_account_years").groupby("account")["home"].nunique()
    found = {}
    for code, rows in _groups(_placed("leader_account_years", "home")):
        found[code] = Voices(
            accounts=tuple(sorted({row.account for row in rows}, key=str.casefold)),
            posts=sum(int(row.posts) for row in rows),
            years=tuple(sorted({int(row.year) for row in rows if row.posts})),
            names=names.get(code, ()),
            named_by=named_by.get(code, ()),
            moved=any(homes[row.account] > 1 for row in rows),
        )
    return found


def _named(mentions: pd.DataFrame, of: str, whom: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return by home whom its accounts name, the most first; organisations keep their names."""
    sums = mentions.groupby([of, whom])["mentions"].sum().reset_index()
    sums = sums.sort_values(["mentions", whom], ascending=[False, True])
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _tuples(sums):
        home, other = getattr(row, of), getattr(row, whom)
        found[resolve(home) or home].append((resolve(other) or other, int(row.mentions)))
    return {home: tuple(others) for home, others in found.items()}


def _sums(frame: pd.DataFrame, column: str) -> dict[str, dict[Any, int]]:
    """Return the requests of each place by the values of a column, the most first."""
    sums = frame.groupby(["page", column])["requests"].sum().reset_index()
    found: dict[str, dict[Any, int]] = defaultdict(dict)
    for row in _tuples(sums.sort_values(["requests", column], ascending=[False, True])):
        value = getattr(row, column)
        found[row.page][value if isinstance(value, str) else int(value)] = int(row.requests)
    return found


def _removals() -> dict[str, Removals]:
    google = _placed("google_removals", "code")
    google = google.assign(year=google["half"].dt.year)
    years = _sums(google, "year")
    bodies = _sums(control.classed(_placed("google_removal_requesters", "code")), "body")
    reasons = _sums(_placed("google_removal_reasons", "code"), "reason")
    twitter = _placed("twitter_removals", "code")
    asked = twitter["court_orders"].fillna(0) + twitter["other_requests"].fillna(0)
    tweets = _sums(twitter.assign(requests=asked), "year")
    halves = dict(_groups(twitter[twitter["halves"] == 1]))
    span = range(int(google["year"].min()), int(google["year"].max()) + 1)
    totals = {code: sum(years.get(code, {}).values()) for code in ADDRESSES}
    return {
        code: Removals(
            google={year: years.get(code, {}).get(year, 0) for year in span},
            more_than=sum(total < totals[code] for total in totals.values()),
            none=sum(total == 0 for other, total in totals.items() if other != code),
            bodies=bodies.get(code, {}),
            reasons=reasons.get(code, {}),
            twitter=dict(sorted(tweets.get(code, {}).items())),
            halves=frozenset(int(row.year) for row in halves.get(code, ())),
        )
        for code in ADDRESSES
    }


def _shutdowns() -> dict[str, Shutdowns]:
    rows = _placed("shutdown_country_years", "code", west_bank=True)
    # Palestine as a whole has a row in the one year in which the older list has an event of any
    # size: of the other years the table does not say that there was none.
    counted = rows[(rows["page"] != _WEST_BANK) & rows["regime"].notna()]
    nationwide = {
        code: _by_year(found, "year", "nationwide")
        for code, found in _groups(counted.sort_values("year"))
    }
    doubles = counted.groupby("page")[["repeated", "same_day"]].sum()
    repeated, same_day = doubles["repeated"], doubles["same_day"]
    newer = dict(_groups(_placed("shutdown_events", "iso3").sort_values("year")))
    events = {code: _by_year(found, "year", "events") for code, found in newer.items()}
    joint = {code: sum(int(row.joint) for row in found) for code, found in newer.items()}
    services = {code: sum(int(row.services) for row in found) for code, found in newer.items()}
    without = {code for code, years in nationwide.items() if not sum(years.values())}
    return {
        code: Shutdowns(
            nationwide=nationwide.get(code),
            events=events.get(code, {}),
            joint=joint.get(code, 0),
            services=services.get(code, 0),
            unhurt=len(without - {code}),
            repeated=int(repeated.get(code, 0)),
            same_day=int(same_day.get(code, 0)),
        )
        for code in ADDRESSES
    }


def _freedom() -> dict[str, Freedom]:
    frame = _placed("internet_censorship", "vdem_code", west_bank=True)
    by_year = frame.groupby("year")["censorship_effort"]
    ranked = frame.assign(
        # Lower is more effort.
        more=by_year.rank(method="min") - 1,
        less=by_year.rank(method="min", ascending=False) - 1,
        rated=by_year.transform("size") - 1,
    )
    disinformation = _disinformation()
    return {
        code: Freedom(
            {int(row.year): float(row.censorship_effort) for row in rows},
            _by_year(rows, "year", "more"),
            _by_year(rows, "year", "less"),
            _by_year(rows, "year", "rated"),
            disinformation.get(code),
        )
        for code, rows in _groups(ranked.sort_values("year"))
    }


def _disinformation() -> dict[str, tuple[int, int, int]]:
    frame = _placed("digital_repression", "country")
    value = frame["government_disinformation"]
    more, less = value.rank(method="min", ascending=False) - 1, value.rank(method="min") - 1
    counts = zip(frame["page"], more, less, strict=True)
    return {code: (int(above), int(below), len(frame) - 1) for code, above, below in counts}


def _band() -> dict[int, tuple[float, float]]:
    groups = tables.load("internet_censorship").groupby("year")["censorship_effort"]
    low, high = groups.quantile(0.25), groups.quantile(0.75)
    years = zip(low.index.tolist(), low.tolist(), high.tolist(), strict=True)
    return {year: (below, above) for year, below, above in years}


def _abroad() -> dict[str, Abroad]:
    missions = {row.page: row for row in _rows("diplomatic_post_places", "iso3")}
    american: dict[str, dict[str, int]] = defaultdict(dict)
    frame = _placed("us_diplomatic_accounts_2012", "country")
    sums = frame.groupby(["page", "platform"])["accounts"].sum().reset_index()
    for row in _tuples(sums):
        american[row.page][row.platform] = int(row.accounts)
    swedish = {
        code: tuple((row.state, _date(row.last_post)) for row in rows)
        for code, rows in _groups(_placed("swedish_missions", "host"))
    }
    return {
        code: Abroad(
            missions=int(missions[code].place) if code in missions else None,
            missions_tied=code in missions and missions[code].tied > 1,
            american=american.get(code, {}),
            swedish=swedish.get(code, ()),
        )
        for code in ADDRESSES
    }


# Of which term a list is that was read after the term had ended.
_TERMS = {"Bundestag": "Bundestag of 2021 to 2025"}


def _parliaments() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    legislatures = _placed("legislature_handles_2015", "iso3")
    enough = legislatures["twitter"] >= LISTED * legislatures["members"]
    for row in _tuples(legislatures[enough]):
        counts = int(row.twitter), int(row.members)
        found[row.page].append(Row(row.legislature, "Twitter", *counts, None, None, None))
    for row in _rows("parliament_accounts", "country"):
        body = _TERMS.get(row.body, row.body)
        found[row.page].append(_row(body, row, _whole(row.posting), _whole(row.window)))
    members = tables.load("mep_accounts")
    for row in _tuples(members[members["by"] == "country"]):
        week = _whole(row.week)
        code = resolve(row.name) or ""
        found[code].append(_row("", row, week, None if week is None else 7))
    return {code: tuple(rows) for code, rows in found.items()}


def _row(body: str, row: Any, posting: int | None, window: int | None) -> Row:
    """Return a row of today's lists; without a body, of the European Parliament."""
    counts = int(row.listed), int(row.members)
    return Row(body, row.platform, *counts, posting, window, _date(row.checked))


def _ads() -> dict[str, tuple[Ads, ...]]:
    groups = _groups(_placed("ad_reports", "country"))
    return {
        code: tuple(Ads(int(r.period), int(r.rows), int(r.stated), r.currency) for r in rows)
        for code, rows in groups
    }
